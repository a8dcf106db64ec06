from __future__ import annotations

import json

import pytest

from analysis.calendar import months_after
from dashboard import actions, management
from dashboard.cli import main
from data.settings import HOME_VARIABLE, Settings


@pytest.fixture
def landlord(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    return Settings(tmp_path)


def run(capsys, *arguments):
    code = main(["management", "--year", "2025/26", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_value_is_entered_told_and_taken_back(landlord, capsys):
    code, out, err = run(
        capsys, "--enter", "BS01", "--numerator", "9990", "--denominator", "10000", "--by", "Sam", "--json"
    )
    gas = next(each for each in json.loads(out)["measures"] if each["code"] == "BS01")
    assert code == 0 and (gas["value"], gas["outstanding"]) == (99.9, 10) and gas["source"].startswith("entered by Sam")
    assert "BS01 of 2025/26 is kept" in err
    run(capsys, "--undo")
    assert "neither entered nor counted" in run(capsys)[1].split("BS01")[1].split("\n")[0]


def test_a_bare_percentage_is_refused(landlord, capsys):
    assert run(capsys, "--enter", "BS01", "--numerator", "99.9")[0] == 2


def test_a_measure_of_two_tenure_groups_needs_one(landlord, capsys):
    code, _, err = run(capsys, "--enter", "CH01_1", "--numerator", "1", "--denominator", "2", "--by", "Sam")
    assert code == 2 and "--for" in err


def test_a_file_with_a_wrong_row_enters_nothing(landlord, capsys, tmp_path):
    file = tmp_path / "m.csv"
    file.write_text("code,numerator,denominator\nBS01,1,2\nBS02,9%,2\n")
    code, _, err = run(capsys, "--file", str(file), "--by", "Sam")
    assert code == 1 and "row 3" in err
    assert "entered by" not in run(capsys, "--json")[1]


@pytest.mark.slow
def test_complaints_and_repairs_that_are_held_are_counted(landlord, capsys):
    actions.load_sample(landlord)
    _, out, _ = run(capsys, "--json")
    found = {(each["code"], each["tenure_group"]): each for each in json.loads(out)["measures"]}
    timely = found["CH02_1", "LCRA"]
    assert timely["without_extension"] + timely["within_extension"] == timely["numerator"]
    assert found["RP02_1", "LCRA"]["value"] > 50 and found["CH01_1", "LCHO"]["unit"] == "per 1,000 homes"


@pytest.mark.slow
def test_what_renters_say_of_repairs_is_held_against_those_of_the_twelve_months_before_they_were_asked(
    landlord, monkeypatch
):
    actions.load_sample(landlord)
    held = actions.store_in_use(landlord).current()
    wave = [each for each in held.waves if each.reporting_year == "2025/26"][-1]
    asked = []
    monkeypatch.setattr(management.records, "homes_with_repairs", lambda *given: asked.append(given[-2:]) or 0)
    assert "71% of renters" in management.survey_against_repairs(held, "2025/26")
    assert asked == [(months_after(wave.fieldwork_to, -12), wave.fieldwork_to)]
    assert management.survey_against_repairs(held, "2023/24") is None  # the repairs held begin after that survey
