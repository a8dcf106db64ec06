"""Who has not been heard from, on the command line: the page's figures as JSON, and clear words for slips."""

from __future__ import annotations

import json

import pytest
from incoming_records import small_records
from small_survey import small_incoming

from dashboard.cli import main
from data.settings import HOME_VARIABLE
from data.store import Store

ESTATES = {"Ash Court": 120, "Hushed Hill": 60, "Mouse Nest": 4}


def _landlord(tmp_path, monkeypatch, *changes):
    """40 tenants of Ash Court answered; nobody of the 60 homes of Hushed Hill, nor of four of Mouse Nest."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    store = Store(tmp_path / "landlord", "real")
    incoming = small_incoming(estates=("Ash Court",))
    for change in changes:
        incoming.connection.execute(change)
    store.publish(incoming).close()
    homes = [
        {"home": f"{estate[:2]}{n}", "estate": estate, "tenure": "General needs", "tenure_group": "LCRA",
         "property_type": "Flat", "dwelling": True}
        for estate, number in ESTATES.items() for n in range(number)
    ]  # fmt: skip
    store.publish(small_records(sha256="b" * 64, homes=homes)).close()
    return tmp_path


@pytest.fixture
def home(tmp_path, monkeypatch):
    return _landlord(tmp_path, monkeypatch)


def told(capsys, *arguments):
    assert main(["silence", *arguments, "--json"]) == 0
    (survey,) = json.loads(capsys.readouterr().out)["surveys"]
    return survey


def test_groups_without_an_answer_come_first_and_a_handful_tells_nothing(home, capsys):
    survey = told(capsys)
    assert [each["group"]["estate"] for each in survey["groups"]] == ["Hushed Hill", "Ash Court", "Mouse Nest"]
    first, _, tiny = survey["groups"]
    assert (first["state"], first["verdict"], first["answered"]) == ("silent", "real change", 0)
    assert first["expected"] == pytest.approx(40 * 60 / 184)
    assert (tiny["answered"], tiny["tail"], tiny["withheld"]) == (None, None, "fewer than 10 homes")
    assert (tiny["state"], tiny["verdict"]) == (None, None)  # either would tell whether somebody answered
    assert survey["answers_counted_by"] == "answers"


def test_the_value_chosen_is_what_the_figure_is_held_against(home, capsys):
    wrong = told(capsys, "--target", "60")["how_wrong"]
    assert (wrong["measure"], wrong["value"], wrong["target"], wrong["target_is"]) == ("TP01", 0.75, 0.6, "")
    hill = next(each for each in wrong["break_even"] if each["who"] == "group")
    # 0.6 = 0.75 (1 - 60/184) + q 60/184
    assert hill["needed"] == pytest.approx((0.6 - 0.75 * 124 / 184) / (60 / 184))
    assert wrong["representativity"]["withheld"] == "no issued sample is loaded for this survey"


def test_calls_are_told_apart_by_the_four_characteristics_only(home, capsys):
    plan = told(capsys, "--calls", "20")["calls"]
    assert (plan["asked_for"], plan["calls"], plan["expected_answers"]) == (20, 20, None)
    assert set(plan["by"]) <= {"estate", "tenure", "age_band", "length_of_tenancy"}
    assert {name for cell in plan["cells"] for name in cell["group"]} == set(plan["by"])
    assert plan["quiet"] == [{"estate": "Hushed Hill"}]
    assert min(cell["homes"] for cell in plan["cells"]) >= 30


def test_two_characteristics_and_the_months_looked_back_are_taken_as_asked(home, capsys):
    survey = told(capsys, "--by", "estate,property_type", "--months", "3")
    assert (survey["by"], survey["months"], survey["answers_counted_by"]) == (["estate", "property_type"], 3, "")
    assert (survey["groups"], len(survey["heard"])) == ([], 4)


def test_of_a_question_put_to_some_it_is_said_what_is_taken_for_granted_of_the_silent(tmp_path, monkeypatch, capsys):
    _landlord(tmp_path, monkeypatch, "update responses set TP02 = TP01, repair_12m = true where respondent <= 32")
    assert main(["silence", "--measure", "TP02"]) == 0
    assert "TP02 is put to some tenants only, and 32 tenants answered it." in capsys.readouterr().err
    assert main(["silence", "--measure", "TP01"]) == 0
    assert "put to some tenants" not in capsys.readouterr().err


def test_no_home_is_named_in_words_or_as_json(home, capsys):
    assert main(["silence", "--json"]) == main(["silence"]) == 0
    said = capsys.readouterr()
    assert not any(f"{mark}{n}" in said.out + said.err for mark in ("As", "Hu", "Mo") for n in range(120))
    assert "Hushed Hill: 60 homes, no answer where 13 would be usual: quieter than chance allows" in said.out


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (("--by", "estate,c_ethnicity"), "name one or two of estate"),
        (("--by", "estate,tenure,age_band"), "name one or two of estate"),
        (("--months", "0"), "--months is 1 to 120"),
        (("--target", "700"), "--target 0 to 100"),
        (("--where", "tenure=General needs"), "--where estate=NAME is the only filter"),
    ],
)
def test_a_slip_is_said_with_what_there_is(wrong, word, home, capsys):
    assert main(["silence", *wrong]) == 2
    assert word in capsys.readouterr().err


def test_without_a_list_of_homes_it_says_what_is_needed(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    Store(tmp_path / "landlord", "real").publish(small_incoming()).close()
    assert main(["silence"]) == 2
    assert "No list of homes is held" in capsys.readouterr().err
