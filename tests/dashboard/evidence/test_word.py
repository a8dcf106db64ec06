"""The Word document: real headings, pictures told in words, tables whose headings repeat; nothing of the computer."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import docx
import pytest
from charts_of_every_kind import chart_of
from docx.oxml.ns import qn
from docx.shared import Pt
from small_documents import CLOCK, LONG_NAME, NASTY, document, nasty_document, rows_table, whole_document

from dashboard.charts.chart import Kind, Table
from dashboard.evidence.as_docx import as_docx, write
from dashboard.evidence.blocks import Figure, Heading, Note, Paragraph, Quote, TableBlock
from dashboard.evidence.letters import readable
from dashboard.evidence.word_styles import SMALL_CELL, TEXT_WIDTH
from dashboard.evidence.word_tables import points_of


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def whole() -> bytes:
    return as_docx(whole_document())


def test_headings_are_headings_in_the_order_of_the_blocks(whole):
    found = [(p.style.name, p.text) for p in opened(whole).paragraphs if p.style.name.startswith("Heading")]
    blocks = [(f"Heading {heading.level}", heading.text) for heading in whole_document().headings]
    assert found == [("Heading 1", "Contents"), *blocks]


def test_words_stand_in_the_order_of_the_blocks(whole):
    said = "\n".join(paragraph.text for paragraph in opened(whole).paragraphs).split("Contents", 1)[1]
    place = said.index("Summary", said.index("Nothing here"))  # after the list of contents
    for block in whole_document().blocks:
        if isinstance(block, Heading | Paragraph | Note | Quote):
            place = said.index(block.text, place)


def test_every_picture_is_told_in_words(whole):
    told = [shape._inline.docPr.get("descr") for shape in opened(whole).inline_shapes]
    assert told == [figure.chart.alt for figure in whole_document().figures]
    numbers = [shape._inline.docPr.get("id") for shape in opened(whole).inline_shapes]
    assert len(set(numbers)) == len(numbers)


def test_a_chart_of_many_rows_is_several_pictures_each_told_in_words():
    chart = chart_of(Kind.INTERVALS, [f"Estate {n}" for n in range(50)])
    told = [s._inline.docPr.get("descr") for s in opened(as_docx(document(Figure("many", chart)))).inline_shapes]
    assert told == [f"Part {n} of 2. {chart.alt}" for n in (1, 2)]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.MONTHS, Kind.FUNNEL)])
def test_no_picture_is_higher_than_a_page_s_text(kind):
    chart = chart_of(kind, [f"{LONG_NAME} {n}" for n in range(50)])
    for shape in opened(as_docx(document(Figure("many", chart)))).inline_shapes:
        assert shape.height.cm < 29.7 - 2 * 2.4 - 1.5


def test_the_first_row_of_a_table_repeats_and_no_row_is_torn():
    block = TableBlock("estates", "Every estate", rows_table(600), ("Shown for: 2025",))
    (table,) = opened(as_docx(document(block))).tables
    rows = table._tbl.tr_lst
    assert len(rows) == 601
    headed = [row.trPr is not None and row.trPr.find(qn("w:tblHeader")) is not None for row in rows]
    assert headed == [True] + [False] * 600
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    properties = table._tbl.tblPr
    assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == "Every estate"
    assert properties.find(qn("w:tblDescription")).get(qn("w:val")) == "Shown for: 2025"


# As Arial Bold of 7.5 points has them, from its metrics: 7.5 × the letters' widths / 1000.
WORTH, METHOD = 7.5 * 3.06, 7.5 * 3.72


def test_no_heading_and_no_range_of_a_table_of_many_columns_breaks():
    headings = ("Measure", "Share", "Could be", "Answers", "Worth about", "Regulator's margin", "Method")
    row = ("TP01 Overall satisfaction with everything", "71%", "68% to 74%", "822", "700", "±3.4", "Many " * 40)
    table = Table(headings, (row,) * 3, headings, (row,) * 3)
    (made,) = opened(as_docx(document(TableBlock("wide", "Wide", table)))).tables
    points = [column.width / Pt(1) for column in made.columns]
    assert sum(points) == pytest.approx(TEXT_WIDTH / Pt(1), abs=1)
    assert points[4] > WORTH + 6 and points[6] > METHOD + 6  # 6: the room beside a cell's text
    assert made.rows[1].cells[2].text == "68%\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}74%"
    assert made.rows[1].cells[0].paragraphs[0].style.name == SMALL_CELL


def test_more_words_than_a_page_is_wide_still_fit_the_page():
    table = Table(("Extraordinarily",) * 14, (("unpronounceable",) * 14,), ("x",) * 14, (("x",) * 14,))
    assert sum(points_of(table, few=False)) == pytest.approx(TEXT_WIDTH / Pt(1))


# ECMA-376 part 1: the order of what a table and a paragraph say of themselves; Word refuses a file in another.
TABLE_ORDER = (
    *("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption"),
    "tblDescription",
)
WORDS_ORDER = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs", "bidi"),
    *("spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr", "sectPr"),
)


def test_what_tables_and_paragraphs_say_of_themselves_is_in_the_order_word_asks_for(whole):
    nasty = as_docx(nasty_document())
    for content in (whole, nasty):
        word = opened(content)
        parts = (word.element, word.styles.element)
        for tag, order in ((qn("w:tblPr"), TABLE_ORDER), (qn("w:pPr"), WORDS_ORDER)):
            own = [p for part in parts for p in part.iter(tag) if p.getparent().getparent().tag != qn("w:tblStylePr")]
            for properties in own:
                names = [child.tag.split("}")[1] for child in properties if child.tag.split("}")[1] in order]
                assert names == sorted(names, key=order.index)


def test_properties_are_the_documents_own_and_no_clock_is_read(whole):
    about = opened(whole).core_properties
    assert (about.title, about.author, about.language) == (
        ("Tenant satisfaction measures", "An invented landlord", "en-GB")
    )
    assert about.created.replace(tzinfo=None) == about.modified.replace(tzinfo=None) == CLOCK.replace(tzinfo=None)
    language = opened(whole).styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-GB"
    archive = zipfile.ZipFile(io.BytesIO(whole))
    assert b"Macintosh" not in b"".join(archive.read(name) for name in archive.namelist())


def test_members_are_in_a_fixed_order_with_the_date_of_the_clock(whole):
    entries = zipfile.ZipFile(io.BytesIO(whole)).infolist()
    assert {entry.date_time for entry in entries} == {(2026, 11, 29, 12, 0, 6)}  # a zip tells even seconds
    names = [entry.filename for entry in entries]
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert names[2:] == sorted(names[2:])


def test_made_again_it_is_the_same_to_the_byte(whole):
    assert as_docx(whole_document()) == whole


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_every_text_is_kept_as_it_is(text):
    word = opened(as_docx(document(Paragraph(text), TableBlock("t", "T", rows_table(1, text)))))
    assert readable(text) in [paragraph.text for paragraph in word.paragraphs]
    assert word.tables[0].cell(1, 0).text == f"{readable(text)} 1"


def test_what_is_read_from_the_right_is_set_from_the_right():
    word = opened(as_docx(document(Paragraph("شارع الأمل"), Paragraph("Ash Court"))))
    turned = {p.text: p._p.pPr is not None and p._p.pPr.find(qn("w:bidi")) is not None for p in word.paragraphs}
    assert turned["شارع الأمل"] and not turned["Ash Court"]


def test_a_long_name_and_texts_that_try_to_be_more_are_written():
    assert LONG_NAME in [p.text for p in opened(as_docx(document(Heading(LONG_NAME)))).paragraphs]
    assert as_docx(nasty_document())


def test_a_block_nobody_can_draw_is_refused_by_name():
    with pytest.raises(TypeError, match="no drawing of datetime in a Word document"):
        write(datetime(2026, 1, 1), None)  # noqa: DTZ001 - any thing that is no block
