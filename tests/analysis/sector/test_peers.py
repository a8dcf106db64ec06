from __future__ import annotations

import pytest
from sector_years import Made, sector_year

from analysis.sector.peers import apart_in_mix, mix_of, nearest, peers, surveyed_alike

YEAR = sector_year(
    [
        Made("A", 0.7),
        Made("B", 0.6, size=">40,000"),
        Made("C", 0.8, region="London"),
        Made("D", 0.5, type="Private registered provider"),
        Made("E", 0.65, methods={"Telephone": 500, "Internet": 500}),
    ]
)


def test_the_usual_peers_share_region_and_type_and_the_landlord_is_among_them():
    assert peers(YEAR, "A", "LCRA").landlords == ("A", "B", "E")
    assert peers(YEAR, "A", "LCRA").name == "region and type: North, Council"


def test_peers_may_be_alike_in_other_ways_or_named_or_everybody():
    assert peers(YEAR, "A", "LCRA", ("method",)).landlords == ("A", "B", "C", "D")
    assert peers(YEAR, "A", "LCRA", named=["D"]).landlords == ("A", "D")
    assert peers(YEAR, "A", "LCRA", ()).landlords == ("A", "B", "C", "D", "E")


def test_renters_and_shared_owners_are_never_together():
    with pytest.raises(KeyError, match="A Homes has no LCHO results"):
        peers(YEAR, "A", "LCHO")


def test_nobody_is_like_a_landlord_in_what_is_not_stated_of_it():
    year = sector_year([Made("M", 0.7, region=""), Made("W", 0.6, region=""), Made("A", 0.8)])
    found = peers(year, "M", "LCRA")
    assert found.landlords == ("A", "M", "W")  # every council, not only the other whose region is not stated
    assert found.name == "type: Council (region not stated)"
    assert peers(year, "M", "LCRA", ("region",)).name == "every landlord (region not stated)"


def test_a_named_landlord_that_is_not_there_is_told_of():
    with pytest.raises(ValueError, match=r"No LCRA results in 2024/25 for Z9: take them away\."):
        peers(YEAR, "A", "LCRA", named=["D", "Z9"])


def test_a_way_that_is_not_published_is_refused():
    with pytest.raises(ValueError, match="They are by: region, type"):
        peers(YEAR, "A", "LCRA", ("mood",))


def test_the_nearest_by_profile_begin_with_the_landlord_itself():
    assert nearest(YEAR, "A", "LCRA", 2).landlords[0] == "A"
    assert (
        set(nearest(YEAR, "A", "LCRA", 1).landlords) == {"A", "B"} or len(nearest(YEAR, "A", "LCRA", 1).landlords) == 2
    )


def test_nearest_in_size_is_by_ratio():
    year = sector_year([Made("A", 0.7, population=2_000)] + [Made(f"B{n}", 0.7, population=n) for n in (600, 3_500)])
    assert nearest(year, "A", "LCRA", 1).landlords == ("A", "B3500")


def test_surveyed_alike_are_those_whose_mix_of_methods_is_near():
    assert surveyed_alike(YEAR, "A", "LCRA").landlords == ("A", "B", "C", "D")
    assert surveyed_alike(YEAR, "E", "LCRA").landlords == ("E",)
    assert apart_in_mix(mix_of(YEAR.surveys["A", "LCRA"]), mix_of(YEAR.surveys["E", "LCRA"])) == 0.5


def test_where_a_mix_is_not_given_nobody_is_surveyed_alike():
    year = sector_year([Made("A", 0.7, methods={}), Made("B", 0.7, methods={})])
    assert surveyed_alike(year, "A", "LCRA").landlords == ("A",)
