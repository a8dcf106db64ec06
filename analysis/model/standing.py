"""Where a landlord stands in the sector: among whom, how sure that is, and what its way of asking did to the score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from analysis.model.found import SampleCheck, Verdict

QUARTILES = ("top", "second", "third", "bottom")


@dataclass(frozen=True)
class PeerGroup:
    """The landlords one is compared with, itself among them: what they have in common, and their codes."""

    name: str  # "region and type: London, Council"
    landlords: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """One measure of one landlord among its peers, and how sure its place is.

    ``share``, ``low`` and ``high`` are its own with its 95 % interval; ``lower``, ``median`` and ``upper`` the
    quartiles of the peers as published. ``rank`` counts from the highest share; ``rank_low`` to ``rank_high`` holds it
    in 95 of 100 draws of everybody's share. ``quartiles`` is the chance of each quartile, top first; ``claim`` the
    quartiles those ranks reach into: (2, 3) is "second or third". Where ``withheld`` is a reason there is no place
    to tell.
    """

    landlord: str
    tenure_group: str
    measure: str
    year: str
    peers: PeerGroup
    among: int  # peers with a figure
    share: float | None = None
    low: float | None = None
    high: float | None = None
    base: float | None = None
    lower: float | None = None
    median: float | None = None
    upper: float | None = None
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    quartiles: tuple[float, ...] = ()
    claim: tuple[int, ...] = ()
    withheld: str | None = None


@dataclass(frozen=True)
class Move:
    """One measure of one landlord in two years, the difference with its interval from the counts' own noise."""

    landlord: str  # its code in the later year
    tenure_group: str
    measure: str
    before: float | None
    after: float | None
    difference: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    why: str


@dataclass(frozen=True)
class MethodStanding:
    """Overall satisfaction of one landlord by one way of asking, beside all landlords' by the same way."""

    method: str
    n: int
    share: float
    low: float
    high: float
    median: float | None  # of the landlords with results by this method
    among: int


@dataclass(frozen=True)
class MethodEffect:
    """How much a way of asking scores above the telephone within the same landlord, over landlords asked both ways.

    ``lower``, ``median`` and ``upper`` are quartiles of that gap among ``landlords``; ``spread`` is how far the gap
    differs between landlords beyond their sampling error (a standard deviation). Fractions.
    """

    method: str
    landlords: int
    lower: float
    median: float
    upper: float
    spread: float


@dataclass(frozen=True)
class MethodGap:
    """Overall satisfaction of one landlord by one way of asking less that by telephone, with its 95 % interval.

    It holds who answers as well as how they were asked. ``effect`` is the same gap among the sector's landlords, None
    where too few of them asked both ways.
    """

    method: str
    difference: float
    low: float
    high: float
    effect: MethodEffect | None


@dataclass(frozen=True)
class ManagementPlace:
    """One management measure of one landlord beside its peers': counts of everything, so without sampling error.

    ``rank`` counts from the better end, ``tied`` landlords share it; both None with ``quartile`` where more is neither
    better nor worse (volumes of complaints and of anti-social behaviour) and for safety checks, which most landlords
    have all done: there ``outstanding`` homes are told, and how many of the peers have none. ``parts`` are those of
    CH02, without and with an extension. Where ``withheld`` is a reason there is no figure.
    """

    landlord: str
    tenure_group: str  # "" where renters and shared owners are counted together
    measure: str
    year: str
    better: str  # "high", "low" or "context"
    unit: str
    among: int  # peers with a figure
    value: float | None = None  # a percentage or a rate for every 1,000 homes, as published
    numerator: float | None = None
    denominator: float | None = None
    lower: float | None = None
    median: float | None = None
    upper: float | None = None
    rank: int | None = None
    tied: int | None = None
    quartile: int | None = None  # 1 the best
    outstanding: float | None = None
    none_outstanding: int | None = None  # of the peers
    parts: tuple[float, float] | None = None
    withheld: str | None = None


@dataclass(frozen=True)
class Adjusted:
    """What a score might have been with the sector's mix of methods: for an analyst, never to be published.

    ``low`` to ``high`` holds it with 95 %: from how far the gap between methods differs between landlords and from the
    landlord's own sampling error. ``assumptions`` say what has to hold.
    """

    share: float
    value: float
    low: float
    high: float
    mix: Mapping[str, float]  # the landlord's own, by method
    sector_mix: Mapping[str, float]
    assumptions: tuple[str, ...]
    not_for_publication: bool = True


@dataclass(frozen=True)
class FunnelPoint:
    """One unit of a funnel: its share, the limits at its size, and whether it lies outside them (-1, 0, 1)."""

    name: str
    n: float
    share: float
    low: float
    high: float
    z: float
    outside: int


@dataclass(frozen=True)
class Funnel:
    """Many shares against limits that know how far units differ anyway (overdispersion).

    ``phi`` is the dispersion (1: no more than chance), ``tau`` the standard deviation between units on the arcsine
    scale; ``outside_plain`` counts those outside limits that know of neither.
    """

    target: float
    phi: float
    tau: float
    level: float
    points: tuple[FunnelPoint, ...]
    outside: int
    outside_plain: int


@dataclass(frozen=True)
class StillNeeded:
    """How many more answers a survey needs during fieldwork, and from where."""

    tenure_group: str
    responses: int
    population: int
    required: int
    more: int
    margin: float | None  # a fraction, at the answers there are
    target: float
    where: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))  # group: answers it is short of
    census_enough: bool = False  # 2,500 homes or fewer: a census is accepted where the margin cannot be reached


@dataclass(frozen=True)
class Compared:
    """Everything any face may quote about one landlord in one year of the sector.

    ``alike`` is the standing on overall satisfaction among landlords surveyed in a like way; ``moves`` since the year
    before, empty where that is not held; ``untold`` says why there is no adjusted score. ``sample`` holds its margin
    against the one the regulator asks for.
    """

    year: str
    landlord: str
    name: str
    tenure_group: str
    source: str
    peers: PeerGroup
    standings: tuple[Standing, ...]
    alike: Standing | None
    methods: tuple[MethodStanding, ...]
    moves: tuple[Move, ...] = ()
    earlier: str = ""
    shifted: tuple[str, float] | None = None  # the method whose part of the responses moved most, in fractions
    adjusted: Adjusted | None = None
    untold: str = ""
    funnel: Funnel | None = None  # overall satisfaction of every landlord of the tenure group
    sample: SampleCheck | None = None
    gaps: tuple[MethodGap, ...] = ()
    management: tuple[ManagementPlace, ...] = ()
