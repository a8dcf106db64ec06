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

from analysis.model import Mention, Reading, Strength, Tone
from analysis.text.blanks import BlankWords, set_aside
from analysis.text.body import body
from analysis.text.clauses import Clause, clauses
from analysis.text.cues import CueWords, cues
from analysis.text.deciding import (
    Evidence,
    clause_tones,
    danger_of,
    likely_flags,
    likely_strengths,
    strengths_of,
    told_of,
    tone_of,
    topics_of,
)
from analysis.text.features import Registers, Sifted, beside, from_rules
from analysis.text.heads import Heads
from analysis.text.phrases import Match, Phrasebook, Shelf
from analysis.text.redaction import RedactionRules, redact
from analysis.text.sentiment import feelings, tone
from analysis.text.tidy import tidy
from analysis.text.topics import TopicWords, mentions

READ = 4_000  # characters of a comment that are read for meaning; all of it is redacted and flagged
ACCUSES = "asb_noise"  # a complaint of nuisance accuses somebody, whatever its words
ACCUSATION = "accusation"
NOT = "not "  # before a kind: words that look like it and are something else
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
    sifted = sift_many([(comment.text, comment.question) for comment in comments], language)
    said = _by_heads(sifted, language, meaning) if language.heads else [_by_rules(one, language) for one in sifted]
    return _finished(comments, sifted, said, language)


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
    return sift_many([(text, question)], language)[0]


def sift_many(comments: Sequence[tuple[str, str]], language: Language) -> list[Sifted]:
    """What the rules find in each (text, question).

    Each step is taken for all of them before the next: the processor then has the step's code and words at hand, which
    saves a fifth of the time.
    """
    rules, questions = language.registers, [question for _, question in comments]
    redacted = [redact(text, language.redaction) for text in [tidy(text) for text, _ in comments]]
    said = [tuple(clauses(body(one.text)[:READ], language.shelf)) for one in redacted]
    felt = [feelings(one, rules.tone) for one in said]
    heard = [tone(*each, rules.tone) for each in zip(said, felt, questions, strict=True)]
    tones, answers = [found for found, _ in heard], [answer for _, answer in heard]
    about = [mentions(*each, rules.topics) for each in zip(said, felt, tones, strict=True)]
    dangers, told = ([cues(one, register) for one in said] for register in (rules.dangers, rules.told))
    return list(map(Sifted, questions, redacted, said, felt, tones, about, dangers, told, answers))


def decide(sifted: Sequence[Sifted], chances: np.ndarray, heads: Heads, language: Language) -> list[Reading]:
    """What is said of each comment, given how likely each label is: (comments, labels of the heads)."""
    evidence, rules = Evidence(sifted, chances, heads), language.registers
    each = list(zip(range(len(sifted)), sifted, chances.tolist(), strict=True))
    heard = [tone_of(one, likely, heads) for _, one, likely in each]
    about = [topics_of(one, heard[i], likely, heads, evidence, i, rules.topics) for i, one, likely in each]
    dangers = [danger_of(one, likely, heads, evidence, i, rules.dangers) for i, one, likely in each]
    told = [told_of(one, likely, heads, evidence, i, rules.told) for i, one, likely in each]
    proud = [likely_strengths(one, likely, heads, evidence, i) for i, one, likely in each]
    strengths = [_strengths(one, about[i], proud[i], language) for i, one, _ in each]
    flags = [_flags(one, about[i], likely_flags(likely, heads), language.sensitive) for i, one, likely in each]
    return [
        Reading(
            "",
            one.redacted,
            heard[i],
            about[i],
            False,
            "",
            danger=dangers[i],
            told=told[i],
            strengths=strengths[i],
            flags=flags[i],
        )
        for i, one, _ in each
    ]


def text_key(question: str, text: str) -> str:
    """The key a text has in the store: the same words in answer to the same question are read once."""
    return hashlib.md5(f"{question}\x1f{text}".encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def sensitivities(said: Sequence[Clause], register: Phrasebook) -> tuple[str, ...]:
    """The kinds of special category data a comment holds ("health", "accusation" …), in alphabetical order."""
    found: set[str] = set()
    for clause in said:
        here = clause.matches(register)
        other = [(match, kind) for match in here for kind in match.phrase.meanings if kind.startswith(NOT)]
        found |= {kind for match in here for kind in match.phrase.meanings if not _other(match, kind, other)}
    return tuple(sorted(found))


def _other(match: Match, kind: str, other: Sequence[tuple[Match, str]]) -> bool:
    """Whether words that show a kind are among words that look like it and are something else."""
    return kind.startswith(NOT) or any(
        of == NOT + kind and cover.first <= match.first and match.last <= cover.last for cover, of in other
    )


def _by_rules(one: Sifted, language: Language) -> Reading:
    heard, about = replace(one.tone, clauses=clause_tones(one)), one.mentions
    strengths, flags = _strengths(one, about, (), language), _flags(one, about, (), language.sensitive)
    return Reading("", one.redacted, heard, about, False, "", strengths=strengths, flags=flags)


def _strengths(
    one: Sifted, about: Sequence[Mention], likely: Sequence[Strength], language: Language
) -> tuple[Strength, ...]:
    """What tenants are proud of, by words and by what heads think likely, in the register's order."""
    by_words = strengths_of(cues(one.said, language.strengths), about, language.strengths)
    kinds = {strength.kind: strength for strength in (*likely, *by_words)}
    return tuple([kinds[kind] for kind in language.strengths.kinds if kind in kinds]) if kinds else ()


def _flags(one: Sifted, about: Sequence[Mention], likely: Sequence[str], register: Phrasebook) -> tuple[str, ...]:
    """What makes a comment special category data, by words and by what heads think likely, in alphabetical order."""
    flags = {*likely, *sensitivities(one.said, register)}
    if any(mention.topic == ACCUSES and mention.polarity == "negative" for mention in about):
        flags.add(ACCUSATION)
    return tuple(sorted(flags))


def _by_heads(sifted: Sequence[Sifted], language: Language, meaning: Meaning | None) -> list[Reading]:
    assert language.heads
    heads = language.heads.with_meaning if meaning else language.heads.lexical
    texts = [one.redacted.text[:READ] for one in sifted]
    vectors = meaning(texts) if meaning else None
    rules = from_rules(sifted, language.registers)
    return decide(sifted, heads.likely(*beside(texts, rules, vectors, heads.words, heads.pieces)), heads, language)


def _finished(
    comments: Sequence[Asked], sifted: Sequence[Sifted], found: Sequence[Reading], language: Language
) -> list[Reading]:
    aside = [
        set_aside(one.redacted.text, comment.question, language.blanks)
        for comment, one in zip(comments, sifted, strict=True)
    ]
    flags = [_to_the_end(one, reading, language.sensitive) for one, reading in zip(sifted, found, strict=True)]
    return [
        Reading(  # made anew, for replace() takes three times as long
            text_key=comment.key,
            redacted=reading.redacted,
            # what was not read for meaning has none
            tone=Tone("neutral", 0.0, confidence=reading.tone.confidence) if why else reading.tone,
            mentions=() if why else reading.mentions,
            sensitive=bool(flagged),
            reader=language.version,
            flags=flagged,
            set_aside=why,
            danger=None if why else reading.danger,
            told=None if why else reading.told,
            strengths=() if why else reading.strengths,
        )
        for comment, reading, why, flagged in zip(comments, found, aside, flags, strict=True)
    ]


def _to_the_end(one: Sifted, found: Reading, register: Phrasebook) -> tuple[str, ...]:
    """What makes a comment special category data, also far down a long letter, where nothing else is read."""
    text = one.redacted.text
    if len(text) <= READ:
        return found.flags
    return tuple(sorted({*found.flags, *sensitivities(clauses(text[READ:]), register)}))
