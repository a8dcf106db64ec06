"""LMG and Johnson's weights share out R² whole, agree with R, and agree with the slow way of working them out."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.survey.importance import correlations, explained_by_subset, johnson, lmg, weigh_up

FIXTURE = Path(__file__).resolve().parents[4] / "shared" / "fixtures" / "r_survey"
from_r = pytest.mark.skipif(not FIXTURE.is_dir(), reason="shared/fixtures/r_survey is not beside the checkout")

# By hand: r(a, b) = 0.5, r(a, y) = 0.6, r(b, y) = 0.3. On both R² = (0.36 + 0.09 - 2·0.6·0.3·0.5) / 0.75 = 0.36, so b
# adds nothing after a (0.36 alone) and a adds 0.27 after b (0.09 alone).
BY_HAND = np.array([[[1.0, 0.5, 0.6], [0.5, 1.0, 0.3], [0.6, 0.3, 1.0]]])


def answers_of(drivers: int, respondents: int, seed: int) -> np.ndarray:
    generator = np.random.default_rng(seed)
    common = generator.normal(size=(respondents, 1))
    return np.clip(np.rint(3 + 0.7 * common + 0.9 * generator.normal(size=(respondents, drivers + 1))), 1, 5)


@pytest.fixture(scope="module")
def reference() -> dict:
    return json.loads((FIXTURE / "out" / "drivers.json").read_text())


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return pd.read_csv(FIXTURE / "data" / "drivers.csv")


def test_two_drivers_by_hand():
    assert explained_by_subset(BY_HAND)[0] == pytest.approx([0.0, 0.36, 0.09, 0.36], abs=1e-15)
    assert lmg(BY_HAND)[0] == pytest.approx([(0.36 + 0.27) / 2, (0.09 + 0.0) / 2], abs=1e-15)


def test_drivers_that_do_not_go_together_are_given_their_squared_correlation():
    apart = np.array([[[1.0, 0.0, 0.6], [0.0, 1.0, -0.3], [0.6, -0.3, 1.0]]])
    assert lmg(apart)[0] == pytest.approx([0.36, 0.09], abs=1e-15)
    assert johnson(apart)[0] == pytest.approx([0.36, 0.09], abs=1e-15)


def test_lmg_is_the_average_over_every_order():
    whole = correlations(answers_of(4, 200, 1), np.ones((1, 200)))
    explained = explained_by_subset(whole)[0]
    gains = np.zeros(4)
    orders = list(permutations(range(4)))
    for order in orders:
        subset = 0
        for driver in order:
            gains[driver] += explained[subset | 1 << driver] - explained[subset]
            subset |= 1 << driver
    assert lmg(whole)[0] == pytest.approx(gains / len(orders), abs=1e-14)


@given(st.integers(1, 8), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_both_share_out_r_squared_whole_and_never_less_than_nothing(drivers, seed):
    weights = np.random.default_rng(seed).uniform(0.2, 3, (1, 120))
    answers = answers_of(drivers, 120, seed)
    whole = correlations(answers, weights)
    root = np.sqrt(weights[0])[:, None]
    design = np.column_stack([np.ones(120), answers[:, :-1]]) * root
    fitted = design @ np.linalg.lstsq(design, answers[:, -1:] * root, rcond=None)[0]
    residual = answers[:, -1:] * root - fitted
    about = answers[:, -1] - np.average(answers[:, -1], weights=weights[0])
    expected = 1 - (residual**2).sum() / (weights[0] * about**2).sum()
    for shares in (lmg(whole)[0], johnson(whole)[0]):
        assert shares.sum() == pytest.approx(expected, abs=1e-12)
        assert shares.min() >= -1e-15


@from_r
@pytest.mark.parametrize("name", ["lmg", "lmg_weighted"])
def test_lmg_first_and_last_agree_with_relaimpo(name, rows, reference):
    expected = reference[name]
    weights = rows["w"].to_numpy() if name == "lmg_weighted" else np.ones(len(rows))
    whole = correlations(rows[[*expected["names"], "TP01"]].to_numpy(dtype=float), weights[None, :])
    explained = explained_by_subset(whole)[0]
    everything = len(explained) - 1
    bits = [1 << place for place in range(len(expected["names"]))]
    assert lmg(whole)[0] == pytest.approx(expected["lmg"], abs=1e-12)
    assert lmg(whole)[0].sum() == pytest.approx(expected["R2"], abs=1e-12)
    assert [explained[bit] for bit in bits] == pytest.approx(expected["first"], abs=1e-12)
    assert [explained[everything] - explained[everything ^ bit] for bit in bits] == pytest.approx(
        expected["last"], abs=1e-12
    )


@from_r
def test_johnsons_weights_and_the_correlations_agree_with_r(rows, reference):
    names = reference["lmg"]["names"]
    plain, weighted = (
        correlations(rows[[*names, "TP01"]].to_numpy(dtype=float), weights[None, :])
        for weights in (np.ones(len(rows)), rows["w"].to_numpy())
    )
    assert johnson(plain)[0] == pytest.approx(reference["johnson"], abs=1e-12)
    assert johnson(weighted)[0] == pytest.approx(reference["johnson_weighted"], abs=1e-12)
    outcome_last = [*range(1, len(names) + 1), 0]
    assert plain[0] == pytest.approx(np.array(reference["corr"])[np.ix_(outcome_last, outcome_last)], abs=1e-12)


def test_many_samples_at_once_are_each_as_if_alone():
    answers = answers_of(5, 80, 3)
    counts = np.random.default_rng(4).integers(0, 4, (7, 80)).astype(float)
    together = lmg(correlations(answers, counts))
    for sample, found in zip(counts, together, strict=True):
        drawn = answers.repeat(sample.astype(int), axis=0)
        alone = correlations(drawn, np.ones((1, len(drawn))))
        assert found == pytest.approx(lmg(alone)[0], abs=1e-12)
        assert alone[0] == pytest.approx(np.corrcoef(drawn.T), abs=1e-12)


def test_a_column_that_does_not_vary_goes_with_nothing():
    answers = answers_of(2, 50, 5)
    answers[:, 0] = 4
    assert lmg(correlations(answers, np.ones((1, 50))))[0, 0] == 0


def test_the_bootstrap_gives_ends_that_hold_the_figures_and_the_same_ends_for_the_same_seed():
    answers, weights = answers_of(6, 300, 6), np.random.default_rng(7).uniform(0.5, 2, 300)
    found, again = (weigh_up(answers, weights, replicates=200, seed=1) for _ in range(2))
    assert (found.share_ends[0] <= found.lmg).all()
    assert (found.lmg <= found.share_ends[1]).all()
    assert (found.rank_ends[0] <= found.rank).all()
    assert (found.rank <= found.rank_ends[1]).all()
    assert found.lmg.sum() == pytest.approx(1, abs=1e-12)
    assert found.johnson.sum() == pytest.approx(1, abs=1e-12)
    assert sorted(found.rank) == [1, 2, 3, 4, 5, 6]
    assert np.array_equal(found.share_ends, again.share_ends)


def test_the_bootstraps_spread_is_that_of_samples_drawn_anew():
    """The bootstrap's standard error of a share against the spread over new samples from the same invented people."""
    drawn = [weigh_up(answers_of(3, 400, 100 + n), np.ones(400), 300, n) for n in range(60)]
    truth = np.std([each.lmg for each in drawn], axis=0).mean()
    width = np.mean([(each.share_ends[1] - each.share_ends[0]).mean() / (2 * 1.96) for each in drawn])
    assert width == pytest.approx(truth, rel=0.25)
