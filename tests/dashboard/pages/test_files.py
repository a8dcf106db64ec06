"""Bringing a file in with the mouse: recognised, asked about, checked, published, taken back."""

from __future__ import annotations

import pytest

from data.store import Store

HEADINGS = "Serial,Interview date,Method,Tenure,Estate,TP01"
HELD = "What is held"
SATISFIED = "Very satisfied"
DATA, MEASURES = "data-and-packs", "how-are-we-doing"


def survey_file(answers=("Very satisfied", "Fairly satisfied", "Very dissatisfied"), estate="Ash Court"):
    rows = [
        f"{n + 1},2025-09-{n % 28 + 1:02d},Telephone,General needs,{estate},{answers[n % len(answers)]}"
        for n in range(30)
    ]
    return "\n".join([HEADINGS, *rows]).encode()


def upload(page, content, name="survey.csv", kind="text/csv"):
    page.file_uploader[0].set_value((name, content, kind)).run()
    assert not page.exception
    return page


def press(page, label):
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page


def said(page):
    elements = [*page.markdown, *page.caption, *page.success, *page.error, *page.subheader]
    return " ".join(element.value.replace("\\", "").replace("\u2060", "") for element in elements)


def labels(page):
    return [button.label for button in page.button]


def test_a_file_is_shown_as_it_would_be_read(draw):
    page = upload(draw(DATA), survey_file())
    taken_for = dict(zip(page.table[0].value["Column"], page.table[0].value["Taken for"], strict=True))
    assert "survey.csv was read as CSV (utf-8): 30 rows under the headings in row 1." in said(page)
    assert taken_for["TP01"] == "TP01 Overall satisfaction"
    assert taken_for["Estate"] == "Estate"
    assert "Publish" in labels(page)


def test_a_file_is_published_and_said_to_be(draw, home):
    page = press(upload(draw(DATA), survey_file()), "Publish")
    assert "Published: 30 of 30 rows of survey.csv." in said(page)
    assert Store(home / "landlord", "real").current() is not None
    assert draw(MEASURES).header[0].value.replace("\\", "").startswith("67% satisfied")


def test_a_survey_of_the_same_name_is_not_replaced_unseen(draw, home):
    page = press(upload(draw(DATA), survey_file()), "Publish")
    page = press(upload(page, survey_file(answers=(SATISFIED,)), "online.csv"), "Publish")
    assert "A survey called 2025/26 is held already" in page.warning[0].value.replace("\\", "")
    assert Store(home / "landlord", "real").current().number == 1

    page.text_input(key="wave-name").set_value("Online")
    press(press(page, "Use these facts"), "Publish")
    held = Store(home / "landlord", "real").current()
    assert sorted(wave.name for wave in held.waves) == ["2025/26", "Online"]


def test_a_survey_put_right_takes_the_place_of_the_one_held_when_that_is_meant(draw, home):
    page = press(upload(draw(DATA), survey_file()), "Publish")
    page = press(upload(page, survey_file(answers=(SATISFIED,)), "corrected.csv"), "Publish")
    page.checkbox(key="replace").check()
    assert "Published: 30 of 30 rows of corrected.csv." in said(press(page, "Publish"))
    assert [file.name for file in Store(home / "landlord", "real").current().files()] == ["corrected.csv"]


def test_what_only_the_analyst_knows_is_asked_and_nothing_is_chosen_for_her(draw):
    page = upload(draw(DATA), survey_file(("1", "5", "4")))
    assert "Publish" not in labels(page)
    question = next(radio for radio in page.radio if "Is 5 the best answer" in radio.label)
    assert question.value is None
    question.set_value(question.options[0])
    press(page, "Use these answers")
    assert "Publish" in labels(page)


def test_a_column_is_put_right(draw):
    page = upload(draw(DATA), survey_file())
    page.selectbox(key="correct-heading").set_value("Method")
    page.selectbox(key="correct-field").set_value("")
    press(page, "Take it for that")
    taken_for = dict(zip(page.table[0].value["Column"], page.table[0].value["Taken for"], strict=True))
    assert taken_for["Method"] == "not used"


def test_the_surveys_own_facts_are_kept(draw, home):
    page = upload(draw(DATA), survey_file())
    page.text_input(key="wave-name").set_value("Autumn 2025")
    page.number_input(key="homes-LCRA").set_value(900)
    press(page, "Use these facts")
    press(page, "Publish")
    (wave,) = Store(home / "landlord", "real").current().waves
    assert wave.name == "Autumn 2025"
    assert wave.populations == {"LCRA": 900}


def test_every_problem_is_listed_before_publishing(draw, home):
    page = press(upload(draw(DATA), survey_file(("Very satisfied",) * 29 + ("Purple",))), "Check every row")
    assert "Purple" in page.dataframe[0].value["Found"].tolist()
    assert Store(home / "landlord", "real").current() is None


@pytest.mark.parametrize(
    ("name", "content"), [("empty.csv", b""), ("wrong.xlsx", b"not a workbook"), ("zeros.csv", b"\x00" * 50)]
)
def test_a_file_that_cannot_be_read_says_why_and_keeps_nothing(name, content, draw, home):
    page = upload(draw(DATA), content, name)
    assert "Stopping the file" in said(page)
    assert "Publish" not in labels(page)
    assert not (home / "landlord" / "CURRENT").exists()


def test_the_last_publish_is_taken_back_after_asking_once_more(draw, home):
    press(upload(draw(DATA), survey_file()), "Publish")
    page = draw(DATA, part=HELD)
    press(page, "Take back the last publish")
    assert Store(home / "landlord", "real").current() is not None
    press(page, "Yes")
    assert Store(home / "landlord", "real").current() is None


def test_the_sample_is_removed_in_one_click(draw, sample):
    press(draw(DATA, part=HELD), "Remove the invented landlord")
    assert not (sample / "sample" / "CURRENT").exists()


def test_no_takes_nothing_back(draw, home):
    press(upload(draw(DATA), survey_file()), "Publish")
    page = press(press(draw(DATA, part=HELD), "Take back the last publish"), "No, leave it")
    assert Store(home / "landlord", "real").current() is not None
    assert "Yes" not in labels(page)


def test_the_history_shows_each_publish_with_its_score(draw, small):
    small(wave="2023")
    small(wave="2024", sha256="1" * 64)
    page = draw(DATA, part=HELD)
    lines = [line.value.replace("\\", "") for line in page.markdown if "published" in line.value]
    assert [line[2:4] for line in lines] == ["2:", "1:"]
    assert ["in use" in line for line in lines] == [True, False]
    assert said(page).count("completeness 100%") == 2
