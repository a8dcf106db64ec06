"""Homes heard from are counted through every channel that is loaded; a letter of ours and a communal repair are not."""

from __future__ import annotations

from datetime import date

import pytest
from incoming_records import HOMES, small_homes, small_records
from small_survey import small_incoming

from analysis.model import WHOLE_LANDLORD, Scope
from data.generation import NotHeld
from data.hearing import homes_heard, invited_homes
from data.store import Store

BEGUN, ENDED = date(2024, 1, 1), date(2024, 12, 31)
IN_TIME = date(2024, 5, 1)


@pytest.fixture
def publish(tmp_path):
    """Publishes files one after another and gives the last generation."""
    store = Store(tmp_path, "real")

    def all_of(*files):
        for file in files:
            held = store.publish(file)
        return held

    return all_of


def by_level(frame, dim="estate"):
    return frame.set_index(dim).to_dict("index")


def test_homes_are_heard_from_once_through_whatever_channel(publish):
    held = publish(
        small_homes(),
        small_records(
            sha256="c" * 64,
            repairs=[
                {"reference": "r1", "raised": IN_TIME, "home_ref": "P-77"},
                {"reference": "r2", "raised": IN_TIME, "home_ref": "P-77"},
                {"reference": "r3", "raised": IN_TIME, "home_ref": "0900", "communal": True},
                {"reference": "r4", "raised": date(2023, 1, 1), "home_ref": "900"},
            ],
        ),
        small_records(
            sha256="d" * 64,
            complaints=[{"reference": "c1", "complaint": "c1", "stage": 1, "made": IN_TIME, "home_ref": "P-77"}],
        ),
    )
    found = by_level(homes_heard(held, WHOLE_LANDLORD, BEGUN, ENDED, "estate", "LCRA"))
    assert found["Lanternmoor"] == {
        "homes": 2, "heard": 1, "survey": 0, "complaints": 1, "contacts": 0, "repairs": 1,
    }  # fmt: skip
    assert (found["Ash Court"]["homes"], found["Ash Court"]["heard"]) == (2, 0)  # P 78 is shared ownership


@pytest.mark.parametrize(
    ("contact", "heard"),
    [
        ({"direction": "in", "channel": "telephone", "listening": True}, 1),
        ({"direction": "out", "channel": "telephone", "listening": True}, 1),  # we rang, and spoke
        ({"direction": "out", "channel": "telephone", "listening": False}, 0),  # an arrears campaign
        ({"direction": "out", "channel": "letter", "listening": True}, 0),
        ({"direction": "in", "channel": "letter", "listening": True}, 1),
    ],
)
def test_what_counts_as_hearing_from_a_home(contact, heard, publish):
    row = {"reference": "k1", "day": IN_TIME, "home_ref": "P-77", **contact}
    held = publish(small_homes(), small_records(sha256="c" * 64, contacts=[row]))
    found = by_level(homes_heard(held, WHOLE_LANDLORD, BEGUN, ENDED, "estate", "LCRA"))
    assert found["Lanternmoor"]["heard"] == heard


def test_a_survey_answer_is_only_of_a_home_where_the_tenant_allowed_it(publish):
    survey = small_incoming(answers=2)
    survey.connection.execute("update responses set household = 'P-77', may_attribute = true where respondent = 1")
    held = publish(small_homes(), survey)
    found = by_level(homes_heard(held, WHOLE_LANDLORD, BEGUN, ENDED, "estate", "LCRA"))
    assert sum(row["survey"] for row in found.values()) == 1


def test_by_property_type_answers_are_those_the_issued_sample_calls_complete(publish):
    sample = [
        {"wave": "2024", "reference": "s1", "home_ref": "P-77", "outcome": "complete"},
        {"wave": "2024", "reference": "s2", "home_ref": "0900", "outcome": "no reply"},
        {"wave": "2023", "reference": "s3", "home_ref": "900", "outcome": "complete"},
    ]
    held = publish(small_homes(), small_incoming(), small_records(sha256="c" * 64, sample=sample))
    found = by_level(invited_homes(held, "2024", WHOLE_LANDLORD, "property_type", "LCRA"), "property_type")
    assert found["Bungalow"] == {"homes": 1, "issued": 1, "answered": 1}
    assert found["Flat"] == {"homes": 3, "issued": 1, "answered": 0}


def test_garages_are_no_homes_and_a_scope_sees_its_own(publish):
    garage = {"home": "G1", "estate": "Lanternmoor", "tenure_group": "LCRA", "dwelling": False}
    held = publish(small_records(homes=[*HOMES, garage]))
    found = by_level(homes_heard(held, Scope("a patch", ("Lanternmoor",)), BEGUN, ENDED, "estate", "LCRA"))
    assert {level: row["homes"] for level, row in found.items()} == {"Lanternmoor": 2}
    assert homes_heard(held, Scope("nobody"), BEGUN, ENDED, "estate", "LCRA").empty


def test_homes_are_never_divided_by_what_is_not_on_the_closed_list(publish):
    held = publish(small_homes())
    for dim in ("home", "uprn", "address_key"):
        with pytest.raises(NotHeld, match="not divided by"):
            homes_heard(held, WHOLE_LANDLORD, BEGUN, ENDED, dim, "LCRA")
