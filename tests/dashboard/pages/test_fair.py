"""Fair outcomes and scores beside words on the page: gaps, what is not held, and how not to misread them."""

from __future__ import annotations

from data.demo import invented_landlord

PLACES = "where-and-for-whom"
FAIR, BESIDE = {"places-part": "Fair outcomes"}, {"places-part": "Scores and words"}


def said(page) -> str:
    elements = [*page.header, *page.subheader, *page.markdown, *page.caption]
    return " ".join(element.value.replace("\\", "").replace("\u2060", "") for element in elements)


def headers(page) -> list[str]:
    return [header.value.replace("\\", "") for header in page.header]


def test_the_tabs_stand_beside_places_and_places_come_first(draw, sample):
    page = draw(PLACES, survey="Autumn 2025")
    assert [tab.label for tab in page.tabs] == ["By place and group", "Fair outcomes", "Scores and words"]
    assert headers(page)[0] == "Too quiet to judge"


def test_fair_outcomes_tell_gaps_and_what_is_not_held(draw, sample):
    page = draw(PLACES, survey="Autumn 2025", **FAIR)
    assert not page.exception
    assert headers(page)[:3] == ["Gaps beyond chance", "One outcome, by what people are", "What we do not hold"]
    text = said(page)
    assert "judged together" in text and "never why" in text
    assert "Ethnicity: not held. Nobody can tell whether tenants of any ethnic group are served worse." in text
    assert "settings name the policy document" in text
    assert invented_landlord().name not in text  # nothing but figures


def test_the_public_sees_no_special_category(draw, sample):
    page = draw(PLACES, survey="Autumn 2025", audience="public", **FAIR)
    assert not page.exception
    by = page.selectbox(key="fair-by").options
    assert "Age" in by and not {"Ethnicity", "Disability", "Language", "Work"} & set(by)


def test_scores_and_words_say_what_a_gap_is_not_and_rank_nobody(draw, sample):
    page = draw(PLACES, survey="Autumn 2025", **BESIDE)
    assert not page.exception
    text = said(page)
    assert "no finding and has no target" in text and "by name, never by size" in text
    assert headers(page)[:2] == ["Measure by measure", "Estate by estate"]


def test_outside_no_estate_is_told_beside_its_words_and_with_filters_nothing(draw, sample):
    page = draw(PLACES, survey="Autumn 2025", audience="public", **BESIDE)
    assert "outside the landlord it is told of everyone only" in said(page)
    page = draw(PLACES, survey="Autumn 2025", audience="public", estate=["Lanternmoor"], **BESIDE)
    assert "Measure by measure" not in headers(page)
