"""A book of phrases and what each stands for; finds them in a run of words in one pass.

Syntax: words parted by spaces; ``*`` ends a stem, ``a|b`` is either word, ``~`` up to three words between, ``#`` a
number in figures or words. Everything is lower case without apostrophes, as ``clauses`` gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import NamedTuple

from analysis.text.remembered import Remembered

GAP = "~"
NUMBER = "#"
LONGEST_GAP = 3
STEM = 3  # a stem that begins a phrase is looked up by its first letters, so it has at least this many
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


@dataclass(frozen=True)
class Phrasebook:
    """Phrases by their words, one word at a time; make one with ``phrasebook``."""

    start: _Step
    stems: Mapping[str, tuple[tuple[str, _Step], ...]]  # those that begin a phrase, by their first letters
    number: int = field(default_factory=count().__next__, compare=False)  # tells this book from every other

    def starting(self, word: str) -> list[_Step]:
        """How phrases that may begin with this word go on."""
        found = [step for stem, step in self.stems.get(word[:STEM], ()) if word.startswith(stem)]
        if word in self.start.words:
            found.append(self.start.words[word])
        if self.start.number and _is_number(word):
            found.append(self.start.number)
        return found

    @cached_property
    def alone(self) -> Shelf:
        """A shelf with no other book on it."""
        return Shelf([self])


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
    return book.alone.found(words).get(book.number, [])


def begun(words: Sequence[str], book: Phrasebook) -> list[Match]:
    """Every phrase of the book that these words begin with."""
    return book.alone.found(words, places=1).get(book.number, []) if words and book.alone.begins(words[0]) else []


class _Going(NamedTuple):
    """How a phrase of a book goes on, from the word that is ``on`` words after its first."""

    book: int
    on: int
    step: _Step


class _Beginning(NamedTuple):
    """How phrases go on that begin with a word: by the word after it, and where that is none of those."""

    by_next: Mapping[str, tuple[_Going, ...]]
    otherwise: tuple[_Going, ...]


class Shelf:
    """Books looked into together, in one pass over the words: most words begin a phrase in none of them, and most that
    do begin one are followed by a word that ends it there."""

    def __init__(self, books: Iterable[Phrasebook]) -> None:
        self.books = tuple(books)
        self.numbers = frozenset(book.number for book in self.books)
        self._begun = Remembered(self._beginning)

    def begins(self, word: str) -> bool:
        """Whether a phrase may begin with this word."""
        return self._begun[word] is not None

    def found(self, words: Sequence[str], places: int | None = None) -> dict[int, list[Match]]:
        """What each book finds, by its number; a book that finds nothing may be left out.

        ``places``: how many of the words, from the first, a phrase may begin with; all, where it is not said.
        """
        found: dict[int, list[Match]] = {}
        for first, beginning in enumerate(map(self._begun.__getitem__, words[:places])):
            if beginning:
                by_next, otherwise = beginning
                after = words[first + 1] if first + 1 < len(words) else ""
                for book, on, step in by_next.get(after, otherwise):
                    _follow(words, first, first + on, step, found.setdefault(book, []))
        return found

    def _beginning(self, word: str) -> _Beginning | None:
        steps = [(book.number, step) for book in self.books for step in book.starting(word)]
        after = {following for _, step in steps if not step.open for following in step.words}
        by_next = {following: tuple(_going(steps, following)) for following in after}
        return _Beginning(by_next, tuple(_going(steps, ""))) if steps else None


def _going(steps: Iterable[tuple[int, _Step]], following: str) -> Iterator[_Going]:
    """The steps that may go on where this word follows."""
    for book, step in steps:
        if step.open:
            yield _Going(book, 1, step)
        elif following in step.words:
            yield _Going(book, 2, step.words[following])


def longest(found: Iterable[Match]) -> list[Match]:
    """Of matches that overlap, the one with most words (the first, of equals); in order of place."""
    found = list(found)
    if len(found) < 2:
        return found
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
    if gap := step.gap:
        for onward_from in range(at, min(at + LONGEST_GAP, len(words) - 1) + 1):
            if gap.open or words[onward_from] in gap.words:  # most words are none: looked up here, without a call
                _follow(words, first, onward_from, gap, found)


def _is_number(word: str) -> bool:
    return word.isdigit() or word in NUMBERS
