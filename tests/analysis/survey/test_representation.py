"""Who has not been heard from: silent, not sampled and quiet are three things; a handful of homes has no share; and
quieter than chance is told by an exact probability."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pandas as pd
import pytest
from scipy.stats import hypergeom

from analysis.model import HeardHomes, Verdict
from analysis.survey.representation import contactable, heard_homes, lower_tail, quieter, reach

COUNTED = pd.DataFrame(
    [
        ("Ash Court", 200, 100, 50),
        ("Beech Row", 120, 0, 0),  # nobody was invited
        ("Cedar Walk", 80, 40, 0),  # invited, and nobody answered
        ("Dell End", 90, 40, 9),
        ("Elm Yard", 9, 4, 0),
        ("Fir Drive", 0, 0, 3),  # a name that the list of homes does not have
    ],
    columns=["estate", "homes", "issued", "answered"],
)
ESTATE = ("estate",)


def by_name(rows):
    return {row.group[0][1]: row for row in rows}


def test_not_sampled_is_not_silent_where_an_issued_sample_is_held():
    found = by_name(reach(COUNTED, ESTATE, sampled=True, smallest_base=10))
    assert {name: row.state for name, row in found.items()} == {
        "Ash Court": "heard",
        "Beech Row": "not sampled",
        "Cedar Walk": "silent",
        "Dell End": "quiet",
        "Elm Yard": "silent",
        "Fir Drive": "quiet",
    }
    assert found["Beech Row"].verdict is Verdict.DIFFERENTLY


def test_without_an_issued_sample_nobody_knows_who_was_invited():
    found = by_name(reach(COUNTED, ESTATE, sampled=False, smallest_base=10))
    assert found["Beech Row"].state == "silent"
    assert {row.issued for row in found.values()} == {None}
    assert {row.response for row in found.values()} == {None}


def test_shares_are_answers_per_home_and_per_home_invited():
    ash = by_name(reach(COUNTED, ESTATE, sampled=True, smallest_base=10))["Ash Court"]
    assert (ash.share, ash.response) == (pytest.approx(0.25), pytest.approx(0.5))  # 50 of 200, 50 of 100


def test_groups_without_an_answer_come_first_the_small_behind_all_others_and_names_not_in_the_list_last():
    names = [row.group[0][1] for row in reach(COUNTED, ESTATE, sampled=True, smallest_base=10)]
    assert names == ["Cedar Walk", "Beech Row", "Dell End", "Ash Court", "Elm Yard", "Fir Drive"]


def test_a_group_without_an_answer_comes_before_one_that_is_less_likely_by_chance():
    counted = pd.DataFrame(
        [("Big", 4_000, 2_000, 900), ("Quiet", 400, 200, 20), ("Tiny", 12, 6, 0)], columns=COUNTED.columns
    )
    found = reach(counted, ESTATE, sampled=True, smallest_base=10)
    assert [row.group[0][1] for row in found] == ["Tiny", "Quiet", "Big"]
    assert found[1].tail < found[0].tail
    # Of six, none answering is ordinary luck when a good two in five do: about 1 in 30 for each of so small a group.
    assert [row.verdict for row in found] == [Verdict.CHANCE, Verdict.REAL, Verdict.CHANCE]


def test_the_tail_is_the_hypergeometric_distribution_counted_out():
    """10 invited of 40, 4 answers in all, none or one here: C(30,4) + 10 C(30,3) of C(40,4) ways."""
    found = quieter(np.array([10, 30]), np.array([1, 3]), np.array([True, True]))
    exact = Fraction(comb(30, 4) + 10 * comb(30, 3), comb(40, 4))
    assert found[0].tail == pytest.approx(float(exact), abs=1e-12)
    assert found[0].expected == pytest.approx(1.0)  # 4 × 10/40


@pytest.mark.parametrize("whole", [60, 10_000, 250_000])
def test_the_tail_agrees_with_another_program_at_any_size(whole):
    """scipy's own hypergeometric distribution, in the middle and far out."""
    random = np.random.default_rng(whole)
    trials = random.integers(1, whole // 2, 60)
    drawn = whole // 12
    x = random.hypergeometric(trials, whole - trials, drawn)
    x[::4] = np.maximum(0, x[::4] // 2)
    x[1::4] = np.minimum(np.minimum(trials, drawn), x * 2)[1::4]
    found = lower_tail(x, whole, trials, drawn)
    assert found == pytest.approx(hypergeom.cdf(x, whole, trials, drawn), rel=1e-9, abs=1e-300)


def test_the_allowance_counts_only_groups_where_silence_could_be_told_from_chance():
    """Two estates of 100 invited and fifty groups of two: no answer of two is never unlikely, so they cost nothing."""
    trials = np.array([100, 100, *[2] * 50])
    answered = np.array([2, 38, *[1] * 10, *[0] * 40])
    found = quieter(trials, answered, np.ones(52, bool))
    assert found[0].adjusted == pytest.approx(2 * found[0].tail)  # Holm over two
    assert {each.adjusted for each in found[2:]} == {None}
    assert not any(each.could_tell for each in found[2:])


def test_alike_is_never_quieter_than_chance_in_more_than_one_seed_in_twenty():
    """Twenty-five estates all as ready to answer: a landlord where one is called quiet is a false alarm."""
    random, alarms = np.random.default_rng(20261129), 0
    trials = random.integers(30, 300, 25)
    for _ in range(400):
        answered = random.multivariate_hypergeometric(trials, 800)
        found = quieter(trials, answered, np.ones(25, bool))
        alarms += any(each.adjusted is not None and each.adjusted <= 0.05 for each in found)
    assert alarms <= 0.05 * 400 + 2 * np.sqrt(0.05 * 0.95 * 400)  # one in twenty, and the luck of 400 tries


def test_nine_homes_have_no_share_and_the_reason_is_said():
    found = by_name(reach(COUNTED, ESTATE, sampled=True, smallest_base=10))
    assert (found["Elm Yard"].share, found["Elm Yard"].withheld) == (None, "fewer than 10 homes")
    assert found["Elm Yard"].verdict is Verdict.TOO_FEW
    assert found["Fir Drive"].withheld == "not in the list of homes"
    assert found["Fir Drive"].verdict is None


def test_more_answers_than_homes_is_said_and_no_share_over_one_is_given():
    (row,) = reach(COUNTED.head(1).assign(answered=201), ESTATE, sampled=True, smallest_base=10)
    assert (row.share, row.response, row.withheld) == (None, None, "more answers than homes in the list")
    assert (row.tail, row.verdict) == (None, None)


def test_more_answers_than_invitations_give_no_rate_of_response():
    (row,) = reach(COUNTED.head(1).assign(issued=40), ESTATE, sampled=True, smallest_base=10)
    assert (row.share, row.response) == (pytest.approx(0.25), None)


def test_nobody_answered_anywhere_is_no_group_quieter_than_another():
    found = reach(COUNTED.assign(answered=0), ESTATE, sampled=True, smallest_base=10)
    assert {row.tail for row in found} == {None}


def test_two_characteristics_make_a_group():
    crossed = COUNTED.head(2).assign(age_band=["under 35", "35 and over"])
    found = reach(crossed, ("estate", "age_band"), sampled=False, smallest_base=10)
    assert found[0].group == (("estate", "Beech Row"), ("age_band", "35 and over"))


def test_homes_heard_from_are_counted_for_everyone_and_then_the_least_heard_first():
    counted = pd.DataFrame(
        [("Ash Court", 200, 50, 40, 2, 20, 40), ("Beech Row", 100, 5, 5, 0, 0, 5), ("Elm Yard", 9, 9, 0, 0, 9, 0)],
        columns=["estate", "homes", "heard", "only_wrong", "spoken_to", "survey", "repairs"],
    )
    everyone, *groups = heard_homes(counted, ESTATE, ("survey", "repairs"), 10)
    assert (everyone.homes, everyone.heard, dict(everyone.channels)) == (309, 64, {"survey": 29, "repairs": 45})
    assert (everyone.silent, everyone.only_wrong, everyone.spoken_to) == (245, 45, 2)
    assert [(g.group[0][1], g.share) for g in groups] == [("Beech Row", 0.05), ("Ash Court", 0.25), ("Elm Yard", None)]
    assert groups[-1] == HeardHomes((("estate", "Elm Yard"),), 9, None, None, {}, "fewer than 10 homes")


def test_outside_a_handful_of_homes_cannot_be_worked_out_from_everyone():
    rows = [("Ash Court", 200, 50, 9, 0, 20), ("Beech Row", 100, 5, 1, 0, 0), ("Elm Yard", 9, 9, 0, 0, 9)]
    counted = pd.DataFrame(rows, columns=["estate", "homes", "heard", "only_wrong", "spoken_to", "survey"])
    found = by_name(heard_homes(counted, ESTATE, ("survey",), 10, outside=True)[1:])
    assert {name for name, each in found.items() if each.heard is None} == {"Beech Row", "Elm Yard"}
    assert found["Beech Row"].withheld == "it would give away a group of few homes"


def test_outside_no_channel_tells_of_a_handful_nor_lets_one_be_worked_out():
    """Beech Row complained from 3 homes: Cedar Walk's 11 are not told either, as the three would follow from all."""
    rows = [("Ash Court", 200, 50, 30, 0, 20), ("Beech Row", 100, 40, 12, 4, 3), ("Cedar Walk", 90, 30, 15, 12, 11)]
    counted = pd.DataFrame(rows, columns=["estate", "homes", "heard", "only_wrong", "spoken_to", "complaints"])
    inside = by_name(heard_homes(counted, ESTATE, ("complaints",), 10)[1:])
    found = by_name(heard_homes(counted, ESTATE, ("complaints",), 10, outside=True)[1:])
    assert inside["Beech Row"].channels["complaints"] == 3
    assert {name: dict(each.channels) for name, each in found.items() if each.channels} == {
        "Ash Court": {"complaints": 20}
    }
    assert {name: each.spoken_to for name, each in found.items()} == {
        "Ash Court": 0, "Beech Row": None, "Cedar Walk": None
    }  # fmt: skip
    assert all(each.heard == inside[name].heard and not each.withheld for name, each in found.items())


def test_outside_nobody_learns_where_a_handful_answered_but_that_nobody_did_is_told():
    inside = by_name(reach(COUNTED, ESTATE, sampled=True, smallest_base=10))
    found = by_name(reach(COUNTED, ESTATE, sampled=True, smallest_base=10, outside=True))
    assert inside["Dell End"].withheld is None
    assert {name for name, row in found.items() if row.withheld == "it could give away a handful of answers"} == {
        "Ash Court", "Dell End"
    }  # fmt: skip
    assert found["Cedar Walk"] == inside["Cedar Walk"] and found["Cedar Walk"].state == "silent"
    assert found["Dell End"].share is None and found["Dell End"].verdict is inside["Dell End"].verdict


def test_where_nothing_is_listed_nothing_is_said():
    nothing = COUNTED.head(0)
    assert reach(nothing, ESTATE, sampled=False, smallest_base=10) == ()
    (everyone,) = heard_homes(nothing.assign(heard=[], only_wrong=[], spoken_to=[], survey=[]), ESTATE, ("survey",), 10)
    assert everyone.withheld == "fewer than 10 homes"


def test_tenancies_that_cannot_be_reached_come_first_and_a_handful_is_withheld():
    columns = ["estate", "tenancies", "email", "mobile", "portal", "none_known", "withheld"]
    groups = pd.DataFrame(
        [
            ("Ash Court", 30, 20, 20, 5, 2, None),
            ("Beech Row", 40, 10, 10, 0, 25, None),
            ("Elm Yard", None, None, None, None, None, "fewer than 10 tenancies"),
        ],
        columns=columns,
    )
    everyone = pd.DataFrame([(75, 31, 32, 5, 28, None)], columns=columns[1:])
    found = contactable(everyone, groups, "estate")
    assert [(row.group, row.none_known) for row in found] == [
        ((), 28),
        ((("estate", "Beech Row"),), 25),
        ((("estate", "Ash Court"),), 2),
        ((("estate", "Elm Yard"),), None),
    ]
    assert found[-1].withheld == "fewer than 10 tenancies"
