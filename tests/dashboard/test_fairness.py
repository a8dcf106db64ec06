"""Fair outcomes for each audience: special categories in aggregate only, never to the public, never with filters."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from small_records import generation_of, homes_on

from analysis.model import WHOLE_LANDLORD, Audience, Question
from dashboard.answers import answer
from dashboard.fairness import EVERYONE_ONLY, fair_outcomes

ASKED = Question("2024", "LCRA", WHOLE_LANDLORD)
TODAY = date(2025, 6, 1)
STRICT = (
    "disability",
    "adjustment",
    "ethnicity",
    "language",
    "religion",
    "sex",
    "orientation",
    "gender_identity",
    "work",
)


@pytest.fixture
def held(tmp_path):
    """Forty who answered: ethnicity asked (A 25, B 15, which is under twenty), age of everybody."""
    rows = {
        "homes": homes_on("Ash Court", 120),
        "people": [
            {"reference": f"P{n}", "home": f"Ash CourtLCRA{n}", "household_type": "ABC"[n % 3],
             "language": "English", "estate": "Ash Court", "tenure_group": "LCRA", "tenure": "General needs"}
            for n in range(120)
        ],
        "repairs": [
            {"reference": f"R{n}", "home": f"Ash CourtLCRA{n % 120}", "estate": "Ash Court", "tenure_group": "LCRA",
             "raised": date(2024, 5, 1), "due": date(2024, 5, 9), "completed": date(2024, 5, 1 + n % 12)}
            for n in range(240)
        ],
    }  # fmt: skip
    changes = (
        "alter table responses add column c_ethnicity varchar",
        "update responses set c_ethnicity = case when respondent <= 25 then 'A' else 'B' end",
        "update responses set age_band = case when respondent <= 3 then '16 to 24' when respondent <= 20 then "
        "'25 to 34' when respondent <= 32 then '35 to 44' when respondent <= 36 then 'Prefer not to say' end",
        "insert into dimensions values ('age_band', 'Age band', 'Age', false)",
        "insert into dimensions values ('c_ethnicity', 'Ethnicity', 'Ethnic origin', true)",
    )
    with closing(generation_of(tmp_path / "store", rows, *changes)) as generation:
        yield generation


def keys(found, outcome: str | None = None) -> set[str]:
    return {row.characteristic.key for row in found.rows if outcome in (None, row.outcome.key)}


def test_inside_there_are_answers_and_records_by_every_characteristic_held(held):
    found = fair_outcomes(ASKED, held, 10, TODAY)
    assert keys(found, "TP01") >= {"age", "ethnicity", "tenure"}
    assert keys(found, "repairs") >= {"household", "language", "tenure"}
    assert {each.characteristic.key for each in found.holdings if each.state == "not held"} >= {
        "religion",
        "disability",
    }


def test_special_categories_stand_on_the_stricter_base_with_company(held):
    (row,) = (row for row in fair_outcomes(ASKED, held, 10, TODAY).of("TP01") if row.characteristic.key == "ethnicity")
    assert all(each.withheld and each.base == 0 for each in row.groups)  # B has 15, and A would tell of it


def test_the_public_is_told_of_no_special_category_however_many(held):
    found = fair_outcomes(replace(ASKED, audience=Audience.PUBLIC), held, 10, TODAY)
    assert not keys(found) & set(STRICT) and "age" in keys(found)
    assert any("Never told to the public" in note for note in found.notes)


def test_the_regulator_is_told_in_aggregate(held):
    assert keys(fair_outcomes(replace(ASKED, audience=Audience.REGULATOR), held, 10, TODAY)) >= {"ethnicity", "age"}


def test_with_filters_no_special_category_is_told_even_inside(held):
    narrowed = replace(ASKED, filters=(("estate", ("Ash Court",)),))
    found = fair_outcomes(narrowed, held, 10, TODAY)
    assert found.rows and not keys(found) & set(STRICT)


def test_outside_nothing_is_told_with_filters(held):
    narrowed = replace(ASKED, filters=(("estate", ("Ash Court",)),), audience=Audience.REGULATOR)
    found = fair_outcomes(narrowed, held, 10, TODAY)
    assert (found.rows, found.withheld) == ((), EVERYONE_ONLY)


def test_records_are_left_out_where_the_filters_are_not_of_them(held):
    narrowed = replace(ASKED, filters=(("c_area", ("North",)),))
    found = fair_outcomes(narrowed, held, 10, TODAY)
    assert keys(found, "TP01") and not keys(found, "repairs")
    assert any("No complaints, repairs or hazards" in note for note in found.notes)


def test_every_gap_is_one_of_one_family(held):
    found = fair_outcomes(ASKED, held, 10, TODAY)
    judged = [gap for row in found.rows for gap in row.gaps if gap.p is not None]
    assert judged and {gap.family for gap in judged} == {found.family} == {len(judged)}


def test_outside_the_same_groups_are_withheld_as_on_every_other_page(held):
    outside = replace(ASKED, audience=Audience.REGULATOR)
    found = {e.group[0][1]: e for e in answer(replace(outside, breakdown="age_band"), held, 10).groups["TP01"]}
    (row,) = (row for row in fair_outcomes(outside, held, 10, TODAY).of("TP01") if row.characteristic.key == "age")
    mine = {each.group[0][1]: each for each in row.groups}
    assert set(mine) == {"16 to 24", "25 to 34", "35 to 44"}
    for band, each in mine.items():
        assert bool(each.withheld) == bool(found[band].withheld), band
    assert mine["16 to 24"].withheld and not mine["25 to 34"].withheld


def test_outside_prefer_not_to_say_and_blank_together_are_not_told_where_one_of_them_may_not_be(held):
    outside = replace(ASKED, audience=Audience.REGULATOR)
    (row,) = (row for row in fair_outcomes(outside, held, 10, TODAY).of("TP01") if row.characteristic.key == "age")
    assert row.unknown.withheld and row.known is None
