"""A roll of homes: each once, with who was last heard from through what; a letter of ours and a communal repair are
not hearing, and nobody can be told from it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from incoming_records import HOMES, small_homes, small_records
from small_survey import small_incoming

from analysis.model import WHOLE_LANDLORD, Scope
from data.generation import NotHeld
from data.readings import Readings
from data.roll import answers_by, asked_of, joining, roll_of, said_by
from data.store import Store

BEGUN, ENDED = date(2024, 1, 1), date(2024, 12, 31)
IN_TIME = date(2024, 5, 1)


@pytest.fixture
def publish(tmp_path):
    """Publishes files one after another and gives the last generation."""
    store = Store(tmp_path / "store", "real")

    def all_of(*files):
        for file in files:
            held = store.publish(file)
        return held

    return all_of


@pytest.fixture
def roll(tmp_path):
    """The roll of a generation at the end of 2024, with nothing read in the comments, or this."""

    def made(held, readings=None):
        return roll_of(held, readings or Readings(tmp_path / "readings", "1").select(), ENDED)

    return made


def heard(roll, dim="estate", scope=WHOLE_LANDLORD, group="LCRA", **more):
    """Homes counted by a characteristic with what was heard from them in 2024: by level."""
    through = roll.heard(BEGUN)
    anyhow = np.any(list(through.values()), axis=0)
    counted = roll.counted([dim], roll.mine(group, scope), heard=anyhow, **through, **more)
    return counted.set_index(dim).to_dict("index")


def contacts(*rows):
    return small_records(
        sha256="c" * 64,
        contacts=[{"reference": f"k{n}", "day": IN_TIME, "home_ref": "P-77", **row} for n, row in enumerate(rows)],
    )


def person(**row):
    return {"reference": "p1", "tenancy_ref": "T1", "home_ref": "P-77", "lead": True, **row}


def people(*rows):
    return small_records(sha256="e" * 64, people=[{"reference": f"p{n}", **row} for n, row in enumerate(rows)])


def test_homes_are_heard_from_once_through_whatever_channel(publish, roll):
    held = publish(
        small_homes(),
        small_records(
            sha256="c" * 64,
            repairs=[
                {"reference": "r1", "raised": IN_TIME, "home_ref": "P-77"},
                {"reference": "r2", "raised": IN_TIME, "home_ref": "P-77"},
                {"reference": "r3", "raised": IN_TIME, "home_ref": "0900", "communal": True},
                {"reference": "r4", "raised": date(2023, 1, 1), "home_ref": "900"},
                {"reference": "r5", "raised": date(2025, 1, 1), "home_ref": "900"},  # not yet
            ],
        ),
        small_records(
            sha256="d" * 64,
            complaints=[{"reference": "c1", "complaint": "c1", "stage": 1, "made": IN_TIME, "home_ref": "P-77"}],
        ),
    )
    found = heard(roll(held))
    assert found["Lanternmoor"] == {
        "homes": 2, "heard": 1, "survey": 0, "repairs": 1, "complaints": 1, "contacts": 0, "portal": 0, "visits": 0,
        "hazards": 0,
    }  # fmt: skip
    assert (found["Ash Court"]["homes"], found["Ash Court"]["heard"]) == (2, 0)  # P 78 is shared ownership


@pytest.mark.parametrize(
    ("contact", "through"),
    [
        ({"direction": "in", "channel": "telephone", "listening": True}, {"contacts"}),
        ({"direction": "out", "channel": "telephone", "listening": True}, {"contacts"}),  # we rang, and spoke
        ({"direction": "out", "channel": "telephone", "listening": False}, set()),  # an arrears campaign
        ({"direction": "out", "channel": "letter", "listening": True}, set()),
        ({"direction": "in", "channel": "letter", "listening": True}, {"contacts"}),
        ({"direction": "in", "channel": "portal"}, {"portal"}),
        ({"direction": "out", "channel": "portal"}, set()),  # a message we put there
        ({"direction": "out", "channel": "visit"}, {"visits"}),
        ({"direction": None, "channel": None}, {"contacts"}),
    ],
)
def test_what_counts_as_hearing_from_a_home_and_through_what(contact, through, publish, roll):
    found = heard(roll(publish(small_homes(), contacts(contact))))["Lanternmoor"]
    channels = ("survey", "repairs", "complaints", "contacts", "portal", "visits", "hazards")
    assert {channel for channel in channels if found[channel]} == through
    assert found["heard"] == len(through)


def test_a_survey_answer_is_only_of_a_home_where_the_tenant_allowed_it(publish, roll):
    survey = small_incoming(answers=3)
    survey.connection.execute("update responses set household = 'P-77', may_attribute = true where respondent = 1")
    survey.connection.execute("update responses set household = '0900', may_attribute = false where respondent = 2")
    found = heard(roll(publish(small_homes(), survey)))
    assert sum(row["survey"] for row in found.values()) == 1


def test_an_answer_without_a_date_is_of_the_last_day_of_its_survey(publish, roll):
    survey = small_incoming(answers=1)
    survey.connection.execute("update responses set household = 'P-77', may_attribute = true, date = null")
    made = roll(publish(small_homes(), survey))
    assert made.last["survey"].max() == (date(2024, 6, 30) - date(1970, 1, 1)).days


WRONG = [
    ({"reason": "Repairs: time taken"}, 1),
    ({"reason": "Moving home"}, 0),
    ({"reason": "Moving home", "text": "I am fed up", "text_key": "angry"}, 1),  # it sounds dissatisfied
]


@pytest.mark.parametrize(("contact", "wrong"), WRONG)
def test_a_home_heard_from_only_when_something_was_wrong(contact, wrong, publish, roll):
    readings = (
        "select 'angry' as text_key, 'negative' as tone, 0.9 as confidence, '' as set_aside union all "
        "select 'other', 'positive', 0.9, ''"
    )
    made = roll(publish(small_homes(), contacts({"direction": "in", "channel": "telephone", **contact})), readings)
    assert made.only_wrong(BEGUN).sum() == wrong


def test_a_home_that_also_spoke_of_something_else_was_not_heard_from_only_when_something_was_wrong(publish, roll):
    repair = small_records(sha256="d" * 64, repairs=[{"reference": "r1", "raised": IN_TIME, "home_ref": "P-77"}])
    assert roll(publish(small_homes(), repair)).only_wrong(BEGUN).sum() == 1
    other = contacts({"reason": "Moving home", "channel": "telephone"})
    assert roll(publish(other)).only_wrong(BEGUN).sum() == 0


@pytest.mark.parametrize(
    ("contact", "planned"),
    [
        ({"direction": "out", "channel": "telephone", "reason": "Welcome call"}, 1),
        ({"direction": "out", "channel": "visit"}, 1),
        ({"direction": "out", "channel": "letter", "reason": "Newsletter"}, 0),
        ({"direction": "out", "channel": "text message", "reason": "Survey"}, 0),
        ({"direction": "in", "channel": "telephone", "reason": "Moving home"}, 0),  # they began it
        ({"direction": "out", "channel": "telephone", "reason": "Rent arrears"}, 0),
        ({"direction": "out", "channel": "visit", "reason": "Damp and mould inspection"}, 0),
        ({"direction": "out", "channel": "telephone", "reason": "Appointment call back"}, 0),
        ({"direction": "out", "channel": "telephone", "reason": "Welcome call", "listening": False}, 0),  # no answer
    ],
)
def test_a_planned_conversation_is_a_call_or_visit_of_ours_about_nothing_wrong(contact, planned, publish, roll):
    assert roll(publish(small_homes(), contacts(contact))).spoken_to(BEGUN).sum() == planned


def test_who_was_invited_and_who_answered_is_counted_home_by_home(publish, roll):
    sample = [
        {"wave": "2024", "reference": "s1", "home_ref": "P-77", "outcome": "complete"},
        {"wave": "2024", "reference": "s2", "home_ref": "0900", "outcome": "no reply"},
        {"wave": "2024", "reference": "s4", "home_ref": "nowhere", "outcome": "complete"},
        {"wave": "2023", "reference": "s3", "home_ref": "900", "outcome": "complete"},
    ]
    held = publish(small_homes(), small_incoming(), small_records(sha256="c" * 64, sample=sample))
    made = roll(held)
    asked = asked_of(held, "2024", made)
    found = heard(made, "property_type", invited=asked.invited, complete=asked.complete)
    assert {level: (row["homes"], row["invited"], row["complete"]) for level, row in found.items()} == {
        "Bungalow": (1, 1, 1),
        "Flat": (3, 1, 0),
    }


def test_garages_are_no_homes_and_a_scope_sees_its_own(publish, roll):
    garage = {"home": "G1", "estate": "Lanternmoor", "tenure_group": "LCRA", "dwelling": False}
    made = roll(publish(small_records(homes=[*HOMES, garage])))
    found = heard(made, scope=Scope("a patch", ("Lanternmoor",)))
    assert {level: row["homes"] for level, row in found.items()} == {"Lanternmoor": 2}
    assert heard(made, scope=Scope("nobody")) == {}


def test_homes_are_crossed_by_two_characteristics(publish, roll):
    made = roll(publish(small_homes()))
    counted = made.counted(["estate", "property_type"], made.mine("LCRA", WHOLE_LANDLORD))
    assert counted.to_numpy().tolist() == [["Ash Court", "Flat", 2], ["Lanternmoor", "Bungalow", 1],
                                           ["Lanternmoor", "Flat", 1]]  # fmt: skip


def test_homes_are_never_divided_by_what_is_not_on_the_closed_list(publish, roll):
    made = roll(publish(small_homes()))
    for dim in ("home", "uprn", "address_key", "c_ethnic"):
        with pytest.raises(NotHeld, match="not divided by"):
            heard(made, dim)


def test_of_two_running_tenancies_the_later_says_the_age_band_and_both_are_told(publish, roll):
    held = publish(
        small_homes(),
        people(
            person(tenancy_ref="T1", start_day=date(2010, 1, 1), age_band="75 and over"),
            person(tenancy_ref="T2", start_day=date(2022, 1, 1), age_band="25 to 34"),
            person(tenancy_ref="T0", start_day=date(2001, 1, 1), end_day=date(2009, 1, 1), age_band="35 to 44"),
        ),
    )
    made = roll(held)
    assert made.twice.sum() == 1
    homes = {level: row["homes"] for level, row in heard(made, "age_band").items()}
    assert homes == {"25 to 34": 1, "not recorded": 3}


def test_joint_tenants_are_one_tenancy_and_not_known_is_not_recorded(publish, roll):
    joint = person(age_band="Not known", lead=False), person(age_band="unknown")
    held = publish(small_homes(), people(*joint, person(home_ref="0900", age_band="55 to 64")))
    made = roll(held)
    assert made.twice.sum() == 0
    assert {level: row["homes"] for level, row in heard(made, "age_band").items()} == {"55 to 64": 1, "not recorded": 3}


@pytest.mark.parametrize(
    ("rows", "free"),
    [
        ([person()], 4),
        ([person(do_not_contact=True)], 3),
        ([person(objects=True)], 3),
        ([person(), person(lead=False, do_not_contact=True)], 3),  # anybody of the household
        ([person(do_not_contact=True, end_day=date(2023, 1, 1))], 4),  # they have left
    ],
)
def test_homes_of_whoever_is_not_to_be_contacted_are_left_out_of_the_calls(rows, free, publish, roll):
    made = roll(publish(small_homes(), people(*rows)))
    assert (made.may_be_called & made.mine("LCRA", WHOLE_LANDLORD)).sum() == free


def test_a_home_whose_tenant_died_is_called_only_once_somebody_else_moved_in(publish, roll):
    sample = [{"wave": "2024", "reference": "s1", "home_ref": "P-77", "outcome": "deceased"}]
    files = (small_homes(), small_incoming(), small_records(sha256="c" * 64, sample=sample))
    made = roll(publish(*files))
    assert made.deceased.sum() == 1
    later = roll(publish(people(person(start_day=date(2024, 9, 1)))))
    assert later.deceased.sum() == 0


def test_answers_say_a_characteristic_in_the_words_of_the_list_where_only_signs_differ(publish, roll):
    survey = small_incoming(answers=8)
    survey.connection.execute("update responses set estate = 'ASH-COURT' where estate = 'Ash Court'")
    held = publish(small_homes(), survey)
    found = answers_by(held, "2024", WHOLE_LANDLORD, "LCRA", roll(held), ("estate",), "TP01")
    assert found.set_index("estate").to_dict("index") == {
        "Ash Court": {"answered": 4, "said": 4, "yes": 2},  # every second answer; each fourth of all is dissatisfied
        "Beech Row": {"answered": 4, "said": 4, "yes": 4},
    }


def test_what_answers_do_not_say_is_not_counted(publish, roll):
    held = publish(small_homes(), small_incoming())
    assert said_by(held, ("estate", "age_band")) is None
    assert answers_by(held, "2024", WHOLE_LANDLORD, "LCRA", roll(held), ("property_type",), "TP01") is None


def test_respondents_that_are_not_in_the_list_are_counted(publish):
    survey = small_incoming(answers=4)
    survey.connection.execute("update responses set household = 'P-77', may_attribute = true where respondent = 1")
    survey.connection.execute("update responses set household = 'gone', may_attribute = true where respondent = 2")
    held = publish(small_homes(), survey)
    assert joining(held, "2024", WHOLE_LANDLORD, "LCRA") == (2, 1)
