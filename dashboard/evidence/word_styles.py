"""How a Word document of ours looks: a template made in code, so that nothing of anybody's computer is in it."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

FONT = "Arial"  # on every computer that opens the file; the PDF brings its own
NAVY, INK, GREY = RGBColor(0x12, 0x43, 0x6D), RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x50, 0x5A, 0x5F)
RULE, PALE = "B1B9C0", "EEF2F6"
NOTE, SOURCE, ATTRIBUTION, FACT = "Note", "Source", "Attribution", "Fact"
CELL, HEADING_CELL = "Cell", "Heading cell"
SMALL_CELL, SMALL_HEADING_CELL = "Small cell", "Small heading cell"  # of a table of many columns
PAGE = (Cm(21), Cm(29.7))
MARGIN = Cm(2.2)
TEXT_WIDTH = Cm(16.6)
_LOOKS = (  # style, points, bold, colour, before, after
    ("Normal", 10.5, False, INK, 0, 7),
    ("Title", 32, True, NAVY, 120, 8),
    ("Subtitle", 14, False, GREY, 0, 30),
    ("Heading 1", 20, True, NAVY, 0, 12),
    ("Heading 2", 14.5, True, NAVY, 18, 8),
    ("Heading 3", 11.5, True, NAVY, 14, 6),
    ("Caption", 10.5, True, NAVY, 12, 6),
    ("Quote", 11, False, INK, 10, 2),
)
_OWN = (
    (NOTE, 10.5, False, INK, 10, 10),
    (SOURCE, 8.5, False, GREY, 4, 14),
    (ATTRIBUTION, 9, False, GREY, 0, 12),
    (FACT, 10.5, False, INK, 0, 4),
    (CELL, 8.5, False, INK, 2, 2),
    (HEADING_CELL, 8.5, True, NAVY, 2, 2),
    (SMALL_CELL, 7.5, False, INK, 2, 2),
    (SMALL_HEADING_CELL, 7.5, True, NAVY, 2, 2),
)
_BRIEF = (
    ("Normal", 9, False, INK, 0, 4),
    ("Title", 20, True, NAVY, 0, 2),
    ("Subtitle", 12, False, GREY, 0, 4),
    ("Heading 1", 13, True, NAVY, 6, 4),
    ("Heading 2", 11, True, NAVY, 6, 3),
    ("Caption", 9, True, NAVY, 4, 3),
    (NOTE, 9, False, INK, 4, 4),
    (SOURCE, 7.5, False, GREY, 2, 4),
    (FACT, 8.5, False, INK, 0, 1),
)


def styled(document: WordDocument, language: str) -> None:
    """Give a new document our page, our styles and its language."""
    page = document.sections[0]
    page.page_width, page.page_height = PAGE
    page.left_margin = page.right_margin = MARGIN
    page.top_margin = page.bottom_margin = Cm(2.4)
    page.different_first_page_header_footer = True  # none on the cover
    for name, *look in _LOOKS:
        _look(document.styles[name], *look)
    for name, *look in _OWN:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        _look(style, *look)
    document.styles["Quote"].font.italic = True
    document.styles["Quote"].paragraph_format.left_indent = Cm(0.5)
    document.styles[ATTRIBUTION].paragraph_format.left_indent = Cm(0.5)
    document.styles["Heading 1"].paragraph_format.page_break_before = True
    for name in ("Caption", "Heading 1", "Heading 2", "Heading 3", "Quote"):
        document.styles[name].paragraph_format.keep_with_next = True
    _bordered(document.styles[NOTE])
    _speak(document, language)


def briefly(document: WordDocument) -> None:
    """Make room: a document of a page or two, without a cover, all of it smaller and closer together."""
    page = document.sections[0]
    page.top_margin = page.bottom_margin = Cm(1.6)
    page.different_first_page_header_footer = False
    for name, *look in _BRIEF:
        _look(document.styles[name], *look)
        document.styles[name].paragraph_format.line_spacing = 1.0
    document.styles["Heading 1"].paragraph_format.page_break_before = False


def _look(style: ParagraphStyle, points: float, bold: bool, colour: RGBColor, before: float, after: float) -> None:
    style.font.name, style.font.size, style.font.bold = FONT, Pt(points), bold
    style.font.italic = False
    style.font.color.rgb = colour
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.15
    fonts = style.element.rPr.rFonts
    for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(script), None)
    for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    borders = style.element.pPr.find(qn("w:pBdr"))
    if borders is not None:  # the line under the template's title
        style.element.pPr.remove(borders)


def _bordered(style: ParagraphStyle) -> None:
    """A bar to the left and a pale ground."""
    properties = style.element.get_or_add_pPr()
    borders, left, ground = OxmlElement("w:pBdr"), OxmlElement("w:left"), OxmlElement("w:shd")
    for name, said in (("val", "single"), ("sz", "24"), ("space", "8"), ("color", str(NAVY))):
        left.set(qn(f"w:{name}"), said)
    for name, said in (("val", "clear"), ("color", "auto"), ("fill", PALE)):
        ground.set(qn(f"w:{name}"), said)
    borders.append(left)
    # The schema has borders and ground before spacing and indentation.
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    properties.insert_element_before(ground, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _speak(document: WordDocument, language: str) -> None:
    """The language of every word that has no other."""
    properties = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    said = properties.find(qn("w:lang"))
    if said is None:
        said = OxmlElement("w:lang")
        properties.append(said)
    said.set(qn("w:val"), language)
    said.set(qn("w:eastAsia"), language)
    said.set(qn("w:bidi"), "ar-SA")
