"""What was found in closed questions: estimates, distributions, comparisons and their verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

Group = tuple[tuple[str, str], ...]  # (("estate", "Ash Court"),); () is everyone asked


class Verdict(StrEnum):
    """The four words for a difference, the same on every page and in every pack (USERS.md)."""

    REAL = "real change"
    CHANCE = "could be chance"
    TOO_FEW = "too few to say"
    DIFFERENTLY = "asked differently"


@dataclass(frozen=True)
class Estimate:
    """A share with how sure we are, or the reason it is withheld. Shares are fractions, never rounded.

    ``base`` unweighted answers, 0 too where not even their number is told; ``yes`` how many of them count as yes (for
    "7 of 10"); ``effective_base`` what the weighted answers are worth; ``method`` names the interval. When ``withheld``
    is a reason, value, se, low and high are None.
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
    caution: str | None = None  # shown, but not fit to pass on: why (everyone said the same; could be worked out)

    @property
    def unweighted(self) -> float | None:
        """The share with every answer counting the same; None where the estimate is withheld."""
        return None if self.withheld or self.yes is None or not self.base else self.yes / self.base

    @property
    def told_base(self) -> int | None:
        """The base as a face may tell it: None where it is withheld with the figure (or nobody answered)."""
        return None if self.withheld and not self.base else self.base


@dataclass(frozen=True)
class Distribution:
    """How the five answers fell. ``shares`` weighted fractions best first (they sum to 1), ``counts`` unweighted.

    ``low`` and ``high`` are the ends of the interval of each share; ``net`` is the share of the two best answers less
    that of the two worst, -1 to 1, with its interval. When ``withheld`` is a reason, shares, counts and the numbers
    outside the base are None: of a handful of people not even who did not answer is told.
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
    low: tuple[float, ...] | None = None
    high: tuple[float, ...] | None = None
    net: float | None = None
    net_low: float | None = None
    net_high: float | None = None

    @property
    def told_base(self) -> int | None:
        """The base as a face may tell it: None where it is withheld with the figure (or nobody answered)."""
        return None if self.withheld and not self.base else self.base


@dataclass(frozen=True)
class MethodShift:
    """The way of asking whose share of the answers moved most between two waves; shares are fractions."""

    method: str
    before: float
    after: float


@dataclass(frozen=True)
class Comparison:
    """Two estimates of the same measure, the difference with its interval, and the verdict with its reason.

    ``p`` is how often chance alone would give a difference as large. Where ``family`` comparisons are looked at
    together, ``adjusted`` is p after Benjamini and Hochberg and the interval holds at ``level``, wide enough for the
    verdict to follow from it: it leaves out nought exactly where ``adjusted`` is at most 0.05. ``repeats`` counts the
    households that answered both times.
    """

    before: Estimate
    after: Estimate
    difference: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    why: str
    shift: MethodShift | None = None  # given where the verdict is "asked differently"
    p: float | None = None
    adjusted: float | None = None
    family: int = 1
    level: float = 0.95
    repeats: int = 0


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


@dataclass(frozen=True)
class Association:
    """Whether a measure's share differs between the groups of one breakdown at all (Rao and Scott's F test)."""

    measure: str
    by: str
    base: int
    f: float | None
    df: tuple[float, float] | None
    p: float | None
    withheld: str | None = None


@dataclass(frozen=True)
class SmallArea:
    """A small place's share drawn towards the landlord's own as far as its answers are few.

    ``shrinkage`` is the weight on the whole: 0 its own answers alone, 1 the whole alone. ``value``, ``low`` and
    ``high`` are the drawn share with its interval; ``rank`` the ranks it may well hold among the places, best first.
    ``homes`` is how many homes there are, where that is known and those who answered count as fact.
    """

    group: Group
    direct: Estimate
    value: float | None
    low: float | None
    high: float | None
    shrinkage: float | None
    rank: tuple[int, int] | None = None
    homes: int | None = None
    withheld: str | None = None


@dataclass(frozen=True)
class SmallAreas:
    """Every place of one measure, direct and drawn side by side. ``between`` is the standard deviation of places."""

    measure: str
    by: str
    method: str  # "beta-binomial" or "Fay-Herriot"
    mean: float | None
    between: float | None
    areas: tuple[SmallArea, ...]
    withheld: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Driver:
    """One measure that may go with the outcome among those who answered both: never a cause.

    ``share`` is its part of what is explained (LMG), ``johnson`` the same by Johnson's relative weights, both
    fractions that add up to 1 over the drivers; ``low`` and ``high`` bound ``share``, ``rank_low`` and ``rank_high``
    its rank, by bootstrap. ``direction`` is the coefficient of an ordinal model with its interval; ``proven`` is
    whether that interval leaves out nought.
    """

    measure: str
    share: float
    low: float
    high: float
    johnson: float
    rank: int
    rank_low: int
    rank_high: int
    direction: float | None
    direction_low: float | None
    direction_high: float | None
    proven: bool
    why: str = ""  # why it is not proven


@dataclass(frozen=True)
class Drivers:
    """What goes with an outcome among this landlord's respondents, most first; or why that is not told."""

    outcome: str
    base: int  # respondents who answered the outcome and every driver
    answered: int  # respondents who answered the outcome
    explained: float | None  # R², a fraction
    drivers: tuple[Driver, ...]
    left_out: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # measure: why
    withheld: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reliability:
    """How well several items measure one thing (Cronbach's alpha with its interval), and alpha without each item."""

    items: tuple[str, ...]
    base: int  # respondents who answered every item
    alpha: float | None
    low: float | None
    high: float | None
    without: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    item_rest: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    withheld: str | None = None
    notes: tuple[str, ...] = ()
