"""How many complaints there are for every 1,000 homes, by kind or by month; and repairs by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from analysis.calendar import months_after
from analysis.model import Rate, RepairMonth
from dashboard.charts.chart import Cell, Chart, Kind, Mark, Series, Table, extremes
from dashboard.words import complaints as said
from dashboard.words.shares import NOTHING, count

DRAWN = 15  # rows; the table has every one
FILE_HEADINGS = ("stage", "complaints", "homes", "for every 1,000 homes", "why not shown")
MONTH = "month"


def volume_bars(rates: Sequence[Rate], way: str, title: str, caption: str, source: str) -> Chart:
    """Rates by one way of counting, in the order given; those withheld stand in the table with their reason."""
    rows = [(said.level(way, _level(found)), found) for found in rates]
    marks = tuple(_mark(name, found) for name, found in rows if found.per_thousand is not None)[:DRAWN]
    return Chart(
        kind=Kind.RATES,
        title=title,
        series=(Series("For every 1,000 homes", "main", marks),),
        alt=f"Bars: {title}. {extremes(marks)} The table has every figure.",
        caption=caption,
        source=source,
        table=_table(rows, said.WAYS[way]),
    )


def volume_months(
    rates: Sequence[Rate], begun: date, ended: date, homes: int | None, title: str, caption: str, source: str
) -> Chart:
    """Rates month by month; a month without complaints is nought, one with a handful has no column."""
    stage = rates[0].stage if rates else None
    held = {_level(found): found for found in rates}
    none = [(month, Rate("", stage, ((MONTH, month),), 0, homes, 0.0)) for month in _months(begun, ended)]
    rows = [(said.month(month), held.get(month, empty)) for month, empty in none]
    marks = tuple(_mark(name, found) for name, found in rows)
    return Chart(
        kind=Kind.MONTHS,
        title=title,
        series=(Series("Complaints for every 1,000 homes", "main", marks),),
        alt=f"Columns by month: {title}. {extremes(marks)} The table has every figure.",
        caption=caption,
        source=source,
        table=_table(rows, said.WAYS[MONTH]),
    )


def repair_months(months: Sequence[RepairMonth], title: str, caption: str, source: str) -> Chart:
    """Repairs raised and completed month by month."""
    names = [f"{found.month:%b %Y}" for found in months]
    raised = tuple(_counted(name, found.raised) for name, found in zip(names, months, strict=True))
    completed = tuple(_counted(name, found.completed) for name, found in zip(names, months, strict=True))
    return Chart(
        kind=Kind.MONTHS,
        title=title,
        series=(Series("Raised", "main", raised), Series("Completed", "earlier", completed)),
        alt=f"Columns by month: {title}. Raised. {extremes(raised)} The table has every figure.",
        caption=caption,
        source=source,
        table=Table(
            headings=("Month", "Raised", "Completed"),
            rows=tuple((name, a.words, b.words) for name, a, b in zip(names, raised, completed, strict=True)),
            file_headings=("month", "raised", "completed"),
            file_rows=tuple((f"{found.month:%Y-%m}", found.raised, found.completed) for found in months),
        ),
    )


def _counted(name: str, number: int) -> Mark:
    return Mark(name, float(number), None, None, count(number))


def _mark(name: str, found: Rate) -> Mark:
    return Mark(name, found.per_thousand, None, None, said.rate_beside(found))


def _level(found: Rate) -> str:
    return found.group[-1][1] if found.group else "Every home"


def _months(begun: date, ended: date) -> Iterator[str]:
    month = begun.replace(day=1)
    while month <= ended:
        yield f"{month:%Y-%m}"
        month = months_after(month, 1)


def _table(rows: Sequence[tuple[str, Rate]], of: str) -> Table:
    return Table(
        headings=(of, "Complaints", "Homes", "For every 1,000 homes", "Note"),
        rows=tuple(
            (name, _number(found.count), _number(found.homes), said.per_thousand(found), found.withheld or "")
            for name, found in rows
        ),
        file_headings=(of.lower(), *FILE_HEADINGS),
        file_rows=tuple(_file_row(name, found) for name, found in rows),
    )


def _number(number: int | None) -> str:
    return NOTHING if number is None else count(number)


def _file_row(name: str, found: Rate) -> tuple[Cell, ...]:
    return (name, found.stage, found.count, found.homes, found.per_thousand, found.withheld)
