"""Where the next calls should go: how many by the first characteristic, and every group in the table."""

from __future__ import annotations

from analysis.model import CallCell, CallPlan
from dashboard.charts.chart import Chart, Kind, Mark, Series, Table, extremes
from dashboard.words import count, people
from dashboard.words.calls import expected_words, why_there
from dashboard.words.silence import WAYS, group_of_homes, tenths

DRAWN = 12
READ = 40  # groups on the page; the file has every one


def calls_bars(found: CallPlan, title: str, caption: str, source: str) -> Chart:
    """A bar for each place (or other first characteristic) that gets calls, most first."""
    placed: dict[str, list[CallCell]] = {}
    for cell in found.cells:
        placed.setdefault(group_of_homes(cell.group[:1]), []).append(cell)
    bars = sorted(((sum(cell.calls for cell in cells), name, cells) for name, cells in placed.items()), key=_most_first)
    marks = tuple(Mark(name, calls, None, None, _words(calls, cells)) for calls, name, cells in bars[:DRAWN] if calls)
    return Chart(
        kind=Kind.RATES,
        title=title,
        series=(Series("Calls", "main", marks),),
        alt=f"Bars: {title}. {extremes(marks)} The table has every figure.",
        caption=caption,
        source=source,
        table=_table(found),
    )


def _most_first(bar: tuple[int, str, list[CallCell]]) -> tuple[int, str]:
    return -bar[0], bar[1]


def _words(calls: int, cells: list[CallCell]) -> str:
    expected = [cell.expected for cell in cells if cell.expected is not None]
    beside = f", about {tenths(sum(expected))} answers" if expected else ""
    return f"{people(calls, 'call', 'calls')}{beside}"


def _table(found: CallPlan) -> Table:
    called = [cell for cell in found.cells if cell.calls]
    ways = " · ".join(WAYS[dim] for dim in found.dims)
    return Table(
        headings=(ways, "Homes", "May be called", "Answers so far", "Calls", "Answers to expect", "What for"),
        rows=tuple(
            (
                group_of_homes(cell.group),
                *(count(number) for number in (cell.homes, cell.may_be_called, cell.answers, cell.calls)),
                expected_words(cell),
                why_there(cell),
            )
            for cell in called[:READ]
        ),
        file_headings=(
            *found.dims,
            *(
                "homes",
                "may be called",
                "answers",
                "calls",
                "answer rate",
                "answers to expect",
                "coverage",
                "precision",
            ),
        ),
        file_rows=tuple(
            (
                *(level for _, level in cell.group),
                *(cell.homes, cell.may_be_called, cell.answers, cell.calls, cell.rate, cell.expected),
                *(cell.for_coverage, cell.for_precision),
            )
            for cell in found.cells
        ),
    )
