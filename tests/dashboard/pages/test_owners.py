"""Owners and quality on the page: alerts by owner, scores, and giving a file or a rule to somebody."""

from __future__ import annotations

import pytest
from incoming_records import small_homes, small_records
from small_survey import small_incoming

from data.owners import Owners
from data.settings import Mail
from data.store import Store

DATA, PART = "data-and-packs", "Owners and quality"
REPAIR = {"reference": "r1", "raised": "2024-05-01", "home_ref": "P-404"}


@pytest.fixture
def landlord(home):
    """A survey, five homes, and a repair at a home that is not among them."""
    store = Store(home / "landlord", "real")
    for incoming in (small_incoming(), small_homes(), small_records(sha256="c" * 64, repairs=[REPAIR])):
        store.publish(incoming).close()
    return store


def said(page):
    elements = [*page.header, *page.markdown, *page.caption, *page.success, *page.error]
    return " ".join(element.value.replace("\\", "").replace("\u2060", "") for element in elements)


def press(page, label):
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page


def cells(page, heading):
    found = next(t.value for t in page.table if heading in t.value.columns)
    return [[str(cell).replace("\\", "") for cell in row] for row in found.to_numpy()]


def test_what_is_to_be_seen_to_is_listed_by_owner(draw, landlord):
    page = draw(DATA, part=PART)
    assert not page.exception
    assert "head of repairs: 1 to see to" in said(page)
    line = "Repairs. Rows name a home or tenancy that is not in the list of homes. (1 row) See which"
    assert line in said(page)
    assert "Owner: head of assets" in said(page)
    page.selectbox(key="whose").set_value("head of repairs").run()
    assert line in said(page)


def test_every_kind_of_file_stands_there_with_its_owner_those_never_taken_in_too(draw, landlord):
    page = draw(DATA, part=PART)
    assert len([caption for caption in page.caption if caption.value.startswith("Owner\\:")]) == 9
    assert "5 rows, last taken in" in said(page)
    assert said(page).count("Never taken in.") == 6  # a survey, homes and repairs were


def test_five_scores_of_each_kind_that_is_held(draw, landlord):
    rows = {row[0]: row[1:] for row in cells(draw(DATA, part=PART), "Joinability")}
    assert set(rows) == {"Survey", "Homes", "Repairs"}
    assert rows["Repairs"][4] == "0%"  # the one repair names a home we do not hold


def test_an_owner_is_changed_on_screen_and_taken_back(draw, landlord):
    page = draw(DATA, part=PART)
    page.selectbox(key="charge").set_value("homes").run()
    page.text_input(key="owner-homes").set_value("Ada")
    page.text_input(key="email-homes").set_value("ada@example.org")
    page.selectbox(key="every-homes").set_value("month")
    page.number_input(key="days-homes").set_value(3)
    press(page, "Keep this")
    assert "Homes: Ada, due 3 days after the end of each month." in said(page)
    charge = Owners(landlord.folder).charge("homes")
    assert (charge.owner, charge.email, charge.due_every, charge.due_days) == ("Ada", "ada@example.org", "month", 3)
    press(page, "Back to what is proposed")
    assert Owners(landlord.folder).charge("homes").owner == "head of assets"


def test_an_address_that_is_none_is_refused_with_the_reason(draw, landlord):
    page = draw(DATA, part=PART)
    page.selectbox(key="charge").set_value("homes").run()
    page.text_input(key="email-homes").set_value("ada at example")
    press(page, "Keep this")
    assert "'ada at example' is not one e-mail address." in said(page)
    assert not Owners(landlord.folder).charge("homes").changed


def test_a_rule_has_days_and_no_period(draw, landlord):
    page = draw(DATA, part=PART)
    page.selectbox(key="charge").set_value("date_missing").run()
    assert not page.exception
    assert "within 10 days of coming in" in said(page)
    assert not [box for box in page.selectbox if box.key == "every-date_missing"]


def test_without_a_mail_server_the_page_says_how_to_name_one_and_offers_no_button(draw, landlord):
    page = draw(DATA, part=PART)
    assert "name your mail server in settings.toml" in said(page)
    assert "Send each owner their list by e-mail" not in [button.label for button in page.button]


def test_a_server_that_does_not_answer_is_said_so_and_nothing_is_lost(draw, landlord, monkeypatch):
    mail = Mail("127.0.0.1", 1, "voice@example.org", security="none")
    monkeypatch.setattr("data.settings._mail", lambda *_: mail)
    Owners(landlord.folder).change("repairs", "Ada", "ada@example.org", "month", 10)
    page = press(draw(DATA, part=PART), "Send each owner their list by e-mail")
    assert "127.0.0.1, port 1" in said(page)
