"""What the way of asking did to a score: results by method beside the sector's, and the score with another mix."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis.model import Adjusted, MethodEffect, MethodGap, MethodStanding, SectorYear
from analysis.sector.peers import mix_of
from analysis.sector.standing import part_answered, share_worth
from analysis.survey.design import Floats
from analysis.survey.intervals import mover, wilson

FEWEST = 50  # responses by a method: the regulator's own least since 2024/25
FEWEST_LANDLORDS = 10
REFERENCE = "Telephone"
LEVEL = 0.95
NORMAL = NormalDist()

ASSUMPTIONS = (
    "People asked in one way would have answered in another as the sector's landlords' tenants do who were asked both "
    "ways, although those differ in age and other respects.",
    "The difference between two ways of asking is for this landlord like that of other landlords: the range allows for "
    "how far they differ in it.",
    "Only the mix of methods is changed; who answered stays as it was.",
    "Ways of asking of which too little is known count as the telephone.",
)


def by_method(year: SectorYear, landlord: str, tenure_group: str) -> tuple[MethodStanding, ...]:
    """Overall satisfaction by each way of asking, most answers first, beside the median of landlords asked that way.

    Results of fewer than 50 responses are left out. The median is None among fewer than 10 landlords.
    """
    table = _enough(year, tenure_group)
    answered = part_answered(year.surveys[landlord, tenure_group])
    mine = table[table.landlord == landlord].sort_values("n", ascending=False)
    found = []
    for method, n, share in mine[["method", "n", "share"]].itertuples(index=False):
        others = table.loc[table.method == method, "share"]
        p, size = np.array([float(share)]), np.array([float(n)])
        low, high = wilson(p, share_worth(size, np.array([answered])), size - 1, LEVEL)
        median = float(others.median()) if len(others) >= FEWEST_LANDLORDS else None
        found.append(MethodStanding(method, int(n), float(share), float(low[0]), float(high[0]), median, len(others)))
    return tuple(found)


def method_effects(year: SectorYear, tenure_group: str) -> Mapping[str, MethodEffect]:
    """How much each method scores above the telephone within the same landlord, by method.

    Of landlords with at least 50 responses both ways; methods of fewer than 10 such landlords are not there.
    """
    table = _enough(year, tenure_group)
    if table.empty:
        return {}
    answered = np.array([part_answered(year.surveys[code, tenure_group]) for code in table.landlord], dtype=np.float64)
    noise = table.share * (1 - table.share) / table.n * (1 - answered)
    table = table.assign(noise=noise)[["landlord", "method", "share", "noise"]]
    reference = table[table.method == REFERENCE]
    found = {}
    for method, rows in table[table.method != REFERENCE].groupby("method"):
        both = rows.merge(reference, on="landlord", suffixes=("", "_reference"))
        if len(both) >= FEWEST_LANDLORDS:
            gap = (both.share - both.share_reference).to_numpy(dtype=np.float64)
            sampling = (both.noise + both.noise_reference).to_numpy(dtype=np.float64)
            found[str(method)] = _effect(str(method), gap, sampling)
    return MappingProxyType(found)


def _effect(method: str, gap: Floats, sampling: Floats) -> MethodEffect:
    """``spread``² is the variance of the gaps less what sampling alone gives them on average (method of moments)."""
    lower, median, upper = (float(each) for each in np.quantile(gap, [0.25, 0.5, 0.75]))
    spread = float(np.sqrt(max(gap.var(ddof=1) - sampling.mean(), 0.0)))
    return MethodEffect(method, len(gap), lower, median, upper, spread)


def method_gaps(year: SectorYear, landlord: str, tenure_group: str) -> tuple[MethodGap, ...]:
    """How far each way of asking lies from the telephone in one landlord, beside the same gap in the sector.

    Newcombe's interval on Wilson's with the part of the tenants that answered. Empty where there are not at least 50
    responses by telephone and by another way.
    """
    effects = method_effects(year, tenure_group)
    mine = {each.method: each for each in by_method(year, landlord, tenure_group)}
    phone = mine.pop(REFERENCE, None)
    if phone is None:
        return ()
    found = []
    for method, other in mine.items():
        ends = mover((other.share, other.low, other.high), (phone.share, phone.low, phone.high))
        difference, low, high = (float(each) for each in ends)
        found.append(MethodGap(method, difference, low, high, effects.get(method)))
    return tuple(found)


def adjusted(year: SectorYear, landlord: str, tenure_group: str, share: float, low: float, high: float) -> Adjusted:
    """What a score (with its interval) might have been with the sector's mix of methods. Never for publication.

    The score less what the landlord's mix adds over the sector's, by the median gap between methods within the same
    landlord. The range adds in quadrature the score's own interval and 1.96 Σ |shift| spread √(1 + π/2k): how far
    the gap of one landlord may lie from the median of k. Gaps of several methods are taken to err together.
    Raises ValueError where the landlord's mix is not given, or holds a method whose effect is not known.
    """
    own, sector = mix_of(year.surveys[landlord, tenure_group]), sector_mix(year, tenure_group)
    if not own:
        raise ValueError("How this landlord's tenants were asked is not published, so there is no mix to change.")
    effects = method_effects(year, tenure_group)
    unknown = [m for m, part in own.items() if part > 0.01 and m != REFERENCE and m not in effects]
    if unknown:
        raise ValueError(f"Too few landlords asked both by {unknown[0].lower()} and by telephone to know its effect.")
    shift = {method: sector.get(method, 0.0) - own.get(method, 0.0) for method in effects}
    value = share + sum(part * effects[method].median for method, part in shift.items())
    reach = NORMAL.inv_cdf((1 + LEVEL) / 2) * sum(abs(part) * _error(effects[m]) for m, part in shift.items())
    down, up = float(np.hypot(share - low, reach)), float(np.hypot(high - share, reach))
    return Adjusted(share, value, max(value - down, 0.0), min(value + up, 1.0), own, sector, ASSUMPTIONS)


def _error(effect: MethodEffect) -> float:
    """How far one landlord's gap may lie from the median of the others': a standard error."""
    return effect.spread * math.sqrt(1 + math.pi / 2 / effect.landlords)


def sector_mix(year: SectorYear, tenure_group: str) -> Mapping[str, float]:
    """The share of all responses of a tenure group by each method."""
    total: dict[str, float] = {}
    for (_, group), survey in year.surveys.items():
        if group == tenure_group:
            for method, n in survey.methods.items():
                total[method] = total.get(method, 0.0) + n
    whole = sum(total.values())
    return MappingProxyType({method: n / whole for method, n in total.items()} if whole else {})


def _enough(year: SectorYear, tenure_group: str) -> pd.DataFrame:
    table = year.methods
    mine = table[(table.tenure_group == tenure_group) & (table.measure == "TP01")]
    return mine[mine.share.notna() & (mine.n >= FEWEST)]
