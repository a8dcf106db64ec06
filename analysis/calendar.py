"""Reporting years, quarters and working days: every clock of the law and of the Code is counted here.

The day of the event is day nought; day one is the next working day.
"""

from __future__ import annotations

import calendar as almanac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Days = npt.NDArray[np.datetime64]  # whole days; NaT where a date is missing
FIRST_MONTH = 4  # a reporting year begins on 1 April
NO_DAY = np.datetime64("NaT", "D")


# ── Reporting years and quarters ─────────────────────────────────────────────────────────────────


def reporting_year_of(when: date) -> str:
    """The reporting year a day falls in: 1 April to 31 March.

    >>> reporting_year_of(date(2025, 3, 31)), reporting_year_of(date(2025, 4, 1))
    ('2024/25', '2025/26')
    """
    first = year_start(when).year
    return f"{first}/{(first + 1) % 100:02d}"


def year_start(when: date) -> date:
    """The 1 April on which the reporting year of a day began."""
    return date(when.year if when.month >= FIRST_MONTH else when.year - 1, FIRST_MONTH, 1)


def year_end(when: date) -> date:
    """The 31 March on which the reporting year of a day ends."""
    return date(year_start(when).year + 1, FIRST_MONTH - 1, 31)


def quarter_of(when: date) -> int:
    """The quarter of the reporting year: 1 is April to June.

    >>> [quarter_of(date(2026, month, 1)) for month in (4, 9, 12, 1)]
    [1, 2, 3, 4]
    """
    return (when.month - FIRST_MONTH) % 12 // 3 + 1


def quarter_start(when: date) -> date:
    """The first day of the calendar quarter a day falls in."""
    return date(when.year, (when.month - 1) // 3 * 3 + 1, 1)


def quarter_end(when: date) -> date:
    """The last day of the calendar quarter a day falls in."""
    return month_end(months_after(quarter_start(when), 2))


def month_end(when: date) -> date:
    """The last day of the month a day falls in."""
    return date(when.year, when.month, almanac.monthrange(when.year, when.month)[1])


def months_after(when: date, months: int) -> date:
    """The same day so many months later (or, with a minus, earlier); the month's last day where it has no such day.

    >>> months_after(date(2024, 2, 29), -12), months_after(date(2026, 1, 31), 1)
    (datetime.date(2023, 2, 28), datetime.date(2026, 2, 28))
    """
    month = when.year * 12 + when.month - 1 + months
    first = date(month // 12, month % 12 + 1, 1)
    return first.replace(day=min(when.day, month_end(first).day))


# ── Working days ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class WorkingDays:
    """Which days count: not Saturdays, Sundays or these bank holidays."""

    holidays: tuple[date, ...]

    @cached_property
    def _counted(self) -> np.busdaycalendar:
        return np.busdaycalendar(holidays=np.array(self.holidays, dtype="datetime64[D]"))

    @property
    def years(self) -> tuple[int, ...]:
        """The years whose bank holidays are held; in others only weekends are left out."""
        return tuple(sorted({day.year for day in self.holidays}))

    def is_working(self, day: date) -> bool:
        """Whether a day is a working day."""
        return bool(np.is_busday(np.datetime64(day, "D"), busdaycal=self._counted))

    def after(self, days: Days, number: int) -> Days:
        """The day on which the so-many-th working day after each of these ends; missing stays missing."""
        known = np.where(np.isnat(days), np.datetime64("2000-01-03", "D"), days)
        ends = np.busday_offset(known, number, roll="backward", busdaycal=self._counted)
        return np.where(np.isnat(days), NO_DAY, ends)

    def between(self, begun: Days, ended: Days) -> npt.NDArray[np.float64]:
        """Working days from each day (day nought) to another; minus where it is earlier, missing where either is."""
        known = ~(np.isnat(begun) | np.isnat(ended))
        counted = np.full(len(begun), np.nan)
        one = np.timedelta64(1, "D")
        first, last = np.minimum(begun, ended)[known], np.maximum(begun, ended)[known]
        passed = np.busday_count(first + one, last + one, busdaycal=self._counted)
        counted[known] = np.where(ended[known] < begun[known], -passed, passed)
        return counted


def working_days_after(day: date, number: int, days: WorkingDays) -> date:
    """The last day of a clock of so many working days that starts with an event on this day.

    Good Friday 2026 is 3 April, Easter Monday 6 April: three working days after Thursday 2 April end on the 9th.

    >>> easter = WorkingDays((date(2026, 4, 3), date(2026, 4, 6)))
    >>> working_days_after(date(2026, 4, 2), 3, easter)
    datetime.date(2026, 4, 9)

    Raises ValueError for a negative number.
    """
    if number < 0:
        raise ValueError(f"A clock runs forward: {number} working days is not a time to wait.")
    if number == 0:
        return day
    return as_date(days.after(as_days([day]), number)[0])


def working_days_between(begun: date, ended: date, days: WorkingDays) -> int:
    """How many working days passed from an event (day nought) to another; minus where that was earlier.

    >>> easter = WorkingDays((date(2026, 4, 3), date(2026, 4, 6)))
    >>> working_days_between(date(2026, 4, 2), date(2026, 4, 9), easter)
    3
    """
    return int(days.between(as_days([begun]), as_days([ended]))[0])


def as_days(dates: Iterable[object]) -> Days:
    """Dates of any make as whole days; what is missing is NaT."""
    if isinstance(dates, pd.Series) and dates.dtype.kind == "M":
        return dates.to_numpy().astype("datetime64[D]")
    return pd.to_datetime(pd.Series(list(dates), dtype=object)).to_numpy().astype("datetime64[D]")


def as_date(day: np.datetime64) -> date:
    """A whole day as a date. Raises ValueError where it is missing."""
    if np.isnat(day):
        raise ValueError("There is no such day.")
    return date.fromisoformat(str(day.astype("datetime64[D]")))


def date_or_none(value: Any) -> date | None:
    """A date of any make as a date, or None where it is missing."""
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()
