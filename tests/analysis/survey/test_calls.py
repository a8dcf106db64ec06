"""Where the next calls should go: no group too small, half to whoever is too quiet, the rest where they tell most."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pandas as pd
import pytest

from analysis.model import ANY, OTHERS
from analysis.survey.calls import PRIOR_ANSWERS, call_plan, cell_of, together

DIMS = ("estate", "tenure")


def homes_of(*rows, columns=("estate", "tenure", "homes")):
    return pd.DataFrame(rows, columns=list(columns))


def counted(*rows):
    """Rows of estate, tenure, homes, answers; everyone may be called, a third was invited and as many answered."""
    frame = homes_of(*rows, columns=("estate", "tenure", "homes", "answers"))
    return frame.assign(
        may_be_called=frame["homes"],
        yes=(frame["answers"] * 0.7).round(),
        said=frame["answers"],
        invited=frame["homes"] // 3,
        complete=frame["answers"],
    )


def told(frame, fewest=30, dims=DIMS):
    return [tuple(row) for row in together(frame, dims, fewest).itertuples(index=False)]


def test_levels_big_enough_stay_as_they_are():
    assert told(homes_of(("Ash", "Rent", 40), ("Ash", "Older", 50))) == [("Ash", "Rent"), ("Ash", "Older")]


def test_small_levels_are_put_together_and_the_characteristic_given_up_where_all_are():
    frame = homes_of(("Ash", "Rent", 400), ("Ash", "Older", 20), ("Ash", "Supported", 15), ("Elm", "Rent", 31),
                     ("Elm", "Older", 5))  # fmt: skip
    assert told(frame) == [("Ash", "Rent"), ("Ash", OTHERS), ("Ash", OTHERS), ("Elm", ANY), ("Elm", ANY)]


def test_a_lone_small_level_takes_the_next_smallest_with_it_so_that_it_cannot_be_worked_out():
    frame = homes_of(("Ash", "Rent", 400), ("Ash", "Older", 50), ("Ash", "Supported", 5))
    assert told(frame) == [("Ash", "Rent"), ("Ash", OTHERS), ("Ash", OTHERS)]


def test_small_estates_are_put_together_too():
    frame = homes_of(("Ash", "Rent", 400), ("Elm", "Rent", 20), ("Fir", "Older", 15))
    assert told(frame) == [("Ash", "Rent"), (OTHERS, ANY), (OTHERS, ANY)]


def test_no_group_is_ever_smaller_than_was_asked_for():
    random = np.random.default_rng(7)
    rows = [
        (f"E{e}", f"T{t}", f"A{a}", int(random.integers(0, 12))) for e in range(40) for t in range(3) for a in range(7)
    ]
    frame = homes_of(*rows, columns=("estate", "tenure", "age_band", "homes"))
    frame = frame[frame["homes"] > 0].reset_index(drop=True)
    found = together(frame, ("estate", "tenure", "age_band"), 30)
    sizes = frame["homes"].groupby([found[dim] for dim in found.columns]).sum()
    assert sizes.min() >= 30
    assert sizes.sum() == frame["homes"].sum()


def test_half_of_the_calls_go_to_an_estate_with_too_few_answers():
    plan = call_plan(
        counted(("Ash", "Rent", 300, 60), ("Beech", "Rent", 300, 60), ("Elm", "Rent", 300, 0)), DIMS, 100, 10
    )
    elm = next(cell for cell in plan.cells if cell.group[0][1] == "Elm")
    assert plan.quiet == ((("estate", "Elm"),),)
    assert elm.for_coverage == 50
    assert plan.calls == sum(cell.calls for cell in plan.cells) == 100


def test_a_call_goes_where_an_answer_narrows_the_figure_most():
    """Alike but for the answers so far: 20 and 200 of 400 homes; the first answers tell more."""
    plan = call_plan(counted(("Ash", "Rent", 400, 20), ("Beech", "Rent", 400, 120)), DIMS, 10, 10)
    assert [(cell.group[0][1], cell.calls) for cell in plan.cells] == [("Ash", 10), ("Beech", 0)]


def test_how_much_narrower_is_worked_out_by_hand():
    """Two estates of 100 homes, 20 answers each, all alike: one call, answered by six in ten of those invited."""
    plan = call_plan(counted(("Ash", "Rent", 100, 20), ("Beech", "Rent", 100, 20)), DIMS, 1, 10)
    rate = 20 / 33  # every estate as everybody
    worth = PRIOR_ANSWERS + 20
    assert plan.expected == pytest.approx(rate)
    assert plan.narrower == pytest.approx(1 - sqrt((1 / worth + 1 / (worth + rate)) / (2 / worth)))  # a margin


def test_no_more_calls_than_homes_that_may_be_called():
    frame = counted(("Ash", "Rent", 40, 20), ("Beech", "Rent", 40, 20)).assign(may_be_called=[3, 0])
    plan = call_plan(frame, DIMS, 100, 10)
    assert (plan.asked_for, plan.calls) == (100, 3)
    assert {cell.group[0][1]: cell.calls for cell in plan.cells} == {"Ash": 3, "Beech": 0}


def test_without_an_issued_sample_no_answers_are_promised():
    frame = counted(("Ash", "Rent", 100, 20), ("Beech", "Rent", 100, 20)).assign(invited=0, complete=0)
    plan = call_plan(frame, DIMS, 10, 10)
    assert (plan.expected, plan.narrower) == (None, None)
    assert {cell.rate for cell in plan.cells} == {None}
    assert plan.calls == 10


def test_an_estate_that_never_answers_is_expected_to_answer_less_readily():
    plan = call_plan(counted(("Ash", "Rent", 300, 60), ("Elm", "Rent", 300, 0)), DIMS, 10, 10)
    rates = {cell.group[0][1]: cell.rate for cell in plan.cells}
    assert rates["Elm"] < 0.1 < rates["Ash"]


def test_a_landlord_of_a_handful_of_homes_is_withheld_and_one_that_knows_nothing_says_so():
    assert call_plan(counted(("Ash", "Rent", 9, 2)), DIMS, 10, 10).withheld == "fewer than 10 homes"
    assert call_plan(counted(("Ash", "Rent", 90, 2)), (), 10, 10).withheld.startswith("nothing is known")


def test_a_home_finds_its_group():
    ash = ("Ash", "Rent", 400, 20), ("Ash", "Older", 50, 2), ("Ash", "Supported", 5, 0)
    frame = counted(*ash, ("Elm", "Rent", 31, 1), ("Elm", "Older", 5, 0))
    cell = cell_of(call_plan(frame, DIMS, 10, 10))
    assert cell((("estate", "Ash"), ("tenure", "Rent"))) == (("estate", "Ash"), ("tenure", "Rent"))
    assert cell((("estate", "Ash"), ("tenure", "Supported"))) == (("estate", "Ash"), ("tenure", OTHERS))
    assert cell((("estate", "Elm"), ("tenure", "Rent"))) == (("estate", "Elm"), ("tenure", ANY))
    assert cell((("estate", "Nowhere"), ("tenure", "Rent"))) is None
