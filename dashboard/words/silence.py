"""Who has not been heard from, as sentences: homes and answers counted, with the reason where a share is not told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from analysis.model import Contactable, HeardHomes, Reach
from dashboard.words.shares import NOTHING, SMALL_BASE, count, people, percent
from dashboard.words.surveys import british_date, listed, period

WAYS: Mapping[str, str] = {"estate": "Estate", "tenure": "Tenure", "property_type": "Property type"}
NOT_IN_THE_ANSWERS = "not recorded"
OUTCOMES: Mapping[str, str] = {
    "complete": "Answered",
    "refusal": "Refused",
    "no reply": "No reply",
    "dead line": "The line was dead",
    "language": "No language in common",
    "deceased": "The tenant has died",
    "ineligible": "Not to be asked",
    "unknown": "Outcome not known",
}
CHANNEL_NAMES: Mapping[str, str] = {
    "survey": "Survey answers",
    "complaints": "Complaints",
    "contacts": "Contacts",
    "repairs": "Repairs",
}
STATE_NAMES: Mapping[str, str] = {
    "silent": "no answer",
    "not sampled": "nobody was invited",
    "quiet": "too few answers to show",
    "heard": "heard",
}


def homes(number: int) -> str:
    """How many homes.

    >>> homes(1), homes(10500)
    ('1 home', '10,500 homes')
    """
    return people(number, "home", "homes")


def part(number: int, whole: int) -> str:
    """A part of a whole, counted out: a percentage only of thirty or more.

    >>> part(7, 10), part(45, 380), part(0, 0)
    ('7 of 10', '12% (45 of 380)', '0 of 0')
    """
    counted = f"{count(number)} of {count(whole)}"
    return counted if whole < SMALL_BASE else f"{percent(number / whole)} ({counted})"


def reach_words(found: Reach) -> str:
    """How many homes of a group answered.

    >>> reach_words(Reach((), 380, 120, 45, "heard", 0.118, 0.375))
    '12% of 380 homes: 45 answers; 120 invited, of whom 38% answered'
    >>> reach_words(Reach((), 380, None, 45, "heard", 0.118))
    '12% of 380 homes: 45 answers'
    >>> reach_words(Reach((), 9, 4, 0, "silent", withheld="fewer than 10 homes"))
    'Not shown: fewer than 10 homes'
    """
    if found.withheld or found.share is None:
        return f"Not shown: {found.withheld}"
    share = percent(found.share) if found.homes >= SMALL_BASE else f"{count(found.answered)}"
    of = f"{share} of {homes(found.homes)}"
    answers = f"{of}: {people(found.answered, 'answer', 'answers')}" if found.homes >= SMALL_BASE else f"{of} answered"
    if found.issued is None:
        return answers
    if found.response is None or found.issued < SMALL_BASE:
        return f"{answers}; {count(found.issued)} invited"
    return f"{answers}; {count(found.issued)} invited, of whom {percent(found.response)} answered"


def quiet_group(found: Reach) -> str:
    """A group that said nothing or nearly nothing, in one line.

    >>> quiet_group(Reach((("estate", "Ash Court"),), 40, 12, 0, "silent", 0.0, 0.0))
    'Ash Court: 40 homes, 12 invited, no answer'
    >>> quiet_group(Reach((("estate", "Ash Court"),), 40, None, 3, "quiet", 0.075))
    'Ash Court: 40 homes, 3 answers'
    >>> quiet_group(Reach((("estate", "Ash Court"),), 40, 0, 0, "not sampled", 0.0))
    'Ash Court: 40 homes, nobody invited'
    """
    invited = "" if found.issued is None else f", {count(found.issued)} invited"
    said = f", {people(found.answered, 'answer', 'answers')}" if found.answered else ", no answer"
    if found.state == "not sampled":
        invited, said = ", nobody invited", ""
    return f"{_name(found)}: {homes(found.homes)}{invited}{said}"


def _name(found: Reach | HeardHomes | Contactable) -> str:
    return ", ".join(value for _, value in found.group) or "Everyone"


def headline(found: Sequence[Reach], way: str) -> str:
    """The one sentence at the top: how many groups have no answer, and how many homes stand in them.

    >>> one = Reach((("estate", "Ash Court"),), 40, 12, 0, "silent", 0.0, 0.0)
    >>> two = Reach((("estate", "Beech Row"),), 60, 0, 0, "not sampled", 0.0)
    >>> headline([one, two], "estate")
    'No answer from 1 estate with 40 homes; 1 estate with 60 homes was not sampled'
    >>> headline([Reach((("estate", "Elm Row"),), 60, 20, 15, "heard", 0.25)], "estate")
    'Somebody answered from every estate'
    """
    told = [_told(found, state, way) for state in ("silent", "not sampled")]
    said = "; ".join(filter(None, told))
    return said or f"Somebody answered from every {way.lower()}"


def _told(found: Sequence[Reach], state: str, way: str) -> str:
    here = [each for each in found if each.state == state and each.homes]
    if not here:
        return ""
    groups = people(len(here), way.lower(), _plural(way))
    there = f"{groups} with {homes(sum(each.homes for each in here))}"
    if state == "silent":
        return f"No answer from {there}"
    return f"{there} {'was' if len(here) == 1 else 'were'} not sampled"


def _plural(way: str) -> str:
    return f"{way.lower()}s"


def unlisted(found: Sequence[Reach]) -> str:
    """Answers that name a place the list of homes does not have, or none; "" where there are none.

    >>> unlisted([Reach((("estate", "Ash Crt"),), 0, 0, 5, "quiet", withheld="not in the list of homes"),
    ...     Reach((("estate", "not recorded"),), 0, 0, 2, "quiet", withheld="not in the list of homes")])
    'Answers whose place is not in the list of homes: Ash Crt 5. Answers that do not say: 2.'
    """
    away = [each for each in found if not each.homes and each.answered]
    named = [f"{_name(each)} {count(each.answered)}" for each in away if _name(each) != NOT_IN_THE_ANSWERS]
    silent = sum(each.answered for each in away if _name(each) == NOT_IN_THE_ANSWERS)
    told = [f"Answers whose place is not in the list of homes: {listed(named, 8)}."] if named else []
    told += [f"Answers that do not say: {count(silent)}."] if silent else []
    return " ".join(told)


def heard_words(found: HeardHomes) -> str:
    """How many homes were heard from.

    >>> heard_words(HeardHomes((), 380, 95, 0.25, {"repairs": 90}))
    '25% of 380 homes: 95 heard from, 285 not'
    """
    if found.withheld or found.heard is None or found.share is None:
        return f"Not shown: {found.withheld}"
    share = percent(found.share) if found.homes >= SMALL_BASE else count(found.heard)
    return f"{share} of {homes(found.homes)}: {count(found.heard)} heard from, {count(found.homes - found.heard)} not"


def channels_loaded(channels: Mapping[str, bool], begun: date, ended: date) -> str:
    """Through which channels anybody could have been heard.

    >>> channels_loaded({"survey": True, "repairs": True, "contacts": False}, date(2025, 11, 20), date(2026, 11, 19))
    'Heard through what is loaded, 20 November 2025 to 19 November 2026: survey answers, repairs. Not loaded: contacts.'
    """
    there = [CHANNEL_NAMES[kind].lower() for kind, held in channels.items() if held]
    missing = [CHANNEL_NAMES[kind].lower() for kind, held in channels.items() if not held]
    left = f" Not loaded: {', '.join(missing)}." if missing else ""
    return f"Heard through what is loaded, {period(begun, ended)}: {', '.join(there) or 'nothing'}.{left}"


def contactable_words(found: Contactable) -> str:
    """How many tenancies cannot be reached by e-mail, mobile or portal.

    >>> contactable_words(Contactable((), 400, 250, 300, 90, 40))
    'No e-mail, mobile or portal is known of 10% (40 of 400) of the tenancies running today.'
    """
    if found.withheld or found.none_known is None or found.tenancies is None:
        return f"Not shown: {found.withheld}"
    known = part(found.none_known, found.tenancies)
    return f"No e-mail, mobile or portal is known of {known} of the tenancies running today."


def counted(number: int | None) -> str:
    """A number or a dash.

    >>> counted(None), counted(1200)
    ('–', '1,200')
    """
    return NOTHING if number is None else count(number)


def list_of(day: date | None) -> str:
    """How old the list of homes is.

    >>> list_of(date(2026, 11, 2)), list_of(None)
    ('The list of homes is as at 2 November 2026.', 'The list of homes does not say which day it is of.')
    """
    if day is None:
        return "The list of homes does not say which day it is of."
    return f"The list of homes is as at {british_date(day)}."
