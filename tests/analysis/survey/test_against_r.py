"""Our figures against R survey 4.5 on a simulated landlord (how made: the README of that folder)."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from counted_surveys import counted, measure
from statsmodels.stats.proportion import proportion_confint

from analysis.model import Estimate
from analysis.survey import variance
from analysis.survey.design import sample_of
from analysis.survey.estimates import distributions, shares
from analysis.survey.intervals import intervals, korn_graubard, logit, mover, wilson, worth
from analysis.survey.tables import associations, rao_scott
from analysis.survey.tallies import TOP_TWO_SCORES, cells_of, tally

FIXTURE = Path(__file__).resolve().parents[4] / "shared" / "fixtures" / "r_survey"
MEASURES = tuple(f"TP{n:02d}" for n in range(1, 13))
DIMENSIONS = ("area", "tenure", "age", "ethnicity", "property_type", "mode")

pytestmark = pytest.mark.skipif(not FIXTURE.is_dir(), reason="shared/fixtures/r_survey is not beside the checkout")


@pytest.fixture(scope="module")
def results() -> dict:
    return json.loads((FIXTURE / "out" / "landlord_est_v45.json").read_text())


@pytest.fixture(scope="module")
def reference(results) -> dict:
    return results["base"]


@pytest.fixture(scope="module")
def respondents() -> pd.DataFrame:
    rows = pd.read_csv(FIXTURE / "data" / "respondents.csv")
    return rows.assign(stratum=rows["area"], weight=rows["base_weight"])


@pytest.fixture(scope="module")
def populations(respondents) -> dict[str, int]:
    return respondents.groupby("area")["fpc"].first().to_dict()


def agrees(estimate: Estimate, expected: dict) -> None:
    wilson = next(row for row in expected["methods"] if row["method"] == "wilson")
    found = (estimate.value, estimate.se, estimate.low, estimate.high)
    assert found == pytest.approx((wilson["est"], wilson["se"], wilson["lo"], wilson["hi"]), abs=1e-12)
    assert estimate.base == expected["n"]


def test_the_twelve_measures_agree_with_r_in_share_standard_error_and_interval(respondents, populations, reference):
    survey = counted(respondents, MEASURES, populations=populations)
    for estimate in shares(survey, [measure(code) for code in MEASURES]):
        agrees(estimate, reference["prop"][estimate.measure])


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_groups_agree_with_rs_subsets(dimension, respondents, populations, reference):
    survey = counted(respondents, dims=(dimension,), populations=populations)
    found = {dict(e.group)[dimension]: e for e in shares(survey, [measure()], (dimension,))}
    for expected in reference["by_TP01"][dimension]:
        agrees(found[expected["level"]], expected)


def test_the_distribution_agrees_with_r(respondents, populations, reference):
    (found,) = distributions(counted(respondents, populations=populations), [measure()])
    assert found.shares == pytest.approx(tuple(reversed(reference["likert_TP01"]["est"])), abs=1e-12)


# ── Raked weights ────────────────────────────────────────────────────────────────────────────────

RAKED = {
    "m3": ("area", "tenure", "age"),
    "m4": ("area", "tenure", "age", "ethnicity"),
    "m6": ("area", "tenure", "age", "ethnicity", "property_type", "tenancy_length"),
}


@pytest.fixture(scope="module")
def weights() -> pd.DataFrame:
    return pd.read_csv(FIXTURE / "out" / "landlord_weights_v45.csv")


@pytest.fixture
def raked(respondents, weights):
    return lambda name: respondents.assign(weight=weights[name])


def r_form(survey, codes, by=(), scores=TOP_TWO_SCORES):
    """The tally and the sample as R's ``rake`` has them: unweighted residuals."""
    cells, sample = cells_of(survey, codes, by), sample_of(survey, weighted=False)
    return cells.groups, tally(cells, len(codes) * len(cells.groups), sample, scores), sample


@pytest.mark.parametrize("name", RAKED)
def test_after_raking_shares_errors_and_intervals_agree_with_rs_rake(name, raked, populations, results):
    survey = counted(raked(name), MEASURES, populations=populations, margins=RAKED[name])
    _, counts, sample = r_form(survey, MEASURES)
    expected = [results[name]["prop"][code] for code in MEASURES]
    for kind, method, within in (
        ("wilson", "wilson", 1e-8),
        ("beta", "korn-graubard", 1e-8),
        ("xlogit", "logit", 1e-8),
    ):
        ends = intervals(counts, sample, method=method)
        theirs = [next(row for row in each["methods"] if row["method"] == kind) for each in expected]
        assert variance.share(counts) == pytest.approx([row["est"] for row in theirs], rel=1e-10)
        assert np.sqrt(variance.share_variance(counts, sample)) == pytest.approx([r["se"] for r in theirs], rel=1e-10)
        whole = np.array([each["n"] == each["n_design"] for each in expected])
        if kind != "beta":
            whole[:] = True  # R takes the n of the whole design for its beta interval of those who were asked
        assert ends.low[whole] == pytest.approx(np.array([row["lo"] for row in theirs])[whole], abs=within)
        assert ends.high[whole] == pytest.approx(np.array([row["hi"] for row in theirs])[whole], abs=within)


@pytest.mark.parametrize("name", ["base", *RAKED])
@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_groups_after_raking_agree_with_r_in_every_interval(name, dimension, raked, populations, results):
    margins = RAKED.get(name, ())
    survey = counted(raked(name), dims=(dimension,), populations=populations, margins=margins)
    groups, counts, sample = r_form(survey, ["TP01"], (dimension,))
    expected = {row["level"]: row for row in results[name]["by_TP01"][dimension]}
    theirs = [expected[dict(group)[dimension]] for group in groups]
    p, freedom = variance.share(counts), np.array([row["degf"] for row in theirs], dtype=float)
    spread = variance.share_variance(counts, sample)
    answers = worth(p, spread, variance.even_base(counts, sample))
    n = np.array([row["n_design"] for row in theirs], dtype=float)  # R's beta interval has the n of the whole design
    ends = {"wilson": wilson(p, answers, freedom, 0.95), "xlogit": logit(p, answers, freedom, 0.95)}
    ends["beta"] = korn_graubard(p, answers, freedom, n, 0.95)
    for kind, (low, high) in ends.items():
        rows = [next(row for row in each["methods"] if row["method"] == kind) for each in theirs]
        assert np.sqrt(spread) == pytest.approx([row["se"] for row in rows], rel=1e-10)
        assert low == pytest.approx([row["lo"] for row in rows], abs=1e-8)
        assert high == pytest.approx([row["hi"] for row in rows], abs=1e-8)


@pytest.mark.parametrize("name", ["base", *RAKED])
def test_design_effects_and_answers_agree_with_r(name, raked, populations, results):
    survey = counted(raked(name), populations=populations, margins=RAKED.get(name, ()))
    _, counts, sample = r_form(survey, ["TP01"])
    assert variance.design_effect(counts, sample, finite=True)[0] == pytest.approx(
        results[name]["deff_TP01sat"], rel=1e-10
    )
    assert variance.design_effect(counts, sample)[0] == pytest.approx(results[name]["deff_TP01sat_wr"], rel=1e-10)
    for answer, se, share in zip(
        (1, 2, 3, 4, 5), *(results[name]["likert_TP01"][k] for k in ("se", "est")), strict=True
    ):
        _, counts, sample = r_form(survey, ["TP01"], scores={answer: 1.0})
        assert variance.share(counts)[0] == pytest.approx(share, rel=1e-10)
        assert np.sqrt(variance.share_variance(counts, sample))[0] == pytest.approx(se, rel=1e-10)


@pytest.mark.parametrize("name", ["base", *RAKED])
def test_the_mean_of_the_answers_agrees_with_r(name, raked, populations, results):
    survey = counted(raked(name), populations=populations, margins=RAKED.get(name, ()))
    _, counts, sample = r_form(survey, ["TP01"], scores={answer: float(answer) for answer in (1, 2, 3, 4, 5)})
    expected = results[name]["mean_TP01"]
    assert variance.share(counts)[0] == pytest.approx(expected["est"], rel=1e-10)
    assert np.sqrt(variance.share_variance(counts, sample))[0] == pytest.approx(expected["se"], rel=1e-10)


@pytest.mark.parametrize("name", ["base", *RAKED])
def test_the_difference_of_two_groups_agrees_with_rs_contrast(name, raked, populations, results):
    survey = counted(raked(name), dims=("tenure",), populations=populations, margins=RAKED.get(name, ()))
    groups, counts, sample = r_form(survey, ["TP01"], ("tenure",))
    place = {dict(group)["tenure"]: at for at, group in enumerate(groups)}
    one, other = np.array([place["General needs"]]), np.array([place["Housing for older people"]])
    p, spread = variance.share(counts), variance.share_variance(counts, sample)
    together = spread[one] + spread[other] - 2 * variance.covariance(counts, sample, one, other)
    expected = results[name]["contrast_GN_HfOP"]
    assert p[one] - p[other] == pytest.approx(expected["est"], rel=1e-10)
    assert np.sqrt(together) == pytest.approx(expected["se"], rel=1e-10)


@pytest.mark.parametrize("name", RAKED)
def test_after_trimming_shares_agree_with_r_and_errors_nearly(name, raked, populations, weights, results):
    # R's trimWeights keeps the residuals on the margins of the weights before they were cut: rows, by its definition.
    survey = counted(raked(f"{name}_trimstrict"), MEASURES, populations=populations, margins=RAKED[name])
    _, counts, sample = r_form(survey, MEASURES)
    expected = [results[f"{name}_trimstrict"]["prop"][code]["methods"][0] for code in MEASURES]
    assert variance.share(counts) == pytest.approx([row["est"] for row in expected], rel=1e-9)
    assert np.sqrt(variance.share_variance(counts, sample)) == pytest.approx([row["se"] for row in expected], rel=6e-3)
    rows, before = raked(f"{name}_trimstrict"), weights[name].to_numpy()
    w, y = rows["weight"].to_numpy(), (rows["TP01"] >= 4).to_numpy(dtype=float)
    z = w * (y - (w * y).sum() / w.sum()) / w.sum()
    for margin in RAKED[name] * 10:
        z = z - before * pd.Series(z / before).groupby(rows[margin]).transform("mean").to_numpy()
    spread = pd.Series(z).groupby(rows["area"]).agg(["var", "size"])
    sizes = spread.index.map(populations).to_numpy(dtype=float)
    error = np.sqrt(((1 - spread["size"] / sizes) * spread["size"] * spread["var"]).sum())
    assert error == pytest.approx(expected[0]["se"], rel=1e-10)


def test_weighted_residuals_are_the_default_and_agree_with_rs_calibrate(respondents, populations):
    found = json.loads((FIXTURE / "out" / "landlord_calibrate_v45.json").read_text())["raking"]
    rows = respondents.assign(weight=found["w"])
    survey = counted(rows, populations=populations, margins=RAKED["m6"])
    (estimate,) = shares(survey, [measure()])
    assert estimate.value == pytest.approx(found["sat"]["est"], rel=1e-10)
    assert estimate.se == pytest.approx(found["sat"]["se"], rel=1e-10)


# ── Tables, differences, families ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["base", *RAKED])
def test_rao_and_scotts_tests_agree_with_r(name, raked, populations, results):
    for dimension, expected in results[name]["chisq_TP01"].items():
        survey = counted(raked(name), dims=(dimension,), populations=populations, margins=RAKED.get(name, ()))
        cells, sample = cells_of(survey, ["TP01"], (dimension,)), sample_of(survey, weighted=False)
        groups = len(cells.groups)
        boxes = replace(cells, share=cells.share * 2 + np.where(cells.answer >= 4, 0, 1))
        counts = tally(boxes, 2 * groups, sample, dict.fromkeys((5, 4, 3, 2, 1), 1.0))
        totals = counts.total(counts.w).reshape(groups, 2)
        found = rao_scott(totals, variance.totals_covariance(counts, sample), 1395, 1387.0)
        assert (found.f, *found.df) == pytest.approx(
            (expected["F"]["statistic"], *expected["F"]["parameter"]), rel=1e-8
        )
        assert found.p == pytest.approx(expected["F"]["p"], abs=1e-8)
        assert found.x2 == pytest.approx(expected["Chisq"]["statistic"], rel=1e-8)
        assert found.p_first == pytest.approx(expected["Chisq"]["p"], abs=1e-8)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_whether_groups_differ_at_all_agrees_with_r(dimension, respondents, populations, reference):
    survey = counted(respondents, dims=(dimension,), populations=populations)
    found = associations(survey, [measure()], dimension, smallest_base=1)["TP01"]
    expected = reference["chisq_TP01"][dimension]["F"]
    assert (found.f, *found.df) == pytest.approx((expected["statistic"], *expected["parameter"]), rel=1e-8)
    assert found.p == pytest.approx(expected["p"], abs=1e-8)


@pytest.fixture(scope="module")
def tests_of_r() -> dict:
    return json.loads((FIXTURE / "out" / "intervals_tests.json").read_text())


def test_wilsons_and_clopper_and_pearsons_intervals_of_plain_answers_agree_with_r(tests_of_r):
    rows = tests_of_r["one_sample"]
    n, yes = (np.array([row[name] for row in rows], dtype=float) for name in ("n", "x"))
    ends = {
        "wilson": wilson(yes / n, n, np.full(len(n), np.inf), 0.95),  # the normal quantile: t with no end of freedom
        "clopper_pearson": korn_graubard(yes / n, n, n - 1, n, 0.95),
    }
    for kind, found in ends.items():
        assert np.stack(found, axis=1) == pytest.approx(np.array([row[kind] for row in rows]), abs=1e-8)


def test_newcombes_differences_agree_with_r(tests_of_r):
    for row in tests_of_r["two_sample"]:
        (x1, n1, x2, n2) = (row[name] for name in ("x1", "n1", "x2", "n2"))
        sides = [
            (np.array([x / n]), *(np.array([e]) for e in proportion_confint(x, n, method="wilson")))
            for x, n in ((x1, n1), (x2, n2))
        ]
        _, low, high = mover(*sides)
        assert (low[0], high[0]) == pytest.approx(row["newcombe"], abs=1e-8)
