"""What is owed to tenants, as sentences: replies to complaints, open hazards, promises made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from analysis.model import Due, HazardCase, Promise
from dashboard.words.complaints import STAGES
from dashboard.words.shares import NOTHING, count, people
from dashboard.words.surveys import british_date

SEVERITIES: Mapping[str, str] = {"emergency": "Emergency", "significant": "Significant", "other": "Other"}
STATES: Mapping[str, str] = {
    "overdue": "Overdue",
    "due soon": "Due soon",
    "due later": "Due later",
    "no date": "No date given",
    "kept late": "Kept, late",
    "kept": "Kept",
}
SEVERITY_UNKNOWN = "Not recorded"
NOT_THE_SYSTEM_OF_RECORD = (
    "Tenant Voice is not watched out of hours and is not the system of record. Hazards are worked in your own hazard "
    "or repairs system; this is what its last file said."
)
NO_PROMISES = (
    "No promises are loaded. They come with the complaints, in the columns for what a reply promised and by when: "
    "bring the file in under *Data and packs*."
)
NO_PROMISE_DUE = "No promise is overdue, and none is due in the next 7 days."
ONLY_FROM_REPLIES = "These are promises made in replies to complaints, as the last file of complaints has them."


def complaints_owed(overdue: int, soon: int) -> str:
    """How many complaints are overdue and how many are due within the week; "" where none is.

    >>> complaints_owed(3, 5), complaints_owed(1, 0), complaints_owed(0, 0)
    ('3 complaints are overdue; 5 more are due in the next 7 days.', '1 complaint is overdue.', '')
    """
    late = f"{people(overdue, 'complaint', 'complaints')} {_are(overdue)} overdue" if overdue else ""
    if not soon:
        return f"{late}." if late else ""
    if late:
        return f"{late}; {count(soon)} more {_are(soon)} due in the next 7 days."
    return f"{people(soon, 'complaint', 'complaints')} {_are(soon)} due in the next 7 days."


def owed(found: Due) -> str:
    """The next thing owed on a complaint.

    >>> from datetime import date
    >>> owed(Due("C1", "C1", 1, "reply", date(2026, 11, 20), date(2026, 11, 20), -3, True, True, date(2026, 10, 1),
    ...     None, None, None))
    'Reply (extension agreed)'
    """
    what = found.what[:1].upper() + found.what[1:]
    return f"{what} (extension agreed)" if found.extended and found.what == "reply" else what


def time_left(days: int, overdue: bool) -> str:
    """How many working days of a clock are left, or how far it is over.

    >>> time_left(3, False), time_left(0, False), time_left(-1, True)
    ('3 left', 'today is the last', '1 over')
    """
    if overdue:
        return f"{count(max(abs(days), 1))} over"
    return f"{count(days)} left" if days > 0 else "today is the last"


def due_row(found: Due) -> tuple[str, ...]:
    """A complaint without a reply as a row: reference, stage, what is owed, by when, how long, estate, topic."""
    return (
        found.reference,
        STAGES.get(found.stage, NOTHING),
        owed(found),
        british_date(found.deadline),
        time_left(found.days_left, found.overdue),
        found.estate or NOTHING,
        found.category or NOTHING,
    )


DUE_HEADINGS = ("Reference", "Stage", "Owed", "By", "Working days", "Estate", "Topic")


# ── Hazards ──────────────────────────────────────────────────────────────────────────────────────


def hazards_open(severities: Iterable[str]) -> str:
    """How many hazard cases are open, emergencies first; "" where none is.

    >>> hazards_open(["significant", "emergency", "significant"]), hazards_open(["other"]), hazards_open([])
    ('3 hazard cases are open: 1 emergency, 2 significant.', '1 hazard case is open: 1 other.', '')
    """
    found = list(severities)
    if not found:
        return ""
    named = [(name.lower(), sum(each == key for each in found)) for key, name in SEVERITIES.items()]
    named.append(("of a severity not recorded", sum(each not in SEVERITIES for each in found)))
    parts = ", ".join(f"{count(n)} {name}" for name, n in named if n)
    return f"{people(len(found), 'hazard case', 'hazard cases')} {_are(len(found))} open: {parts}."


def severity(value: str) -> str:
    """A severity as read.

    >>> severity("emergency"), severity("not recorded")
    ('Emergency', 'Not recorded')
    """
    return SEVERITIES.get(value, SEVERITY_UNKNOWN)


def hazard_standing(case: HazardCase) -> str:
    """What the file says has been done about an open hazard, and nothing it does not say.

    >>> from datetime import date
    >>> case = HazardCase("H1", "emergency", "Damp", None, None, date(2026, 11, 12), None, True, "Ash Court")
    >>> hazard_standing(case)
    'No inspection recorded; it was to be by 12 November 2026'
    """
    if case.inspected:
        return f"Inspected {british_date(case.inspected)}"
    if case.investigation_due is None:
        return "No inspection recorded"
    return f"No inspection recorded; it {_was(case)} to be by {british_date(case.investigation_due)}"


def _was(case: HazardCase) -> str:
    return "was" if case.inspection_overdue else "is"


def hazard_row(case: HazardCase) -> tuple[str, ...]:
    """An open hazard as a row."""
    return (
        case.reference,
        severity(case.severity),
        case.kind,
        NOTHING if case.reported is None else british_date(case.reported),
        hazard_standing(case),
        case.estate or NOTHING,
    )


HAZARD_HEADINGS = ("Reference", "Severity", "Hazard", "Reported", "What the file says", "Estate")


# ── Promises ─────────────────────────────────────────────────────────────────────────────────────


def promises_owed(overdue: int, soon: int) -> str:
    """How many promises are overdue and due soon; "" where none is.

    >>> promises_owed(2, 1)
    '2 promises made in replies are overdue; 1 more is due in the next 7 days.'
    >>> promises_owed(0, 3)
    '3 promises made in replies are due in the next 7 days.'
    """
    late = f"{people(overdue, 'promise', 'promises')} made in replies {_are(overdue)} overdue" if overdue else ""
    if not soon:
        return f"{late}." if late else ""
    if late:
        return f"{late}; {count(soon)} more {_are(soon)} due in the next 7 days."
    return f"{people(soon, 'promise', 'promises')} made in replies {_are(soon)} due in the next 7 days."


def promises_later(number: int) -> str:
    """Promises that cannot be late yet.

    >>> promises_later(4)
    '4 promises are due later or have no date.'
    """
    has = "has" if number == 1 else "have"
    return f"{people(number, 'promise', 'promises')} {_are(number)} due later or {has} no date."


def promises_done(number: int) -> str:
    """Promises that are done.

    >>> promises_done(1)
    '1 promise is recorded as done.'
    """
    return f"{people(number, 'promise', 'promises')} {_are(number)} recorded as done."


def promises_kept(found: Sequence[Promise]) -> str:
    """How many promises are done, in time and late, and how many are still open.

    >>> from datetime import date
    >>> day = date(2026, 11, 1)
    >>> promises_kept([Promise("a", 1, "kept", day, day, 0, None), Promise("b", 1, "kept late", day, day, 2, None),
    ...     Promise("c", 1, "no date", None, None, None, None)])
    '3 promises are recorded: 1 kept in time, 1 kept late, 1 still open.'
    """
    states = [promise.state for promise in found]
    in_time, late = states.count("kept"), states.count("kept late")
    open_now = len(states) - in_time - late
    total = people(len(states), "promise", "promises")
    return (
        f"{total} {_are(len(states))} recorded: {count(in_time)} kept in time, {count(late)} kept late, "
        f"{count(open_now)} still open."
    )


def promise_time(found: Promise) -> str:
    """How long a promise has left, or how far it is or was over, in calendar days.

    >>> from datetime import date
    >>> promise_time(Promise("a", 1, "overdue", date(2026, 11, 1), None, 24, None))
    '24 days over'
    >>> promise_time(Promise("a", 1, "due soon", date(2026, 11, 26), None, 1, None))
    '1 day left'
    """
    if found.days is None:
        return NOTHING
    days = people(found.days, "day", "days")
    return {
        "overdue": f"{days} over",
        "kept late": f"{days} late",
        "kept": "in time",
    }.get(found.state, "today is the last day" if found.days == 0 else f"{days} left")


def promise_row(found: Promise) -> tuple[str, ...]:
    """A promise as a row."""
    return (
        found.reference,
        STAGES.get(found.stage, NOTHING),
        STATES.get(found.state, found.state),
        NOTHING if found.due is None else british_date(found.due),
        promise_time(found),
        found.estate or NOTHING,
        found.what or NOTHING,
    )


PROMISE_HEADINGS = ("Reference", "Stage", "State", "Due", "Time", "Estate", "What was promised")


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
