"""A document as tagged PDF/A-2a and PDF/UA-1, set by Typst; the same document is the same file to the byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from functools import singledispatch
from typing import Any

from dashboard import words
from dashboard.drawing.in_typst import drawn
from dashboard.evidence.beneath import beneath, on_one_line
from dashboard.evidence.blocks import Block, Document, Figure, Heading, Note, Paragraph, Quote, TableBlock
from dashboard.evidence.columns import figures_of, fits_a_page, rows_of, unbroken, widths_of
from dashboard.evidence.contents import has_contents, listed
from dashboard.evidence.letters import not_drawable, right_to_left
from dashboard.evidence.typesetting import pdf, pictures, setting

PREVIEW = 60  # dots an inch
COARSE = 10  # dots an inch, where pages are only counted
USUAL = 10.0  # points
BRIEF, BRIEF_PAGES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0), 2
CLOSE = 17  # points a row of a chart takes in a brief
SHORT = 50  # letters of a title above every page
MADE_IN = "How this was made"
MADE_AS = "Produced as PDF/UA-1 and PDF/A-2a, and machine-checked."
MISSING_LETTERS = (
    "Some letters in this document are in none of its fonts and are shown as \N{REPLACEMENT CHARACTER}. They are whole "
    "in the Word, spreadsheet and CSV files of the same document."
)


def as_pdf(document: Document) -> bytes:
    """The document as PDF. Raises CannotWrite where it cannot be set so that everybody can read it."""
    return pdf("document.typ", {**_given(document), "size": _size(document)}, document.made)


def previews(document: Document, dots_an_inch: int = PREVIEW) -> tuple[bytes, ...]:
    """A picture (PNG) of each page of the PDF, first page first."""
    return pictures("document.typ", {**_given(document), "size": _size(document)}, dots_an_inch)


def _size(document: Document) -> float:
    """The size of letters in points: of a brief the largest of a few with which it stays on its two pages."""
    if not document.brief:
        return USUAL
    given = _given(document)
    fits = (size for size in BRIEF if len(pictures("document.typ", {**given, "size": size}, COARSE)) <= BRIEF_PAGES)
    return next(fits, BRIEF[-1])


def _given(document: Document) -> dict[str, Any]:
    """The document as data for ``document.typ``."""
    made = document.made.astimezone(UTC)
    numbered = {id(block): name for name, block in document.named()}
    blocks = [{**told(block), "name": numbered.get(id(block), "")} for block in document.printed]
    if any(not_drawable(text) for text in _texts(document)):
        blocks.append({**told(Note(MISSING_LETTERS)), "name": ""})
    appendix = next((n for n, block in enumerate(document.printed) if _begins(block, document.appendix)), None)
    looked_up = list(_looked_up(blocks, appendix))
    under, in_contents = beneath(document), iter(listed(document))
    for n, block in enumerate(blocks):
        block["appendix"] = n == appendix
        block["looked-up"] = looked_up[n]
        if block["kind"] == "heading":
            block["listed"] = next(in_contents)
        if "about" in block:
            block["about"] = under[block["key"]]
            block["short"] = on_one_line(block["about"])
        if document.brief and "chart" in block:
            block["chart"]["high"] = min(block["chart"]["high"], CLOSE)
    return {
        **setting(document),
        "subtitle": document.subtitle,
        "author": document.author,
        "short-title": _short(document.title),
        "short-author": _short(document.author),
        "made": [made.year, made.month, made.day, made.hour, made.minute, made.second],
        "made-on": f"Made on {words.british_date(document.made.date())}",
        "made-as": " ".join(filter(None, (document.imprint, MADE_AS))),
        "facts": document.facts,
        "marks": document.marks,
        "contents": has_contents(document),
        "appendix": document.appendix,
        "made-in": MADE_IN,
        "brief": document.brief,
        "blocks": blocks,
    }


def _looked_up(blocks: Sequence[Mapping[str, Any]], appendix: int | None) -> Iterator[bool]:
    """For each block whether it is a sentence of the part that tells how figures were made."""
    part = None
    for n, block in enumerate(blocks):
        part = n if block["kind"] == "heading" and block["level"] == 1 else part
        yield part is not None and part == appendix and block["kind"] == "paragraph"


def _begins(block: Block, part: str) -> bool:
    return part != "" and block == Heading(part)


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 2].rstrip()} …"


def _texts(document: Document) -> Sequence[str]:
    """Every text a reader sees in the body."""
    found = [document.title, document.subtitle, document.author, document.imprint]
    found += [said for fact in (*document.facts, *document.marks) for said in fact]
    for block in document.printed:
        if isinstance(block, Figure | TableBlock):
            found += [block.title, *block.about, *block.table.headings, *(c for row in block.table.rows for c in row)]
        else:
            found += [block.text, block.who] if isinstance(block, Quote) else [block.text]
    return found


@singledispatch
def told(block: object) -> dict[str, Any]:
    """A block as data for ``document.typ``. Raises TypeError for a block that has no drawing there."""
    raise TypeError(f"There is no drawing of {type(block).__name__} in a PDF")


@told.register
def _heading(block: Heading) -> dict[str, Any]:
    return {"kind": "heading", "text": block.text, "level": block.level}


@told.register
def _paragraph(block: Paragraph) -> dict[str, Any]:
    return {"kind": "paragraph", "text": block.text, "right": right_to_left(block.text)}


@told.register
def _note(block: Note) -> dict[str, Any]:
    return {"kind": "note", "text": block.text, "right": right_to_left(block.text)}


@told.register
def _quote(block: Quote) -> dict[str, Any]:
    return {"kind": "quote", "text": f"“{block.text}”", "who": block.who, "right": right_to_left(block.text)}


@told.register
def _figure(block: Figure) -> dict[str, Any]:
    chart = block.chart
    return {
        "kind": "figure",
        "key": block.key,
        "title": block.title,
        "about": block.about,
        "made": block.how is not None,
        "alt": chart.alt,
        "chart": drawn(chart),
    }


@told.register
def _table(block: TableBlock) -> dict[str, Any]:
    table = block.table
    return {
        "kind": "table",
        "key": block.key,
        "title": block.title,
        "about": block.about,
        "made": block.how is not None,
        "headings": table.headings,
        "rows": [[unbroken(cell) for cell in row] for row in rows_of(table)],
        "widths": widths_of(table),
        "right": figures_of(table),
        "together": fits_a_page(table),
    }
