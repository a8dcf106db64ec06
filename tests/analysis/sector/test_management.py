from __future__ import annotations

import pytest
from sector_years import Made, sector_year

from analysis.model import ManagementMeasure
from analysis.sector.management import management_places
from analysis.sector.peers import peers

MEASURES = tuple(
    ManagementMeasure(code, "", "", "", unit, better, ("LCRA",), "2024/25", False, "")
    for code, unit, better in (
        ("RP01", "%", "low"),
        ("BS01", "%", "high"),
        ("CH01_1", "per 1,000 homes", "context"),
        ("CH02_1", "%", "high"),
        ("NM01_1", "per 1,000 homes", "context"),
    )
)


def landlord(at: int, **other: tuple[float, float]) -> Made:
    usual = {"RP01": (at, 100), "BS01": (1000 - at % 2, 1000), "CH01_1": (at, 1000), "CH02_1": (80 + at, 100)}
    return Made(f"L{at:02d}", 0.7, management={**usual, **other})


def places(landlords: list[Made], code: str):
    year = sector_year(landlords)
    found = management_places(year, code, "LCRA", peers(year, code, "LCRA", ()), MEASURES)
    return {each.measure: each for each in found}


TWELVE = [landlord(at) for at in range(12)]


def test_a_place_counts_from_the_better_end():
    found = places(TWELVE, "L02")
    assert (found["RP01"].rank, found["RP01"].quartile) == (3, 1)  # few homes that fail are good
    assert (found["CH02_1"].rank, found["CH02_1"].quartile) == (10, 4)
    assert (found["RP01"].lower, found["RP01"].median, found["RP01"].upper) == pytest.approx((2.75, 5.5, 8.25))


def test_landlords_with_the_same_figure_share_a_place():
    found = places([*TWELVE, *(Made(f"Z{n}", 0.7, management={"RP01": (0, 100)}) for n in range(3))], "Z1")
    assert (found["RP01"].rank, found["RP01"].tied) == (1, 4)


def test_safety_checks_are_told_as_homes_outstanding_and_have_no_place():
    found = places(TWELVE, "L03")["BS01"]
    assert (found.outstanding, found.none_outstanding, found.among) == (1, 6, 12)
    assert (found.rank, found.quartile, found.median) == (None, None, None)
    assert found.tenure_group == ""


def test_volumes_of_complaints_have_no_better_end():
    found = places(TWELVE, "L03")["CH01_1"]
    assert found.better == "context" and found.median == pytest.approx(5.5)
    assert (found.rank, found.quartile) == (None, None)


def test_answers_within_an_extension_are_told_apart():
    assert places(TWELVE, "L00")["CH02_1"].parts == (60, 20)


def test_nothing_in_the_denominator_is_not_applicable_and_never_nought():
    found = places([*TWELVE, landlord(12, CH02_1=(0, 0))], "L12")["CH02_1"]
    assert found.value is None and "not applicable" in found.withheld and found.among == 12
    assert places([*TWELVE, Made("X", 0.7)], "X")["RP01"].withheld == "no figure published"


def test_among_fewer_than_ten_there_are_no_quartiles_and_no_place():
    found = places(TWELVE[:9], "L02")["RP01"]
    assert found.value == 2 and (found.median, found.rank) == (None, None)


def test_a_measure_nobody_has_is_not_there():
    assert "NM01_1" not in places(TWELVE, "L00")
