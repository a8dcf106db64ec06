"""Of a table nothing of a few people can be worked out: proved by an attacker who knows every figure told."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.survey.suppression import (
    Rule,
    attack,
    crossed,
    sensitive,
    widths,
    withheld_cells,
    withheld_levels,
)

RULE = Rule(minimum=10, alike=30, yes=1)


def said(*yes_and_no):
    return np.array(yes_and_no, dtype=np.int64)


def bounds_of_levels(counts, hidden):
    """What is known of hidden levels where the total and every other level is told."""
    every = np.arange(len(counts))
    told = [every, *(np.array([level]) for level in np.flatnonzero(~hidden))]
    figures = np.array([counts[cells].sum(axis=0) for cells in told])
    return attack(told, figures, len(counts), np.flatnonzero(hidden).tolist())


def bounds_of_cells(counts, hidden, wanted):
    """What is known of some cells of a table where all margins and every cell not hidden is told."""
    number = np.arange(hidden.size).reshape(hidden.shape)
    told = [*number, *number.T, *(number[place].reshape(1) for place in zip(*np.nonzero(~hidden), strict=True))]
    each = counts.reshape(-1, counts.shape[2])
    figures = np.array([each[cells].sum(axis=0) for cells in told])
    return attack(told, figures, hidden.size, np.flatnonzero(wanted).tolist())


# ── What tells of a few ──────────────────────────────────────────────────────────────────────────


def test_a_handful_or_a_few_who_all_say_the_same_are_sensitive_and_nobody_is_not():
    counts = said((4, 5), (5, 5), (12, 0), (0, 29), (30, 0), (0, 0))
    assert sensitive(counts, RULE).tolist() == [True, False, True, True, False, False]
    assert sensitive(counts, Rule(10, 30, yes=0)).tolist() == [True, False, False, False, False, False]


# ── One characteristic ───────────────────────────────────────────────────────────────────────────


def test_one_small_group_takes_the_next_smallest_with_it():
    counts = said((2, 1), (30, 20), (8, 4), (50, 40))
    assert withheld_levels(counts, RULE).tolist() == [True, False, True, False]


def test_small_groups_that_are_enough_together_need_no_company():
    assert withheld_levels(said((3, 3), (2, 3), (40, 10)), RULE).tolist() == [True, True, False]


def test_groups_withheld_that_all_said_the_same_need_one_that_did_not():
    counts = said((6, 0), (7, 0), (31, 0), (40, 20))  # 6 and 7 are 13 together, all of them satisfied
    assert withheld_levels(counts, RULE).tolist() == [True, True, True, True]


def test_nothing_is_withheld_where_nobody_is_few():
    assert not withheld_levels(said((20, 10), (0, 0), (15, 5)), RULE).any()


def test_a_group_withheld_for_another_reason_is_not_left_alone():
    counts = said((20, 10), (15, 5), (40, 10))
    assert withheld_levels(counts, RULE, np.array([True, False, False])).tolist() == [True, True, False]


tables = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(tables)
def test_the_attacker_finds_of_a_withheld_group_what_the_closed_form_says(rows):
    counts = said(*rows)
    hidden = withheld_levels(counts, RULE)
    if hidden.any() and counts.sum() >= 10:
        found = bounds_of_levels(counts, hidden)
        assert found.low.max() == pytest.approx(0 if hidden.sum() > 1 else counts[hidden].max())
        assert found.high == pytest.approx(np.tile(counts[hidden].sum(axis=0), (hidden.sum(), 1)))


@settings(max_examples=40, deadline=None)
@given(tables)
def test_no_group_of_a_few_is_bounded_more_narrowly_than_the_minimum(rows):
    counts = said(*rows)
    hidden = withheld_levels(counts, RULE)
    assert (hidden | ~sensitive(counts, RULE)).all()
    if hidden.sum() > 1 and counts.sum() >= 10:
        assert bounds_of_levels(counts, hidden).width.min() >= RULE.minimum


def test_the_attacker_recovers_what_a_careless_table_gives_away():
    counts = said((2, 1), (30, 20), (8, 4))
    found = bounds_of_levels(counts, sensitive(counts, RULE))
    assert found.width.tolist() == [0]
    assert found.low.tolist() == [[2, 1]]


def test_figures_that_contradict_each_other_are_refused():
    told = [np.array([0, 1]), np.array([0]), np.array([1])]
    with pytest.raises(ValueError, match="contradict each other"):
        attack(told, said((5,), (4,), (4,)), 2, [0])


def test_of_a_cell_in_no_figure_nothing_is_known():
    assert attack([np.array([0])], said((5,)), 2, [1]).high.tolist() == [[np.inf]]


# ── Two characteristics ──────────────────────────────────────────────────────────────────────────


def test_the_width_of_a_rectangle_is_frechets():
    # By hand: of row total 7 and column total 9 of 20 the cell is between max(0, 7 + 9 - 20) = 0 and 7.
    assert widths(*said((7,), (9,), (20,))).tolist() == [7]
    assert widths(*said((17,), (9,), (20,))).tolist() == [3]  # 17 + 9 - 20 = 6 to 9


def test_one_small_cell_of_a_crossed_table_takes_three_others_with_it():
    counts = said((2, 1), (40, 20), (25, 20), (30, 25), (45, 22), (35, 28)).reshape(2, 3, 2)
    hidden = withheld_cells(counts, RULE)
    assert hidden.tolist() == [[True, False, True], [True, False, True]]
    assert bounds_of_cells(counts, hidden, sensitive(counts, RULE)).width.min() >= 10


crossings = st.integers(0, 2**32 - 1).map(np.random.default_rng)


@settings(max_examples=40, deadline=None)
@given(crossings, st.integers(2, 6), st.integers(2, 4), st.integers(5, 40))
def test_no_cell_of_a_few_is_bounded_more_narrowly_than_the_minimum(rng, rows, columns, mean):
    weights = rng.dirichlet(np.ones(rows * columns)).reshape(rows, columns) * mean * rows * columns
    people = rng.poisson(weights)
    counts = rng.multinomial(people, rng.dirichlet((3, 2, 2)))
    rule = Rule(10, 30, yes=1)
    table = crossed(counts, rule)
    merged = np.zeros((*table.cells.shape, 3), dtype=np.int64)
    np.add.at(merged, np.ix_(table.row_place, table.column_place), counts)
    few = sensitive(merged, rule)
    assert (table.cells | ~few).all()
    if few.any() and not table.cells.all():  # where all is withheld nothing was promised
        found = bounds_of_cells(merged, table.cells, few)
        assert found.width.min() >= rule.minimum


def test_a_small_cell_that_nothing_can_guard_withholds_every_cell_the_empty_one_too():
    # Each row is of one column alone, but for three people: no rectangle holds anybody in all its corners.
    counts = said((20, 10), (0, 0), (2, 1), (30, 10)).reshape(2, 2, 2)
    assert withheld_cells(counts, RULE).all()


def test_of_a_crossed_table_whole_rows_are_told_by_the_rule_of_rows():
    counts = said((2, 1), (40, 20), (25, 20), (30, 25), (45, 22), (35, 28)).reshape(2, 3, 2)
    table = crossed(counts, RULE)
    every, first, second = np.ones(3, dtype=bool), np.array([True, False]), np.array([False, True, False])
    assert table.shows(first, every)
    assert table.shows(first, second)
    assert not table.shows(first, ~second)


def test_a_table_of_200_estates_and_6_tenures_is_reckoned_in_time():
    rng = np.random.default_rng(3)
    people = rng.poisson(20_000 * np.outer(rng.dirichlet(np.ones(200) * 2), rng.dirichlet(np.ones(6))))
    counts = rng.multinomial(people, (0.3, 0.3, 0.1, 0.2, 0.1))
    table = crossed(counts, Rule())
    assert 0 < table.cells.sum() < (table.people > 0).sum()
