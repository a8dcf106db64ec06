"""How are we doing: the five answers, what goes with overall satisfaction, and what was asked differently."""

from __future__ import annotations

import pytest

PAGE = "how-are-we-doing"


def read(page):
    return [element.value for element in [*page.markdown, *page.header, *page.subheader, *page.caption]]


def test_what_goes_with_overall_satisfaction_is_told_with_what_it_cannot_say(draw, sample):
    page = draw(PAGE)
    assert not page.exception
    said = "\n".join(read(page))
    assert "What goes with overall satisfaction" in said
    assert "go with overall satisfaction" in said
    assert "Going together is not causing" in said
    assert "answered every one of these questions" in said
    assert any(block.label.startswith("What is left out, what is not proven") for block in page.expander)


def test_a_handful_of_answers_is_told_to_be_too_few(draw, small):
    small()
    page = draw(PAGE)
    assert not page.exception
    assert any(said.startswith("Not told") for said in read(page))


def test_where_people_were_asked_differently_the_change_within_each_way_is_shown(draw, sample):
    page = draw(PAGE, group="LCHO")
    assert not page.exception
    said = read(page)
    assert any(each.startswith("Asked by telephone both times") for each in said)
    why = [each for each in said if each.startswith("Asked differently") and "TP06" in each]
    assert len(why) == 1  # the reason once, not for every measure
    assert any("among those asked in the same way both times" in each for each in said)


def test_where_people_were_asked_alike_there_is_no_such_table(draw, sample):
    said = read(draw(PAGE))
    assert not any("asked in the same way both times" in each for each in said)


@pytest.mark.parametrize("group", ["LCRA", "LCHO"])
def test_the_five_answers_of_every_measure_stand_with_net_scores(draw, sample, group):
    page = draw(PAGE, group=group)
    assert "How the answers fell" in [header.value for header in page.header]
    (fell,) = [table.value for table in page.table if "Net" in table.value.columns]
    assert all("to" in net for net in fell["Net"])


def test_a_survey_short_of_its_sample_says_how_many_more_and_from_where(draw, sample):
    page = draw(PAGE, survey="Rolling 2026/27")
    assert not page.exception
    line = next(each for each in read(page) if "more answers are needed" in each)
    assert line.replace("\\", "").startswith("143 more answers are needed.")
    assert not any("more answers are needed" in each for each in read(draw(PAGE, survey="Autumn 2025")))
