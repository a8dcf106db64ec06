from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from counted_surveys import counted, measure
from scipy.stats import chi2_contingency

from analysis.survey.tables import associations, rao_scott


def people(yes: dict[str, int], no: dict[str, int], **more: object) -> pd.DataFrame:
    """So many satisfied and not on each estate."""
    estates = [name for name, n in yes.items() for _ in range(n)] + [name for name, n in no.items() for _ in range(n)]
    answers = [5] * sum(yes.values()) + [2] * sum(no.values())
    return pd.DataFrame({"estate": estates, "TP01": answers, **more})


def test_of_plain_answers_it_is_nearly_pearsons_test():
    rows = people({"Ash": 60, "Elm": 40}, {"Ash": 40, "Elm": 60})
    found = associations(counted(rows, dims=("estate",)), [measure()], "estate", 10)["TP01"]
    expected = chi2_contingency([[60, 40], [40, 60]], correction=False)
    assert found.base == 200
    assert found.f == pytest.approx(expected.statistic, rel=0.01)  # design effect n/(n-1)
    assert found.p == pytest.approx(expected.pvalue, abs=0.001)


def test_weights_that_vary_make_a_difference_less_certain():
    rows = people({"Ash": 60, "Elm": 40}, {"Ash": 40, "Elm": 60})
    weighted = rows.assign(weight=np.tile([0.4, 1.6], 100))
    plain, unsure = (
        associations(counted(each, dims=("estate",)), [measure()], "estate", 10)["TP01"] for each in (rows, weighted)
    )
    assert unsure.p > plain.p


def test_groups_below_the_smallest_base_are_left_out_of_the_test():
    rows = people({"Ash": 60, "Elm": 40, "Oak": 9}, {"Ash": 40, "Elm": 60})
    found = associations(counted(rows, dims=("estate",)), [measure()], "estate", 10)["TP01"]
    assert found.base == 200 and found.df[0] == pytest.approx(1)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (people({"Ash": 60}, {"Ash": 40}), "fewer than two groups have 10 answers"),
        (people({"Ash": 60, "Elm": 40}, {}), "everyone answered alike"),
        (people({"Ash": 6, "Elm": 10}, {"Ash": 5, "Elm": 2}), "fewer than 30 answers"),
        (people({"Ash": 3}, {"Ash": 2}), "fewer than two groups have 10 answers"),
    ],
)
def test_what_cannot_be_tested_says_why(rows, why):
    found = associations(counted(rows, dims=("estate",)), [measure()], "estate", 10)["TP01"]
    assert found.p is None and found.withheld == why


def test_a_survey_nobody_answered_here_has_no_test_and_does_not_fail():
    survey = counted(people({"Ash": 60}, {"Elm": 40}), dims=("estate",))
    nobody = replace(survey, cells=survey.cells.iloc[:0])
    found = associations(nobody, [measure()], "estate", 10)["TP01"]
    assert found.p is None and found.withheld == "fewer than two groups have 10 answers"


def test_where_everyone_answered_it_is_not_said_that_they_answered_alike():
    rows = people({"Ash": 60, "Elm": 40}, {"Ash": 40, "Elm": 60})
    found = associations(counted(rows, dims=("estate",), populations={"all": 200}), [measure()], "estate", 10)["TP01"]
    assert found.p is None and found.withheld.startswith("everyone answered, or all within each stratum")


def test_a_measure_that_this_tenure_group_is_not_asked_has_no_test():
    rows = people({"Ash": 60, "Elm": 40}, {"Ash": 40, "Elm": 60})
    survey = counted(rows, dims=("estate",), tenure_group="LCHO")
    assert not associations(survey, [measure(tenures=("LCRA",))], "estate", 10)


def test_a_group_that_all_say_the_same_can_be_tested_with_the_others():
    rows = people({"Ash": 60, "Elm": 40, "Oak": 30}, {"Ash": 40, "Elm": 60})
    found = associations(counted(rows, dims=("estate",)), [measure()], "estate", 10)["TP01"]
    expected = chi2_contingency([[60, 40], [40, 60], [30, 0]], correction=False)
    assert found.base == 230 and found.p == pytest.approx(expected.pvalue, abs=1e-6)


@pytest.mark.parametrize("columns", [2, 5])
def test_of_plain_answers_a_table_of_any_width_has_pearsons_x2_and_a_design_effect_of_1(columns):
    n = np.random.default_rng(3).integers(5, 40, (4, columns)).astype(float)
    p = n.ravel() / n.sum()
    totals_covariance = n.sum() * (np.diag(p) - np.outer(p, p))  # of a multinomial
    found = rao_scott(n, totals_covariance, int(n.sum()), 1e9)
    expected = chi2_contingency(n, correction=False)
    assert found.x2 == pytest.approx(expected.statistic, rel=1e-12)
    assert found.p_first == pytest.approx(found.p, abs=1e-4)
    # the saturated table's spread, not that of independence: the mean design effect is near 1, not 1
    assert found.f * expected.dof == pytest.approx(expected.statistic, rel=0.1)


def test_a_table_with_an_empty_row_is_no_table():
    assert rao_scott(np.array([[3.0, 4.0], [0.0, 0.0]]), np.eye(4), 7, 6.0) is None
