"""Every page draws: empty, with the sample, under every filter; figures never stand without what belongs to them."""

from __future__ import annotations

import pytest

from dashboard.pages import PAGES

EVERY = pytest.mark.parametrize("path", [page.path for page in PAGES])
MEASURES, PLACES, SPOKEN = "how-are-we-doing", "where-and-for-whom", "what-tenants-say"
READ = {"spoken-part": "Read"}
OF_THE_SURVEY = pytest.mark.parametrize("path", [MEASURES, PLACES, SPOKEN])
PAYLOAD = "![x](http://evil.example/a.png)<img src=x> :red[a] $b$ [a](http://b)"


def everything_read_as_markdown(page):
    """All text of a page that Streamlit reads as markdown."""
    elements = [*page.markdown, *page.caption, *page.header, *page.title, *page.subheader]
    text = [element.value for element in elements]
    text += [element.value for kind in (page.info, page.warning, page.success, page.error) for element in kind]
    text += [block.label for block in page.expander]
    text += [str(cell) for table in page.table for cell in [*table.value.columns, *table.value.to_numpy().ravel()]]
    return text + [widget.label for kind in (page.button, page.radio, page.selectbox) for widget in kind]


def charts(page):
    return [element.proto for element in page.get("plotly_chart")]


@EVERY
def test_a_page_draws_on_an_empty_home(path, draw):
    page = draw(path)
    assert not page.exception
    assert page.title[0].value == next(each.title for each in PAGES if each.path == path)
    assert charts(page) == []


@EVERY
def test_every_page_of_the_sample_says_that_it_is_invented(path, draw, sample):
    page = draw(path)
    assert not page.exception
    assert page.info[0].value.startswith("**Invented data.**")


@EVERY
def test_a_landlords_own_data_are_not_called_invented(path, draw, small):
    small()
    page = draw(path)
    assert not page.exception
    assert not any("nvented" in said for said in everything_read_as_markdown(page))


FILTERS = {
    "another survey": {"survey": "Autumn 2023"},
    "shared owners": {"group": "LCHO"},
    "two estates": {"estate": ["Saltbox Quay", "Inkwell Terrace"]},
    "a tenure": {"tenure": ["Supported housing"]},
    "compared with the first": {"against": "Autumn 2023"},
    "compared with none": {"against": "no other survey"},
    "an estate nobody answered from": {"estate": ["Hopscotch Yard"]},
    "nonsense": {
        "survey": "2099",
        "group": "martians",
        "estate": ["Nowhere"],
        "tenure": ["x"],
        "by": "y",
        "topic": "z",
    },
}


@EVERY
@pytest.mark.parametrize("address", FILTERS.values(), ids=FILTERS)
def test_every_page_draws_under_every_filter(path, address, draw, sample):
    assert not draw(path, **address).exception


@OF_THE_SURVEY
def test_filters_in_the_address_are_printed_beside_every_figure(path, draw, sample):
    page = draw(path, survey="Autumn 2024", estate=["Saltbox Quay", "Inkwell Terrace"])
    beside = [caption.value for caption in page.caption if caption.value.startswith("Shown for")]
    assert len(charts(page)) > 0
    assert len(beside) >= len(charts(page))
    assert all("Autumn 2024" in line and "Saltbox Quay" in line for line in beside)


def test_what_an_address_asks_that_is_not_there_is_left_out(draw, sample):
    page = draw(MEASURES, survey="2099", estate=["Nowhere"])
    assert "Autumn 2025" in page.caption[0].value or "Autumn 2025" in " ".join(c.value for c in page.caption)
    assert not any("Nowhere" in caption.value for caption in page.caption)


@OF_THE_SURVEY
def test_every_chart_has_words_and_its_table(path, draw, sample):
    page = draw(path)
    assert charts(page)
    assert all(chart.alt for chart in charts(page))
    assert sum(block.label == "Figures behind this chart" for block in page.expander) == len(charts(page))


def test_the_measures_open_with_one_sentence_and_the_verdict(draw, sample):
    first = draw(MEASURES).header[0].value.replace("\\", "")
    assert " satisfied (" in first
    assert first.rpartition(": ")[2] in ("real change", "could be chance", "too few to say", "asked differently")


def test_shared_owners_are_told_which_measures_they_are_not_asked(draw, sample):
    said = " ".join(everything_read_as_markdown(draw(MEASURES, group="LCHO"))).replace("\\", "")
    assert "TP02 Repairs service, TP03 Time taken for the last repair" in said


def test_estates_too_quiet_to_judge_come_before_any_figure(draw, sample):
    page = draw(PLACES, by="Estate")
    assert page.header[0].value == "Too quiet to judge"
    assert any("Hopscotch Yard" in line.value for line in page.markdown)


def test_a_change_against_no_other_survey_is_not_drawn(draw, sample):
    page = draw(MEASURES, against="no other survey")
    assert "What moved" not in " ".join(header.value for header in page.header)


# ── Text from a file ─────────────────────────────────────────────────────────────────────────────


@EVERY
def test_markup_in_an_estate_or_file_name_is_never_left_for_markdown(path, draw, small):
    small(estates=(PAYLOAD, "Beech Row"), name=f"{PAYLOAD}.csv")
    page = draw(path, estate=[PAYLOAD])
    assert not page.exception
    for said in everything_read_as_markdown(page):
        assert "![x](" not in said
        assert "<img" not in said.replace("\\<", "")
        assert ":red[" not in said


def test_a_comment_is_text_and_never_markup(draw, small):
    small()
    page = draw(SPOKEN, **READ)
    assert any("the repair was quick, number" in shown.value for shown in page.text)
    assert not any("the repair was quick" in said for said in everything_read_as_markdown(page))


def test_a_sensitive_comment_is_marked_not_for_quoting(draw, small):
    small(answers=12)
    marked = [said for said in everything_read_as_markdown(draw(SPOKEN, **READ)) if "Not for quoting" in said]
    assert len(marked) == 1  # of numbers 1 to 12, one ends in 7


def test_nine_people_who_wrote_are_too_few_to_read(draw, small):
    small(answers=9)
    page = draw(SPOKEN, **READ)
    assert not page.text
    assert any("fewer than 10 tenants wrote" in said for said in everything_read_as_markdown(page))


def test_a_filter_that_leaves_nine_people_withholds_their_words(draw, small):
    small(answers=19)  # shared by turns between two estates: nine in one, ten in the other
    fewest = draw(SPOKEN, **READ, estate=["Ash Court"])
    assert not fewest.text
    assert draw(SPOKEN, **READ, estate=["Beech Row"]).text


def test_unread_comments_are_offered_for_reading_and_not_shown(draw, small):
    small(read=False)
    page = draw(SPOKEN, **READ)
    assert not page.text
    assert any("40 comments not read yet" in said.replace("\\", "") for said in everything_read_as_markdown(page))
    assert any(button.label == "Read the comments now" for button in page.button)
