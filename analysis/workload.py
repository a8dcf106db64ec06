"""How much there was to do and how much was done: hazard cases by severity, repairs by month and by priority."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from analysis.calendar import as_date, as_days, months_after
from analysis.cases import SEVERITIES
from analysis.model import HazardCount, RepairMonth, Repairs, RepairTarget

PRIORITIES = ("emergency", "routine", "planned")  # in the order they are told


def hazards_by_severity(rows: pd.DataFrame) -> tuple[HazardCount, ...]:
    """Hazard cases of each severity, open and made safe; a row a case."""
    severity = rows["severity"].astype(object).where(rows["severity"].isin(SEVERITIES), "not recorded")
    is_open = rows["made_safe"].isna()
    return tuple(
        HazardCount(each, int((here & is_open).sum()), int((here & ~is_open).sum()))
        for each in SEVERITIES
        if (here := severity == each).any()
    )


def repairs(raised: pd.DataFrame, completed: pd.DataFrame, begun: date, ended: date) -> Repairs:
    """Repairs raised and completed in each month of a period, and of those completed how many by their target day.

    ``raised`` has columns month, n and cancelled, placed by the day raised; ``completed`` month, priority, completed,
    timed and in_time, placed by the day completed. A cancelled repair was raised; it is not completed.
    """
    came, done = _by_month(raised, "n"), _by_month(completed, "completed")
    return Repairs(
        begun=begun,
        ended=ended,
        months=tuple(RepairMonth(month, came.get(month, 0), done.get(month, 0)) for month in _months(begun, ended)),
        cancelled=int(raised["cancelled"].sum()),
        targets=tuple(_targets(completed)),
    )


def _by_month(counted: pd.DataFrame, number: str) -> dict[date, int]:
    months = (as_date(day) for day in as_days(counted["month"]))
    found: dict[date, int] = {}
    for month, n in zip(months, counted[number], strict=True):
        found[month] = found.get(month, 0) + int(n)
    return found


def _targets(completed: pd.DataFrame) -> Iterator[RepairTarget]:
    for priority in (*PRIORITIES, "not recorded"):
        here = completed[completed["priority"] == priority]
        timed = int(here["timed"].sum())
        if timed:
            yield RepairTarget(priority, timed, int(here["in_time"].sum()))


def _months(begun: date, ended: date) -> Iterator[date]:
    month = begun.replace(day=1)
    while month <= ended:
        yield month
        month = months_after(month, 1)
