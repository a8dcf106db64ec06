"""A comment in the pieces that can each say one thing: sentences, and the clauses inside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.text.phrases import Match, Phrasebook, Shelf, matches

# Words after which a tenant turns to something else: praise before, complaint after, or the other way round.
TURNS = frozenset({"but", "however", "though", "tho", "although", "except", "whereas", "yet", "unfortunately", "shame"})

# Without its apostrophe each of these would be another word (hell, shell, well, ill).
_CONTRACTED = {
    "he'll": "hewill",
    "she'll": "shewill",
    "we'll": "wewill",
    "i'll": "iwill",
    "i'd": "iwould",
    "we'd": "wewould",
}

_PIECE = re.compile(
    r"(?P<word>\[[^\]\n]{1,20}\]|[^\W_]+(?:'[^\W_]+)*)|(?P<stop>[.!?;:\n…]+)|(?P<pause>[,()–—])|(?P<mark>[^\s\w'\"-])"
)
_DASH = re.compile(r"\s-+\s")


NOWHERE: tuple[frozenset[int], dict[int, list[Match]]] = (frozenset(), {})  # no shelf was looked into


@dataclass(frozen=True)
class Clause:
    """A run of words with no pause in it: as written but for apostrophes, in lower case, and of which sentence.

    ``places`` says where in the text each word stands.
    """

    words: tuple[str, ...]
    lower: tuple[str, ...]
    sentence: int
    asks: bool = False  # ends with a question mark
    places: tuple[tuple[int, int], ...] = ()
    shown: tuple[frozenset[int], dict[int, list[Match]]] = field(default=NOWHERE, compare=False, repr=False)

    def matches(self, book: Phrasebook) -> list[Match]:
        """Every phrase of a book found in it: known already where the book stood on a shelf that was looked into."""
        numbers, found = self.shown
        return found.get(book.number, []) if book.number in numbers else matches(self.lower, book)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where words ``first`` up to (not with) ``last`` stand in the text."""
        return self.places[first][0], self.places[last - 1][1]


def clauses(text: str, shelf: Shelf | None = None) -> list[Clause]:
    """The clauses of a tidied, redacted text, in order; the books of a shelf are looked into at once.

    >>> [" ".join(c.lower) for c in clauses("Staff are nice, but I've waited 3 weeks. Why?")]
    ['staff are nice', 'but ive waited 3 weeks', 'why']
    """
    found: list[Clause] = []
    words: list[str] = []
    places: list[tuple[int, int]] = []
    sentence = 0
    for match in _PIECE.finditer(_DASH.sub(_comma, text)):
        piece, kind = match[0], match.lastgroup
        if kind in ("word", "mark"):
            word = _plain(piece)
            if word.lower() in TURNS:
                _close(words, places, sentence, found, shelf)
            words.append(word)
            places.append(match.span())
            continue
        if _decimal(match):
            continue
        _close(words, places, sentence, found, shelf, asks="?" in piece)
        sentence += kind == "stop"
    _close(words, places, sentence, found, shelf)
    return found


def _comma(dash: re.Match[str]) -> str:
    """A comma for a dash, as long as it was: words keep their places."""
    return ",".ljust(len(dash[0]))


def _plain(word: str) -> str:
    """A word without apostrophes; the northern t' goes with its apostrophe."""
    if "'" not in word:
        return word
    if word.lower() in _CONTRACTED:
        return _CONTRACTED[word.lower()]
    return word[2:] if word[:2] in ("t'", "T'") and len(word) > 4 else word.replace("'", "")


def _decimal(match: re.Match[str]) -> bool:
    """Whether a full stop or colon stands between two figures: 7.30, 8:15."""
    text, at = match.string, match.start()
    return match[0] in ".:" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


def _close(
    words: list[str],
    places: list[tuple[int, int]],
    sentence: int,
    found: list[Clause],
    shelf: Shelf | None,
    asks: bool = False,
) -> None:
    if words:
        lower = tuple([word.lower() for word in words])
        shown = (shelf.numbers, shelf.found(lower)) if shelf else NOWHERE
        found.append(Clause(tuple(words), lower, sentence, asks, tuple(places), shown))
        words.clear()
        places.clear()
