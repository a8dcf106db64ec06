"""What the way of asking did to a score: results by method beside the sector's, and the score with another mix."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis.model import Adjusted, MethodStanding, SectorYear
from analysis.sector.peers import mix_of
from analysis.sector.standing import part_answered, share_worth
from analysis.survey.intervals import wilson

FEWEST = 50  # responses by a method: the regulator's own least since 2024/25
FEWEST_LANDLORDS = 10
REFERENCE = "Telephone"
LEVEL = 0.95

ASSUMPTIONS = (
    "People asked in one way would have answered in another as the sector's landlords' tenants do who were asked both "
    "ways, although those differ in age and other respects.",
    "The difference between two ways of asking is the same for this landlord as for the middle half of landlords.",
    "Only the mix of methods is changed; who answered stays as it was.",
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


def method_effects(year: SectorYear, tenure_group: str) -> Mapping[str, tuple[int, float, float, float]]:
    """How much each method scores above the telephone within the same landlord: landlords, quarter, median, quarter.

    Of landlords with at least 50 responses both ways; methods of fewer than 10 such landlords are not there.
    """
    table = _enough(year, tenure_group)
    if REFERENCE not in set(table.method):
        return {}
    wide = table.pivot_table(index="landlord", columns="method", values="share")
    found: dict[str, tuple[int, float, float, float]] = {}
    for method in wide.columns:
        gap = (wide[method] - wide[REFERENCE]).dropna()
        if method != REFERENCE and len(gap) >= FEWEST_LANDLORDS:
            lower, median, upper = np.quantile(gap, [0.25, 0.5, 0.75])
            found[str(method)] = (len(gap), float(lower), float(median), float(upper))
    return MappingProxyType(found)


def adjusted(year: SectorYear, landlord: str, tenure_group: str, share: float, low: float, high: float) -> Adjusted:
    """What a score (with its interval) might have been with the sector's mix of methods. Never for publication.

    The score less what the landlord's mix adds over the sector's, by the median gap between methods within the same
    landlord; the range takes the middle half of those gaps and the score's own interval together in quadrature.
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
    value = share + sum(part * effects[method][2] for method, part in shift.items())
    spread = sum(abs(part) * (effects[method][3] - effects[method][1]) / 2 for method, part in shift.items())
    down, up = float(np.hypot(share - low, spread)), float(np.hypot(high - share, spread))
    return Adjusted(share, value, max(value - down, 0.0), min(value + up, 1.0), own, sector, ASSUMPTIONS)


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
