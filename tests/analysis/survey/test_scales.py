"""A scale's reliability by hand and by simulation, its faults by name, and a score for each person."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.survey.scales import alpha, feldt, item_rest, reliability, scores

ITEMS = ("a", "b", "c")
# Sums of squares 10, 4 and 8; of the sum (4, 7, 9, 11, 14) 58.
FIVE = pd.DataFrame({"a": [1, 2, 3, 4, 5], "b": [2, 2, 3, 4, 4], "c": [1, 3, 3, 3, 5]})


def people(n: int = 200, seed: int = 1) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    hidden = generator.normal(size=(n, 1)) + 0.9 * generator.normal(size=(n, 4))
    return pd.DataFrame(np.clip(np.rint(3 + hidden), 1, 5), columns=["a", "b", "c", "d"])


def test_five_people_by_hand():
    found = reliability(FIVE, ITEMS, smallest_base=5)
    assert found.alpha == pytest.approx(3 / 2 * (1 - 22 / 58), abs=1e-14)
    assert dict(found.without) == pytest.approx({"a": 0.8, "b": 32 / 34, "c": 24 / 26}, abs=1e-14)
    assert found.item_rest["a"] == pytest.approx(14 / np.sqrt(10 * 20), abs=1e-14)
    assert (found.base, found.items, found.withheld) == (5, ITEMS, None)


def test_feldts_interval_from_the_f_table():
    """F with 4 and 8 degrees of freedom: 97.5 % 5.0526, 2.5 % 1 ÷ 8.9796."""
    found = reliability(FIVE, ITEMS, smallest_base=5)
    assert found.low == pytest.approx(1 - 4 / 58 * 5.0526, abs=1e-5)
    assert found.high == pytest.approx(1 - 4 / 58 / 8.9796, abs=1e-5)


def test_items_that_correlate_alike_give_the_formula_of_spearman_and_brown():
    for items in (2, 5, 9):
        alike = np.full((items, items), 0.3) + 0.7 * np.eye(items)
        assert alpha(alike) == pytest.approx(items * 0.3 / (1 + (items - 1) * 0.3), abs=1e-14)
    assert item_rest(alike) == pytest.approx(np.full(9, 8 * 0.3 / np.sqrt(8 * (1 + 7 * 0.3))), abs=1e-14)


def test_feldts_interval_holds_the_true_alpha_nineteen_times_in_twenty():
    generator, truth, held = np.random.default_rng(4), 4 * 0.4 / (1 + 3 * 0.4), 0
    for _ in range(2000):
        drawn = np.sqrt(0.4) * generator.normal(size=(50, 1)) + np.sqrt(0.6) * generator.normal(size=(50, 4))
        low, high = feldt(alpha(np.cov(drawn.T)), 50, 4)
        held += low <= truth <= high
    assert held / 2000 == pytest.approx(0.95, abs=0.015)


def test_a_reversed_item_is_turned_round():
    turned = reliability(FIVE.assign(b=6 - FIVE["b"]), ITEMS, reverse=["b"], smallest_base=5)
    assert turned.alpha == pytest.approx(reliability(FIVE, ITEMS, smallest_base=5).alpha, abs=1e-14)


def test_an_item_that_goes_against_the_rest_is_noted_whether_turned_or_not():
    rows = people()
    found = reliability(rows.assign(b=6 - rows["b"]), "abcd")
    assert found.item_rest["b"] < 0
    assert any("Answered against the rest: b: is it worded the other way round?" in note for note in found.notes)
    wrongly = reliability(rows, "abcd", reverse="b")
    assert any("Answered against the rest: b: should it not be reversed?" in note for note in wrongly.notes)


def test_a_constant_item_is_left_out_and_said():
    found = reliability(people().assign(e=4), "abcde")
    assert found.items == tuple("abcd")
    assert found.notes == ("Left out, since everyone gave the same answer: e.",)
    assert found.alpha == pytest.approx(reliability(people(), "abcd").alpha, abs=1e-14)


def test_constant_items_alone_give_nothing():
    same = people().assign(a=4, b=2, c=3)
    assert reliability(same, "abc").withheld == "everyone gave the same answers"
    assert reliability(same, "abd").withheld == "everyone gave the same answer to all but d"


def test_two_items_have_no_reliability_without_one_and_one_item_is_no_scale():
    two = reliability(people(), "ab")
    assert two.alpha is not None
    assert dict(two.without) == {}
    assert "With two items there is no reliability without one of them." in two.notes
    assert reliability(people(), "a").withheld == "a scale needs at least two items"


def test_items_that_cancel_each_other_out_give_nothing():
    rows = people().assign(b=lambda rows: 6 - rows["a"])
    assert reliability(rows, "ab").withheld == "the items cancel each other out"


def test_only_whole_respondents_count_and_too_few_of_them_are_withheld():
    rows = people(12)
    rows.loc[0, "a"], rows.loc[1, "b"] = 0, np.nan
    assert reliability(rows, "abcd").base == 10
    rows.loc[2, "c"] = -1
    assert reliability(rows, "abcd").withheld == "fewer than 10 people who answered every item"
    assert reliability(rows.assign(d=np.nan), "abcd").withheld == "no people who answered every item"
    assert reliability(FIVE.head(2), ITEMS, smallest_base=1).withheld == "fewer than 3 people who answered every item"


def test_weights_count_and_their_scale_does_not():
    rows = people()
    weights = pd.Series(np.random.default_rng(2).integers(1, 4, len(rows)), rows.index)
    written = rows.loc[rows.index.repeat(weights)].reset_index(drop=True)
    found, scaled = (reliability(rows, "abcd", weights=w) for w in (weights, weights / 7))
    assert found.alpha == pytest.approx(reliability(written, "abcd").alpha, abs=1e-12)
    assert (scaled.alpha, scaled.low, scaled.high) == pytest.approx((found.alpha, found.low, found.high), abs=1e-12)
    plain = reliability(written, "abcd")
    assert found.high - found.low > plain.high - plain.low  # unequal weights are worth fewer answers


@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan])
def test_weights_that_are_not_above_nought_are_refused(bad):
    with pytest.raises(ValueError, match="weight above nought"):
        reliability(people(20), "abcd", weights=pd.Series([bad] + [1.0] * 19))


def test_items_named_wrongly_are_refused():
    with pytest.raises(ValueError, match="no column z"):
        reliability(people(), "abz")
    with pytest.raises(ValueError, match="named twice"):
        reliability(people(), "aab")
    with pytest.raises(ValueError, match="no item of the scale"):
        reliability(people(), "abc", reverse="d")


def test_a_score_is_the_mean_of_the_items_answered_where_more_than_half_were():
    rows = pd.DataFrame({"a": [5, 5, 5, 1], "b": [3, 0, np.nan, 1], "c": [4, 4, -1, 1]})
    assert scores(rows, ITEMS).tolist() == pytest.approx([4.0, 4.5, np.nan, 1.0], nan_ok=True)
    assert scores(rows, ITEMS, reverse=["a"]).tolist() == pytest.approx([8 / 3, 2.5, np.nan, 7 / 3], nan_ok=True)
    assert scores(rows, ITEMS, least_items=3).tolist() == pytest.approx([4.0, np.nan, np.nan, 1.0], nan_ok=True)
    assert scores(rows, ITEMS, least_items=1).tolist() == pytest.approx([4.0, 4.5, 5.0, 1.0])


@pytest.mark.parametrize("least", [0, 4])
def test_a_score_of_no_item_or_of_more_than_there_are_is_refused(least):
    with pytest.raises(ValueError, match="from 1 to all 3"):
        scores(FIVE, ITEMS, least_items=least)
