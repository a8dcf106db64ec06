"""When the answers came: the responses of every wave counted by month, so that a period is a sum of months."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from sqlglot import exp

from data.periods import Counted, Period, period_named
from data.selection import equals, literal

Rows = Callable[[str, list[object]], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Tallied:
    """So many responses alike: of one wave, month (its first day), tenure group, method and stratum."""

    wave: str
    month: date | None  # None: the answer has no date, so it is in no period
    tenure_group: str
    method: str | None
    stratum: str | None
    counts: bool  # False: the household had answered already
    n: int


@dataclass(frozen=True)
class Repeat:
    """A response in a period whose household answered again later in it, in another wave: not counted there."""

    respondent: int
    tallied: Tallied


class Fieldwork:
    """The responses of one generation by wave and month. A wave's name goes before a period's of the same name."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._repeats: dict[Period, tuple[Repeat, ...]] = {}
        self._of: dict[str, tuple[Tallied, ...]] = {}  # of the periods asked about

    @cached_property
    def wave_names(self) -> tuple[str, ...]:
        """The waves held, oldest first."""
        found = self._rows("select name from waves order by fieldwork_to, fieldwork_from, name", [])
        return tuple(name for (name,) in found)

    @cached_property
    def tally(self) -> tuple[Tallied, ...]:
        """Every response, counted."""
        found = self._rows(
            "select wave::varchar, date_trunc('month', date)::date, tenure_group::varchar, method::varchar, "
            "stratum::varchar, coalesce(counts, false), count(*) from responses group by all order by all",
            [],
        )
        return tuple(Tallied(*row) for row in found)

    @cached_property
    def by_month(self) -> tuple[Counted, ...]:
        """Counted answers by wave and month, those without a date left out."""
        found: dict[tuple[str, date], int] = {}
        for row in self.tally:
            if row.counts and row.month:
                found[row.wave, row.month] = found.get((row.wave, row.month), 0) + row.n
        return tuple((wave, month, n) for (wave, month), n in found.items())

    def period(self, name: str) -> Period | None:
        """The period of that name in which somebody answered; None for a wave, or where nobody did."""
        period = None if name in self.wave_names else period_named(name)
        return period if period and any(period.holds(month) for _, month, _ in self.by_month) else None

    def of(self, name: str) -> tuple[Tallied, ...]:
        """The responses of a wave or period, counted; in a period one answer a household counts."""
        if name not in self._of:
            period = self.period(name)
            if period is None:
                return tuple(row for row in self.tally if row.wave == name)
            self._of[name] = self._inside(period)
        return self._of[name]

    def _inside(self, period: Period) -> tuple[Tallied, ...]:
        inside = [row for row in self.tally if row.month and period.holds(row.month)]
        for repeat in self.repeats(period):
            inside += [replace(repeat.tallied, n=-1), replace(repeat.tallied, counts=False)]
        return tuple(inside)

    def waves_in(self, name: str) -> tuple[str, ...]:
        """The wave itself, or the waves with answers in the period, oldest first."""
        inside = {row.wave for row in self.of(name) if row.counts}
        return tuple(wave for wave in self.wave_names if wave in inside or wave == name)

    def undated(self, waves: tuple[str, ...]) -> int:
        """Counted answers of these waves that have no date, and so are in no period."""
        return sum(row.n for row in self.tally if row.counts and row.month is None and row.wave in waves)

    def when(self, name: str) -> exp.Expr:
        """The condition on response rows for a wave or a period."""
        period = self.period(name)
        if period is None:
            return equals("wave", name)
        parts = [
            exp.GTE(this=exp.column("date"), expression=_day(period.begun)),
            exp.LTE(this=exp.column("date"), expression=_day(period.ended)),
        ]
        return exp.and_(*parts, *self._once(period))

    def _once(self, period: Period) -> list[exp.Expr]:
        """The condition that leaves out repeats. Written out, since a tree of so many leaves is slow to copy."""
        repeats = self.repeats(period)
        conditions: list[exp.Expr] = []
        for wave in sorted({repeat.tallied.wave for repeat in repeats}):
            numbers = ", ".join(str(repeat.respondent) for repeat in repeats if repeat.tallied.wave == wave)
            conditions.append(exp.var(f"not (wave::varchar = {literal(wave)} and respondent in ({numbers}))"))
        return conditions

    def repeats(self, period: Period) -> tuple[Repeat, ...]:
        """Counted responses in a period whose household answered later in it: the latest one counts."""
        if period not in self._repeats:
            several = len({wave for wave, month, _ in self.by_month if period.holds(month)}) > 1
            self._repeats[period] = self._found(period) if several else ()
        return self._repeats[period]

    def _found(self, period: Period) -> tuple[Repeat, ...]:
        found = self._rows(
            "select respondent, wave::varchar, date_trunc('month', date)::date, tenure_group::varchar, "
            "method::varchar, stratum::varchar, true, 1 from responses "
            "where counts and household is not null and date between ? and ? qualify row_number() over "
            "(partition by coalesce('home ' || home, household) order by date desc, wave desc, respondent) > 1",
            [period.begun, period.ended],
        )
        return tuple(Repeat(int(respondent), Tallied(*row)) for respondent, *row in found)


def _day(day: date) -> exp.Expr:
    return exp.cast(exp.Literal.string(day.isoformat()), "date")
