"""Quartiles and medians of each measure among landlords alike, from one year of the sector."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from analysis.model import SectorFigures, SectorLandlord, SectorYear

FEWEST = 10  # landlords: among fewer a quartile is two of them
SHARES = (0.25, 0.5, 0.75)
MUCH, LITTLE = "more than 30%", "30% or less"  # of the rented homes are supported housing
ALL = ("all", "all")


def quartiles_of(year: SectorYear, fewest: int = FEWEST) -> tuple[SectorFigures, ...]:
    """Quartiles of every measure among all landlords and among those alike, as published, each landlord counting once.

    Perception results as percentages, by tenure group; management measures as published. Quartiles interpolate
    linearly between landlords; groups of fewer than ``fewest`` landlords with a figure are left out.
    """
    perception = year.measures.assign(value=100 * year.measures.share)
    columns = ["landlord", "tenure_group", "measure", "value"]
    table = pd.concat([perception[columns], year.management[columns]], ignore_index=True)
    table = table[table.value.notna()]
    memberships = _memberships(year)
    found = []
    for key, rows in table.groupby(["tenure_group", "measure"], sort=True):
        group, measure = map(str, key)
        values: dict[tuple[str, str], list[float]] = {}
        for landlord, value in zip(rows.landlord, rows.value, strict=True):
            for alike_in in memberships[(landlord, group)]:
                values.setdefault(alike_in, []).append(value)
        for (cut, member), among in sorted(values.items()):
            if len(among) >= fewest:
                lower, median, upper = np.quantile(among, SHARES)
                found.append(SectorFigures(year.year, group, cut, member, measure, len(among), lower, median, upper))
    return tuple(found)


def alike(landlord: SectorLandlord, main_method: str = "") -> Iterator[tuple[str, str]]:
    """Every cut a landlord belongs to, and the group in it: ("region", "North"). What is not stated is in none.

    >>> list(alike(SectorLandlord("X1", "Ash Homes", "Council", "North"), "Telephone"))[:4]
    [('all', 'all'), ('type', 'Council'), ('region', 'North'), ('main method', 'Telephone')]
    """
    supported = {True: MUCH, False: LITTLE, None: ""}[landlord.supported_housing]
    both = f"{landlord.region}, {landlord.type}" if landlord.region and landlord.type else ""
    yield ALL
    for cut, group in (
        ("type", landlord.type),
        ("region", landlord.region),
        ("size", landlord.group_size),
        ("main method", main_method),
        ("supported housing", supported),
        ("region and type", both),
    ):
        if group:
            yield cut, group


def _memberships(year: SectorYear) -> Mapping[tuple[str, str], tuple[tuple[str, str], ...]]:
    """The cuts of each landlord for each tenure group; a main method only where that group was surveyed."""
    groups = {*year.measures.tenure_group.unique(), *year.management.tenure_group.unique()}
    return {
        (code, group): tuple(alike(landlord, survey.main_method if (survey := year.surveys.get((code, group))) else ""))
        for code, landlord in year.landlords.items()
        for group in groups
    }
