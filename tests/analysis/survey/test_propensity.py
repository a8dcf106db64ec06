"""Propensities to answer and R-indicators agree with R; partial indicators with a table worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.model import Verdict
from analysis.survey.propensity import (
    conditional,
    indicators,
    levels_of,
    logit,
    representativity,
    unconditional,
)

FIXTURES = Path(__file__).parents[4] / "shared" / "fixtures" / "r_survey"
NAMES = ["area", "tenure", "age", "ethnicity", "property_type"]  # as R's model has them; a test of the arithmetic only

from_r = pytest.mark.skipif(not FIXTURES.is_dir(), reason="R's reference results are not on this computer")


@pytest.fixture(scope="module")
def in_r():
    return json.loads((FIXTURES / "out" / "nonresponse.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sample():
    return pd.read_csv(FIXTURES / "data" / "sample.csv")


@pytest.fixture(scope="module")
def fitted(sample):
    return logit(levels_of(sample[NAMES]), sample["responded"].to_numpy(float), np.ones(len(sample)))


@pytest.fixture(scope="module")
def weights(sample):
    """Homes each invited home stands for: the design of the fixture, by area."""
    issued = sample["area"].map(sample["area"].value_counts())
    return (sample["fpc"] / issued).to_numpy(float)


@from_r
def test_the_model_of_who_answers_is_as_in_r(fitted, in_r):
    assert fitted.coefficients == pytest.approx(in_r["coef"], abs=1e-9)
    assert fitted.deviance == pytest.approx(in_r["dev"], abs=1e-9)
    assert fitted.fitted[:20] == pytest.approx(in_r["rho_head"], abs=1e-9)


@from_r
def test_the_r_indicator_is_as_in_r(fitted, weights, in_r):
    found = indicators(fitted.fitted, weights)
    assert found.rate == pytest.approx(in_r["rho_mean"], abs=1e-9)
    assert found.spread == pytest.approx(in_r["S"], abs=1e-9)
    assert found.indicator == pytest.approx(in_r["R"], abs=1e-9)
    assert found.variation == pytest.approx(in_r["CV"], abs=1e-9)
    assert found.most_bias == pytest.approx(in_r["maxbias"], abs=1e-9)
    unweighted = indicators(fitted.fitted, np.ones(len(fitted.fitted)))
    assert unweighted.indicator == pytest.approx(in_r["R_unweighted"], abs=1e-9)


@from_r
@pytest.mark.parametrize("name", NAMES)
def test_unconditional_partial_indicators_are_as_in_r(fitted, weights, sample, in_r, name):
    assert unconditional(fitted.fitted, weights, sample[name]) == pytest.approx(in_r["Pu"][name], abs=1e-9)


@from_r
def test_homes_counted_together_give_the_same_model_as_one_by_one(sample, fitted):
    cells = sample.groupby(NAMES)["responded"].agg(["size", "sum"]).reset_index()
    grouped = logit(levels_of(cells[NAMES]), cells["sum"].to_numpy(float), cells["size"].to_numpy(float))
    assert grouped.coefficients == pytest.approx(fitted.coefficients, abs=1e-9)
    assert grouped.deviance == pytest.approx(fitted.deviance, abs=1e-8)


# Two characteristics, four groups of 100 invited: young 0.2 and 0.4, old 0.6 and 0.8 (flat, house).
BY_HAND = pd.DataFrame(
    [("young", "flat", 100, 20), ("young", "house", 100, 40), ("old", "flat", 100, 60), ("old", "house", 100, 80)],
    columns=["age", "type", "invited", "answered"],
)
RHO, ONES = np.array([0.2, 0.4, 0.6, 0.8]), np.full(4, 100.0)


def test_partial_indicators_by_hand():
    assert unconditional(RHO, ONES, BY_HAND["age"]) == pytest.approx(0.2)  # 0.3 and 0.7 about 0.5
    assert unconditional(RHO, ONES, BY_HAND["type"]) == pytest.approx(0.1)  # 0.4 and 0.6 about 0.5
    # Within flats 0.2 and 0.6 about 0.4, within houses 0.4 and 0.8 about 0.6: age adds 0.2 whatever the type.
    assert conditional(RHO, ONES, BY_HAND[["type"]]) == pytest.approx(0.2)
    assert conditional(RHO, ONES, BY_HAND[["age"]]) == pytest.approx(0.1)
    # Nothing else to be alike in: the whole spread.
    assert conditional(RHO, ONES, BY_HAND[[]]) == pytest.approx(np.sqrt(0.05))


def test_what_says_most_beyond_the_others_comes_first_with_its_verdict():
    found = representativity(BY_HAND, ["age", "type"])
    assert [part.variable for part in found.parts] == ["age", "type"]
    assert (found.invited, found.answered, found.verdict) == (400, 200, Verdict.REAL)
    assert found.indicator == pytest.approx(1 - 2 * np.sqrt(0.05), abs=0.02)  # additive on the logit scale, so nearly
    # Three columns beside none on 400 invited at one half: 1 - 2 sqrt(0.25 × 2 / 400).
    assert found.by_chance == pytest.approx(1 - 2 * np.sqrt(0.25 * 2 / 400))


def test_a_group_in_which_nobody_answered_has_a_propensity_of_nought():
    silent = pd.concat([BY_HAND, pd.DataFrame([("none", "flat", 90, 0)], columns=BY_HAND.columns)])
    found = representativity(silent, ["age", "type"])
    assert found.withheld is None
    model = logit(
        levels_of(silent[["age", "type"]]), *(silent[name].to_numpy(float) for name in ("answered", "invited"))
    )
    assert model.fitted[-1] == pytest.approx(0, abs=1e-9)
    assert np.isfinite([part.conditional for part in found.parts]).all()


def test_too_few_answers_make_no_model_and_the_reason_is_said():
    few = BY_HAND.assign(invited=10, answered=[1, 2, 3, 4])
    found = representativity(few, ["age", "type"])
    assert (found.indicator, found.withheld) == (None, "fewer than 30 who answered or who did not")


def test_alike_is_alike_and_could_be_chance():
    found = representativity(BY_HAND.assign(answered=50), ["age", "type"])
    assert found.indicator == pytest.approx(1)
    assert found.verdict is Verdict.CHANCE


def test_one_characteristic_alone_is_set_beside_none():
    (part,) = representativity(BY_HAND, ["age"]).parts
    assert part.unconditional == part.conditional == pytest.approx(0.2)  # 0.3 and 0.7 about 0.5


def test_a_characteristic_that_another_says_already_adds_nothing():
    found = representativity(BY_HAND.assign(again=BY_HAND["age"]), ["age", "again"])
    assert {part.p for part in found.parts} == {1.0}
    assert [part.conditional for part in found.parts] == pytest.approx([0, 0], abs=1e-9)
