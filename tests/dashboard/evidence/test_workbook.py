"""The workbook and the CSV: numbers as numbers, one table a sheet, and nothing in them that could be run."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace

import pytest
from charts_of_every_kind import chart_of
from python_calamine import CalamineWorkbook
from small_documents import LONG_NAME, NASTY, document, nasty_document, rows_table, whole_document

from dashboard.charts.chart import Kind, Table
from dashboard.evidence.as_csv import as_csv
from dashboard.evidence.as_xlsx import NOT_TOLD, as_xlsx
from dashboard.evidence.blocks import Figure, Heading, Paragraph, TableBlock
from dashboard.evidence.letters import readable


def sheets(content: bytes) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def table_of(rows: list[list], heading: str) -> list[list]:
    """The table on a sheet: from the row of its headings on."""
    start = next(n for n, row in enumerate(rows) if row[0] == heading)
    return rows[start:]


def members(content: bytes) -> dict[str, str]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


@pytest.fixture(scope="module")
def whole() -> bytes:
    return as_xlsx(whole_document())


def test_cover_contents_and_notes_come_first_then_a_sheet_for_each_set_of_figures(whole):
    names = list(sheets(whole))
    assert names == ["Cover", "Contents", "Notes", *(name for name, _ in whole_document().sheets())]
    listed = [row[0] for row in sheets(whole)["Contents"]]
    assert listed[-len(names) + 3 :] == names[3:]


def test_numbers_are_numbers_and_unrounded(whole):
    rows = table_of(sheets(whole)["Table 1"], "Estate")
    assert rows[1] == ["Estate 1", 0.01, 10, "could be chance"]
    assert all(isinstance(row[1], float) and isinstance(row[2], int | float) for row in rows[1:])


def test_shares_are_shown_as_percentages_where_the_document_says_they_are_shares(whole):
    styles = members(whole)["xl/styles.xml"]
    assert 'formatCode="0.0%"' in styles


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_a_text_is_text_and_whole(text):
    table = Table(("Name", "Said"), ((text, text),), ("name", "said"), ((text, text),))
    rows = table_of(sheets(as_xlsx(document(TableBlock("t", text, table, (text,)))))["Table 1"], "Name")
    assert rows[1] == [readable(text), readable(text)]


def test_nothing_in_a_workbook_is_a_formula_a_link_outside_or_a_macro():
    made = members(as_xlsx(nasty_document()))
    for name, content in made.items():
        assert not re.search(r"<f[ >]", content), name
        assert "vba" not in name.lower() and "externalLink" not in name
    links = [target for content in made.values() for target in re.findall(r'Target="(https?:[^"]*)"', content)]
    assert not links


def test_what_is_not_told_says_so_and_a_table_of_nothing_says_so():
    table = Table(("Name", "Share"), (("Ash", "–"),), ("name", "share"), (("Ash", None),))
    made = sheets(as_xlsx(document(TableBlock("a", "A", table), TableBlock("b", "B", rows_table(0)))))
    assert table_of(made["Table 1"], "Name")[1] == ["Ash", NOT_TOLD]
    assert table_of(made["Table 2"], "Estate")[1] == ["Nothing to show", NOT_TOLD, NOT_TOLD, NOT_TOLD]


def test_a_column_of_notes_without_one_is_left_to_the_csv_and_headings_begin_with_a_capital():
    quiet, noted = (
        TableBlock(key, key, Table(("Name", "Note"), (("Ash", ""),) * 2, ("name", "note"), rows))
        for key, rows in (("quiet", (("Ash", None), ("Elm", ""))), ("noted", (("Ash", None), ("Elm", "few"))))
    )
    made = document(quiet, noted)
    seen = sheets(as_xlsx(made))
    assert table_of(seen["Table 1"], "Name")[0] == ["Name"]
    assert table_of(seen["Table 2"], "Name") == [["Name", "Note"], ["Ash", NOT_TOLD], ["Elm", "few"]]
    assert as_csv(made)["quiet.csv"].decode("utf-8-sig").startswith("name,note")


def test_that_counts_are_not_weighted_is_a_note_every_sheet_refers_to(whole):
    seen = sheets(whole)
    (number,) = [row[0] for row in seen["Notes"] if str(row[1]).startswith("Shares are weighted where the survey is")]
    assert any(f"[note {int(number)}]" in str(cell) for row in seen["Table 1"] for cell in row)


def test_a_document_without_figures_is_a_cover():
    assert list(sheets(as_xlsx(document(Heading("A"), Paragraph("B"))))) == ["Cover"]


def test_six_hundred_rows_and_a_name_of_three_hundred_letters_are_all_there():
    made = sheets(as_xlsx(document(TableBlock("a", LONG_NAME, rows_table(600, LONG_NAME)))))
    rows = table_of(made["Table 1"], "Estate")
    assert len(rows) == 601
    assert rows[-1][0] == f"{LONG_NAME} 600"


def test_made_again_it_is_the_same_to_the_byte(whole):
    assert as_xlsx(whole_document()) == whole
    dated = {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(whole)).infolist()}
    assert dated == {(2026, 11, 29, 12, 0, 6)}
    assert "2026-11-29T12:00:07Z" in members(whole)["docProps/core.xml"]


def test_another_clock_says_so_in_its_properties(whole):
    made = whole_document()
    other = as_xlsx(replace(made, made=made.made.replace(year=2031)))
    assert other != whole
    assert "2026" not in members(other)["docProps/core.xml"]


def test_a_csv_for_each_set_of_figures_with_what_they_are_of_on_the_last_line():
    made = as_csv(whole_document())
    assert list(made) == [f"{block.key}.csv" for _, block in whole_document().sheets()]
    rows = list(csv.reader(io.StringIO(made["estates.csv"].decode("utf-8-sig"))))
    assert rows[0] == ["estate", "share", "answers", "note"]
    assert rows[1] == ["Estate 1", "0.01", "10", "could be chance"]
    assert rows[-1] == ["Table 1: Every estate. Shown for: 2025."]


def test_no_cell_of_a_csv_would_be_run_by_a_spreadsheet():
    for content in as_csv(nasty_document()).values():
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
            for cell in row:
                assert cell[:1] not in ("=", "+", "-", "@") or cell.lstrip("-").replace(".", "").isdigit()


def test_a_chart_whose_figures_stand_in_a_table_is_no_second_sheet():
    chart = chart_of(Kind.INTERVALS)
    made = document(Figure("a", chart), TableBlock("b", "B", chart.table))
    assert list(sheets(as_xlsx(made))) == ["Cover", "Contents", "Notes", "Table 1"]
    assert list(as_csv(made)) == ["b.csv"]
