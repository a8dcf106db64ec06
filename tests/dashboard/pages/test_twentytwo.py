"""All 22: the survey's twelve and the landlord's ten, entered by hand or counted from what is held."""

from __future__ import annotations

import pytest

PAGE, PART = "how-are-we-doing", "All 22"


def said(page) -> str:
    elements = [*page.header, *page.markdown, *page.caption, *page.warning, *page.error, *page.success]
    return " ".join(element.value.replace("\\", "").replace("\u2060", "") for element in elements)


@pytest.fixture
def page(draw, sample):
    drawn = draw(PAGE, **{"measures-part": PART})
    assert not drawn.exception
    return drawn


def test_every_value_has_its_definition_and_says_where_it_is_from_or_that_it_is_missing(page):
    text = said(page)
    assert "TP01 Overall satisfaction:" in text and "BS01 Gas safety checks" in text
    assert text.count("neither entered nor counted") >= 9
    captions = (each.value.replace("\\", "") for each in page.caption)
    overall = next(each for each in captions if "Taking everything into account" in each)
    assert "Other landlords: median" in overall
    assert "÷" in text and "Neither many nor few is good news" in text
    assert "median 53.9, middle half 34.3 to 72.6 (" in text and "landlords, 2024/25)" in text


def test_a_value_is_entered_with_a_name_and_taken_back(page):
    page.selectbox(key="enter-which").set_value(("BS01", "combined"))
    page.number_input(key="enter-numerator").set_value(9_990.0)
    page.number_input(key="enter-denominator").set_value(10_000.0)
    page.text_input(key="enter-by").set_value("Sam")
    next(each for each in page.button if each.label == "Keep this").click().run()
    assert not page.exception
    text = said(page)
    assert "99.9% (9,990 of 10,000)" in text and "10 homes outstanding" in text and "entered by Sam" in text
    page.button(key="enter-undo").click().run()
    assert not page.exception and "entered by Sam" not in said(page)


def test_without_a_name_nothing_is_kept(page):
    page.selectbox(key="enter-which").set_value(("BS01", "combined"))
    page.number_input(key="enter-numerator").set_value(1.0)
    page.number_input(key="enter-denominator").set_value(2.0)
    next(each for each in page.button if each.label == "Keep this").click().run()
    assert "A name is needed" in said(page) and "entered by" not in said(page)


def test_a_form_left_empty_keeps_nothing(page):
    page.text_input(key="enter-by").set_value("Sam")
    next(each for each in page.button if each.label == "Keep this").click().run()
    assert "Both numbers are needed" in said(page) and "entered by" not in said(page)
