"""The repairs look-alike: work orders."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def orders(take):
    return take("07_repairs.csv", "repairs")


def test_the_year_1900_is_no_date(orders):
    assert orders.count("repairs", "completed is null") == orders.planted["blank_completed"]
    assert orders.count("repairs", "year(completed) = 1900 or year(attended) = 1900") == 0


def test_a_job_completed_has_its_day(orders):
    assert orders.count("repairs", "completed <> attended") == 0
    assert orders.count("repairs", "completed < raised") == 0


def test_padded_keys_are_trimmed_and_lost_noughts_are_left_for_the_join(orders):
    assert orders.count("repairs", "home_ref <> trim(home_ref)") == 0
    assert orders.count("repairs", "length(home_ref) = 8 and home_ref like '000%'") == orders.planted["padded"]
    assert orders.count("repairs", "length(home_ref) = 5") == orders.planted["noughts_lost"]


def test_cancelled_jobs_are_kept_and_marked(orders):
    assert orders.count("repairs", "cancelled") == orders.planted["cancelled"]
    assert orders.count("repairs") == 400


def test_a_job_raised_in_the_future_is_listed(orders):
    assert orders.rows("select row, value from problems where rule = 'date_in_future'") == [(19, "2027-02-14")]


def test_what_the_tenant_said_of_the_job_is_kept(orders):
    assert orders.count("repairs", "text is not null") == orders.planted["texts"]


def test_priorities_are_emergency_routine_and_planned(orders):
    found = orders.rows("select distinct priority from repairs order by 1")
    assert found == [("emergency",), ("planned",), ("routine",)]
