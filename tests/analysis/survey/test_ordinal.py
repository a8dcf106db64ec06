"""The ordinal model agrees with R's polr and clm and with the published model of the Copenhagen tenants."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.survey.ordinal import ordinal

SHARED = Path(__file__).resolve().parents[4] / "shared"
FIXTURE, COPENHAGEN = SHARED / "fixtures" / "r_survey", SHARED / "data" / "copenhagen_housing"
from_r = pytest.mark.skipif(not FIXTURE.is_dir(), reason="shared/fixtures/r_survey is not beside the checkout")

# Venables & Ripley, polr(Sat ~ Infl + Type + Cont, weights = Freq) on Madsen's 1,681 tenants (1976).
PUBLISHED = {
    "InflMedium": (0.5664, 0.1047),
    "InflHigh": (1.2888, 0.1272),
    "TypeApartment": (-0.5724, 0.1192),
    "TypeAtrium": (-0.3662, 0.1552),
    "TypeTerrace": (-1.0910, 0.1515),
    "ContHigh": (0.3603, 0.0955),
}
THRESHOLDS = (-0.4961, 0.6907)


def invented(n: int = 400, seed: int = 1) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    x = pd.DataFrame(generator.integers(1, 6, (n, 2)), columns=["a", "b"]).astype(float)
    hidden = 0.8 * x["a"] + generator.logistic(size=n)
    return x.assign(y=np.digitize(hidden, [1.0, 2.5, 4.0]) + 1, w=generator.uniform(0.3, 3, n))


@pytest.mark.skipif(not COPENHAGEN.is_dir(), reason="shared/data/copenhagen_housing is not beside the checkout")
def test_the_copenhagen_tenants_give_the_published_model_to_four_decimals():
    housing = pd.read_csv(COPENHAGEN / "housing.csv")
    columns = {"Infl": ("Medium", "High"), "Type": ("Apartment", "Atrium", "Terrace"), "Cont": ("High",)}
    x = pd.DataFrame({f"{c}{level}": housing[c] == level for c, levels in columns.items() for level in levels})
    satisfied = pd.Categorical(housing["Sat"], ["Low", "Medium", "High"], ordered=True)
    found = ordinal(satisfied, x.astype(float), frequencies=housing["Freq"])
    assert found.base == 1681
    for name, (coefficient, error) in PUBLISHED.items():
        assert found.coefficients[name] == pytest.approx(coefficient, abs=5.1e-5), name
        assert found.se[name] == pytest.approx(error, abs=5.1e-5), name
    assert found.thresholds == pytest.approx(THRESHOLDS, abs=5.1e-5)


@from_r
def test_coefficients_errors_and_thresholds_agree_with_clm_and_polr():
    expected = json.loads((FIXTURE / "out" / "drivers.json").read_text())
    rows, names = pd.read_csv(FIXTURE / "data" / "drivers.csv"), expected["lmg"]["names"]
    found = ordinal(rows["TP01"], rows[names])
    clm, polr = expected["clm"], expected["polr"]
    assert found.coefficients.to_numpy() == pytest.approx(clm["coef"][4:], abs=1e-7)
    assert found.se.to_numpy() == pytest.approx(clm["se"][4:], abs=1e-7)
    assert found.thresholds == pytest.approx(clm["coef"][:4], abs=1e-6)
    assert found.log_likelihood == pytest.approx(clm["logLik"], abs=1e-8)
    assert found.coefficients.to_numpy() == pytest.approx(polr["coef"], abs=1e-5)  # polr stops sooner
    assert found.se.to_numpy() == pytest.approx(polr["se"][: len(names)], abs=1e-5)


def test_two_answers_and_one_dummy_by_hand():
    """Of 40 without it 10 said yes, of 60 with it 30 did: the coefficient is the log odds ratio, log(3)."""
    answers, x = [0] * 30 + [1] * 10 + [0] * 30 + [1] * 30, pd.DataFrame({"with": [0.0] * 40 + [1.0] * 60})
    found = ordinal(answers, x)
    assert found.coefficients["with"] == pytest.approx(np.log(3), abs=1e-7)
    assert found.se["with"] == pytest.approx(np.sqrt(1 / 30 + 1 / 10 + 1 / 30 + 1 / 30), abs=1e-7)
    assert found.thresholds == pytest.approx([np.log(3)], abs=1e-7)  # 30 to 10 below, where it is nought
    low, high = found.interval("with")
    assert high - low == pytest.approx(2 * 1.959964 * found.se["with"], abs=1e-6)


def test_frequencies_are_rows_written_out():
    rows = invented(60)
    times = np.random.default_rng(2).integers(1, 5, len(rows))
    written = rows.loc[rows.index.repeat(times)]
    short, long = ordinal(rows["y"], rows[["a", "b"]], frequencies=times), ordinal(written["y"], written[["a", "b"]])
    assert short.base == long.base == times.sum()
    assert short.coefficients.to_numpy() == pytest.approx(long.coefficients.to_numpy(), abs=1e-7)
    assert short.se.to_numpy() == pytest.approx(long.se.to_numpy(), abs=1e-7)


def test_the_scale_of_weights_changes_nothing():
    rows = invented()
    one, many = (ordinal(rows["y"], rows[["a", "b"]], weights=rows["w"] * scale) for scale in (1, 250))
    assert one.coefficients.to_numpy() == pytest.approx(many.coefficients.to_numpy(), abs=1e-6)
    assert one.se.to_numpy() == pytest.approx(many.se.to_numpy(), abs=1e-6)


def test_the_error_after_weighting_is_that_of_samples_drawn_anew():
    found = [
        ordinal(rows["y"], rows[["a", "b"]], weights=rows["w"])
        for rows in (invented(300, seed) for seed in range(10, 130))
    ]
    spread = np.std([each.coefficients.to_numpy() for each in found], axis=0)
    said = np.mean([each.se.to_numpy() for each in found], axis=0)
    plain = np.mean(
        [ordinal(r["y"], r[["a", "b"]]).se.to_numpy() for r in (invented(300, s) for s in range(10, 20))], axis=0
    )
    assert said == pytest.approx(spread, rel=0.2)
    assert (said > plain).all()  # weighting costs certainty


def test_answers_set_wholly_apart_are_said_not_to_settle():
    apart = pd.DataFrame({"a": np.repeat([1.0, 2.0, 3.0], 30)})
    assert not ordinal(np.repeat([1, 2, 3], 30), apart).settled


def test_answers_that_do_not_vary_are_refused():
    with pytest.raises(ValueError, match="Everyone gave the same answer"):
        ordinal([4] * 20, pd.DataFrame({"a": np.arange(20.0)}))


@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan, np.inf])
def test_weights_that_are_not_above_nought_are_refused(bad):
    rows = invented(20)
    rows.loc[3, "w"] = bad
    with pytest.raises(ValueError, match="above nought"):
        ordinal(rows["y"], rows[["a"]], weights=rows["w"])


def test_weights_and_frequencies_at_once_are_refused():
    rows = invented(20)
    with pytest.raises(ValueError, match="not both"):
        ordinal(rows["y"], rows[["a"]], weights=rows["w"], frequencies=rows["w"])
