"""Which signs of a text can stand in a document: whatever a file brought, it is shown as letters and does nothing."""

from __future__ import annotations

import re
import struct
import textwrap
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

FONTS = Path(__file__).parents[2] / "static" / "fonts" / "documents"
UNKNOWN, MAY_BREAK = "\N{REPLACEMENT CHARACTER}", "\N{ZERO WIDTH SPACE}"
_STRETCH = 8  # letters of a long word that stay together
_LONG_WORD = re.compile(r"[^\s-]{30,}")  # after a hyphen any word may be broken
# Control characters, halves of characters, signs that turn the text after them round, byte order marks, private signs,
# and what is no character.
_SPACES = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_NEVER = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    r"\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
# Joiners, ways of reading and variations need no drawing of their own.
_UNSEEN = frozenset([0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x2060, 0x2065), *range(0xFE00, 0xFE10)])
_MARKS = ("Mn", "Mc", "Me")
_SKINS = range(0x1F3FB, 0x1F400)  # drawn with the sign before them, as marks are


def readable(text: object) -> str:
    r"""A text on one line with nothing in it but what can be read; every writer of a document begins here.

    >>> readable("Ash\x07 Court\n\tBlock\u202e 2")
    'Ash Court Block 2'
    """
    return _NEVER.sub("", _SPACES.sub(" ", str(text)))


def drawable(text: object) -> str:
    """The same, with a replacement sign for each letter that none of our fonts has, since PDF/A refuses those.

    A word longer than a column may be broken, at signs without width.

    >>> drawable("Ash 🏠 حي"), drawable("中")
    ('Ash 🏠 حي', '\N{REPLACEMENT CHARACTER}')
    """
    line = readable(text)
    if not line.isascii():
        line = "".join(_as_held(sign) for sign in _signs(line))
    return _LONG_WORD.sub(lambda word: MAY_BREAK.join(textwrap.wrap(word[0], _STRETCH)), line)


def not_drawable(text: object) -> bool:
    """Whether a text has a letter that none of our fonts has."""
    return UNKNOWN in drawable(text)


def right_to_left(text: str) -> bool:
    """Whether a text is read from the right: its first letter with a direction says so.

    >>> right_to_left("12 شارع"), right_to_left("Ash حي")
    (True, False)
    """
    found = (unicodedata.bidirectional(sign) for sign in text)
    return next((way in ("R", "AL") for way in found if way in ("L", "R", "AL")), False)


def _signs(line: str) -> Iterator[str]:
    """What is drawn in one piece: a letter with the marks on it."""
    sign = ""
    for letter in line:
        on_it = ord(letter) in _SKINS or ord(letter) in _UNSEEN or unicodedata.category(letter) in _MARKS
        if sign and not on_it:
            yield sign
            sign = ""
        sign += letter
    if sign:
        yield sign


@lru_cache(10_000)
def _as_held(sign: str) -> str:
    """A letter with its marks where one font has all of them; else a replacement sign for each."""
    needed = {ord(letter) for letter in sign} - _UNSEEN
    if any(needed <= font for font in _fonts()):
        return sign
    return UNKNOWN * max(1, len(needed))


@cache
def _fonts() -> tuple[frozenset[int], ...]:
    """The characters of each font documents are set in."""
    return tuple(frozenset(_characters(font.read_bytes())) for font in sorted(FONTS.glob("*-Regular.ttf")))


def _characters(font: bytes) -> Iterator[int]:
    """The characters a TrueType font has: its ``cmap`` of format 12, else of format 4 (OpenType specification)."""
    tables, start = struct.unpack_from(">H", font, 4)[0], 0
    for place in range(12, 12 + 16 * tables, 16):
        if font[place : place + 4] == b"cmap":
            start = struct.unpack_from(">L", font, place + 8)[0]
    count = struct.unpack_from(">H", font, start + 2)[0]
    offsets = [struct.unpack_from(">HHL", font, start + 4 + 8 * n)[2] + start for n in range(count)]
    formats = {struct.unpack_from(">H", font, offset)[0]: offset for offset in offsets}
    if 12 in formats:
        groups = struct.unpack_from(">L", font, formats[12] + 12)[0]
        for n in range(groups):
            first, last, _ = struct.unpack_from(">LLL", font, formats[12] + 16 + 12 * n)
            yield from range(first, last + 1)
        return
    yield from _segments(font, formats[4])


def _segments(font: bytes, start: int) -> Iterator[int]:
    """The characters of a ``cmap`` of format 4; one that stands for the missing glyph is left out."""
    twice = struct.unpack_from(">H", font, start + 6)[0]
    numbers = f">{twice // 2}H"
    ends = struct.unpack_from(numbers, font, start + 14)
    firsts = struct.unpack_from(numbers, font, start + 16 + twice)
    deltas = struct.unpack_from(numbers, font, start + 16 + 2 * twice)
    ranges = struct.unpack_from(numbers, font, start + 16 + 3 * twice)
    for n, (first, last) in enumerate(zip(firsts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if ranges[n]:
                place = start + 16 + 3 * twice + 2 * n + ranges[n] + 2 * (code - first)
                glyph = struct.unpack_from(">H", font, place)[0]
                if not glyph:
                    continue
            if (glyph + deltas[n]) & 0xFFFF:
                yield code
