"""Being judged: each figure on its own, hidden where it would tell of a few, and never a score."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.model import Dimension, Estimate, Verdict, Voices, Wave
from analysis.model.stigma import AGREE, SEVERAL, YES_NO, Answered, Item, ItemFound, Option
from analysis.stigma import agreement, coded, is_way, measures_of, over_time, side_by_side, telling, without_few_staffed

FROM = Item(
    "ST02", "sources", "From whom", "Who?", "", SEVERAL, ("LCRA",), options=(Option("a", "A"), Option("b", "B"))
)


def share(value, base=100, measure="ST01", group=()):
    yes = round(value * base)
    return Estimate(value, value - 0.05, value + 0.05, base, 0.02, base, yes, "", None, measure, group)


def heard(comments=100, unread=0, withheld=None):
    return Voices(comments, comments, unread, {}, (), withheld=withheld)


def counts(*rows):
    return pd.DataFrame(rows, columns=["what", "code", "n"])


def wave(name, year):
    return Wave(name, date(year, 9, 1), date(year, 10, 1), f"{year}", methods={"Telephone": 100})


def test_an_item_with_several_answers_is_a_measure_an_option():
    found = measures_of([FROM, Item("ST06", "voice", "Believed", "…", "", AGREE, ("LCRA", "LCHO"))])
    assert [(measure.code, measure.title) for measure in found] == [
        ("ST02:a", "A"),
        ("ST02:b", "B"),
        ("ST06", "Believed"),
    ]
    assert found[2].counts_as_yes == ("Strongly agree", "Agree")
    assert found[0].tenures == ("LCRA",)


@pytest.mark.parametrize(
    ("dimension", "may"),
    [
        (Dimension("estate", "Estate"), True),
        (Dimension("c_length", "Length of tenancy"), True),
        (Dimension("c_patch", "Patch", "Housing officer"), False),
        (Dimension("c_ethnicity", "Ethnicity", special_category=True), False),
        (Dimension("block", "Block"), False),
    ],
)
def test_only_estate_tenure_age_and_length_of_tenancy_divide(dimension, may):
    assert is_way(dimension) is may


def test_a_day_still_to_come_holds_back_and_a_day_past_does_not():
    day = date(2026, 11, 29)
    assert agreement("", None, date(2026, 11, 30), day).held_back
    assert not agreement("", None, day, day).held_back
    assert agreement("", date(2026, 12, 1), None, day).agreed is None


def test_where_one_estate_is_few_staffed_the_total_does_not_tell_of_it():
    places = [share(0.3, base, group=(("estate", name),)) for name, base in (("Ash", 40), ("Birch", 60), ("Cedar", 90))]
    item = ItemFound(FROM, (Answered("ST02:a", "A", share(0.3, 190), groups=tuple(places)),))
    ((found,),) = [each.answers for each in without_few_staffed([item], {"Ash"}, 20)]
    assert [each.withheld for each in found.groups] == [
        "fewer than three staff serve it",
        "it would give away a place that is withheld",
        None,
    ]


def test_what_was_told_is_a_share_of_what_was_read():
    table = counts(("told", "", 12), ("source", "contractor", 9), ("source", "unheard_of", 1), ("form", "x", 4))
    assert telling(table, heard(unread=20), 10).base == 80
    (contractor,) = coded(table, "source", heard(unread=20), {"contractor": "Contractors"}, 10)
    assert (contractor.of_all.yes, contractor.of_all.base) == (9, 80)
    assert (contractor.of_told.yes, contractor.of_told.base) == (9, 12)


def test_of_a_handful_of_comments_that_tell_of_it_no_share_is_told():
    table = counts(("told", "", 9), ("source", "contractor", 9))
    (contractor,) = coded(table, "source", heard(), {"contractor": "Contractors"}, 10)
    assert contractor.of_told.withheld == "fewer than 10 comments that tell of being judged"
    assert coded(table, "source", heard(withheld="fewer than 10 people commented"), {}, 10) == ()


def test_over_time_each_is_set_only_against_the_one_it_may_be_compared_with():
    found = over_time(
        [
            (wave("Q1 2025", 2025), share(0.02, 400), None),
            (wave("Q2 2025", 2025), share(0.40, 400), None),
            (wave("Q1 2026", 2026), share(0.30, 400), 0),
        ]
    )
    assert [step.change is None for step in found] == [True, True, False]
    assert found[2].change.verdict is Verdict.REAL
    assert found[2].change.before.value == 0.02


def test_side_by_side_leaves_nothing_out_that_either_has():
    item = ItemFound(FROM, (Answered("ST02:a", "A", share(0.4)), Answered("ST02:b", "B", share(0.2))))
    told = coded(counts(("told", "", 20), ("source", "c", 5)), "source", heard(), {"c": "See"}, 10)
    rows = side_by_side([item], "ST02", told, {"c": "See", "d": "Dee"}, {"c": ("a",), "d": ()})
    assert [(row.title, [a.code for a in row.asked], row.told is not None) for row in rows] == [
        ("See", ["ST02:a"], True),
        ("B", ["ST02:b"], False),
    ]


def test_yes_no_items_count_yes_alone():
    (measure,) = measures_of([Item("ST01", "", "", "", "", YES_NO, ("LCRA",))])
    assert measure.counts_as_yes == ("Yes",)
