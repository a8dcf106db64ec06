from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sector_years import Made, sector_year

from analysis.sector.methods import adjusted, by_method, method_effects, method_gaps, sector_mix

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
    found = method_effects(sector_year(both_ways()), "LCRA")["Internet"]
    assert (found.method, found.landlords) == ("Internet", 12)
    assert (found.lower, found.median, found.upper) == pytest.approx((-0.1525, -0.15, -0.14), abs=0.01)
    assert found.spread == 0  # a point either way is less than 500 answers each way would differ by chance
    assert not method_effects(sector_year(both_ways(9)), "LCRA")


def test_the_score_with_the_sectors_mix_is_a_range_and_not_for_publication():
    online = Made("X", 0.60, methods={"Internet": 1000})
    year = sector_year([*both_ways(), online])
    found = adjusted(year, "X", "LCRA", 0.60, 0.57, 0.63)
    # the sector is 12/13 telephone: 0.60 + 12/13 × 0.15
    assert found.value == pytest.approx(0.60 + 12 / 13 * 0.15)
    assert found.low == pytest.approx(found.value - 0.03)  # landlords do not differ in the gap beyond chance
    assert found.not_for_publication and len(found.assumptions) == 4
    assert sum(sector_mix(year, "LCRA").values()) == pytest.approx(1)


def differing(number: int = 400) -> list[Made]:
    """Landlords whose gap between the two ways differs with a standard deviation of 8 points, beside chance."""
    random = np.random.default_rng(3)
    gaps = np.clip(random.normal(-0.15, 0.08, number), -0.6, 0.3)
    seen = [(random.binomial(200, 0.7) / 200, random.binomial(200, 0.7 + gap) / 200) for gap in gaps]
    return [
        Made(f"L{at:03d}", 0.65, population=10**6, by_method={"Telephone": (a, 200), "Internet": (b, 200)})
        for at, (a, b) in enumerate(seen)
    ]


def test_how_far_landlords_differ_in_an_effect_is_told_without_chance():
    assert method_effects(sector_year(differing()), "LCRA")["Internet"].spread == pytest.approx(0.08, abs=0.01)


def test_the_range_with_another_mix_allows_for_how_far_landlords_differ_in_the_effect():
    year = sector_year([*differing(), Made("X", 0.60, methods={"Internet": 1000})])
    found = adjusted(year, "X", "LCRA", 0.60, 0.57, 0.63)
    wide = 1.96 * 400 / 401 * 0.08
    assert found.high - found.value == pytest.approx((wide**2 + 0.03**2) ** 0.5, abs=0.02)


def test_a_landlord_s_own_gap_stands_beside_the_sectors():
    year = sector_year([*both_ways(), Made("X", 0.7, by_method={"Telephone": (0.74, 500), "Internet": (0.70, 400)})])
    (gap,) = method_gaps(year, "X", "LCRA")
    assert (gap.method, gap.difference) == ("Internet", pytest.approx(-0.04))
    assert gap.low < -0.04 < gap.high and gap.effect.landlords == 13
    (alone,) = method_gaps(sector_year([Made("X", 0.7, by_method=both_ways(1)[0].by_method)]), "X", "LCRA")
    assert alone.effect is None


def test_without_both_ways_there_is_no_gap():
    year = sector_year([Made("X", 0.7, by_method={"Internet": (0.7, 400)})])
    assert method_gaps(year, "X", "LCRA") == ()


def test_without_a_mix_or_an_effect_there_is_no_such_score():
    year = sector_year([*both_ways(), Made("X", 0.6, methods={}), Made("Y", 0.6, methods={"SMS": 100})])
    with pytest.raises(ValueError, match="not published"):
        adjusted(year, "X", "LCRA", 0.6, 0.5, 0.7)
    with pytest.raises(ValueError, match="Too few landlords asked both by sms"):
        adjusted(year, "Y", "LCRA", 0.6, 0.5, 0.7)


def test_a_year_without_results_by_method_has_no_effects():
    year = sector_year([Made("A", 0.7)])
    assert not method_effects(year, "LCRA")
    assert not method_effects(replace(year, methods=year.methods.astype("str")), "LCRA")  # as an empty file is read
