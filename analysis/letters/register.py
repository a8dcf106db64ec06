"""What is looked for in letters: rules with their phrases, what takes a sign back, and limits. Handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.text.phrases import Phrasebook

LONG_SENTENCE, PASSIVE, READING_AGE = COUNTED = ("long_sentence", "passive", "reading_age")  # rules without phrases


@dataclass(frozen=True)
class Rule:
    """One rule: what kind of wording it finds, why that matters, what to say instead, whose it is and what to do."""

    code: str
    kind: str
    why: str
    source: str
    plainer: str
    owner: str  # "" where it is the owner's of the letter
    action: str


@dataclass(frozen=True)
class LetterWords:
    """The register of wording, ready to be looked for. ``signs`` and ``unless`` stand for codes of rules."""

    rules: Mapping[str, Rule]
    kinds: Mapping[str, str]  # code → title, in order
    signs: Phrasebook
    unless: Phrasebook
    denials: Phrasebook
    attributions: Phrasebook
    statutory: Phrasebook
    privileged: Phrasebook
    privileged_unless: Phrasebook
    closings: frozenset[str]
    author_lines: frozenset[str]
    states: frozenset[str]  # words in -ed that say how something is, not what was done
    participles: frozenset[str]  # of irregular verbs
    longest_sentence: int
    reading_age: float
    most_passive: float
    owners: Mapping[str, str]  # kind of letter → role
    actions: Mapping[str, str]  # kind of wording → what is to be done
    version: str = ""
