"""Whoever has only the look-alike files and the guide gets from nothing to a full dashboard, all on the screen."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import pytest
from lookalike_answers import FILES

from tools.lookalikes import make

pytestmark = pytest.mark.slow  # fifteen files published on a real screen; `make test` does it

DATA = "Data and packs"
FAULT = re.compile(r"Something went wrong|encountered an error|Traceback")
NOTHING = re.compile(r"No [a-z ]+ (is|are) (loaded|held)|Nothing is held")


@dataclass(frozen=True)
class Step:
    """One file on the road: what it is taken in as, what it is called, and what is answered to what is asked."""

    name: str
    label: str
    called: str = ""
    replies: tuple[tuple[str, str], ...] = ()  # words of the question, and the answer chosen or typed


TENURE = (("Tenure", "Which of these describes your home?"),)
ROAD = (
    Step("08_homes_and_people.xlsx", "Homes"),
    Step("08_tenancy_agreements.csv", "Tenancies and people"),
    Step("08_homes_and_people.xlsx", "Tenancies and people"),
    Step("01_agency_workbook.xlsx", "Survey", replies=(("Is each quarter a wave", "whole file"),)),
    Step("02_issued_sample.csv", "Issued sample", replies=(("Which survey wave", "2025/26"),)),
    Step("03_own_survey_qualtrics.csv", "Survey", "Online, Qualtrics"),
    Step("03_own_survey_forms.xlsx", "Survey", "Online, Forms", TENURE),
    Step("03_own_survey_surveymonkey.csv", "Survey", "Online, SurveyMonkey", TENURE),
    Step("04_complaints_export.xlsx", "Complaints"),
    Step("05_complaints_report.csv", "Complaints"),
    Step("05_contacts_report.csv", "Contacts"),
    Step("05_contacts_forty_sheets.xlsx", "Contacts"),
    Step("06_dialler.csv", "Contacts"),
    Step("07_repairs.csv", "Repairs", replies=(("CMP", "completed"), ("OPN", "open"))),
    Step("09_damp_tracker.xlsx", "Hazard cases", replies=(("Which sheet", "every sheet with the same headings"),)),
)
FIGURES = {
    "This week": r"\d+ hazard cases are open: \d+ emergency, \d+ significant",
    "How are we doing": r"\d+% satisfied \(\d+% to \d+%\)",
    "Where and for whom": r"Marmalade Row\s*\d+% of \d+ \(own answers count \d+%\); drawn \d+% \(\d+% to \d+%\)",
    "What tenants say": r"\d+ comments from \d+ tenants",
    "Treated with respect": r"\d+% agree that they are treated fairly and with respect \(\d+% to \d+%\)",
    "Who we have not heard from": r"Lantern Moor\s*\d+% of \d+ homes: \d+ answers",
    "Safety and complaints": r"Stage one \(CH01_1\): [\d.]+ for every 1,000 homes",
    "Promises, decisions, meetings": r"\d+ promises are recorded",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The look-alike files, and nothing else."""
    made = tmp_path_factory.mktemp("ten files")
    make(made)
    return made


def shown(one):
    """What stands on the page, drawn without a fault."""
    one.settle()
    text = one.page.get_by_test_id("stMain").inner_text()
    assert not FAULT.search(text), text[-2000:]
    return text.replace("\u2060", "")


def open_page(one, title):
    one.page.get_by_role("link", name=title, exact=True).click()
    one.page.get_by_role("heading", name=title, level=1).wait_for()


def open_part(one, part):
    one.page.get_by_role("tab", name=part).click()
    one.page.wait_for_timeout(500)
    shown(one)


def upload(one, folder, step):
    """Give the page a file and say what it holds, where that was taken for something else."""
    one.page.locator("input[type=file]").set_input_files(folder / step.name)
    one.page.get_by_text(f"{step.name} was read as", exact=False).first.wait_for(timeout=60_000)
    shown(one)
    kind = one.page.get_by_role("combobox", name="What the file holds")
    if one.page.get_by_test_id("stMain").get_by_text(step.label, exact=True).count() == 0:
        kind.click()
        one.page.get_by_role("option", name=step.label, exact=True).click()
        one.page.get_by_text(f"{step.name} was read as", exact=False).first.wait_for(timeout=60_000)
    shown(one)


def press(one, label):
    one.page.get_by_role("button", name=label, exact=True).click()
    one.page.wait_for_timeout(500)
    return shown(one)


def answer(one, question, reply):
    choices = one.page.get_by_role("radiogroup", name=question)
    if choices.count():
        choices.get_by_text(reply, exact=True).click()
    else:
        one.page.get_by_role("textbox", name=question).fill(reply)


def asked(one):
    """Whether the page asks anything."""
    return one.page.get_by_role("heading", name="Questions only you can answer").count() > 0


def publish(one, name):
    one.page.get_by_role("button", name="Publish", exact=True).click()
    one.page.get_by_text(re.compile(rf"Published: .*{re.escape(name)}")).first.wait_for(timeout=60_000)
    shown(one)


def bring_in(one, folder, step):
    """One file, from the folder on the disk to published."""
    upload(one, folder, step)
    if step.called:
        one.page.get_by_role("textbox", name="What to call it").fill(step.called)
        press(one, "Use these facts")
    assert asked(one) == bool(step.replies)
    if step.replies:
        for question, reply in step.replies:
            answer(one, re.compile(re.escape(question)), reply)
        press(one, "Use these answers")
    press(one, "Check every row")
    publish(one, step.name)


def test_from_nothing_to_nine_pages_of_figures_with_the_ten_files_alone(visit, empty, folder):
    one = visit(empty.url)
    open_page(one, DATA)
    for step in ROAD:
        bring_in(one, folder, step)
    open_part(one, "What is held")
    press(one, "Read the comments now")
    one.page.get_by_role("button", name="Read the comments now").wait_for(state="detached", timeout=60_000)
    held = shown(one)
    assert {step.name for step in ROAD} - {"08_tenancy_agreements.csv"} == set(re.findall(r"(\S+), taken in", held))

    open_part(one, "What does not join")
    settle_estate(one, "Lanternmoor", "the one offered")
    settle_estate(one, "Thimble Green", "another estate", "Bobbin Fields")
    assert "Every name of an estate in answers and records is in the list of homes" in shown(one)

    for title, figure in FIGURES.items():
        open_page(one, title)
        text = shown(one)
        assert re.search(figure, text), f"{title}: {text[:2000]}"
        assert not NOTHING.search(text), f"{title}: {NOTHING.search(text)}"


def settle_estate(one, name, meaning, which=""):
    """Say on the page what a name of an estate means."""
    choose(one, "Name", name)
    one.page.get_by_role("radiogroup", name="It is").get_by_text(meaning, exact=True).click()
    if which:
        choose(one, "Which one, if another", which)
    press(one, "Settle it")
    one.page.get_by_text(f"{name} is", exact=False).first.wait_for(timeout=30_000)


def choose(one, label, option):
    box = one.page.get_by_role("combobox", name=label, exact=True)
    box.scroll_into_view_if_needed()
    one.page.wait_for_timeout(500)  # a list that is open shuts when the page scrolls
    box.click()
    one.page.get_by_role("option", name=option, exact=True).click()
    one.page.wait_for_timeout(300)


def test_the_second_time_a_file_is_recognised_and_nothing_is_asked(visit, empty, folder, tmp_path):
    for each in FILES:
        replies = tmp_path / "answers.json"
        replies.write_text(json.dumps(each.answers), encoding="utf-8")
        said = empty.command("take-in", str(folder / each.name), "--as", each.holds, "--answers", str(replies))
        assert said.returncode in (0, 1), said.stderr
    one = visit(empty.url)
    open_page(one, DATA)
    for step in ROAD:
        upload(one, folder, step)
        assert "the remembered mapping" in shown(one)
        if step.label == "Issued sample":  # every sample is of another survey: which one cannot be remembered
            assert re.findall(r"^(.*\?) No column says so", shown(one), re.M) == [
                "Which survey wave was this sample issued for?"
            ]
            continue
        assert not asked(one), f"{step.name}: {shown(one)}"
        assert one.page.get_by_role("button", name="Publish", exact=True).is_visible()
