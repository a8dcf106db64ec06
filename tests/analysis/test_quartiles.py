"""Quartiles among landlords alike: each landlord once, groups apart, too few left out."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.model import SectorLandlord, SectorSurvey, SectorYear
from analysis.model.sector import MANAGEMENT_COLUMNS, MEASURE_COLUMNS, METHOD_COLUMNS
from analysis.quartiles import FEWEST, alike, quartiles_of


def year(shares: dict[str, float], regions: dict[str, str] | None = None, group: str = "LCRA") -> SectorYear:
    regions = regions or {}
    rows = [
        {"landlord": code, "tenure_group": group, "measure": "TP01", "share": share} for code, share in shares.items()
    ]
    return SectorYear(
        year="2024/25",
        source="",
        sha256="",
        published="",
        landlords={code: SectorLandlord(code, code, "Council", regions.get(code, "North")) for code in shares},
        surveys={(code, group): SectorSurvey(code, group, 1, 1, 1, 1, main_method="Postal") for code in shares},
        measures=pd.DataFrame(rows, columns=list(MEASURE_COLUMNS)),
        methods=pd.DataFrame([], columns=list(METHOD_COLUMNS)),
        management=pd.DataFrame([], columns=list(MANAGEMENT_COLUMNS)),
    )


def test_quartiles_interpolate_between_landlords():
    made = {f"L{n}": n / 100 for n in range(1, 11)}  # 1 to 10 per cent; by hand: 3.25, 5.5, 7.75
    held = {(f.cut, f.group): f for f in quartiles_of(year(made))}
    assert (held[("all", "all")].lower, held[("all", "all")].median, held[("all", "all")].upper) == pytest.approx(
        (3.25, 5.5, 7.75)
    )
    assert held[("all", "all")].n == 10


def test_what_landlords_have_in_common_makes_a_group():
    made = year({f"L{n}": n / 100 for n in range(1, 11)})
    groups = {(f.cut, f.group) for f in quartiles_of(made)}
    assert groups == {
        ("all", "all"),
        ("type", "Council"),
        ("region", "North"),
        ("main method", "Postal"),
        ("region and type", "North, Council"),
    }


def test_groups_of_too_few_landlords_and_figures_not_given_are_left_out():
    regions = {f"L{n}": "South" for n in range(1, FEWEST)}  # one short of enough
    made = year({**{f"L{n}": n / 100 for n in range(1, 13)}, "L13": float("nan")}, regions)
    held = {(f.cut, f.group): f.n for f in quartiles_of(made)}
    assert held[("all", "all")] == 12
    assert ("region", "South") not in held and ("region", "North") not in held


def test_what_is_not_stated_puts_a_landlord_in_no_group():
    assert list(alike(SectorLandlord("L1", "Ash", "", merged=True))) == [("all", "all")]
