"""The road from a question to its answer: periods, complaints, and what needs a person this week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from incoming_records import small_homes
from small_records import generation_of, homes_on

from analysis.model import WHOLE_LANDLORD, Question, Scope
from dashboard.answers import (
    NotComparable,
    answer,
    answer_complaints,
    days_of,
    homes_of_estates,
    latest_question,
    record_periods,
    this_week,
)
from data.generation import NotHeld
from data.store import Store

TODAY = date(2026, 11, 25)
QUARTER = "July to September 2024 (Q2 2024/25)"
# 40 answers, ten in each of four quarters of one wave that ran all year.
ALL_YEAR = (
    "update responses set date = date '2024-05-01' + to_months(3 * (respondent // 11)::int)",
    "update waves set fieldwork_from = date '2024-04-01', fieldwork_to = date '2025-03-31'",
)


def complaint(reference, made, **said):
    return {"reference": reference, "complaint": reference, "stage": 1, "made": made, "estate": "Ash Court",
            "tenure_group": "LCRA", **said}  # fmt: skip


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    rows = {
        "homes": [*homes_on("Ash Court", 40), *homes_on("Beech Row", 10, "LCHO")],
        "complaints": [
            complaint("answered", "2024-06-03", acknowledged="2024-06-03", responded="2024-06-17"),
            complaint("new", "2026-11-24"),
            complaint("late", "2026-10-01", acknowledged="2026-10-02", promise_due="2026-11-20"),
            complaint("next week", "2026-11-19", acknowledged="2026-11-20", promise_due="2027-01-20"),
            complaint(
                "kept", "2026-09-01", responded="2026-09-08", promise_due="2026-10-01", promise_done="2026-09-30"
            ),
        ],
        "hazards": [{"reference": "H1", "reported": "2026-11-24", "severity": "emergency", "estate": "Ash Court"}],
    }
    generation = generation_of(tmp_path_factory.mktemp("answers"), rows, *ALL_YEAR)
    yield generation
    generation.close()


def test_a_period_is_asked_about_as_a_wave_is_and_says_what_it_is_made_of(held):
    found = answer(replace(latest_question(held, WHOLE_LANDLORD, QUARTER)), held, 5)
    assert (found.question.compared_with, found.headline["TP01"].base) == (None, 11)
    assert f"Made of the answers dated in {QUARTER}, whichever survey they came with: 2024." in found.notes


def test_one_quarter_against_the_one_before_is_refused_with_what_to_compare_instead(held):
    asked = Question(QUARTER, "LCRA", WHOLE_LANDLORD, compared_with="April to June 2024 (Q1 2024/25)")
    with pytest.raises(NotComparable, match="quarter against quarter is never called change"):
        answer(asked, held, 5)


def test_complaints_of_a_wave_are_those_of_its_reporting_year_and_of_a_period_its_own(held):
    assert days_of(held, "2024") == (date(2024, 4, 1), date(2025, 3, 31))
    year = answer_complaints(held, "2024", WHOLE_LANDLORD, TODAY, 10)
    assert (year.rates[0].count, year.rates[0].per_thousand, year.timeliness[0].share) == (1, 25.0, 1.0)
    autumn = answer_complaints(held, "October to December 2026 (Q3 2026/27)", WHOLE_LANDLORD, TODAY, 10)
    assert (autumn.rates[0].count, autumn.timeliness[0].overdue, autumn.timeliness[0].not_yet_due) == (3, 1, 2)
    with pytest.raises(NotHeld, match="no wave or period called 'Tuesday'"):
        days_of(held, "Tuesday")


def test_a_patch_withholds_a_handful_of_complaints(held):
    found = answer_complaints(held, "2024", Scope("a patch", ("Ash Court",)), TODAY, 10)
    assert found.rates[0].withheld == "fewer than 10"


def test_records_are_looked_at_by_periods_none_of_which_is_to_come(held):
    found = [choice.name for choice in record_periods(held, WHOLE_LANDLORD, date(2026, 11, 25))]
    assert found[0] == "April to November 2026"
    assert record_periods(held, Scope("nobody"), TODAY) == ()
    assert record_periods(held, WHOLE_LANDLORD, date(2024, 1, 1)) == ()


def test_this_week_has_what_is_overdue_or_due_within_seven_days_and_what_is_new(held):
    found = this_week(held, WHOLE_LANDLORD, TODAY, date(2026, 11, 20))
    # Acknowledged Friday 20 November: the reply is due on 4 December, nine days from now.
    assert [(owed.reference, owed.what, owed.overdue) for owed in found.due] == [
        ("late", "reply", True),
        ("new", "acknowledgement", False),
    ]
    assert [(promise.reference, promise.state) for promise in found.promises] == [("late", "overdue")]
    assert [case.reference for case in found.hazards] == ["H1"]
    assert (found.new["complaints"], found.new["hazards"], found.new["responses"]) == (1, 1, 0)
    assert not any(this_week(held, WHOLE_LANDLORD, TODAY, found.newest).new.values())


def test_on_a_first_look_nothing_is_called_new_and_a_scope_of_nothing_has_nothing_to_do(held):
    assert this_week(held, WHOLE_LANDLORD, TODAY).new == {}
    nobody = this_week(held, Scope("nobody"), TODAY, date(2026, 1, 1))
    assert (nobody.due, nobody.promises, nobody.hazards, set(nobody.new.values())) == ((), (), (), {0})


def test_where_only_records_are_held_there_is_nothing_to_measure(tmp_path):
    records_only = Store(tmp_path, "real").publish(small_homes())
    with pytest.raises(NotHeld, match="No survey is held"):
        latest_question(records_only, WHOLE_LANDLORD)


def by_estate(held, wave="2024", **narrowed):
    return replace(latest_question(held, WHOLE_LANDLORD, wave), **{"breakdown": "estate", **narrowed})


def test_an_estate_is_told_its_own_homes_of_the_tenure_group_asked_about(held):
    assert homes_of_estates(by_estate(held), held) == {(("estate", "Ash Court"),): 40}
    assert homes_of_estates(by_estate(held, tenure_group="LCHO"), held) == {(("estate", "Beech Row"),): 10}
    assert homes_of_estates(by_estate(held, filters=(("tenure", ("Supported housing",)),)), held) is None


def test_homes_are_not_told_where_they_are_not_those_asked_about(held):
    assert homes_of_estates(by_estate(held, breakdown="tenure"), held) is None
    assert homes_of_estates(by_estate(held, filters=(("c_area", ("North",)),)), held) is None
    assert homes_of_estates(by_estate(held, QUARTER), held) is None


def test_divided_by_estate_the_earlier_survey_is_divided_too(tmp_path):
    earlier = "insert into responses select * replace ('2023' as wave, date '2023-05-01' as date) from responses"
    wave = (
        "insert into waves select * replace ('2023' as name, date '2023-05-01' as fieldwork_from, "
        "date '2023-06-30' as fieldwork_to) from waves"
    )
    generation = generation_of(tmp_path, {}, earlier, wave)
    found = answer(by_estate(generation, compared_with="2023"), generation, 10)
    assert [each.after.group[0][1] for each in found.group_changes["TP01"]] == ["Ash Court", "Beech Row"]
    assert [each.after.group[0][1] for each in found.against_rest["TP01"]] == ["Ash Court", "Beech Row"]
    generation.close()
