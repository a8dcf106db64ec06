"""Hazards by severity and repairs by month, counted by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.model import HazardCount, RepairMonth, RepairTarget
from analysis.workload import hazards_by_severity, repairs


def test_hazards_are_counted_by_severity_open_and_made_safe():
    rows = pd.DataFrame(
        {
            "severity": ["significant", "emergency", "significant", None, "significant"],
            "made_safe": pd.to_datetime([None, "2026-11-02", "2026-11-03", None, None]),
        }
    )
    assert hazards_by_severity(rows) == (
        HazardCount("emergency", 0, 1),
        HazardCount("significant", 2, 1),
        HazardCount("not recorded", 1, 0),
    )


def test_repairs_stand_in_the_month_raised_and_the_month_completed_and_empty_months_are_nought():
    raised = pd.DataFrame({"month": [date(2026, 4, 1), date(2026, 4, 1)], "n": [5, 3], "cancelled": [1, 0]})
    completed = pd.DataFrame(
        {
            "month": [date(2026, 4, 1), date(2026, 6, 1)],
            "priority": ["emergency", "routine"],
            "completed": [4, 3],
            "timed": [4, 2],
            "in_time": [3, 2],
        }
    )
    found = repairs(raised, completed, date(2026, 4, 1), date(2026, 6, 30))
    assert found.months == (
        RepairMonth(date(2026, 4, 1), 8, 4),
        RepairMonth(date(2026, 5, 1), 0, 0),
        RepairMonth(date(2026, 6, 1), 0, 3),
    )
    assert found.cancelled == 1
    assert found.targets == (RepairTarget("emergency", 4, 3), RepairTarget("routine", 2, 2))


def test_where_no_target_day_is_known_nothing_is_said_of_targets():
    none = pd.DataFrame({"month": [], "n": [], "cancelled": []})
    untimed = pd.DataFrame(
        {"month": [date(2026, 4, 1)], "priority": ["planned"], "completed": [9], "timed": [0], "in_time": [0]}
    )
    assert repairs(none, untimed, date(2026, 4, 1), date(2026, 4, 30)).targets == ()
