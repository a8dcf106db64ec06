"""Periods of time that may be chosen wherever a wave can be: year to date, rolling twelve months, a quarter.

What each may be compared with is settled here: a period with the same period of an earlier year. A quarter against the
quarter before it is never change: the season, and who is asked when, move it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from analysis.calendar import (
    month_end,
    months_after,
    quarter_end,
    quarter_of,
    quarter_start,
    reporting_year_of,
    year_end,
    year_start,
)
from analysis.model import Wave

WAVE, YEAR, TWELVE, QUARTER = "wave", "year to date", "twelve months", "quarter"
MONTHS = tuple(f"{date(2026, month, 1):%B}" for month in range(1, 13))
LONGEST_QUARTER = 100  # days of fieldwork: a wave no longer may be one of several in a year
NEAR = 200  # days: short waves that end nearer than this are several in a year (half-yearly ones end 182 apart)
SAME_SEASON = 45  # days from a whole number of years
QUARTERS_OFFERED = 12

Counted = tuple[str, date, int]  # wave, first day of a month, counted answers dated in it


@dataclass(frozen=True)
class Period:
    """Some months in a row, with both ends in them."""

    kind: str  # YEAR, TWELVE or QUARTER
    begun: date
    ended: date

    @property
    def name(self) -> str:
        """How the period is named, plainly; ``period_named`` reads it back.

        >>> year_to_date(date(2026, 9, 30)).name, twelve_months(date(2026, 9, 30)).name
        ('April to September 2026', '12 months to 30 September 2026')
        >>> quarter(date(2026, 8, 1)).name, year_to_date(date(2026, 3, 31)).name
        ('July to September 2026 (Q2 2026/27)', 'April 2025 to March 2026 (2025/26)')
        """
        if self.kind == TWELVE:
            return f"12 months to {self.ended.day} {self.ended:%B %Y}"
        if self.kind == QUARTER:
            return f"{_months(self)} (Q{quarter_of(self.begun)} {reporting_year_of(self.begun)})"
        whole = self.ended == year_end(self.begun)
        return _months(self) + (f" ({reporting_year_of(self.begun)})" if whole else "")

    def earlier(self, years: int) -> Period:
        """The same period so many years before."""
        return Period(
            self.kind, months_after(self.begun, -12 * years), month_end(months_after(self.ended, -12 * years))
        )

    def holds(self, day: date) -> bool:
        """Whether a day is in it."""
        return self.begun <= day <= self.ended


@dataclass(frozen=True)
class Choice:
    """Something a reader may choose where a wave can be chosen: its name, what kind it is, its first and last day."""

    name: str
    kind: str
    begun: date
    ended: date


class Dated(Protocol):
    """What is needed of a generation: its waves and how many answers each has in which month."""

    @property
    def waves(self) -> tuple[Wave, ...]: ...
    @property
    def by_month(self) -> Sequence[Counted]: ...
    def wave(self, name: str) -> Wave: ...


# ── Periods and their names ──────────────────────────────────────────────────────────────────────


def year_to_date(day: date) -> Period:
    """The reporting year up to the end of the month of a day."""
    return Period(YEAR, year_start(day), month_end(day))


def twelve_months(day: date) -> Period:
    """The twelve months to the end of the month of a day."""
    return Period(TWELVE, months_after(date(day.year, day.month, 1), -11), month_end(day))


def quarter(day: date) -> Period:
    """The quarter a day falls in."""
    return Period(QUARTER, quarter_start(day), quarter_end(day))


def period_named(name: str) -> Period | None:
    """The period of that name, or None where it is no period's name.

    >>> period_named("July to September 2026 (Q2 2026/27)") == quarter(date(2026, 7, 1))
    True
    >>> period_named("May to June 2026"), period_named("2026")
    (None, None)
    """
    found = re.search(rf"({'|'.join(MONTHS)}) (\d{{4}})(?: \(.*\))?$", name)
    if not found or not 1900 <= int(found[2]) <= 2200:
        return None
    last = date(int(found[2]), MONTHS.index(found[1]) + 1, 1)
    every = (year_to_date(last), twelve_months(last), quarter(last))
    return next((period for period in every if period.name == name), None)


def period_days(name: str) -> tuple[date, date]:
    """First and last day of the period of that name. Raises ValueError where it is no period's name."""
    period = period_named(name)
    if period is None:
        raise ValueError(f"'{name}' is not a period such as 'April to September 2026'.")
    return period.begun, period.ended


def _months(period: Period) -> str:
    begun, ended = period.begun, period.ended
    if (begun.year, begun.month) == (ended.year, ended.month):
        return f"{ended:%B %Y}"
    return f"{begun:%B} to {ended:%B %Y}" if begun.year == ended.year else f"{begun:%B %Y} to {ended:%B %Y}"


# ── What may be chosen ───────────────────────────────────────────────────────────────────────────


def choices(generation: Dated) -> tuple[Choice, ...]:
    """The waves held, newest first, then the periods that are no wave under another name: years, months, quarters.

    Periods are offered where people are asked through the year: answers of the last four quarters stand in at least
    two of them with different waves, or in three.
    """
    waves = [Choice(w.name, WAVE, w.fieldwork_from, w.fieldwork_to) for w in reversed(generation.waves)]
    months = generation.by_month
    if not _through_the_year(months):
        return tuple(waves)
    first, last = min(month for _, month, _ in months), max(month for _, month, _ in months)
    taken = {choice.name for choice in waves}
    return (*waves, *(c for c in periods(first, last) if c.name not in taken and _own(c, generation)))


def periods(first: date, last: date) -> Iterator[Choice]:
    """Every period of things dated from one day to another: reporting years, twelve months, quarters, newest first.

    Of two that are the same days only the first is given.
    """
    years = [year_to_date(last)]
    while years[-1].begun > first:
        years.append(year_to_date(months_after(years[-1].begun, -1)))
    quarters = [quarter(last)]
    while quarters[-1].begun > first and len(quarters) < QUARTERS_OFFERED:
        quarters.append(quarter(months_after(quarters[-1].begun, -1)))
    given: set[tuple[date, date]] = set()
    for period in (*years, twelve_months(last), *quarters):
        if (period.begun, period.ended) not in given:
            given.add((period.begun, period.ended))
            yield Choice(period.name, period.kind, period.begun, period.ended)


def _through_the_year(months: Sequence[Counted]) -> bool:
    if not months:
        return False
    newest = quarter_start(max(month for _, month, _ in months))
    recent = [(wave, quarter_start(month)) for wave, month, _ in months if month >= months_after(newest, -9)]
    quarters, waves = {each for _, each in recent}, {wave for wave, _ in recent}
    return len(quarters) >= 3 or (len(quarters) == 2 and len(waves) >= 2)


def cut(generation: Dated, name: str) -> tuple[str, ...]:
    """The short waves of which a period holds only a part: the first weeks of a survey are not the whole of it."""
    period = None if name in {wave.name for wave in generation.waves} else period_named(name)
    if period is None:
        return ()
    inside = {wave for wave, month, _ in generation.by_month if period.holds(month)}
    return tuple(
        wave.name
        for wave in generation.waves
        if wave.name in inside
        and _short(wave)
        and not (period.holds(wave.fieldwork_from) and period.holds(wave.fieldwork_to))
    )


def _own(choice: Choice, generation: Dated) -> bool:
    """Whether a period has answers, and not just all those of one wave, nor just a part of a short one."""
    months, parts = generation.by_month, cut(generation, choice.name)
    inside: dict[str, int] = {}
    every: dict[str, int] = {}
    for wave, month, n in months:
        every[wave] = every.get(wave, 0) + n
        if choice.begun <= month <= choice.ended:
            inside[wave] = inside.get(wave, 0) + n
    return bool(inside) and (len(inside) > 1 or any(n < every[w] and w not in parts for w, n in inside.items()))


# ── What may be compared ─────────────────────────────────────────────────────────────────────────


def comparable(generation: Dated, name: str) -> tuple[str, ...]:
    """What a wave or period may be compared with, best first: earlier ones of the same kind and the same season.

    Raises NotHeld where there is no such wave or period.
    """
    wave, names = generation.wave(name), [each.name for each in generation.waves]
    if name in names:
        earlier = reversed(generation.waves[: names.index(name)])
        return tuple(each.name for each in earlier if _refused(generation, each, wave) is None)
    period = period_named(name)
    if period is None or not generation.by_month:
        return ()
    first = min(month for _, month, _ in generation.by_month)
    before = [period.earlier(years) for years in range(1, period.ended.year - first.year + 2)]
    return tuple(each.name for each in before if any(each.holds(month) for _, month, _ in generation.by_month))


def refusal(generation: Dated, name: str, against: str) -> str | None:
    """Why two waves or periods are not compared, or None where they may be.

    Raises NotHeld where either is not there.
    """
    names = {each.name for each in generation.waves}
    wave, other = generation.wave(name), generation.wave(against)
    if name in names and against in names:
        return _refused(generation, other, wave)
    mine, theirs = period_named(name), period_named(against)
    if name in names or against in names or mine is None or theirs is None or mine.kind != theirs.kind:
        return f"{name} and {against} are not the same kind of period, so their difference is not change."
    if against in comparable(generation, name):
        return None
    if mine.kind == QUARTER:
        return _no_change(f"{name} and {against}", mine.earlier(1).name)
    return f"{name} is compared with the same months of an earlier year, such as {mine.earlier(1).name}."


def _refused(generation: Dated, earlier: Wave, later: Wave) -> str | None:
    """Why two stored waves are not compared: one must have begun and ended before the other; where several are held in
    a year, only the same season may be.
    """
    if earlier.fieldwork_from >= later.fieldwork_from or earlier.fieldwork_to >= later.fieldwork_to:
        return f"{later.name} and {earlier.name} asked at the same time, so their difference is not change."
    if _same_season(earlier, later) or not (_of_several(generation, earlier) or _of_several(generation, later)):
        return None
    return _no_change(f"{later.name} and {earlier.name}", "the wave of the same season a year before")


def _of_several(generation: Dated, wave: Wave) -> bool:
    """Whether a wave is one of several short ones in a year."""
    return _short(wave) and any(
        _short(each) and not _same_season(each, wave) and _apart(each, wave) < NEAR for each in generation.waves
    )


def _short(wave: Wave) -> bool:
    return (wave.fieldwork_to - wave.fieldwork_from).days <= LONGEST_QUARTER


def _apart(one: Wave, other: Wave) -> int:
    return abs((one.fieldwork_to - other.fieldwork_to).days)


def _same_season(one: Wave, other: Wave) -> bool:
    apart = _apart(one, other)
    return abs(apart - round(apart / 365.25) * 365.25) <= SAME_SEASON


def _no_change(pair: str, instead: str) -> str:
    return (
        f"{pair} are different quarters: the season and who is asked when move the answers too, so quarter against "
        f"quarter is never called change. Compare with {instead}."
    )
