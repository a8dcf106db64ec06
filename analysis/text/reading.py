"""Comments read whole: personal details out, then tone, topics, dangers, being judged, strengths, and what to keep in.

Rules read each comment by itself; heads then weigh many at once. Everything but redaction is read from the redacted
text, so no reason can hold a personal detail.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from analysis.model import Reading, Tone
from analysis.text.blanks import BlankWords, set_aside
from analysis.text.body import body
from analysis.text.clauses import Clause, clauses
from analysis.text.cues import CueWords, cues
from analysis.text.deciding import Evidence, clause_tones, danger_of, strengths_of, told_of, tone_of, topics_of
from analysis.text.features import Registers, Sifted, beside, from_rules
from analysis.text.heads import Heads
from analysis.text.phrases import Phrasebook, Shelf
from analysis.text.redaction import RedactionRules, redact
from analysis.text.sentiment import feelings, tone
from analysis.text.tidy import tidy
from analysis.text.topics import TopicWords, mentions

READ = 4_000  # characters of a comment that are read for meaning; all of it is redacted and flagged
ACCUSES = "asb_noise"  # a complaint of nuisance accuses somebody, whatever its words
ACCUSATION = "accusation"
Meaning = Callable[[Sequence[str]], np.ndarray]  # redacted texts → what each means, float32 (texts, width)


class Asked(NamedTuple):
    """A comment as it is stored: its key, the question it answers ("" for none), and its words."""

    key: str
    question: str
    text: str


@dataclass(frozen=True)
class HeadSet:
    """Heads that weigh what a comment means, and heads for where no sentence model is to be had."""

    with_meaning: Heads
    lexical: Heads


@dataclass(frozen=True)
class Language:
    """Every lexicon, register and head the reader needs, and a version that changes when any of them does."""

    redaction: RedactionRules
    registers: Registers
    sensitive: Phrasebook
    strengths: CueWords
    blanks: BlankWords
    version: str
    heads: HeadSet | None = None  # None: the rules alone

    @cached_property
    def shelf(self) -> Shelf:
        """Every book that is looked into in each clause."""
        rules, about = self.registers, self.registers.topics
        signs = (rules.dangers.signs, rules.told.signs, self.strengths.signs)
        return Shelf(
            [rules.tone.phrases, about.keywords, about.if_felt, about.if_praised, about.unless, *signs, self.sensitive]
        )

    @property
    def topics(self) -> TopicWords:
        """The topics and their words."""
        return self.registers.topics


def read(text: str, question: str, language: Language, key: str = "", meaning: Meaning | None = None) -> Reading:
    """What one comment says. ``key`` is its key in the store; by default the one the store would give."""
    return read_many([Asked(key or text_key(question, text), question, text)], language, meaning)[0]


def read_many(comments: Sequence[Asked], language: Language, meaning: Meaning | None = None) -> list[Reading]:
    """What each comment says, in their order.

    ``meaning`` gives vectors of redacted texts; without it the lexical heads decide, and without heads the rules.
    """
    with _all_is_kept():
        return _read(comments, language, meaning)


def _read(comments: Sequence[Asked], language: Language, meaning: Meaning | None) -> list[Reading]:
    sifted = [sift(comment.text, comment.question, language) for comment in comments]
    said = _by_heads(sifted, language, meaning) if language.heads else [_by_rules(one) for one in sifted]
    return [_finished(*each, language) for each in zip(comments, sifted, said, strict=True)]


@contextmanager
def _all_is_kept() -> Iterator[None]:
    """No looking for garbage meanwhile: nearly all that is made is still in use, and looking takes an eighth of it.

    What is made on the way should be let go of inside, or all of it is looked at when looking begins again.
    """
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


def sift(text: str, question: str, language: Language) -> Sifted:
    """What the rules find in one comment."""
    redacted = redact(tidy(text), language.redaction)
    said = tuple(clauses(body(redacted.text)[:READ], language.shelf))
    rules = language.registers
    felt = feelings(said, rules.tone)
    heard, answer = tone(said, felt, question, rules.tone)
    about = mentions(said, felt, heard, rules.topics)
    signs = cues(said, rules.dangers), cues(said, rules.told)
    return Sifted(question, redacted, said, felt, heard, about, *signs, answer)


def decide(sifted: Sequence[Sifted], chances: np.ndarray, heads: Heads, language: Language) -> list[Reading]:
    """What is said of each comment, given how likely each label is: (comments, labels of the heads)."""
    evidence, rows = Evidence(sifted, chances, heads), chances.tolist()
    return [_decided(one, rows[i], heads, evidence, i, language) for i, one in enumerate(sifted)]


def text_key(question: str, text: str) -> str:
    """The key a text has in the store: the same words in answer to the same question are read once."""
    return hashlib.md5(f"{question}\x1f{text}".encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def sensitivities(said: Sequence[Clause], register: Phrasebook) -> tuple[str, ...]:
    """The kinds of special category data a comment holds ("health", "accusation" …), in alphabetical order."""
    found = {kind for clause in said for match in clause.matches(register) for kind in match.phrase.meanings}
    return tuple(sorted(found))


def _by_rules(one: Sifted) -> Reading:
    return Reading("", one.redacted, replace(one.tone, clauses=clause_tones(one)), one.mentions, False, "")


def _by_heads(sifted: Sequence[Sifted], language: Language, meaning: Meaning | None) -> list[Reading]:
    assert language.heads
    heads = language.heads.with_meaning if meaning else language.heads.lexical
    texts = [one.redacted.text[:READ] for one in sifted]
    vectors = meaning(texts) if meaning else None
    rules = from_rules(sifted, language.registers)
    return decide(sifted, heads.likely(*beside(texts, rules, vectors, heads.words, heads.pieces)), heads, language)


def _decided(
    one: Sifted, chances: Sequence[float], heads: Heads, evidence: Evidence, place: int, language: Language
) -> Reading:
    rules = language.registers
    heard = tone_of(one, chances, heads)
    about = topics_of(one, heard, chances, heads, evidence, place, rules.topics)
    danger = danger_of(one, chances, heads, evidence, place)
    told = told_of(one, chances, heads, evidence, place, rules.told)
    return Reading("", one.redacted, heard, about, False, "", danger=danger, told=told)


def _finished(comment: Asked, one: Sifted, found: Reading, language: Language) -> Reading:
    aside = set_aside(one.redacted.text, comment.question, language.blanks)
    rest = clauses(one.redacted.text[READ:]) if len(one.redacted.text) > READ else []
    flags = set(sensitivities([*one.said, *rest], language.sensitive))
    if any(mention.topic == ACCUSES and mention.polarity == "negative" for mention in found.mentions):
        flags.add(ACCUSATION)
    if aside:  # what was not read for meaning has none
        found = Reading("", one.redacted, Tone("neutral", 0.0, confidence=found.tone.confidence), (), False, "")
    return Reading(  # made anew, for replace() takes three times as long
        text_key=comment.key,
        redacted=one.redacted,
        tone=found.tone,
        mentions=found.mentions,
        sensitive=bool(flags),
        reader=language.version,
        flags=tuple(sorted(flags)),
        set_aside=aside,
        danger=found.danger,
        told=found.told,
        strengths=() if aside else strengths_of(cues(one.said, language.strengths)),
    )
