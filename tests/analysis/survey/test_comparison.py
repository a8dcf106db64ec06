from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from counted_surveys import counted, measure, wave
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from analysis.model import Comparison, Estimate, MethodShift, Verdict
from analysis.survey.comparison import (
    changes,
    compare,
    contrast,
    difference_interval,
    judged_together,
    method_shift,
    p_value,
)
from analysis.survey.estimates import plain_share, shares

OF_R = Path(__file__).resolve().parents[4] / "shared" / "fixtures" / "r_survey" / "out" / "intervals_tests.json"
BEFORE, AFTER = wave("2023/24", Telephone=800, Internet=200), wave("2024/25", Telephone=780, Internet=220)


def verdict_of(before: Estimate, after: Estimate) -> Verdict:
    return compare(before, after, BEFORE, AFTER).verdict


def by_wilson(yes: int, base: int) -> Estimate:
    """A share with Wilson's interval as statsmodels has it: normal quantile, nothing else known."""
    low, high = proportion_confint(yes, base, method="wilson")
    return Estimate(yes / base, float(low), float(high), base=base)


def test_newcombes_own_example_is_reproduced():
    # Newcombe 1998, Statistics in Medicine 17:873, table II (a): 56/70 less 48/80, method 10: 0.0524 to 0.3339
    assert difference_interval(by_wilson(48, 80), by_wilson(56, 70)) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


@settings(deadline=None)
@given(base=st.integers(1, 3000), other=st.integers(1, 3000), parts=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_two_independent_shares_differ_as_newcombe_has_it(base, other, parts):
    yes, yes_other = round(parts[0] * base), round(parts[1] * other)
    low, high = confint_proportions_2indep(yes_other, other, yes, base, method="newcomb")
    found = difference_interval(by_wilson(yes, base), by_wilson(yes_other, other))
    assert found == pytest.approx((yes_other / other - yes / base, low, high), abs=1e-12)


def test_large_samples_agree_with_statsmodels_newcombe():
    low, high = confint_proportions_2indep(6000, 10000, 5500, 10000, method="newcomb")
    found = difference_interval(plain_share(5500, 10000), plain_share(6000, 10000))
    assert found == pytest.approx((0.05, low, high), abs=1e-5)


def test_a_large_move_is_a_real_change():
    assert verdict_of(plain_share(500, 1000), plain_share(600, 1000)) is Verdict.REAL


def test_a_fall_is_a_real_change_too_and_says_fall():
    found = compare(plain_share(600, 1000), plain_share(500, 1000), BEFORE, AFTER)
    assert (found.verdict, found.why) == (Verdict.REAL, "The fall is larger than chance alone would give.")


def test_a_small_move_could_be_chance():
    assert verdict_of(plain_share(500, 1000), plain_share(510, 1000)) is Verdict.CHANCE


def test_twenty_nine_answers_are_too_few_to_say_and_no_difference_is_given():
    found = compare(plain_share(2, 29), plain_share(900, 1000), BEFORE, AFTER)
    assert (found.verdict, found.why) == (Verdict.TOO_FEW, "2023/24: fewer than 30 answers.")
    assert (found.difference, found.low, found.high) == (None, None, None)


def test_thirty_answers_are_enough_to_judge():
    assert verdict_of(plain_share(3, 30), plain_share(900, 1000)) is Verdict.REAL


def test_a_withheld_share_passes_on_its_own_reason():
    found = compare(plain_share(500, 1000), plain_share(3, 5), BEFORE, AFTER)
    assert (found.verdict, found.why) == (Verdict.TOO_FEW, "2024/25: fewer than 10 answers.")


def test_a_mix_of_methods_that_moved_is_asked_differently_however_large_the_change():
    later = wave("2024/25", Telephone=450, Internet=550)
    found = compare(plain_share(500, 1000), plain_share(700, 1000), BEFORE, later)
    assert found.verdict is Verdict.DIFFERENTLY
    assert found.shift == MethodShift("Internet", 0.2, 0.55)
    assert "house rule" in found.why and "more answers came by internet" in found.why
    assert found.difference == pytest.approx(0.2)


def test_exactly_ten_points_is_not_more_than_ten_points():
    assert method_shift(wave(Telephone=80, Internet=20), wave(Telephone=70, Internet=30)) is None
    assert method_shift(wave(Telephone=800, Internet=200), wave(Telephone=699, Internet=301)) is not None


def test_a_method_that_is_new_counts_as_having_been_nought():
    found = method_shift(wave(Telephone=100), wave(Telephone=88, SMS=12))
    assert found == MethodShift("SMS", 0.0, 0.12)


def test_unrecorded_methods_leave_the_verdict_and_say_that_they_are_not_ruled_out():
    found = compare(plain_share(500, 1000), plain_share(600, 1000), wave("2023/24"), AFTER)
    assert found.verdict is Verdict.REAL
    assert "not recorded for 2023/24" in found.why


def test_two_different_measures_are_never_compared():
    with pytest.raises(ValueError, match="cannot be compared"):
        compare(plain_share(5, 50, measure="TP01"), plain_share(5, 50, measure="TP02"), BEFORE, AFTER)


def test_changes_are_of_what_both_waves_have():
    old = [plain_share(300, 500, measure=code) for code in ("TP01", "TP02")]
    new = [plain_share(300, 500, measure=code) for code in ("TP02", "TP03")]
    assert list(changes(old, new, BEFORE, AFTER)) == [("TP02", ())]


def test_where_everyone_answered_both_times_any_difference_is_real():
    def census(share: float) -> Estimate:
        return Estimate(share, share, share, base=500)

    assert verdict_of(census(0.6), census(0.602)) is Verdict.REAL
    assert verdict_of(census(0.6), census(0.6)) is Verdict.CHANCE


@settings(deadline=None)
@given(st.integers(0, 400), st.integers(0, 400))
def test_the_verdict_and_the_interval_never_disagree(yes, yes_later):
    found = compare(plain_share(yes, 400), plain_share(yes_later, 400), BEFORE, AFTER)
    assert found.low <= found.difference <= found.high
    assert (found.verdict is Verdict.REAL) == (found.low > 0 or found.high < 0)
    back = compare(replace(found.after), replace(found.before), BEFORE, AFTER)
    assert back.low == pytest.approx(-found.high, abs=1e-12)


# ── How often chance would give it, and families ─────────────────────────────────────────────────


def test_p_is_below_5_per_cent_exactly_where_the_interval_leaves_out_nought():
    assert p_value(0.05, 0.0, 0.1) == pytest.approx(0.05)
    assert p_value(0.05, 0.001, 0.1) < 0.05 < p_value(0.05, -0.001, 0.1)
    assert p_value(-0.05, -0.1, 0.0) == pytest.approx(0.05)


def test_p_is_close_to_that_of_the_test_of_two_shares():
    # 300 of 500 against 260 of 500: pooled z = 2.5495, p = 0.0108
    found = compare(plain_share(260, 500), plain_share(300, 500), BEFORE, AFTER)
    assert found.p == pytest.approx(0.0108, abs=0.001)


def test_no_difference_has_a_p_of_1_and_a_certain_one_of_0():
    assert p_value(0.0, -0.1, 0.1) == 1
    assert p_value(0.1, 0.1, 0.1) == 0


def test_everyone_asked_both_times_leaves_nothing_to_chance():
    def census(yes: int) -> Estimate:
        people = pd.DataFrame({"TP01": [5] * yes + [1] * (60 - yes)})
        return shares(counted(people, populations={"all": 60}), [measure()])[0]

    moved, still = (compare(census(30), census(yes), BEFORE, AFTER) for yes in (31, 30))
    assert (moved.verdict, moved.p) == (Verdict.REAL, 0)
    assert (still.verdict, still.p) == (Verdict.CHANCE, 1)


PS = st.lists(st.integers(30, 400), min_size=1, max_size=12)


@settings(max_examples=80, deadline=None)
@given(yes=PS)
def test_in_a_family_verdict_interval_and_adjusted_p_never_disagree(yes):
    alone = [compare(plain_share(200, 400), plain_share(each, 400), BEFORE, AFTER) for each in yes]
    found = judged_together(alone)
    expected = multipletests([each.p for each in alone], method="fdr_bh")[1]
    assert [each.adjusted for each in found] == pytest.approx(expected.tolist(), abs=1e-12)
    for each in found:
        assert each.family == len(yes)
        assert (each.verdict is Verdict.REAL) == (each.adjusted <= 0.05)
        if abs(each.adjusted - 0.05) > 1e-9:
            assert (each.verdict is Verdict.REAL) == (each.low > 0 or each.high < 0)
        assert each.low <= each.difference <= each.high


def test_an_interval_of_a_family_never_leaves_100_points():
    alone = [compare(plain_share(1, 30), plain_share(yes, 30), BEFORE, AFTER) for yes in (30, *[1] * 39)]
    assert max(each.high for each in judged_together(alone)) <= 1


@pytest.mark.skipif(not OF_R.is_file(), reason="shared/fixtures/r_survey is not beside the checkout")
def test_adjusted_p_values_agree_with_rs():
    expected = json.loads(OF_R.read_text())["padjust"]
    share = plain_share(500, 1000)
    family = [Comparison(share, share, 0.1, 0.0, 0.2, Verdict.CHANCE, "", p=p) for p in expected["p"]]
    assert [each.adjusted for each in judged_together(family)] == pytest.approx(expected["BH"], abs=1e-12)


def test_what_only_one_of_many_shows_is_said_to_be_of_chance():
    alone = [compare(plain_share(200, 400), plain_share(yes, 400), BEFORE, AFTER) for yes in (231, *[200] * 19)]
    assert alone[0].verdict is Verdict.REAL
    found = judged_together(alone)
    assert found[0].verdict is Verdict.CHANCE and found[0].why.startswith("Among 20 compared at once")


def test_what_was_asked_differently_or_is_too_few_is_no_part_of_a_family():
    shifted = wave("2025", Telephone=300, Internet=700)
    other = compare(plain_share(500, 1000), plain_share(600, 1000), BEFORE, shifted)
    few = compare(plain_share(5, 20), plain_share(15, 20), BEFORE, AFTER)
    one = compare(plain_share(500, 1000), plain_share(600, 1000), BEFORE, AFTER)
    found = judged_together([other, few, one])
    assert found[0] is other and found[1] is few and found[2].family == 1


def test_two_groups_are_higher_or_lower_and_never_rise():
    found = contrast(plain_share(500, 1000, group=(("estate", "Ash"),)), plain_share(400, 1000))
    assert found.verdict is Verdict.REAL
    assert found.why == "It is lower than Ash by more than chance alone would give."


def test_shares_that_go_together_differ_more_surely():
    one, two = plain_share(500, 1000), plain_share(530, 1000)
    apart, together = difference_interval(one, two), difference_interval(one, two, 0.6 * one.se * two.se)
    assert together[0] == apart[0]
    assert together[2] - together[1] == pytest.approx((apart[2] - apart[1]) * 0.4**0.5, rel=0.01)
