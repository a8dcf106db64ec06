"""Homes drawn at random within cells, lists shared fairly among anybody, and progress that is nobody's score."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

import numpy as np
import pandas as pd
import pytest

from analysis.campaign import chosen, left_out, progress, shared
from analysis.model import ANY, OTHERS
from analysis.model.campaign import CALL_WAYS, Called, CallList, Card, ToCall


def cell(estate, tenure="Rented", age="25–34", length="1–2 years"):
    return tuple(zip(CALL_WAYS, (estate, tenure, age, length), strict=True))


def homes(estate, number, **more):
    return [ToCall(f"{estate}{n}", "", cell(estate), **more) for n in range(number)]


# ── Drawing ──────────────────────────────────────────────────────────────────────────────────────


def test_so_many_are_drawn_of_each_cell_and_no_more_than_may_be_called():
    there = [*homes("Ash", 10), *homes("Elm", 4), *homes("Oak", 3, left_out="refused")]
    drawn = chosen(there, {cell("Ash"): 5, cell("Elm"): 9, cell("Oak"): 2}, seed=1)
    assert Counter(dict(home.cell)["estate"] for home in drawn) == {"Ash": 5, "Elm": 4}


def test_the_same_seed_draws_the_same_homes_whatever_order_they_come_in():
    there = homes("Ash", 30)
    first = chosen(there, {(): 10}, seed=3)
    assert chosen(there[::-1], {(): 10}, seed=3) == first
    assert chosen(there, {(): 10}, seed=4) != first


def test_every_home_of_a_cell_is_as_likely_as_any_other():
    there, times = homes("Ash", 20), Counter()
    for seed in range(400):
        times.update(home.home for home in chosen(there, {(): 5}, seed))
    # 400 draws of 5 from 20: 100 each, with a standard deviation of sqrt(400 x 0.25 x 0.75) = 8.7
    assert len(times) == 20
    assert min(times.values()) > 100 - 4.5 * 8.7
    assert max(times.values()) < 100 + 4.5 * 8.7


def test_a_home_belongs_to_the_cell_that_names_it_and_else_to_the_others():
    ways = CALL_WAYS[:2]
    plan = {
        tuple(zip(ways, ("Ash", "Rented"), strict=True)): 1,
        tuple(zip(ways, ("Ash", OTHERS), strict=True)): 1,
        tuple(zip(ways, (OTHERS, ANY), strict=True)): 2,
    }
    there = [
        ToCall("A1", "", cell("Ash")),
        ToCall("A2", "", cell("Ash", "Sheltered")),
        ToCall("E1", "", cell("Elm", "Sheltered")),
        ToCall("O1", "", cell("Oak")),
    ]
    assert sorted(home.home for home in chosen(there, plan, 1)) == ["A1", "A2", "E1", "O1"]
    assert chosen(there, {**plan, tuple(zip(ways, ("Ash", "Rented"), strict=True)): 0}, 1) != ()
    without = {cell: 0 if ("estate", OTHERS) in cell else calls for cell, calls in plan.items()}
    assert sorted(home.home for home in chosen(there, without, 1)) == ["A1", "A2"]


def test_each_reason_is_counted():
    there = [*homes("Ash", 3), *homes("Elm", 2, left_out="refused"), *homes("Oak", 1, left_out="deceased")]
    assert dict(left_out(there)) == {"refused": 2, "deceased": 1}


# ── Sharing ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", range(40))
def test_lists_are_equal_within_one_and_so_is_everybodys_share_of_an_estate(seed):
    random = np.random.default_rng(seed)
    staff = [f"caller {n}" for n in range(random.integers(1, 12))]
    cells = [
        cell(f"estate {random.integers(0, 7)}", age=str(random.integers(0, 3))) for _ in range(random.integers(0, 200))
    ]
    whose = shared(cells, staff, seed)
    lists = Counter(dict.fromkeys(staff, 0)) + Counter(whose)
    sizes = [lists[name] for name in staff]
    assert max(sizes) - min(sizes) <= 1
    for estate in {dict(each)["estate"] for each in cells}:
        mine = Counter(name for name, each in zip(whose, cells, strict=True) if dict(each)["estate"] == estate)
        there = [mine[name] for name in staff]
        assert max(there) - min(there) <= 1


def test_nobody_always_gets_the_home_too_many():
    extra = Counter(
        Counter(shared([cell("Ash")] * 4, ["A", "B", "C"], seed)).most_common(1)[0][0] for seed in range(90)
    )
    assert min(extra[name] for name in "ABC") > 15  # 30 each, with a standard deviation of 4.5


def test_whoever_has_homes_already_gets_fewer():
    whose = shared([cell("Ash")] * 6, ["Ann", "Bo"], 1, {"Ann": 4})
    assert Counter(whose) == {"Bo": 5, "Ann": 1}


def test_a_list_is_not_shared_among_nobody():
    with pytest.raises(ValueError, match="Nobody"):
        shared([cell("Ash")], [], 1)


# ── Progress ─────────────────────────────────────────────────────────────────────────────────────


def cards(*rows):
    """estate, state, outcome, heard before, language: known, fresh before, told."""
    made = [
        {**dict(cell(estate)), "state": state, "outcome": outcome, "heard": heard,
         "known_language": known, "fresh_language": fresh, "after_language": after}
        for estate, state, outcome, heard, known, fresh, after in rows
    ]  # fmt: skip
    return pd.DataFrame(made)


def test_each_home_counts_once_by_its_last_call():
    found = progress(
        cards(
            ("Ash", "done", "reached", False, False, False, "confirmed"),
            ("Ash", "to call", "not_reached", False, True, False, ""),
            ("Ash", "done", "wrong_number", True, True, False, ""),
            ("Elm", "done", "refused", False, True, False, ""),
            ("Elm", "to call", "", False, True, False, ""),
            ("Elm", "set aside", "not_reached", False, True, False, ""),
        ),
        ["language"],
        smallest_base=1,
    )
    assert found.everyone == Called((), 6, 1, 1, 1, 1, 1, 1)
    ash, elm = found.groups["estate"]
    assert (ash.homes, ash.reached, ash.wrong_number) == (3, 1, 1)
    assert (elm.refused, elm.to_call, elm.set_aside) == (1, 1, 1)


def test_what_is_known_and_fresh_is_counted_of_the_homes_reached():
    found = progress(
        cards(
            ("Ash", "done", "reached", False, False, False, "changed"),
            ("Ash", "done", "reached", False, True, False, "confirmed"),
            ("Ash", "done", "reached", False, True, True, ""),
            ("Ash", "done", "refused", False, False, False, ""),
        ),
        ["language"],
        smallest_base=1,
    )
    (language,) = found.knowledge
    assert (language.base, language.known_before, language.known_after) == (3, 2, 3)
    assert (language.fresh_before, language.fresh_after) == (1, 3)


def test_coverage_is_homes_heard_before_and_with_those_reached():
    found = progress(
        cards(
            ("Ash", "done", "reached", False, False, False, ""),
            ("Ash", "done", "reached", True, False, False, ""),
            ("Ash", "done", "not_reached", True, False, False, ""),
            ("Ash", "done", "not_reached", False, False, False, ""),
        ),
        ["language"],
        smallest_base=1,
    )
    everyone, ash = found.coverage["estate"]
    assert (everyone.homes, everyone.before, everyone.after) == (4, 2, 3)
    assert ash.after == 3


def test_a_group_of_few_homes_is_withheld():
    found = progress(cards(*[("Ash", "to call", "", False, False, False, "")] * 9), ["language"], smallest_base=10)
    assert found.everyone.to_call == 9
    assert found.groups["estate"][0].withheld == "fewer than 10 homes"
    assert found.coverage["estate"][1].after is None


# ── Safeguards ───────────────────────────────────────────────────────────────────────────────────


def test_safeguard_8_progress_is_by_homes_and_never_by_who_called():
    found = progress(cards(*[("Ash", "to call", "", False, False, False, "")] * 3), ["language"], 1)
    assert set(found.groups) == set(CALL_WAYS) == {"estate", "tenure", "age_band", "length_of_tenancy"}
    assert "caller" not in {each.name for each in fields(Called)}
    assert {each.name for each in fields(CallList)} == {
        "caller",
        "homes",
        "to_call",
        "on_paper",
    }  # no outcome of anybody


def test_safeguard_9_a_card_is_a_name_a_number_and_the_fields_to_check():
    shown = {each.name for each in fields(Card)} - {"card", "token", "until"}
    assert shown == {"name", "phone", "checks"}


def test_safeguard_4_homes_are_told_apart_by_four_things_and_by_nothing_special():
    assert CALL_WAYS == ("estate", "tenure", "age_band", "length_of_tenancy")
    assert {each.name for each in fields(ToCall)} == {
        *("home", "tenancy", "cell", "name", "phone", "held", "heard", "left_out")
    }
