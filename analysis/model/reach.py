"""Who has not been heard from: homes counted, never listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analysis.model.found import Group


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
