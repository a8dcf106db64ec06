"""Dots with intervals: a share for each measure, or for each group of one measure."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Comparison, Estimate, Measure
from dashboard import words
from dashboard.charts.chart import Cell, Chart, Kind, Mark, Series, Table, extremes, group_name, mark_of

FILE_HEADINGS = ("name", "share", "low", "high", "answers", "counted as yes", "worth about", "note")


def measure_dots(estimates: Sequence[tuple[Measure, Estimate]], title: str, caption: str, source: str) -> Chart:
    """One dot for each measure that can be shown, in the register's order; the rest stand in the table."""
    rows = [(f"{measure.code} {measure.title}", estimate) for measure, estimate in estimates]
    return _dots(rows, title, caption, source, "Measure")


def group_dots(
    estimates: Sequence[Estimate], everyone: Estimate | None, title: str, caption: str, source: str, of: str
) -> Chart:
    """One dot for each group that can be shown, in the order given, beside the figure for everyone asked."""
    rows = [(group_name(estimate.group), estimate) for estimate in estimates]
    reference = mark_of("Everyone asked", everyone) if everyone and everyone.value is not None else None
    return _dots(rows, title, caption, source, of, reference)


def changes(
    comparisons: Sequence[tuple[Measure, Comparison]], earlier: str, title: str, caption: str, source: str
) -> Chart:
    """The change of each measure since an earlier survey, with its interval and verdict."""
    rows = [(f"{measure.code} {measure.title}", found) for measure, found in comparisons]
    marks = tuple(
        Mark(name, found.difference, found.low, found.high, f"{words.change(found)}: {found.verdict.value}")
        for name, found in rows
        if found.difference is not None
    )
    return Chart(
        kind=Kind.CHANGES,
        title=title,
        series=(Series(f"Change since {earlier}", "main", marks),),
        alt=f"Dots with intervals either side of no change: {title}. {extremes(marks)} The table has every figure.",
        caption=caption,
        source=source,
        table=_changes_table(rows, earlier),
    )


def _dots(
    rows: Sequence[tuple[str, Estimate]],
    title: str,
    caption: str,
    source: str,
    of: str,
    reference: Mark | None = None,
) -> Chart:
    marks = tuple(mark_of(name, estimate) for name, estimate in rows if estimate.value is not None)
    beside = f" Everyone asked: {reference.words}." if reference else ""
    return Chart(
        kind=Kind.INTERVALS,
        title=title,
        series=(Series("Share", "main", marks),),
        alt=f"Dots with intervals: {title}. {extremes(marks)}{beside} The table has every figure.",
        caption=caption,
        source=source,
        table=_table(rows, of),
        reference=reference,
    )


def _table(rows: Sequence[tuple[str, Estimate]], of: str) -> Table:
    shown = tuple(
        (
            name,
            words.share_of(estimate),
            words.interval(estimate.low, estimate.high),
            words.told(estimate.told_base),
            estimate.withheld or "; ".join(filter(None, (words.worth(estimate), estimate.caution))),
        )
        for name, estimate in rows
    )
    return Table(
        headings=(of, "Share", "Could be", "Answers", "Note"),
        rows=shown,
        file_headings=FILE_HEADINGS,
        file_rows=tuple(_file_row(name, estimate) for name, estimate in rows),
    )


def _file_row(name: str, estimate: Estimate) -> tuple[Cell, ...]:
    hidden = estimate.withheld is not None
    return (
        name,
        estimate.value,
        estimate.low,
        estimate.high,
        estimate.told_base,
        None if hidden else estimate.yes,
        None if hidden else estimate.effective_base,
        estimate.withheld or estimate.caution,
    )


def _changes_table(rows: Sequence[tuple[str, Comparison]], earlier: str) -> Table:
    return Table(
        headings=("Measure", f"Change since {earlier}", "Verdict", "Because"),
        rows=tuple((name, words.change(found), found.verdict.value, found.why) for name, found in rows),
        file_headings=("name", "change", "low", "high", "verdict", "because"),
        file_rows=tuple(
            (name, found.difference, found.low, found.high, found.verdict.value, found.why) for name, found in rows
        ),
    )
