"""A document as tagged PDF/A-2a and PDF/UA-1, set by Typst; the same document is the same file to the byte."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from functools import singledispatch
from typing import Any

from dashboard import words
from dashboard.drawing.in_typst import drawn
from dashboard.evidence.blocks import Block, Document, Figure, Heading, Note, Paragraph, Quote, TableBlock
from dashboard.evidence.columns import figures_of, fits_a_page, rows_of, widths_of
from dashboard.evidence.letters import not_drawable, right_to_left
from dashboard.evidence.typesetting import pdf, pictures, setting

PREVIEW = 60  # dots an inch
COARSE = 10  # dots an inch, where pages are only counted
USUAL = 10.5  # points
BRIEF, BRIEF_PAGES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0), 2
CLOSE = 20  # points a row of a chart takes in a brief
SHORT = 70  # letters of a title above every page
CONTENTS_FROM = 3  # headings
MADE_IN = "How this was made: see {appendix}"
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
    appendix = next((n for n, block in enumerate(document.printed) if _begins(block, document.appendix)), None)
    for n, block in enumerate(blocks):
        block["appendix"] = n == appendix
        if document.brief and "chart" in block:
            block["chart"]["high"] = min(block["chart"]["high"], CLOSE)
    if any(not_drawable(text) for text in _texts(document)):
        blocks.append(told(Note(MISSING_LETTERS)))
    return {
        **setting(document),
        "subtitle": document.subtitle,
        "author": document.author,
        "short-title": _short(document.title),
        "short-author": _short(document.author),
        "made": [made.year, made.month, made.day, made.hour, made.minute, made.second],
        "made-on": f"Made on {words.british_date(document.made.date())}",
        "made-as": MADE_AS,
        "facts": document.facts,
        "contents": len(document.headings) >= CONTENTS_FROM and not document.brief,
        "appendix": document.appendix,
        "made-in": MADE_IN.format(appendix=document.appendix),
        "brief": document.brief,
        "blocks": blocks,
    }


def _begins(block: Block, part: str) -> bool:
    return part != "" and block == Heading(part)


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 2].rstrip()} …"


def _texts(document: Document) -> Sequence[str]:
    """Every text a reader sees in the body."""
    found = [document.title, document.subtitle, document.author, *(said for fact in document.facts for said in fact)]
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
        "rows": rows_of(table),
        "widths": widths_of(table),
        "right": figures_of(table),
        "together": fits_a_page(table),
    }
