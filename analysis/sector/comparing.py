"""The story of one landlord in one year of the sector: calls, no arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from analysis.model import (
    Adjusted,
    Compared,
    Funnel,
    ManagementMeasure,
    PeerGroup,
    SampleCheck,
    SectorSurvey,
    SectorYear,
    Standing,
)
from analysis.sector.management import management_places
from analysis.sector.methods import adjusted, by_method, method_gaps
from analysis.sector.moves import moves, shift
from analysis.sector.peers import FEWEST, peers, surveyed_alike
from analysis.sector.standing import standings
from analysis.survey.sampling import sample_check
from analysis.watch.funnel import funnel

OVERALL = "TP01"


def compare_landlord(
    year: SectorYear,
    landlord: str,
    tenure_group: str,
    among: PeerGroup | None = None,
    earlier: SectorYear | None = None,
    pairs: Mapping[str, str] | None = None,
    management: Sequence[ManagementMeasure] = (),
) -> Compared:
    """Where a landlord stands among its peers (region and type, unless given), what moved, what the way of asking did.

    ``pairs`` says which landlord of the ``earlier`` year each of this one was; ``management`` are the measures of the
    register to be placed besides. Raises KeyError for a landlord without
    results for the tenure group.
    """
    group = among or peers(year, landlord, tenure_group)
    found = standings(year, landlord, tenure_group, group)
    like = standings(year, landlord, tenure_group, surveyed_alike(year, landlord, tenure_group), (OVERALL,))
    score, why = _adjusted(year, found, landlord, tenure_group)
    was = None if earlier is None or pairs is None else pairs.get(landlord)
    held = earlier is not None and was is not None and (was, tenure_group) in earlier.surveys
    return Compared(
        year=year.year,
        landlord=landlord,
        name=year.landlords[landlord].name,
        tenure_group=tenure_group,
        source=f"{year.published} ({year.source})",
        peers=group,
        standings=found,
        alike=like[0] if like else None,
        methods=by_method(year, landlord, tenure_group),
        moves=moves(earlier, year, {landlord: was}, tenure_group) if held and earlier and was else (),
        earlier=earlier.year if held and earlier else "",
        shifted=shift(earlier, year, was, landlord, tenure_group) if held and earlier and was else None,
        adjusted=score,
        untold=why,
        funnel=_funnel(year, tenure_group),
        sample=_sample(year.surveys[landlord, tenure_group]),
        gaps=method_gaps(year, landlord, tenure_group),
        management=management_places(year, landlord, tenure_group, group, management),
    )


def _funnel(year: SectorYear, tenure_group: str) -> Funnel | None:
    """Overall satisfaction of every landlord against limits that know how far landlords differ anyway."""
    table = year.measures
    mine = table[(table.tenure_group == tenure_group) & (table.measure == OVERALL) & (table.base > 0)]
    if len(mine) < FEWEST:
        return None
    yes, base = (mine[name].to_numpy(dtype=np.float64) for name in ("yes", "base"))
    return funnel(mine.landlord.tolist(), yes, base)


def _sample(survey: SectorSurvey) -> SampleCheck | None:
    """Its margin against the one the regulator asks for; None where the number of answers is not given."""
    if survey.sample is None:
        return None
    return sample_check(survey.tenure_group, survey.sample, survey.population, bool(survey.census))


def _adjusted(
    year: SectorYear, found: tuple[Standing, ...], landlord: str, tenure_group: str
) -> tuple[Adjusted | None, str]:
    overall = next((each for each in found if each.measure == OVERALL), None)
    if overall is None or overall.share is None or overall.low is None or overall.high is None:
        return None, "overall satisfaction has no place among these landlords"
    try:
        return adjusted(year, landlord, tenure_group, overall.share, overall.low, overall.high), ""
    except ValueError as fault:
        return None, str(fault)
