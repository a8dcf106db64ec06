from __future__ import annotations

import csv
import io
import zipfile
from contextlib import ExitStack
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.columns.faults import UnreadableFile
from data.sources.files import open_file
from data.sources.loading import load

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def refusal(path: Path, **choices: object) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught, ExitStack() as stack:
        open_file(path, stack, len, **choices)
    return caught.value


def rule_of(path: Path, **choices: object) -> str:
    return refusal(path, **choices).problems[0].rule


def cells_of(path: Path) -> tuple[list[tuple[object, ...]], tuple[str, ...], object]:
    """Every row as loaded, the headings, and what the load came to."""
    with ExitStack() as stack, duckdb.connect() as con:
        opened = open_file(path, stack, lambda headings: 0)
        loaded = load(opened, con, range(len(opened.headings)), ())
        return con.execute("select * from raw order by row").fetchall(), opened.headings, loaded


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return path


# ── Files that are not opened ────────────────────────────────────────────────────────────────────


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    assert rule_of(tmp_path / "a.csv") == "empty_file"


def test_a_file_of_spaces_and_line_ends_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("\n \n\n")
    assert rule_of(tmp_path / "a.csv") == "empty_file"


@pytest.mark.parametrize(
    "contents", [PICTURE, b"%PDF-1.7 ...", b"PK\x03\x04 zip", b"\xd0\xcf\x11\xe0 old office", b"MZ..."]
)
def test_a_csv_by_name_that_is_something_else_is_refused(tmp_path: Path, contents: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(contents)
    assert rule_of(tmp_path / "a.csv") == "wrong_type"


def test_a_workbook_by_name_that_is_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("a,b\n1,2\n")
    assert rule_of(tmp_path / "a.xlsx") == "wrong_type"


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert rule_of(tmp_path / "a.xlsx") == "wrong_type"


def test_a_workbook_cut_short_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Data": [["a", "b"], ["x", "y"]]})
    path.write_bytes(path.read_bytes()[:-400])
    assert rule_of(path) == "damaged"


def test_a_workbook_with_a_broken_sheet_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Data": [["a", "b"], ["x", "y"]]})
    broken = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for member in old.namelist():
            new.writestr(member, b"<not><xml" if member.endswith("sheet1.xml") else old.read(member))
    assert rule_of(broken) == "damaged"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    assert rule_of(tmp_path / "a.xlsx") == "zip_bomb"


def test_a_workbook_of_thousands_of_parts_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for part in range(2_001):
            archive.writestr(f"xl/{part}.xml", "")
    assert rule_of(tmp_path / "a.xlsx") == "zip_bomb"


def test_a_workbook_that_can_hold_macros_is_refused_by_name_and_by_contents(tmp_path: Path) -> None:
    (tmp_path / "a.xlsm").write_bytes(b"PK\x03\x04")
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/vbaProject.bin", b"code")
    assert (rule_of(tmp_path / "a.xlsm"), rule_of(tmp_path / "b.xlsx")) == ("macros", "macros")


def test_a_kind_of_file_that_is_not_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04")
    assert rule_of(tmp_path / "a.docx") == "unknown_type"


def test_nul_bytes_are_refused_with_their_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a,b\n1,2\n3,\x004\n5,6\n7,8\n9,10\n")
    problem = refusal(tmp_path / "a.csv").problems[0]
    assert (problem.rule, problem.row) == ("nul_bytes", 3)


def test_ten_thousand_columns_are_refused_with_the_limit(tmp_path: Path) -> None:
    headings = ",".join(f"h{place}" for place in range(10_000))
    (tmp_path / "a.csv").write_text(f"{headings}\n{'1,' * 9_999}1\n")
    problem = refusal(tmp_path / "a.csv").problems[0]
    assert problem.rule == "too_many_columns" and "10,000" in problem.what and "1,000" in problem.what


def test_two_columns_of_one_name_are_refused_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Estate,TP01,estate,TP02,TP02\nx,5,y,4,3\n")
    problems = refusal(tmp_path / "a.csv").problems
    assert [problem.rule for problem in problems] == ["duplicate_heading"] * 2
    assert "A, C" in problems[0].what and "D, E" in problems[1].what


def test_headings_without_answers_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Serial,TP01\n")
    workbook(tmp_path / "b.xlsx", {"Data": [["Serial", "TP01"]]})
    assert (rule_of(tmp_path / "a.csv"), rule_of(tmp_path / "b.xlsx")) == ("header_only", "header_only")


def test_a_file_cut_short_inside_quotation_marks_is_refused_with_the_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('Serial,Why\n1,fine\n2,"the lift is\nbroken and')
    with pytest.raises(UnreadableFile) as caught:
        cells_of(tmp_path / "a.csv")
    assert (caught.value.problems[0].rule, caught.value.problems[0].row) == ("open_quote", 3)


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Data": [["a", "b"], ["x", "y"]], "Notes": [["n"]]})
    problem = refusal(path, sheet="Answers").problems[0]
    assert problem.rule == "no_such_sheet" and "Data, Notes" in problem.what


@pytest.mark.parametrize(
    "name", ["../../etc/survey.csv", "..\\..\\survey.csv", "C:\\temp\\survey.csv", "/etc/survey.csv"]
)
def test_only_the_last_part_of_a_file_name_is_used(tmp_path: Path, name: str) -> None:
    (tmp_path / "upload").write_text("a,b\n1,x\n")
    with ExitStack() as stack:
        assert open_file(tmp_path / "upload", stack, len, name=name).name == "survey.csv"


def test_a_file_name_with_pattern_signs_reads_only_that_file(tmp_path: Path) -> None:
    (tmp_path / "a[1]*.csv").write_text("a,b\n1,x\n")
    (tmp_path / "a1.csv").write_text("a,b\n2,y\n")
    assert cells_of(tmp_path / "a[1]*.csv")[0] == [(2, "1", "x")]


# ── Cells come out as they went in ───────────────────────────────────────────────────────────────

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
ROW = st.tuples(
    st.sampled_from(["1", "22"]), TEXT, st.sampled_from(["é", "–", "€5", 'say "x"', "a,b", "one\ntwo", "=1+1"])
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, min_size=1, max_size=6))
def test_any_text_comes_out_as_it_went_in(tmp_path: Path, encoding: str, rows: list[tuple[str, ...]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("Serial", "Estate", "Comment"), *rows])
    path = tmp_path / "a.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    found, _, _ = cells_of(path)
    assert [row[1:] for row in found] == [tuple(cell or None for cell in row) for row in rows]
    assert [row[0] for row in found] == list(range(2, len(rows) + 2))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(st.text("abcé£’–“” ", min_size=1, max_size=8).map(str.strip).filter(bool), min_size=1, max_size=5)
)
def test_windows_text_comes_out_as_it_went_in(tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(["Serial,Estate", *(f"1,{word}" for word in words), "9,café"]).encode("cp1252"))
    found, _, _ = cells_of(path)
    assert [row[2] for row in found] == [*words, "café"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
def test_any_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    rows = [["Serial", "Estate", "Why"], ["1", "Ash", "slow, and rude; really"], ["2", "Elm", "good | fair"]]
    with (tmp_path / "a.csv").open("w", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    assert [row[1:] for row in cells_of(tmp_path / "a.csv")[0]] == [tuple(row) for row in rows[1:]]


def test_the_line_that_names_the_delimiter_is_not_a_heading(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("sep=;\nSerial;Estate\n1;Ash\n")
    found, headings, _ = cells_of(tmp_path / "a.csv")
    assert headings == ("Serial", "Estate") and found == [(3, "1", "Ash")]


# ── Rows keep their numbers, and none goes missing ───────────────────────────────────────────────


def test_blank_and_ragged_rows_are_listed_with_their_row_and_the_rest_keep_their_numbers(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('Serial,Estate,TP01\n1,Ash,5\n\n2,"two\nlines",4\n3,Elm\n4,Oak,3,9\n5,Fir,1\n')
    found, _, loaded = cells_of(tmp_path / "a.csv")
    assert [row[:2] for row in found] == [(2, "1"), (4, "2"), (7, "5")]
    assert [(problem.row, problem.rule) for problem in loaded.problems] == [
        (3, "blank_row"),
        (5, "too_few_cells"),
        (6, "too_many_cells"),
    ]
    assert loaded.rows_in == 6


def test_a_line_end_inside_a_heading_loses_no_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('"Serial\nnumber",Estate\n1,Ash\n2,Elm\n')
    assert cells_of(tmp_path / "a.csv")[0] == [(2, "1", "Ash"), (3, "2", "Elm")]


def test_empty_rows_of_delimiters_are_listed_within_and_passed_over_at_the_end(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Serial,Estate\n1,Ash\n,\n2,Elm\n,\n,\n")
    found, _, loaded = cells_of(tmp_path / "a.csv")
    assert [row[0] for row in found] == [2, 4]
    assert [(problem.row, problem.rule) for problem in loaded.problems] == [(3, "blank_row")]
    assert loaded.rows_in == 3


def test_comments_with_line_ends_and_quotation_marks_up_to_the_end_of_a_long_file_lose_no_row(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Serial", "Estate", "Why"])
        writer.writerows([number, "Ash", f'first line\nof "{number}", and\nthe last'] for number in range(5_000))
    found, _, loaded = cells_of(tmp_path / "a.csv")
    assert [row[0] for row in found] == list(range(2, 5_002))
    assert found[-1][3] == 'first line\nof "4999", and\nthe last' and loaded.rows_in == 5_000


def test_a_last_line_cut_short_is_listed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Serial,Estate,TP01\n1,Ash,5\n2,Elm,4\n3,Oa")
    found, _, loaded = cells_of(tmp_path / "a.csv")
    assert len(found) == 2
    assert [(problem.row, problem.rule) for problem in loaded.problems] == [(4, "too_few_cells")]


def test_title_rows_above_and_a_base_row_below_are_not_respondents(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Acorn Homes 2024,,\n,,\nSerial,Estate,TP01\n1,Ash,5\n2,Elm,4\nBase: all,,2\n")
    found, headings, loaded = cells_of(tmp_path / "a.csv")
    assert headings == ("Serial", "Estate", "TP01")
    assert [row[0] for row in found] == [4, 5]
    assert [(problem.row, problem.rule) for problem in loaded.problems] == [(6, "base_row")]
    assert loaded.rows_in == 3


def test_a_workbook_with_titles_and_an_empty_first_column_keeps_its_row_numbers(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["", "Acorn Homes"],
        [],
        ["", "Serial", "Estate"],
        ["", 1, "Ash"],
        [],
        ["", 2, "Elm"],
        [],
        [],
    ]
    found, headings, loaded = cells_of(workbook(tmp_path / "a.xlsx", {"Data": rows}))
    assert headings == ("(column A)", "Serial", "Estate")
    assert found == [(4, None, "1", "Ash"), (6, None, "2", "Elm")]
    assert [(problem.row, problem.rule) for problem in loaded.problems] == [(5, "blank_row")]


def test_a_formula_as_text_stays_text(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Serial", "Estate"], ["1", '=HYPERLINK("http://example.org")']]
    assert cells_of(workbook(tmp_path / "a.xlsx", {"Data": rows}))[0] == [(2, "1", '=HYPERLINK("http://example.org")')]


# ── Further rows of headings ─────────────────────────────────────────────────────────────────────


def test_three_rows_of_headings_from_qualtrics_are_headings(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("w", newline="") as file:
        csv.writer(file).writerows(
            [
                ["ResponseId", "Q1"],
                ["Response ID", "How is your estate?"],
                ['{"ImportId":"_id"}', '{"ImportId":"QID1"}'],
                ["R_1", "Good"],
            ]
        )
    with ExitStack() as stack:
        opened = open_file(tmp_path / "a.csv", stack, len)
    assert opened.header.wordings == ("Response ID", "How is your estate?")
    assert cells_of(tmp_path / "a.csv")[0] == [(4, "R_1", "Good")]


def test_the_second_row_of_surveymonkey_is_a_heading(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "Respondent ID,Rate us,,Why?\n,Repairs,Caretaking,Open-Ended Response\n7,Good,Bad,Slow\n"
    )
    found, headings, _ = cells_of(tmp_path / "a.csv")
    assert headings == ("Respondent ID", "Rate us: Repairs", "Rate us: Caretaking", "Why?")
    assert found == [(3, "7", "Good", "Bad", "Slow")]
