"""The log of requests as a table: as read, and for a spreadsheet with everything that was sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.charts.chart import Cell, Table
from dashboard.words.requests import HEADINGS, row
from data.packs.requests import Request, Sent, question_to_show, request_kind

FILE_HEADINGS = (
    *("number", "question", "kind", "asked", "due", "due by rule", "owner", "state", "overdue", "closed because"),
    *("sent on", "sent by (name as given)", "figures", "files", "pack", "seal of the pack"),
)
NOTHING_SENT: tuple[Cell, ...] = (None,) * 6


def requests_table(requests: Sequence[Request], today: date) -> Table:
    """Every request; in the file a row for each thing sent. Personal details recognised in a question are taken out."""
    return Table(
        HEADINGS,
        tuple(row(one, today) for one in requests),
        FILE_HEADINGS,
        tuple(
            (*_asked(one, today), *more) for one in requests for more in (map(_sent, one.sent) if one.sent else _none())
        ),
    )


def _none() -> tuple[tuple[Cell, ...], ...]:
    return (NOTHING_SENT,)


def _asked(one: Request, today: date) -> tuple[Cell, ...]:
    return (
        one.number,
        question_to_show(one.question),
        request_kind(one.kind).title,
        one.asked.isoformat(),
        one.due.isoformat(),
        "yes" if one.by_rule else "no",
        one.owner,
        one.state,
        "yes" if one.overdue(today) else "no",
        one.why or None,
    )


def _sent(sent: Sent) -> tuple[Cell, ...]:
    return (
        sent.on.isoformat(),
        sent.who,
        "; ".join(sent.figures) or None,
        "; ".join(sent.files) or None,
        sent.pack or None,
        sent.seal or None,
    )
