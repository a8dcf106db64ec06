"""Contacts set beside complaints: which join, by home or by tenancy however it is written, and which do not count."""

from __future__ import annotations

from datetime import date

import pytest
from small_records import generation_of, homes_on

from analysis.model import WHOLE_LANDLORD, Mention, Reading, Redacted, Scope, Tone
from data.readings import Readings
from data.unoffered import complaints_known_until, complaints_of_nobody, tenants_contacts

BEGUN, ENDED = date(2026, 4, 1), date(2026, 6, 30)
DAY = date(2026, 4, 13)


def contact(number: int, home: str | None = "Ash CourtLCRA1", **more: object):
    return {
        "reference": f"K{number}", "row": number, "day": DAY, "channel": "telephone", "direction": "in",
        "listening": True, "estate": "Ash Court", "home": home, "text": "words", "text_key": f"k{number}", **more,
    }  # fmt: skip


def complaint(made: date, home: str | None = "Ash CourtLCRA1", **more: object):
    return {"reference": f"C{made}{home}", "made": made, "home": home, "stage": 1, "record_type": "complaint", **more}


@pytest.fixture
def joined(tmp_path):
    """What joins: contacts and complaints of a test, each contact read as negative unless told otherwise."""

    def made(contacts, complaints, scope=WHOLE_LANDLORD, read=None):
        held = generation_of(
            tmp_path, {"homes": homes_on("Ash Court", 3), "contacts": contacts, "complaints": complaints}
        )
        readings = Readings(tmp_path / "readings", "v1")
        readings.keep(read if read is not None else [reading(each["text_key"]) for each in contacts])
        return tenants_contacts(held, scope, readings.select(), BEGUN, ENDED).set_index("comment_id")

    return made


def reading(
    key: str, tone: str = "negative", confidence: float = 0.9, topics: tuple[Mention, ...] = (), aside: str = ""
):
    return Reading(key, Redacted("words"), Tone(tone, -0.5, (), confidence), topics, False, "v1", set_aside=aside)


def test_the_first_complaint_of_the_home_not_before_the_contact_is_found(joined):
    before, after, later = date(2026, 4, 10), date(2026, 4, 20), date(2026, 4, 22)
    found = joined([contact(1)], [complaint(later), complaint(after), complaint(before, responded=date(2026, 4, 12))])
    assert found["complaint"].dt.date.tolist() == [after]
    assert found["joined"].tolist() == [True] and found["open"].tolist() == [False]


def test_an_earlier_complaint_not_answered_yet_was_open_already(joined):
    assert joined([contact(1)], [complaint(date(2026, 4, 1))])["open"].tolist() == [True]


def test_a_tenancy_joins_however_it_is_written(joined):
    found = joined(
        [contact(1, home=None, tenancy_ref=" 0012-AB ")], [complaint(date(2026, 4, 15), home=None, tenancy_ref="12ab")]
    )
    assert found["complaint"].dt.date.tolist() == [date(2026, 4, 15)] and found["joined"].tolist() == [True]


def test_another_home_is_another_home_and_a_service_request_is_no_complaint(joined):
    found = joined(
        [contact(1)],
        [complaint(date(2026, 4, 15), "Ash CourtLCRA2"), complaint(date(2026, 4, 16), record_type="service request")],
    )
    assert found["complaint"].isna().tolist() == [True]


def test_neither_home_nor_tenancy_joins_to_nothing(joined):
    found = joined([contact(1, home=None), contact(2, home=None, tenancy_ref="T9")], [complaint(date(2026, 4, 15))])
    assert found["joined"].tolist() == [False, False]  # no complaint gives a tenancy, so T9 can be found in none


def test_ours_campaigns_and_contacts_without_words_are_left_out(joined):
    ours, campaign, silent = contact(2, direction="out"), contact(3, listening=False), contact(4, text=None)
    found = joined([contact(1), ours, campaign, silent, contact(5, direction=None)], [])
    assert len(found) == 2  # the tenant's own, and one whose direction is not recorded


def test_how_it_sounds_is_told_with_whether_it_is_sure(joined):
    ill = (Mention("complaint_handling", "negative"),)
    well = (Mention("complaint_handling", "positive"), Mention("repairs", "negative"))
    contacts = [contact(number) for number in range(1, 7)]
    found = joined(
        contacts,
        [],
        read=[
            reading("k1"),
            reading("k2", confidence=0.4),
            reading("k3", "mixed", topics=ill),
            reading("k4", "neutral", topics=well),
            reading("k5", aside="not in English"),
        ],
    )
    by_tone = sorted(zip(found["tone"].fillna("-"), found["speaks_ill"], strict=True))
    assert by_tone == [
        ("-", False), ("mixed", True), ("negative", False), ("neutral", False), ("set aside", False), ("unsure", False)
    ]  # fmt: skip


def test_a_scope_sees_only_its_estates(joined):
    assert joined([contact(1)], [], scope=Scope("Beech", ("Beech Row",))).empty


def test_complaints_are_known_of_up_to_today_where_no_file_says_otherwise(tmp_path):
    held = generation_of(tmp_path, {"complaints": [complaint(DAY), complaint(DAY, home=None)]})
    assert complaints_known_until(held, date(2026, 5, 1)) == date(2026, 5, 1)
    assert complaints_of_nobody(held, BEGUN, ENDED) == 1


def test_where_no_complaints_are_held_nothing_is_known(tmp_path):
    assert complaints_known_until(generation_of(tmp_path, {}), date(2026, 5, 1)) is None
