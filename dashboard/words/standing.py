"""Where a landlord stands, as sentences: never surer than the figures are, and no league table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analysis.adequacy import filtered_margin
from analysis.model import (
    QUARTILES,
    Adjusted,
    Compared,
    Findings,
    Funnel,
    ManagementPlace,
    MethodGap,
    MethodStanding,
    Move,
    Standing,
    StillNeeded,
    Verdict,
)
from dashboard.words.changes import signed
from dashboard.words.shares import NOTHING, count, interval, people, percent
from dashboard.words.surveys import listed, margin

SOURCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0 (Regulator of Social Housing)."
)
MOST_ESTATES = 8  # named in a sentence
NOT_FOR_PUBLICATION = "Not for publication: an analyst's estimate, not a result of the survey."


def quarters(claim: Sequence[int]) -> str:
    """The quarters of landlords that may be claimed, the highest first.

    >>> quarters((2, 3)), quarters((1,)), quarters(()), quarters((1, 2, 3, 4))
    ('second or third quarter', 'top quarter', '–', 'any quarter')
    """
    if not claim:
        return NOTHING
    if len(claim) == len(QUARTILES):
        return "any quarter"
    names = [QUARTILES[place - 1] for place in claim]
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1]))) + " quarter"


def place(found: Standing) -> str:
    """A landlord's place on one measure: the quarters it may claim and its ranks as a range.

    >>> from analysis.model import PeerGroup
    >>> peers = PeerGroup("every landlord", ("A",))
    >>> standing = Standing("A", "LCRA", "TP01", "2024/25", peers, 353, 0.746, 0.73, 0.76, rank_low=126, rank_high=168,
    ...                     claim=(2,))
    >>> place(standing)
    '75% (73% to 76%): second quarter, between 126 and 168 of 353'
    """
    if found.withheld or found.share is None or found.low is None or found.high is None:
        return f"not told ({found.withheld})"
    ranks = (
        f"{found.rank_low} of {found.among}"
        if found.rank_low == found.rank_high
        else f"between {found.rank_low} and {found.rank_high} of {found.among}"
    )
    return f"{percent(found.share)} ({interval(found.low, found.high)}): {quarters(found.claim)}, {ranks}"


def place_short(found: Standing) -> str:
    """The same without ranks, short enough for a telephone: they stand in the table.

    >>> from analysis.model import PeerGroup
    >>> peers = PeerGroup("every landlord", ("A",))
    >>> place_short(Standing("A", "LCRA", "TP01", "2024/25", peers, 353, 0.746, 0.73, 0.76, claim=(2, 3)))
    '75% (73% to 76%): second or third quarter'
    """
    if found.share is None or found.low is None or found.high is None:
        return NOTHING
    return f"{percent(found.share)} ({interval(found.low, found.high)}): {quarters(found.claim)}"


def sure(standings: Iterable[Standing]) -> str:
    """On how many measures the quarter is sure.

    >>> from analysis.model import PeerGroup
    >>> peers = PeerGroup("", ())
    >>> sure([Standing("A", "LCRA", "TP01", "2024/25", peers, 20, 0.7, claim=(2,)),
    ...       Standing("A", "LCRA", "TP02", "2024/25", peers, 20, 0.7, claim=(2, 3))])
    'On 1 of 2 measures it is sure of its quarter; on the others more than one may be claimed.'
    """
    told = [each for each in standings if each.claim]
    alone = sum(len(each.claim) == 1 for each in told)
    if not told:
        return "There are too few of these landlords to tell a place."
    if alone == len(told):
        return f"On all {count(len(told))} measures it is sure of its quarter."
    return f"On {alone} of {len(told)} measures it is sure of its quarter; on the others more than one may be claimed."


def move(found: Move, earlier: str) -> str:
    """A move since the year before with its range and verdict.

    >>> move(Move("A", "LCRA", "TP01", 0.70, 0.74, 0.04, 0.01, 0.07, Verdict.REAL, "larger than chance"), "2023/24")
    '+4.0 points (+1.0 to +7.0) since 2023/24: real change, larger than chance'
    """
    if found.difference is None or found.low is None or found.high is None:
        return f"{found.verdict.value}, {found.why}"
    ends = f"{signed(found.low)} to {signed(found.high)}"
    return f"{signed(found.difference)} points ({ends}) since {earlier}: {found.verdict.value}, {found.why}"


def moved(moves: Sequence[Move]) -> str:
    """How many measures moved for real.

    >>> moved([Move("A", "LCRA", "TP01", 0.7, 0.71, 0.01, -0.02, 0.04, Verdict.CHANCE, "")])
    'Could be chance: 1 measure.'
    """
    found = [(verdict, sum(each.verdict is verdict for each in moves)) for verdict in Verdict]
    return " ".join(
        f"{verdict.value[:1].upper()}{verdict.value[1:]}: {number} {'measure' if number == 1 else 'measures'}."
        for verdict, number in found
        if number
    )


def by_method(found: MethodStanding) -> str:
    """One way of asking: the landlord's result beside the median of landlords asked that way.

    >>> by_method(MethodStanding("Internet", 400, 0.6, 0.55, 0.65, 0.603, 167))
    'Internet: 60% (55% to 65%) of 400 answers; the median of 167 landlords asked that way is 60%'
    """
    own = f"{found.method}: {percent(found.share)} ({interval(found.low, found.high)}) of {count(found.n)} answers"
    if found.median is None:
        return f"{own}; too few other landlords were asked that way"
    return f"{own}; the median of {found.among} landlords asked that way is {percent(found.median)}"


def gap(found: MethodGap) -> str:
    """A way of asking against the telephone within one landlord, beside the same gap in the sector.

    >>> from analysis.model import MethodEffect
    >>> gap(MethodGap("Internet", -0.15, -0.21, -0.09, MethodEffect("Internet", 90, -0.2, -0.14, -0.08, 0.05)))
    'Internet against the telephone: −15.0 points (−21.0 to −9.0); the median of 90 landlords asked both ways is −14.0.'
    >>> gap(MethodGap("Post", 0.01, -0.05, 0.07, None))
    'Post against the telephone: +1.0 points (−5.0 to +7.0); too few other landlords were asked both ways.'
    """
    own = f"{signed(found.difference)} points ({signed(found.low)} to {signed(found.high)})"
    if found.effect is None:
        beside = "too few other landlords were asked both ways"
    else:
        beside = (
            f"the median of {count(found.effect.landlords)} landlords asked both ways is {signed(found.effect.median)}"
        )
    return f"{found.method} against the telephone: {own}; {beside}."


def managed(found: ManagementPlace) -> str:
    """A management measure of one landlord: both numbers, then homes outstanding, the peers, or a place.

    >>> gas = ManagementPlace("A", "", "BS01", "2024/25", "high", "%", 20, 99.9, 9990, 10000, outstanding=10,
    ...                       none_outstanding=15)
    >>> managed(gas)
    '99.9% (9,990 of 10,000): 10 homes outstanding; 15 of 20 landlords have none'
    >>> repairs = ManagementPlace("A", "LCRA", "RP02_1", "2024/25", "high", "%", 20, 80.0, 80, 100, 70.0, 82.0, 90.0,
    ...                           11, 2, 3)
    >>> managed(repairs)
    '80.0% (80 of 100): place 11 of 20, shared by 2, third quarter; middle half 70.0% to 90.0%'
    >>> managed(ManagementPlace("A", "LCRA", "CH01_1", "2024/25", "context", "per 1,000 homes", 4, 41.26, 33, 800))
    '41.3 for every 1,000 homes (33 of 800): too few of these landlords to compare with'
    """
    if found.value is None:
        return f"not told ({found.withheld})"
    return f"{_in_unit(found.value, found.unit)}{_both(found)}: {_beside(found)}"


def _in_unit(value: float, unit: str) -> str:
    return f"{value:.1f}%" if unit == "%" else f"{value:.1f} for every 1,000 homes"


def _both(found: ManagementPlace) -> str:
    if found.numerator is None or found.denominator is None:
        return ""
    return f" ({count(round(found.numerator))} of {count(round(found.denominator))})"


def _beside(found: ManagementPlace) -> str:
    if found.none_outstanding is not None:
        left = "" if found.outstanding is None else f"{people(round(found.outstanding), 'home', 'homes')} outstanding; "
        return f"{left}{found.none_outstanding} of {found.among} landlords have none"
    if found.lower is None or found.upper is None:
        return "too few of these landlords to compare with"
    half = f"middle half {_in_unit(found.lower, found.unit)} to {_in_unit(found.upper, found.unit)}"
    if found.rank is None or found.quartile is None:
        return half
    shared = f", shared by {found.tied}" if found.tied and found.tied > 1 else ""
    return f"place {found.rank} of {found.among}{shared}, {QUARTILES[found.quartile - 1]} quarter; {half}"


def alike(found: Compared) -> str:
    """Overall satisfaction among landlords who asked in a like way."""
    if found.alike is None:
        return "How its tenants were asked is not published, so nobody can be said to have asked alike."
    return f"Among landlords who asked in a like way: {place(found.alike)}."


def with_sectors_mix(found: Adjusted) -> str:
    """The score with the sector's mix of methods, as a range.

    >>> with_sectors_mix(Adjusted(0.6, 0.71, 0.66, 0.76, {}, {}, ()))
    'Asked as the sector asks on the whole, overall satisfaction might have been 66% to 76%, instead of 60%.'
    """
    return (
        f"Asked as the sector asks on the whole, overall satisfaction might have been "
        f"{interval(found.low, found.high)}, instead of {percent(found.share)}."
    )


def shifted(found: Compared) -> str:
    """A warning where the way of asking moved by more than 10 points; "" where it did not.

    >>> from analysis.model import PeerGroup
    >>> base = dict(year="2024/25", landlord="A", name="Ash", tenure_group="LCRA", source="", peers=PeerGroup("", ()))
    >>> shifted(Compared(**base, standings=(), alike=None, methods=(), earlier="2023/24", shifted=("Telephone", -0.2)))
    'The part asked by telephone fell by 20 points since 2023/24: the way of asking alone moves what people say.'
    """
    if found.shifted is None or abs(found.shifted[1]) <= 0.1:
        return ""
    method, part = found.shifted
    way = "rose" if part > 0 else "fell"
    how = method if method.isupper() else method.lower()
    return (
        f"The part asked by {how} {way} by {abs(part) * 100:.0f} points since {found.earlier}: the way of "
        "asking alone moves what people say."
    )


def more_needed(found: StillNeeded) -> Iterator[str]:
    """How many more answers are needed and from where; what a census is worth to a small landlord.

    >>> list(more_needed(StillNeeded("LCRA", 826, 10500, 969, 143, 0.033, 0.03, {"Ash": 162, "Elm": 5})))
    ['143 more answers are needed. Shared out by homes, short are: Ash 162, Elm 5.']
    >>> list(more_needed(StillNeeded("LCRA", 970, 10500, 969, 0, 0.03, 0.03)))
    []
    """
    if not found.more:
        return
    short = [f"{estate} {count(number)}" for estate, number in found.where.items()]
    where = f" Shared out by homes, short are: {listed(tuple(short), MOST_ESTATES)}." if short else ""
    yield f"{count(found.more)} more answers are needed.{where}"
    if found.census_enough:
        yield "A landlord of this size may rely on having asked every household (a census) instead."


def own_margins(found: Findings) -> Iterator[str]:
    """The regulator's margin of each measure that only some are asked; nothing where the homes are not known."""
    sample, told = found.sample, []
    for measure in found.measures:
        fallen = found.distributions.get(measure.code, ())[:1]
        if not measure.filter_field or not fallen or fallen[0].not_asked is None or not sample.population:
            continue
        asked = sample.responses - fallen[0].not_asked
        if (share := filtered_margin(fallen[0].base, asked, sample.responses, sample.population)) is not None:
            told.append(f"{measure.code} {margin(share)}")
    if told:
        yield f"Measures that only some are asked have margins of their own: {', '.join(told)}."


def outside(found: Funnel) -> str:
    """How many landlords lie outside limits that know how far landlords differ anyway.

    >>> outside(Funnel(0.71, 35.0, 0.08, 0.998, (), 9, 246))
    '9 of 0 landlords lie outside the limits.'
    """
    return f"{count(found.outside)} of {count(len(found.points))} landlords lie outside the limits."


def peers_named(found: Compared, names: Sequence[str]) -> str:
    """The peers, named.

    >>> from analysis.model import PeerGroup
    >>> base = dict(year="2024/25", landlord="A", name="Ash", tenure_group="LCRA", source="")
    >>> peers = PeerGroup("region and type: North, Council", ("A", "B"))
    >>> found = Compared(**base, peers=peers, standings=(), alike=None, methods=())
    >>> peers_named(found, ["Ash", "Beech"])
    '2 landlords alike in region and type: North, Council: Ash, Beech.'
    """
    return f"{count(len(found.peers.landlords))} landlords alike in {found.peers.name}: {listed(tuple(names), 8)}."
