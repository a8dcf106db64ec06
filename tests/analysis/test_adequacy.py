from __future__ import annotations

import pytest

from analysis.adequacy import filtered_margin, still_needed
from analysis.survey.sampling import margin_of_error


def test_how_many_more_answers_and_from_where():
    found = still_needed("LCRA", 826, 10_500, {"Ash": 5_000, "Elm": 5_500}, {"Ash": 300, "Elm": 526})
    assert (found.required, found.more, found.target) == (969, 143, 0.03)
    assert dict(found.where) == {"Ash": 162}  # 5,000 of 10,500 homes: 462 of the 969
    assert found.margin == margin_of_error(826, 10_500)


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
