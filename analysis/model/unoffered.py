"""Dissatisfaction told in a contact, and whether a complaint was recorded for it in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from analysis.model.found import Estimate


@dataclass(frozen=True)
class ContactRead:
    """What a person said of a contact after reading it, on which day; the name is as given."""

    contact: str
    answer: str
    day: date
    who: str


@dataclass(frozen=True)
class Unanswered:
    """One contact for a person to read: it sounds dissatisfied, and no complaint is recorded for it.

    ``until`` is the last day on which one would have been in time; ``late`` says that it has passed. ``open`` tells of
    a complaint of the same household that was open already when the contact was made.
    """

    comment_id: str
    contact: str  # what a person's word about it is kept under: the same in every generation
    day: date
    until: date
    late: bool
    open: bool


@dataclass(frozen=True)
class Unoffered:
    """Contacts of a period that sound dissatisfied, by whether a complaint of the same household followed in time.

    ``contacts`` are those of tenants in which somebody listened and words were kept; ``dissatisfied`` those that sound
    so. Of these ``unjoined`` name no home or tenancy, of ``too_early`` the time is not over, and the rest are the base
    of ``share``: the part without a complaint. ``by`` divides the share by "channel" and by "estate", never by
    officer. ``to_read`` has the newest first. Where ``withheld`` is a reason nothing can be said at all.
    """

    begun: date
    ended: date
    known_until: date | None  # complaints are known of up to here
    within: int  # working days
    contacts: int
    unread: int  # not read yet: in no figure here
    dissatisfied: int
    cleared: int  # a person read them and said they tell of no dissatisfaction: in no figure here
    offered_late: int  # a person offered a complaint after the time was over: without one in the share, not to be read
    unjoined: int
    too_early: int
    share: Estimate
    tenancies: int | None  # households behind those without a complaint; None where the share is withheld
    already_open: int | None  # of those without: another was open when they made contact; told inside only
    by: Mapping[str, tuple[Estimate, ...]] = field(default_factory=lambda: MappingProxyType({}))
    to_read: tuple[Unanswered, ...] = ()
    notes: tuple[str, ...] = ()
    withheld: str | None = None
