"""Treated with respect: the measure, what was written, and the stricter rules for what is said of people."""

from __future__ import annotations

import pytest
from incoming_records import small_records
from small_survey import small_incoming

from analysis.model import Mention, Reading, Redacted, Tone
from data.language import load_language
from data.readings import Readings
from data.store import Store
from data.voices import unread

RESPECT = "treated-with-respect"
TOLD = {"respect-part": "Told", "told-of": "of staff, of being listened to and of fairness"}


@pytest.fixture
def landlord(home):
    """A survey whose every comment is about staff, with TP08 agreed with by three in four; and teams where given."""

    def publish(answers=60, teams=(), estates=("Ash Court", "Beech Row")):
        store = Store(home / "landlord", "real")
        survey = small_incoming(answers=answers, estates=estates)
        survey.connection.execute("update responses set TP08 = TP01")
        generation = store.publish(survey)
        readings = Readings(store.readings_folder, load_language().version)
        readings.keep(
            [
                Reading(key, Redacted(text), Tone("positive", 0.5, ("quick",)), STAFF, False, "test")
                for key, _, text in unread(generation, readings.select(), 1000)
            ]
        )
        generation.close()
        if teams:
            store.publish(small_records(sha256="b" * 64, teams=teams)).close()

    return publish


STAFF = (Mention("staff_conduct", "positive"),)


def said(page):
    elements = [*page.header, *page.markdown, *page.caption]
    return " ".join(element.value.replace("\\", "").replace("\u2060", "") for element in elements)


def places(page):
    return next(t.value for t in page.table if "Speaks well" in t.value.columns and "Estate" in t.value.columns)


def test_the_measure_opens_the_page_with_its_interval(draw, landlord):
    landlord()
    page = draw(RESPECT)
    assert not page.exception
    first = page.header[0].value.replace("\\", "")
    assert first.startswith("75% agree that they are treated fairly and with respect (")
    assert len(page.get("plotly_chart")) == 1
    assert len(draw(RESPECT, **TOLD).get("plotly_chart")) == 2


def test_where_the_measure_was_not_asked_the_page_says_so(draw, small):
    small()
    page = draw(RESPECT)
    assert not page.exception
    assert page.header[0].value.replace("\\", "") == "Not shown: no answers"
    assert len(page.get("plotly_chart")) == 0  # and nobody wrote of it


def test_places_need_twenty_comments(draw, landlord):
    landlord(answers=38)
    assert "fewer than 20 comments: Ash Court, Beech Row" in said(draw(RESPECT, **TOLD))
    landlord(answers=60)
    assert "fewer than 20 comments" not in said(draw(RESPECT, **TOLD))


def test_an_estate_served_by_two_people_is_not_shown_however_it_is_asked_for(draw, landlord):
    landlord(teams=[{"team": "A", "estate": "Ash Court", "officers": 2}])
    page = draw(RESPECT, **TOLD)
    assert "Not shown, fewer than three staff serve it: Ash Court." in said(page)
    filtered = draw(RESPECT, **TOLD, estate=["Ash Court"])
    assert "Not shown: fewer than three staff serve Ash Court." in said(filtered)
    assert not filtered.text


def test_the_tones_of_an_estate_served_by_two_people_are_not_told_on_any_page(draw, landlord):
    landlord(teams=[{"team": "A", "estate": "Ash Court", "officers": 2}])
    page = draw("what-tenants-say", estate=["Ash Court"])
    assert not page.exception
    assert "fewer than three staff serve Ash Court" in said(page)
    assert "fewer than three staff" not in said(draw("what-tenants-say", estate=["Beech Row"]))


def test_a_filter_that_leaves_nineteen_comments_withholds_them(draw, landlord):
    landlord(answers=38)
    page = draw(RESPECT, **TOLD, estate=["Ash Court"])
    assert not page.text
    assert "Not shown: fewer than 20 comments." in said(page)


def test_a_comment_about_staff_carries_no_place(draw, landlord):
    landlord()
    page = draw(RESPECT, **TOLD)
    assert page.text
    under = [c.value for c in page.caption if c.value.startswith("Positive")]
    assert under and not any("Ash Court" in line.replace("\\", "") or "Beech" in line for line in under)


def test_a_characteristic_from_the_file_is_never_a_way_to_divide(draw, landlord):
    landlord()
    assert draw(RESPECT, **TOLD).selectbox(key="by").options == ["Estate", "Tenure"]  # the file has an Area, too
