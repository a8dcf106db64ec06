"""The sector asked: benchmarks that come with the program, and any landlord of an imported year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.model import (
    Compared,
    Estimate,
    Findings,
    ManagementFigure,
    ManagementMeasure,
    Measure,
    PeerGroup,
    SectorFigures,
    SectorYear,
)
from analysis.sector.benchmark import claim
from analysis.sector.comparing import compare_landlord
from analysis.sector.peers import nearest, peers, surveyed_alike
from data import registers
from data.sector import SectorYears, shipped, shipped_years
from data.sector_matches import Matches, pairs

REGION_AND_TYPE, LIKE_SIZE, LIKE_METHOD, SUPPORTED, NEAREST, ALIKE, EVERY = (
    "the same region and type",
    "the same size",
    "the same main method",
    "the same part of supported housing",
    "the nearest by profile",
    "asked in a like way",
    "every landlord",
)
WAYS: Mapping[str, tuple[str, ...] | None] = {
    REGION_AND_TYPE: ("region", "type"),
    LIKE_SIZE: ("size",),
    LIKE_METHOD: ("method",),
    SUPPORTED: ("supported housing",),
    NEAREST: None,
    ALIKE: None,
    EVERY: (),
}


def peers_of(year: SectorYear, landlord: str, tenure_group: str, way: str) -> PeerGroup:
    """The peers of a landlord in one of the ways offered. Raises KeyError for a way or landlord that is not there."""
    if way == NEAREST:
        return nearest(year, landlord, tenure_group)
    if way == ALIKE:
        return surveyed_alike(year, landlord, tenure_group)
    return peers(year, landlord, tenure_group, WAYS[way] or ())


def compared(
    years: SectorYears,
    year: str,
    landlord: str,
    tenure_group: str,
    way: str = REGION_AND_TYPE,
    named: Sequence[str] = (),
) -> Compared:
    """One landlord of an imported year: standing, moves since the year before where that is imported, methods,
    management measures.

    Raises NotHeld for a year that is not imported, KeyError for a landlord without results for the tenure group.
    """
    now = years.load(year)
    earlier = next((held for held in years.years() if held < year), None)
    before = None if earlier is None else years.load(earlier)
    said = {} if before is None else Matches(years.folder).said(before.year, now.year)
    among = peers(now, landlord, tenure_group, named=named) if named else peers_of(now, landlord, tenure_group, way)
    matched = None if before is None else pairs(before, now, said)
    return compare_landlord(now, landlord, tenure_group, among, before, matched, management_of(year))


def management_of(year: str) -> tuple[ManagementMeasure, ...]:
    """The management measures as that year's rules have them; none for a year whose rules are not held."""
    return registers.management_measures(year) if year in registers.reporting_years() else ()


def beside_sector(
    found: Findings, year: str, cut: str = "all", group: str = "all"
) -> tuple[tuple[Measure, Estimate, SectorFigures], ...]:
    """Our own measures beside the shipped quartiles of a year, for landlords alike in one thing."""
    figures = shipped(year, found.question.tenure_group, cut, group)
    return tuple((m, found.headline[m.code], figures[m.code]) for m in found.measures if m.code in figures)


def claims(rows: Sequence[tuple[Measure, Estimate, SectorFigures]]) -> dict[str, tuple[int, ...]]:
    """Which quarter each of our measures may claim."""
    return {measure.code: claim(estimate, figures) for measure, estimate, figures in rows}


def beside_management(figures: Sequence[ManagementFigure]) -> Mapping[tuple[str, str], SectorFigures]:
    """The newest shipped quartiles of each management measure, by code and tenure group; none for some.

    Landlords report safety checks and anti-social behaviour for all their homes together: those have no group there.
    """
    year = shipped_years()[0]
    found: dict[tuple[str, str], SectorFigures] = {}
    for each in figures:
        code, group = each.measure.code, each.tenure_group
        held = shipped(year, group).get(code) or shipped(year, "").get(code)
        if held is not None:
            found[code, group] = held
    return found
