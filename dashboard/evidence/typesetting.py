"""Typst at work: our own fonts and nothing of the computer's, our own templates, and every text as data."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from dashboard.evidence.blocks import CannotWrite, Document
from dashboard.evidence.letters import FONTS, drawable, readable

DASHBOARD = Path(__file__).parents[1]  # what templates may read: each other, nothing outside
FAMILIES = (
    "Public Sans",
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Bengali",
    "Noto Sans Devanagari",
    "Noto Sans Gujarati",
    "Noto Sans Gurmukhi",
    "Noto Sans Tamil",
    "Noto Emoji",
)
STANDARDS = ("a-2a", "ua-1")  # the only PDF there is: PDF/A-2a and PDF/UA-1 at once
UNDRAWN = ("alt",)  # heard, not seen: every letter may stand in it


def pdf(template: str, data: Mapping[str, Any], made: datetime) -> bytes:
    """A PDF/A-2a and PDF/UA-1 of a template with this data; made twice it is the same to the byte.

    Raises CannotWrite where Typst refuses it, as it does a picture without words for those who cannot see it.
    """
    options = {"pdf_standards": list(STANDARDS), "timestamp": made.astimezone(UTC)}
    return _compiled(template, data, format="pdf", **options)[0]


def pictures(template: str, data: Mapping[str, Any], dots_an_inch: int) -> tuple[bytes, ...]:
    """A PNG of each page of a template with this data. Raises CannotWrite where Typst refuses it."""
    return _compiled(template, data, format="png", ppi=float(dots_an_inch))


def _compiled(template: str, data: Mapping[str, Any], **options: Any) -> tuple[bytes, ...]:
    given = json.dumps(_letters(data), ensure_ascii=False)
    try:
        compiler = typst.Compiler(
            DASHBOARD / "evidence" / template, root=DASHBOARD, font_paths=_fonts(), sys_inputs={"document": given}
        )
        made = compiler.compile(**options)
    except typst.TypstError as refused:
        raise CannotWrite(f"The document cannot be set: {refused.message}") from refused
    return tuple(made) if isinstance(made, list) else (made,)


def setting(document: Document) -> dict[str, Any]:
    """What every template needs to know of a document's text."""
    language, _, region = document.language.partition("-")
    return {"title": document.title, "fonts": FAMILIES, "language": language, "region": region or None}


@cache
def _fonts() -> typst.Fonts:
    """Our own typefaces and no others. Raises CannotWrite where one is missing."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    missing = sorted(set(FAMILIES) - set(fonts.families()))
    if missing:
        folder = "/".join(FONTS.parts[-3:])
        raise CannotWrite(f"The typeface {missing[0]} is not in {folder}: install Tenant Voice anew.")
    return fonts


def _letters(given: object, key: str = "") -> object:
    """The same data with every text in letters that can be drawn."""
    if isinstance(given, str):
        return readable(given) if key in UNDRAWN else drawable(given)
    if isinstance(given, Mapping):
        return {name: _letters(value, name) for name, value in given.items()}
    if isinstance(given, Sequence):
        return [_letters(each) for each in given]
    return given
