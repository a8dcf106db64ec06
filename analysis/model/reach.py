"""Who has not been heard from: homes counted, never listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from analysis.model.asked import Measure
from analysis.model.found import Estimate, Group, Verdict


@dataclass(frozen=True)
class Reach:
    """Homes of a group, how many were in the issued sample of a survey, and how many answers came from them.

    ``state`` is "silent" (no answer, though invited as far as is known), "not sampled" (nobody there was invited),
    "quiet" (too few answers to show what they say) or "heard". ``share`` is answers per home and ``response`` answers
    per home invited, both fractions. Where ``withheld`` is a reason, the shares are None.

    ``expected`` is how many answers there would be if every home (every invited home, where an issued sample is held)
    answered as readily as the others; ``tail`` is how often chance alone would leave so few or fewer, ``adjusted`` the
    same with the allowance for looking at many groups (Holm). ``verdict`` "real change" means quieter than chance
    allows. All four are None where they cannot be said.
    """

    group: Group
    homes: int
    issued: int | None  # None: no issued sample is held
    answered: int
    state: str
    share: float | None = None
    response: float | None = None
    withheld: str | None = None
    expected: float | None = None
    tail: float | None = None
    adjusted: float | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True)
class ReachOfPeople:
    """Answers beside tenancies by one special category (or what is near it): of the whole landlord, in aggregate only.

    A group's ``homes`` are tenancies running today of which it is known, its answers those that may be joined to them.
    ``known`` of all ``tenancies`` say it. Where ``withheld`` is a reason, there are no groups.
    """

    key: str
    title: str
    groups: tuple[Reach, ...] = ()
    tenancies: int = 0
    known: int = 0
    answers: int = 0
    withheld: str | None = None


@dataclass(frozen=True)
class HeardHomes:
    """Homes of a group, and how many of them were heard from through any channel that is loaded, and through each.

    ``only_wrong`` counts homes heard from only when something was wrong (a repair, a complaint, a hazard, a contact
    that sounds dissatisfied or is about such a thing), ``spoken_to`` homes with a planned conversation that we began
    in the last twelve months, whatever the period. None where withheld, or where nothing loaded could say.
    """

    group: Group
    homes: int
    heard: int | None
    share: float | None  # heard ÷ homes
    channels: Mapping[str, int]
    withheld: str | None = None
    only_wrong: int | None = None
    spoken_to: int | None = None

    @property
    def silent(self) -> int | None:
        """Homes heard from through no channel at all."""
        return None if self.heard is None else self.homes - self.heard


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
class Listed:
    """What the list of homes can and cannot say about a survey.

    ``not_known`` is the share of homes, by characteristic, that do not say it; ``unjoined`` counts answers of those
    who allowed it that lead to no home of the list, of ``named`` who allowed it; ``two_tenancies`` homes with more
    than one running tenancy, of which the later counts.
    """

    homes: int
    as_at: date | None
    older: bool  # whether the list is of a day before the survey began
    two_tenancies: int
    not_known: Mapping[str, float]
    named: int
    unjoined: int


@dataclass(frozen=True)
class Unheard:
    """Who has not been heard from in one survey and in the months to a day, by one way of dividing homes or two.

    ``counted_by`` is "sample" where answers are counted by the outcomes of the issued sample, "answers" where by what
    answers themselves say, "" where neither can say ``by``: ``reach`` is then empty.
    """

    by: tuple[str, ...]
    counted_by: str
    reach: tuple[Reach, ...]  # groups without an answer first, the least likely by chance before the others
    outcomes: Mapping[str, int]  # of the issued sample, most first; empty: none is held
    heard: tuple[HeardHomes, ...]  # everyone first
    channels: Mapping[str, bool]  # by kind of channel: whether anything of it is held
    begun: date
    ended: date
    months: int
    listed: Listed


@dataclass(frozen=True)
class PartialR:
    """How much one characteristic has to do with who answered, on the scale of an R-indicator's spread (0: nothing).

    ``conditional`` is what it says beyond the other characteristics. ``p`` is of the test that it says nothing beyond
    them (likelihood ratio), ``adjusted`` the same after Holm.
    """

    variable: str
    levels: int
    unconditional: float
    conditional: float
    p: float
    adjusted: float
    verdict: Verdict


@dataclass(frozen=True)
class Representativity:
    """How alike those who answered are to those invited: 1 in R-indicator is exactly alike.

    ``spread`` is the standard deviation of the propensities to answer, ``by_chance`` the R-indicator that chance alone
    would give a model of so many levels, ``most_bias`` the most by which a share may be off (a fraction) for it.
    ``left_out`` says of a characteristic why it is not in the model. Where ``withheld`` is a reason, the figures are
    None.
    """

    invited: int
    answered: int
    rate: float | None = None
    indicator: float | None = None
    by_chance: float | None = None
    spread: float | None = None
    most_bias: float | None = None
    p: float | None = None
    verdict: Verdict | None = None
    parts: tuple[PartialR, ...] = ()
    left_out: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({})
    )  # characteristic -> why it is not in the model
    withheld: str | None = None


@dataclass(frozen=True)
class BreakEven:
    """How satisfied some silent tenants would have to be for a figure to cross a value.

    ``who`` is "unanswered" (every home without an answer), "silent" (homes heard from through no channel) or "group"
    (the homes without an answer of ``group``). ``needed`` is a fraction, with the ends the figure's own interval
    gives; None where no answer of theirs would carry the figure across. ``worst`` and ``best`` are the figure were all
    of them dissatisfied or all satisfied.
    """

    who: str
    group: Group
    homes: int  # without an answer
    share: float  # of all homes
    needed: float | None
    needed_low: float | None
    needed_high: float | None
    worst: float
    best: float


@dataclass(frozen=True)
class HowWrong:
    """How wrong a figure could be for those who did not answer, and what weights can do about it."""

    measure: Measure
    figure: Estimate
    target: float
    target_is: str  # the survey whose figure the target is, or "" where it was chosen
    homes: int
    answered: int
    lines: tuple[BreakEven, ...]
    representativity: Representativity
    weighted_by: tuple[str, ...]
    silent_groups: int  # groups without any answer, by the way homes are divided, and their homes
    silent_homes: int
    withheld: str | None = None


ANY, OTHERS = "any", "the others"  # levels of a group of homes too small to be told more closely


@dataclass(frozen=True)
class CallCell:
    """Homes alike in estate, tenure, age band and length of tenancy, and how many of the next calls should go there.

    ``group`` has a pair for each characteristic the plan knows, in that order; ANY and OTHERS stand where homes were
    put together because they were too few to be told apart. ``may_be_called`` are the homes left once those that must
    not be called are gone. ``answers`` is how many answered the survey, ``rate`` how readily an invited home there
    answers and ``expected`` the answers these calls should bring: both None where no issued sample says.
    """

    group: Group
    homes: int
    may_be_called: int
    answers: int
    calls: int
    rate: float | None
    expected: float | None
    for_coverage: int = 0  # of the calls: those for a group with too few answers to be shown
    for_precision: int = 0  # … and those that narrow the figure most


@dataclass(frozen=True)
class CallPlan:
    """Where the next calls should go: the cells with most calls first, those without any last.

    ``cells`` cover every dwelling of the tenure group once. ``left_out`` counts homes that are not to be called, by
    reason, None where there are too few to be told; ``narrower`` is the fraction by which the expected answers would
    narrow the margin of the headline. Where ``withheld`` is a reason there are no cells.
    """

    dims: tuple[str, ...]  # of "estate", "tenure", "age_band", "length_of_tenancy": those that are known
    cells: tuple[CallCell, ...]
    asked_for: int  # calls wanted
    calls: int  # calls there are homes for
    expected: float | None
    narrower: float | None
    quiet: tuple[Group, ...]  # levels of one characteristic with fewer answers than can be shown: what coverage is for
    left_out: Mapping[str, int | None]
    notes: tuple[str, ...] = ()
    withheld: str | None = None


@dataclass(frozen=True)
class Silence:
    """Everything any face may quote about who has not been heard from."""

    unheard: Unheard
    contactable: tuple[Contactable, ...]  # everyone first; empty: no file of people is held
    how_wrong: HowWrong
    plan: CallPlan
    people: tuple[ReachOfPeople, ...] = ()  # by special category, in aggregate only
