"""A book of phrases and what each stands for; finds them in a run of words in one pass.

Syntax: words parted by spaces; ``*`` ends a stem, ``a|b`` is either word, ``~`` up to three words between, ``#`` a
number in figures or words. Everything is lower case without apostrophes, as ``clauses`` gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

GAP = "~"
NUMBER = "#"
LONGEST_GAP = 3
STEM = 3  # a stem that begins a phrase is looked up by its first letters, so it has at least this many
REMEMBERED = 50_000  # words whose phrases are kept at hand
NUMBERS = frozenset(
    {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fourteen"}
    | {"couple", "few", "several", "many", "dozen"}
)


class Phrase(NamedTuple):
    """A phrase as the register writes it, and what it stands for."""

    text: str
    meanings: tuple[str, ...]


class Match(NamedTuple):
    """A phrase found in words ``first`` up to (not with) ``last``."""

    first: int
    last: int
    phrase: Phrase


@dataclass(slots=True)
class _Step:
    """How far the words read so far have come in some phrases: which words may follow, and which phrase ends here."""

    words: dict[str, _Step] = field(default_factory=dict)
    stems: dict[str, _Step] = field(default_factory=dict)
    number: _Step | None = None
    gap: _Step | None = None
    ends: Phrase | None = None

    @property
    def open(self) -> bool:
        """Whether it may lead somewhere whatever the next word is; else only a word of ``words`` goes on."""
        return bool(self.ends or self.gap or self.number or self.stems)


_Starting = tuple[tuple[Mapping[str, _Step] | None, _Step], ...]


@dataclass(frozen=True)
class Phrasebook:
    """Phrases by their words, one word at a time; make one with ``phrasebook``."""

    start: _Step
    stems: Mapping[str, tuple[tuple[str, _Step], ...]]  # those that begin a phrase, by their first letters
    number: int = field(default_factory=count().__next__, compare=False)  # tells this book from every other
    _near: dict[str, _Starting] = field(default_factory=dict, compare=False, repr=False)

    def starting(self, word: str) -> _Starting:
        """How phrases that may begin with this word go on, each with the words one of which must follow (None: any)."""
        known = self._near.get(word)
        if known is not None:
            return known
        found = [step for stem, step in self.stems.get(word[:STEM], ()) if word.startswith(stem)]
        if word in self.start.words:
            found.append(self.start.words[word])
        if self.start.number and _is_number(word):
            found.append(self.start.number)
        if len(self._near) > REMEMBERED:
            self._near.clear()
        self._near[word] = tuple((None if step.open else step.words, step) for step in found)
        return self._near[word]


def phrasebook(meanings: Mapping[str, Iterable[str]]) -> Phrasebook:
    """A book from {what it stands for: phrases}. Raises ValueError where a phrase cannot begin as it does."""
    by_text: dict[str, list[str]] = {}
    for meaning, texts in meanings.items():
        for text in texts:
            by_text.setdefault(text, []).append(meaning)
    start = _Step()
    for text, stands_for in by_text.items():
        for step in _steps(start, text):
            step.ends = Phrase(text, tuple(stands_for))
    stems: dict[str, tuple[tuple[str, _Step], ...]] = {}
    for stem, step in start.stems.items():
        stems[stem[:STEM]] = (*stems.get(stem[:STEM], ()), (stem, step))
    return Phrasebook(start, stems)


def matches(words: Sequence[str], book: Phrasebook) -> list[Match]:
    """Every phrase of the book found in these words, in order of where it begins."""
    found: list[Match] = []
    near = book._near.get  # most words begin no phrase: looked up here, without a call
    for first, word in enumerate(words):
        known = near(word)
        for onward, step in book.starting(word) if known is None else known:
            if onward is None or (first + 1 < len(words) and words[first + 1] in onward):
                _follow(words, first, first + 1, step, found)
    return found


class Shelf:
    """Books looked into together, in one pass over the words: most words begin a phrase in none of them."""

    def __init__(self, books: Iterable[Phrasebook]) -> None:
        self.books = tuple(books)
        self.numbers = frozenset(book.number for book in self.books)
        self._near: dict[str, tuple[tuple[int, Mapping[str, _Step] | None, _Step], ...]] = {}

    def found(self, words: Sequence[str]) -> dict[int, list[Match]]:
        """What each book finds, by its number; a book that finds nothing is left out."""
        found: dict[int, list[Match]] = {}
        near = self._near.get
        for first, word in enumerate(words):
            known = near(word)
            for number, onward, step in self._starting(word) if known is None else known:
                if onward is None or (first + 1 < len(words) and words[first + 1] in onward):
                    _follow(words, first, first + 1, step, found.setdefault(number, []))
        return found

    def _starting(self, word: str) -> tuple[tuple[int, Mapping[str, _Step] | None, _Step], ...]:
        if len(self._near) > REMEMBERED:
            self._near.clear()
        self._near[word] = tuple((book.number, *pair) for book in self.books for pair in book.starting(word))
        return self._near[word]


def longest(found: Iterable[Match]) -> list[Match]:
    """Of matches that overlap, the one with most words (the first, of equals); in order of place."""
    taken: set[int] = set()
    kept = []
    for match in sorted(found, key=lambda m: (m.first - m.last, m.first)):
        span = range(match.first, match.last)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(match)
    return sorted(kept, key=lambda m: m.first)


def phrase_list(text: str) -> tuple[str, ...]:
    """The phrases of a register entry, which are parted by commas."""
    return tuple(" ".join(piece.split()) for piece in text.split(",") if piece.strip())


def _steps(start: _Step, text: str) -> list[_Step]:
    """The steps at which a phrase ends, made where they are not there yet; several where it has either-or words."""
    reached = [start]
    for place, part in enumerate(text.split()):
        if place == 0 and (part == GAP or any(len(p) <= STEM for p in part.split("|") if p.endswith("*"))):
            raise ValueError(f"'{text}' begins with a gap or a stem of under {STEM} letters; write a longer one.")
        reached = [_step(step, piece) for step in reached for piece in part.split("|")]
    return reached


def _step(step: _Step, piece: str) -> _Step:
    if piece == GAP:
        step.gap = step.gap or _Step()
        return step.gap
    if piece == NUMBER:
        step.number = step.number or _Step()
        return step.number
    if piece.endswith("*"):
        return step.stems.setdefault(piece[:-1], _Step())
    return step.words.setdefault(piece, _Step())


def _follow(words: Sequence[str], first: int, at: int, step: _Step, found: list[Match]) -> None:
    """Add every phrase that goes on from this step with the words at ``at``."""
    if step.ends:
        found.append(Match(first, at, step.ends))
    if at < len(words):
        word = words[at]
        if after := step.words.get(word):
            _follow(words, first, at + 1, after, found)
        if step.stems:
            for stem, onward in step.stems.items():
                if word.startswith(stem):
                    _follow(words, first, at + 1, onward, found)
        if step.number and _is_number(word):
            _follow(words, first, at + 1, step.number, found)
    if step.gap:
        for onward_from in range(at, min(at + LONGEST_GAP, len(words) - 1) + 1):
            _follow(words, first, onward_from, step.gap, found)


def _is_number(word: str) -> bool:
    return word.isdigit() or word in NUMBERS
