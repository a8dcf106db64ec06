"""Requests on the page: added, due by rule or by hand, sent with a kept pack, put right, told when late."""

from __future__ import annotations

from datetime import date

import pytest

from data.packs.kept import KeptPacks
from data.packs.requests import OPEN, SENT, Requests

DATA, PART = "data-and-packs", "Requests"
LONG_AGO, FAR = date(2024, 1, 2), date(2099, 1, 1)


def said(page):
    elements = [*page.header, *page.markdown, *page.caption, *page.success, *page.error, *page.warning, *page.text]
    return " ".join(element.value.replace("\\", "").replace("\u2060", "") for element in elements)


def press(page, key):
    page.button(key=key).click().run()
    assert not page.exception
    return page


def opened(page, key):
    page.session_state[key] = True
    return page.run()


@pytest.fixture
def log(home, small):
    small(answers=12)
    return Requests(home / "landlord")


@pytest.fixture
def page(draw, log):
    drawn = draw(DATA, part=PART)
    drawn.text_input(key="requests-who").set_value("Jo").run()
    assert not drawn.exception
    return drawn


def typed(page, due="2099-01-01", kind="inspection", asked="2026-11-02"):
    opened(page, "request-new-0")
    page.text_area(key="request-new-0-question").set_value("Satisfaction by ethnic group")
    page.selectbox(key="request-new-0-kind").set_value(kind)
    page.text_input(key="request-new-0-asked").set_value(asked)
    page.text_input(key="request-new-0-due").set_value(due)
    page.text_input(key="request-new-0-owner").set_value("Compliance").run()
    return page


def test_a_request_is_kept_with_a_warning_against_names(page, log):
    assert "No request is held." in said(page)
    typed(page)
    assert "without names, addresses" in said(page)
    press(page, "request-new-0-keep")
    (one,) = log.all()
    assert (one.question, one.due, one.owner) == ("Satisfaction by ethnic group", FAR, "Compliance")
    assert "The request is kept." in said(page) and "1 request is to be answered" in said(page)


def test_a_stairs_request_from_april_2027_is_due_by_rule(page, log):
    typed(page, due="", kind="stairs", asked="2027-04-01")
    assert "By rule it is due 1 May 2027." in said(page) and "check it" in said(page)
    press(page, "request-new-0-keep")
    assert log.all()[0].due == date(2027, 5, 1) and log.all()[0].by_rule


def test_before_that_a_day_is_asked_for_and_what_was_typed_stays(page, log):
    press(typed(page, due="", kind="stairs"), "request-new-0-keep")
    assert "Give the day it is due." in said(page) and log.all() == ()
    assert page.text_area(key="request-new-0-question").value == "Satisfaction by ethnic group"


def test_a_day_that_is_none_is_said(page, log):
    press(typed(page, due="next week"), "request-new-0-keep")
    assert "'next week' is not a day. Write it as 2026-11-20." in said(page)
    assert log.all() == ()


def test_what_was_sent_names_a_kept_pack_its_seal_and_figures(draw, log, home):
    log.add("Damp by estate", "inspection", LONG_AGO, "Compliance", "Jo", FAR)
    asked = {
        "wave": "2024",
        "groups": ["LCRA"],
        "audience": "regulator",
        "clock": "2024-11-29T12:00:00+00:00",
        "who": "",
    }
    sizes = {"regulator.pdf": 9, "csv/measures-lcra-table.csv": 9}
    KeptPacks(home / "landlord").keep("regulator", asked, ("000001.duckdb", "f"), "ab" * 32, sizes, b"zip")
    page = draw(DATA, part=PART)
    page.text_input(key="requests-who").set_value("Jo").run()
    opened(page, "request-1")
    page.selectbox(key="request-1-pack").set_value(1).run()
    page.multiselect(key="request-1-figures-1").set_value(["measures-lcra-table"]).run()
    press(page, "request-1-send")
    (one,) = log.all()
    assert one.state == SENT
    assert (one.sent[0].pack, one.sent[0].seal, one.sent[0].figures) == (1, "ab" * 32, ("measures-lcra-table",))


def test_a_request_is_changed_and_the_change_taken_back(draw, log):
    log.add("Damp by estate", "inspection", LONG_AGO, "Compliance", "Jo", FAR)
    page = draw(DATA, part=PART)
    page.text_input(key="requests-who").set_value("Ann").run()
    opened(page, "request-1")
    page.text_input(key="request-1-change-owner").set_value("Housing").run()
    press(page, "request-1-change-keep")
    assert log.request(1).owner == "Housing"
    opened(page, "request-1")
    press(page, "request-1-undo")
    assert log.request(1).owner == "Compliance" and log.request(1).state == OPEN


def test_an_overdue_request_stands_on_the_page_and_among_what_needs_a_person(draw, log):
    log.add("Damp of 07700 900123", "inspection", LONG_AGO, "Compliance", "Jo", date(2024, 2, 1))
    assert "Overdue: it was due 1 February 2024" in said(draw(DATA, part=PART))
    week = draw("this-week")
    assert "1 request for information or evidence overdue." in said(week)
    assert "900123" not in " ".join(str(table.value) for table in week.table)


@pytest.mark.parametrize("audience", ["regulator", "public"])
def test_outside_the_list_is_not_shown(draw, log, audience):
    log.add("Damp by estate", "inspection", LONG_AGO, "Compliance", "Jo", date(2024, 2, 1))
    assert "Damp by estate" not in said(draw(DATA, part=PART, audience=audience))
    assert "overdue" not in said(draw("this-week", audience=audience))
