"""One document, the same figures in every format: the same numbers, in the same order, under the same names."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path
from typing import get_args

import docx
import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from small_documents import as_kept, document, nasty_document, whole_document

from dashboard.evidence.as_csv import as_csv
from dashboard.evidence.as_docx import as_docx, write
from dashboard.evidence.as_pdf import as_pdf, told
from dashboard.evidence.as_xlsx import NOT_TOLD, as_xlsx
from dashboard.evidence.blocks import Block, CannotWrite, Document, Figure, Heading
from dashboard.evidence.bundle import files, zipped
from dashboard.words import for_cell, sentence_case

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module", params=["whole", "measures", "pack"])
def made(request) -> Document:
    if request.param == "whole":
        return whole_document()
    return request.getfixturevalue(f"{request.param}_document")


def words_of(pdf: bytes) -> str:
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return "".join(said.replace("\u200b", "").split())


def test_every_cell_of_every_table_is_read_in_the_pdf_and_in_word_in_the_same_order(made):
    said, place = words_of(as_pdf(made)), 0
    tables = docx.Document(io.BytesIO(as_docx(made))).tables
    printed = [block for block in made.tables if block.printed]
    assert len(tables) == len(printed)
    for block, table in zip(printed, tables, strict=True):
        place = said.index("".join(block.title.split()), place)
        rows = [[cell.text.replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells] for row in table.rows]
        assert rows == [list(row) for row in (block.table.headings, *block.table.rows)]
        for row in rows[1:]:
            for cell in row:
                place = said.index("".join(cell.split()), place)


def test_every_row_of_every_chart_is_read_in_the_pdf_with_its_figure_in_words(made):
    said, place = words_of(as_pdf(made)), 0
    for name, block in made.named():
        if not block.printed:
            continue
        place = said.index("".join(f"{name}: {block.title}".split()), place)
        if isinstance(block, Figure) and block.chart.kind.value.startswith(("dots", "changes", "a whole")):
            for mark in block.chart.series[0].marks:
                place = said.index("".join(mark.words.split()), place)


def test_the_workbook_and_the_csv_hold_the_same_numbers_unrounded_in_the_same_order(made):
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(made)))
    told = as_csv(made)
    for name, block in made.sheets():
        table = block.table
        sheet = book.get_sheet_by_name(name).to_python()
        start = next(n for n, row in enumerate(sheet) if row[0] == sentence_case(table.file_headings[0]))
        rows = list(csv.reader(io.StringIO(told[f"{block.key}.csv"].decode("utf-8-sig"))))[:-1]
        assert rows[0] == list(table.file_headings)
        told_of = [n for n, heading in enumerate(table.file_headings) if sentence_case(heading) in sheet[start]]
        assert [sentence_case(table.file_headings[n]) for n in told_of] == [each for each in sheet[start] if each]
        untold = {n for n in range(len(table.file_headings)) if n not in told_of}
        assert all(table.file_headings[n] == "note" and not any(row[n] for row in table.file_rows) for n in untold)
        for row, kept, written in zip(table.file_rows, sheet[start + 1 :], rows[1:], strict=True):
            seen = [row[n] if row[n] not in (None, "") else NOT_TOLD for n in told_of]
            assert as_kept(seen) == as_kept(kept[: len(seen)])
            assert ["" if cell is None else str(for_cell(cell)) for cell in row] == written


def test_headings_are_the_same_in_the_pdf_and_in_word(made):
    reader = PdfReader(io.BytesIO(as_pdf(made)))

    def titles(outline) -> list[str]:
        return [title for one in outline for title in (titles(one) if isinstance(one, list) else [one.title])]

    word = docx.Document(io.BytesIO(as_docx(made)))
    headings = [p.text for p in word.paragraphs if p.style.name.startswith("Heading") and p.text != "Contents"]
    assert titles(reader.outline) == headings == [heading.text for heading in made.headings]


def test_all_of_it_is_one_archive_in_a_fixed_order_and_the_same_when_made_again(made):
    content = zipped(made)
    entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    assert [entry.filename for entry in entries] == list(files(made))
    assert [entry.filename for entry in entries][:3] == ["board.pdf", "board.docx", "board.xlsx"]
    assert {entry.date_time for entry in entries} == {(2026, 11, 29, 12, 0, 6)}
    assert zipped(made) == content


def test_another_process_with_another_clock_zone_and_order_of_sets_makes_the_same_archive(tmp_path):
    script = (
        "import hashlib, sys; sys.path[:0] = ['.', 'tests/support']\n"
        "from small_documents import whole_document\nfrom dashboard.evidence.bundle import zipped\n"
        "print(hashlib.sha256(zipped(whole_document())).hexdigest())"
    )
    otherwise = {**os.environ, "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "7", "HOME": str(tmp_path), "USER": "nobody"}
    run = [sys.executable, "-c", script]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True, env=otherwise)
    assert done.stdout.strip() == hashlib.sha256(zipped(whole_document())).hexdigest()


def test_every_block_there_is_has_a_drawing_in_every_writer():
    for block in get_args(Block):
        assert block in told.registry and block in write.registry


def test_texts_that_try_to_be_more_than_text_build_in_every_format():
    assert set(files(nasty_document())) >= {"board.pdf", "board.docx", "board.xlsx", "csv/table.csv"}


def test_where_one_format_is_refused_there_is_none():
    figure = whole_document().figures[0]
    made = document(Heading("A"), figure)
    object.__setattr__(figure.chart, "alt", " ")  # past the check at the door
    with pytest.raises(CannotWrite, match="missing alt text of chart-0"):
        files(made)


def test_the_moment_of_a_clock_elsewhere_is_the_same_moment(made):
    elsewhere = replace(made, made=made.made.astimezone(timezone(timedelta(hours=5, minutes=45))))
    about = docx.Document(io.BytesIO(as_docx(elsewhere))).core_properties
    assert about.created == docx.Document(io.BytesIO(as_docx(made))).core_properties.created
