"""Answers and records by what people are: joined only where the tenant allowed it, nothing of whoever objects."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import duckdb
import pytest
from small_records import generation_of, homes_on

from analysis.model import WHOLE_LANDLORD, Question
from data import fairness
from data.fairness import Whose
from data.generation import Generation

ASKED = Question("2024", "LCRA", WHOLE_LANDLORD)
MINE = Whose(WHOLE_LANDLORD, "LCRA")
YEAR = (date(2024, 4, 1), date(2025, 3, 31))


def person(number: int, household: str, **more: object) -> dict[str, object]:
    return {"reference": f"P{number}", "home": f"Ash CourtLCRA{number}", "tenancy_ref": f"T{number}", "lead": True,
            "household_type": household, "estate": "Ash Court", "tenure_group": "LCRA", **more}  # fmt: skip


PEOPLE = [
    person(1, "Family"),
    person(2, "Family"),
    person(3, "Single"),
    person(4, "Single", objects=True),
    person(5, "Gone", end_day=date(2024, 4, 2)),
    person(5, "Here", start_day=date(2024, 4, 20), tenancy_ref="T55", reference="P55"),
    person(1, "Partner", lead=False, tenancy_ref="T1", reference="P11"),
]


def held(tmp_path, rows=(), special=(), **records):
    generation = generation_of(
        tmp_path / "store", {"homes": homes_on("Ash Court", 9), "people": [*PEOPLE, *rows], **records}, special=special
    )
    path = generation.path
    generation.close()
    with duckdb.connect(str(path)) as con:
        con.execute(
            "update responses set home = 'Ash CourtLCRA' || respondent, may_attribute = respondent <> 2 "
            "where respondent between 1 and 6"
        )
    return closing(Generation(path))


def characteristic(key: str):
    return next(each for each in fairness.characteristics() if each.key == key)


def by(generation: Generation, key: str) -> dict[str, int]:
    whole = generation.survey(ASKED)
    survey = fairness.survey_by(generation, ASKED, whole, characteristic(key), ["TP01"])
    return {} if survey is None else survey.cells.groupby(key)["n"].sum().to_dict()


def test_an_answer_is_joined_only_where_it_may_be_attributed_and_takes_the_lead_tenant_of_its_day(tmp_path):
    with held(tmp_path) as generation:
        # 1: the lead tenant; 2 may not be attributed; 3 joins; 4 objects; 5: who lived there on 1 May; 6 has nobody.
        assert by(generation, "household") == {"Family": 1, "Single": 1, "Here": 1, "not recorded": 37}


def test_what_the_survey_asked_itself_comes_first_and_prefer_not_to_say_says_nothing(tmp_path):
    with held(tmp_path, special=["c_ethnicity"]) as generation:
        path = generation.path
        generation.close()
        with duckdb.connect(str(path)) as con:
            con.execute("alter table responses add column c_ethnicity varchar")
            con.execute(
                "update responses set c_ethnicity = case when respondent < 30 then 'Any' else ' Prefer not to say' end"
            )
            con.execute("update people set c_ethnicity = 'Other'")
        with closing(Generation(path)) as again:
            assert by(again, "ethnicity") == {"Any": 29, "not recorded": 11}


def test_tenancies_and_the_answers_joined_to_them_are_counted_by_what_the_list_says(tmp_path):
    # Running then: 1 and 2 family, 3 single, 5 here; 4 objects. Answers that join: 1, 3, 5 (2 may not, 6 has nobody).
    with held(tmp_path) as generation:
        found = fairness.tenancies_and_answers(generation, ASKED, date(2024, 6, 1), characteristic("household"))
    assert found is not None
    counts = {row.household: (row.homes, row.answered) for row in found.itertuples()}
    assert counts == {"Family": (2, 1), "Single": (1, 1), "Here": (1, 1)}


def test_a_characteristic_that_nobody_holds_gives_no_survey(tmp_path):
    with held(tmp_path) as generation:
        assert by(generation, "religion") == {}


def test_a_yes_or_no_reads_so(tmp_path):
    with held(tmp_path, [person(6, "Single", adjustment=True)]) as generation:
        assert by(generation, "adjustment")["Yes"] == 1


def test_records_take_what_the_tenant_of_the_tenancy_named_was_on_the_day(tmp_path):
    complaint = {"reference": "C1", "stage": 1, "home": "Ash CourtLCRA5", "estate": "Ash Court", "tenure_group": "LCRA"}
    rows = [
        {**complaint, "made": date(2024, 4, 1)},
        {**complaint, "made": date(2024, 5, 1), "reference": "C2"},
        {**complaint, "made": date(2024, 5, 1), "reference": "C3", "home": "Ash CourtLCRA4"},
        {**complaint, "made": date(2024, 5, 1), "reference": "C4", "home": None},
        {**complaint, "made": date(2024, 5, 1), "reference": "C5", "home": "Ash CourtLCRA1", "tenancy_ref": "T1"},
        {**complaint, "made": date(2023, 5, 1), "reference": "C6"},
    ]
    with held(tmp_path, complaints=rows) as generation:
        found = fairness.complaints_by(generation, MINE, *YEAR)
    assert sorted(found["household"].dropna()) == ["Family", "Gone", "Here"]
    assert len(found) == 5 and found["unit"].nunique() == 5  # the year before is another period
    assert not {"reference", "home", "tenancy_ref"} & set(found.columns)


def test_repairs_count_those_completed_with_a_target_and_neither_communal_nor_cancelled(tmp_path):
    job = {"home": "Ash CourtLCRA1", "estate": "Ash Court", "tenure_group": "LCRA", "raised": date(2024, 5, 1)}
    done = {"due": date(2024, 5, 20), "completed": date(2024, 5, 20)}
    rows = [
        {**job, **done},
        {**job, **done, "completed": date(2024, 5, 21)},
        {**job, **done, "communal": True},
        {**job, **done, "cancelled": True},
        {**job, "completed": date(2024, 5, 20)},
        {**job, "due": date(2024, 5, 20)},
        {**job, **done, "tenure_group": "LCHO"},
    ]
    with held(tmp_path, repairs=[{**row, "reference": f"R{n}"} for n, row in enumerate(rows)]) as generation:
        found = fairness.repairs_by(generation, MINE, *YEAR)
    assert found[["household", "n", "yes"]].to_numpy().tolist() == [["Family", 2, 1]]


@pytest.mark.parametrize(("key", "known"), [("household", 5), ("language", 0), ("religion", 0)])
def test_what_is_held_is_counted_by_the_lead_tenant_of_running_tenancies(tmp_path, key, known):
    with held(tmp_path) as generation:
        rows = fairness.held_of(generation, ASKED, date(2024, 6, 1)).set_index("key")
    assert rows.loc[key, "tenancies"] == 5  # five homes; the tenancy that ended is not one
    assert rows.loc[key, "tenancies_known"] == known
    assert rows.loc[key, "answers"] == 40


def test_the_register_tells_of_every_characteristic_what_cannot_be_said_without_it():
    for each in fairness.characteristics():
        assert each.unheld and each.people is not None
    # Special category data are strict, always; so is what is near to them.
    strict = {each.key for each in fairness.characteristics() if each.strict}
    assert {"disability", "ethnicity", "religion", "orientation", "gender_identity", "adjustment", "work"} <= strict
