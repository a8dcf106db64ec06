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
from analysis.text.phrases import Match, Phrasebook

BEFORE, AFTER = 4, 3  # words in which a denial counts, before a sign and after it
FEW = 2  # words beside "all sorted now" in a sentence that says no more than that


@dataclass(frozen=True)
class CueWords:
    """The phrases of a register: each stands for "kind/strength". Strengths are the register's own words."""

    signs: Phrasebook
    unless: Phrasebook  # each stands for the kinds that it takes away in its clause
    denials: Phrasebook  # "phrases" deny what stands behind them, "after" what stands before; "unless" deny nothing
    mended: Phrasebook  # "phrases" tell that their own sentence is of what was put right, "back" of the one before too
    supposed: Phrasebook
    kinds: tuple[str, ...]
    strengths: tuple[str, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)  # kind → "source", "form" …, where the register says so
    where: Mapping[str, str] = field(default_factory=dict)  # kind → the topic spoken well of that its weaker signs need
    ordinarily: Mapping[str, str] = field(default_factory=dict)  # kind → when it is an emergency without a sign of one

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
        denials = _denials(clause.matches(register.denials))
        supposed = bool(clause.matches(register.supposed))
        for match in here:
            words = " ".join(clause.words[match.first : match.last])
            for meaning in match.phrase.meanings:
                kind, _, strength = meaning.partition("/")
                aside = "another sense" if kind in other else ""
                if not aside and not match.phrase.text.startswith(("no ", "without ")):
                    aside = "denied" if _denied(match.first, match.last, *denials) else ""
                aside = aside or ("mended" if clause.sentence in mended else "") or ("supposed" if supposed else "")
                found.append(Cue(kind, strength, words, clause.span(match.first, match.last), aside))
    return _once(found)


def _once(found: Sequence[Cue]) -> tuple[Cue, ...]:
    """Of signs of one kind and strength in the same words, the first."""
    kept: list[Cue] = []
    for cue in found:
        if not any(
            cue.kind == other.kind and cue.strength == other.strength and _share(cue.place, other.place)
            for other in kept
        ):
            kept.append(cue)
    return tuple(kept)


def _share(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def signals(found: Sequence[Cue], register: CueWords) -> list[float]:
    """Numbers a head can weigh: by kind and strength, how many signs count (at most three) and how many do not."""
    counts = [0.0] * (2 * len(register.places))
    for cue in found:
        place = register.places[cue.kind, cue.strength] + bool(cue.aside)
        counts[place] = min(3.0, counts[place] + 1.0)
    return counts


def _denials(found: Sequence[Match]) -> tuple[list[int], list[int]]:
    """Where the denials of a clause end that deny what follows, and where those begin that deny what came before."""
    shrugs = [match for match in found if "unless" in match.phrase.meanings]
    meant = [
        match for match in found if not any(shrug.first <= match.first and match.last <= shrug.last for shrug in shrugs)
    ]
    before = [match.last for match in meant if "phrases" in match.phrase.meanings]
    return before, [match.first for match in meant if "after" in match.phrase.meanings]


def _denied(first: int, last: int, before: Sequence[int], after: Sequence[int]) -> bool:
    return any(first - BEFORE <= end <= first for end in before) or any(last <= at <= last + AFTER for at in after)


def _mended(said: Sequence[Clause], register: CueWords) -> set[int]:
    """Sentences that tell of something put right, and those before one that tells no more than that."""
    found: set[int] = set()
    for clause in said:
        for match in clause.matches(register.mended):
            found.add(clause.sentence)
            if "back" in match.phrase.meanings and match.first <= FEW and len(clause.words) - match.last <= FEW:
                found.add(clause.sentence - 1)
    return found
