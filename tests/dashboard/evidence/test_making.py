"""Every figure of a document leads to how it was made: a link in the PDF and in Word, a sheet, a file."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import docx
import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from small_documents import document, rows_table, whole_document

from dashboard.evidence.as_csv import as_csv
from dashboard.evidence.as_docx import as_docx
from dashboard.evidence.as_pdf import as_pdf
from dashboard.evidence.as_xlsx import as_xlsx
from dashboard.evidence.blocks import CannotWrite, Document, Heading, TableBlock
from dashboard.evidence.making import TITLE
from dashboard.how import How

APPENDIX = "How each figure was made"
HOW = How(
    counted=("TP01: How satisfied are you?", "=TP02: And with repairs?"),
    who="A random sample of renters.",
    base="Everybody who answered.",
    sums="The two best of five answers.",
    left_out=("Refused.", "Blank."),
    behind=(("survey", "2025"), ("homes", None)),
    besides=("Rules are provisional.",),
)
ROW = (
    *("estates", "Table 1", "Every estate", "TP01: How satisfied are you? =TP02: And with repairs?"),
    *("A random sample of renters.", "Everybody who answered.", "Refused. Blank.", "The two best of five answers."),
    "Rules are provisional.",
    "Survey, 2025 Homes",
)


@pytest.fixture(scope="module")
def made() -> Document:
    table = TableBlock("estates", "Every estate", rows_table(3), ("Shown for: 2025",), ("share",), HOW)
    return document(Heading("Estates"), table, Heading(APPENDIX), appendix=APPENDIX)


def test_the_pdf_has_a_link_with_its_page(made):
    pages = PdfReader(io.BytesIO(as_pdf(made))).pages
    assert "How this was made: page 2" in " ".join(pages[1].extract_text().split())
    assert any(note.get_object().get("/Subtype") == "/Link" for note in pages[1]["/Annots"])


def test_word_has_a_link_to_the_heading(made):
    body = docx.Document(io.BytesIO(as_docx(made))).element.body.xml
    assert body.count("How this was made") == 1
    assert 'w:anchor="part_2"' in body and 'w:name="part_2"' in body


def test_the_workbook_and_a_file_have_it_as_a_row_of_text(made):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(made))).get_sheet_by_name(TITLE).to_python()
    assert list(ROW) in sheet
    rows = list(csv.reader(io.StringIO(as_csv(made)["how.csv"].decode("utf-8-sig"))))
    assert rows[1] == list(ROW) and rows[-1][0].startswith(TITLE)


def test_a_document_that_does_not_tell_it_says_nothing_of_it():
    made = whole_document()
    assert "how.csv" not in as_csv(made)
    assert TITLE not in CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(made))).sheet_names
    assert "How this was made" not in " ".join(
        page.extract_text() for page in PdfReader(io.BytesIO(as_pdf(made))).pages
    )


def test_an_appendix_that_is_not_there_and_a_figure_named_as_the_file_are_refused(made):
    with pytest.raises(CannotWrite, match="There is no part 'Nowhere'"):
        replace(made, appendix="Nowhere")
    with pytest.raises(CannotWrite, match="No figure can be called 'how'"):
        document(TableBlock("how", "A", rows_table(1)))
