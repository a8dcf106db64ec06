"""What a reader finds on the first page: what needs a person now, and what is new since they last looked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dashboard.words.shares import people
from dashboard.words.surveys import british_date

NOTHING_NEEDED = "Nothing needs a person today."
NOTHING_NEW = "Nothing new has come in."
SHOW_WEEK = "Show everything of the last 7 days"
READ_THEM = "Read the comments"
HOW_NEW = (
    "Counted: what is dated later than the newest of its kind when you last looked, for every tenure. Looks within an "
    "hour of one another are one. Until there is a sign-in everybody at this computer is one reader."
)
NEW: Mapping[str, tuple[str, str]] = {  # kind, as told
    "responses": ("answer to a survey", "answers to surveys"),
    "comments": ("comment", "comments"),
    "complaints": ("stage of a complaint", "stages of complaints"),
    "contacts": ("contact", "contacts"),
    "repairs": ("repair", "repairs"),
    "hazards": ("hazard case", "hazard cases"),
}


def new_since(looked: date | None, week: date, all_of_it: bool) -> str:
    """What "new" means here.

    >>> new_since(date(2026, 11, 20), date(2026, 11, 18), False)
    'New since you last looked, on 20 November 2026:'
    >>> new_since(None, date(2026, 11, 18), False)
    'You have not looked here before, so this is what came in since 18 November 2026:'
    """
    if all_of_it:
        return f"Everything of the last 7 days, since {british_date(week)}:"
    if looked is None:
        return f"You have not looked here before, so this is what came in since {british_date(week)}:"
    return f"New since you last looked, on {british_date(looked)}:"


def new_line(new: Mapping[str, int]) -> str:
    """How many of each kind are new, or "" where none is.

    >>> new_line({"contacts": 1204, "comments": 1, "repairs": 0}), new_line({"repairs": 0})
    ('1 comment, 1,204 contacts.', '')
    """
    told = [people(new[each], *names) for each, names in NEW.items() if new.get(each)]
    return f"{', '.join(told)}." if told else ""


def file_line(name: str, label: str, day: date) -> str:
    """One file taken in.

    >>> file_line("repairs.csv", "Repairs", date(2026, 11, 24))
    'Repairs: repairs.csv, taken in 24 November 2026'
    """
    return f"{label}: {name}, taken in {british_date(day)}"


def files_late(number: int) -> str:
    """How many kinds of file are late.

    >>> files_late(1), files_late(2)
    ('1 file is late.', '2 files are late.')
    """
    return f"{people(number, 'file', 'files')} {'is' if number == 1 else 'are'} late."


def late_line(label: str, owner: str, due: date) -> str:
    """One file that is late.

    >>> late_line("Repairs", "head of repairs", date(2026, 11, 5))
    'Repairs, from head of repairs: was due 5 November 2026.'
    """
    return f"{label}, from {owner}: was due {british_date(due)}."


def to_put_right(number: int, overdue: int, owners: int) -> str:
    """How many problems of data there are to see to.

    >>> to_put_right(12, 3, 4)
    '12 problems of the data are to be put right by 4 owners, 3 of them overdue.'
    >>> to_put_right(1, 0, 1)
    '1 problem of the data is to be put right by 1 owner.'
    """
    late = f", {overdue} of them overdue" if overdue else ""
    verb = "is" if number == 1 else "are"
    by = people(owners, "owner", "owners")
    return f"{people(number, 'problem', 'problems')} of the data {verb} to be put right by {by}{late}."
