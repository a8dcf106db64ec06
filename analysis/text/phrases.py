"""A book of phrases and what each stands for; finds them in a run of words in one pass.

Syntax: words parted by spaces; ``*`` ends a stem, ``a|b`` is either word, ``~`` up to three words between, ``#`` a
number in figures or words. Everything is lower case without apostrophes, as ``clauses`` gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

GAP = "~"
LONGEST_GAP = 3
STEM = 3  # a stem is looked up by its first letters, so it has at least this many
REMEMBERED = 50_000  # words whose phrases are kept at hand
NUMBERS = frozenset(
    {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fourteen"}
    | {"couple", "few", "several", "many", "dozen"}
)


class Part(NamedTuple):
    """One place in a phrase: the whole words and the stems that fit it. Neither: a gap."""

    whole: frozenset[str]
    stems: tuple[str, ...]
    number: bool = False


class Phrase(NamedTuple):
    """A phrase as written in the register, its parts, and what it stands for."""

    text: str
    parts: tuple[Part, ...]
    meanings: tuple[str, ...]


class Match(NamedTuple):
    """A phrase found in words ``first`` up to (not with) ``last``."""

    first: int
    last: int
    phrase: Phrase


@dataclass(frozen=True)
class Phrasebook:
    """Phrases by their first word, for looking up; make one with ``phrasebook``."""

    by_word: Mapping[str, tuple[Phrase, ...]]
    by_stem: Mapping[str, tuple[tuple[str, Phrase], ...]]
    by_number: tuple[Phrase, ...] = ()
    _near: dict[str, tuple[Phrase, ...]] = field(default_factory=dict, compare=False, repr=False)

    def starting(self, word: str) -> tuple[Phrase, ...]:
        """The phrases that may begin with this word."""
        known = self._near.get(word)
        if known is not None:
            return known
        found = [*self.by_word.get(word, ())]
        found += [phrase for stem, phrase in self.by_stem.get(word[:STEM], ()) if word.startswith(stem)]
        if self.by_number and (word.isdigit() or word in NUMBERS):
            found += self.by_number
        if len(self._near) > REMEMBERED:
            self._near.clear()
        self._near[word] = tuple(found)
        return self._near[word]


def phrasebook(meanings: Mapping[str, Iterable[str]]) -> Phrasebook:
    """A book from {what it stands for: phrases}. Raises ValueError where a phrase cannot begin as it does."""
    by_text: dict[str, list[str]] = {}
    for meaning, texts in meanings.items():
        for text in texts:
            by_text.setdefault(text, []).append(meaning)
    words: dict[str, list[Phrase]] = {}
    stems: dict[str, list[tuple[str, Phrase]]] = {}
    numbers: list[Phrase] = []
    for text, stands_for in by_text.items():
        phrase = Phrase(text, tuple(map(_part, text.split())), tuple(stands_for))
        _index(phrase, words, stems, numbers)
    return Phrasebook(
        {word: tuple(found) for word, found in words.items()},
        {stem: tuple(found) for stem, found in stems.items()},
        tuple(numbers),
    )


def matches(words: Sequence[str], book: Phrasebook) -> list[Match]:
    """Every phrase of the book found in these words, in order of where it begins."""
    found = []
    for first, word in enumerate(words):
        for phrase in book.starting(word):
            last = first + 1 if len(phrase.parts) == 1 else _end(words, first + 1, phrase.parts, 1)
            if last:
                found.append(Match(first, last, phrase))
    return found


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


def _part(text: str) -> Part:
    if text == GAP:
        return Part(frozenset(), ())
    pieces = text.split("|")
    stems = tuple(piece[:-1] for piece in pieces if piece.endswith("*"))
    return Part(frozenset(p for p in pieces if not p.endswith("*") and p != "#"), stems, "#" in pieces)


def _index(
    phrase: Phrase,
    words: dict[str, list[Phrase]],
    stems: dict[str, list[tuple[str, Phrase]]],
    numbers: list[Phrase],
) -> None:
    start = phrase.parts[0]
    if any(len(stem) < STEM for stem in start.stems) or not (start.whole or start.stems or start.number):
        raise ValueError(f"'{phrase.text}' begins with a gap or a stem of under {STEM} letters; write a longer one.")
    for word in start.whole:
        words.setdefault(word, []).append(phrase)
    for stem in start.stems:
        stems.setdefault(stem[:STEM], []).append((stem, phrase))
    if start.number:
        numbers.append(phrase)


def _end(words: Sequence[str], at: int, parts: tuple[Part, ...], part: int) -> int:
    """Where the phrase ends when its first ``part`` parts end at ``at``; 0 where it does not fit."""
    while part < len(parts):
        if not (parts[part].whole or parts[part].stems or parts[part].number):
            ends = (_end(words, at + skip, parts, part + 1) for skip in range(LONGEST_GAP + 1))
            return next((end for end in ends if end), 0)
        if at >= len(words) or not _fits(words[at], parts[part]):
            return 0
        at, part = at + 1, part + 1
    return at


def _fits(word: str, part: Part) -> bool:
    if word in part.whole or (part.stems and word.startswith(part.stems)):
        return True
    return part.number and (word.isdigit() or word in NUMBERS)
