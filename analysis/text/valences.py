"""VADER's rules for one word: what the words beside it do to its value (Hutto and Gilbert 2014, as nltk writes them).

nltk itself is not imported: with scikit-learn and more it takes two seconds and 100 MB, in every process that reads. A
test holds every value to nltk's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

STRONGER, SHOUTED, TURNED = 0.293, 0.733, -0.74  # VADER's constants, found by experiment
REACH = 3  # words before a word that bend it
FADES = (1.0, 0.95, 0.9)  # how much of a strengthening is left, by how far before it stands
_PLEDGES = ("so", "this")  # "never so good" is praise


@dataclass(frozen=True)
class Valences:
    """A lexicon, and the words that bend its values: they turn them round, strengthen them, or make an idiom."""

    lexicon: Mapping[str, float]
    negations: frozenset[str]
    emphasis: Mapping[str, float]  # word, or two words, → how much stronger: below nought, weaker
    idioms: Mapping[str, float]

    def valence(self, words: Sequence[str], lower: Sequence[str], place: int, capitals: bool) -> float:
        """The value of one word of the lexicon, -4 to 4 or a little beyond, bent by the words before it.

        ``capitals``: some words of the text, but not all, stand in capitals, so that those shout.
        """
        value = self.lexicon[lower[place]]
        if capitals and words[place].isupper():
            value += SHOUTED if value > 0 else -SHOUTED
        for back in range(1, min(place, REACH) + 1):
            before = lower[place - back]
            if before in self.lexicon:
                continue
            if before in self.emphasis:
                shouts = capitals and words[place - back].isupper()
                value += self._emphasis(before, value, shouts) * FADES[back - 1]
            value *= self._turned(words, lower, place, back)
            if back == REACH and not self._idiomatic.isdisjoint(words[place - REACH : place + REACH]):
                value = self._as_idiom(words, place, value)
        return float(value * self._least(lower, place))

    def _emphasis(self, word: str, value: float, shouts: bool) -> float:
        stronger = self.emphasis[word] if value >= 0 else -self.emphasis[word]
        if shouts:
            stronger += SHOUTED if value > 0 else -SHOUTED
        return stronger

    def _turned(self, words: Sequence[str], lower: Sequence[str], place: int, back: int) -> float:
        """What a word so far before does to a value: turns it round, or after "never so" makes more of it."""
        if back == 2 and words[place - 2] == "never" and words[place - 1] in _PLEDGES:
            return 1.5
        if back == REACH and (
            words[place - 1] in _PLEDGES or (words[place - 3] == "never" and words[place - 2] in _PLEDGES)
        ):
            return 1.25
        before = lower[place - back]
        return TURNED if before in self.negations or "n't" in before else 1.0

    def _least(self, lower: Sequence[str], place: int) -> float:
        """What "least" before a word does to its value; "at least" and "very least" do nothing."""
        if not place or lower[place - 1] != "least" or "least" in self.lexicon:
            return 1.0
        return 1.0 if place > 1 and lower[place - 2] in ("at", "very") else TURNED

    @cached_property
    def _idiomatic(self) -> frozenset[str]:
        """Every word of an idiom, or of an emphasis of two words."""
        several = [*self.idioms, *(phrase for phrase in self.emphasis if " " in phrase)]
        return frozenset(word for phrase in several for word in phrase.split())

    def _as_idiom(self, words: Sequence[str], place: int, value: float) -> float:
        """The value where the word is part of an idiom, or stands after one or after an emphasis of two words."""
        three, two, one, here = words[place - 3 : place + 1]
        before = (f"{one} {here}", f"{two} {one} {here}", f"{two} {one}", f"{three} {two} {one}", f"{three} {two}")
        value = next((self.idioms[phrase] for phrase in before if phrase in self.idioms), value)
        for last in range(place + 2, min(place + 3, len(words)) + 1):
            value = self.idioms.get(" ".join(words[place:last]), value)
        weaker = f"{three} {two}" in self.emphasis or f"{two} {one}" in self.emphasis
        return value - STRONGER if weaker else value
