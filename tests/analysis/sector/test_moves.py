from __future__ import annotations

import pytest
from sector_years import Made, sector_year

from analysis.model import Verdict
from analysis.sector.moves import moves
from analysis.survey.comparison import difference_interval
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


def test_under_thirty_answers_are_too_few_to_say():
    found = moved(Made("A", 0.6, base=29), Made("A", 0.9))
    assert found.verdict is Verdict.TOO_FEW and found.difference is None


def test_landlords_are_matched_by_the_pairs_given_and_others_left_out():
    before = sector_year([Made("OLD", 0.6), Made("GONE", 0.5)], "2023/24")
    after = sector_year([Made("NEW", 0.7), Made("YOUNG", 0.5)])
    assert [each.landlord for each in moves(before, after, {"NEW": "OLD"}, "LCRA")] == ["NEW"]
