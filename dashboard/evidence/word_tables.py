"""Texts and tables in a Word document: from the right where they are read so, with headings that repeat."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt
from docx.table import Table as WordTable
from docx.table import _Row
from docx.text.paragraph import Paragraph as WordParagraph

from dashboard.charts.chart import Table
from dashboard.evidence.blocks import TableBlock
from dashboard.evidence.columns import UNBROKEN, figures_of, fits_a_page, pieces_of, rows_of, unbroken, widths_of
from dashboard.evidence.letters import readable, right_to_left
from dashboard.evidence.word_styles import CELL, HEADING_CELL, RULE, SMALL_CELL, SMALL_HEADING_CELL, TEXT_WIDTH

FEW_COLUMNS = 6  # of a table in letters of the usual size
BESIDE, BESIDE_SMALL = 108, 60  # twentieths of a point on either side of a cell's text
LETTERS, SMALL_LETTERS = 8.5, 7.5  # points, as the styles of cells have them
_WIDE, _NARROW = set("mwMWQGO%@—"), set("ijltfrI.,:;'’()[]|!-/ \N{NO-BREAK SPACE}")
_OF_A_POINT = (0.9, 0.36, 0.74, 0.58)  # how wide a letter is: a wide, a narrow, a capital, any other
BOLD, SPARE = 1.07, 2.0  # how much wider headings are; points no column is without
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
    _beside(made, BESIDE if few else BESIDE_SMALL)
    _described(made, block)
    for column, points in zip(made.columns, points_of(table, few), strict=True):
        column.width = Emu(int(points * Pt(1)))
    rows = [[unbroken(text) for text in row] for row in rows_of(table)]
    figures, together = figures_of(table), fits_a_page(table)
    for n, row in enumerate((table.headings, *rows)):
        line = _row(made.add_row(), row, heading if n == 0 else cell, figures, heads=n == 0)
        for paragraph in line if together and n < len(rows) else ():
            paragraph.paragraph_format.keep_with_next = True


def points_of(table: Table, few: bool) -> list[float]:
    """How many points wide each column is: as in the PDF, but none narrower than what is not to break in it.

    What such columns need is taken from the others, by the room each has to spare.
    """
    size, beside = (LETTERS, BESIDE) if few else (SMALL_LETTERS, BESIDE_SMALL)
    shares, whole = widths_of(table), TEXT_WIDTH / Pt(1)
    given = [whole * share / sum(shares) for share in shares]
    columns = zip(table.headings, *rows_of(table), strict=True)
    needed = [_widest(heading, cells, size) + 2 * beside / 20 + SPARE for heading, *cells in columns]
    short = sum(max(0.0, need - has) for need, has in zip(needed, given, strict=True))
    spare = sum(max(0.0, has - need) for need, has in zip(needed, given, strict=True))
    if short > spare:  # nothing could be taken from anywhere
        return [whole * need / sum(needed) for need in needed]
    taken = short / spare if spare else 0.0
    return [need if need > has else has - (has - need) * taken for need, has in zip(needed, given, strict=True)]


def _widest(heading: str, cells: Sequence[str], size: float) -> float:
    """Points of the widest piece that stays on one line, of a heading and the cells below it."""
    words = [BOLD * _wide(word) for word in readable(heading).split()]
    return size * max((*words, *(_wide(piece) for cell in cells for piece in pieces_of(readable(cell)))), default=0.0)


def _wide(text: str) -> float:
    """About how wide a text is in Arial, in heights of its letters."""
    wide, narrow, capital, other = _OF_A_POINT
    return sum(
        wide if sign in _WIDE else narrow if sign in _NARROW else capital if sign.isupper() else other
        for sign in text[:UNBROKEN]
    )


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


def _beside(table: WordTable, twentieths: int) -> None:
    """The room on either side of every cell's text."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        room = OxmlElement(f"w:{side}")
        room.set(qn("w:w"), str(twentieths))
        room.set(qn("w:type"), "dxa")
        margins.append(room)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


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
