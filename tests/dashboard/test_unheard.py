"""The road from a question to who has not been heard from: how answers are counted, and what is said where data are
poor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import comb

import pytest
from incoming_records import small_records
from small_survey import small_incoming

from analysis.model import WHOLE_LANDLORD, Audience, Question
from dashboard.unheard import call_plan, how_wrong, looked_at, reach_of_people, unheard
from data import fairness
from data.readings import Readings
from data.roll import roll_of
from data.store import Store

TODAY = date(2024, 12, 31)
ASKED = Question("2024", "LCRA", WHOLE_LANDLORD)


def homes_of(estate, number, **said):
    return [
        {"home": f"{estate[:2]}{n}", "estate": estate, "tenure": "General needs", "tenure_group": "LCRA",
         "property_type": "Flat" if n % 2 else "House", "dwelling": True, **said}
        for n in range(number)
    ]  # fmt: skip


def sample_of(estate, invited, complete):
    return [
        {"wave": "2024", "reference": f"{estate[:2]}-{n}", "home_ref": f"{estate[:2]}{n}",
         "outcome": "complete" if n < complete else "no reply"}
        for n in range(invited)
    ]  # fmt: skip


@pytest.fixture
def look(tmp_path):
    """Publishes 40 answers of Ash Court, homes of two estates and more files, and puts a question to them."""
    store = Store(tmp_path / "store", "real")

    def looked(*files, homes=None, question=ASKED):
        store.publish(small_incoming(estates=("Ash Court",))).close()
        rows = homes or [*homes_of("Ash Court", 120), *homes_of("Hushed Hill", 60)]
        held = store.publish(small_records(sha256="b" * 64, homes=rows))
        for mark, file in zip("cdef", files, strict=False):
            held = store.publish(small_records(sha256=mark * 64, **file))
        roll = roll_of(held, Readings(tmp_path / "readings", "1").select(), TODAY)
        return looked_at(question, roll, held, 10)

    return looked


def by_estate(found):
    return {each.group[0][1]: each for each in found.reach}


def test_a_sample_of_this_survey_counts_the_answers_whatever_divides_them(look):
    sample = [*sample_of("Ash Court", 80, 40), *sample_of("Hushed Hill", 30, 0)]
    found = unheard(look({"sample": sample}), ("property_type", "estate"), TODAY)
    assert found.counted_by == "sample"
    assert sum(each.answered for each in found.reach) == 40
    assert {each.group for each in found.reach if each.state == "silent"} == {
        (("property_type", "Flat"), ("estate", "Hushed Hill")),
        (("property_type", "House"), ("estate", "Hushed Hill")),
    }


def test_outside_nobody_learns_of_how_few_invited_died_or_shared_no_language(look):
    sample = [*sample_of("Ash Court", 80, 40), *sample_of("Hushed Hill", 3, 0)]
    sample[-1]["outcome"] = "deceased"
    looked = look({"sample": sample})
    assert looked.outcomes == {"no reply": 42, "complete": 40, "deceased": 1}
    outside = replace(looked, question=replace(ASKED, audience=Audience.PUBLIC))
    assert outside.outcomes == {"no reply": 42, "fewer": 41}


def test_a_sample_of_some_other_survey_does_not(look):
    found = unheard(look({"sample": sample_of("Ash Court", 10, 5)}), ("estate",), TODAY)
    assert found.counted_by == "answers"  # five completes are not these forty answers
    assert by_estate(found)["Hushed Hill"].issued is None


def test_what_neither_can_say_is_not_told(look):
    found = unheard(look(), ("property_type",), TODAY)
    assert (found.counted_by, found.reach) == ("", ())


def test_answers_that_name_other_estates_than_the_list_are_not_set_beside_it(look):
    found = unheard(look(homes=homes_of("Patch 7", 60)), ("estate",), TODAY)
    assert found.counted_by == ""


def test_which_channels_are_loaded_is_told_and_the_portal_only_where_a_file_tells_it_apart(look):
    call = {"reference": "k1", "day": TODAY, "channel": "telephone", "home_ref": "As1"}
    portal = {"reference": "k2", "day": TODAY, "channel": "portal", "home_ref": "As2"}
    only_calls = unheard(look({"contacts": [call]}), ("estate",), TODAY).channels
    assert (only_calls["contacts"], only_calls["portal"], only_calls["visits"]) == (True, False, False)
    both = unheard(look({"contacts": [call, portal]}), ("estate",), TODAY).channels
    assert (both["contacts"], both["portal"], both["visits"]) == (True, True, False)


def test_calls_leave_out_whoever_is_not_to_be_contacted_and_do_not_promise_answers(look):
    people = [
        {"reference": f"p{n}", "tenancy_ref": f"T{n}", "home_ref": f"Hu{n}", "do_not_contact": True} for n in range(20)
    ]
    plan = call_plan(look({"people": people}), 500)
    hill = [cell for cell in plan.cells if cell.group[0] == ("estate", "Hushed Hill")]
    assert sum(cell.may_be_called for cell in hill) == 40
    assert plan.left_out == {"not to be contacted": 20}
    assert (plan.expected, plan.calls) == (None, 160)
    assert any("age band" in note for note in plan.notes)  # nobody there says it


def test_people_are_never_chosen_by_what_they_are_beyond_the_four_characteristics(look):
    people = [{"reference": f"p{n}", "tenancy_ref": f"T{n}", "home_ref": f"Hu{n}", "age_band": "25 to 34",
               "length_of_tenancy": "3 to 5 years", "language": "Polish", "household_type": "Couple",
               "economic_status": "Retired", "c_ethnic": "x"} for n in range(60)]  # fmt: skip
    plan = call_plan(look({"people": people}), 100)
    assert set(plan.dims) <= {"estate", "tenure", "age_band", "length_of_tenancy"}
    named = {level for cell in plan.cells for _, level in cell.group}
    assert not named & {"Polish", "Couple", "Retired", "x"}


def test_the_value_held_against_is_the_figure_before_where_there_is_one(look):
    found = how_wrong(look(), ("estate",), TODAY)
    assert (found.target_is, found.target) == ("", pytest.approx(0.70))  # 75%, so the next five below
    assert found.withheld is None


def test_more_answers_than_homes_say_nothing_of_those_who_did_not_answer(look):
    found = how_wrong(look(homes=homes_of("Ash Court", 20)), ("estate",), TODAY)
    assert found.withheld == "more answers than homes in the list"


def test_an_estate_that_is_not_there_has_no_homes_and_no_figures(look):
    nowhere = replace(ASKED, filters=(("estate", ("Atlantis",)),))
    looked = look(question=nowhere)
    found = unheard(looked, ("estate",), TODAY)
    assert (found.listed.homes, found.reach) == (0, ())
    assert call_plan(looked, 100).withheld


# ── By what people are, in aggregate only ────────────────────────────────────────────────────────


def people_of(**numbers):
    """Tenancies of Ash Court by whether an adjustment is recorded: so many of each."""
    said = [level == "yes" for level, number in numbers.items() for _ in range(number)]
    return [
        {"reference": f"P{n}", "home_ref": f"As{n}", "tenancy_ref": f"T{n}", "lead": True, "adjustment": each}
        for n, each in enumerate(said)
    ]  # fmt: skip


@pytest.fixture
def asked_of_people(look, monkeypatch):
    """Puts the question to people of whom an adjustment is known, their answers given by hand."""

    def asked(answered, question=ASKED, **numbers):
        looked = look({"people": people_of(**numbers)})
        counted = fairness.tenancies_and_answers

        def joined(generation, question, on, of):
            found = counted(generation, question, on, of)
            return None if found is None else found.assign(answered=[answered.get(level, 0) for level in found[of.key]])

        monkeypatch.setattr(fairness, "tenancies_and_answers", joined)
        return {each.key: each for each in reach_of_people(question, looked.generation, 10, TODAY)}

    return asked


def test_a_special_category_is_told_of_everyone_with_the_exact_tail(asked_of_people):
    found = asked_of_people({"Yes": 0, "No": 40}, yes=30, no=90)["adjustment"]
    silent, heard = found.groups
    assert (silent.group, silent.homes, silent.answered, silent.state) == ((("adjustment", "Yes"),), 30, 0, "silent")
    assert silent.expected == pytest.approx(10.0) and heard.answered == 40
    # All 40 answers among the 90: C(90, 40) of C(120, 40).
    assert silent.tail == pytest.approx(comb(90, 40) / comb(120, 40), rel=1e-9)
    assert (found.tenancies, found.known, found.answers) == (120, 120, 40)


def test_a_group_of_fewer_than_twenty_is_not_told_nor_what_would_give_it_away(asked_of_people):
    assert asked_of_people({"Yes": 1, "No": 40}, yes=19, no=90)["adjustment"].groups == ()


def test_few_joined_answers_tell_nothing(asked_of_people):
    found = asked_of_people({"Yes": 3, "No": 16}, yes=30, no=90)["adjustment"]
    assert found.groups == () and str(found.withheld).startswith("fewer than 20 answers")


@pytest.mark.parametrize(
    "changed", [{"audience": Audience.REGULATOR}, {"audience": Audience.PUBLIC}, {"filters": (("estate", ("A",)),)}]
)
def test_nobody_outside_and_no_filter_is_told_by_special_category(asked_of_people, changed):
    assert asked_of_people({"No": 40}, replace(ASKED, **changed), yes=30, no=90) == {}
