"""What needs a person this week; hazards and repairs, counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analysis.model.complaints import Due, Promise


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


@dataclass(frozen=True)
class HazardCount:
    """Hazard cases of one severity: open now, and recorded as made safe."""

    severity: str  # "emergency", "significant", "other" or "not recorded"
    opened: int
    closed: int


@dataclass(frozen=True)
class HazardClock:
    """Of the hazard cases of renters whose time for one thing is over, or for which it was done, those in time."""

    outcome: str  # "hazards_seen" or "hazards_safe", as the register of fair outcomes has them
    due: int
    in_time: int


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
