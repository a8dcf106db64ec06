"""How a Word document of ours looks: a template made in code, so that nothing of anybody's computer is in it."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

FONT = "Arial"  # on every computer that opens the file; the PDF brings its own
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
NAVY, INK, GREY = RGBColor(0x12, 0x43, 0x6D), RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x50, 0x5A, 0x5F)
RULE, PALE, MARKED = "B1B9C0", "EEF2F6", "FFDD00"
NOTE, SOURCE, ATTRIBUTION, FACT, MARK = "Note", "Source", "Attribution", "Fact", "Mark"
NEXT_NOTE, NEXT_MARK = "Next note", "Next mark"  # right below another
OWNER = "Owner"  # whose document it is, at the head of the cover
CONTENTS_PART, CONTENTS = "Contents part", "Contents"
CELL, HEADING_CELL = "Cell", "Heading cell"
SMALL_CELL, SMALL_HEADING_CELL = "Small cell", "Small heading cell"  # of a table of many columns
PAGE = (Cm(21), Cm(29.7))
MARGIN = Cm(2.2)
TEXT_WIDTH = Cm(16.6)
_LOOKS = (  # style, points, bold, colour, before, after
    ("Normal", 10, False, INK, 0, 6),
    ("Title", 32, True, WHITE, 170, 8),
    ("Subtitle", 15, True, WHITE, 0, 24),
    ("Heading 1", 19, True, NAVY, 26, 10),
    ("Heading 2", 13.5, True, NAVY, 14, 6),
    ("Heading 3", 11, True, NAVY, 10, 4),
    ("Caption", 10, True, NAVY, 8, 4),
    ("Quote", 11, False, INK, 10, 2),
)
_OWN = (
    (NOTE, 10, False, INK, 8, 8),
    (NEXT_NOTE, 10, False, INK, 0, 8),
    (MARK, 14, False, INK, 0, 8),
    (NEXT_MARK, 11, False, INK, 0, 16),
    (OWNER, 13, True, WHITE, 0, 0),
    (CONTENTS_PART, 10, True, INK, 4, 0),
    (CONTENTS, 9.5, False, INK, 0, 0),
    (SOURCE, 8, False, GREY, 3, 10),
    (ATTRIBUTION, 9, False, GREY, 0, 12),
    (FACT, 10.5, False, INK, 0, 4),
    (CELL, 8.5, False, INK, 2, 2),
    (HEADING_CELL, 8.5, True, NAVY, 2, 2),
    (SMALL_CELL, 7.5, False, INK, 2, 2),
    (SMALL_HEADING_CELL, 7.5, True, NAVY, 2, 2),
)
_BRIEF = (
    ("Normal", 9, False, INK, 0, 4),
    ("Title", 20, True, WHITE, 4, 2),
    ("Subtitle", 12, True, WHITE, 0, 8),
    ("Heading 1", 13, True, NAVY, 6, 4),
    ("Heading 2", 11, True, NAVY, 6, 3),
    ("Caption", 9, True, NAVY, 4, 3),
    (NOTE, 9, False, INK, 4, 4),
    (NEXT_NOTE, 9, False, INK, 0, 4),
    (OWNER, 10, True, WHITE, 0, 0),
    (NEXT_MARK, 9, False, INK, 0, 4),
    (SOURCE, 7.5, False, GREY, 2, 4),
    (FACT, 8.5, False, INK, 0, 1),
    (MARK, 9, False, INK, 2, 4),
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
    document.styles[CONTENTS].paragraph_format.left_indent = Cm(0.5)
    for name in ("Caption", "Heading 1", "Heading 2", "Heading 3", "Quote"):
        document.styles[name].paragraph_format.keep_with_next = True
    for name in (NOTE, NEXT_NOTE, MARK, NEXT_MARK, SOURCE):
        document.styles[name].paragraph_format.keep_together = True
    for name, fill, space in ((NOTE, PALE, 8), (NEXT_NOTE, PALE, 7), (MARK, MARKED, 8), (NEXT_MARK, MARKED, 7)):
        _grounded(document.styles[name], fill, ("left",), 24, space)
    for name in (OWNER, "Title", "Subtitle"):  # one box of three paragraphs
        _grounded(document.styles[name], str(NAVY), ("top", "left", "bottom", "right"), 4, 14)
    _speak(document, language)


def briefly(document: WordDocument) -> None:
    """Make room: a document of a page or two, without a cover, all of it smaller and closer together."""
    page = document.sections[0]
    page.top_margin = page.bottom_margin = Cm(1.6)
    page.different_first_page_header_footer = False
    for name, *look in _BRIEF:
        _look(document.styles[name], *look)
        document.styles[name].paragraph_format.line_spacing = 1.0


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


def _grounded(style: ParagraphStyle, fill: str, sides: tuple[str, ...], wide: int, space: int) -> None:
    """A ground of this colour with navy borders; ``wide`` in eighths of a point, ``space`` to the text in points."""
    properties = style.element.get_or_add_pPr()
    borders, ground = OxmlElement("w:pBdr"), OxmlElement("w:shd")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, said in (("val", "single"), ("sz", str(wide)), ("space", str(space)), ("color", str(NAVY))):
            line.set(qn(f"w:{name}"), said)
        borders.append(line)
    for name, said in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        ground.set(qn(f"w:{name}"), said)
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
