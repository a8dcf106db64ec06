"""Fair outcomes: how satisfied and how quickly served people of each characteristic are, and what is not held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from analysis.model.found import Comparison, Estimate, Group


@dataclass(frozen=True)
class Characteristic:
    """Something people are, by which outcomes are looked at. ``strict``: special category data, or near it."""

    key: str
    title: str
    protected: bool  # by the Equality Act 2010
    strict: bool
    answers: tuple[str, ...] = ()  # columns of a survey that may hold it
    people: str = ""  # the column of the list of tenancies that may
    unheld: str = ""  # what cannot be said without it


@dataclass(frozen=True)
class Outcome:
    """Something that goes well or does not: a perception measure, or a clock of the records."""

    key: str
    title: str
    one: str  # what is counted: "tenant", "complaint"
    many: str
    yes: str  # what counts: "satisfied", "answered in time"
    means: str = ""


@dataclass(frozen=True)
class FairRow:
    """One outcome by one characteristic: everyone, each group, and each group against all others whose group is known.

    ``unknown`` is the outcome of those whose characteristic is not recorded, a figure beside the groups and never one
    of them. ``known`` of ``base`` is how many were of a known group.
    """

    outcome: Outcome
    characteristic: Characteristic
    everyone: Estimate
    groups: tuple[Estimate, ...]
    gaps: tuple[Comparison, ...]  # before: all others; after: the group
    unknown: Estimate | None
    known: int | None
    base: int | None
    withheld: str | None = None

    @property
    def known_share(self) -> float | None:
        """The fraction whose group is known; None where nobody is counted or it is not told."""
        return self.known / self.base if self.base and self.known is not None else None


@dataclass(frozen=True)
class Holding:
    """How much is held of one characteristic: of tenancies that run, and of the answers of the survey."""

    characteristic: Characteristic
    tenancies: int
    tenancies_known: int
    answers: int
    answers_known: int
    from_homes: bool  # answers have it through the homes they may be attributed to
    state: str = ""  # "held", "mostly not known", "not held"

    @property
    def known_share(self) -> float | None:
        """The fraction of running tenancies it is known for; None where no list of tenancies is held."""
        return self.tenancies_known / self.tenancies if self.tenancies else None


@dataclass(frozen=True)
class Fairness:
    """Every outcome by every characteristic held, its gaps judged as one family; and what is not held."""

    begun: date
    ended: date
    outcomes: tuple[Outcome, ...]
    rows: tuple[FairRow, ...]
    holdings: tuple[Holding, ...]
    family: int  # gaps judged together
    not_joined: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))  # outcome: records of nobody
    notes: tuple[str, ...] = ()
    withheld: str | None = None

    def of(self, outcome: str) -> tuple[FairRow, ...]:
        """The rows of one outcome, in the order of the characteristics."""
        return tuple(row for row in self.rows if row.outcome.key == outcome)


@dataclass(frozen=True)
class ScoreWords:
    """What tenants of a place tick on a measure beside what they write about it.

    ``words``: the share of comments that speak well of the measure's topics among those that speak only well or only
    ill. ``gap`` is the score (after) less the words (before): above nought the words are worse. ``usual`` sets the gap
    of a place (after) against that of all the others (before).
    """

    measure: str
    group: Group
    score: Estimate
    words: Estimate
    gap: Comparison
    usual: Comparison | None
    both: int | None = 0  # comments that speak well and ill of it, in neither; None outside the landlord
