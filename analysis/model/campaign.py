"""A contact campaign: whom to call, one card at a time, and what was learned. Never who called how many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from analysis.model.found import Group

CALL_WAYS = ("estate", "tenure", "age_band", "length_of_tenancy")  # the only ways homes to call are told apart by


@dataclass(frozen=True)
class ToCall:
    """A home that may stand on a call list, with the reason it may not. ``held`` are the three fields as held now, ""
    where nothing is; ``heard`` whether anybody was heard there in twelve months, surveys left out."""

    home: str
    tenancy: str
    cell: Group
    name: str = ""
    phone: str = ""
    held: tuple[str, ...] = ()
    heard: bool = False
    left_out: str = ""


@dataclass(frozen=True)
class Card:
    """What a caller sees: a name, a number and the fields to check, nothing else. ``token`` shows whose card it is."""

    card: int
    name: str
    phone: str
    checks: tuple[tuple[str, str], ...]  # field, as held now
    token: str
    until: datetime


@dataclass(frozen=True)
class Call:
    """What a caller says of one call. ``checked`` is field → state, ``now`` the new value of what changed, and
    ``consents`` what the tenant answered ("yes", "no"; asked and not answered is not there)."""

    outcome: str
    checked: Mapping[str, str] = field(default_factory=dict)
    now: Mapping[str, str] = field(default_factory=dict)
    consents: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Campaign:
    """One campaign. ``left_out`` is reason → homes of those ``looked_at``; ``closed`` is "" while it runs."""

    campaign: int
    name: str
    begun: date
    ends: date
    way: str  # in words: how homes were chosen
    fields: tuple[str, ...]
    looked_at: int
    chosen: int
    left_out: Mapping[str, int]
    seed: int
    by: str  # a name as given
    homes_as_at: date | None = None
    closed: str = ""
    destroyed: str = ""  # when the names and numbers went, UTC


@dataclass(frozen=True)
class CallList:
    """A caller's share: the homes on it, and those still to call. Not a measure of anybody."""

    caller: str  # a name as given
    homes: int
    to_call: int
    on_paper: int


@dataclass(frozen=True)
class Called:
    """Homes of a group by what became of the last call; None where ``withheld`` is a reason."""

    group: Group
    homes: int
    reached: int | None
    not_reached: int | None
    wrong_number: int | None
    refused: int | None
    to_call: int | None  # nobody has called yet
    set_aside: int | None
    withheld: str | None = None


@dataclass(frozen=True)
class Knowledge:
    """Of ``base`` homes reached: of how many a field was known and fresh before the call, and after it."""

    field: str
    base: int
    known_before: int
    known_after: int
    fresh_before: int
    fresh_after: int


@dataclass(frozen=True)
class Coverage:
    """Homes of a group on the list, and of how many anybody was heard before, and with those reached."""

    group: Group
    homes: int
    before: int | None
    after: int | None
    withheld: str | None = None


@dataclass(frozen=True)
class Progress:
    """How far a campaign has got, by groups of homes; never by who called."""

    everyone: Called
    groups: Mapping[str, tuple[Called, ...]]  # way → groups
    knowledge: tuple[Knowledge, ...]
    coverage: Mapping[str, tuple[Coverage, ...]]  # way → everyone first, then groups
    set_beside: int  # calls kept beside because somebody else had the home


@dataclass(frozen=True)
class Matter:
    """Something a tenant told of on the telephone that somebody has to see to. ``words`` are as typed: for the queue
    only; anywhere else they are redacted."""

    matter: int
    kind: str
    at: datetime
    heard_by: str  # a name as given
    home: str
    estate: str
    words: str
    campaign: str
    done: str = ""  # how, from the register; "" while it is open
    done_by: str = ""
    done_at: str = ""
    reference: str = ""  # the number it has where it was passed on to


@dataclass(frozen=True)
class Assumption:
    """What somebody had assumed that was wrong. It has a campaign and a month: no home, no caller, no day."""

    mark: str
    campaign: str
    month: str
    text: str
    state: str  # "waiting", "approved", "kept back"


@dataclass(frozen=True)
class PaperList:
    """A paper list: its number, whose it is, when it ends, and whether the paper is destroyed."""

    campaign: int
    paper: int
    caller: str
    made: date
    ends: date
    homes: int
    state: str  # "out", "read in", "ended", "destroyed"
    destroyed: str = ""
    destroyed_by: str = ""
