"""Which views may be told: on counts small enough to follow by hand."""

from __future__ import annotations

from itertools import product

import pandas as pd
import pytest

from analysis.survey.suppression import Rule
from analysis.survey.views import Views, cubes

RULE = Rule(minimum=10, alike=30)


def views(rows, keys, parents=None, measure="TP01"):
    """Views of rows (a level of each key, how many said yes, how many said no)."""
    counted = [(*levels, measure, answer, n) for *levels, yes, no in rows for answer, n in ((5, yes), (2, no)) if n]
    frame = pd.DataFrame(counted, columns=[*keys, "measure", "answer", "n"])
    return Views(cubes(frame, keys, parents=parents or {})[measure], RULE)


ESTATES = [("Ash", 30, 20), ("Birch", 8, 4), ("Cedar", 2, 1), ("Dell", 40, 10), ("Elm", 20, 20)]


def test_a_view_of_a_few_is_not_told_and_one_of_nobody_tells_nothing():
    found = views(ESTATES, ("estate",))
    assert found.leak({"estate": ["Cedar"]}) == ()
    assert found.leak({"estate": ["Nowhere"]}) is None
    assert found.people({"estate": ["Cedar"]}).tolist() == [2, 0, 0, 1, 0]


def test_the_company_of_a_small_estate_is_withheld_with_it_and_the_rest_is_told():
    found = views(ESTATES, ("estate",))
    assert [name for name, *_ in ESTATES if found.leak({"estate": [name]}) == ("estate",)] == ["Birch"]
    assert found.leak({"estate": ["Ash", "Dell"]}) is None


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        (["Ash", "Birch"], False),  # with Ash alone it tells of Birch, and that of Cedar
        (["Ash", "Cedar"], False),  # with Ash alone it tells of Cedar
        (["Ash", "Birch", "Dell", "Elm"], False),  # with everyone it tells of Cedar
        (["Ash", "Birch", "Cedar"], True),  # only of both together
        (["Ash", "Dell", "Elm"], True),
        (["Ash", "Birch", "Cedar", "Dell", "Elm"], True),  # every estate is no filter
    ],
)
def test_a_choice_of_several_takes_all_that_are_withheld_or_none(chosen, told):
    assert (views(ESTATES, ("estate",)).leak({"estate": chosen}) is None) is told


def test_levels_that_nobody_answered_from_make_no_difference_to_what_is_all():
    found = views([*ESTATES, ("Fern", 0, 0)], ("estate",))
    assert found.leak({"estate": [name for name, *_ in ESTATES]}) is None


def test_the_base_is_that_of_the_measure_not_of_the_survey():
    rows = [("Ash", 30, 20), ("Birch", 4, 3), ("Cedar", 12, 13), ("Dell", 40, 10)]
    few, many = views(rows, ("estate",)), views([("Ash", 30, 20), ("Birch", 40, 30)], ("estate",))
    assert few.leak({"estate": ["Birch"]}) == ()
    assert many.leak({"estate": ["Birch"]}) is None


def test_within_another_filter_what_is_left_out_counts_too():
    # Of Ash's 33 renters three are in supported housing: general needs there is all but those three.
    rows = [
        ("Ash", "general", 20, 10), ("Ash", "supported", 2, 1),
        ("Birch", "general", 25, 15), ("Birch", "supported", 12, 13),
        ("Cedar", "general", 30, 15), ("Cedar", "supported", 16, 14),
    ]  # fmt: skip
    found = views(rows, ("estate", "tenure"))
    assert found.leak({"estate": ["Ash"]}) is None
    assert found.leak({"tenure": ["general"]}) is None
    assert found.leak({"estate": ["Ash"], "tenure": ["general"]}) == ("estate", "tenure")
    # One more estate must go, or the total of a tenure would tell of Ash; the smaller of the two goes.
    assert found.leak({"estate": ["Birch"], "tenure": ["general"]}) == ("estate", "tenure")
    assert found.leak({"estate": ["Cedar"], "tenure": ["general"]}) is None
    assert found.leak({"estate": ["Cedar", "Birch"], "tenure": ["general"]}) == ("estate", "tenure")
    assert found.leak({"estate": ["Ash", "Birch", "Cedar"], "tenure": ["general"]}) is None


def test_with_three_filters_each_pair_is_looked_at_within_the_third():
    every = product(("Ash", "Birch"), ("a", "b"), ("old", "young"))
    rows = [(*levels, 20, 20) for levels in every]
    even = views(rows, ("estate", "tenure", "age"))
    assert even.leak({"estate": ["Ash"], "tenure": ["a"], "age": ["old"]}) is None
    rows[1] = ("Ash", "a", "young", 2, 2)
    odd = views(rows, ("estate", "tenure", "age"))
    assert odd.leak({"estate": ["Ash"], "tenure": ["a"], "age": ["young"]}) == ()
    assert odd.leak({"estate": ["Ash"], "tenure": ["a"], "age": ["old"]}) is not None


REGIONS = [("North", "Ash", 30, 20), ("North", "Birch", 25, 15), ("North", "Cedar", 2, 1),
           ("South", "Dell", 8, 4), ("South", "Elm", 40, 10)]  # fmt: skip
WITHIN = {"estate": ("region",)}


def test_where_regions_are_told_a_small_estate_has_its_company_in_its_own_region():
    alone = views([row[1:] for row in REGIONS], ("estate",))
    within = views(REGIONS, ("region", "estate"), WITHIN)
    assert alone.leak({"estate": ["Dell"]}) == ("estate",)  # the smallest of all
    assert within.leak({"estate": ["Dell"]}) is None
    assert within.leak({"estate": ["Birch"]}) == ("estate",)  # the smallest of the North
    assert within.leak({"region": ["North"]}) is None


def test_a_region_and_estates_of_it_are_one_choice_of_estates():
    within = views(REGIONS, ("region", "estate"), WITHIN)
    assert within.leak({"region": ["North"], "estate": ["Ash", "Dell"]}) is None
    assert within.leak({"region": ["North"], "estate": ["Cedar", "Ash", "Dell"]}) == ("estate",)
    assert within.leak({"region": ["North", "South"]}) is None


def test_all_saying_the_same_is_told_of_many_only():
    found = views([("Ash", 29, 0), ("Birch", 30, 0), ("Cedar", 40, 20)], ("estate",))
    assert found.leak({"estate": ["Ash"]}) == ()
    assert found.leak({"estate": ["Birch"]}) == ("estate",)  # Ash's company; both together still say the same
    assert found.leak({"estate": ["Cedar"]}) == ("estate",)  # so Cedar, where they do not


def test_a_characteristic_not_counted_by_is_refused_by_name():
    with pytest.raises(ValueError, match="not counted by 'ward', only by estate"):
        views(ESTATES, ("estate",)).leak({"ward": ["one"]})


def test_a_measure_nobody_answered_has_no_views():
    frame = pd.DataFrame([("Ash", "TP01", 0, 5)], columns=["estate", "measure", "answer", "n"])
    assert cubes(frame, ("estate",)) == {}


def test_without_characteristics_there_is_one_view_the_whole():
    found = views([(30, 10)], ())
    assert found.leak({}) is None
    assert found.people({}).sum() == 40
