"""Quotes on the page: two people, other words, a way back, and what may be used."""

from __future__ import annotations

import pytest

from dashboard.actions import readings_of
from data.quotes import Quotes
from data.store import Store
from data.voices import EVERY_TEXT

DATA, PART = "data-and-packs", "Quotes"
WORDS = "the repair was quick, number 3"
MARKUP = "![x](http://evil.example/a.png) :red[a]"


@pytest.fixture
def quotes(home, small):
    small(answers=12)
    store = Store(home / "landlord", "real")
    return Quotes(store.folder, readings_of(store))


@pytest.fixture
def key(quotes, home):
    held = Store(home / "landlord", "real").current()
    ((found,),) = held.rows(f"select text_key from ({EVERY_TEXT}) where text = ?", [WORDS])
    held.close()
    return found


def said(page):
    elements = [*page.header, *page.markdown, *page.caption, *page.success, *page.error]
    return " ".join(element.value.replace("\\", "").replace("\u2060", "") for element in elements)


def press(page, label):
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page


def name(page, who):
    page.text_input(key="quotes-who").set_value(who).run()
    return page


def test_with_nothing_put_forward_the_page_says_how(draw, quotes):
    page = draw(DATA, part=PART)
    assert not page.exception
    assert "Nothing has been put forward yet." in said(page)


def test_two_people_approve_and_then_it_may_be_used(draw, quotes, key):
    quotes.put_forward(key, "board", "Jo")
    page = press(name(draw(DATA, part=PART), "Ann"), "I stand behind these words")
    assert "0 quotes may be used for the team." in said(page)
    press(page, "I stand behind these words")
    assert "second, different person" in said(page)
    press(name(page, "Bo"), "I stand behind these words")
    page.radio(key="quotes-shown").set_value("may be used").run()
    assert "Ann and Bo stand behind it" in said(page)
    assert "1 quote may be used for the team." in said(page)
    page.selectbox(key="quotes-for").set_value("public").run()
    assert "0 quotes may be used for the public." in said(page)


def test_other_words_and_a_withdrawal(draw, quotes, key):
    quote = quotes.put_forward(key, "team", "Jo")
    page = name(draw(DATA, part=PART), "Ann")
    page.text_area(key=f"quote-{quote.quote_id}-words").set_value("A repair was quick")
    press(page, "Use these words instead")
    assert [shown.value for shown in page.text] == ["A repair was quick"]
    assert "In other words" in said(page) or "in other words" in said(page)
    press(page, "Withdraw it")
    page.radio(key="quotes-shown").set_value("held back or withdrawn").run()
    assert "withdrawn by Ann: no longer needed" in said(page).lower().replace("ann", "Ann")


def test_a_quote_and_a_name_are_text_and_never_markup(draw, quotes, key):
    quote = quotes.put_forward(key, "team", MARKUP)
    quotes.paraphrase(quote.quote_id, MARKUP, f"Glad {MARKUP}")
    page = draw(DATA, part=PART)
    assert page.text[0].value.startswith("Glad ![x]")
    assert not any("![x](" in each.value or ":red[" in each.value for each in [*page.markdown, *page.caption])


def test_for_somebody_outside_only_what_may_be_public_is_offered(draw, quotes, key):
    quotes.put_forward(key, "team", "Jo")
    page = draw(DATA, part=PART, audience="public")
    assert not page.exception
    assert not page.text
    assert page.selectbox(key="quotes-for").options == ["for the public"]
