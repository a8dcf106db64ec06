"""Signs in a comment, by what they tell of and how strongly; with what makes a sign not count.

A register names kinds (a danger, a way of being judged) and for each the phrases that say it, some stronger than
others, and the phrases beside which they mean something else. Whether a sign is denied, past or supposed is read from
the words around it, so that "no mould since you fixed it" is not mould.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from analysis.text.clauses import Clause
from analysis.text.phrases import Phrasebook

BEFORE, AFTER = 4, 3  # words in which a denial counts, before a sign and after it


@dataclass(frozen=True)
class CueWords:
    """The phrases of a register: each stands for "kind/strength". Strengths are the register's own words."""

    signs: Phrasebook
    unless: Phrasebook  # each stands for the kinds that it takes away in its clause
    denials: Phrasebook
    mended: Phrasebook
    supposed: Phrasebook
    kinds: tuple[str, ...]
    strengths: tuple[str, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)  # kind → "source", "form" …, where the register says so

    @cached_property
    def places(self) -> Mapping[tuple[str, str], int]:
        """Where the counts of each kind and strength begin among the numbers of ``signals``."""
        pairs = [(kind, strength) for kind in self.kinds for strength in self.strengths]
        return {pair: 2 * i for i, pair in enumerate(pairs)}


class Cue(NamedTuple):
    """A sign found: what of, how strong, which words, where they stand, and why it does not count (or "")."""

    kind: str
    strength: str
    words: str
    place: tuple[int, int]
    aside: str


def cues(said: Sequence[Clause], register: CueWords) -> tuple[Cue, ...]:
    """Every sign of the register in a comment, those that do not count with the reason: denied, mended, supposed,
    another sense."""
    found: list[Cue] = []
    mended: set[int] | None = None  # looked for once there is a sign
    for clause in said:
        here = clause.matches(register.signs)
        if not here:
            continue
        mended = _mended(said, register) if mended is None else mended
        other = {kind for match in clause.matches(register.unless) for kind in match.phrase.meanings}
        denied = [(m.first, m.last) for m in clause.matches(register.denials)]
        supposed = bool(clause.matches(register.supposed))
        for match in here:
            words = " ".join(clause.words[match.first : match.last])
            for meaning in match.phrase.meanings:
                kind, _, strength = meaning.partition("/")
                aside = "another sense" if kind in other else ""
                if not aside and not match.phrase.text.startswith(("no ", "without ")):
                    aside = "denied" if _denied(match.first, match.last, denied) else ""
                aside = aside or ("mended" if clause.sentence in mended else "") or ("supposed" if supposed else "")
                found.append(Cue(kind, strength, words, clause.span(match.first, match.last), aside))
    return tuple(found)


def signals(found: Sequence[Cue], register: CueWords) -> list[float]:
    """Numbers a head can weigh: by kind and strength, how many signs count (at most three) and how many do not."""
    counts = [0.0] * (2 * len(register.places))
    for cue in found:
        place = register.places[cue.kind, cue.strength] + bool(cue.aside)
        counts[place] = min(3.0, counts[place] + 1.0)
    return counts


def _denied(first: int, last: int, denied: Sequence[tuple[int, int]]) -> bool:
    return any(first - BEFORE <= end <= first or last <= start <= last + AFTER for start, end in denied)


def _mended(said: Sequence[Clause], register: CueWords) -> set[int]:
    """Sentences that tell of something put right."""
    found: set[int] = set()
    for clause in said:
        if clause.matches(register.mended):
            found.add(clause.sentence)
    return found
