"""What the invented landlord's files of records are drawn from: parameters from data/sample/records.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

Shares = Mapping[str, float]


@dataclass(frozen=True)
class DemoHomes:
    """What stands on the list of homes beside those surveyed, and how homes are built."""

    leaseholders: int
    garages: int
    shops: int
    void_rate: float
    became_shared_ownership: int
    staircased: int
    garage_uprn_missing: float
    types: Mapping[str, Shares]
    bedrooms: Mapping[str, Shares]


@dataclass(frozen=True)
class DemoPeople:
    """Who holds the tenancies, how they can be reached, and what is known of them."""

    joint_rate: float
    do_not_contact_rate: float
    objects_rate: float
    adjustment_rate: float
    email_by_age: tuple[float, ...]
    mobile_by_age: tuple[float, ...]
    portal_by_age: tuple[float, ...]
    economic_status_known: float
    days_between_tenancies: tuple[int, int]
    languages: Shares
    preferred_channels: Shares
    household_types: Shares
    economic_statuses: Shares


@dataclass(frozen=True)
class DemoSample:
    """How many of those asked answered, and what became of the others."""

    most_attempts: int
    response_rate: Shares
    outcomes: Shares
    given: Mapping[str, str]


@dataclass(frozen=True)
class DemoComplaints:
    """How many complaints, how they come in, how fast they are answered and what is promised."""

    count: int
    service_requests: int
    with_text: float
    escalated: float
    refused: float
    withdrawn: float
    acknowledged_in_time: float
    answered_in_time: float
    extended: float
    extension_kept: float
    promise_rate: float
    promise_kept_in_time: float
    promise_kept_late: float
    promise_days: tuple[int, int]
    backlog_since: date
    backlog_rate: float
    mood: float
    routes: Shares
    categories: Shares
    promises: Mapping[str, str]


@dataclass(frozen=True)
class DemoContacts:
    """How many contacts, by which channels, what about, and which of them are not listening."""

    count: int
    ends: date
    with_text: float
    wrong_party: float
    arrears: float
    outward: float
    mood: float
    followed: float
    channel_of_text: Mapping[str, str]
    channels: Shares
    routes: Shares
    reasons: Shares
    outcomes: Shares


@dataclass(frozen=True)
class DemoRepairs:
    """How many repairs, how urgent, and how fast they are done."""

    count: int
    communal: float
    cancelled: float
    mood: float
    again: float
    priorities: Shares
    target_days: Mapping[str, int]
    in_target: Shares
    typical_days: Shares
    categories: Shares


@dataclass(frozen=True)
class DemoHazards:
    """How many hazard cases, of which kinds, and how far their clocks are kept."""

    count: int
    starts: date
    with_text: float
    mood: float
    investigation_days: int
    summary_days: int
    safe_days: int
    emergency_in_time: float
    investigated_in_time: float
    summary_in_time: float
    safe_in_time: float
    no_access: float
    severities: Shares
    kinds: Shares


@dataclass(frozen=True)
class DemoTeam:
    """A team, the estates it serves, and how it is staffed."""

    name: str
    estates: tuple[str, ...]
    officers: int
    vacancies: float
    days_lost: float


@dataclass(frozen=True)
class DampCluster:
    """An estate where damp grows from a day to so many times the usual rate."""

    estate: str
    since: date
    times: float


@dataclass(frozen=True)
class SilentEstate:
    """An estate heard no more from a day, and what is left of its complaints and contacts (1 is as usual)."""

    estate: str
    since: date
    complaints: float
    contacts: float


@dataclass(frozen=True)
class DemoPilot:
    """Something tried on some estates from a day: what it did to the days taken (1 is nothing)."""

    name: str
    table: str
    estates: tuple[str, ...]
    since: date
    times: float
    worked: bool


@dataclass(frozen=True)
class DemoRecords:
    """Everything the files of records are drawn from. Use ``dataclasses.replace`` to draw others."""

    starts: date
    as_of: date
    taken: Mapping[str, date]
    homes: DemoHomes
    people: DemoPeople
    references: Shares
    sample: DemoSample
    complaints: DemoComplaints
    categories_of_topics: Mapping[str, str]
    contacts: DemoContacts
    repairs: DemoRepairs
    hazards: DemoHazards
    teams: tuple[DemoTeam, ...]
    teams_too_small: int
    damp_cluster: DampCluster
    silent_estate: SilentEstate
    pilots: tuple[DemoPilot, ...]


_PARTS = {
    "homes": DemoHomes,
    "people": DemoPeople,
    "sample": DemoSample,
    "complaints": DemoComplaints,
    "contacts": DemoContacts,
    "repairs": DemoRepairs,
    "hazards": DemoHazards,
    "damp_cluster": DampCluster,
    "silent_estate": SilentEstate,
}


def demo_records(table: Mapping[str, Any]) -> DemoRecords:
    """The parameters of the records from their table. Raises TypeError where one is missing or unknown."""
    plain = {name: value for name, value in table.items() if name not in (*_PARTS, "team", "pilot")}
    parts = {name: _part(kind, table[name]) for name, kind in _PARTS.items()}
    teams = tuple(_part(DemoTeam, row) for row in table["team"])
    pilots = tuple(_part(DemoPilot, row) for row in table["pilot"])
    return DemoRecords(**plain, **parts, teams=teams, pilots=pilots)


def _part(kind: type[Any], row: Mapping[str, Any]) -> Any:
    """One frozen part, its lists as tuples."""
    known = {field.name for field in fields(kind)}
    if unknown := set(row) - known:
        raise TypeError(f"Unknown parameters of {kind.__name__}: {', '.join(sorted(unknown))}.")
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})
