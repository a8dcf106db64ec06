from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from counted_surveys import counted, measure
from scipy.stats import beta, hypergeom
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from analysis.model import Estimate
from analysis.survey.estimates import distributions, plain_share, shares
from analysis.survey.intervals import mover


def test_the_interval_is_wilsons_with_students_t_on_answers_less_one():
    # By hand: p = 0.6, V = 0.24/49, so worth 49 answers; t(49 df) = 2.009575, t² = 4.038393;
    # centre (0.6 + t²/98) / (1 + t²/49) = 0.592386; half t √(0.24/49 + t²/9604) / (1 + t²/49) = 0.135395
    found = plain_share(30, 50)
    assert (found.low, found.high) == pytest.approx((0.456991, 0.727781), abs=1e-6)


def test_when_nobody_says_yes_the_low_end_is_nought_and_the_high_end_is_not():
    # Worth 50 answers, t = 2.009575237: high = t² / (50 + t²)
    found = plain_share(0, 50)
    assert found.low == 0
    assert found.high == pytest.approx(4.038392634 / 54.038392634, abs=1e-8)


def test_when_everyone_says_yes_it_is_the_mirror_image():
    assert plain_share(50, 50).low == pytest.approx(1 - plain_share(0, 50).high, abs=1e-12)
    assert plain_share(50, 50).high == 1


def test_when_all_agree_a_known_population_still_narrows_the_interval():
    people = pd.DataFrame({"TP01": [5] * 50})
    # Worth 50 / (1 - 50/100) = 100 answers
    (found,) = shares(counted(people, populations={"all": 100}), [measure()])
    assert found.low == pytest.approx(1 - 4.038392634 / 104.038392634, abs=1e-8)


def test_strata_that_each_agree_within_themselves_do_not_make_a_share_certain():
    people = pd.DataFrame({"TP01": [5] * 20 + [1] * 20, "stratum": ["A"] * 20 + ["B"] * 20})
    (found,) = shares(counted(people), [measure()])
    assert found.se == 0
    assert found.low < 0.36 and found.high > 0.64  # as wide as 40 plain answers


def test_a_higher_level_gives_a_wider_interval():
    at_90, at_99 = plain_share(30, 50, level=0.90), plain_share(30, 50, level=0.99)
    assert at_99.low < at_90.low < at_90.high < at_99.high


# ── Which interval, and how often it holds ───────────────────────────────────────────────────────


def test_from_thirty_answers_it_is_wilsons_and_below_korn_and_graubards():
    assert plain_share(15, 30).method == "Wilson"
    assert plain_share(15, 29).method == "Korn-Graubard"


def test_of_plain_answers_korn_and_graubards_interval_is_clopper_and_pearsons_of_one_answer_less():
    # p = 0.35, V = 0.35·0.65/19, so worth 19 answers, 6.65 of them yes
    found = plain_share(7, 20)
    expected = (beta.ppf(0.025, 6.65, 13.35), beta.ppf(0.975, 7.65, 12.35))
    assert (found.low, found.high) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("method", ["wilson", "korn-graubard", "logit"])
@pytest.mark.parametrize("yes", [0, 20])
def test_0_and_100_per_cent_have_intervals_by_every_method(method, yes):
    people = pd.DataFrame({"TP01": [5] * yes + [1] * (20 - yes)})
    (found,) = shares(counted(people, populations={"all": 60}), [measure()], method=method)
    assert found.high - found.low > 0.1


def test_an_unknown_method_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="wilson, korn-graubard, logit"):
        shares(counted(pd.DataFrame({"TP01": [5, 1]})), [measure()], method="wald")


@pytest.mark.parametrize(
    ("homes", "answered"), [(40, 12), (40, 25), (120, 30), (400, 60), (2000, 150)], ids=lambda value: str(value)
)
def test_exact_coverage_without_replacement(homes, answered):
    """Over every share of homes from a half to 95 %: how often the default interval holds the true share."""
    satisfied = np.unique(np.round(homes * np.linspace(0.5, 0.95, 46)).astype(int))
    found = [share_of(yes, answered, homes) for yes in range(answered + 1)]
    low, high = (np.array([getattr(each, end) for each in found]) for end in ("low", "high"))
    held = []
    for truth in satisfied:
        chance = hypergeom.pmf(np.arange(answered + 1), homes, truth, answered)
        held.append(chance[(low <= truth / homes + 1e-12) & (truth / homes - 1e-12 <= high)].sum())
    assert np.mean(held) >= 0.94
    assert np.min(held) >= 0.925


def share_of(yes: int, answered: int, homes: int) -> Estimate:
    """The share of a random sample from so many homes."""
    people = pd.DataFrame({"TP01": [5] * yes + [1] * (answered - yes)})
    (found,) = shares(counted(people, populations={"all": homes}), [measure()])
    return found


# ── The difference of two ────────────────────────────────────────────────────────────────────────


COUNTS = ((56, 70), (48, 80))


def test_the_difference_of_two_independent_shares_is_newcombes():
    one, two = plain_share(56, 70), plain_share(48, 80)
    by_normal = [proportion_confint(x, n, method="wilson") for x, n in COUNTS]
    ends = [tuple(np.array([v]) for v in (x / n, *ends)) for (x, n), ends in zip(COUNTS, by_normal, strict=True)]
    expected = confint_proportions_2indep(56, 70, 48, 80, method="newcomb")
    _, low, high = mover(*ends)
    assert (low[0], high[0]) == pytest.approx(expected, abs=1e-12)
    assert one.value - two.value == pytest.approx(0.2)


# ── The five answers ─────────────────────────────────────────────────────────────────────────────


def test_each_answer_has_its_interval_and_the_net_score_its_own():
    people = pd.DataFrame({"TP01": [5] * 30 + [4] * 25 + [3] * 15 + [2] * 20 + [1] * 10})
    (found,) = distributions(counted(people), [measure()])
    assert found.shares == pytest.approx((0.30, 0.25, 0.15, 0.20, 0.10))
    plain = plain_share(30, 100)
    assert (found.low[0], found.high[0]) == pytest.approx((plain.low, plain.high), abs=1e-12)
    assert found.net == pytest.approx(0.25)
    # By hand: V(net) = (0.85 - 0.25²)/99, half about 1.984 × 0.08919
    assert found.net_low == pytest.approx(0.25 - 0.177, abs=0.012)
    assert found.net_high == pytest.approx(0.25 + 0.177, abs=0.012)


def test_when_all_are_very_satisfied_the_net_score_is_1_and_not_certain():
    (found,) = distributions(counted(pd.DataFrame({"TP01": [5] * 40})), [measure()])
    assert found.net == 1 and found.net_high == 1 and found.net_low < 0.95
