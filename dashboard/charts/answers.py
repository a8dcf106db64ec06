"""How the five answers fell: bars either side of the middle answer, one row a group or a measure."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Distribution, Measure
from dashboard import words
from dashboard.charts.chart import Cell, Chart, Kind, Mark, Series, Table, extremes, group_name

ROLES = ("answer 1", "answer 2", "answer 3", "answer 4", "answer 5")  # best first
NOT_COUNTED = ("Not applicable", "Would not say", "Not asked", "Left blank")


def answer_bars(
    distributions: Sequence[Distribution], measure: Measure, title: str, caption: str, source: str
) -> Chart:
    """The five answers of one measure, a row for each group that can be shown."""
    rows = [(group_name(found.group), found) for found in distributions]
    shown = [(name, found) for name, found in rows if found.shares is not None]
    series = tuple(_answer(place, label, shown) for place, label in enumerate(measure.scale))
    return Chart(
        kind=Kind.ANSWERS,
        title=title,
        series=series,
        alt=f"Bars of the five answers: {title}. {_in_words(series)} The table has every figure.",
        caption=caption,
        source=source,
        table=_table(rows, measure),
    )


def _answer(place: int, label: str, rows: Sequence[tuple[str, Distribution]]) -> Series:
    marks = tuple(
        Mark(name, found.shares[place], None, None, _said(found)[place])
        for name, found in rows
        if found.shares is not None
    )
    return Series(label, ROLES[place], marks)


def _said(found: Distribution) -> list[str]:
    """The five shares as read, best answer first."""
    if found.shares is None:
        return [words.NOTHING] * 5
    counts = found.counts or (None,) * 5
    return [words.answer_share(share, n, found.base) for share, n in zip(found.shares, counts, strict=True)]


def _in_words(series: tuple[Series, ...]) -> str:
    if not series or not series[0].marks:
        return "Nothing can be shown."
    if len(series[0].marks) == 1:
        return " ".join(f"{one.name}: {one.marks[0].words}." for one in series)
    return f"{series[0].name}: {extremes(series[0].marks)}"


def _table(rows: Sequence[tuple[str, Distribution]], measure: Measure) -> Table:
    return Table(
        headings=("Group", *measure.scale, "Answers", "Left out", "Note"),
        rows=tuple(_row(name, found) for name, found in rows),
        file_headings=("group", *measure.scale, "answers", *NOT_COUNTED, "why not shown"),
        file_rows=tuple(_file_row(name, found) for name, found in rows),
    )


def _row(name: str, found: Distribution) -> tuple[str, ...]:
    outside = [n for n in (found.not_applicable, found.refused, found.blank) if n is not None]
    left_out = words.count(sum(outside)) if outside else words.NOTHING
    return (name, *_said(found), words.count(found.base), left_out, found.withheld or "")


def _file_row(name: str, found: Distribution) -> tuple[Cell, ...]:
    shares: Sequence[Cell] = found.shares if found.shares is not None else (None,) * 5
    left_out = (found.not_applicable, found.refused, found.not_asked, found.blank)
    return (name, *shares, found.base, *left_out, found.withheld)
