"""Where the words of a text begin and end, for the readers that must give back places in it."""

from __future__ import annotations

import re
from typing import NamedTuple

# The separators cannot begin or end a word, so the pattern never looks back: linear in the length of the text.
_WORD = re.compile(r"[^\W_]+(?:['\-][^\W_]+|/\d[^\W_]*)*")


class Token(NamedTuple):
    """One word: as written, in lower case, where it stands, and what stands between it and the word before."""

    word: str
    lower: str
    start: int
    end: int
    gap: str


def tokens(text: str) -> list[Token]:
    """The words of a text in order; a possessive ``'s`` is left outside its word.

    >>> [t.word for t in tokens("Mr Dhillon's flat, 12b")]
    ['Mr', 'Dhillon', 'flat', '12b']
    """
    found: list[Token] = []
    new = tuple.__new__  # Token(…) takes half as long again, and a text has many words
    last = 0
    for match in _WORD.finditer(text):
        word = match[0]
        start, end = match.span()
        if word[-2:] in ("'s", "'S") and len(word) > 3:
            word, end = word[:-2], end - 2
        found.append(new(Token, (word, word.lower(), start, end, text[last:start])))
        last = end
    return found
