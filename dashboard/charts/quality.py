"""Tables of how good the data are, whose they are and what does not join: as read, and for a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.charts.chart import Cell, Table
from dashboard.words import NOTHING, british_moment, count
from dashboard.words.quality import ABOUT, JOINED, due_words, score
from data.joining import Unjoined
from data.owners import Charge
from data.quality import PARTS, Alert, KindQuality

SCORED = ("completeness", "validity", "uniqueness")  # what a publish leaves behind; the other two are of today
Trend = Sequence[tuple[int, str, Mapping[str, Mapping[str, float]]]]


def alerts_table(found: Sequence[Alert]) -> Table:
    """What is to be seen to, the overdue first: for a spreadsheet; on the page each stands in a line of its own."""
    headings = ("owner", "email", "due", "overdue", "file", "what", "rows", "remedy", "subject", "stops")
    return _for_a_file(
        headings,
        [
            (
                alert.owner,
                alert.email,
                alert.due.isoformat(),
                "yes" if alert.overdue else "no",
                alert.label,
                alert.what,
                alert.rows,
                alert.remedy,
                alert.subject,
                alert.stops,
            )
            for alert in found
        ],
    )


def kinds_table(found: Sequence[KindQuality], charges: Sequence[Charge]) -> Table:
    """Each kind of file: its owner, rows, when it came in, when it is due; for a spreadsheet."""
    due = {charge.subject: due_words(charge.due_every, charge.due_days) for charge in charges}
    headings = ("file", "owner", "email", "rows", "last taken in", "due", "next due", "late since")
    return _for_a_file(
        headings,
        [
            (
                kind.label,
                kind.owner,
                kind.email,
                kind.rows,
                kind.taken.isoformat() if kind.taken else None,
                due[kind.kind],
                kind.next_due.isoformat(),
                kind.missed[0].isoformat() if kind.late else None,
            )
            for kind in found
        ],
    )


def _for_a_file(headings: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> Table:
    return Table((), (), headings, tuple(rows))


def scores_table(found: Sequence[KindQuality]) -> Table:
    """The five scores of each kind of file that is held."""
    return Table(
        headings=("File", *(part.capitalize() for part in PARTS)),
        rows=tuple((kind.label, *(score(kind.scores.get(part)) for part in PARTS)) for kind in found),
        file_headings=("file", *PARTS),
        file_rows=tuple((kind.label, *(kind.scores.get(part) for part in PARTS)) for kind in found),
    )


def trend_table(found: Trend, kind: str) -> Table:
    """The scores of one kind of file as each publish left them, oldest first."""
    lines = [(number, made, scores[kind]) for number, made, scores in found if kind in scores]
    return Table(
        headings=("Publish", "Made", *(part.capitalize() for part in SCORED)),
        rows=tuple(
            (count(number), british_moment(made), *(score(scores.get(part)) for part in SCORED))
            for number, made, scores in lines
        ),
        file_headings=("publish", "made", *SCORED),
        file_rows=tuple((number, made, *(scores.get(part) for part in SCORED)) for number, made, scores in lines),
    )


def joins_table(counts: Mapping[str, Mapping[str, int]], labels: Mapping[str, str]) -> Table:
    """How the rows of each kind of file joined to homes."""
    return Table(
        headings=("File", *JOINED.values()),
        rows=tuple((labels[kind], *(count(found.get(how, 0)) for how in JOINED)) for kind, found in counts.items()),
        file_headings=("file", *JOINED),
        file_rows=tuple((kind, *(found.get(how, 0) for how in JOINED)) for kind, found in counts.items()),
    )


def unjoined_table(found: Sequence[Unjoined]) -> Table:
    """References that join to no home, those of most rows first."""
    return Table(
        headings=("What", "Reference", "Rows", "Fits", "First row", "File"),
        rows=tuple(
            (
                ABOUT[each.about],
                "not kept" if each.about == "address" else each.reference,
                count(each.rows),
                f"{count(each.fits)} homes" if each.fits > 1 else NOTHING,
                NOTHING if each.row is None else count(each.row),
                each.file,
            )
            for each in found
        ),
        file_headings=("what", "reference", "rows", "homes it fits", "first row", "file"),
        file_rows=tuple((each.about, each.reference, each.rows, each.fits, each.row, each.file) for each in found),
    )
