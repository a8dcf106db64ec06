"""Requests of an inspector, or of somebody who asks for information, as sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.words.shares import count, people
from dashboard.words.surveys import british_date, listed
from data.packs.requests import (
    ADD,
    CLOSED,
    OPEN,
    WHAT_IT_SAID,
    Line,
    Request,
    RequestKind,
    Sent,
    question_to_show,
    request_kind,
)

WHAT_FOR = (
    "What an inspector, or somebody who asks for information, wants to know; by when; whose it is; and what was sent "
    "in answer, so that months later nobody has to guess which figures they were."
)
NO_NAMES = (
    "Write the question without names, addresses or anything of a tenant's own. What is written stays on this "
    "computer; personal details that are recognised are taken out before the list leaves it, but nothing "
    "recognises them all."
)
NONE_YET = "No request is held."
NOT_OUTSIDE = "The list of requests is for the landlord's own people: choose them as who will see it."
HEADINGS = ("No.", "Asked for", "Kind", "Asked", "Due", "Owner", "State", "What was sent")
FIGURES_MOST = 6  # figures named in a line; the file names every one


def due_sentence(request: Request, today: date) -> str:
    """By when a request is to be answered, or that it was.

    >>> from datetime import date
    >>> asked, due = date(2026, 11, 2), date(2026, 11, 20)
    >>> one = Request(1, "Q", "inspection", asked, due, False, "Compliance")
    >>> due_sentence(one, date(2026, 11, 20)), due_sentence(one, date(2026, 11, 22))
    ('Due today.', 'Overdue: it was due 20 November 2026, 2 days ago.')
    >>> due_sentence(one, date(2026, 11, 13))
    'Due 20 November 2026, in 7 days.'
    """
    if request.state != OPEN:
        return f"{request.state.capitalize()}{f': {request.why}' if request.why else ''}."
    left = (request.due - today).days
    if left < 0:
        return f"Overdue: it was due {british_date(request.due)}, {people(-left, 'day', 'days')} ago."
    if left == 0:
        return "Due today."
    return f"Due {british_date(request.due)}, in {people(left, 'day', 'days')}."


def about(request: Request) -> str:
    """What a request is, when it was asked, and whose it is."""
    set_by = " Its day is set by rule." if request.by_rule else ""
    kind = request_kind(request.kind).title
    return f"{kind}, asked {british_date(request.asked)}. Owner: {request.owner}.{set_by}"


def sent_sentence(sent: Sent) -> str:
    """One thing sent in answer.

    >>> from datetime import date
    >>> sent_sentence(Sent(date(2026, 11, 20), "Jo", ("measures-lcra-table",), (), 3, "a" * 64))
    'Sent 20 November 2026 by Jo (name as given): pack 3 (seal aaaaaaaaaaaa): measures-lcra-table.'
    """
    pack = f"pack {sent.pack}{f' (seal {sent.seal[:12]})' if sent.seal else ''}" if sent.pack else ""
    more = len(sent.figures) - FIGURES_MOST
    figures = ", ".join(sent.figures[:FIGURES_MOST]) + (f" and {count(more)} more" if more > 0 else "")
    what = ": ".join(filter(None, (pack, ", ".join(filter(None, (figures, *sent.files))))))
    return f"Sent {british_date(sent.on)} by {sent.who} (name as given): {what}."


def how_many(requests: Sequence[Request], today: date) -> str:
    """How many requests there are and how many are late.

    >>> how_many((), date(2026, 11, 20))
    'No request is to be answered.'
    """
    waiting = [one for one in requests if one.state == OPEN]
    late = sum(one.overdue(today) for one in waiting)
    if not waiting:
        return "No request is to be answered."
    first = f"{people(len(waiting), 'request is', 'requests are')} to be answered"
    return f"{first}, {count(late)} of them overdue." if late else f"{first}; the next is due {_next(waiting)}."


def _next(waiting: Sequence[Request]) -> str:
    return british_date(min(one.due for one in waiting))


def overdue(requests: Sequence[Request], today: date) -> str:
    """How many requests should have been answered before today; nothing where none.

    >>> overdue((), date(2026, 11, 20))
    ''
    """
    late = sum(one.overdue(today) for one in requests)
    return f"{people(late, 'request', 'requests')} for information or evidence overdue." if late else ""


def line_sentence(line: Line, at: str) -> str:
    """One line of a request's history; ``at``: when, in words."""
    what = [WHAT_IT_SAID[line.action]]
    if line.action == ADD:
        what = [f"added, due {british_date(date.fromisoformat(line.changed['due']))}"]
    back = f" Taken back by {line.taken_back_by}." if line.taken_back_by else ""
    return f"{at}: {listed(what)} by {line.who} (name as given).{back}"


def rule_sentence(kind: RequestKind, by_rule: date | None) -> str:
    """What sets the day of a kind of request.

    >>> rule_sentence(request_kind("stairs"), None).startswith("It was asked before 1 April 2027")
    True
    """
    due = f"By rule it is due {british_date(by_rule)}." if by_rule else (kind.before or kind.due)
    checked = " The rule was read as commentary: check it." if by_rule else ""
    return " ".join(filter(None, (f"{due}{checked}", kind.whom)))


def row(request: Request, today: date) -> tuple[str, ...]:
    """A request for a table that may leave the landlord: personal details recognised in its question are taken out."""
    return (
        str(request.number),
        question_to_show(request.question),
        request_kind(request.kind).title,
        british_date(request.asked),
        british_date(request.due),
        request.owner,
        "overdue" if request.overdue(today) else request.state,
        " ".join(map(sent_sentence, request.sent)) or (request.why if request.state == CLOSED else "–"),
    )
