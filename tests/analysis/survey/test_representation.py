"""Who has not been heard from: silent, not sampled and quiet are three things; a handful of homes has no share."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.model import HeardHomes
from analysis.survey.representation import contactable, heard_homes, reach

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


def by_name(rows):
    return {row.group[0][1]: row for row in rows}


def test_not_sampled_is_not_silent_where_an_issued_sample_is_held():
    found = by_name(reach(COUNTED, "estate", sampled=True, smallest_base=10))
    assert {name: row.state for name, row in found.items()} == {
        "Ash Court": "heard",
        "Beech Row": "not sampled",
        "Cedar Walk": "silent",
        "Dell End": "quiet",
        "Elm Yard": "silent",
        "Fir Drive": "quiet",
    }


def test_without_an_issued_sample_nobody_knows_who_was_invited():
    found = by_name(reach(COUNTED, "estate", sampled=False, smallest_base=10))
    assert found["Beech Row"].state == "silent"
    assert {row.issued for row in found.values()} == {None}
    assert {row.response for row in found.values()} == {None}


def test_shares_are_answers_per_home_and_per_home_invited():
    ash = by_name(reach(COUNTED, "estate", sampled=True, smallest_base=10))["Ash Court"]
    assert (ash.share, ash.response) == (pytest.approx(0.25), pytest.approx(0.5))  # 50 of 200, 50 of 100


def test_the_silent_come_first_and_names_not_in_the_list_last():
    names = [row.group[0][1] for row in reach(COUNTED, "estate", sampled=True, smallest_base=10)]
    assert names == ["Cedar Walk", "Elm Yard", "Beech Row", "Dell End", "Ash Court", "Fir Drive"]


def test_nine_homes_have_no_share_and_the_reason_is_said():
    found = by_name(reach(COUNTED, "estate", sampled=True, smallest_base=10))
    assert (found["Elm Yard"].share, found["Elm Yard"].withheld) == (None, "fewer than 10 homes")
    assert found["Fir Drive"].withheld == "not in the list of homes"


def test_more_answers_than_homes_is_said_and_no_share_over_one_is_given():
    (row,) = reach(COUNTED.head(1).assign(answered=201), "estate", sampled=True, smallest_base=10)
    assert (row.share, row.response, row.withheld) == (None, None, "more answers than homes in the list")


def test_more_answers_than_invitations_give_no_rate_of_response():
    (row,) = reach(COUNTED.head(1).assign(issued=40), "estate", sampled=True, smallest_base=10)
    assert (row.share, row.response) == (pytest.approx(0.25), None)


def test_homes_heard_from_are_counted_for_everyone_and_then_the_least_heard_first():
    counted = pd.DataFrame(
        [("Ash Court", 200, 50, 20, 40), ("Beech Row", 100, 5, 0, 5), ("Elm Yard", 9, 9, 9, 0)],
        columns=["estate", "homes", "heard", "survey", "repairs"],
    )
    everyone, *groups = heard_homes(counted, "estate", ("survey", "repairs"), 10)
    assert (everyone.homes, everyone.heard, dict(everyone.channels)) == (309, 64, {"survey": 29, "repairs": 45})
    assert [(g.group[0][1], g.share) for g in groups] == [("Beech Row", 0.05), ("Ash Court", 0.25), ("Elm Yard", None)]
    assert groups[-1] == HeardHomes((("estate", "Elm Yard"),), 9, None, None, {}, "fewer than 10 homes")


def test_outside_a_handful_of_homes_cannot_be_worked_out_from_everyone():
    rows = [("Ash Court", 200, 50, 20), ("Beech Row", 100, 5, 0), ("Elm Yard", 9, 9, 9)]
    counted = pd.DataFrame(rows, columns=["estate", "homes", "heard", "survey"])
    found = by_name(heard_homes(counted, "estate", ("survey",), 10, outside=True)[1:])
    assert {name for name, each in found.items() if each.heard is None} == {"Beech Row", "Elm Yard"}
    assert found["Beech Row"].withheld == "it would give away a group of few homes"


def test_where_nothing_is_listed_nothing_is_said():
    nothing = COUNTED.head(0)
    assert reach(nothing, "estate", sampled=False, smallest_base=10) == ()
    (everyone,) = heard_homes(nothing.assign(heard=[], survey=[]), "estate", ("survey",), 10)
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
