from __future__ import annotations

import pytest

from analysis.adequacy import filtered_margin, shared_out, still_needed
from analysis.survey.sampling import margin_of_error


def test_how_many_more_answers_and_from_where():
    found = still_needed("LCRA", 826, 10_500, {"Ash": 5_000, "Elm": 5_500}, {"Ash": 300, "Elm": 526})
    assert (found.required, found.more, found.target) == (969, 143, 0.03)
    assert dict(found.where) == {"Ash": 143}  # Elm has 9.6 % of its homes, Ash 8.9 % when these have answered
    assert found.margin == margin_of_error(826, 10_500)


def test_answers_still_needed_bring_those_short_to_the_same_part_of_their_homes():
    homes, answers = {"Ash": 4_000, "Elm": 2_000, "Oak": 1_000, "New": 500}, {"Ash": 100, "Elm": 100, "Oak": 90}
    found = shared_out(260, homes, answers)
    assert sum(found.values()) == 260 and "Oak" not in found
    parts = [(answers.get(g, 0) + n) / homes[g] for g, n in found.items()]
    assert max(parts) - min(parts) < 0.003 and min(parts) < 0.09  # Oak has 9 % already


@pytest.mark.parametrize("more", [1, 7, 143, 1_000])
def test_they_add_up_and_no_group_is_asked_for_more_than_its_homes(more):
    homes = {f"E{at}": at for at in range(60)}
    answers = {f"E{at}": at // 5 for at in range(0, 60, 3)}
    found = shared_out(more, homes, answers)
    assert sum(found.values()) == more
    assert all(answers.get(g, 0) + n <= homes[g] for g, n in found.items())


def test_where_the_homes_do_not_hold_as_many_what_they_hold_is_told():
    assert shared_out(50, {"Ash": 20, "Elm": 10}, {"Ash": 5}) == {"Ash": 15, "Elm": 10}


def test_once_there_are_enough_nothing_is_short():
    found = still_needed("LCRA", 1_000, 10_500, {"Ash": 10_500}, {"Ash": 1_000})
    assert found.more == 0 and not found.where


def test_a_small_landlord_may_rely_on_a_census():
    assert still_needed("LCRA", 100, 2_500).census_enough
    assert not still_needed("LCRA", 100, 2_501).census_enough


@pytest.mark.parametrize(("answers", "homes"), [(0, 0), (11, 10)])
def test_impossible_numbers_are_refused(answers, homes):
    with pytest.raises(ValueError, match="check the number of homes"):
        still_needed("LCRA", answers, homes)


def test_a_measure_that_some_are_asked_has_a_margin_of_its_own():
    # 700 of 1,000 had a repair: 7,000 of 10,000 homes
    assert filtered_margin(690, 700, 1_000, 10_000) == margin_of_error(690, 7_000)
    assert filtered_margin(0, 0, 1_000, 10_000) is None
