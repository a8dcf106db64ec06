"""What does not join to a home is counted and listed, and a person can put it right."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from incoming_records import HOMES, small_homes, small_records
from small_survey import small_incoming

from analysis.model import WHOLE_LANDLORD, Scope
from data.generation import NotHeld
from data.joining import ambiguous, confirm_home, join_counts, stale_homes, unjoined
from data.store import Store

NOVEMBER = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path, "real")


@pytest.fixture
def held(store):
    """Five homes; of six repairs one joins, two name a home nobody has, one fits two homes, one a tenancy, one none."""
    store.publish(small_homes())
    named = ("P-77", "WEB-1", "WEB-1", "00900")
    repairs = [{"reference": f"R{n}", "home_ref": home} for n, home in enumerate(named)]
    repairs += [{"reference": "R4", "tenancy_ref": "T-1", "estate": "Ash Court"}, {"reference": "R5"}]
    return store.publish(small_records(name="jobs.csv", repairs=repairs))


def test_rows_are_counted_by_how_they_joined(held):
    assert join_counts(held, WHOLE_LANDLORD) == {"repairs": {"none": 4, "exact": 1, "not named": 1}}
    assert ambiguous(held, WHOLE_LANDLORD) == {"repairs": 1}


def test_references_that_join_nothing_are_listed_most_rows_first_with_a_place_to_look(held):
    found = unjoined(held, "repairs", WHOLE_LANDLORD)
    assert [(each.about, each.reference, each.rows, each.fits) for each in found] == [
        ("home", "WEB-1", 2, 0),
        ("home", "00900", 1, 2),
        ("tenancy", "T-1", 1, 0),
    ]
    assert (found[0].file, found[0].row) == ("jobs.csv", 3)
    assert len(unjoined(held, "repairs", WHOLE_LANDLORD, limit=1)) == 1


def test_a_scope_binds_what_is_counted_and_listed(held):
    patch = Scope("a patch", ("Ash Court",))
    assert join_counts(held, patch) == {"repairs": {"none": 1}}
    assert [each.reference for each in unjoined(held, "repairs", patch)] == ["T-1"]
    assert join_counts(held, Scope("nobody")) == {} and unjoined(held, "repairs", Scope("nobody")) == ()


def test_every_kind_that_joins_can_be_asked_for_and_no_other(store):
    survey = small_incoming("2024", 4)
    survey.connection.execute("update responses set may_attribute = true, household = 'H-1' where respondent < 3")
    store.publish(survey)
    held = store.publish(small_records(people=[{"reference": "p1", "home_ref": "x"}], sample=[{"tenancy_ref": "T"}]))
    assert join_counts(held, WHOLE_LANDLORD)["survey"] == {"none": 2, "not named": 2}
    found = {kind: unjoined(held, kind, WHOLE_LANDLORD) for kind in ("survey", "people", "sample", "complaints")}
    assert [(kind, each.about, each.reference, each.file) for kind, lines in found.items() for each in lines] == [
        ("survey", "home", "H-1", "small.csv"),
        ("people", "home", "x", "records.csv"),
        ("sample", "tenancy", "T", "records.csv"),
    ]
    with pytest.raises(NotHeld, match="'teams' are not joined"):
        unjoined(held, "teams", WHOLE_LANDLORD)


def test_a_person_says_which_home_a_reference_is_and_only_a_home_that_is_held(store, held):
    confirm_home(held, store.confirmations, "home", "WEB-1", "P 78")
    again = store.remake("references")
    assert join_counts(again, WHOLE_LANDLORD)["repairs"] == {"exact": 3, "none": 2, "not named": 1}
    with pytest.raises(NotHeld, match="no home 'P-99'"):
        confirm_home(held, store.confirmations, "home", "WEB-1", "P-99")


@pytest.mark.parametrize(
    ("as_at", "why"),
    [
        (None, ""),  # taken in in November 2026, after the fieldwork of May 2024
        (date(2024, 5, 1), ""),
        (date(2024, 4, 30), "The list of homes is of 30 April 2024; the fieldwork of wave '2024' began on 1 May 2024."),
    ],
)
def test_a_list_of_homes_older_than_the_newest_survey_says_so(store, as_at, why):
    store.publish(small_incoming())
    homes = [{**home, "as_at": as_at} for home in HOMES]
    assert stale_homes(store.publish(small_records(homes=homes), now=NOVEMBER)) == why


def test_without_homes_or_without_a_survey_nothing_is_stale(store):
    assert stale_homes(store.publish(small_incoming())) == ""
