"""A landlord's place among its peers, with how sure it is: everybody's share is drawn from its own uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.model import PeerGroup, SectorSurvey, SectorYear, Standing
from analysis.sector.peers import FEWEST
from analysis.survey.design import Floats
from analysis.survey.intervals import wilson

DRAWS, SEED, LEVEL = 2_000, 20261129, 0.95


def standings(
    year: SectorYear, landlord: str, tenure_group: str, among: PeerGroup, measures: Sequence[str] = ()
) -> tuple[Standing, ...]:
    """Where a landlord stands on each measure (all, unless named) among its peers.

    Every landlord's share is drawn 2,000 times from its own uncertainty (on the arcsine scale, where its standard
    error is 1 / 2√n; n allows for the part of its tenants that answered), the landlord is ranked each time, and the
    middle 95 % of its ranks is told, and the quartiles that reaches into. Withheld, with the reason, where
    the landlord has no figure or fewer than 10 peers have one.
    """
    table = year.measures
    mine = table[(table.tenure_group == tenure_group) & table.landlord.isin(among.landlords)]
    worth = {code: 1 / (1 - answered) for code, answered in _answered(year, tenure_group, among).items()}
    return tuple(
        _standing(year, landlord, tenure_group, among, code, rows, worth)
        for code, rows in mine.groupby("measure", sort=True)
        if not measures or code in measures
    )


def share_worth(base: Floats, answered: Floats) -> Floats:
    """How many answers of a large population would be as sure: base / (1 - part that answered)."""
    with np.errstate(divide="ignore"):
        return np.where(answered < 1, base / np.maximum(1 - answered, 1e-12), np.inf)


def part_answered(survey: SectorSurvey) -> float:
    """The part of a landlord's tenants that answered.

    0 where either number is not given, or where more answered than there are: then neither is to be relied on.
    """
    if not survey.population or not survey.sample or survey.sample > survey.population:
        return 0.0
    return survey.sample / survey.population


def _answered(year: SectorYear, tenure_group: str, among: PeerGroup) -> dict[str, float]:
    """The part of each peer's tenants that answered, short of all of them: draws need a little uncertainty."""
    return {code: min(part_answered(year.surveys[code, tenure_group]), 1 - 1e-9) for code in among.landlords}


def _standing(
    year: SectorYear,
    landlord: str,
    tenure_group: str,
    among: PeerGroup,
    measure: object,
    rows: pd.DataFrame,
    worth: dict[str, float],
) -> Standing:
    code = str(measure)
    known = rows[rows.share.notna() & (rows.base > 0)]
    place = np.flatnonzero((known.landlord == landlord).to_numpy())
    found = Standing(landlord, tenure_group, code, year.year, among, len(known))
    if not len(place):
        flag = rows.loc[rows.landlord == landlord, "flag"]
        reason = f"flagged [{flag.iloc[0]}] by the regulator" if len(flag) and flag.iloc[0] else "no figure published"
        return replace(found, withheld=reason)
    if len(known) < FEWEST:
        return replace(found, withheld=f"fewer than {FEWEST} of these landlords have a figure")
    share = known.share.to_numpy(dtype=np.float64)
    n: Floats = known.base.to_numpy(dtype=np.float64) * known.landlord.map(worth).to_numpy(dtype=np.float64)
    return _placed(found, share, n, float(known.base.to_numpy()[place[0]]), int(place[0]))


def _placed(found: Standing, share: Floats, n: Floats, base: float, place: int) -> Standing:
    random = np.random.default_rng(SEED)  # anew for each measure: its place does not hang on what else is asked for
    centre, error = np.arcsin(np.sqrt(share)), 1 / (2 * np.sqrt(n))
    drawn = random.standard_normal((DRAWS, len(share)), dtype=np.float32) * error.astype(np.float32)
    drawn += centre.astype(np.float32)
    ranks = 1 + (drawn > drawn[:, [place]]).sum(axis=1)
    held = np.bincount(np.minimum((ranks - 1) * 4 // len(share), 3), minlength=4) / DRAWS  # as quartile_of, less 1
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(ranks, [tail, 1 - tail], method="inverted_cdf")
    ends = wilson(share[[place]], n[[place]], np.array([max(base - 1, 1)]), LEVEL)
    lower, median, upper = np.quantile(share, [0.25, 0.5, 0.75])
    return replace(
        found,
        share=float(share[place]),
        low=float(ends[0][0]),
        high=float(ends[1][0]),
        base=base,
        lower=float(lower),
        median=float(median),
        upper=float(upper),
        rank=int(1 + (share > share[place]).sum()),
        rank_low=int(low),
        rank_high=int(high),
        quartiles=tuple(held.tolist()),
        claim=tuple(range(quartile_of(int(low), len(share)), quartile_of(int(high), len(share)) + 1)),
    )


def quartile_of(rank: int, among: int) -> int:
    """The quartile a rank is in, 1 the top.

    >>> quartile_of(1, 40), quartile_of(10, 40), quartile_of(11, 40), quartile_of(40, 40)
    (1, 1, 2, 4)
    """
    return min((rank - 1) * 4 // among, 3) + 1
