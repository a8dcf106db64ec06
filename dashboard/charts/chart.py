"""What a chart says, before anybody draws it: rows, figures, words for those who cannot see it, and its table."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from enum import StrEnum

from analysis.model import Estimate, Group
from dashboard import words

Cell = str | float | int | None


class Kind(StrEnum):
    """The kinds of chart there are; each has one drawing."""

    INTERVALS = "dots with intervals"
    PAIRS = "two dots with intervals a row"
    CHANGES = "changes with intervals"
    SHARED_OUT = "a whole shared out, with intervals"
    ANSWERS = "answers"
    TONES = "tones"
    PARTS = "parts of a whole"
    RATES = "plain numbers"
    MONTHS = "plain numbers, month by month"
    FUNNEL = "shares by size, within limits"
    SIDES = "shares with their sides end to end"


@dataclass(frozen=True)
class Mark:
    """One figure of one row. ``words`` is what is written beside it; value, low and high are fractions,
    but plain numbers where the kind of chart says so."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    words: str
    small: bool = False  # a base under thirty, or not proven: drawn hollow
    size: float | None = None  # of a funnel: how many answers; low and high are then the limits there


@dataclass(frozen=True)
class Series:
    """Figures that belong together. ``role`` names a colour of the palette, or a place in a scale of colours."""

    name: str
    role: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Table:
    """The figures behind a chart: what is read on the page, and the same unrounded for a spreadsheet."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    file_headings: tuple[str, ...]
    file_rows: tuple[tuple[Cell, ...], ...]

    def as_csv(self, about: str) -> str:
        """The table as CSV, what it is about on the last line; no cell can be run as a formula."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([words.for_cell(heading) for heading in self.file_headings])
        writer.writerows([words.for_cell(cell) for cell in row] for row in self.file_rows)
        writer.writerow([words.for_cell(about)])
        return text.getvalue()


@dataclass(frozen=True)
class Chart:
    """A chart as a value: every drawing of it shows these figures, in this order, under these words."""

    kind: Kind
    title: str
    series: tuple[Series, ...]
    alt: str
    caption: str
    source: str
    table: Table
    reference: Mark | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the rows, top first."""
        return tuple(mark.label for mark in self.series[0].marks) if self.series else ()


BARS = (Kind.ANSWERS, Kind.TONES, Kind.PARTS, Kind.RATES, Kind.MONTHS, Kind.SIDES)  # a bar for every mark, nought too


def picked(chart: Chart, curve: int, point: int) -> tuple[str, str] | None:
    """The series and the row of a mark that was clicked, by the places a drawing gives them; None for neither.

    >>> rows = Mark("Ash", None, None, None, "–"), Mark("Elm", 0.5, 0.4, 0.6, "50%")
    >>> chart = Chart(Kind.INTERVALS, "", (Series("Share", "main", rows),), "", "", "", Table((), (), (), ()))
    >>> picked(chart, 0, 0), picked(chart, 1, 0)
    (('Share', 'Elm'), None)
    """
    if not 0 <= curve < len(chart.series):
        return None
    series = chart.series[curve]
    drawn = [mark for mark in series.marks if chart.kind in BARS or mark.value is not None]
    return (series.name, drawn[point].label) if 0 <= point < len(drawn) else None


def group_name(group: Group, everyone: str = "Everyone asked") -> str:
    """The name of a group as read: its values, or everyone.

    >>> group_name((("estate", "Ash Court"),)), group_name(())
    ('Ash Court', 'Everyone asked')
    """
    return ", ".join(value for _, value in group) or everyone


def mark_of(label: str, estimate: Estimate, *of: str) -> Mark:
    """A figure as a mark of a chart; ``of``: what its base counts, one and many, where that is not tenants."""
    small = estimate.base < words.SMALL_BASE
    said = words.in_words(estimate, *of)
    return Mark(label, estimate.value, estimate.low, estimate.high, said, small and bool(estimate.base))


def extremes(marks: tuple[Mark, ...]) -> str:
    """The lowest and the highest of some rows in words, for those who cannot see the chart.

    >>> extremes((Mark("Ash", 0.5, 0.4, 0.6, "50%"), Mark("Birch", 0.7, 0.6, 0.8, "70%")))
    'Highest: Birch, 70%. Lowest: Ash, 50%.'
    """
    shown = [mark for mark in marks if mark.value is not None]
    if not shown:
        return "Nothing can be shown."
    top = max(shown, key=lambda mark: mark.value or 0)
    if len(shown) == 1:
        return f"{top.label}, {top.words}."
    bottom = min(shown, key=lambda mark: mark.value or 0)
    return f"Highest: {top.label}, {top.words}. Lowest: {bottom.label}, {bottom.words}."
