"""The look-alike files are the same each time, and hold the faults they are there for."""

from __future__ import annotations

import csv
import zipfile

import python_calamine

from tools.lookalikes import make


def test_the_same_files_are_written_each_time(files, tmp_path):
    make(tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == sorted(files.made)
    assert [name for name in names if (tmp_path / name).read_bytes() != files.path(name).read_bytes()] == []


def test_the_homes_of_every_file_are_those_of_the_homes_list(files):
    sheet = python_calamine.CalamineWorkbook.from_path(files.path("08_homes_and_people.xlsx")).get_sheet_by_index(0)
    homes = {row[1].lstrip("0") for row in sheet.to_python()[1:]}
    with files.path("08_tenancy_agreements.csv").open(encoding="cp1252", newline="") as file:
        assert {row["prop_ref"].lstrip("0") for row in csv.DictReader(file)} <= homes


def test_the_register_of_letters_and_a_template_are_made_though_nothing_takes_them_in_yet(files):
    with zipfile.ZipFile(files.path("10_letter_no_access.docx")) as package:
        assert "«Title» «Surname»" in package.read("word/document.xml").decode("utf-8")
    assert files.made["10_letters_register.csv"].holds == ""
