"""Landlords that changed between two years: offered, never assumed."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.model import SectorLandlord, SectorYear
from data.sector_matches import APART, Change, Matches, changes, likeness, pairs


def year(name: str, **landlords: str) -> SectorYear:
    nothing = pd.DataFrame()
    held = {code: SectorLandlord(code, called, "Council") for code, called in landlords.items()}
    return SectorYear(name, "", "", "", held, {}, nothing, nothing, nothing)


BEFORE = year("2023/24", A="Ash Homes Limited", B="Beech Borough Council", C="Cedar Group Limited", D="Dale Housing")
AFTER = year("2024/25", A="Ash Homes", B="Elm Living", E="Cedar Housing Association", F="Fir Homes")


def test_each_landlord_that_changed_is_listed_with_what_became_of_it():
    found = {change.what: change for change in changes(BEFORE, AFTER)}
    assert found["other code"] == Change(
        "other code", "C", "Cedar Group Limited", "E", "Cedar Housing Association", 1.0
    )
    assert (found["other name"].before, found["other name"].name_after) == ("B", "Elm Living")
    assert (found["gone"].before, found["new"].after) == ("D", "F")
    assert len(changes(BEFORE, AFTER)) == 4  # "Limited" left out of a name is no change


def test_a_match_is_offered_and_never_assumed():
    assert pairs(BEFORE, AFTER, {}) == {"A": "A", "B": "B"}
    assert pairs(BEFORE, AFTER, {"C": "E"}) == {"A": "A", "B": "B", "E": "C"}


def test_a_person_may_say_that_one_code_is_two_landlords_or_that_two_became_one():
    assert pairs(BEFORE, AFTER, {"B": APART}) == {"A": "A"}
    assert pairs(BEFORE, AFTER, {"D": "B"}) == {"A": "A", "B": "D"}
    assert pairs(BEFORE, AFTER, {"C": "gone too"}) == {"A": "A", "B": "B"}


def test_one_new_code_is_offered_once_to_the_likest():
    before = year("2023/24", C="Cedar Vale Homes", D="Cedar Dale Homes")
    after = year("2024/25", E="Cedar Vale Housing")
    assert [(c.what, c.before, c.after) for c in changes(before, after)] == [
        ("other code", "C", "E"),
        ("gone", "D", ""),
    ]


@pytest.mark.parametrize(
    ("name", "other", "alike"),
    [
        ("Basildon District Council", "Basildon Borough Council", True),
        ("St Mungo's", "St. Mungos", True),
        ("Longhurst Group Limited", "Amplius Living", False),
        ("North Homes", "South Homes", False),
    ],
)
def test_likeness_looks_past_the_words_every_landlord_has(name, other, alike):
    assert (likeness(name, other) >= 0.85) == alike


def test_what_a_person_said_is_kept_replaced_and_taken_back(tmp_path):
    matches = Matches(tmp_path)
    assert matches.said("2023/24", "2024/25") == {}
    assert not matches.take_back("2023/24", "2024/25", "C")
    matches.confirm("2023/24", "2024/25", "C", "E")
    matches.confirm("2023/24", "2024/25", "C", APART)
    matches.confirm("2022/23", "2023/24", "C", "X")
    assert Matches(tmp_path).said("2023/24", "2024/25") == {"C": APART}
    assert matches.take_back("2023/24", "2024/25", "C")
    assert matches.said("2023/24", "2024/25") == {}
