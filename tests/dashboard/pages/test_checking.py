"""The blind check on the page: drawn, labelled without a label in sight, scored, and set beside a second person."""

from __future__ import annotations

import pytest

from dashboard.actions import readings_of
from data.blind import Blind
from data.store import Store

DATA, PART = "data-and-packs", "Checking the reader"


@pytest.fixture
def blind(home, small):
    small(answers=40)
    store = Store(home / "landlord", "real")
    return Blind(store.folder, readings_of(store))


def said(page):
    elements = [*page.header, *page.subheader, *page.markdown, *page.caption, *page.success, *page.error]
    return " ".join(element.value.replace("\\", "").replace("\u2060", "") for element in elements)


def press(page, label):
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page


def name(page, who):
    page.text_input(key="check-who").set_value(who).run()
    return page


def drawn(draw, number=20, who="Ann"):
    page = name(draw(DATA, part=PART), who)
    page.number_input(key="check-number").set_value(number)
    return press(page, "Draw them at random")


def answer(page, tone="positive", praised=()):
    (radio,) = [each for each in page.radio if each.key and each.key.endswith("-tone")]
    radio.set_value(tone)
    page.multiselect(key=radio.key.removesuffix("tone") + "positive").set_value(list(praised))
    return press(page, "Keep, and show the next")


def test_comments_are_drawn_and_shown_without_anything_read_in_them(draw, blind):
    page = drawn(draw)
    assert "20 of 40 different comments are drawn." in said(page)
    assert [shown.value for shown in page.text] == [blind.next_for("Ann").text]
    tone = next(each for each in page.radio if each.key.endswith("-tone"))
    assert tone.value is None
    assert not any(each.value for each in page.multiselect if each.key.startswith("check-"))
    assert "Repairs" not in said(page)  # what the reader read in every one of them


def test_an_answer_is_kept_and_the_next_is_shown(draw, blind):
    page = drawn(draw)
    first = page.text[0].value
    answer(page, "negative", ["pests"])
    assert page.text[0].value != first
    assert "1 of 20 comments drawn have been checked: Ann 1 (names as given)." in said(page)
    ((labels,),) = [list(each.values()) for each in blind.answers().values()]
    assert (labels.tone, labels.topics) == ("negative", {"pests": "positive"})


def test_an_answer_without_a_tone_or_with_a_topic_twice_is_not_kept(draw, blind):
    page = press(drawn(draw), "Keep, and show the next")
    assert "Say how it sounds." in said(page)
    key = next(each.key for each in page.radio if each.key.endswith("-tone")).removesuffix("tone")
    page.multiselect(key=f"{key}negative").set_value(["pests"])
    assert "stands in two lists" in said(answer(page, "mixed", ["pests"]))
    assert blind.progress().checked == 0


def test_scores_and_the_ceiling_stand_there_once_there_are_answers(draw, blind):
    page = drawn(draw, number=10)
    for n in range(10):
        answer(page, "positive" if n else "negative", ["repairs_time"])
    assert "You have answered every comment drawn." in said(page)
    assert "Tone right: 9 of 10 (" in said(page)
    assert "Nobody shares a comment with another person yet" in said(page)
    name(page, "Bo")
    for _ in range(10):
        answer(page, "positive", ["repairs_time"])
    assert "Ann and Bo (names as given) checked the same 10 comments" in said(page)
    assert "On tone they agree in 90% of the decisions" in said(page)
    ways = {next(iter(table.value.columns)): table.value.to_numpy().ravel().tolist() for table in page.table}
    assert {"What", "Tenure", "Length of the comment", "Where it was written"} <= set(ways)
    assert "fewer than 30 comments checked" in " ".join(ways["Tenure"])


def test_without_a_name_nothing_is_drawn_and_nothing_is_asked(draw, blind):
    page = press(draw(DATA, part=PART), "Draw them at random")
    assert "A name is needed" in said(page)
    assert blind.progress().drawn == 0
    assert not page.text


def test_for_somebody_outside_no_comment_is_shown(draw, blind):
    drawn(draw)
    page = draw(DATA, part=PART, audience="public")
    assert not page.exception
    assert not page.text
