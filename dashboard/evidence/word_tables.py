"""Texts and tables in a Word document: from the right where they are read so, with headings that repeat."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu
from docx.table import Table as WordTable
from docx.table import _Row
from docx.text.paragraph import Paragraph as WordParagraph

from dashboard.evidence.blocks import TableBlock
from dashboard.evidence.columns import figures_of, fits_a_page, rows_of, widths_of
from dashboard.evidence.letters import readable, right_to_left
from dashboard.evidence.word_styles import CELL, HEADING_CELL, RULE, SMALL_CELL, SMALL_HEADING_CELL, TEXT_WIDTH

FEW_COLUMNS = 7  # of a table in letters of the usual size
_AFTER_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")  # the schema has an order


def said(paragraph: WordParagraph, text: str) -> None:
    """Text in a paragraph, from the right where it is read from there."""
    run = paragraph.add_run(readable(text))
    if right_to_left(text):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        run.font.rtl = True


def add_table(word: WordDocument, block: TableBlock) -> None:
    """A table as wide as the text, its headings on every page it reaches; a short one stays on one page."""
    table = block.table
    few = len(table.headings) <= FEW_COLUMNS
    styles = (HEADING_CELL, CELL) if few else (SMALL_HEADING_CELL, SMALL_CELL)
    heading, cell = (word.styles[name].style_id for name in styles)
    made = word.add_table(rows=0, cols=len(table.headings))
    made.autofit = False
    _ruled(made)
    _described(made, block)
    shares = widths_of(table)
    for column, share in zip(made.columns, shares, strict=True):
        column.width = Emu(TEXT_WIDTH * share // sum(shares))
    rows, figures, together = rows_of(table), figures_of(table), fits_a_page(table)
    for n, row in enumerate((table.headings, *rows)):
        line = _row(made.add_row(), row, heading if n == 0 else cell, figures, heads=n == 0)
        for paragraph in line if together and n < len(rows) else ():
            paragraph.paragraph_format.keep_with_next = True


def _row(row: _Row, cells: Sequence[str], style: str, figures: Sequence[bool], heads: bool) -> list[WordParagraph]:
    """Fill a row; its paragraphs."""
    properties, filled = row._tr.get_or_add_trPr(), []
    properties.append(OxmlElement("w:cantSplit"))
    if heads:
        properties.append(OxmlElement("w:tblHeader"))
    for cell, text, right in zip(row._tr.tc_lst, cells, figures, strict=True):
        paragraph = WordParagraph(cell.p_lst[0], row)
        paragraph._p.style = style
        said(paragraph, text)
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        filled.append(paragraph)
    return filled


def _ruled(table: WordTable) -> None:
    """Quiet lines between rows, none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.insert_element_before(borders, *_AFTER_BORDERS)


def _described(table: WordTable, block: TableBlock) -> None:
    """What the table is, for those who cannot see it; and that its first row has headings."""
    properties = table._tbl.tblPr
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
    look = OxmlElement("w:tblLook")
    look.set(qn("w:val"), "0020")
    look.set(qn("w:firstRow"), "1")
    properties.append(look)
    for name, text in (("w:tblCaption", block.title), ("w:tblDescription", " ".join(block.about))):
        told = OxmlElement(name)
        told.set(qn("w:val"), readable(text))
        properties.append(told)
