"""Complaints made by hand for tests: a row a stage, with what a test does not care about filled in."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.calendar import WorkingDays
from analysis.model import StageClock

# The Complaint Handling Code of 2024, and England's bank holidays of spring and Christmas 2026 (GOV.UK).
CODE = (StageClock(1, 5, 10, 10, date(2024, 4, 1)), StageClock(2, 5, 20, 20, date(2024, 4, 1)))
ENGLAND = WorkingDays(
    tuple(
        date.fromisoformat(day)
        for day in (
            "2025-12-25", "2025-12-26", "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25",
            "2026-08-31", "2026-12-25", "2026-12-28",
        )
    )
)  # fmt: skip
TEXT = ("reference", "complaint", "route", "category", "record_type", "estate", "tenure", "tenure_group", "promise")
DATES = ("made", "acknowledged", "extended_to", "responded", "promise_due", "promise_done")
BLANK = dict.fromkeys((*TEXT, *DATES, "refused", "withdrawn"))


def complaint(made: str, **said: object) -> dict[str, object]:
    """One stage one complaint of a tenant who rents."""
    given = {"stage": 1, "tenure_group": "LCRA", "tenure": "General needs", "estate": "Ash Court", "made": made} | said
    return {**BLANK, "reference": "C1", **given}


def table(*rows: dict[str, object]) -> pd.DataFrame:
    """Complaints as the store gives them."""
    return pd.DataFrame([*rows], columns=["stage", *BLANK])


def homes(**groups: int) -> pd.DataFrame:
    """So many homes of each tenure group, all on Ash Court."""
    rows = [(group, "Ash Court", "General needs", n) for group, n in groups.items()]
    return pd.DataFrame(rows, columns=["tenure_group", "estate", "tenure", "homes"])
