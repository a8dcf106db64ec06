from __future__ import annotations

import pandas as pd
import pytest
from counted_surveys import counted, measure

from analysis.survey.estimates import plain_share, shares


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
