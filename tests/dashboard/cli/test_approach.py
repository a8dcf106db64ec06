from __future__ import annotations

import json
import shutil

import pytest
from small_survey import small_incoming

from dashboard.cli import main
from data.settings import HOME_VARIABLE
from data.store import Store


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A landlord with surveys of 2023 and 2024."""
    home = tmp_path_factory.mktemp("home")
    store = Store(home / "landlord", "real")
    for year in ("2023", "2024"):
        incoming = small_incoming(year, name=f"{year}.csv", sha256=year * 16)
        incoming.connection.execute(
            f"update waves set fieldwork_from = date '{year}-05-01', fieldwork_to = date '{year}-06-30'"
        )
        store.publish(incoming).close()
        incoming.connection.close()
    return home


@pytest.fixture
def landlord(made, tmp_path, monkeypatch):
    home = tmp_path / "home"
    shutil.copytree(made, home)
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    return home


def run(capsys, *arguments):
    code = main(["approach", *arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def item(capsys, letter, *arguments):
    found = json.loads(run(capsys, *arguments, "--json")[1])
    return next(each for each in found["items"] if each["item"] == letter)


def test_what_is_still_to_be_said_is_told_with_the_way_to_say_it_and_the_code_is_1(landlord, capsys):
    code, out, _ = run(capsys)
    assert code == 1 and "checked against the regulator's text" in out
    assert "40 responses from renters (LCRA) in 400 homes." in out
    assert "Not said yet: --set j TEXT. Say what was offered" in out


def test_an_item_is_said_told_and_taken_back(landlord, capsys):
    code, _, err = run(capsys, "--set", "j", "A prize draw.", "--set", "h", "None.", "--who", "Sam")
    assert code == 1 and "Item j of 2024 is kept." in err and "Item h of 2024 is kept." in err
    found = item(capsys, "j")
    assert found["complete"] and (found["said"]["text"], found["said"]["by"]) == ("A prize draw.", "Sam")
    assert "Taken back: item h of 2024, said by Sam." in run(capsys, "--undo")[2]
    assert item(capsys, "h")["said"] is None


def test_what_was_said_of_the_survey_before_is_proposed_and_kept_only_when_asked(landlord, capsys):
    run(capsys, "--wave", "2023", "--set", "j", "A prize draw.", "--who", "Sam")
    found = item(capsys, "j")
    assert found["said"] is None and not found["complete"] and found["proposed"]["text"] == "A prize draw."
    assert "Said of 2023: A prize draw. --keep j says the same now." in run(capsys)[1]
    run(capsys, "--keep", "j", "--who", "Bo")
    assert item(capsys, "j")["said"]["by"] == "Bo"


def test_nothing_that_cannot_be_kept_is(landlord, capsys):
    assert run(capsys, "--set", "j", "A prize draw.")[0] == 1  # no name
    assert "There is no item 'z'" in run(capsys, "--set", "z", "x", "--who", "Sam")[2]
    assert "Nothing was said of item j" in run(capsys, "--keep", "j", "--who", "Sam")[2]
    assert "nothing to take back" in run(capsys, "--undo")[2]
    assert run(capsys, "--set", "j", "a", "--set", "J", "b", "--who", "Sam")[0] == 2
    assert item(capsys, "j")["said"] is None


def test_a_survey_that_is_not_held_is_wrong_usage(landlord, capsys):
    assert run(capsys, "--wave", "1999")[0] == 2


def test_a_telephone_number_in_what_is_said_is_refused_unless_as_written_and_a_firm_that_must_be_named_is_not(
    landlord, capsys
):
    _, _, err = run(capsys, "--set", "g", "Sheffield Hallam Research collected the answers.", "--who", "Sam")
    assert "Item g of 2024 is kept." in err and "telephone" not in err
    reachable = ("--set", "g", "Ask jo@example.org or 0161 496 0000.", "--who", "Sam")
    code, _, err = run(capsys, *reachable)
    assert code == 1 and "nothing is kept yet" in err and "--as-written" in err
    assert item(capsys, "g")["said"]["text"].startswith("Sheffield")
    assert "Item g of 2024 is kept." in run(capsys, *reachable, "--as-written")[2]
    assert item(capsys, "g")["said"]["text"].startswith("Ask jo@")


def test_what_looks_like_a_persons_name_is_kept_with_a_warning(landlord, capsys):
    _, _, err = run(capsys, "--set", "g", "Mrs Jane Smith collected the answers.", "--who", "Sam")
    assert "Item g of 2024 is kept." in err and "seems to hold a name" in err
