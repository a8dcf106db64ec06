"""Dissatisfaction never offered a complaint, as sentences: what is counted, and that a person has to read it."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.model import ContactRead, Unanswered, Unoffered
from analysis.unoffered import CLEAR, OFFER
from dashboard.words.shares import count, in_words, people
from dashboard.words.surveys import british_date

CONTACTS = ("contact", "contacts")
WAYS = {"channel": "Channel", "estate": "Estate"}
TITLE = "Dissatisfaction never offered a complaint"
CODE_SAYS = (
    "The Ombudsman's Code: dissatisfaction with a service or with what staff did, however it is told, is a complaint "
    "and must be offered as one. The word need not be used. Asking for something to be put right is a request, not a "
    "complaint. A computer cannot tell them apart for certain:"
)
CODE = f"{CODE_SAYS} read these, and offer a complaint where one is due."
CODE_OUTSIDE = f"{CODE_SAYS} people have to read them, so this is no count of failures."
NO_CONTACTS = "No contacts of tenants with words are held for these days."
SOURCE = "Contacts and complaints as recorded by the landlord; what sounds dissatisfied was read by a computer."
NOT_SHOWN = "Their words are not shown: fewer households made contact than may be told of."
ANSWERED = {OFFER: "A complaint was offered", CLEAR: "No dissatisfaction with the landlord"}
FILE = ("day", "until", "late", "another complaint open")


def told(found: Unoffered) -> Iterator[str]:
    """What there is to say, the most important first.

    >>> from datetime import date
    >>> from analysis.model import Estimate
    >>> share = Estimate(0.8, 0.7, 0.87, base=80, yes=64)
    >>> begun, ended, known = date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 20)
    >>> for line in told(Unoffered(begun, ended, known, 10, 900, 0, 100, 2, 4, 5, 15, share, 50, 3)):
    ...     print(line)
    100 of 900 contacts sound dissatisfied. No complaint followed within 10 working days: 80% (70% to 87%, 80 contacts).
    Those without a complaint are 64 contacts of 50 households; in 3 of them another complaint was open already.
    After that time a complaint was offered in 4 of them.
    Not in that share: 15 whose time is not over, 5 that name no home or tenancy we hold.
    A person read 2 more and found no dissatisfaction in them.
    Complaints are known of up to 20 July 2026.
    """
    if found.contacts == found.unread:
        yield unread(found)
        return
    sounds = f"{count(found.dissatisfied)} of {people(found.contacts - found.unread, *CONTACTS)} sound dissatisfied."
    if found.withheld:
        yield f"{sounds} Not shown, {found.withheld}."
        return
    yield f"{sounds} No complaint followed within {found.within} working days: {in_words(found.share, *CONTACTS)}."
    if found.share.yes and found.tenancies is not None:
        households = people(found.tenancies, "household", "households")
        already = found.already_open
        beside = f"; in {count(already)} of them another complaint was open already" if already else ""
        yield f"Those without a complaint are {people(found.share.yes, *CONTACTS)} of {households}{beside}."
    if found.offered_late:
        yield f"After that time a complaint was offered in {count(found.offered_late)} of them."
    if aside := list(_aside(found)):
        yield f"Not in that share: {', '.join(aside)}."
    if found.cleared:
        yield f"A person read {count(found.cleared)} more and found no dissatisfaction in them."
    if found.known_until is not None:
        yield f"Complaints are known of up to {british_date(found.known_until)}."


def _aside(found: Unoffered) -> Iterator[str]:
    if found.too_early:
        yield f"{count(found.too_early)} whose time is not over"
    if found.unjoined:
        name = "names" if found.unjoined == 1 else "name"
        yield f"{count(found.unjoined)} that {name} no home or tenancy we hold"
    if found.unread:
        yield f"{count(found.unread)} not read yet"


def unread(found: Unoffered) -> str:
    """How many contacts nobody has read yet, not even the computer: none of the figures is about them.

    >>> from datetime import date
    >>> from analysis.model import Estimate
    >>> day, share = date(2026, 6, 1), Estimate(None, None, None, 0)
    >>> nothing = Unoffered(day, day, day, 10, 261, 261, 0, 0, 0, 0, 0, share, None, None)
    >>> list(told(nothing)), to_read(nothing)
    (['261 contacts are not read yet: nothing here is said of them.'], 'There is none to read among those read so far.')
    """
    return f"{people(found.unread, 'contact is', 'contacts are')} not read yet: nothing here is said of them."


def to_read(found: Unoffered) -> str:
    """How many there are to read.

    >>> from datetime import date
    >>> from analysis.model import Estimate
    >>> day, later = date(2026, 6, 1), date(2026, 6, 15)
    >>> early = Unanswered("a", "k", later, date(2026, 6, 29), False, False)
    >>> both = (early, Unanswered("b", "l", day, later, True, False))
    >>> share = Estimate(None, None, None, 1)
    >>> to_read(Unoffered(day, later, later, 10, 9, 0, 2, 0, 0, 0, 1, share, 1, 0, to_read=both))
    '2 contacts to read; for 1 of them there is still time to offer a complaint.'
    """
    if not found.to_read:
        return "There is none to read." if not found.unread else "There is none to read among those read so far."
    still = sum(not each.late for each in found.to_read)
    time = f"; for {count(still)} of them there is still time to offer a complaint" if still else ""
    return f"{people(len(found.to_read), *CONTACTS)} to read{time}."


def answered(found: ContactRead) -> str:
    """What a person said of a contact.

    >>> from datetime import date
    >>> answered(ContactRead("c", OFFER, date(2026, 6, 1), "Ada"))
    'A complaint was offered: Ada (name as given), 1 June 2026'
    """
    return f"{ANSWERED[found.answer]}: {found.who} (name as given), {british_date(found.day)}"


def state(found: Unanswered) -> str:
    """What stands beside one contact.

    >>> from datetime import date
    >>> state(Unanswered("a", "k", date(2026, 6, 1), date(2026, 6, 15), True, True))
    'no complaint by 15 June 2026; another was open already'
    >>> state(Unanswered("a", "k", date(2026, 6, 1), date(2026, 6, 15), False, False))
    'still time until 15 June 2026'
    """
    when = british_date(found.until)
    said = f"no complaint by {when}" if found.late else f"still time until {when}"
    return f"{said}; another was open already" if found.open else said


def title(way: str) -> str:
    """What the chart of one way shows.

    >>> title("channel")
    'Dissatisfied contacts without a complaint, by channel'
    """
    return f"Dissatisfied contacts without a complaint, by {WAYS[way].lower()}"
