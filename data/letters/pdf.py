"""The text of a PDF, page by page; a page that is a picture is told of, never taken for an empty one."""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections import Counter
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from analysis.model import Problem
from analysis.model.letters import Paragraph
from data.columns.faults import UnreadableFile, fault

MOST_PAGES = 200
LARGEST_PAGE = 2_000_000  # bytes of drawing, unpacked: a full page of text has about 10,000
FEWEST_WORDS = 5  # on a page with a picture: fewer are a stamp or a page number, and the page was scanned
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE_ENDS = re.compile(r"[.!?:]['\")\]]?\s*$")
_BULLET = re.compile(r"^\s*(?:[•●▪◦\uf0b7*–-]|\(?[0-9a-z]{1,2}[.)])\s+")
_HYPHEN = re.compile(r"(?<=[a-z])-$")
SHORT = 0.7  # of the usual line: a line as short ends its paragraph
REFUSED = (
    PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError, ArithmeticError, AssertionError,
    NotImplementedError, MemoryError, OSError, zlib.error, struct.error,
)  # fmt: skip
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it says of a file may hold words of the file


def pdf_paragraphs(path: Path, name: str) -> tuple[tuple[Paragraph, ...], tuple[Problem, ...]]:
    """The paragraphs of a PDF and what is to be said of pages that are pictures.

    Raises UnreadableFile where it is locked, damaged, far too long, or nothing but pictures.
    """
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not _opens_without_password(reader):
            raise UnreadableFile(fault("letter_locked", name))
        if len(reader.pages) > MOST_PAGES:
            raise UnreadableFile(
                fault("letter_too_big", name, value=_counted(len(reader.pages)), limit=_counted(MOST_PAGES))
            )
        pages = [(_text(page, name), _has_picture(page)) for page in reader.pages]
    except (DependencyError, NotImplementedError) as error:  # a cipher that is not read here
        raise UnreadableFile(fault("letter_locked", name)) from error
    except REFUSED as error:
        raise UnreadableFile(fault("letter_damaged", name)) from error
    spoken = [len(_WORD.findall(text)) for text, _ in pages]
    scanned = [n for n, ((_, picture), words) in enumerate(zip(pages, spoken, strict=True), start=1)
               if picture and words < FEWEST_WORDS]  # fmt: skip
    if not sum(spoken) or (scanned and len(scanned) == sum(words < FEWEST_WORDS for words in spoken) == len(pages)):
        rule = "letter_scanned" if scanned else "letter_empty"
        raise UnreadableFile(fault(rule, name, value=_counted(len(pages)) if scanned else ""))
    problems = tuple(fault("letter_page_scanned", name, page=n) for n in scanned)
    found = [each for n, (text, _) in enumerate(pages, start=1) if n not in scanned for each in _page(text, n)]
    return tuple(found), problems


def _text(page: PageObject, name: str) -> str:
    """The text drawn on a page. Raises UnreadableFile where a page says far more than a page can hold."""
    drawn = page.get_contents()
    size = len(drawn.get_data()) if drawn is not None else 0
    if size > LARGEST_PAGE:
        raise UnreadableFile(fault("letter_bomb", name, found=f"{size:,} bytes on one page"))
    return page.extract_text() or ""


def _counted(pages: int) -> str:
    return "1 page" if pages == 1 else f"{pages} pages"


def _opens_without_password(reader: PdfReader) -> bool:
    """Whether it is only protected against change, which needs no password to read."""
    try:
        return bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):
        return False


def _has_picture(page: object) -> bool:
    """Whether a picture is drawn on the page, in it or in a form it uses."""
    try:
        resources = page["/Resources"].get_object()  # type: ignore[index]  # pypdf does not say what a page holds
        drawn = resources.get("/XObject", {}).get_object().values()
        return any(each.get_object().get("/Subtype") in ("/Image", "/Form") for each in drawn)
    except (KeyError, TypeError, AttributeError):
        return False


def _page(text: str, number: int) -> list[Paragraph]:
    """Lines joined into paragraphs: one ends at an empty line, before a bullet, and after a short last line."""
    lines = [line.rstrip() for line in text.splitlines()]
    lengths = Counter(len(line) // 10 * 10 for line in lines if line.strip())
    usual = max(lengths, default=0)
    paragraphs: list[str] = []
    going_on = False
    for line in lines:
        if not line.strip():
            going_on = False
            continue
        if going_on and not _BULLET.match(line):
            before = paragraphs[-1]
            paragraphs[-1] = (_HYPHEN.sub("", before) if _HYPHEN.search(before) else f"{before} ") + line.strip()
        else:
            paragraphs.append(line.strip())
        going_on = not (len(line) < SHORT * usual and (_SENTENCE_ENDS.search(line) or len(line) < 0.5 * usual))
    place = f"page {number}, paragraph {{}}"
    return [Paragraph(place.format(n), each) for n, each in enumerate(paragraphs, start=1)]
