"""Sentences of a paragraph, each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A stop, whatever closes a quotation, and a space before what can begin a sentence.
_ENDS = re.compile(r"[.!?…]+[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9\[\ue000-\uf8ff])")
_NO_END = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|no|nos|ref|e\.g|i\.e|etc|vs|approx|dept|para|s|ss|ltd|co|rd|ave|tel|ext|p|pp|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends.

    >>> said = "Dear Mr. Ode, we came on 3 May. Nobody was in!"
    >>> [said[start:end] for start, end in sentences(said)]
    ['Dear Mr. Ode, we came on 3 May.', 'Nobody was in!']
    """
    start = 0
    for match in _ENDS.finditer(text):
        end = match.start() + len(match[0].rstrip())
        stop = text[start : match.start() + 1]
        if _NO_END.search(stop) and text[match.start()] not in "!?…":
            continue
        if text[start:end].strip():
            yield start, end
        start = match.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


def spoken_words(text: str) -> list[str]:
    """The words of a sentence that are read aloud as words: no figures, no brackets that stand for a detail.

    >>> spoken_words("We'll come at 10.30 to [address].")
    ["We'll", 'come', 'at', 'to']
    """
    return _WORD.findall(re.sub(r"\[[^\]\n]{0,60}\]", " ", text))
