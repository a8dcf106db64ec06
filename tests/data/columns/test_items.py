"""Questions about being judged in a file: which column is which, and several answers in one cell or many columns."""

from __future__ import annotations

import pytest

from data.columns.contents import contents_of
from data.columns.items import parts_of
from data.columns.recognition import COMMENT, Column, reading_of, recognise
from data.registers import measures, reporting_years
from data.stigma import stigma_module

MEASURES = measures(reporting_years()[-1])
YES_NO = ("Yes", "No", "Not sure", "Yes")
SEVERAL = ("Contractors; Police", "Neighbours", "Police; Media; Contractors", "Council")


def read(heading, cells=YES_NO, wording=""):
    reading = reading_of(Column(0, heading, wording, contents_of(cells)), MEASURES)
    return reading.field if reading else ""


@pytest.mark.parametrize("item", [i for i in stigma_module().items if i.codes and len(i.wording) > 30])
@pytest.mark.parametrize("landlord", ["Acorn Homes", "your landlord"])
def test_the_wording_is_recognised_with_any_landlords_name(item, landlord):
    assert read("Q31. " + item.wording.replace("[landlord]", landlord)) == item.code


@pytest.mark.parametrize("heading", ["ST01", "Q_ST01", "st01 judged", "ST01 - Felt judged", "Q40 ST01"])
def test_an_item_is_recognised_by_its_code(heading):
    assert read(heading) == "ST01"


@pytest.mark.parametrize(
    "heading",
    ["ST02", "ST02 Who or where did this come from?", "Q33 Who or where did this come from? (all that apply)"],
)
def test_several_answers_in_one_cell_are_one_item_and_no_comment(heading):
    assert read(heading, SEVERAL) == "ST02"


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("ST02 - Contractors", ("Yes", "", "Yes"), "ST02:contractors"),
        ("Who or where did this come from? - News/TV/social media", ("1", "0", "1"), "ST02:media"),
        ("ST02_4", ("The police", "", "The police"), "ST02:police"),
        ("ST08: Mental health", ("x", "", "x"), "ST08:mental_health"),
        ("ST02: The bus company", ("Yes", "No", "Yes"), "ST02:other:the bus company"),
    ],
)
def test_a_column_for_one_option_is_told_by_its_heading_or_by_what_it_holds(heading, cells, field):
    assert read(heading, cells) == field


def test_a_column_that_only_numbers_its_option_is_asked_about():
    columns = [Column(place, f"ST02_{place}", "", contents_of(("1", "0", "1"))) for place in (1, 2)]
    found = recognise(columns, MEASURES)
    assert not found.readings
    assert [column.heading for column in found.candidates["ST02:police"]] == ["ST02_1", "ST02_2"]


def test_open_text_is_a_comment_like_any_other():
    words = ("They looked straight through me at the desk", "The plumber said we should be grateful", "It was the bank")
    assert read("ST09 Tell us what happened", words) == COMMENT


@pytest.mark.parametrize("heading", ["1st 12 months", "Best 10", "Have you felt judged by us?", "St Mary Court"])
def test_other_headings_are_no_item(heading):
    assert not read(heading).startswith("ST")


KNOWN = {"police", "contractors", "news, tv or social media", "friends and family", "banks/shops"}


@pytest.mark.parametrize("sign", [";", "; ", ",", " | ", "\n", "/", " / ", " + ", " and ", ";\n"])
def test_any_separator_parts_a_cell(sign):
    assert parts_of(sign.join(["Police", "Contractors"]), lambda t: t.lower() in KNOWN) == ("Police", "Contractors")


def test_an_option_that_holds_a_separator_stays_whole():
    cell = "Police, News, TV or social media, Friends and family/banks/shops"
    parts = parts_of(cell, lambda text: text.lower() in KNOWN)
    assert parts == ("Police", "News, TV or social media", "Friends and family", "banks/shops")


def test_unknown_words_are_parts_of_their_own_and_never_lost():
    assert parts_of("Police, the bus and tram; Contractors", lambda t: t.lower() in KNOWN) == (
        "Police",
        "the bus and tram",
        "Contractors",
    )


@pytest.mark.parametrize("heading", ["ST09", "Q41 Tell us what happened"])
def test_open_text_is_a_comment_even_where_few_wrote_much(heading):
    assert read(heading, ("Nothing", "Lots", "Nothing")) == COMMENT
