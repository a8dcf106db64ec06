from __future__ import annotations

import pytest
from sector_years import Made, sector_year

from analysis.sector.peers import peers
from analysis.sector.standing import standings


def spread(base: int, number: int = 40) -> list[Made]:
    """Landlords at even steps from 50 % to 89 %."""
    return [Made(f"L{n:02d}", 0.5 + n / 100, base=base) for n in range(number)]


def standing(landlords, code):
    year = sector_year(landlords)
    return standings(year, code, "LCRA", peers(year, code, "LCRA", ()))[0]


def test_with_very_many_answers_the_place_is_sure():
    found = standing(spread(5_000_000), "L39")
    assert (found.rank, found.rank_low, found.rank_high) == (1, 1, 1)
    assert found.claim == (1,) and found.quartiles[0] == 1
    assert standing(spread(5_000_000), "L00").claim == (4,)


def test_with_few_answers_more_than_one_quartile_is_claimed():
    found = standing(spread(300), "L20")
    assert found.rank == 20 and found.rank_low < 20 < found.rank_high
    assert len(found.claim) > 1 and sum(found.quartiles) == pytest.approx(1)
    assert found.low < found.share < found.high


def test_a_landlord_that_asked_everybody_is_sure_of_its_own_share():
    everybody = [Made("X", 0.7, base=1000, population=1000), *spread(300)]
    found = standing(everybody, "X")
    assert found.high - found.low < 0.001


def test_quartiles_are_those_of_the_figures_as_published():
    found = standing(spread(1000), "L10")
    assert (found.lower, found.median, found.upper) == pytest.approx((0.5975, 0.695, 0.7925))


def test_the_same_question_has_the_same_answer():
    assert standing(spread(300), "L20") == standing(spread(300), "L20")


def test_among_fewer_than_ten_there_is_no_place():
    found = standing(spread(300, 9), "L03")
    assert found.withheld == "fewer than 10 of these landlords have a figure" and found.claim == ()


def test_a_figure_that_is_not_published_has_its_reason():
    found = standing([*spread(300), Made("X", 0.7, flag="S")], "X")
    assert found.withheld == "flagged [S] by the regulator" and found.rank is None
