"""Beside each comment: put right with a click, taken back, put forward; what a person hides is on no page again."""

from __future__ import annotations

import pytest

from dashboard.actions import readings_of
from data.corrections import Corrections
from data.quotes import Quotes
from data.store import Store

SPOKEN, READ = "what-tenants-say", {"spoken-part": "Read"}


@pytest.fixture
def store(home, small):
    small(answers=12)
    return Store(home / "landlord", "real")


@pytest.fixture
def opened(draw, store):
    """The page with the fold of one comment open, and a name given; gives the page and the key of the fold."""

    def of(words):
        page = draw(SPOKEN, **READ)
        assert not page.exception
        fold = fold_of(page, words)
        page.session_state[fold] = True
        page.run()
        page.text_input(key=f"{fold}-who").set_value("Jo Bloggs").run()
        return page, fold

    return of


def fold_of(page, words):
    """The key of the fold beside the comment that ends so."""
    texts = [shown.value for shown in page.text]
    folds = [fold.proto.id for fold in page.expander if fold.label == "Put right, or quote"]
    found = folds[next(n for n, text in enumerate(texts) if text.endswith(words))]
    return found[found.index("put-right-") :]


def press(page, key):
    page.button(key=key).click().run()
    assert not page.exception
    return page


def said(page):
    elements = [*page.markdown, *page.caption, *page.success, *page.error]
    return " ".join(element.value.replace("\\", "").replace("\u2060", "") for element in elements)


def history(store):
    return Corrections(store.folder, readings_of(store)).history()


def test_a_tone_is_put_right_with_one_click_and_stands_at_once(opened, store):
    page, fold = opened("number 3")
    press(page, f"{fold}-tone-negative")
    assert "The tone is negative now." in said(page)
    assert any("Negative" in caption.value for caption in page.caption)
    ((one),) = history(store)
    assert (one.who, one.what, one.before, one.after) == ("Jo Bloggs", "tone", "positive", "negative")
    assert "The tone: positive became negative. Jo Bloggs (name as given)" in said(page)
    press(page, f"{fold}-back-{one.n}")
    assert history(store)[0].taken_back_by == "Jo Bloggs"


def test_topics_are_taken_away_and_given(opened, store):
    page, fold = opened("number 3")
    press(page, f"{fold}-not-repairs")
    page.selectbox(key=f"{fold}-topic").set_value("pests")
    press(page, f"{fold}-about")
    assert [one.after for one in history(store)] == [{"pests": "negative"}, {}]


def test_a_danger_and_being_judged_are_put_right(opened, store):
    page, fold = opened("number 3")
    page.multiselect(key=f"{fold}-kinds").set_value(["fire"])
    press(page, f"{fold}-danger")
    page.multiselect(key=f"{fold}-sources").set_value(["contractor"])
    page.multiselect(key=f"{fold}-forms").set_value(["disrespect"])
    press(page, f"{fold}-told")
    press(page, f"{fold}-no-danger")
    assert [(one.what, one.after) for one in reversed(history(store))] == [
        ("danger", {"kinds": ["fire"], "severity": "emergency", "vulnerable": False}),
        ("told", {"sources": ["contractor"], "forms": ["disrespect"]}),
        ("danger", None),
    ]


def test_words_taken_out_are_on_no_page_any_more(opened, draw):
    page, fold = opened("number 3")
    page.text_input(key=f"{fold}-words").set_value("number 3")
    press(page, f"{fold}-hide")
    assert "the repair was quick, [name]" in [shown.value for shown in page.text]
    assert "number 3" not in " ".join(shown.value for shown in draw(SPOKEN, **READ).text)


def test_without_a_name_nothing_is_changed(draw, store):
    page = draw(SPOKEN, **READ)
    fold = fold_of(page, "number 3")
    page.session_state[fold] = True
    press(page.run(), f"{fold}-tone-negative")
    assert "A name is needed" in said(page)
    assert history(store) == ()


def test_a_comment_is_put_forward_with_its_purpose(opened, store):
    page, fold = opened("number 3")
    page.selectbox(key=f"{fold}-purpose").set_value("public").run()
    press(page, f"{fold}-forward")
    assert "it waits for two people" in said(page)
    (quote,) = Quotes(store.folder, readings_of(store)).queue()
    assert (quote.purpose, quote.put_forward_by, quote.place) == ("public", "Jo Bloggs", ())
    assert quote.consent == "not known who wrote it"


def test_a_flagged_comment_can_only_be_put_forward_for_the_team_and_the_page_says_why(opened):
    page, fold = opened("number 7")  # read as sensitive
    assert page.selectbox(key=f"{fold}-purpose").options == ["for the team"]
    assert "Only for the team: it may speak of somebody's health" in said(page)


def test_closed_folds_draw_nothing(draw, store):
    page = draw(SPOKEN, **READ)
    assert not [button for button in page.button if button.key.startswith("put-right-")]
