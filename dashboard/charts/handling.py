"""How quickly complaints were answered: what became of those made, a row a stage."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis.model import Timeliness
from dashboard import words
from dashboard.charts.chart import Cell, Chart, Kind, Mark, Series, Table
from dashboard.words import complaints as said

Part = Callable[[Timeliness], int | None]
# Name in the chart and in full, in the order drawn: the colours of look.Palette.parts.
PARTS: tuple[tuple[str, str, Part], ...] = (
    ("In time", "In time, no extension", lambda found: found.without_extension),
    ("In extension", "In time, within an extension", lambda found: found.within_extension),
    ("Not due yet", "Not due yet", lambda found: found.not_yet_due),
    ("Late", "Late", lambda found: found.late),
    ("Overdue", "Overdue", lambda found: found.overdue),
    ("Other", "Withdrawn, or dates at odds", lambda found: _neither(found)),
)


def handled_bars(found: Sequence[Timeliness], title: str, caption: str, source: str) -> Chart:
    """What became of the complaints made, stage by stage; a stage that is withheld stands in the table only."""
    shown = [each for each in found if each.withheld is None and each.made]
    series = tuple(Series(name, "part", tuple(_mark(each, part) for each in shown)) for name, _, part in PARTS)
    return Chart(
        kind=Kind.PARTS,
        title=title,
        series=series,
        alt=f"Bars of what became of complaints: {title}. {_in_words(series)} The table has every figure.",
        caption=caption,
        source=source,
        table=_table(found),
    )


def _mark(found: Timeliness, part: Part) -> Mark:
    number = part(found) or 0
    share = number / found.made
    return Mark(_name(found), share, None, None, words.answer_share(share, number, found.made))


def _name(found: Timeliness) -> str:
    return f"{said.stage(found.stage, found.code)}, {words.count(found.made)} made"


def _neither(found: Timeliness) -> int | None:
    return None if found.withdrawn is None else found.withdrawn + (found.at_odds or 0)


def _in_words(series: tuple[Series, ...]) -> str:
    rows, named = series[0].marks, [(one, name) for one, (_, name, _) in zip(series, PARTS, strict=True)]
    told = [
        f"{mark.label}: {', '.join(f'{name.lower()} {one.marks[place].words}' for one, name in named)}."
        for place, mark in enumerate(rows)
    ]
    return " ".join(told) or "Nothing can be shown."


def _table(found: Sequence[Timeliness]) -> Table:
    names = tuple(name for _, name, _ in PARTS)
    return Table(
        headings=("Stage", "Made", *names, "Acknowledged in time", "Median working days", "Note"),
        rows=tuple(_row(each) for each in found),
        file_headings=(
            "measure", "stage", "made", "without extension", "within extension", "not due yet", "late", "overdue",
            "withdrawn", "dates at odds", "acknowledged in time", "no acknowledgement", "median working days",
            "share in time", "share without extension", "share within extension", "share of those due", "why not shown",
        ),
        file_rows=tuple(_file_row(each) for each in found),
    )  # fmt: skip


def _row(found: Timeliness) -> tuple[str, ...]:
    numbers = (*(part(found) for _, _, part in PARTS), found.acknowledged_in_time)
    shown = tuple(words.NOTHING if number is None else words.count(number) for number in numbers)
    made = words.NOTHING if found.withheld and found.made else words.count(found.made)
    days = said.days_of(found.median_days)
    return (said.stage(found.stage, found.code), made, *shown, days, found.withheld or "")


def _file_row(found: Timeliness) -> tuple[Cell, ...]:
    made = None if found.withheld and found.made else found.made
    return (
        found.code, found.stage, made, found.without_extension, found.within_extension, found.not_yet_due, found.late,
        found.overdue, found.withdrawn, found.at_odds, found.acknowledged_in_time, found.not_acknowledged,
        found.median_days, found.share, found.share_without, found.share_within, found.share_of_due, found.withheld,
    )  # fmt: skip
