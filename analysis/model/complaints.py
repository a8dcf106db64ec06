"""Complaints and the promises made in replies: everything is counted, nothing sampled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analysis.model.found import Group

NO_MARGIN = "every complaint recorded is counted, not a sample of them, so there is no margin of error"


@dataclass(frozen=True)
class StageClock:
    """The Complaint Handling Code's times for one stage, in working days; the day of the event is day nought."""

    stage: int
    acknowledge: int  # of receipt; at stage two of the request to escalate
    reply: int  # of the acknowledgement
    extension: int  # at most so many more, where the resident was told of a new date
    first_day: date  # complaints made from here on
    source: str = ""


@dataclass(frozen=True)
class Rate:
    """How many of something there were for every 1,000 homes of a kind, or the reason that is not told.

    ``count`` and ``homes`` as counted; ``per_thousand`` is their ratio × 1,000. Where ``withheld`` is a reason, the
    ratio is None, and of a handful of people not even the count is told. Neither high nor low is good news: few
    complaints can mean that complaining is hard.
    """

    code: str  # "CH01_1", or "" where it is no published measure
    stage: int | None
    group: Group
    count: int | None
    homes: int | None
    per_thousand: float | None
    withheld: str | None = None
    margin: str = NO_MARGIN  # why there is no interval


@dataclass(frozen=True)
class Timeliness:
    """Of the complaints made at one stage, how many were answered in the Code's time, and what became of the rest.

    ``made`` = ``without_extension`` + ``within_extension`` + ``late`` + ``overdue`` + ``not_yet_due`` + ``withdrawn`` +
    ``at_odds``. ``share`` is the published CH02: (without + within) ÷ made, and its two parts; ``share_of_due`` leaves
    out those whose time is not up. All shares are fractions. Where ``withheld`` is a reason they are None.
    """

    code: str  # "CH02_1"
    stage: int
    group: Group
    made: int
    without_extension: int | None = None
    within_extension: int | None = None
    late: int | None = None  # answered after the last day
    overdue: int | None = None  # not answered, and the last day has passed
    not_yet_due: int | None = None  # not answered, and there is time left
    withdrawn: int | None = None  # withdrawn before an answer
    at_odds: int | None = None  # answered before it was made, says the file: never counted as in time
    acknowledged_in_time: int | None = None
    not_acknowledged: int | None = None  # no acknowledgement recorded
    median_days: float | None = None  # working days from receipt to reply, of those answered
    share: float | None = None
    share_without: float | None = None
    share_within: float | None = None
    share_of_due: float | None = None
    withheld: str | None = None
    margin: str = NO_MARGIN


@dataclass(frozen=True)
class Complaints:
    """Complaints of a period: rates and timeliness of each tenure group, leaseholders' apart, and volumes every way."""

    begun: date
    ended: date
    as_of: date  # replies after this day are not known of yet
    tenure_group: str  # whose complaints the volumes are
    rates: tuple[Rate, ...]  # CH01_1 and CH01_2 of LCRA, then LCHO
    timeliness: tuple[Timeliness, ...]  # CH02_1 and CH02_2 of LCRA, then LCHO
    outside: tuple[Rate, ...]  # leaseholders and others outside the measures, by stage: a second total, never in CH01
    outside_timeliness: tuple[Timeliness, ...]
    volumes: Mapping[str, tuple[Rate, ...]]  # "category", "estate", "tenure", "route", "month": largest first
    set_aside: Mapping[str, int]  # "service requests", "refused", "tenure not recorded", "stage not recorded"
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Due:
    """A complaint without a reply, and the next thing owed: its acknowledgement or its reply."""

    reference: str
    complaint: str
    stage: int
    what: str  # "acknowledgement" or "reply"
    deadline: date
    reply_by: date
    days_left: int  # working days; minus: overdue by so many; 0: today is the last day
    overdue: bool
    extended: bool  # the deadline stands in an extension that was agreed
    made: date
    estate: str | None
    category: str | None
    route: str | None


@dataclass(frozen=True)
class Promise:
    """Something promised in a reply to a complaint: kept, still to come, or overdue by so many days."""

    reference: str
    stage: int
    state: str  # "overdue", "due soon", "due later", "no date", "kept", "kept late"
    due: date | None
    done: date | None
    days: int | None  # calendar days: overdue or late by, or left (for what was kept in time: days to spare)
    estate: str | None
    what: str = ""  # the promise with personal details taken out; "" where it was not asked for
