"""A comment made plain before it is read: one spelling for each space, quote and digit, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

from analysis.text.mending import mend

LONGEST = 20_000  # characters kept of one comment; the longest letters in complaint systems are shorter
NEAR = 400  # characters before the cut in which a sentence is looked for that ends
CUT = " [cut here: too long]"

# Characters that show nothing and can hide a name or a number from a pattern: zero-width spaces, joiners,
# soft hyphens, direction marks, the byte-order mark.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x034F, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
_QUOTES = str.maketrans({**dict.fromkeys("‘’‚‛′´`ʼ＇", "'"), **dict.fromkeys("“”„‟″«»＂", '"')})
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒−﹣－", "-"))
# Digits of other scripts, by the code of their zero (Arabic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati).
_DIGITS = {zero + n: str(n) for zero in (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6) for n in range(10)}
_PLAIN = {**_INVISIBLE, **_QUOTES, **_HYPHENS, **_DIGITS}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n[\n ]*")
_LONG = re.compile(r"\S{60}")  # no word is as long: a file, or an address of a page
_ASKED = re.compile(r"\?[a-z]", re.IGNORECASE)
_MOST_TIMES = 3  # mending may bring to light what wants mending


def tidy(text: str) -> str:
    """The same words with plain spaces, quotes, hyphens and digits, and nothing invisible; at most ``LONGEST`` long.

    Letters, entities and tags that a file or a program spoilt are mended; a file pasted into the text gives "[file]".

    >>> tidy("call\\u00a0me\\u200b on ０７７００ 900123 – it’s Dave")
    "call me on 07700 900123 – it's Dave"
    """
    for _ in range(_MOST_TIMES):
        before = text
        spoilt = _may_be_spoilt(text)
        if spoilt:
            text = mend(text)
        if not text.isascii():
            text = unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_PLAIN)
        text = _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
        text = _BREAKS.sub("\n", _SPACES.sub(" ", text)).strip()
        if not spoilt or text == before:
            break
    return text if len(text) <= LONGEST else _cut(text)


def _may_be_spoilt(text: str) -> bool:
    """A quick no for most texts."""
    if not text.isascii() or "&" in text or "<" in text or "_x000" in text:
        return True
    return bool(("?" in text and _ASKED.search(text)) or _LONG.search(text))


def _cut(text: str) -> str:
    """The first ``LONGEST`` characters, ending at a sentence where one ends near, with a note that there was more.

    A number or an address cut in two could not be told for what it is.
    """
    head = text[:LONGEST]
    ends = max(head.rfind(stop, LONGEST - NEAR) for stop in (". ", "! ", "? ", "\n"))
    return (head[: ends + 1] if ends > 0 else head[: max(head.rfind(" ", 0, LONGEST - NEAR), LONGEST - 2 * NEAR)]) + CUT
