"""Places drawn towards their mean: against R, against the likelihood itself, and where it has no top."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betaincinv
from scipy.stats import betabinom

from analysis.survey import empirical_bayes
from analysis.survey.empirical_bayes import beta_binomial, fay_herriot, predict

FIXTURE = Path(__file__).resolve().parents[4] / "shared" / "fixtures" / "r_survey"
AGAINST_R = pytest.mark.skipif(not FIXTURE.is_dir(), reason="shared/fixtures/r_survey is not beside the checkout")

YES = np.array([2, 9, 14, 20, 11, 30, 8, 25], dtype=float)
BASE = np.array([10, 12, 20, 40, 12, 60, 20, 30], dtype=float)


@pytest.fixture(scope="module")
def in_r() -> dict:
    return json.loads((FIXTURE / "out" / "smallarea.json").read_text())


@pytest.fixture(scope="module")
def estates() -> tuple[np.ndarray, np.ndarray]:
    with (FIXTURE / "data" / "estates.csv").open() as file:
        rows = list(csv.DictReader(file))
    return tuple(np.array([float(row[name]) for row in rows]) for name in ("x", "n"))


# ── Against R ────────────────────────────────────────────────────────────────────────────────────


@AGAINST_R
def test_beta_binomial_places_agree_with_rs_as_far_as_its_search_goes(in_r, estates):
    expected, model = in_r["betabin"], beta_binomial(*estates)
    a, b = model.posterior(*estates)
    assert (model.mean, model.precision) == pytest.approx((expected["mu"], expected["M"]), rel=2e-6)
    assert np.abs(a / (a + b) - expected["post_mean"]).max() < 2e-6
    assert np.abs(betaincinv(a, b, 0.025) - expected["lo"]).max() < 2e-6
    assert np.abs(betaincinv(a, b, 0.975) - expected["hi"]).max() < 2e-6


@AGAINST_R
def test_fay_herriot_agrees_with_rs_sae(in_r):
    expected = in_r["FH"]
    direct, variance = np.array(expected["direct"]), np.array(expected["v"])
    model = fay_herriot(direct, variance)
    drawn = predict(direct, variance, model.mean, model.between)
    # R's search for the variance stops 4e-10 short of the top, and its error with it.
    assert model.between == pytest.approx(expected["refvar"], abs=8e-10)
    assert model.mean == pytest.approx(expected["beta"], rel=1e-8)
    assert model.error == pytest.approx(expected["se"], abs=1e-9)
    assert drawn.value == pytest.approx(np.array(expected["eblup"]), rel=1e-8)
    assert drawn.mse == pytest.approx(np.array(expected["mse"]), abs=1e-9)
    at_the_top, at_rs = (
        abs(empirical_bayes._slope(at, direct, variance)) for at in (model.between, expected["refvar"])
    )
    assert at_the_top < at_rs


# ── The likelihood ───────────────────────────────────────────────────────────────────────────────


def height(mean: float, precision: float, yes=YES, base=BASE) -> float:
    return float(betabinom.logpmf(yes, base, mean * precision, (1 - mean) * precision).sum())


def test_no_mean_and_precision_nearby_are_likelier():
    model = beta_binomial(YES, BASE)
    top = height(model.mean, model.precision)
    nearby = [(model.mean + d, model.precision * f) for d in (-0.01, 0, 0.01) for f in (0.9, 1, 1.1)]
    assert all(height(*each) <= top + 1e-9 for each in nearby)
    assert all(height(model.mean, m) < top for m in (0.1, 1, 100, 10_000))


def test_the_posterior_mean_is_the_linear_prediction_with_the_models_own_variance():
    model = beta_binomial(YES, BASE)
    a, b = model.posterior(YES, BASE)
    variance = (model.mean * (1 - model.mean) - model.between) / BASE
    assert predict(YES / BASE, variance, model.mean, model.between).value == pytest.approx(a / (a + b), rel=1e-12)


def test_places_that_differ_no_more_than_chance_have_one_share():
    model = beta_binomial(np.array([7.0, 14, 21, 7, 14, 22]), np.array([10.0, 20, 30, 10, 20, 30]))
    assert model.precision == np.inf
    assert model.between == 0
    assert model.mean == pytest.approx(85 / 120)


def test_a_search_that_does_not_settle_gives_nothing(monkeypatch):
    monkeypatch.setattr(empirical_bayes, "_SLACK", -1.0)
    assert beta_binomial(YES, BASE) is None


def test_places_that_agree_within_and_differ_between_are_as_unlike_as_can_be():
    yes, base = np.array([12.0, 0, 12, 0, 12, 12]), np.full(6, 12.0)
    model = beta_binomial(yes, base)
    assert model.precision == pytest.approx(empirical_bayes.LEAST_PRECISION)
    a, b = model.posterior(yes, base)
    assert np.abs(a / (a + b) - yes / base).max() < 0.01


def test_the_variance_between_places_tops_the_restricted_likelihood():
    direct, variance = YES / BASE, 0.24 / BASE
    model = fay_herriot(direct, variance)
    assert model.between > 0
    heights = [
        empirical_bayes._restricted(at, direct, variance) for at in model.between * np.array([0, 0.5, 0.99, 1.01, 2])
    ]
    assert max(heights) < empirical_bayes._restricted(model.between, direct, variance)


def test_equal_variances_give_the_textbook_variance_between():
    # With one variance for all, REML is the sample variance less that variance.
    direct = np.array([0.2, 0.4, 0.5, 0.7, 0.9])
    assert fay_herriot(direct, np.full(5, 0.01)).between == pytest.approx(direct.var(ddof=1) - 0.01, rel=1e-9)
    assert fay_herriot(direct, np.full(5, 0.1)).between == 0


counts = st.lists(
    st.integers(1, 80).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))), min_size=5, max_size=30
)


@settings(deadline=None, max_examples=60)
@given(counts)
def test_a_drawn_share_lies_between_its_own_and_the_mean(rows):
    yes, base = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    if yes.sum() in (0, base.sum()) or base.max() == 1:
        return
    model = beta_binomial(yes, base)
    variance = (model.mean * (1 - model.mean) - model.between) / base
    weighted = fay_herriot(yes / base, model.mean * (1 - model.mean) / base)
    for mean, between, spread in (
        (model.mean, model.between, variance),
        (weighted.mean, weighted.between, model.mean * (1 - model.mean) / base),
    ):
        drawn = predict(yes / base, spread, mean, between)
        low, high = np.minimum(yes / base, mean), np.maximum(yes / base, mean)
        assert ((drawn.value >= low - 1e-12) & (drawn.value <= high + 1e-12)).all()
        assert ((drawn.own >= 0) & (drawn.own <= 1)).all()
        assert (drawn.mse > 0).all()


@settings(deadline=None, max_examples=30)
@given(counts)
def test_the_models_do_not_mind_the_order_of_places(rows):
    yes, base = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    if yes.sum() in (0, base.sum()) or base.max() == 1:
        return
    here, there = beta_binomial(yes, base), beta_binomial(yes[::-1], base[::-1])
    assert here.between == pytest.approx(there.between, abs=1e-6)
    assert here.mean == pytest.approx(there.mean, abs=1e-5)


def test_more_answers_draw_a_place_less():
    model = beta_binomial(YES, BASE)
    own = predict(YES / BASE, 0.24 / BASE, model.mean, model.between).own[np.argsort(BASE)]
    assert all(few <= many for few, many in pairwise(own))
