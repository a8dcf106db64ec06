"""Complaints as sentences: how many for every 1,000 homes, how quickly answered, what is not counted; and repairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from analysis.model import Rate, Repairs, Timeliness
from dashboard.words.shares import NOTHING, SMALL_BASE, count, exact_percent, people, percent
from dashboard.words.surveys import group_of

STAGES: Mapping[int, str] = {1: "Stage one", 2: "Stage two"}
WAYS: Mapping[str, str] = {  # the ways complaints are counted, as a reader chooses them
    "category": "Topic",
    "estate": "Estate",
    "tenure": "Tenure",
    "month": "Month",
    "route": "How it came in",
}
ROUTES: Mapping[str, str] = {
    "normal": "Resident or representative",
    "executive": "Executive or board",
    "Ombudsman": "Ombudsman",
    "solicitor": "Solicitor",
    "MP or councillor": "MP or councillor",
}
SET_ASIDE: Mapping[str, str] = {
    "service requests": "service requests",
    "refused": "refused",
    "stage not recorded": "without a stage",
    "tenure not recorded": "of a tenure that is not recorded (counted in neither group)",
}
NEITHER_GOOD_NOR_BAD = "Few complaints are not good news in themselves: complaining may be hard, or seem to be no use."
EMPTY = "No complaints are loaded. Bring the file in under *Data and packs*: a row a complaint or a row a stage."
SECOND_TOTAL = (
    "A second total: these complaints are in neither CH01 nor CH02, but they belong in the report to the Ombudsman."
)
STAGE_TWO = (
    "The stage two time of 20 working days is near certain, but from memory of the Complaint Handling Code: check it "
    "against the Code's own words."
)
SOURCE = "Complaints as recorded by the landlord; homes as on the list of homes."
NOT_OVER = " · the last month is not over"
REPAIRS = "Repairs as recorded by the landlord."
HAZARD_HEADINGS = ("Severity", "Open", "Made safe")


def made_by(tenure_group: str) -> str:
    """Whose complaints.

    >>> made_by("LCHO")
    'Complaints made by shared owners (LCHO)'
    """
    return f"Complaints made by {group_of(tenure_group)}"


def way(key: str) -> str:
    """A way complaints are counted, as a reader chooses it."""
    return WAYS.get(key, key)


def volume_title(number: int, key: str) -> str:
    """What a chart of volumes shows.

    >>> volume_title(1, "category")
    'Stage one complaints for every 1,000 homes, by topic'
    """
    return f"{stage(number)} complaints for every 1,000 homes, by {way(key).lower()}"


def per_thousand(found: Rate) -> str:
    """How many for every 1,000 homes, with one decimal, or a dash.

    >>> per_thousand(Rate("CH01_1", 1, (), 52, 2000, 26.0)), per_thousand(Rate("", 1, (), None, 9, None, "few homes"))
    ('26.0', '–')
    """
    return NOTHING if found.per_thousand is None else f"{found.per_thousand:,.1f}"


def rate(found: Rate) -> str:
    """A rate with what it is made of, or why there is none.

    >>> rate(Rate("CH01_1", 1, (), 52, 2000, 26.0))
    '26.0 for every 1,000 homes (52 complaints, 2,000 homes)'
    >>> rate(Rate("", 2, (), None, 2000, None, "fewer than 10"))
    'Not shown: fewer than 10'
    """
    if found.withheld or found.per_thousand is None or found.count is None:
        return f"Not shown: {found.withheld or 'not known'}"
    of = f"{people(found.count, 'complaint', 'complaints')}, {people(found.homes or 0, 'home', 'homes')}"
    return f"{per_thousand(found)} for every 1,000 homes ({of})"


def rate_beside(found: Rate) -> str:
    """The same, short enough to stand whole beside its bar, where the title says for how many homes.

    >>> rate_beside(Rate("CH01_1", 1, (), 52, 2000, 26.0))
    '26.0 (52 from 2,000 homes)'
    >>> rate_beside(Rate("", 2, (), None, 2000, None, "fewer than 10"))
    'Not shown: fewer than 10'
    """
    if found.withheld or found.per_thousand is None or found.count is None:
        return rate(found)
    return f"{per_thousand(found)} ({count(found.count)} from {people(found.homes or 0, 'home', 'homes')})"


def stage(number: int | None, code: str = "") -> str:
    """A stage with the code of the published measure where it is one.

    >>> stage(1, "CH01_1"), stage(2)
    ('Stage one (CH01_1)', 'Stage two')
    """
    name = STAGES.get(number or 0, "Stage not recorded")
    return f"{name} ({code})" if code else name


def rate_line(found: Rate) -> str:
    """One published rate as a sentence.

    >>> rate_line(Rate("CH01_1", 1, (), 52, 2000, 26.0))
    'Stage one (CH01_1): 26.0 for every 1,000 homes (52 complaints, 2,000 homes).'
    """
    return f"{stage(found.stage, found.code)}: {rate(found)}."


def in_time_line(found: Timeliness) -> str:
    """How many were answered in the Code's time, both parts, as a sentence.

    >>> in_time_line(Timeliness("CH02_1", 1, (), 250, 160, 46, 30, 4, 10, share=0.824, share_without=0.64,
    ...     share_within=0.184))
    'Stage one (CH02_1): 82.4% answered in time, 64.0% without an extension and 18.4% within one (206 of 250 made).'
    >>> in_time_line(Timeliness("CH02_2", 2, (), 8, 5, 1, 2, 0, 0, share=0.75, share_without=0.625, share_within=0.125))
    'Stage two (CH02_2): 6 of 8 answered in time, 5 without an extension and 1 within one.'
    """
    name, without, within = stage(found.stage, found.code), found.without_extension, found.within_extension
    if not found.made:
        return f"{name}: none were made, so there was none to answer."
    if found.withheld or found.share is None or without is None or within is None:
        return f"{name}: not shown, {found.withheld or 'not known'}."
    of = f"{count(without + within)} of {count(found.made)}"
    if found.made < SMALL_BASE:
        return f"{name}: {of} answered in time, {count(without)} without an extension and {count(within)} within one."
    parts = f"{exact_percent(found.share_without or 0)} without an extension"
    return (
        f"{name}: {exact_percent(found.share)} answered in time, {parts} and "
        f"{exact_percent(found.share_within or 0)} within one ({of} made)."
    )


def timing(found: Timeliness) -> Iterator[str]:
    """What else there is to say of how quickly complaints of one stage were handled.

    >>> for line in timing(Timeliness("CH02_1", 1, (), 250, 160, 46, 30, 4, 10, 0, 0, 240, 3, 9.0,
    ...     share_of_due=206 / 240)):
    ...     print(line)
    Stage one: 240 of 250 were acknowledged in time; for 3 no acknowledgement is recorded.
    Stage one: half of those answered had their reply within 9 working days of complaining.
    Stage one: 10 are not due yet; of the other 240, 86% were answered in time.
    """
    if found.withheld or found.acknowledged_in_time is None:
        return
    name, none = STAGES[found.stage], found.not_acknowledged or 0
    missing = f"; for {count(none)} no acknowledgement is recorded" if none else ""
    yield f"{name}: {count(found.acknowledged_in_time)} of {count(found.made)} were acknowledged in time{missing}."
    if found.median_days is not None:
        days = f"{found.median_days:g} working {'day' if found.median_days == 1 else 'days'}"
        yield f"{name}: half of those answered had their reply within {days} of complaining."
    if found.not_yet_due and found.share_of_due is not None:
        yield f"{name}: {_still_to_come(found, found.not_yet_due, found.share_of_due)}"


def _still_to_come(found: Timeliness, waiting: int, share: float) -> str:
    due, in_time = found.made - waiting, (found.without_extension or 0) + (found.within_extension or 0)
    told = f"{percent(share)} were" if due >= SMALL_BASE else f"{count(in_time)} were"
    verb = "is" if waiting == 1 else "are"
    return f"{count(waiting)} {verb} not due yet; of the other {count(due)}, {told} answered in time."


def set_aside(numbers: Mapping[str, int]) -> str:
    """What is recorded and not counted, or "" where nothing is.

    >>> set_aside({"service requests": 12, "refused": 4, "stage not recorded": 0})
    'Recorded but not counted as complaints: 12 service requests, 4 refused.'
    """
    parts = [f"{count(number)} {SET_ASIDE.get(reason, reason)}" for reason, number in numbers.items() if number]
    return f"Recorded but not counted as complaints: {', '.join(parts)}." if parts else ""


def month(name: str) -> str:
    """A month as it stands under a column.

    >>> month("2026-04")
    'Apr 2026'
    """
    year, number = name.split("-")
    return f"{date(int(year), int(number), 1):%b %Y}"


def level(way: str, value: str) -> str:
    """One kind of complaint as read.

    >>> level("month", "2026-04"), level("route", "normal"), level("category", "Repairs")
    ('Apr 2026', 'Resident or representative', 'Repairs')
    """
    if way == "month":
        return month(value)
    return ROUTES.get(value, value) if way == "route" else value


def days_of(number: float | None) -> str:
    """Working days as read in a table."""
    return NOTHING if number is None else f"{number:g}"


# ── Hazards and repairs, counted ─────────────────────────────────────────────────────────────────


def hazards_counted(opened: int, closed: int) -> str:
    """How many hazard cases there are.

    >>> hazards_counted(17, 40)
    '57 hazard cases were reported: 17 are open, 40 were made safe.'
    """
    every = people(opened + closed, "hazard case", "hazard cases")
    return (
        f"{every} {_was(opened + closed)} reported: {count(opened)} {'is' if opened == 1 else 'are'} open, "
        f"{count(closed)} {_was(closed)} made safe."
    )


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def repairs_counted(found: Repairs) -> str:
    """How many repairs were raised and completed.

    >>> from datetime import date
    >>> from analysis.model import RepairMonth
    >>> day = date(2026, 4, 1)
    >>> repairs_counted(Repairs(day, day, (RepairMonth(day, 1204, 1100),), 30, ()))
    '1,204 repairs were raised, 30 of them cancelled since; 1,100 were completed.'
    """
    raised, completed = (sum(numbers) for numbers in zip(*((m.raised, m.completed) for m in found.months), strict=True))
    cancelled = f", {count(found.cancelled)} of them cancelled since" if found.cancelled else ""
    return (
        f"{people(raised, 'repair', 'repairs')} {_was(raised)} raised{cancelled}; {count(completed)} "
        f"{_was(completed)} completed."
    )


def in_target(priority: str, timed: int, in_time: int) -> str:
    """How many repairs were completed by their target day.

    >>> in_target("emergency", 1200, 1140)
    'Emergency: 95% of 1,200 were completed by their target day.'
    >>> in_target("routine", 20, 15)
    'Routine: 15 of 20 were completed by their target day.'
    """
    name = priority[:1].upper() + priority[1:]
    told = (
        f"{percent(in_time / timed)} of {count(timed)}"
        if timed >= SMALL_BASE
        else f"{count(in_time)} of {count(timed)}"
    )
    return f"{name}: {told} were completed by their target day."
