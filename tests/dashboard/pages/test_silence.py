"""Who we have not heard from: silent places first, not sampled apart, and never a list of homes or people."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from incoming_records import small_records
from small_survey import small_incoming

from dashboard.pages.silence import PARTS
from dashboard.words import british_date
from data.store import Store

SILENCE = "who-we-have-not-heard-from"
PART = "silence-part"
LATELY = datetime.now().astimezone().date() - timedelta(days=30)  # the page looks back twelve months from today
CALLED = {"Ash Court": 120, "Hushed Hill": 60, "Far Field": 30}


def estate_homes(numbers):
    return [
        {"home": f"{estate[:2]}{n}", "estate": estate, "tenure": "General needs", "tenure_group": "LCRA",
         "property_type": "Flat" if n % 2 else "House", "dwelling": True}
        for estate, number in numbers.items()
        for n in range(number)
    ]  # fmt: skip


@pytest.fixture
def landlord(home):
    """Publishes homes on three estates (answers come from Ash Court alone), and whatever else a test gives."""
    store = Store(home / "landlord", "real")

    def publish(**tables):
        store.publish(small_incoming(estates=("Ash Court",))).close()
        store.publish(small_records(sha256="b" * 64, homes=estate_homes(CALLED))).close()
        for mark, (name, rows) in zip("cdef", tables.items(), strict=False):
            store.publish(small_records(sha256=mark * 64, **{name: rows})).close()

    return publish


def said(page):
    elements = [*page.header, *page.markdown, *page.caption]
    return " ".join(element.value.replace("\\", "").replace("\u2060", "") for element in elements)


def test_without_a_list_of_homes_the_page_says_what_is_needed(draw, small):
    small()
    page = draw(SILENCE)
    assert not page.exception
    assert "needs a list of homes" in said(page)
    assert not page.get("plotly_chart")


def test_silent_estates_come_first_with_their_homes(draw, landlord):
    landlord()
    page = draw(SILENCE)
    assert not page.exception
    assert page.header[0].value == "No answer from 2 estates with 90 homes"
    assert "Hushed Hill: 60 homes, no answer" in said(page)
    assert "No issued sample is loaded" in said(page)


def test_not_sampled_is_told_apart_from_silent(draw, landlord):
    sample = [{"wave": "2024", "reference": f"s{n}", "home_ref": f"Hu{n}", "outcome": "no reply"} for n in range(20)]
    sample += [{"wave": "2024", "reference": f"t{n}", "home_ref": f"As{n}", "outcome": "complete"} for n in range(40)]
    landlord(sample=sample)
    page = draw(SILENCE)
    told = page.header[0].value.replace("\\", "")
    assert told == "No answer from 1 estate with 60 homes; 1 estate with 30 homes was not sampled"
    outcomes = page.table[1].value
    assert outcomes["Outcome"].tolist() == ["Answered", "No reply"]
    assert [share.replace("\\", "") for share in outcomes["Share"]] == ["67%", "33%"]  # 40 and 20 of 60


def test_by_property_type_the_issued_sample_is_asked_for(draw, landlord):
    landlord()
    page = draw(SILENCE, **{"homes-by": "Property type"})
    assert not page.exception
    assert page.header[0].value == "Answers do not say the property type"


def test_homes_are_heard_through_what_is_loaded_and_that_is_said(draw, landlord):
    landlord(repairs=[{"reference": "r1", "raised": LATELY, "home_ref": "Hu3"}])
    page = draw(SILENCE, **{PART: "Every channel"})
    assert "Not loaded: complaints, contacts, portal, visits, hazard cases." in said(page)
    table = next(t.value for t in page.table if "Heard from" in t.value.columns)
    heard = dict(zip(table["Estate"], table["Repairs"], strict=True))
    assert heard == {"Everyone": "1", "Hushed Hill": "1", "Ash Court": "0", "Far Field": "0"}


def test_tenancies_are_counted_by_how_they_can_be_reached(draw, landlord):
    people = [
        {"reference": f"p{n}", "tenancy_ref": f"T{n}", "home_ref": f"As{n}", "email": n < 30, "mobile": False}
        for n in range(40)
    ]
    landlord(people=people)
    page = draw(SILENCE, **{PART: "Every channel"})
    assert "is known of 25% (10 of 40) of the tenancies running today" in said(page)
    assert f"Shown for: {british_date(datetime.now().astimezone().date())} · Renters (LCRA)" in said(page)


@pytest.mark.parametrize("part", PARTS)
def test_no_home_and_no_tenancy_is_ever_named(part, draw, landlord):
    people = [{"reference": "p1", "tenancy_ref": "TENANCY-1", "home_ref": "Hu1"}]
    landlord(people=people, repairs=[{"reference": "r1", "raised": LATELY, "home_ref": "Hu3"}])
    page = draw(SILENCE, **{PART: part})
    assert not page.exception
    everything = said(page) + " ".join(str(cell) for t in page.table for cell in t.value.to_numpy().ravel())
    assert not any(name in everything for name in ("TENANCY-1", "Hu1", "Hu3", "p1"))


def test_an_estate_in_the_filter_narrows_homes_and_answers(draw, landlord):
    landlord()
    page = draw(SILENCE, estate=["Ash Court"])
    assert page.header[0].value == "Somebody answered from every estate"
    assert any("Estate: Ash Court" in caption.value.replace("\\", "") for caption in page.caption)


def test_homes_are_divided_by_two_characteristics_at_once(draw, landlord):
    landlord()
    page = draw(SILENCE, **{"homes-and-by": "Tenure"})
    assert not page.exception
    assert page.header[0].value == "No answer from 2 groups of estate and tenure with 90 homes"
    assert "Hushed Hill, General needs: 60 homes, no answer where 11 would be usual: quieter than chance" in said(page)


def test_special_categories_are_no_way_of_dividing_homes(draw, landlord):
    landlord()
    page = draw(SILENCE)
    offered = {option for box in page.selectbox if box.key in ("homes-by", "homes-and-by") for option in box.options}
    assert offered == {"Estate", "Tenure", "Age band", "Length of tenancy", "Property type", "nothing else"}


def test_a_list_older_than_the_survey_and_homes_that_say_little_are_said_so(draw, home):
    store = Store(home / "landlord", "real")
    store.publish(small_incoming(estates=("Ash Court",))).close()
    homes = [{**row, "as_at": date(2023, 1, 1)} for row in estate_homes(CALLED)]
    store.publish(small_records(sha256="b" * 64, homes=homes)).close()
    page = draw(SILENCE)
    assert "before 2024 began" in said(page)
    assert "Most homes do not say the age band (100%): it is told of the others only" in said(page)


def test_a_chosen_value_is_held_against_those_who_did_not_answer(draw, landlord):
    landlord()
    chosen = {PART: PARTS[2], "wrong-against": "a number I choose", "wrong-target": "60"}
    page = draw(SILENCE, **chosen)
    assert not page.exception
    # 30 of 40 satisfied and 210 homes: 90 of them on estates without an answer. 0.6 = 0.75 (1 - 60/210) + q 60/210.
    assert "Hushed Hill, homes without an answer (60 homes): were fewer than 22%" in said(page)
    assert "no issued sample is loaded" in said(page)


def test_calls_go_to_estates_without_answers_and_say_what_they_are_for(draw, landlord):
    landlord(people=[{"reference": "p1", "tenancy_ref": "T1", "home_ref": "Hu1", "do_not_contact": True}])
    page = draw(SILENCE, **{PART: PARTS[3]})
    assert not page.exception
    assert page.header[0].value.startswith("100 calls")
    # Half of a hundred calls in proportion to the homes that may be called: 59 and 30.
    assert "For those too quiet to be shown (Hushed Hill, Far Field): 50 calls" in said(page)
    assert "not to be contacted, too few homes to be told" in said(page)


def test_a_tiny_group_without_an_answer_is_not_named(draw, home):
    store = Store(home / "landlord", "real")
    store.publish(small_incoming(estates=("Ash Court",))).close()
    store.publish(small_records(sha256="b" * 64, homes=estate_homes({**CALLED, "Mouse Nest": 4}))).close()
    page = draw(SILENCE)
    assert page.header[0].value == "No answer from 3 estates with 94 homes"
    assert "And 1 group of too few homes or answers to be named, with 4 homes." in said(page)
    assert "Mouse Nest:" not in said(page)


# ── By what people are, in aggregate only ────────────────────────────────────────────────────────


def unfolded(page):
    """The page with the fold of special categories opened."""
    page.session_state["people-fold"] = True
    return page.run()


ADJUSTED = [
    {"reference": f"P{n}", "home_ref": f"As{n}", "tenancy_ref": f"T{n}", "lead": True, "adjustment": n < 30}
    for n in range(100)
]


def test_special_categories_are_told_in_aggregate_of_everyone(draw, landlord):
    landlord(people=ADJUSTED)
    page = unfolded(draw(SILENCE))
    assert not page.exception and "never for choosing whom to call" in said(page)
    assert page.selectbox(key="people-by").options == ["Reasonable adjustment recorded"]
    assert "Known for 100 of 100 tenancies. Not shown: fewer than 20 answers may be joined" in said(page)


@pytest.mark.parametrize("narrowed", [{"audience": "public"}, {"estate": ["Ash Court"]}])
def test_special_categories_are_told_to_nobody_else_and_of_no_part(draw, landlord, narrowed):
    landlord(people=ADJUSTED)
    page = unfolded(draw(SILENCE, **narrowed))
    assert not page.exception and "Nothing of this kind is shown" in said(page)
