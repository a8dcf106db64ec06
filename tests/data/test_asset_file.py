"""A list of assets as CSV: every fault by its row with a remedy, and nothing of a bad file."""

from __future__ import annotations

from data.asset_file import read_assets
from data.assets import Words

ESTATES = ("Ash Court", "Beech Row")


def read(tmp_path, text, there=(), name="assets.csv"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return read_assets(file, ESTATES, there)


def test_a_good_list_is_read_whatever_its_capitals_and_other_columns(tmp_path):
    words, problems = read(
        tmp_path, "Name,KIND,Estate,About,Owner\nChoir,Groups,ash court,Sings on Mondays,us\nThe green,Park,,,\n"
    )
    assert not problems
    assert words == (Words("group", "Choir", "Ash Court", "Sings on Mondays"), Words("green", "The green", "", ""))


def test_every_fault_is_told_by_row_column_and_remedy_and_nothing_is_given(tmp_path):
    words, problems = read(
        tmp_path,
        "kind,name,estate,about\nhall,Hall,Ash Court,\ndragon,Lair,,\nhall,Hut,Ash Cort,\n,Nameless,,\n"
        "group,HALL,Ash Court,\nskill,Sewing,,Ask Mrs Joan Smith\n",
    )
    assert words == ()
    assert [(p.row, p.column) for p in problems] == [
        (3, "kind"), (4, "estate"), (5, "kind"), (6, "name"), (7, "about"),
    ]  # fmt: skip
    assert "Perhaps Ash Court?" in problems[1].remedy
    assert "in row 2 already" in problems[3].what
    assert "personal detail" in problems[4].what and "Smith" not in f"{problems[4].value}{problems[4].what}"
    assert all(problem.remedy and problem.stops == "file" for problem in problems)


def test_what_is_in_the_register_already_is_a_fault(tmp_path):
    _, problems = read(tmp_path, "kind,name\nhall,Hall\n", there=[Words("hall", "hall", "")])
    assert [problem.what for problem in problems] == ["It is in the register already."]


def test_a_file_that_is_no_list_is_one_problem_of_the_file(tmp_path):
    for text, name in (
        ("name,estate\nHall,\n", "a.csv"),
        ("kind,name\n", "b.csv"),
        ("", "c.csv"),
        ("kind,name\nhall\n", "d.csv"),
        ("PK\x03\x04", "e.xlsx"),
    ):
        words, problems = read(tmp_path, text, name=name)
        assert words == () and len(problems) == 1, name
        assert problems[0].file == name and problems[0].row is None and problems[0].remedy
