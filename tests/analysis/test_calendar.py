"""Reporting years, quarters and working days, counted by hand on a printed calendar."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from complaint_rows import ENGLAND

from analysis.calendar import (
    as_days,
    months_after,
    quarter_end,
    quarter_of,
    quarter_start,
    reporting_year_of,
    working_days_after,
    working_days_between,
    year_end,
    year_start,
)


def day(text):
    return date.fromisoformat(text)


def test_a_reporting_year_runs_from_1_april_to_31_march():
    assert [reporting_year_of(day(d)) for d in ("2026-03-31", "2026-04-01")] == ["2025/26", "2026/27"]
    assert (year_start(day("2027-02-10")), year_end(day("2026-04-01"))) == (day("2026-04-01"), day("2027-03-31"))


def test_july_to_september_is_the_second_quarter():
    assert quarter_of(day("2026-08-15")) == 2
    assert (quarter_start(day("2026-08-15")), quarter_end(day("2026-08-15"))) == (day("2026-07-01"), day("2026-09-30"))


def test_a_year_before_29_february_is_28_february():
    assert months_after(day("2024-02-29"), -12) == day("2023-02-28")


@pytest.mark.parametrize(
    ("event", "number", "last"),
    [
        ("2026-11-16", 5, "2026-11-23"),  # Monday: the day itself is day nought
        ("2026-11-14", 1, "2026-11-16"),  # Saturday: day one is Monday
        ("2026-11-14", 10, "2026-11-27"),
        ("2026-04-02", 1, "2026-04-07"),  # Maundy Thursday: Good Friday and Easter Monday do not count
        ("2026-04-03", 5, "2026-04-13"),  # an event on Good Friday itself
        ("2026-12-23", 3, "2026-12-30"),  # 24, 29, 30: Christmas Day, Boxing Day's substitute on Monday 28
        ("2026-04-02", 0, "2026-04-02"),
    ],
)
def test_a_clock_counts_working_days_after_the_day_of_the_event(event, number, last):
    assert working_days_after(day(event), number, ENGLAND) == day(last)


def test_days_between_undo_days_after_and_run_backwards_as_a_minus():
    assert working_days_between(day("2026-04-02"), day("2026-04-09"), ENGLAND) == 3
    assert working_days_between(day("2026-04-09"), day("2026-04-02"), ENGLAND) == -3
    assert working_days_between(day("2026-04-04"), day("2026-04-06"), ENGLAND) == 0


def test_a_missing_day_stays_missing_in_a_whole_column():
    column = as_days([day("2026-04-02"), None])
    assert np.isnat(ENGLAND.after(column, 5)[1])
    assert np.isnan(ENGLAND.between(column, column)[1])


def test_a_clock_never_runs_backwards():
    with pytest.raises(ValueError, match="-1 working days"):
        working_days_after(day("2026-04-02"), -1, ENGLAND)
