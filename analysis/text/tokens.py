"""Where the words of a text begin and end, for the readers that must give back places in it."""

from __future__ import annotations

import re
from functools import partial
from itertools import accumulate
from typing import NamedTuple

# The separators cannot begin or end a word, so the pattern never looks back: linear in the length of the text.
_WORD = re.compile(r"([^\W_]+(?:['\-][^\W_]+|/\d[^\W_]*)*)")
_POSSESSIVES = ("'s", "'S")


class Token(NamedTuple):
    """One word: as written, in lower case, where it stands, and what stands between it and the word before."""

    word: str
    lower: str
    start: int
    end: int
    gap: str


_token = partial(tuple.__new__, Token)  # Token(…) takes three times as long, and a text has many words


def tokens(text: str) -> list[Token]:
    """The words of a text in order; a possessive ``'s`` is left outside its word.

    >>> [t.word for t in tokens("Mr Dhillon's flat, 12b")]
    ['Mr', 'Dhillon', 'flat', '12b']
    """
    pieces = _WORD.split(text)  # a gap and a word by turns; a match for each would take twice as long
    words, ends = pieces[1::2], list(accumulate(map(len, pieces)))
    found = list(map(_token, zip(words, map(str.lower, words), ends[::2], ends[1::2], pieces[::2], strict=False)))
    return _without_possessives(found) if "'s" in text or "'S" in text else found


def _without_possessives(words: list[Token]) -> list[Token]:
    gap = ""  # what the word before left outside
    for i, word in enumerate(words):
        left = word.word[-2:] if word.word[-2:] in _POSSESSIVES and len(word.word) > 3 else ""
        if left or gap:
            own = word.word[:-2] if left else word.word
            words[i] = Token(own, own.lower(), word.start, word.end - len(left), gap + word.gap)
        gap = left
    return words
