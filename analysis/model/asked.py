"""What may be asked: measures, scopes and questions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# Answers are stored as small numbers so that one register serves every scale.
# 5 is always the best of the five boxes, whatever the supplier's codes were.
NOT_APPLICABLE = 0  # "Not applicable / don't know": asked, left out of the base
REFUSED = -1  # "Unable to answer / Refused": asked, left out of the base
NOT_ASKED = -2  # the filter question said No: never part of this measure
# A blank is missing (NULL).

TENURE_GROUPS = ("LCRA", "LCHO")  # never mixed: domain.md §0 rule 5
OUTSIDE = "outside"  # leaseholders, market rent …: kept, never counted in a measure


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


class Audience(StrEnum):
    """Who will see a figure. Inside, what could give a person away is warned of; elsewhere it is withheld."""

    INTERNAL = "internal"
    REGULATOR = "regulator"
    PUBLIC = "public"


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
    audience: Audience = Audience.INTERNAL
