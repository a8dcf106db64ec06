"""A document for Word: real headings, pictures that are told in words, tables whose headings repeat on every page."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import singledispatch

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from dashboard import words
from dashboard.evidence.archive import rewritten
from dashboard.evidence.as_pdf import MADE_IN
from dashboard.evidence.as_png import Picture, charts_as_pictures
from dashboard.evidence.beneath import beneath, on_one_line
from dashboard.evidence.blocks import Document, Figure, Heading, Note, Paragraph, Quote, TableBlock
from dashboard.evidence.contents import has_contents, listed
from dashboard.evidence.letters import readable
from dashboard.evidence.word_styles import (
    ATTRIBUTION,
    CONTENTS,
    CONTENTS_PART,
    FACT,
    MARK,
    NEXT_MARK,
    NEXT_NOTE,
    NOTE,
    OWNER,
    SOURCE,
    TEXT_WIDTH,
    briefly,
    styled,
)
from dashboard.evidence.word_tables import add_table, said

APPLICATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/extended-properties"><Application>Tenant Voice</Application></Properties>'
)


@dataclass
class _Page:
    """A document while it is written."""

    word: WordDocument
    pictures: Mapping[str, tuple[Picture, ...]]
    names: Mapping[str, str]
    under: Mapping[str, tuple[str, ...]]
    brief: bool = False
    appendix: str = ""  # the part that tells how figures were made
    appendix_at: int = 0  # and the number of its heading
    marked: int = 0  # headings so far
    drawn: int = 0  # pictures so far


def as_docx(document: Document) -> bytes:
    """The document as a Word file; made twice it is the same to the byte. Raises CannotWrite for a chart refused."""
    page = _Page(
        docx.Document(),
        charts_as_pictures(document),
        {block.key: name for name, block in document.named()},
        beneath(document),
        document.brief,
        document.appendix,
        next((n for n, each in enumerate(document.headings, start=1) if each.text == document.appendix), 0),
    )
    _without_strangers(page.word)
    styled(page.word, document.language)
    if document.brief:
        briefly(page.word)
    _properties(page.word, document)
    _running(page.word, document)
    _cover(page, document)
    if has_contents(document):
        _contents(page, document)
    for block, after in zip(document.printed, (*document.printed[1:], None), strict=True):
        write(block, page)
        if isinstance(block, Paragraph) and isinstance(after, Figure | TableBlock):
            page.word.paragraphs[-1].paragraph_format.keep_with_next = True
    packed = io.BytesIO()
    page.word.save(packed)
    return rewritten(packed.getvalue(), document.made, _mended)


def _without_strangers(word: WordDocument) -> None:
    """Leave out what the library's template brings of the page it was made from: its picture, an older style sheet."""
    for held in (word.part.package, word.part):
        for key, relation in list(held.rels.items()):
            if relation.reltype.endswith(("/thumbnail", "/stylesWithEffects", "/customXml")):
                del held.rels[key]


def _mended(name: str, content: bytes) -> bytes:
    """The template says which word processor it was made with; a document says which program made it."""
    return APPLICATION if name == "docProps/app.xml" else content


@singledispatch
def write(block: object, page: _Page) -> None:
    """Write a block at the end of the page. Raises TypeError for a block that has no drawing there."""
    raise TypeError(f"There is no drawing of {type(block).__name__} in a Word document")


@write.register
def _heading(block: Heading, page: _Page) -> None:
    paragraph = page.word.add_paragraph(style=f"Heading {block.level}")
    first = page.marked == 0 and not page.brief
    if first or (page.brief and block.level == 1 and page.marked):
        paragraph.paragraph_format.page_break_before = True
    _marked(paragraph, readable(block.text), page)


@write.register
def _paragraph(block: Paragraph, page: _Page) -> None:
    said(page.word.add_paragraph(), block.text)


@write.register
def _note(block: Note, page: _Page) -> None:
    said(page.word.add_paragraph(style=_apart(page.word, NOTE, NEXT_NOTE)), block.text)


def _apart(word: WordDocument, style: str, after: str) -> str:
    """The style of a bordered paragraph: below one like it another, for a word processor makes one box of both."""
    return after if word.paragraphs and word.paragraphs[-1].style.name == style else style


@write.register
def _quote(block: Quote, page: _Page) -> None:
    said(page.word.add_paragraph(style="Quote"), f"“{block.text}”")
    said(page.word.add_paragraph(style=ATTRIBUTION), block.who)


@write.register
def _figure(block: Figure, page: _Page) -> None:
    said(page.word.add_paragraph(style="Caption"), f"{page.names[block.key]}: {block.title}")
    for picture in page.pictures[block.key]:
        page.drawn += 1
        shown = page.word.add_paragraph().add_run().add_picture(io.BytesIO(picture.png), width=TEXT_WIDTH)
        about = shown._inline.docPr
        about.set("descr", readable(picture.alt))
        about.set("name", f"Picture {page.drawn}")
        about.set("id", str(page.drawn))
        shown._inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", f"{block.key}.png")
    _about(block, page)


@write.register
def _table(block: TableBlock, page: _Page) -> None:
    said(page.word.add_paragraph(style="Caption"), f"{page.names[block.key]}: {block.title}")
    add_table(page.word, block)
    _about(block, page)


def _about(block: Figure | TableBlock, page: _Page) -> None:
    paragraph, lines = page.word.add_paragraph(style=SOURCE), page.under[block.key]
    for line in lines:
        paragraph.add_run(readable(line) + (" · " if on_one_line(lines) else ""))
        if not on_one_line(lines):
            paragraph.add_run().add_break()
    paragraph.add_run(f"Reference: {block.key}")
    if page.appendix and block.how is not None:
        paragraph.add_run(" · ")
        _leads(paragraph, page.appendix_at, MADE_IN)


# ── Cover, contents, what runs along every page ──────────────────────────────────────────────────


def _cover(page: _Page, document: Document) -> None:
    said(page.word.add_paragraph(style=OWNER), document.author)
    said(page.word.add_paragraph(style="Title"), document.title)
    said(page.word.add_paragraph(style="Subtitle"), document.subtitle)
    for mark, sentence in document.marks:
        paragraph = page.word.add_paragraph(style=_apart(page.word, MARK, NEXT_MARK))
        paragraph.add_run(f"{readable(mark)}. ").bold = True
        said(paragraph, sentence)
    for name, fact in document.facts:
        paragraph = page.word.add_paragraph(style=FACT)
        paragraph.add_run(f"{readable(name)}: ")
        paragraph.add_run(readable(fact)).bold = True
    if document.imprint:
        said(page.word.add_paragraph(style=SOURCE), document.imprint)


def _contents(page: _Page, document: Document) -> None:
    """Links to the headings: they work at once, where a field would first ask to be filled in."""
    paragraph = page.word.add_paragraph(style="Heading 1")
    paragraph.paragraph_format.page_break_before = True
    paragraph.add_run("Contents")
    for number, (heading, shown) in enumerate(zip(document.headings, listed(document), strict=True), start=1):
        if shown:
            line = page.word.add_paragraph(style=CONTENTS_PART if heading.level == 1 else CONTENTS)
            _leads(line, number, heading.text)


def _leads(line: WordParagraph, number: int, said: str) -> None:
    """A link to the heading of that number at the end of a line."""
    link, run, text = OxmlElement("w:hyperlink"), OxmlElement("w:r"), OxmlElement("w:t")
    link.set(qn("w:anchor"), f"part_{number}")
    link.set(qn("w:history"), "1")
    text.text = readable(said)
    run.append(text)
    link.append(run)
    line._p.append(link)


def _marked(paragraph: WordParagraph, text: str, page: _Page) -> None:
    """A heading that the contents lead to."""
    page.marked += 1
    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (begin, end):
        mark.set(qn("w:id"), str(page.marked))
    begin.set(qn("w:name"), f"part_{page.marked}")
    paragraph._p.append(begin)
    paragraph.add_run(text)
    paragraph._p.append(end)


def _running(word: WordDocument, document: Document) -> None:
    """The title above every page but the cover, the date and the page's number below."""
    page = word.sections[0]
    above = page.header.paragraphs[0]
    above.style = word.styles[SOURCE]
    above.add_run(readable(" · ".join((document.title, document.author, *(mark for mark, _ in document.marks)))))
    below = page.footer.paragraphs[0]
    below.style = word.styles[SOURCE]
    below.add_run(f"Made on {words.british_date(document.made.date())} · page ")
    below.alignment = WD_ALIGN_PARAGRAPH.LEFT
    for kind, field in (("begin", None), (None, "PAGE"), ("end", None)):
        run = below.add_run()
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = field
        run._r.append(mark)


def _properties(word: WordDocument, document: Document) -> None:
    """Document properties, every one from the document: none from the clock or the computer."""
    made = document.made.astimezone(UTC).replace(tzinfo=None)
    about = word.core_properties
    about.title, about.subject = readable(document.title)[:255], readable(document.subtitle)[:255]
    about.author = about.last_modified_by = readable(document.author)[:255]
    about.language, about.keywords, about.comments, about.category = document.language, "", "", ""
    about.created = about.modified = _whole_seconds(made)
    about.revision, about.version = 1, ""


def _whole_seconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
