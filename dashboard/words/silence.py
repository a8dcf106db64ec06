"""Who has not been heard from, as sentences: homes and answers counted, with the reason where a share is not told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from analysis.model import ANY, OTHERS, Contactable, Group, HeardHomes, Listed, Reach, ReachOfPeople, Verdict
from dashboard.words.shares import NOTHING, SMALL_BASE, count, people, percent
from dashboard.words.surveys import british_date, listed, period

WAYS: Mapping[str, str] = {
    "estate": "Estate",
    "tenure": "Tenure",
    "age_band": "Age band",
    "length_of_tenancy": "Length of tenancy",
    "property_type": "Property type",
}
NO_OTHER_WAY = "nothing else"
NOT_IN_THE_ANSWERS = "not recorded"
HEARING = (
    "A home is heard from when somebody there answered a survey and allowed it to be joined to the home, complained, "
    "spoke or wrote to us, used the portal, had us to visit, or reported a repair of their own or a hazard. A letter "
    "we sent and an arrears campaign are not hearing."
)
WRONG = (
    "Something was wrong: a repair, a complaint, a hazard, or a contact that sounds dissatisfied or is about such a "
    "thing. A planned conversation is a call or visit of ours that reached somebody and was not about such a thing, "
    "money owed or an appointment; a contact that gives no reason is taken for planned."
)
COUNTED = "counted, not estimated: there is no margin"
AGGREGATE = (
    "For equality monitoring, and never for choosing whom to call. Tenancies count where it is known of the lead "
    "tenant and they do not object; answers where the tenant allowed them to be joined. Groups of fewer than 20 "
    "tenancies are left out, with the next smallest where one would follow from the total."
)
NONE_HELD = (
    "Nothing of this kind is shown: no such characteristic is held, or a filter or another audience is chosen. It is "
    "told of everyone, to the landlord's own people, and only where settings name the policy that allows it."
)
OF_TENANCIES = f"running tenancies from the list of tenancies; answers joined to them; {COUNTED}"
OUTCOMES: Mapping[str, str] = {
    "complete": "Answered",
    "refusal": "Refused",
    "no reply": "No reply",
    "dead line": "The line was dead",
    "language": "No language in common",
    "deceased": "The tenant has died",
    "ineligible": "Not to be asked",
    "unknown": "Outcome not known",
    "fewer": "Any other outcome, told together",
}
CHANNEL_NAMES: Mapping[str, str] = {
    "survey": "Survey answers",
    "complaints": "Complaints",
    "contacts": "Contacts",
    "repairs": "Repairs",
    "portal": "Portal",
    "visits": "Visits",
    "hazards": "Hazard cases",
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


def outcomes_said(outcomes: Mapping[str, int]) -> str:
    """What became of everybody invited, the most frequent first, counted out of all of them.

    >>> outcomes_said({"no reply": 70, "complete": 40})
    'Of 110 invited: no reply 64%, answered 36%.'
    """
    invited = sum(outcomes.values())
    told = ", ".join(
        f"{_lower(OUTCOMES.get(name, name))} {percent(n / invited) if invited >= SMALL_BASE else count(n)}"
        for name, n in outcomes.items()
    )
    return f"Of {count(invited)} invited: {told}."


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def people_said(found: Sequence[ReachOfPeople]) -> str:
    """Which groups of people answered less than chance allows, and of how many nothing else can be said; "" of none.

    >>> group = Reach((("language", "Urdu"),), 144, None, 3, "heard", 0.02, None, None, 7.4, 0.1, 0.3, Verdict.CHANCE)
    >>> people_said([ReachOfPeople("language", "Language", (group,), 1_000, 400, 55)])
    'Of 1 group that may be told none answered less than chance allows; of 0 there are too few to say.'
    """
    groups = [(each.title, group) for each in found for group in each.groups if not group.withheld]
    if not groups:
        return ""
    quiet = [f"{title} {group_of_homes(group.group)}" for title, group in groups if group.verdict is Verdict.REAL]
    few = sum(group.verdict is Verdict.TOO_FEW for _, group in groups)
    none = (
        f"{listed(quiet, len(quiet))} answered less than chance allows"
        if quiet
        else "none answered less than chance allows"
    )
    of = f"Of {people(len(groups), 'group', 'groups')} that may be told"
    return f"{of} {none}; of {count(few)} there are too few to say."


def reach_words(found: Reach) -> str:
    """How many homes of a group answered.

    >>> reach_words(Reach((), 380, 120, 45, "heard", 0.118, 0.375))
    '12% of 380 homes: 45 answers; 38% of 120 invited'
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
    return f"{answers}; {percent(found.response)} of {count(found.issued)} invited"


def quiet_group(found: Reach) -> str:
    """A group that said nothing or nearly nothing, in one line.

    >>> quiet_group(Reach((("estate", "Ash Court"),), 40, 12, 0, "silent", 0.0, 0.0))
    'Ash Court: 40 homes, 12 invited, no answer'
    >>> quiet_group(Reach((("estate", "Ash Court"),), 40, None, 3, "quiet", 0.075))
    'Ash Court: 40 homes, 3 answers'
    >>> quiet_group(Reach((("estate", "Ash Court"),), 40, 0, 0, "not sampled", 0.0))
    'Ash Court: 40 homes, nobody invited'
    >>> quiet_group(Reach((("estate", "Ash Court"),), 330, 100, 0, "silent", 0.0, 0.0, None, 27.0, 1e-14, 3e-13,
    ...     Verdict.REAL))
    'Ash Court: 330 homes, 100 invited, no answer where 27 would be usual: quieter than chance allows'
    >>> quiet_group(Reach((("estate", "Ash Court"),), 90, 30, 0, "silent", 0.0, 0.0, None, 5.6, 0.004, 0.07,
    ...     Verdict.CHANCE))
    'Ash Court: 90 homes, 30 invited, no answer where 6 would be usual: could be chance'
    """
    invited = "" if found.issued is None else f", {count(found.issued)} invited"
    said = f", {people(found.answered, 'answer', 'answers')}" if found.answered else ", no answer"
    if found.state == "not sampled":
        return f"{_name(found)}: {homes(found.homes)}, nobody invited"
    return f"{_name(found)}: {homes(found.homes)}{invited}{said}{_against_usual(found)}"


def _against_usual(found: Reach) -> str:
    if found.expected is None or found.verdict is None:
        return ""
    usual = "fewer than 1" if found.expected < 1 else count(round(found.expected))
    return f" where {usual} would be usual: {how_sure(found)}"


def how_sure(found: Reach) -> str:
    """Whether a group is quieter than chance allows, in words.

    >>> how_sure(Reach((), 40, 12, 0, "silent", expected=2.0, tail=0.1, verdict=Verdict.TOO_FEW))
    'too few to say'
    """
    if found.verdict is None:
        return found.withheld or NOTHING
    return "quieter than chance allows" if found.verdict is Verdict.REAL else found.verdict.value


def chance_words(tail: float | None) -> str:
    """How often chance alone would leave so few answers.

    >>> [chance_words(each) for each in (None, 0.97, 0.8, 0.5, 0.0123, 1e-9)]
    ['–', 'nearly always', '8 in 10', '1 in 2', '1 in 81', 'under 1 in 10,000']
    """
    if tail is None:
        return NOTHING
    if tail >= 0.95:
        return "nearly always"
    if tail > 0.5:
        return f"{round(tail * 10)} in 10"
    return "under 1 in 10,000" if tail < 1e-4 else f"1 in {count(round(1 / tail))}"


def group_of_homes(group: Group) -> str:
    """A group of homes as read: its levels, what was given up left out.

    >>> group_of_homes((("estate", "Ash Court"), ("tenure", "the others"), ("age_band", "any")))
    'Ash Court, other tenures'
    >>> group_of_homes((("estate", "the others"), ("tenure", "any"))), group_of_homes(())
    ('Other estates', 'Everyone')
    >>> group_of_homes((("estate", "not recorded"),))
    'not recorded'
    """
    told = [
        f"other {_plural(WAYS.get(dim, dim))}" if level == OTHERS else level for dim, level in group if level != ANY
    ]
    name = ", ".join(told) or "everyone"
    return name.capitalize() if name == "everyone" or (told[0].startswith("other ") and len(told) == 1) else name


def _name(found: Reach | HeardHomes | Contactable) -> str:
    return group_of_homes(found.group)


def way_of(by: Sequence[str]) -> str:
    """One group of a way of dividing, or of two.

    >>> way_of(("estate",)), way_of(("estate", "age_band"))
    ('estate', 'group of estate and age band')
    """
    named = [WAYS[dim].lower() for dim in by]
    return named[0] if len(named) == 1 else f"group of {' and '.join(named)}"


def divided_by(by: Sequence[str]) -> str:
    """The way homes are divided, for a title.

    >>> divided_by(("estate",)), divided_by(("estate", "age_band"))
    ('estate by estate', 'by estate and age band')
    """
    named = [WAYS[dim].lower() for dim in by]
    return f"{named[0]} by {named[0]}" if len(named) == 1 else f"by {' and '.join(named)}"


def headline(found: Sequence[Reach], by: Sequence[str]) -> str:
    """The one sentence at the top: how many groups have no answer, and how many homes stand in them.

    >>> one = Reach((("estate", "Ash Court"),), 40, 12, 0, "silent", 0.0, 0.0)
    >>> two = Reach((("estate", "Beech Row"),), 60, 0, 0, "not sampled", 0.0)
    >>> headline([one, two], ("estate",))
    'No answer from 1 estate with 40 homes; 1 estate with 60 homes was not sampled'
    >>> headline([Reach((("estate", "Elm Row"),), 60, 20, 15, "heard", 0.25)], ("estate",))
    'Somebody answered from every estate'
    """
    told = [_told(found, state, by) for state in ("silent", "not sampled")]
    said = "; ".join(filter(None, told))
    return said or f"Somebody answered from every {way_of(by)}"


def _told(found: Sequence[Reach], state: str, by: Sequence[str]) -> str:
    here = [each for each in found if each.state == state and each.homes]
    if not here:
        return ""
    one = way_of(by)
    many = _plural(one) if len(by) == 1 else one.replace("group", "groups", 1)
    there = f"{people(len(here), one, many)} with {homes(sum(each.homes for each in here))}"
    if state == "silent":
        return f"No answer from {there}"
    return f"{there} {'was' if len(here) == 1 else 'were'} not sampled"


def _plural(way: str) -> str:
    """Several of a way of dividing homes.

    >>> _plural("Estate"), _plural("Length of tenancy")
    ('estates', 'lengths of tenancy')
    """
    first, *rest = way.lower().split(" of ")
    return " of ".join([f"{first}s", *rest])


def too_small(found: Sequence[Reach]) -> str:
    """Groups that have too few homes or answers to be named one by one; "" where there are none.

    >>> too_small([Reach((), 9, 4, 0, "silent", withheld="fewer than 10 homes")])
    'And 1 group of too few homes or answers to be named, with 9 homes.'
    """
    number, there = len(found), sum(each.homes for each in found)
    return (
        f"And {people(number, 'group', 'groups')} of too few homes or answers to be named, with {homes(there)}."
        if number
        else ""
    )


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


def of_people_words(found: ReachOfPeople) -> str:
    """What stands beside the groups of one special category.

    >>> of_people_words(ReachOfPeople("ethnicity", "Ethnicity", (), 1_000, 400, 55))
    'Known for 400 of 1,000 tenancies; 55 answers may be joined to them.'
    >>> of_people_words(ReachOfPeople("sex", "Sex", (), 90, 80, 2, "fewer than 20 answers"))
    'Known for 80 of 90 tenancies. Not shown: fewer than 20 answers.'
    """
    known = f"Known for {count(found.known)} of {people(found.tenancies, 'tenancy', 'tenancies')}"
    if found.withheld:
        return f"{known}. Not shown: {found.withheld}."
    return f"{known}; {people(found.answers, 'answer', 'answers')} may be joined to them."


def heard_words(found: HeardHomes) -> str:
    """How many homes were heard from.

    >>> heard_words(HeardHomes((), 380, 95, 0.25, {"repairs": 90}))
    '25% of 380 homes: 95 heard from, 285 not'
    """
    if found.withheld or found.heard is None or found.share is None:
        return f"Not shown: {found.withheld}"
    share = percent(found.share) if found.homes >= SMALL_BASE else count(found.heard)
    return f"{share} of {homes(found.homes)}: {count(found.heard)} heard from, {count(found.homes - found.heard)} not"


def heard_beside(found: HeardHomes) -> str:
    """The same of everyone, short enough to stand whole above a chart on a telephone.

    >>> heard_beside(HeardHomes((), 380, 95, 0.25, {"repairs": 90}))
    '25% (95 of 380) of the homes heard from'
    """
    if found.withheld or found.heard is None:
        return heard_words(found)
    return f"{part(found.heard, found.homes)} of the homes heard from"


def silent_headline(found: HeardHomes, months: int) -> str:
    """The one sentence about homes silent everywhere.

    >>> silent_headline(HeardHomes((), 380, 95, 0.25, {}, None, 80, 3), 12)
    'Nobody was heard from in 12 months in 75% (285 of 380) of the homes'
    """
    if found.silent is None:
        return f"Not shown: {found.withheld}"
    told = part(found.silent, found.homes)
    return f"Nobody was heard from in {people(months, 'month', 'months')} in {told} of the homes"


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


def only_wrong_words(found: HeardHomes) -> str:
    """How many homes were heard from only when something was wrong, of those heard from.

    >>> only_wrong_words(HeardHomes((), 380, 95, 0.25, {}, None, 80, 3))
    'Of the 95 homes heard from, 84% (80 of 95) were heard from only when something was wrong.'
    """
    if found.only_wrong is None or not found.heard:
        return ""
    told = part(found.only_wrong, found.heard)
    return f"Of the {homes(found.heard)} heard from, {told} were heard from only when something was wrong."


def spoken_to_words(found: HeardHomes, channels: Mapping[str, bool]) -> str:
    """How many homes had one planned conversation that we began in twelve months.

    >>> spoken_to_words(HeardHomes((), 380, 95, 0.25, {}, None, 80, 3), {"contacts": True, "visits": True})
    'In the last twelve months we began one planned conversation or more with 1% (3 of 380) of the homes.'
    >>> spoken_to_words(HeardHomes((), 380, 95, 0.25, {}, None, 80, 0), {"contacts": False, "visits": False})
    'Whether we began a planned conversation is not known: no contacts are loaded.'
    """
    if found.spoken_to is None:
        return ""
    if not channels.get("contacts"):
        return "Whether we began a planned conversation is not known: no contacts are loaded."
    told = part(found.spoken_to, found.homes)
    return f"In the last twelve months we began one planned conversation or more with {told} of the homes."


def tenths(number: float) -> str:
    """A number to a tenth, as expected answers are told.

    >>> tenths(27.02), tenths(0.02)
    ('27.0', 'under 0.1')
    """
    return "under 0.1" if 0 < number < 0.05 else f"{number:,.1f}"


def list_of(found: Listed, survey: str) -> tuple[str, ...]:
    """What the list of homes is, and what it cannot say about a survey.

    >>> from datetime import date
    >>> list_of(Listed(380, date(2026, 11, 2), False, 0, {}, 200, 0), "2026")
    ('The list of homes is as at 2 November 2026.',)
    >>> for sentence in list_of(Listed(380, None, False, 2, {"age_band": 0.62, "estate": 0.0}, 200, 9), "2026")[1:]:
    ...     print(sentence)
    2 homes have two tenancies running; the later says the age band and the length.
    9 of the 200 answers of 2026 that name a home lead to none of this list.
    Most homes do not say the age band (62%): it is told of the others only.
    """
    day = "does not say which day it is of" if found.as_at is None else f"is as at {british_date(found.as_at)}"
    told = [f"The list of homes {day}."]
    if found.older:
        told.append(
            f"That is before {survey} began: homes let, built or sold since are missing or wrong, so a group may look "
            "quieter or fuller than it is. Of groups with many homes it can still be told; bring in a newer list."
        )
    if found.two_tenancies:
        some = people(found.two_tenancies, "home has", "homes have")
        told.append(f"{some} two tenancies running; the later says the age band and the length.")
    if found.unjoined:
        told.append(
            f"{count(found.unjoined)} of the {people(found.named, 'answer', 'answers')} of {survey} that name a home "
            "lead to none of this list."
        )
    told += [
        f"Most homes do not say the {WAYS[dim].lower()} ({percent(share)}): it is told of the others only."
        for dim, share in found.not_known.items()
        if share > MOSTLY
    ]
    return tuple(told)


MOSTLY = 0.5  # of the homes without a characteristic: said aloud
