from __future__ import annotations

from datetime import date

import pytest
from sector_years import Made, sector_year

from analysis.model import Verdict, Wave
from analysis.sector.moves import moves
from analysis.survey.comparison import compare, difference_interval
from analysis.survey.estimates import plain_share

PHONE, MIXED = {"Telephone": 1000}, {"Telephone": 850, "Internet": 150}


def moved(before: Made, after: Made):
    years = sector_year([before], "2023/24"), sector_year([after], "2024/25")
    return moves(*years, {after.code: before.code}, "LCRA")[0]


def test_a_large_move_is_real_and_a_small_one_could_be_chance():
    assert moved(Made("A", 0.60), Made("A", 0.70)).verdict is Verdict.REAL
    assert moved(Made("A", 0.69), Made("A", 0.70)).verdict is Verdict.CHANCE


def test_the_interval_is_newcombes_where_the_landlord_is_large():
    found = moved(Made("A", 0.6, population=10**9), Made("A", 0.7, population=10**9))
    low, high = difference_interval(plain_share(600, 1001), plain_share(700, 1001))[1:]
    assert (found.low, found.high) == pytest.approx((low, high), abs=2e-4)


def test_a_landlord_that_asked_nearly_everybody_moves_more_surely():
    few, many = (moved(Made("A", 0.6, population=n), Made("A", 0.63, population=n)) for n in (10**9, 1010))
    assert few.verdict is Verdict.CHANCE and many.verdict is Verdict.REAL


def test_a_mix_of_methods_that_moved_makes_it_asked_differently():
    found = moved(Made("A", 0.6, methods=PHONE), Made("A", 0.7, methods=MIXED))
    assert found.verdict is Verdict.DIFFERENTLY and "house rule" in found.why and found.difference is not None


def test_ten_points_exactly_are_not_more_than_ten():
    exactly = {"Telephone": 900, "Internet": 100}
    assert moved(Made("A", 0.6, methods=PHONE), Made("A", 0.7, methods=exactly)).verdict is Verdict.REAL


def test_what_cannot_be_ruled_out_is_said_beside_the_verdict():
    silent = moved(Made("A", 0.6, methods={}), Made("A", 0.7))
    assert silent.verdict is Verdict.REAL and "not published for both years" in silent.why
    weighted = moved(Made("A", 0.6, weighted=False), Made("A", 0.7, weighted=True))
    assert weighted.verdict is Verdict.REAL and "weighted in 2024/25 only" in weighted.why
    assert (
        moved(Made("A", 0.6, weighted=True), Made("A", 0.7, weighted=True)).why
        == moved(Made("A", 0.6), Made("A", 0.7)).why
    )


@pytest.mark.parametrize("after", [0.52, 0.60, 0.615, 0.63, 0.64, 0.70])
def test_the_verdict_is_that_of_two_waves_of_ones_own(after):
    """The same counts as waves of a survey: the same verdict and, with all homes of a large landlord, interval."""
    found = moved(Made("A", 0.6, population=10**9), Made("A", after, population=10**9))
    one, other = (
        Wave(name, date(2024, 4, 1), date(2025, 3, 31), name, methods=PHONE) for name in ("2023/24", "2024/25")
    )
    ours = compare(plain_share(600, 1000), plain_share(round(1000 * after), 1000), one, other)
    assert (found.verdict, found.difference) == (ours.verdict, pytest.approx(ours.difference))
    assert (found.low, found.high) == pytest.approx((ours.low, ours.high), abs=2e-4)


def test_under_thirty_answers_are_too_few_to_say():
    found = moved(Made("A", 0.6, base=29), Made("A", 0.9))
    assert found.verdict is Verdict.TOO_FEW and found.difference is None


def test_landlords_are_matched_by_the_pairs_given_and_others_left_out():
    before = sector_year([Made("OLD", 0.6), Made("GONE", 0.5)], "2023/24")
    after = sector_year([Made("NEW", 0.7), Made("YOUNG", 0.5)])
    assert [each.landlord for each in moves(before, after, {"NEW": "OLD"}, "LCRA")] == ["NEW"]
