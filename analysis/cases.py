"""Hazard cases that are not made safe yet, as the landlord's own tracker has them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from analysis.calendar import date_or_none
from analysis.model import HazardCase

SEVERITIES = ("emergency", "significant", "other", "not recorded")  # in the order they are told


def open_cases(rows: pd.DataFrame, today: date) -> tuple[HazardCase, ...]:
    """The cases without a day on which they were made safe: emergencies first, then the longest open."""
    cases = [_case(row, today) for row in rows[rows["made_safe"].isna()].to_dict("records")]
    return tuple(sorted(cases, key=lambda c: (SEVERITIES.index(c.severity), c.reported or date.max, c.reference)))


def _case(row: dict[Any, Any], today: date) -> HazardCase:
    reported, by, seen = (date_or_none(row[name]) for name in ("reported", "investigation_due", "inspected"))
    severity = row["severity"]
    return HazardCase(
        reference=str(row["reference"]),
        severity=severity if severity in SEVERITIES else "not recorded",
        kind=row["kind"] if isinstance(row["kind"], str) else "not recorded",
        reported=reported,
        days_open=(today - reported).days if reported else None,
        investigation_due=by,
        inspected=seen,
        inspection_overdue=by is not None and by < today and seen is None,
        estate=row["estate"] if isinstance(row["estate"], str) else None,
    )
