"""Our own letters on the page: read, decided, taken back, handed on with the note; never kept beside invented data."""

from __future__ import annotations

import pytest

from analysis.letters.suggesting import Suggestion
from data.letters.kept import Letters

PATH, PART = "treated-with-respect", "Our own letters"
WORDING = "We consider the matter closed."
MARKUP = "![x](http://evil.example/a.png) :red[a] we consider the matter closed."


def said(page):
    elements = [*page.header, *page.subheader, *page.markdown, *page.caption, *page.success, *page.error, *page.warning]
    return " ".join(element.value.replace("\\", "").replace("\u2060", "") for element in elements)


def press(page, label):
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page


@pytest.fixture
def letters(home, small):
    """The landlord's own store with letters kept: two templates and a reply."""
    small(answers=12)
    return Letters(home / "landlord")


def read(page, *files, kind="work it out", who="Sam Ode"):
    """Brings letters in on the page."""
    page.file_uploader(key="letters-files-0").set_value([(name, text.encode(), "text/plain") for name, text in files])
    page.radio(key="letters-kind").set_value(kind)
    page.text_input(key="letters-who").set_value(who).run()
    return press(page, "Read them")


def test_with_nothing_read_the_part_says_what_it_does_and_offers_the_note(draw, home):
    page = draw(PATH, **{"respect-part": PART})
    assert not page.exception
    assert "a question about wording, not a verdict" in said(page)
    assert "Nobody who wrote or signed a letter is named" in said(page)


def test_letters_brought_in_are_told_templates_first_with_why_and_what_to_say_instead(draw, letters):
    page = draw(PATH, **{"respect-part": PART})
    read(page, ("B reply.txt", f"Thank you. {WORDING}"), ("Z template.txt", "Dear «Name», be grateful."))
    assert not page.exception
    assert "1 template and 1 reply read." in said(page)
    assert "2 wordings to look at, in 2 letters." in said(page)
    assert sum("Say instead" in element.value for element in page.markdown) == 2
    assert said(page).index("template Z template.txt") < said(page).index("reply B reply.txt")
    assert "We **consider the matter closed**." in said(page)
    assert [each.read.name for each in letters.held()] == ["Z template.txt", "B reply.txt"]


def test_a_decision_is_kept_with_its_name_and_taken_back(draw, letters):
    page = read(draw(PATH, **{"respect-part": PART}), ("a.txt", WORDING))
    (kept,) = letters.held()
    key = f"letter-{kept.read.findings[0].key}"
    page.session_state[key] = True
    page.run()
    page.radio(key=f"{key}-state").set_value("wording agreed")
    page.text_input(key=f"{key}-owner").set_value("head of repairs")
    press(page, "Keep this")
    assert "Owner: head of repairs" in said(page) and "wording agreed, says Sam Ode (name as given)" in said(page)
    press(page, "Take this decision back")
    assert "Owner: complaints manager" in said(page)
    assert letters.held()[0].decided == {}


def test_a_person_as_owner_is_refused_on_the_page(draw, letters):
    page = read(draw(PATH, **{"respect-part": PART}), ("a.txt", WORDING))
    key = f"letter-{letters.held()[0].read.findings[0].key}"
    page.session_state[key] = True
    page.run()
    page.text_input(key=f"{key}-owner").set_value("Jane Whitlock")
    press(page, "Keep this")
    assert "Name a role, never a person" in said(page)


def test_what_cannot_be_read_is_told_and_the_others_are_read(draw, letters):
    page = read(draw(PATH, **{"respect-part": PART}), ("a.txt", WORDING), ("old.doc.pdf", "no pdf"))
    assert "1 reply read." in said(page)
    (wrong,) = page.dataframe[0].value["What is wrong"]
    assert wrong == "The name says a PDF, but the contents are text."


def test_a_letter_is_text_and_never_markup(draw, letters):
    page = read(draw(PATH, **{"respect-part": PART}), (f"{MARKUP[:4]}.txt", MARKUP))
    assert not any("![x](" in each.value or ":red[" in each.value for each in [*page.markdown, *page.caption])


def test_a_sentence_with_several_wordings_is_shown_once_with_each_in_bold(draw, letters):
    page = read(draw(PATH, **{"respect-part": PART}), ("a.txt", "Be grateful, open the windows and be patient."))
    assert "**Be grateful**, **open the windows** and **be patient**." in said(page)
    assert said(page).count("and **be patient**") == 1
    assert sum("Say instead" in element.value for element in page.markdown) == 3


def test_wording_set_aside_is_told_apart(draw, letters):
    page = read(draw(PATH, **{"respect-part": PART}), ("a.txt", f'The officer wrote "{WORDING}"'))
    assert "No wording of the list was found." in said(page)
    page.selectbox(key="letters-of-kind").set_value("set aside").run()
    assert "Set aside: somebody's words that are quoted." in said(page)


def test_suggestions_stand_apart_and_can_be_decided(draw, letters, monkeypatch):
    monkeypatch.setattr("dashboard.letters.load_suggest", lambda _: lambda texts: [(Suggestion("blames", "Like."),)])
    page = draw(PATH, **{"respect-part": PART})
    page.checkbox(key="letters-suggest").set_value(True)
    page = read(page, ("a.txt", "It is all down to you."))
    assert "No wording of the list was found." in said(page)
    page.selectbox(key="letters-of-kind").set_value("in other words, perhaps").run()
    assert 'It reads much like "Like." Nobody has judged it: read it yourself.' in said(page)
    page.selectbox(key="letters-of-kind").set_value("set aside").run()
    assert "There are none." in said(page)
    letters.decide(letters.held()[0].read.asides[0].key, "Jo", "changed")


def test_nobody_outside_sees_findings(draw, letters):
    read(draw(PATH, **{"respect-part": PART}), ("a.txt", WORDING))
    page = draw(PATH, audience="public", **{"respect-part": PART})
    assert "for the landlord's own people" in said(page) and "consider the matter closed" not in said(page)


def test_a_letter_is_forgotten_on_the_page(draw, letters):
    page = read(draw(PATH, **{"respect-part": PART}), ("a.txt", WORDING))
    page.session_state["letters-list"] = True
    page.run()
    chosen = next(box for box in page.selectbox if box.label == "Forget a letter")
    chosen.select_index(0).run()
    press(page, "Forget it, and every sentence kept of it")
    assert letters.held() == ()


def test_the_invented_landlord_has_letters_of_its_own_and_real_ones_are_read_but_not_kept(draw, sample):
    page = press(draw(PATH, **{"respect-part": PART}), "Read the invented letters")
    assert "4 templates and 1 reply read." in said(page)
    read(page, ("mine.txt", WORDING))
    assert "Not kept: the invented landlord is loaded" in said(page)
    assert "mine.txt" not in {each.read.name for each in Letters(sample).held()}
