"""A comment in the pieces that can each say one thing: sentences, and the clauses inside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import accumulate
from typing import NamedTuple

from analysis.text.phrases import Match, Phrasebook, Shelf, matches
from analysis.text.remembered import Remembered

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

_STOPS, _PAUSES = ".!?;:\n…", ",()–—"
_PIECE = re.compile(  # a word, a stop, a pause, another sign
    rf"(\[[^\]\n]{{1,20}}\]|[^\W_]+(?:'[^\W_]+)*|[{_STOPS}]+|[{_PAUSES}]|[^\s\w'\"-])"
)
_DASH = re.compile(r"\s-+\s")
_WORD, _TURN, _PAUSE, _STOP = range(4)  # kinds of pieces; all but a word end a clause


class Clause(NamedTuple):
    """A run of words with no pause in it: as written but for apostrophes, in lower case, and of which sentence.

    ``places`` says where in the text each word stands. ``found`` holds what the books of a shelf, told by their
    ``numbers``, find in it.
    """

    words: tuple[str, ...]
    lower: tuple[str, ...]
    sentence: int
    asks: bool = False  # ends with a question mark
    places: tuple[tuple[int, int], ...] = ()
    numbers: frozenset[int] = frozenset()
    found: Mapping[int, list[Match]] = {}

    def matches(self, book: Phrasebook) -> list[Match]:
        """Every phrase of a book found in it: known already where the book stood on a shelf that was looked into."""
        if book.number in self.numbers:
            return self.found.get(book.number, [])
        return matches(self.lower, book)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where words ``first`` up to (not with) ``last`` stand in the text."""
        return self.places[first][0], self.places[last - 1][1]


class _Piece(NamedTuple):
    """What one piece of a text is, wherever it stands: a sign, or a word as it is kept, and that in lower case."""

    kind: int
    word: str = ""
    lower: str = ""


def clauses(text: str, shelf: Shelf | None = None) -> list[Clause]:
    """The clauses of a tidied, redacted text, in order; the books of a shelf are looked into at once.

    >>> [" ".join(c.lower) for c in clauses("Staff are nice, but I've waited 3 weeks. Why?")]
    ['staff are nice', 'but ive waited 3 weeks', 'why']
    """
    split = _PIECE.split(_DASH.sub(_comma, text) if "-" in text else text)  # what is skipped and a piece, by turns
    ends = list(accumulate(map(len, split)))
    written = split[1::2]
    pieces, places = [_PIECES[piece] for piece in written], list(zip(ends[::2], ends[1::2], strict=False))
    breaks = [i for i, piece in enumerate(pieces) if piece.kind]
    within = [i for i in breaks if written[i] in (".", ":") and _decimal(text, places[i])]
    if within:
        for i in reversed(within):
            del written[i], pieces[i], places[i]
        breaks = [i for i, piece in enumerate(pieces) if piece.kind]
    words, lower = tuple([piece.word for piece in pieces]), tuple([piece.lower for piece in pieces])
    numbers = shelf.numbers if shelf else frozenset()
    found: list[Clause] = []
    first = sentence = 0
    for i in [*breaks, len(pieces)]:
        kind = pieces[i].kind if i < len(pieces) else _STOP
        if i > first:
            asks = kind == _STOP and i < len(pieces) and "?" in written[i]
            run = lower[first:i]
            shown = shelf.found(run) if shelf else {}
            found.append(Clause(words[first:i], run, sentence, asks, tuple(places[first:i]), numbers, shown))
        first = i if kind == _TURN else i + 1
        sentence += kind == _STOP
    return found


def _comma(dash: re.Match[str]) -> str:
    """A comma for a dash, as long as it was: words keep their places."""
    return ",".ljust(len(dash[0]))


def _piece(written: str) -> _Piece:
    if written[0] in _STOPS:
        return _Piece(_STOP)
    if written in _PAUSES:
        return _Piece(_PAUSE)
    word = _plain(written)
    return _Piece(_TURN if word.lower() in TURNS else _WORD, word, word.lower())


_PIECES = Remembered(_piece)


def _plain(word: str) -> str:
    """A word without apostrophes; the northern t' goes with its apostrophe."""
    if "'" not in word:
        return word
    if word.lower() in _CONTRACTED:
        return _CONTRACTED[word.lower()]
    return word[2:] if word[:2] in ("t'", "T'") and len(word) > 4 else word.replace("'", "")


def _decimal(text: str, place: tuple[int, int]) -> bool:
    """Whether the full stop or colon there stands between two figures: 7.30, 8:15."""
    return text[place[0] - 1 : place[0]].isdigit() and text[place[1] : place[1] + 1].isdigit()
