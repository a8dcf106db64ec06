"""The damp tracker's look-alike."""

from __future__ import annotations

import pytest

from tools.lookalikes.hazards import SURVEYORS


@pytest.fixture(scope="module")
def tracker(take):
    return take("09_damp_tracker.xlsx", "hazards")


def test_the_tabs_of_all_surveyors_are_one_table(tracker):
    assert tracker.count("hazards") == 33
    assert tracker.rows("select count(distinct sheet) from hazards") == [(3,)]


def test_a_surveyors_name_is_never_kept(tracker):
    kept = str(tracker.rows("select * from hazards")) + str(tracker.rows("select * from problems"))
    assert not [name for name in SURVEYORS if name in kept]


def test_an_address_merged_over_two_cases_is_that_of_both(tracker):
    assert tracker.count("hazards", "address_key is null") == 0
    twice = "select count(*) from (select address_key from hazards where row in (8, 9) group by sheet, address_key)"
    assert tracker.rows(twice) == [(tracker.planted["merged"],)]


def test_a_week_is_read_as_its_first_day_in_the_year_after_the_report_and_listed(tracker):
    weeks = "reported = DATE '2025-10-28' and inspected = DATE '2025-11-03'"
    assert tracker.count("hazards", weeks) == tracker.planted["weeks"]
    assert tracker.problems("day_without_year") == tracker.planted["weeks"]


def test_severity_is_emergency_or_significant(tracker):
    assert tracker.count("hazards", "severity = 'emergency'") == tracker.planted["emergencies"]
    assert tracker.count("hazards", "severity = 'significant'") == 33 - tracker.planted["emergencies"]


def test_a_colour_is_no_status(tracker):
    assert "RAG" not in tracker.incoming.file.mapping["columns"].values()


def test_days_when_nobody_let_us_in_are_kept(tracker):
    assert tracker.count("hazards", "no_access_1 is not null") == tracker.planted["no_access"]
