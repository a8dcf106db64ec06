from __future__ import annotations

import pytest
from sector_years import Made, sector_year

from analysis.sector.methods import adjusted, by_method, method_effects, sector_mix

PHONE = {"Telephone": 1000}


def both_ways(number: int = 12) -> list[Made]:
    """Landlords asked both ways, the internet 15 points below the telephone."""
    return [
        Made(f"L{n:02d}", 0.7, by_method={"Telephone": (0.75, 500), "Internet": (0.60 + (n % 3 - 1) / 100, 500)})
        for n in range(number)
    ]


def test_results_by_method_stand_beside_the_median_of_those_asked_that_way():
    telephone, internet = by_method(sector_year(both_ways()), "L00", "LCRA")
    assert {telephone.method, internet.method} == {"Telephone", "Internet"}
    assert (telephone.median, telephone.among) == (0.75, 12) if telephone.method == "Telephone" else True
    assert all(each.low < each.share < each.high for each in (telephone, internet))


def test_fewer_than_fifty_responses_by_a_method_are_left_out():
    year = sector_year([Made("A", 0.7, by_method={"Telephone": (0.7, 49)})])
    assert by_method(year, "A", "LCRA") == ()


def test_an_effect_is_within_the_same_landlord_and_needs_ten_of_them():
    assert method_effects(sector_year(both_ways()), "LCRA")["Internet"] == pytest.approx(
        (12, -0.1525, -0.15, -0.14), abs=0.01
    )
    assert not method_effects(sector_year(both_ways(9)), "LCRA")


def test_the_score_with_the_sectors_mix_is_a_range_and_not_for_publication():
    online = Made("X", 0.60, methods={"Internet": 1000})
    year = sector_year([*both_ways(), online])
    found = adjusted(year, "X", "LCRA", 0.60, 0.57, 0.63)
    # the sector is 12/13 telephone: 0.60 + 12/13 × 0.15
    assert found.value == pytest.approx(0.60 + 12 / 13 * 0.15)
    assert found.low < 0.71 < found.value < found.high
    assert found.not_for_publication and len(found.assumptions) == 3
    assert sum(sector_mix(year, "LCRA").values()) == pytest.approx(1)


def test_without_a_mix_or_an_effect_there_is_no_such_score():
    year = sector_year([*both_ways(), Made("X", 0.6, methods={}), Made("Y", 0.6, methods={"SMS": 100})])
    with pytest.raises(ValueError, match="not published"):
        adjusted(year, "X", "LCRA", 0.6, 0.5, 0.7)
    with pytest.raises(ValueError, match="Too few landlords asked both by sms"):
        adjusted(year, "Y", "LCRA", 0.6, 0.5, 0.7)


def test_a_year_without_results_by_method_has_no_effects():
    assert not method_effects(sector_year([Made("A", 0.7)]), "LCRA")
