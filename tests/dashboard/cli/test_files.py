"""Files from the command line: taken in whole or not at all, asked about, remembered, taken back."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dashboard.cli import main
from data.settings import HOME_VARIABLE

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared" / "data" / "resident_survey" / "resident_survey_2015.csv"
HEADINGS = ("Serial", "Interview date", "Tenure", "Estate", "TP01", "Why do you say that?")
WORDS = ("Very satisfied", "Fairly satisfied", "Fairly dissatisfied")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def survey(tmp_path: Path) -> Callable[..., str]:
    """Thirty respondents with words for answers, and whatever rows are added."""

    def written(*more: Sequence[str], answers: Sequence[str] = WORDS, name: str = "survey.csv") -> str:
        rows = [
            (str(n), "2024-05-13", "General needs", "Ash Court", answers[n % len(answers)], f"it is fine, {n}")
            for n in range(1, 31)
        ]
        with (tmp_path / name).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([HEADINGS, *rows, *more])
        return str(tmp_path / name)

    return written


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict]:
    code = main([*arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_faultless_file_is_published_and_its_facts_are_told(home, survey, capsys):
    code, document = told(capsys, "take-in", survey(), "--as", "survey", "--population", "LCRA=900")
    assert (code, document["published"], document["generation"]) == (0, True, 1)
    assert (document["file"]["rows_in"], document["file"]["rows_kept"]) == (30, 30)
    (wave,) = told(capsys, "status")[1]["waves"]
    assert (wave["responses"], wave["population"]) == ({"LCRA": 30}, {"LCRA": 900})


def test_a_row_that_can_be_put_right_ends_with_one_and_the_rest_is_published(home, survey, capsys):
    file = survey(("31", "2024-05-13", "General needs", "Ash Court", "Bananas", ""))
    code, document = told(capsys, "take-in", file)
    assert (code, document["published"], document["file"]["left_out"]) == (1, True, {"unknown_answer": 1})
    (problem,) = document["problems"]
    assert (problem["row"], problem["value"], problem["stops"]) == (32, "Bananas", "row")
    assert problem["what"] and problem["remedy"] and problem["owner"]


def test_rows_left_out_as_meant_end_with_nought(home, survey, capsys):
    same = ("30", "2024-05-13", "General needs", "Ash Court", WORDS[0], "it is fine, 30")
    code, document = told(capsys, "take-in", survey(same))
    assert (code, document["file"]["left_out"]) == (0, {"repeated_row": 1})


def test_one_row_is_told_as_one(home, survey, capsys):
    main(["take-in", survey(("31", "2024-05-13", "General needs", "Ash Court", "Bananas", ""))])
    said = capsys.readouterr().out
    assert "30 of 31 rows good; 1 problem." in said
    assert "  1 row left out: unknown_answer" in said


def test_what_is_ambiguous_is_asked_and_nothing_is_kept_until_it_is_answered(home, survey, capsys, tmp_path):
    file = survey(answers=("1", "2", "5"))
    code, document = told(capsys, "take-in", file)
    assert (code, document["published"]) == (1, False)
    (ask,) = document["asks"]
    assert ask["options"] == ["5 is best", "1 is best"]
    assert told(capsys, "status")[1]["generation"] is None

    answers = tmp_path / "answers.json"
    group, key = ask["key"].split(".")
    answers.write_text(json.dumps({group: {key: "1 is best"}}), encoding="utf-8")
    assert told(capsys, "take-in", file, "--answers", str(answers), "--profile", "Our agency")[0] == 0
    (surveyed,) = told(capsys, "measures")[1]["surveys"]
    assert surveyed["measures"][0]["value"] == pytest.approx(20 / 30)  # 1 and 2 are the best two

    again = survey(answers=("2", "1", "5"), name="next.csv")  # the same headings: nothing is asked any more
    assert told(capsys, "take-in", again, "--wave", "Second")[0] == 0
    assert [wave["name"] for wave in told(capsys, "status")[1]["waves"]] == ["2024/25", "Second"]


def test_problems_are_listed_without_keeping_anything(home, survey, capsys):
    file = survey(("31", "2024-05-13", "General needs", "Ash Court", "Bananas", ""))
    code, document = told(capsys, "problems", file)
    assert (code, [problem["rule"] for problem in document["problems"]]) == (1, ["unknown_answer"])
    assert told(capsys, "problems", survey())[0] == 0
    assert told(capsys, "status")[1]["generation"] is None


def test_a_publish_is_taken_back_and_with_nothing_left_that_is_said(home, survey, capsys):
    told(capsys, "take-in", survey())
    assert told(capsys, "undo") == (0, {"generation": None})
    assert main(["undo"]) == 1
    assert "nothing to undo" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["take-in", "nowhere.csv"], "There is no file"),
        (["take-in", "FILE", "--answers", "nowhere.json"], "There is no file"),
        (["take-in", "FILE", "--answers", "FILE"], "survey.csv"),
    ],
)
def test_wrong_usage_is_told_and_ends_with_two(home, survey, capsys, arguments, word):
    file = survey()
    assert main([file if argument == "FILE" else argument for argument in arguments]) == 2
    assert word in capsys.readouterr().err


@pytest.mark.parametrize(
    "option", [["--fieldwork", "2024-06-30,2024-05-01"], ["--fieldwork", "May"], ["--population", "LCRA=many"]]
)
def test_an_option_that_means_nothing_is_wrong_usage(home, survey, option):
    with pytest.raises(SystemExit) as ended:
        main(["take-in", survey(), *option])
    assert ended.value.code == 2


@pytest.mark.skipif(not SHARED.is_file(), reason="needs the resident survey in ../shared/data")
def test_a_real_resident_survey_is_taken_in_and_counted_as_by_hand(home, capsys):
    answers = ROOT / "tests" / "data" / "answers" / "resident_survey.json"
    code, document = told(capsys, "take-in", str(SHARED), "--answers", str(answers))
    assert (code, document["file"]["rows_in"], document["file"]["left_out"]) == (0, 2477, {"held_back": 45})
    renters, owners = told(capsys, "measures")[1]["surveys"]
    # counted from the file with nothing but Python's csv: 457 of 897 renters and 653 of 1,493 owners chose 4 or 5
    assert (renters["measures"][0]["base"], owners["measures"][0]["base"]) == (897, 1493)
    assert renters["measures"][0]["value"] == pytest.approx(457 / 897, abs=1e-12)
    assert owners["measures"][0]["value"] == pytest.approx(653 / 1493, abs=1e-12)
