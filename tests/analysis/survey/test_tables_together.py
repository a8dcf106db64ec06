"""Tables side by side: on counts small enough to follow by hand, and against an attacker who has all of them."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from analysis.survey.suppression import Rule
from analysis.survey.tables_together import EVERYONE, view_of, withheld_together
from analysis.survey.views import Views, cubes

RULE = Rule(minimum=10, alike=30)


def cube(rows, keys):
    """Counts of rows (a level of each key, how many said yes, how many said no)."""
    counted = [(*levels, "TP01", answer, n) for *levels, yes, no in rows for answer, n in ((5, yes), (2, no)) if n]
    return cubes(pd.DataFrame(counted, columns=[*keys, "measure", "answer", "n"]), keys)["TP01"]


def alone(found, key, rule=RULE):
    """What each table on its own tells of one way of dividing."""
    views = Views(found, rule)
    return [view_of({key: [level]}) for level in found.levels[found.axis(key)] if views.leak({key: [level]}) is None]


def names(views):
    return [level for view in views for _, levels in view for level in levels]


def test_one_table_that_is_safe_by_itself_stands():
    found = cube([("Ash", 30, 20), ("Birch", 8, 4), ("Cedar", 2, 1), ("Dell", 40, 10)], ("estate",))
    assert withheld_together(found, [EVERYONE, *alone(found, "estate")], RULE) == ()


def test_two_characteristics_that_agree_but_for_three_people_are_not_both_told():
    rows = [("Flats", "Lift", 40, 20), ("Flats", "No lift", 2, 1), ("House", "No lift", 50, 30)]
    found = cube(rows, ("kind", "lift"))
    told = [*alone(found, "kind"), *alone(found, "lift")]
    assert len(told) == 4
    gone = withheld_together(found, told, RULE)
    assert sorted(names(gone)) == ["Lift", "No lift"] or sorted(names(gone)) == ["Flats", "House"]


def test_three_people_who_differ_both_ways_are_no_better_hidden():
    rows = [("a", "x", 40, 20), ("a", "y", 1, 1), ("b", "x", 1, 2), ("b", "y", 30, 30), ("c", "z", 50, 40)]
    found = cube(rows, ("one", "other"))
    gone = withheld_together(found, [*alone(found, "one"), *alone(found, "other")], RULE)
    assert gone and not {"a", "x"} <= set(names(set(alone(found, "one")) | set(alone(found, "other")))) - set(
        names(gone)
    )


NEARLY = [("North", "Ash", 30, 20), ("North", "Birch", 25, 15), ("North", "Cedar", 2, 1), ("South", "Dell", 8, 4),
          ("South", "Elm", 40, 10), ("South", "Ash", 1, 1)]  # fmt: skip


def test_a_small_estate_keeps_its_company_in_its_region_though_the_regions_hold_the_estates_but_nearly():
    found = cube(NEARLY, ("region", "estate"))
    told = [*alone(found, "region"), *alone(found, "estate")]
    assert {"North", "South", "Ash", "Birch", "Elm"} == set(names(told))  # Dell keeps Cedar company, a region away
    left = set(told) - set(withheld_together(found, told, RULE))
    few = found.codes[:, 1] == found.levels[1].index("Cedar")
    assert width(found, left, few) >= RULE.minimum


def test_a_straddling_estate_does_not_hide_that_two_regions_together_hold_all_but_three_people():
    rows = [("North", "Ash", 30, 20), ("South", "Ash", 25, 15), ("North", "Cedar", 2, 1), ("East", "Dell", 8, 4),
            ("East", "Elm", 40, 10), ("West", "Fern", 30, 30)]  # fmt: skip
    found = cube(rows, ("region", "estate"))
    told = [*alone(found, "region"), *alone(found, "estate")]
    assert width(found, told, found.codes[:, 1] == found.levels[1].index("Cedar")) == 0
    left = set(told) - set(withheld_together(found, told, RULE))
    assert width(found, left, found.codes[:, 1] == found.levels[1].index("Cedar")) >= RULE.minimum


def test_a_group_within_a_filter_that_is_the_group_but_for_a_few_is_not_told_beside_it():
    rows = [("Ash", "old", 30, 20), ("Ash", "young", 30, 20), ("Birch", "old", 2, 1), ("Birch", "young", 50, 30)]
    found = cube(rows, ("estate", "age"))
    told = [view_of({"age": ["old"]}), view_of({"age": ["old"], "estate": ["Ash"]})]
    assert withheld_together(found, told, RULE) == (view_of({"age": ["old"], "estate": ["Ash"]}),)


def test_the_same_is_withheld_whatever_the_order_they_were_told_in():
    found = cube(NEARLY, ("region", "estate"))
    told = [*alone(found, "region"), *alone(found, "estate")]
    assert withheld_together(found, told, RULE) == withheld_together(found, told[::-1], RULE)


def test_a_characteristic_not_counted_by_is_refused_by_name():
    with pytest.raises(ValueError, match="not counted by 'ward'"):
        withheld_together(cube(NEARLY, ("region", "estate")), [view_of({"ward": ["one"]})], RULE)


# ── The attacker ─────────────────────────────────────────────────────────────────────────────────


def width(found, told, wanted):
    """How far apart the bounds of some atoms' people are for who knows all views told, and which atoms are empty."""
    inside = [np.ones(len(found.codes), dtype=bool)]
    for view in told:
        inside.append(np.ones(len(found.codes), dtype=bool))
        for key, levels in view:
            axis = found.axis(key)
            inside[-1] &= np.isin(found.codes[:, axis], [found.levels[axis].index(level) for level in levels])
    rows = np.vstack([*inside, wanted]).astype(float)
    kinds, where = np.unique(rows, axis=1, return_inverse=True)  # atoms that no figure tells apart are one
    counts = np.zeros((kinds.shape[1], found.counts.shape[1]))
    np.add.at(counts, where.ravel(), found.counts)
    total = 0.0
    for answer in range(counts.shape[1]):
        known = kinds[:-1] @ counts[:, answer]
        ends = [linprog(sign * kinds[-1], A_eq=kinds[:-1], b_eq=known, bounds=(0, None)).fun for sign in (1, -1)]
        total += -ends[1] - ends[0]
    return round(total, 6)


def nested_but_for_a_few(seed, estates=12, regions=3, astray=0.03):
    """Answers by estate, a region that nearly holds it, a tenure that nearly is a kind of home, and age."""
    rng = np.random.default_rng(seed)
    size = rng.integers(2, 60, estates)
    estate = np.repeat(np.arange(estates), size)
    people = len(estate)
    region = np.where(rng.random(people) < astray, rng.integers(0, regions, people), estate % regions)
    tenure = (rng.random(people) < 0.3).astype(int)
    home = np.where(rng.random(people) < 4 / people, 1 - tenure, tenure)
    rows = pd.DataFrame(
        {"estate": estate, "region": region, "tenure": tenure, "home": home, "age": rng.integers(0, 5, people)}
    ).astype(str)
    rows["measure"], rows["answer"], rows["n"] = "TP01", rng.choice([5, 4, 3, 2, 1], people), 1
    keys = ["estate", "region", "tenure", "home", "age"]
    return cubes(rows.groupby([*keys, "measure", "answer"], as_index=False)["n"].sum(), keys)["TP01"]


@pytest.mark.parametrize("seed", range(12))
def test_an_attacker_with_every_table_bounds_no_few_people_more_narrowly_than_the_minimum(seed):
    found = nested_but_for_a_few(seed)
    told = [view for key in found.keys for view in alone(found, key)]
    left = set(told) - set(withheld_together(found, told, RULE))
    assert len(left) > 5
    people = found.counts.sum(axis=1)
    for key in found.keys:
        for number in range(len(found.levels[found.axis(key)])):
            inside = found.codes[:, found.axis(key)] == number
            if people[inside].sum() < RULE.minimum:
                assert width(found, left, inside) >= RULE.minimum
    for number in (0, 1):  # those astray: of the one tenure in the other kind of home
        few = (found.codes[:, 2] == number) & (found.codes[:, 3] != number)
        if people[few].sum():
            assert width(found, left, few) >= RULE.minimum


def test_six_hundred_estates_take_no_more_than_a_moment():
    found = nested_but_for_a_few(1, estates=600, regions=10)
    told = [view for key in found.keys for view in alone(found, key)]
    begun = time.perf_counter()
    withheld_together(found, told, RULE)
    assert time.perf_counter() - begun < 20
