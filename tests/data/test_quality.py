"""How good the data are and what somebody has to see to, on files small enough to reckon by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from incoming_records import small_homes, small_records
from small_survey import small_incoming

from data.generation import NotHeld
from data.owners import proposed
from data.quality import alerts, by_owner, joinability, lineage, quality, trend
from data.store import Store

TAKEN = datetime(2026, 9, 5, 9, 0, tzinfo=UTC)
TODAY = date(2026, 9, 20)
REPAIRS = (
    {"reference": "r1", "raised": "2024-05-01", "home_ref": "P-77"},
    {"reference": "r2", "raised": "2024-05-01", "home_ref": "P-404"},
    {"reference": "r3", "raised": "2024-05-01", "tenancy_ref": "T-404"},
    {"reference": "r4", "raised": "2024-05-01"},  # names no home: no fault of the list
)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path, "real")


@pytest.fixture
def held(store):
    """A survey, five homes and four repairs, all taken in on 5 September 2026."""
    repairs = small_records(name="jobs.csv", sha256="c" * 64, repairs=REPAIRS)
    repairs.facts = {"rows_in": 6, "rows_kept": 4, "left_out": {"blank_row": 2}, "profile": "jobs", "holds": "repairs"}
    repairs.scores = {"completeness": 0.9, "validity": 0.8, "uniqueness": 1.0}
    repairs.connection.execute(
        "insert into problems values (3, 'Raised', '31/02/26', 'bad_date', 'The date cannot be read.', 'Mend it.', "
        "'head of repairs', 'row')"
    )
    survey = small_incoming()
    survey.scores = {"answers given": 0.9, "estate recorded": 1.0, "date recorded": 0.8, "cells without a fault": 0.7}
    for incoming in (survey, small_homes(), repairs):
        generation = store.publish(incoming, TAKEN)
    return generation


def of(found, kind):
    return next(each for each in found if each.kind == kind)


def test_of_the_rows_that_name_a_home_those_that_join_are_counted(held):
    assert joinability(held)["repairs"] == pytest.approx(1 / 3)  # r1 of r1, r2, r3; r4 names none


def test_the_five_scores_of_a_kind(held):
    scores = of(quality(held, proposed(), TODAY), "repairs").scores
    assert scores == {
        "completeness": 0.9, "freshness": 1.0, "validity": 0.8, "uniqueness": 1.0,
        "joinability": pytest.approx(1 / 3),
    }  # fmt: skip


def test_a_surveys_own_scores_are_gathered_into_the_five(held):
    scores = of(quality(held, proposed(), TODAY), "survey").scores
    assert scores["completeness"] == pytest.approx(0.9)  # (0.9 + 1.0 + 0.8) / 3
    assert scores["validity"] == pytest.approx(0.7)
    assert scores["uniqueness"] is None


def test_freshness_halves_with_the_first_due_date_missed(held):
    # Repairs: monthly, ten days after. Taken in on 5 September, due on 10 October and 10 November.
    for today, fresh in ((date(2026, 10, 9), 1.0), (date(2026, 10, 10), 1 / 2), (date(2026, 11, 10), 1 / 3)):
        found = of(quality(held, proposed(), today), "repairs")
        assert found.scores["freshness"] == pytest.approx(fresh)
        assert found.late is (fresh < 1)


def test_a_kind_never_taken_in_has_an_owner_a_due_date_no_score_and_is_not_late(held):
    found = of(quality(held, proposed(), TODAY), "complaints")
    assert (found.taken, found.rows, found.late, dict(found.scores)) == (None, 0, False, {})
    assert found.owner == "complaints officer"


# ── Alerts ───────────────────────────────────────────────────────────────────────────────────────


def test_a_fault_that_stands_is_its_owners_with_the_rows_and_the_day(held):
    charges = [replace(c, owner="Ada", due_days=5) if c.subject == "bad_date" else c for c in proposed()]
    (found,) = [alert for alert in alerts(held, charges, TODAY) if alert.subject == "bad_date"]
    assert (found.owner, found.rows, found.due, found.overdue) == ("Ada", 1, date(2026, 9, 10), True)
    assert "31/02/26" not in str(found)  # never a value from a file


def test_references_that_do_not_join_are_an_alert(held):
    (found,) = [alert for alert in alerts(held, proposed(), TODAY) if alert.subject == "repairs"]
    assert (found.rows, found.overdue, found.due) == (2, False, date(2026, 10, 10))


def test_a_late_file_is_overdue_since_the_first_day_missed_and_comes_first(held):
    found = alerts(held, proposed(), date(2026, 11, 15))
    late = [alert for alert in found if alert.label == "Repairs" and alert.rows is None]
    assert [(alert.due, alert.overdue) for alert in late] == [(date(2026, 10, 10), True)]
    assert [alert.overdue for alert in found] == sorted((alert.overdue for alert in found), reverse=True)


def test_a_list_of_homes_older_than_the_survey_is_an_alert(store):
    survey = small_incoming()
    homes = small_homes()
    homes.connection.execute("update homes set as_at = date '2023-01-01'")
    store.publish(survey, TAKEN)
    held = store.publish(homes, TAKEN)
    assert "The list of homes is of 1 January 2023" in " ".join(alert.what for alert in alerts(held, proposed(), TODAY))


def test_alerts_are_gathered_by_owner(held):
    gathered = by_owner(alerts(held, proposed(), date(2026, 11, 15)))
    assert all(alert.owner == owner for (owner, _), own in gathered.items() for alert in own)
    assert sum(map(len, gathered.values())) == len(alerts(held, proposed(), date(2026, 11, 15)))


# ── Trend and lineage ────────────────────────────────────────────────────────────────────────────


def test_the_trend_goes_from_the_oldest_publish_to_the_newest(held, store):
    numbers = [number for number, _, _ in trend(store.history())]
    assert numbers == [1, 2, 3]
    assert trend(store.history())[-1][2]["repairs"]["completeness"] == 0.9
    assert "repairs" not in trend(store.history())[0][2]


def test_a_figure_leads_back_to_its_file_its_rows_and_what_each_rule_left_out(held):
    (found,) = lineage(held, "repairs")
    assert (found.file, found.sha256, found.rows_in, found.rows_kept) == ("jobs.csv", "c" * 64, 6, 4)
    assert (dict(found.left_out), found.profile, found.taken[:10]) == ({"blank_row": 2}, "jobs", "2026-09-05")


def test_only_the_file_of_the_wave_stands_behind_its_figures(held, store):
    store.publish(small_incoming(wave="2025", sha256="1" * 64, name="later.csv"), TAKEN).close()
    with_both = store.current()
    assert [origin.file for origin in lineage(with_both, "survey", "2025")] == ["later.csv"]
    assert [origin.file for origin in lineage(with_both, "survey", "2024")] == ["small.csv"]
    assert len(lineage(with_both, "survey")) == 2
    with pytest.raises(NotHeld):
        lineage(with_both, "survey", "1999")
    with pytest.raises(NotHeld):
        lineage(with_both, "horses")
