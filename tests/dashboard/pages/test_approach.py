"""The summary of approach as a form: what is counted is shown, what is said is kept, a proposal is only taken up."""

from __future__ import annotations

import pytest

from dashboard import approach
from data.settings import Settings


def form() -> None:
    """The form alone, on a page of its own; AppTest takes this function's text."""
    from dashboard import session
    from dashboard.pages.approach import approach_form
    from dashboard.widgets.doing import told

    told()
    held = session.generation()
    assert held is not None
    approach_form(held)


@pytest.fixture
def page(sample):
    from streamlit.testing.v1 import AppTest

    drawn = AppTest.from_function(form, default_timeout=120).run()
    assert not drawn.exception
    return drawn


def text_of(page) -> str:
    parts = [*page.header, *page.subheader, *page.markdown, *page.caption, *page.warning, *page.info, *page.success]
    return " ".join(part.value.replace("\\", "").replace("\u2060", "") for part in (*parts, *page.error))


def area(page, letter):
    return next(each for each in page.text_area if each.key.split("-")[-2] == letter or f"-{letter}-" in each.key)


def save(page):
    return next(button for button in page.button if button.label == "Save")


def test_every_item_is_there_with_what_is_counted_and_a_box(page):
    text = text_of(page)
    assert len(page.text_area) == 11 and "a. Achieved sample size" in text
    assert "826 responses from renters (LCRA) in 10,500 homes" in text
    assert "checked against the regulator's text" in text and "Not said yet." in text
    assert "6 of the 11 items are not complete: e. How representative" in text  # this landlord has no list of homes


def test_what_is_written_is_kept_with_a_name_and_can_be_taken_back(page, home):
    area(page, "j").set_value("A prize draw for £100.")
    save(page).click().run()
    assert "A name is needed" in text_of(page)
    page.text_input(key="approach-who").set_value("Sam Ode")
    save(page).click().run()
    assert not page.exception and "Kept for Rolling 2026/27: item j." in text_of(page)
    assert "Said by Sam Ode (name as given)" in text_of(page)
    assert approach.approach_in_use(Settings(home)).of("Rolling 2026/27")["j"].text == "A prize draw for £100."
    page.button(key="approach-undo").click().run()
    assert approach.approach_in_use(Settings(home)).of("Rolling 2026/27") == {}


def test_a_telephone_number_is_kept_only_once_it_is_ticked_that_it_may_be_published(page, home):
    kept = approach.approach_in_use(Settings(home))
    area(page, "j").set_value("A prize draw; ask on 0161 496 0000.")
    page.text_input(key="approach-who").set_value("Sam")
    save(page).click().run()
    assert not page.exception and "nothing is kept yet" in text_of(page) and "j" not in kept.of("Rolling 2026/27")
    save(page).click().run()
    assert "nothing is kept yet" in text_of(page) and "j" not in kept.of("Rolling 2026/27")
    assert area(page, "j").value.startswith("A prize draw;")  # nothing has to be typed again
    page.checkbox(key="approach-as-is").check()
    save(page).click().run()
    assert not page.exception and kept.of("Rolling 2026/27")["j"].text == "A prize draw; ask on 0161 496 0000."
    assert "approach-as-is" not in [box.key for box in page.checkbox]


def test_what_was_said_before_is_offered_and_kept_only_when_ticked(page, home):
    kept = approach.approach_in_use(Settings(home))
    kept.say("Autumn 2025", "h", "None.", "Sam")
    page.run()
    page.text_input(key="approach-who").set_value("Bo")
    save(page).click().run()
    assert "Nothing was written" in text_of(page) and "h" not in kept.of("Rolling 2026/27")
    page.checkbox(key="approach-same-h").check()
    save(page).click().run()
    assert (kept.of("Rolling 2026/27")["h"].text, kept.of("Rolling 2026/27")["h"].by) == ("None.", "Bo")
