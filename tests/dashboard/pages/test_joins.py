"""What does not join: counted, listed, put right by a person, remembered, and taken back."""

from __future__ import annotations

import pytest
from incoming_records import small_homes, small_records
from small_survey import small_incoming

from analysis.model import WHOLE_LANDLORD
from data.joining import join_counts
from data.store import Store

DATA, PART = "data-and-packs", "What does not join"
REPAIRS = [
    {"reference": "r1", "raised": "2024-05-01", "home_ref": "P-77"},
    {"reference": "r2", "raised": "2024-05-01", "home_ref": "P-404"},
    {"reference": "r3", "raised": "2024-05-01", "home_ref": "P-404"},
    {"reference": "r4", "raised": "2024-05-01", "home_ref": "X9", "estate": "Lantern Moor"},
]


@pytest.fixture
def landlord(home):
    """Five homes on Lanternmoor and Ash Court, and four repairs, three of them at references nobody knows."""
    store = Store(home / "landlord", "real")
    for incoming in (
        small_incoming(estates=("Ash Court",)),
        small_homes(),
        small_records(name="jobs.csv", sha256="c" * 64, repairs=REPAIRS),
    ):
        store.publish(incoming).close()
    return store


def said(page):
    elements = [*page.header, *page.markdown, *page.caption, *page.success, *page.error]
    return " ".join(element.value.replace("\\", "").replace("\u2060", "") for element in elements)


def press(page, label):
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page


def joined(store, kind="repairs"):
    held = store.current()
    found = join_counts(held, WHOLE_LANDLORD)[kind]
    held.close()
    return found


def test_what_does_not_join_is_counted_and_listed_most_rows_first(draw, landlord):
    page = draw(DATA, part=PART)
    assert not page.exception
    rows = page.table[1].value
    assert [cell.replace("\\", "") for cell in rows["Reference"]] == ["P-404", "X9"]
    assert rows["Rows"].tolist() == ["2", "1"]


def test_a_reference_is_put_right_and_every_row_of_it_joins(draw, landlord):
    assert joined(landlord) == {"none": 3, "exact": 1}
    page = draw(DATA, part=PART)
    page.text_input(key="confirm-home-is").set_value("P 78")
    press(page, "It is that home")
    assert "Home P-404 is the home P 78 from now on." in said(page)
    assert joined(landlord) == {"exact": 3, "none": 1}
    press(page, "Take it back")
    assert joined(landlord) == {"none": 3, "exact": 1}


def test_a_home_that_is_not_in_the_list_is_refused_and_nothing_changes(draw, landlord):
    page = draw(DATA, part=PART)
    page.text_input(key="confirm-home-is").set_value("P-405")
    press(page, "It is that home")
    assert "There is no home 'P-405' in the list of homes." in said(page)
    assert landlord.current().number == 3


@pytest.mark.parametrize(
    ("choice", "another", "told"),
    [
        ("the one offered", None, "Lantern Moor is Lanternmoor from now on."),
        ("another estate", "Ash Court", "Lantern Moor is Ash Court from now on."),
        ("an estate of its own", None, "Lantern Moor is an estate of its own."),
    ],
)
def test_a_name_of_an_estate_is_settled(choice, another, told, draw, landlord):
    page = draw(DATA, part=PART)
    assert "Lantern Moor: 1 row. Perhaps Lanternmoor?" in said(page)
    page.radio(key="settle-as").set_value(choice)
    if another:
        page.selectbox(key="settle-estate").set_value(another)
    press(page, "Settle it")
    assert told in said(page)
    assert "Perhaps Lanternmoor?" not in said(page)


def test_without_a_list_of_homes_the_page_says_what_is_needed(draw, small):
    small()
    assert "No list of homes is held" in said(draw(DATA, part=PART))


def test_where_everything_joins_the_page_says_so(draw, home):
    store = Store(home / "landlord", "real")
    for incoming in (small_incoming(estates=("Ash Court",)), small_homes()):
        store.publish(incoming).close()
    page = draw(DATA, part=PART)
    assert "Every reference given joins" in said(page)
    assert "has been settled" in said(page)
