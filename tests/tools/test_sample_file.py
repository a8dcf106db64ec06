"""The file a new user can try is the invented landlord's, as an agency would send it."""

from __future__ import annotations

import csv
from pathlib import Path

import python_calamine

from data.demo import invented_landlord
from tools.sample_file import agency_file, write

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "sample" / "agency_survey.csv"


def test_the_shipped_file_is_what_the_tool_writes(tmp_path):
    write(agency_file(invented_landlord()), tmp_path / "agency_survey.csv")
    assert (tmp_path / "agency_survey.csv").read_bytes() == SHIPPED.read_bytes()


def test_the_shipped_file_has_the_faults_its_readme_tells_of():
    with SHIPPED.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 301
    overall = next(heading for heading in rows[0] if heading.startswith("Taking everything into account"))
    assert [row[overall] for row in rows].count("Happy enough") == 1
    assert [row["Interview date"] for row in rows].count("31/11/2025") == 1
    assert len({row["Serial"] for row in rows}) == 300
    assert all(row["E-mail"].endswith("@example.org") for row in rows)


def test_the_same_rows_can_be_had_as_a_workbook(tmp_path):
    write(agency_file(invented_landlord(), 200), tmp_path / "survey.xlsx")
    sheet = python_calamine.CalamineWorkbook.from_path(tmp_path / "survey.xlsx").get_sheet_by_name("Labels")
    assert len(sheet.to_python()) == 202  # headings, 200 people, one of them twice
