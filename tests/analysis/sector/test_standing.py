from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
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


def test_a_place_does_not_hang_on_what_else_is_asked_for():
    year = sector_year(spread(300))
    second = year.measures.assign(measure="TP02")
    both = replace(year, measures=pd.concat([year.measures, second], ignore_index=True))
    every = peers(year, "L20", "LCRA", ())
    one, two = standings(both, "L20", "LCRA", every)
    assert (two,) == standings(both, "L20", "LCRA", every, ("TP02",)) and one == replace(two, measure="TP01")


def test_more_answers_than_homes_are_no_census():
    odd = standing([Made("X", 0.7, base=1001, population=1000), *spread(300)], "X")
    assert odd.high - odd.low > 0.05


def test_ranks_hold_the_true_one_about_as_often_as_they_say():
    """Shares are drawn about known ones; 60 landlords of 100 to 300 answers, ten times."""
    random = np.random.default_rng(4)
    held = []
    for _ in range(10):
        true, n = np.clip(random.normal(0.7, 0.1, 60), 0.05, 0.95), random.integers(100, 300, 60)
        seen = random.binomial(n, true) / n
        made = [Made(f"L{at:02d}", float(seen[at]), int(n[at]), 10**7) for at in range(60)]
        year = sector_year(made)
        every = peers(year, "L00", "LCRA", ())
        for at in range(0, 60, 3):
            found = standings(year, f"L{at:02d}", "LCRA", every)[0]
            held.append(found.rank_low <= 1 + (true > true[at]).sum() <= found.rank_high)
    assert 0.90 <= np.mean(held) <= 0.995


def test_among_fewer_than_ten_there_is_no_place():
    found = standing(spread(300, 9), "L03")
    assert found.withheld == "fewer than 10 of these landlords have a figure" and found.claim == ()


def test_a_figure_that_is_not_published_has_its_reason():
    found = standing([*spread(300), Made("X", 0.7, flag="S")], "X")
    assert found.withheld == "flagged [S] by the regulator" and found.rank is None
