"""What a new user does with the mouse: load a file as sent, put it right, publish, filter, read, go back."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
HOSTILE = "![x](http://evil.example/a.png)<img src=http://evil.example/b.png>"
TP01 = "Taking everything into account, how satisfied or dissatisfied are you with the service provided by Us?"


def bring_in(one, path):
    """Upload a file on Data and packs and wait until it has been looked at."""
    one.page.get_by_role("link", name="Data and packs").click()
    one.page.get_by_role("heading", name="Data and packs", level=1).wait_for()
    one.page.locator("input[type=file]").set_input_files(path)
    one.page.get_by_role("heading", name="What each column is taken for").wait_for(timeout=60_000)
    one.settle()


def publish(one):
    """Publish and wait until the page tells of what is held."""
    one.page.get_by_role("button", name="Publish").click()
    one.page.get_by_text("Published:", exact=False).first.wait_for(timeout=60_000)
    what_is_held(one)


def what_is_held(one):
    """Open the part of Data and packs that tells what is held."""
    one.page.get_by_role("tab", name="What is held").click()
    one.page.get_by_role("heading", name="Surveys held").wait_for(timeout=60_000)
    one.settle()


def test_from_a_file_to_a_filtered_answer_and_back(visit, empty):
    one = visit(empty.url)
    bring_in(one, ROOT / "data" / "sample" / "agency_survey.csv")
    one.page.get_by_role("button", name="Check every row").click()
    one.page.get_by_text(re.compile(r"hold(s|ing)? back", re.I)).first.wait_for(timeout=60_000)
    one.settle()
    publish(one)

    one.page.get_by_role("link", name="How are we doing").click()
    one.page.get_by_role("heading", name="How are we doing", level=1).wait_for()
    one.settle()
    shown = one.page.get_by_role("main").inner_text() if one.page.get_by_role("main").count() else ""
    assert re.search(r"\d+% satisfied \(\d+% to \d+%\)", shown or one.page.locator("body").inner_text())

    one.page.get_by_role("link", name="What tenants say").click()
    one.page.get_by_role("button", name="Read the comments now").click()
    one.page.get_by_text("Positive", exact=False).first.wait_for(timeout=60_000)

    one.page.get_by_role("link", name="Data and packs").click()
    what_is_held(one)
    one.page.get_by_role("button", name="Take back the last publish").click()
    one.page.get_by_role("button", name="Yes").click()
    one.page.get_by_text("Nothing is held now").first.wait_for(timeout=30_000)
    assert '"generation": null' in empty.command("status", "--json").stdout


def test_what_cannot_be_guessed_is_asked_before_anything_is_published(visit, empty, tmp_path):
    file = tmp_path / "codes.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["Serial", "Interview date", "Tenure", "Estate", TP01])
        rows.writerows([n, f"2025-09-{1 + n % 28:02d}", "General needs", "Ash Court", 1 + n % 5] for n in range(60))
    one = visit(empty.url)
    bring_in(one, file)
    one.page.get_by_role("heading", name="Questions only you can answer").wait_for()
    assert one.page.get_by_role("button", name="Publish").count() == 0
    one.page.get_by_text("5 is best", exact=False).first.click()
    one.page.get_by_role("button", name="Use these answers").click()
    one.page.get_by_role("button", name="Publish").wait_for(timeout=60_000)
    publish(one)
    assert '"LCRA": 60' in empty.command("status", "--json").stdout


def test_markup_in_a_file_is_shown_as_text_and_nothing_is_fetched(visit, empty, tmp_path):
    file = tmp_path / "hostile.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["Serial", "Interview date", "Tenure", "Estate", HOSTILE, TP01, "Why do you say that?"])
        for n in range(60):
            rows.writerow(
                [n, f"2025-09-{1 + n % 28:02d}", "General needs", HOSTILE, HOSTILE, "Very satisfied", HOSTILE]
            )
    one = visit(empty.url)
    bring_in(one, file)
    assert one.page.locator("img[src*=evil]").count() == 0
    loaded = empty.command("take-in", str(file), "--wave", HOSTILE)
    assert '"published"' not in loaded.stderr and loaded.returncode in (0, 1), loaded.stderr
    assert empty.command("label").returncode == 0
    for title in ("How are we doing", "Where and for whom", "What tenants say", "Data and packs"):
        again = visit(empty.url)
        again.page.get_by_role("link", name=title).click()
        again.page.get_by_role("heading", name=title, level=1).wait_for()
        again.settle()
        assert again.page.locator("img[src*=evil]").count() == 0
        assert again.page.get_by_text("encountered an error").count() == 0


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the resident survey in ../shared/data")
def test_a_real_resident_survey_with_answers_from_the_command_line_stands_on_the_screen(visit, empty):
    loaded = empty.command(
        "take-in",
        str(SHARED / "data" / "resident_survey" / "resident_survey_2015.csv"),
        "--answers",
        str(ROOT / "tests" / "data" / "answers" / "resident_survey.json"),
    )
    assert loaded.returncode in (0, 1), loaded.stderr
    one = visit(f"{empty.url}/how-are-we-doing")
    # 457 of the 897 renters with an answer to Q2_6 chose 4 or 5: counted by hand from the file
    assert "51% satisfied" in one.page.locator("body").inner_text()
