"""Our figures against R survey 4.5 on a simulated landlord (how made: the README of that folder)."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from counted_surveys import counted, measure

from analysis.model import Estimate
from analysis.survey.estimates import distributions, shares

FIXTURE = Path(__file__).resolve().parents[4] / "shared" / "fixtures" / "r_survey"
MEASURES = tuple(f"TP{n:02d}" for n in range(1, 13))
DIMENSIONS = ("area", "tenure", "age", "ethnicity", "property_type", "mode")

pytestmark = pytest.mark.skipif(not FIXTURE.is_dir(), reason="shared/fixtures/r_survey is not beside the checkout")


@pytest.fixture(scope="module")
def reference() -> dict:
    return json.loads((FIXTURE / "out" / "landlord_est_v45.json").read_text())["base"]


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
