"""The paragraphs of a Word document: text, tables, text boxes, headers and footers, with its merge fields.

A DOCX is a zip of XML. It is read here directly: libraries for it pass over content controls and text boxes, and give a
merge field's last value in place of its name.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from analysis.model.letters import Paragraph
from data.columns.faults import UnreadableFile, fault

REFUSED = (
    zipfile.BadZipFile, ParseError, DefusedXmlException, NotImplementedError, RuntimeError, OSError, ValueError,
    LookupError, EOFError, MemoryError, zlib.error,
)  # fmt: skip
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FIELD_NAME = re.compile(
    r"\s*(?:MERGEFIELD|ASK|FILLIN|DOCPROPERTY)\s+\"?([^\"\\]+?)\"?\s*(?:\\.*)?$", re.IGNORECASE | re.S
)
PARTS = (  # where the words of a letter may stand, in reading order
    ("header", re.compile(r"word/header\d*\.xml$")),
    ("", re.compile(r"word/document\.xml$")),
    ("note", re.compile(r"word/(?:foot|end)notes\.xml$")),
    ("footer", re.compile(r"word/footer\d*\.xml$")),
)


def word_paragraphs(path: Path, name: str) -> tuple[Paragraph, ...]:
    """Every paragraph that holds words. Deleted and hidden text is left out. Raises UnreadableFile where damaged."""
    found: list[Paragraph] = []
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(archive.namelist())
            for part, pattern in PARTS:
                for each in filter(pattern.match, names):
                    found += _paragraphs(fromstring(archive.read(each), forbid_dtd=True), part)
    except REFUSED as error:
        rule = "letter_locked" if "password" in str(error) else "letter_damaged"
        raise UnreadableFile(fault(rule, name)) from error
    return tuple(found)


def _paragraphs(root: Element, part: str) -> Iterator[Paragraph]:
    for number, (element, place) in enumerate(_walk(root, ""), start=1):
        text = _text(element)
        if text.strip():
            yield Paragraph(part or (f"{place}, paragraph {number}" if place else f"paragraph {number}"), text)


def _walk(element: Element, place: str) -> Iterator[tuple[Element, str]]:
    """Every paragraph in order, with the row of the table it is in; a text box stands after the paragraph it is in."""
    tables = 0
    for child in element:
        tag = _tag(child)
        if tag == "p":
            yield child, place
            for inner in child.iter():
                if _tag(inner) == "txbxContent" and not _is_fallback(child, inner):
                    yield from _walk(inner, "text box")
        elif tag == "tbl":
            tables += 1
            rows = [each for each in child.iter() if _tag(each) == "tr"]
            for n, row in enumerate(rows, start=1):
                yield from _walk_cells(row, f"table {tables} row {n}")
        elif tag not in ("del", "sectPr"):
            yield from _walk(child, place)


def _walk_cells(row: Element, place: str) -> Iterator[tuple[Element, str]]:
    for cell in row:
        if _tag(cell) in ("tc", "sdt"):
            for element, _ in _walk_without_tables(cell):
                yield element, place


def _walk_without_tables(element: Element) -> Iterator[tuple[Element, str]]:
    for child in element:
        if _tag(child) == "p":
            yield child, ""
        elif _tag(child) not in ("tbl", "del"):  # the rows of a table in a table are told with the outer one
            yield from _walk_without_tables(child)


def _is_fallback(paragraph: Element, box: Element) -> bool:
    """Whether a text box is the older twin that Word keeps of another."""
    return any(_tag(each) == "Fallback" and box in list(each.iter()) for each in paragraph.iter())


def _text(paragraph: Element) -> str:
    """The words of a paragraph, each merge field as «Name»."""
    pieces: list[str] = []
    fields: list[dict[str, str]] = []  # fields begun and not ended, the innermost last
    _gather(paragraph, pieces, fields)
    for field in fields:  # one that ends in another paragraph
        pieces.append(_field(field))
    return "".join(pieces)


def _gather(element: Element, pieces: list[str], fields: list[dict[str, str]]) -> None:
    for child in element:
        tag = _tag(child)
        if tag in ("del", "moveFrom", "txbxContent", "pPr", "rPr"):
            continue
        if tag == "r" and _hidden(child):
            continue
        if tag == "fldSimple":
            inside: list[str] = []
            _gather(child, inside, [])
            pieces.append(_field({"code": child.get(f"{_space(child)}instr", ""), "shown": "".join(inside)}))
        elif tag == "fldChar":
            _field_sign(child.get(f"{_space(child)}fldCharType", ""), pieces, fields)
        elif tag == "instrText":
            if fields:
                fields[-1]["code"] += child.text or ""
        elif tag in ("t", "noBreakHyphen", "tab", "br", "cr"):
            said = (child.text or "") if tag == "t" else "-" if tag == "noBreakHyphen" else " "
            if fields:
                fields[-1]["shown"] += said if fields[-1]["separated"] else ""
            else:
                pieces.append(said)
        else:
            _gather(child, pieces, fields)


def _field_sign(sign: str, pieces: list[str], fields: list[dict[str, str]]) -> None:
    if sign == "begin":
        fields.append({"code": "", "shown": "", "separated": ""})
    elif sign == "separate" and fields:
        fields[-1]["separated"] = "yes"
    elif sign == "end" and fields:
        said = _field(fields.pop())
        if fields:
            fields[-1]["shown"] += said if fields[-1]["separated"] else ""
        else:
            pieces.append(said)


def _field(field: dict[str, str]) -> str:
    """«Name» of a merge field; of any other (a date, a link, a page number) what it shows."""
    if match := _FIELD_NAME.match(field["code"]):
        return f"«{match[1].strip()}»"
    return field["shown"]


def _hidden(run: Element) -> bool:
    kept = next((each for each in run if _tag(each) == "rPr"), None)
    return kept is not None and any(
        _tag(each) == "vanish" and each.get(f"{_space(each)}val", "true") not in ("0", "false") for each in kept
    )


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _space(element: Element) -> str:
    return _STRICT if element.tag.startswith(_STRICT) else _W
