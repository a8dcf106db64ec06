"""What tenants say in a real browser: a click on a mark of any chart reads its comments; parts fit a telephone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

PATH = "/what-tenants-say"
BARS, DOTS = ".js-plotly-plot .bars .point path", ".js-plotly-plot .scatterlayer .points path"
PARTS = ("At a glance", "Strengths", "Offers and assets", "One topic", "Place by place", "Read")
PLACES, PLACE_PARTS = "/where-and-for-whom", ("Fair outcomes", "Scores and words")


def opened(visit, dashboard, part: str, **how):
    """One part of the page, as its address opens it."""
    one = visit(f"{dashboard.url}{PATH}?spoken-part={part.replace(' ', '+')}", **how)
    one.page.get_by_role("heading", name="What tenants say", level=1).wait_for()
    one.settle()
    return one


def click_on(one, marks: str, which: int) -> None:
    """Click in the middle of a mark, as a person does."""
    mark = one.page.locator(marks).nth(which)
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    one.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.mark.parametrize(
    ("part", "marks"),
    [("At a glance", BARS), ("One topic", DOTS), ("Place by place", BARS)],
    ids=["sides", "dots", "tones"],
)
def test_a_click_on_a_mark_reads_its_comments(visit, sample, part, marks):
    one = opened(visit, sample, part)
    assert one.page.get_by_role("heading", name="Comments:").count() == 0
    click_on(one, marks, 0)
    one.page.get_by_role("heading", name="Comments:").wait_for(timeout=20_000)
    assert one.page.get_by_text("No comment answers to that.").count() == 0


@pytest.mark.parametrize("part", PARTS)
def test_every_part_fits_a_telephone_and_has_no_grave_fault_of_accessibility_of_ours(visit, sample, part):
    fits(opened(visit, sample, part, width=320))


@pytest.mark.parametrize("part", PLACE_PARTS)
def test_fair_outcomes_and_scores_beside_words_fit_a_telephone_and_can_be_read_aloud(visit, sample, part):
    one = visit(f"{sample.url}{PLACES}?places-part={part.replace(' ', '+')}", width=320)
    one.page.get_by_role("heading", name="Where and for whom", level=1).wait_for()
    one.settle()
    fits(one)


def fits(one) -> None:
    """Nothing stands beyond the edge of the screen, and nothing of ours is without a name."""
    sideways = one.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sideways <= 0
    found = Axe().run(one.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}).response["violations"]
    unnamed = [fault["id"] for fault in found if fault["id"] in ("label", "button-name", "image-alt", "select-name")]
    assert unnamed == []
