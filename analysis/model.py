"""The nouns: what Tenant Voice talks about. Frozen values, no behaviour beyond their own meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

import pandas as pd

# Answers are stored as small numbers so that one register serves every scale.
# 5 is always the best of the five boxes, whatever the supplier's codes were.
NOT_APPLICABLE = 0  # "Not applicable / don't know": asked, left out of the base
REFUSED = -1  # "Unable to answer / Refused": asked, left out of the base
NOT_ASKED = -2  # the filter question said No: never part of this measure
# A blank is missing (NULL).

TENURE_GROUPS = ("LCRA", "LCHO")  # never mixed: domain.md §0 rule 5
OUTSIDE = "outside"  # leaseholders, market rent …: kept, never counted in a measure


class Verdict(StrEnum):
    """The four words for a difference, the same on every page and in every pack (USERS.md)."""

    REAL = "real change"
    CHANCE = "could be chance"
    TOO_FEW = "too few to say"
    DIFFERENTLY = "asked differently"


# ── What may be asked ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Measure:
    """One perception measure as a year's register has it; wording holds ``[landlord]`` for the name."""

    code: str
    title: str
    wording: str
    scale: tuple[str, ...]  # five labels, best first
    counts_as_yes: tuple[str, ...]
    offers_not_applicable: bool
    filter_field: str | None  # the field that holds the filter answer, e.g. "repair_12m"
    filter_question: str | None
    tenures: tuple[str, ...]  # tenure groups asked: ("LCRA",) or ("LCRA", "LCHO")
    better: str
    year: str
    provisional: bool
    source: str


@dataclass(frozen=True)
class ManagementMeasure:
    """One reported value of the management-information measures (RP02_1 and RP02_2 are two)."""

    code: str
    title: str
    numerator: str
    denominator: str
    unit: str  # "%" or "per 1,000 homes"
    better: str  # "high", "low" or "context"
    tenures: tuple[str, ...]
    year: str
    provisional: bool
    source: str


@dataclass(frozen=True)
class Scope:
    """Which rows a reader may see. There is no default: the whole landlord has to be named.

    ``estates=None`` is every estate and is only reached through ``WHOLE_LANDLORD``; an empty tuple sees nothing.
    """

    name: str
    estates: tuple[str, ...] | None = ()


WHOLE_LANDLORD = Scope("the whole landlord", estates=None)

Filters = tuple[tuple[str, tuple[str, ...]], ...]  # (("estate", ("Ash Court", …)), ("tenure", (…)))


@dataclass(frozen=True)
class Question:
    """What a reader asks: at once the cache key, the page's address, the pack's cover line and the CLI's arguments."""

    wave: str
    tenure_group: str
    scope: Scope
    compared_with: str | None = None
    measures: tuple[str, ...] = ()  # empty: every measure this tenure group is asked
    breakdown: str | None = None  # a dimension key: "estate", "tenure", "age_band", "c_…"
    filters: Filters = ()


# ── What was surveyed ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Wave:
    """One survey as it was carried out. Populations are households per tenure group; absent means not known."""

    name: str
    fieldwork_from: date
    fieldwork_to: date
    reporting_year: str  # "2024/25"
    collector: str = ""  # who collected the answers
    sample_kind: str = ""  # "census", "random", "quota" or "" (not stated)
    populations: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    methods: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))  # counted responses by method
    invented: bool = False


@dataclass(frozen=True)
class Dimension:
    """A way of dividing respondents: key as stored, label as shown, heading as it stood in the file."""

    key: str
    label: str
    heading: str = ""
    special_category: bool = False


@dataclass(frozen=True)
class Survey:
    """One wave and one tenure group, already counted: what every statistic starts from.

    ``cells``: a row per (dimensions asked for…, stratum, measure, answer) with ``n`` respondents, ``w`` the sum of
    their weights and ``ww`` the sum of squared weights; ``answer`` is 5..1, 0 not applicable, -1 refused, -2 not
    asked, missing for blank. Only respondents inside the filters and scope are in it.
    ``strata``: a row per stratum with ``stratum``, ``n`` (ALL counted respondents, whatever the filters: the variance
    needs them) and ``population`` (households; missing where not known, then no finite population correction).
    """

    wave: Wave
    tenure_group: str
    dims: tuple[str, ...]
    cells: pd.DataFrame
    strata: pd.DataFrame


# ── What was found ───────────────────────────────────────────────────────────────────────────────

Group = tuple[tuple[str, str], ...]  # (("estate", "Ash Court"),); () is everyone asked


@dataclass(frozen=True)
class Estimate:
    """A share with how sure we are, or the reason it is withheld. Shares are fractions, never rounded.

    ``base`` unweighted answers; ``yes`` how many of them count as yes (for "7 of 10"); ``effective_base`` what the
    weighted answers are worth; ``method`` names the interval. When ``withheld`` is a reason, value, se, low and
    high are None.
    """

    value: float | None
    low: float | None
    high: float | None
    base: int
    se: float | None = None
    effective_base: float | None = None
    yes: int | None = None
    method: str = ""
    withheld: str | None = None
    measure: str = ""
    group: Group = ()


@dataclass(frozen=True)
class Distribution:
    """How the five answers fell. ``shares`` weighted fractions best first (they sum to 1), ``counts`` unweighted.

    When ``withheld`` is a reason, shares, counts and the numbers outside the base are None: of a handful of people not
    even who did not answer is told.
    """

    measure: str
    group: Group
    shares: tuple[float, ...] | None
    counts: tuple[int, ...] | None
    base: int
    not_applicable: int | None
    refused: int | None
    not_asked: int | None
    blank: int | None
    withheld: str | None = None


@dataclass(frozen=True)
class MethodShift:
    """The way of asking whose share of the answers moved most between two waves; shares are fractions."""

    method: str
    before: float
    after: float


@dataclass(frozen=True)
class Comparison:
    """Two estimates of the same measure, the difference with its interval, and the verdict with its reason."""

    before: Estimate
    after: Estimate
    difference: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    why: str
    shift: MethodShift | None = None  # given where the verdict is "asked differently"


@dataclass(frozen=True)
class SampleCheck:
    """The regulator's own margin of error and required minimum sample for one tenure group (domain.md §2.2)."""

    tenure_group: str
    responses: int
    population: int | None
    margin: float | None  # fraction; p = 0.5, z = 1.96, finite population, weighting ignored
    target: float | None
    required: int | None  # rounded up
    met: bool | None
    note: str = ""


# ── Tenants' words ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Tone:
    """Sentiment of a comment: positive, negative, mixed or neutral, with the words it was read from."""

    label: str
    score: float  # -1 … 1
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mention:
    """One topic in one comment, its polarity, and the words that showed it."""

    topic: str
    polarity: str  # positive, negative, neutral
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Redacted:
    """A comment with personal details taken out, and how many of each kind there were. Never the details themselves."""

    text: str
    kinds: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Reading:
    """What was read in one comment, and by which version of the reader."""

    text_key: str
    redacted: Redacted
    tone: Tone
    mentions: tuple[Mention, ...]
    sensitive: bool  # health, accusation or other special category: never quotable outside the team
    reader: str


@dataclass(frozen=True)
class Comment:
    """One comment as a face may show it: redacted, with where it came from and what was read in it."""

    comment_id: str
    channel: str
    question: str
    when: date | None
    place: Group
    text: str
    tone: Tone
    mentions: tuple[Mention, ...]
    sensitive: bool


@dataclass(frozen=True)
class Theme:
    """A topic among the comments asked about: its share of comments, and how it was spoken of."""

    topic: str
    title: str
    share: Estimate
    positive: int
    negative: int
    neutral: int


@dataclass(frozen=True)
class Voices:
    """Tenants' words for one question: how many, how they sound, what they are about; and the same for each group."""

    comments: int
    commenters: int  # respondents who wrote at least one
    unread: int  # comments not yet read: in no share here
    tones: Mapping[str, Estimate]  # positive, mixed, neutral, negative: shares of the comments read
    themes: tuple[Theme, ...]  # most mentioned first
    groups: Mapping[Group, Voices] = field(default_factory=lambda: MappingProxyType({}))
    withheld: str | None = None


# ── Complaints: everything counted, nothing sampled ──────────────────────────────────────────────

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


# ── This week ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class HazardCase:
    """A hazard that is not made safe yet, as the landlord's own tracker has it: no legal clock is judged here."""

    reference: str
    severity: str  # "emergency", "significant", "other" or "not recorded"
    kind: str
    reported: date | None
    days_open: int | None  # calendar days since it was reported
    investigation_due: date | None
    inspected: date | None
    inspection_overdue: bool  # the tracker's own day for it has passed, and none is recorded
    estate: str | None


@dataclass(frozen=True)
class ThisWeek:
    """What needs a person now, and what is new since this reader last looked."""

    today: date
    new: Mapping[str, int]  # "responses", "comments", "complaints", "contacts", "repairs", "hazards"; empty: first look
    newest: Mapping[str, date]  # the newest day held of each kind: kept, it is the next look's ``since``
    due: tuple[Due, ...]  # complaints overdue or due within a week, the longest overdue first
    promises: tuple[Promise, ...]  # overdue and due within a week
    hazards: tuple[HazardCase, ...]  # open, emergencies first


# ── Hazards and repairs, counted ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class HazardCount:
    """Hazard cases of one severity: open now, and recorded as made safe."""

    severity: str  # "emergency", "significant", "other" or "not recorded"
    opened: int
    closed: int


@dataclass(frozen=True)
class RepairMonth:
    """Repairs of one month, placed by the day raised and by the day completed."""

    month: date  # its first day
    raised: int
    completed: int


@dataclass(frozen=True)
class RepairTarget:
    """Of the repairs of one priority completed with a target day known, how many were completed by it."""

    priority: str  # "emergency", "routine", "planned" or "not recorded"
    timed: int
    in_time: int


@dataclass(frozen=True)
class Repairs:
    """Repairs of a period, month by month, and how many were completed by their target day."""

    begun: date
    ended: date
    months: tuple[RepairMonth, ...]
    cancelled: int  # of those raised
    targets: tuple[RepairTarget, ...]


# ── Who has not been heard from: homes counted, never listed ─────────────────────────────────────


@dataclass(frozen=True)
class Reach:
    """Homes of a group, how many were in the issued sample of a survey, and how many answers came from them.

    ``state`` is "silent" (no answer, though invited as far as is known), "not sampled" (nobody there was invited),
    "quiet" (too few answers to show what they say) or "heard". ``share`` is answers per home and ``response`` answers
    per home invited, both fractions. Where ``withheld`` is a reason, the shares are None.
    """

    group: Group
    homes: int
    issued: int | None  # None: no issued sample is held
    answered: int
    state: str
    share: float | None = None
    response: float | None = None
    withheld: str | None = None


@dataclass(frozen=True)
class HeardHomes:
    """Homes of a group, and how many of them were heard from through any channel that is loaded, and through each."""

    group: Group
    homes: int
    heard: int | None
    share: float | None  # heard ÷ homes
    channels: Mapping[str, int]
    withheld: str | None = None


@dataclass(frozen=True)
class Contactable:
    """How the tenancies of a group can be reached; counts are None where ``withheld`` is a reason."""

    group: Group
    tenancies: int | None
    email: int | None
    mobile: int | None
    portal: int | None
    none_known: int | None
    withheld: str | None = None


@dataclass(frozen=True)
class Unheard:
    """Who has not been heard from in one survey and in the twelve months to a day, by one way of dividing homes."""

    by: str
    invited_only: bool  # whether answers are counted by the outcomes of the issued sample, since they do not say ``by``
    reach: tuple[Reach, ...]  # the quietest first
    outcomes: Mapping[str, int]  # of the issued sample, most first; empty: none is held
    contactable: tuple[Contactable, ...]  # everyone first; empty: no file of people is held
    heard: tuple[HeardHomes, ...]  # everyone first
    channels: Mapping[str, bool]  # "survey", "complaints", "contacts", "repairs": whether anything of it is held
    begun: date
    ended: date
    homes_as_at: date | None


# ── What is wrong with a file ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Problem:
    """One fault of one file: where, what was found, the rule in plain words, how to put it right, who owns it.

    ``row`` counts as a spreadsheet does (the first line of the file is 1); None where the fault is the column's or
    the file's. ``stops`` is "file", "row" or "" (a warning).
    """

    file: str
    row: int | None
    column: str
    value: str
    rule: str
    what: str
    remedy: str
    owner: str
    stops: str


@dataclass(frozen=True)
class Ask:
    """Something only the analyst can say. ``key`` is the place in an answers file, e.g. ``direction.TP01``."""

    key: str
    what: str
    why: str
    options: tuple[str, ...] = ()


# ── The whole answer ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Findings:
    """Everything any face may quote about one Question, so that screen, pack and command line cannot disagree."""

    question: Question
    wave: Wave
    earlier: Wave | None
    measures: tuple[Measure, ...]
    dimensions: tuple[Dimension, ...]
    headline: Mapping[str, Estimate]  # by measure code
    distributions: Mapping[str, tuple[Distribution, ...]]  # by measure code: everyone first, then each group
    changes: Mapping[str, Comparison]
    groups: Mapping[str, tuple[Estimate, ...]]
    sample: SampleCheck
    notes: tuple[str, ...]  # what the reader must know about how this was made
