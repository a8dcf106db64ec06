"""How good the data are and what somebody has to see to, as sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.words.files import british_moment, left_out
from dashboard.words.shares import NOTHING, count, people, percent
from dashboard.words.surveys import british_date
from data.estates import UnknownEstate
from data.joining import Unjoined
from data.quality import Alert, KindQuality, Origin

HOW_SCORED = (
    "100% is nothing missing. Completeness: cells filled that should be. Freshness: whole until a due date is missed, "
    "then a half, a third. Validity: cells without a fault. Uniqueness: rows that are not given twice. Joinability: of "
    "the rows that name a home or tenancy, those that join to one in the list of homes."
)


def alert_line(alert: Alert) -> str:
    """One thing to see to, in one line, as a list or a message has it.

    >>> from datetime import date
    >>> alert_line(Alert("housing", "", "bad_date", "Repairs: r.csv", "The date cannot be read.", "Mend it.", 3,
    ...     date(2026, 12, 1), False))
    'By 1 December 2026: Repairs: r.csv. The date cannot be read. (3 rows) Mend it.'
    """
    rows = f" ({people(alert.rows, 'row', 'rows')})" if alert.rows else ""
    when = f"{'Was due' if alert.overdue else 'By'} {british_date(alert.due)}"
    return f"{when}: {alert.label}. {alert.what}{rows} {alert.remedy}"


def alert_count(owner: str, number: int, overdue: int) -> str:
    """How much one owner has to see to.

    >>> alert_count("survey agency", 3, 1), alert_count("housing", 1, 0)
    ('survey agency: 3 to see to, 1 of them overdue', 'housing: 1 to see to')
    """
    late = f", {count(overdue)} of them overdue" if overdue else ""
    return f"{owner}: {count(number)} to see to{late}"


def kind_state(kind: KindQuality) -> str:
    """When a kind of file last came in, and when it is due.

    >>> from datetime import date
    >>> kind_state(KindQuality("homes", "Homes", "housing", "", 0, None, date(2026, 12, 5), ()))
    'Never taken in.'
    >>> kind_state(KindQuality("homes", "Homes", "housing", "", 9, date(2026, 11, 2), date(2026, 12, 5), ()))
    '9 rows, last taken in 2 November 2026; next due 5 December 2026.'
    """
    if kind.taken is None:
        return "Never taken in."
    late = f" Late: it was due {british_date(kind.missed[0])}." if kind.late else ""
    due = f"next due {british_date(kind.next_due)}"
    return f"{people(kind.rows, 'row', 'rows')}, last taken in {british_date(kind.taken)}; {due}.{late}"


def kind_owner(kind: KindQuality) -> str:
    """Whose a kind of file is.

    >>> from datetime import date
    >>> kind_owner(KindQuality("homes", "Homes", "housing", "a@b.org", 9, None, date(2026, 12, 5), ()))
    'Owner: housing, a@b.org'
    """
    return f"Owner: {kind.owner}" + (f", {kind.email}" if kind.email else "")


def score(value: float | None) -> str:
    """A score, or a dash where it cannot be told.

    >>> score(0.5), score(None)
    ('50%', '–')
    """
    return NOTHING if value is None else percent(value)


def origin(found: Origin) -> str:
    """A file behind a figure: when it was taken in, rows in and kept, what each rule left out, and how it was read.

    >>> from types import MappingProxyType
    >>> left = MappingProxyType({"blank_row": 2})
    >>> origin(Origin("tsm.csv", "ab", "2026-11-02T09:00:00+00:00", "survey", 10, 8, left, ""))
    'Taken in 2 November 2026, 09:00 UTC: 10 rows in, 8 kept. Left out: the row is empty (2).'
    """
    left = f" Left out: {left_out(found.left_out)}." if found.left_out else ""
    read = f" Read by the mapping '{found.profile}'." if found.profile else ""
    return (
        f"Taken in {british_moment(found.taken)}: {people(found.rows_in, 'row', 'rows')} in, "
        f"{count(found.rows_kept)} kept.{left}{read}"
    )


def due_words(due_every: str, due_days: int) -> str:
    """When something is due.

    >>> due_words("month", 5), due_words("year", 0), due_words("", 10)
    ('5 days after the end of each month', 'at the end of each reporting year', 'within 10 days of coming in')
    """
    if not due_every:
        return f"within {people(due_days, 'day', 'days')} of coming in"
    period = EVERY_NAMES[due_every]
    return f"{people(due_days, 'day', 'days')} after the end of {period}" if due_days else f"at the end of {period}"


EVERY_NAMES: Mapping[str, str] = {"month": "each month", "quarter": "each quarter", "year": "each reporting year"}


def sent(messages: int, without: Sequence[str]) -> str:
    """How many messages went, and to whom none could.

    >>> sent(2, ["housing"]), sent(1, [])
    ('2 messages sent. No e-mail address is known of: housing.', '1 message sent.')
    """
    missing = f" No e-mail address is known of: {', '.join(without)}." if without else ""
    return f"{people(messages, 'message', 'messages')} sent.{missing}"


# ── How rows join to homes ───────────────────────────────────────────────────────────────────────

JOINED: Mapping[str, str] = {
    "exact": "Exactly",
    "normalised": "Spaces, signs and noughts aside",
    "tenancy": "By the tenancy",
    "address": "By the address",
    "block": "To a block",
    "none": "To no home we hold",
    "not named": "Names no home",
}
ABOUT: Mapping[str, str] = {"home": "Home", "tenancy": "Tenancy", "address": "Address"}


def unjoined_words(found: Unjoined) -> str:
    """A reference that joins to no home, in one line.

    >>> unjoined_words(Unjoined("home", "P-99", 12, 0, "repairs.csv", 4))
    'Home P-99: 12 rows, first row 4 of repairs.csv'
    >>> unjoined_words(Unjoined("home", "900", 1, 2, "repairs.csv", 4))
    'Home 900: 1 row, first row 4 of repairs.csv; it fits 2 homes, so it joins neither'
    >>> unjoined_words(Unjoined("address", "k9", 2, 0, "repairs.csv", 7))
    'An address (not kept): 2 rows, first row 7 of repairs.csv'
    """
    which = "An address (not kept)" if found.about == "address" else f"{ABOUT[found.about]} {found.reference}"
    first = f", first row {count(found.row)} of {found.file}" if found.row else ""
    fits = f"; it fits {count(found.fits)} homes, so it joins neither" if found.fits > 1 else ""
    return f"{which}: {people(found.rows, 'row', 'rows')}{first}{fits}"


def unknown_estate(found: UnknownEstate) -> str:
    """A name of an estate that the list of homes does not have, with its rows and what is offered.

    >>> unknown_estate(UnknownEstate("Lantern Moor", {"survey": 12, "repairs": 3}, "Lanternmoor", 0.96))
    'Lantern Moor: 15 rows. Perhaps Lanternmoor?'
    >>> unknown_estate(UnknownEstate("Zed", {"survey": 1}, "", 0.0))
    'Zed: 1 row. No estate in the list of homes is spelled like it.'
    """
    offer = f"Perhaps {found.offered}?" if found.offered else "No estate in the list of homes is spelled like it."
    return f"{found.name}: {people(sum(found.rows.values()), 'row', 'rows')}. {offer}"
