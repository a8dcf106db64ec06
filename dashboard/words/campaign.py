"""A contact campaign in words: what was chosen and left out, how far it is, what is known now, what was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from analysis.campaign import IN_CONFIDENCE, told_left_out
from analysis.model.campaign import Called, Campaign, Coverage, Knowledge, Matter, PaperList
from dashboard.words.shares import NOTHING, SMALL_BASE, count, people, percent
from dashboard.words.silence import homes
from dashboard.words.surveys import british_date, listed

AS_GIVEN = "name as given"
WAYS: Mapping[str, str] = {
    "estate": "Estate",
    "tenure": "Tenure",
    "age_band": "Age band",
    "length_of_tenancy": "Length of tenancy",
}
CALLED_HEADINGS = (
    "Homes", "Reached", "Nobody answered", "Number to put right", "Would rather not", "Still to call", "Set aside",
)  # fmt: skip
KNOWLEDGE_HEADINGS = ("Field", "Known before", "Known now", "Confirmed in 12 months, before", "Confirmed now")
COVERAGE_HEADINGS = ("Homes", "Heard from before", "Heard from now")
LIST_HEADINGS = ("Caller (name as given)", "Homes on the list", "Still to call", "Of those on paper")
PAPER_HEADINGS = ("List", "Caller (name as given)", "Homes", "To be used until", "How it stands")
PAPER_STATES: Mapping[str, str] = {
    "out": "out",
    "read in": "read in; the paper is still to be destroyed",
    "ended": "past its end; the paper is still to be destroyed",
    "destroyed": "destroyed",
}
BY_HOMES = (
    "Counted home by home, each once, by its last call: there is no margin. Never by who called: lists differ, and a "
    "wrong number is the record's fault, not the caller's."
)
KNOWN_OF = (
    "Of the homes reached. A field is known where the list of people holds it, or the tenant said it and let us keep "
    "it; it is confirmed now where they confirmed or changed it."
)
HEARD_OF = (
    "Of the homes on the list. Heard from before: through any channel loaded in the twelve months before, surveys left "
    "out; now: those, and the homes reached."
)
NEVER_ANSWERED = (
    "Who answered a survey cannot be read off a list: homes are drawn at random among all of a group, those that "
    "answered too, and survey answers do not count as having been heard here. Whoever did not let their answers be "
    "joined to their home has no reference to join."
)


def chosen_words(campaign: Campaign) -> str:
    """How many homes a campaign calls and how they were chosen.

    >>> chosen_words(Campaign(1, "Autumn", date(2026, 11, 2), date(2026, 11, 30), "all of Ash Court", (), 40, 31,
    ...     {"refused": 9}, 7, "Lee"))
    '31 homes of 40 looked at: all of Ash Court, drawn with seed 7. Begun 2 November 2026 by Lee (name as given).'
    """
    return (
        f"{homes(campaign.chosen)} of {count(campaign.looked_at)} looked at: {campaign.way}, drawn with seed "
        f"{campaign.seed}. Begun {british_date(campaign.begun)} by {campaign.by} ({AS_GIVEN})."
    )


def ends_words(campaign: Campaign, today: date) -> str:
    """When the names and numbers go, or went.

    >>> one = Campaign(1, "A", date(2026, 11, 2), date(2026, 11, 30), "", (), 40, 31, {}, 7, "Lee")
    >>> ends_words(one, date(2026, 11, 28))
    'It ends after 30 November 2026, in 2 days; names and numbers are then destroyed.'
    """
    if campaign.closed:
        gone = british_date(datetime.fromisoformat(campaign.destroyed).date())
        return f"It is over: {campaign.closed}. Names, numbers and answers were destroyed on {gone}; counts are kept."
    days = max((campaign.ends - today).days, 0)
    left = "today" if days == 0 else f"in {people(days, 'day', 'days')}"
    return f"It ends after {british_date(campaign.ends)}, {left}; names and numbers are then destroyed."


def left_out_words(
    counted: Mapping[str, int], titles: Mapping[str, str], confidential: frozenset[str], looked_at: int, fewest: int
) -> str:
    """How many homes stay off the list, and why; of few homes what is held in confidence is one number.

    >>> titles = {"refused": "refused before", "domestic_abuse": "domestic abuse", "deceased": "died"}
    >>> left_out_words({"refused": 4, "domestic_abuse": 2, "deceased": 1}, titles,
    ...     frozenset(["domestic_abuse", "deceased"]), 60, 100)
    'Left off the list: 7 homes. Refused before: 4; for reasons held in confidence: 3.'
    >>> left_out_words({"domestic_abuse": 12}, titles, frozenset(["domestic_abuse"]), 900, 100)
    'Left off the list: 12 homes. Domestic abuse: 12.'
    >>> left_out_words({}, titles, frozenset(), 900, 100)
    'No home had to be left off the list.'
    """
    if not counted:
        return "No home had to be left off the list."
    named = {**titles, IN_CONFIDENCE: "for reasons held in confidence"}
    told = "; ".join(
        f"{named.get(reason, reason)}: {count(number)}"
        for reason, number in told_left_out(counted, confidential, looked_at, fewest).items()
    )
    return f"Left off the list: {homes(sum(counted.values()))}. {told[:1].upper()}{told[1:]}."


def called_words(found: Called) -> str:
    """How far a campaign is, in one sentence.

    >>> called_words(Called((), 40, 12, 5, 2, 0, 21, 0))
    'Reached: 12 of 40 homes (30%). Nobody answered at 5; 2 numbers are to be put right; 21 are still to call.'
    >>> called_words(Called((), 40, None, None, None, None, None, None, "fewer than 50 homes"))
    'Not shown: fewer than 50 homes'
    """
    if found.withheld or found.reached is None:
        return f"Not shown: {found.withheld}"
    share = f" ({percent(found.reached / found.homes)})" if found.homes >= SMALL_BASE else ""
    told = [
        f"Nobody answered at {count(found.not_reached)}" if found.not_reached else "",
        f"{people(found.wrong_number, 'number is', 'numbers are')} to be put right" if found.wrong_number else "",
        f"{count(found.refused)} would rather not" if found.refused else "",
        f"{count(found.to_call)} {'is' if found.to_call == 1 else 'are'} still to call" if found.to_call else "",
        f"{count(found.set_aside)} {'was' if found.set_aside == 1 else 'were'} set aside" if found.set_aside else "",
    ]
    rest = "; ".join(filter(None, told))
    return f"Reached: {count(found.reached)} of {homes(found.homes)}{share}." + (
        f" {rest[:1].upper()}{rest[1:]}." if rest else ""
    )


def called_row(found: Called) -> tuple[str, ...]:
    """A group's homes by what became of the last call, as cells.

    >>> called_row(Called((), 40, 12, 5, 2, 0, 21, 0))
    ('40', '12', '5', '2', '0', '21', '0')
    """
    numbers = (found.reached, found.not_reached, found.wrong_number, found.refused, found.to_call, found.set_aside)
    return (count(found.homes), *(NOTHING if number is None else count(number) for number in numbers))


def too_few(groups: Sequence[Called]) -> str:
    """The groups not told of since few of their homes are on the list, or "".

    >>> too_few([Called((("estate", "Ash"),), 8, None, None, None, None, None, None, "fewer than 10 homes")])
    'Not told apart, with fewer than 10 homes on the list: Ash 8.'
    """
    few = [each for each in groups if each.withheld]
    if not few:
        return ""
    named = [f"{', '.join(level for _, level in each.group)} {count(each.homes)}" for each in few]
    return f"Not told apart, with {few[0].withheld} on the list: {listed(named, 12)}."


def part_of(number: int | None, base: int) -> str:
    """A part of a base: a percentage of thirty or more, with the numbers.

    >>> part_of(7, 10), part_of(30, 40), part_of(None, 4), part_of(0, 0)
    ('7 of 10', '75% (30 of 40)', '–', '–')
    """
    if number is None or not base:
        return NOTHING
    counted = f"{count(number)} of {count(base)}"
    return counted if base < SMALL_BASE else f"{percent(number / base)} ({counted})"


def knowledge_words(found: Knowledge, title: str) -> str:
    """What calling did for one field.

    >>> knowledge_words(Knowledge("language", 20, 4, 17, 0, 15), "Language")
    'Language: known of 4 of 20 homes reached before the call and of 17 of 20 after it.'
    """
    if not found.base:
        return f"{title}: no home has been reached yet."
    before, after = (part_of(number, found.base) for number in (found.known_before, found.known_after))
    if found.base < SMALL_BASE:
        return f"{title}: known of {before} homes reached before the call and of {after} after it."
    return f"{title}: known of {before} of the homes reached before the call, and of {after} after it."


def coverage_words(found: Coverage) -> str:
    """How many homes were heard from, before and with those reached.

    >>> coverage_words(Coverage((), 20, 5, 12))
    'Heard from in twelve months: 5 of 20 homes on the list before; 12 of 20 with those reached.'
    """
    if found.withheld:
        return f"Not shown: {found.withheld}"
    before, after = (part_of(number, found.homes) for number in (found.before, found.after))
    of = "of the homes" if found.homes >= SMALL_BASE else "homes"
    return f"Heard from in twelve months: {before} {of} on the list before; {after} with those reached."


def aside_words(aside: Mapping[str, int]) -> str:
    """Why cards were set aside, or "".

    >>> aside_words({"home gone": 2, "tenancy ended": 1})
    'A newer list of homes has come since this campaign began: 3 homes were set aside (home gone 2, tenancy ended 1).'
    """
    if not aside:
        return ""
    each = listed([f"{why} {count(number)}" for why, number in aside.items()], 5)
    number = sum(aside.values())
    return (
        f"A newer list of homes has come since this campaign began: {homes(number)} {'was' if number == 1 else 'were'} "
        f"set aside ({each})."
    )


def told_headline(open_: Sequence[Matter], titles: Mapping[str, str]) -> str:
    """What callers were told that nobody has seen to, or "".

    >>> one = Matter(1, "danger", datetime(2026, 11, 25, 10), "Ann", "A1", "Ash", "", "Autumn")
    >>> told_headline([one], {"danger": "Danger in the home"})
    'Told on the telephone and not seen to yet: 1 (danger in the home 1).'
    >>> told_headline([], {})
    ''
    """
    if not open_:
        return ""
    kinds = {kind: sum(each.kind == kind for each in open_) for kind in titles}
    each = ", ".join(f"{titles[kind][:1].lower()}{titles[kind][1:]} {count(n)}" for kind, n in kinds.items() if n)
    return f"Told on the telephone and not seen to yet: {count(len(open_))} ({each})."


TOLD_HEADINGS = ("Number", "Told of", "When", "For")


def told_row(matter: Matter, title: str, to: str) -> tuple[str, ...]:
    """A matter where words, home and caller do not belong.

    >>> told_row(Matter(3, "harm", datetime(2026, 11, 25, 10, 5), "Ann", "A1", "Ash", "words", "Autumn"), "Harm", "her")
    ('3', 'Harm', '25 November 2026, 10:05', 'her')
    """
    return str(matter.matter), title, when(matter.at), to


def when(at: datetime) -> str:
    """A moment by this computer's clock.

    >>> when(datetime(2026, 11, 25, 9, 5))
    '25 November 2026, 09:05'
    """
    here = at.astimezone() if at.tzinfo else at
    return f"{british_date(here.date())}, {here:%H:%M}"


def told_where(matter: Matter, to: str) -> str:
    """Where something was told and who passed it on, for the queue."""
    return (
        f"For {to}. Told {when(matter.at)} to {matter.heard_by} ({AS_GIVEN}) in the campaign {matter.campaign}. "
        f"Home {matter.home}, {matter.estate}."
    )


def seen_to(matter: Matter, title: str, how: str) -> str:
    """What became of a matter, with the number it has where it was passed on to.

    >>> seen_to(Matter(3, "danger", datetime(2026, 11, 25), "Ann", "A1", "Ash", "", "Autumn", "passed_on", "Jo",
    ...     reference="J77"), "Danger in the home", "Passed on, with a reference")
    '3. Danger in the home: passed on, with a reference (J77), by Jo (name as given)'
    """
    there = f" ({matter.reference})" if matter.reference else ""
    return f"{matter.matter}. {title}: {how[:1].lower()}{how[1:]}{there}, by {matter.done_by} ({AS_GIVEN})"


def paper_row(paper: PaperList, number: str) -> tuple[str, ...]:
    """A paper list as cells."""
    state = PAPER_STATES[paper.state]
    if paper.state == "destroyed":
        gone = british_date(datetime.fromisoformat(paper.destroyed).date())
        state = f"destroyed {gone}, by {paper.destroyed_by} ({AS_GIVEN})"
    return number, paper.caller, count(paper.homes), british_date(paper.ends), state


def drawn_words(drawn: int, callers: int) -> str:
    """How many homes each caller gets.

    >>> drawn_words(31, 4), drawn_words(8, 4), drawn_words(2, 1)
    ('31 homes: 7 or 8 for each of 4 callers.', '8 homes: 2 for each of 4 callers.', '2 homes for 1 caller.')
    """
    if callers <= 1:
        return f"{homes(drawn)} for {people(callers, 'caller', 'callers')}."
    low, more = divmod(drawn, callers)
    each = f"{count(low)} or {count(low + 1)}" if more else count(low)
    return f"{homes(drawn)}: {each} for each of {count(callers)} callers."


def coverage_way(number: int) -> str:
    """How homes of a call plan are chosen.

    >>> coverage_way(100)
    'up to 100 where coverage needs it most, at random within groups'
    """
    return f"up to {count(number)} where coverage needs it most, at random within groups"


def silent_way(number: int, months: int) -> str:
    """How silent homes are chosen.

    >>> silent_way(200, 12)
    'up to 200 of those not heard from in 12 months, at random'
    """
    return f"up to {count(number)} of those not heard from in {people(months, 'month', 'months')}, at random"


def estate_way(number: int, estates: Sequence[str]) -> str:
    """How homes of estates are chosen.

    >>> estate_way(50, ["Ash Court", "Elm Row"])
    'up to 50 of Ash Court, Elm Row, at random'
    """
    return f"up to {count(number)} of {listed(list(estates), 6)}, at random"
