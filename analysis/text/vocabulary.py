"""Which words are ordinary English: a capital word that is none, nor a slip of the keys from one, may be a name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from analysis.text.remembered import Remembered

SHORTEST_SLIP = 5  # letters; a shorter word is one letter away from too many others
SHORTEST_PART = 3  # letters of each part of a word run together: "stair" and "lift"

_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""))
_SPOKEN = (
    *_ENDINGS,
    ("in", ""),
    ("in", "e"),
    ("er", ""),
    ("er", "e"),
    ("est", ""),
    ("ish", ""),
    ("y", ""),
    ("ness", ""),
)
_PREFIXES = ("re", "un", "non", "mis", "pre", "sub", "over", "under", "anti", "multi", "semi", "super", "out", "up")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Vocabulary:
    """Ordinary words in lower case, without those that a plain ending makes from another."""

    words: frozenset[str]
    exact: frozenset[str] = frozenset()  # known only as they stand: places, makers, short forms

    def strange(self, word: str) -> bool:
        """Whether a word in lower case is no ordinary word, no word run together and no slip of the keys.

        >>> book = Vocabulary(frozenset(["house", "stair", "lift", "receive"]))
        >>> [book.strange(word) for word in ("houses", "stairlift", "recieve", "tsering")]
        [False, False, False, True]
        """
        return self._strange[word]

    @cached_property
    def _strange(self) -> Remembered[bool]:
        return Remembered(lambda word: self._is_strange(_plain(word)))

    def unlisted(self, word: str) -> bool:
        """Whether a word is in no list, though it may be a slip of the keys or run together."""
        return not self._known(_plain(word))

    def _is_strange(self, word: str) -> bool:
        parts = word.split("-")
        if len(parts) > 1:
            return any(len(part) >= SHORTEST_PART and self._is_strange(part) for part in parts)
        if "'" in word and self._known(word.split("'")[0]):
            return False
        word = word.replace("'", "")
        if len(word) < SHORTEST_PART or not word.isalpha() or not _may_be_spoken(word):
            return False
        return not (self._known(word) or self._run_together(word) or self._slipped(word))

    def _known(self, word: str) -> bool:
        plural = len(word) > SHORTEST_PART + 1 and word[-1] == "s" and word[:-1] in self.exact
        return plural or word in self.exact or any(stem in self.words for stem in _stems(word))

    def _run_together(self, word: str) -> bool:
        for before in _PREFIXES:
            if word.startswith(before) and len(word) - len(before) > SHORTEST_PART and self._known(word[len(before) :]):
                return True
        return any(
            word[:at] in self.words and any(stem in self.words for stem in _stems(word[at:]))
            for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
        )

    def _slipped(self, word: str) -> bool:
        return len(word) >= SHORTEST_SLIP and any(slip in self.words for stem in _stems(word) for slip in _slips(stem))


def _plain(word: str) -> str:
    """Without accents: "café" is a word, written "cafe" here."""
    if word.isascii():
        return word
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


def _may_be_spoken(word: str) -> bool:
    """Whether there is a vowel in it: "Flr" and "Bldg" are short for something."""
    return any(sign in "aeiouy" or sign > "z" for sign in word)


def _stems(word: str) -> Iterator[str]:
    """The word, and what it may have been before its ending."""
    yield word
    for ending, instead in _SPOKEN:
        stem = word[: -len(ending)]
        if len(stem) >= SHORTEST_PART and word.endswith(ending):
            yield stem + instead
            if not instead and stem[-1] == stem[-2]:
                yield stem[:-1]


def _slips(word: str) -> Iterator[str]:
    """Every word that one slip makes into this one: a letter too many, too few, wrong, or two changed about."""
    if len(word) < SHORTEST_SLIP - 1:
        return
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
        for letter in _LETTERS:
            yield word[:at] + letter + word[at + 1 :]
            yield word[:at] + letter + word[at:]
