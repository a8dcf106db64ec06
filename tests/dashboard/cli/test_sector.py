"""The sector from the command line: imported, checked, listed, compared and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sector_workbook import NEW, OLD, header_of, landlords, made, place, workbook

from dashboard import actions
from dashboard.cli import main
from data.ledger import Ledger
from data.settings import HOME_VARIABLE, read_settings

SHEET = "TSM25_LCRA_Perception"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    return tmp_path / "home"


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict:
    assert main(["sector", *arguments, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_a_workbook_whose_figures_follow_from_its_counts_ends_with_nought(tmp_path, capsys):
    document = told(capsys, "check", str(made(tmp_path, OLD)))
    assert document["margin"] == document["required_sample"] == {"rows": 24, "agree": 24}
    assert document["percentages"] == {"rows": 261, "agree": 261}
    assert document["disagreements"] == []


def test_headlines_the_workbook_does_not_bear_out_are_disagreements(tmp_path, capsys):
    document = told(capsys, "check", str(made(tmp_path, NEW)), code=1)  # invented landlords, the real report
    assert document["headlines"]["rows"] == len(document["headlines"]["figures"]) == 7
    assert {each["part"] for each in document["disagreements"]} == {"headlines"}


def test_what_does_not_follow_is_listed_and_ends_with_one(tmp_path, capsys):
    sheets = workbook(OLD)
    rows = sheets["TSM24_LCRA_Perception"]
    rows[header_of(rows) + 1][place(rows, "Estimated margin")] = 9.9
    path = made(tmp_path, OLD, sheets)
    document = told(capsys, "check", str(path), code=1)
    assert document["margin"] == {"rows": 24, "agree": 23}
    (only,) = document["disagreements"]
    assert (only["part"], only["landlord"], only["published"]) == ("margin", "L1000", 9.9)
    assert only["recomputed"] == pytest.approx(3.1, abs=0.05)
    assert main(["sector", "check", str(path)]) == 1
    assert "Ash Borough Council LCRA: published 9.9, 3.1 anew." in capsys.readouterr().out


def test_checking_keeps_nothing(tmp_path, home, capsys):
    told(capsys, "check", str(made(tmp_path, OLD)))
    assert not home.exists()


def test_importing_keeps_the_year_says_what_was_found_and_leaves_a_line_in_the_log(tmp_path, capsys):
    document = told(capsys, "import", str(made(tmp_path, NEW)))
    assert (document["year"], document["landlords"], document["surveys"]) == ("2024/25", 16, 24)
    assert document["excluded"] == {
        "99ZZ": {"perception": "The wording differed.", "management": "Not assured in time."}
    }
    assert not document["in_place_of_another"]
    assert told(capsys, "import", str(made(tmp_path, NEW)))["in_place_of_another"]
    (held,) = told(capsys, "list")["years"]
    assert (held["year"], held["can_undo"]) == ("2024/25", True)
    years = actions.sector_years(read_settings())
    assert [entry.action for entry in Ledger(years.folder).entries()] == ["import sector"] * 2


def test_importing_in_words_says_it_replaced_and_what_to_look_at(tmp_path, capsys):
    for _ in range(2):
        assert main(["sector", "import", str(made(tmp_path, OLD))]) == 0
    said = capsys.readouterr()
    assert "2023/24: 16 landlords and 24 surveys from 2024_invented.xlsx, in place of what was held." in said.out
    assert "24 of 24 margins of error agree with the counts." in said.out
    assert "does not name its answer" in said.err


def test_undo_and_remove_take_a_year_back(tmp_path, capsys):
    path = str(made(tmp_path, NEW))
    for _ in range(2):
        told(capsys, "import", path)
    assert main(["sector", "undo", "2024/25"]) == 0
    assert "the import before the last is in use again" in capsys.readouterr().out
    assert main(["sector", "remove", "2024/25"]) == 0
    capsys.readouterr()
    assert told(capsys, "list")["years"] == []
    assert main(["sector", "undo", "2024/25"]) == 2
    assert "not imported" in capsys.readouterr().err


def test_landlords_that_changed_are_listed_with_the_match_offered(tmp_path, capsys):
    told(capsys, "import", str(made(tmp_path, OLD)))
    who = landlords()
    moved = [
        type(each)(**{**vars(each), "code": "L9999"}) if each.name == "Cedar Homes Limited" else each for each in who
    ]
    told(capsys, "import", str(made(tmp_path, NEW, workbook(NEW, moved))))
    (only,) = told(capsys, "changes", "2023/24", "2024/25")["changes"]
    assert (only["what"], only["before"], only["after"], only["likeness"]) == ("other code", "L1002", "L9999", 1.0)
    assert main(["sector", "changes", "2023/24", "2024/25"]) == 0
    assert "may be L9999 Cedar Homes Limited" in capsys.readouterr().out


def test_a_match_is_said_shown_and_taken_back(tmp_path, capsys):
    for layout in (OLD, NEW):
        told(capsys, "import", str(made(tmp_path, layout)))
    both = ("2023/24", "2024/25")
    assert main(["sector", "match", *both, "l1002", "--is", "L1003"]) == 0
    assert main(["sector", "match", *both, "L1000", "--apart"]) == 0
    capsys.readouterr()
    assert told(capsys, "changes", *both)["said"] == {"L1000": "", "L1002": "L1003"}
    assert main(["sector", "match", *both, "L1002", "--take-back"]) == 0
    capsys.readouterr()
    assert told(capsys, "changes", *both)["said"] == {"L1000": ""}
    for arguments, word in (
        (("L1002", "--take-back"), "Nothing has been said"),
        (("NOBODY", "--apart"), "no landlord NOBODY in 2023/24"),
        (("L1002", "--is", "NOBODY"), "no landlord NOBODY in 2024/25"),
    ):
        assert main(["sector", "match", *both, *arguments]) == 2
        assert word in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["check", "nowhere.xlsx"], 2, "There is no file"),
        (["check", "WORKBOOK", "--year", "2024"], 2, "not a reporting year"),
        (["check", "WORKBOOK", "--year", "2019/20"], 1, "The workbook says it is of 2024/25"),
        (["import", "NOTES"], 1, "another kind of file"),
        (["changes", "2023/24", "2024/25"], 2, "not imported"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_reason(tmp_path, capsys, arguments, code, word):
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    files = {"WORKBOOK": str(made(tmp_path, NEW)), "NOTES": str(tmp_path / "notes.txt")}
    assert main(["sector", *(files.get(each, each) for each in arguments)]) == code
    assert word in capsys.readouterr().err


def test_a_failed_import_leaves_the_year_that_was_held(tmp_path, capsys):
    told(capsys, "import", str(made(tmp_path, NEW)))
    sheets = workbook(NEW)
    del sheets["TSM25_LCHO_Perception"]
    assert main(["sector", "import", str(made(tmp_path, NEW, sheets))]) == 1
    assert "There is no sheet of LCHO perception results" in capsys.readouterr().err
    assert told(capsys, "list")["years"][0]["surveys"] == 24


def test_signs_of_a_file_do_not_act_on_a_terminal(tmp_path, capsys):
    sheets = workbook(NEW)
    sheets[SHEET][header_of(sheets[SHEET])].append("Odd \x1b[31mred")
    main(["sector", "check", str(made(tmp_path, NEW, sheets))])
    assert "\x1b" not in "".join(capsys.readouterr())
