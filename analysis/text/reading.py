"""One comment read whole: personal details out, then its tone, its topics, and whether it may ever be quoted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from analysis.model import Reading
from analysis.text.clauses import Clause, clauses
from analysis.text.phrases import Phrasebook, matches
from analysis.text.redaction import RedactionRules, redact
from analysis.text.sentiment import ToneWords, feelings, tone
from analysis.text.tidy import tidy
from analysis.text.topics import TopicWords, mentions

READ = 4_000  # characters of a comment whose tone and topics are read; all of it is redacted
ACCUSES = "asb_noise"  # a complaint of nuisance accuses somebody, whatever its words


@dataclass(frozen=True)
class Language:
    """Every lexicon and register the reader needs, and a version that changes when any of them does."""

    redaction: RedactionRules
    tone: ToneWords
    topics: TopicWords
    sensitive: Phrasebook
    version: str


def read(text: str, question: str, language: Language, key: str = "") -> Reading:
    """What one comment says. ``key`` is its key in the store; by default the one the store would give.

    Tone, topics and their reasons are read from the redacted text, so no reason can hold a personal detail.
    """
    redacted = redact(tidy(text), language.redaction)
    said = clauses(redacted.text[:READ])
    felt = feelings(said, language.tone)
    heard = tone(said, felt, question, language.tone)
    about = mentions(said, felt, heard, language.topics)
    accuses = any(mention.topic == ACCUSES and mention.polarity == "negative" for mention in about)
    return Reading(
        text_key=key or text_key(question, text),
        redacted=redacted,
        tone=heard,
        mentions=about,
        sensitive=accuses or bool(sensitivities(said, language.sensitive)),
        reader=language.version,
    )


def sensitivities(said: list[Clause], register: Phrasebook) -> tuple[str, ...]:
    """The kinds of special category data a comment holds ("health", "accusation" …), in alphabetical order."""
    found = {kind for clause in said for match in matches(clause.lower, register) for kind in match.phrase.meanings}
    return tuple(sorted(found))


def text_key(question: str, text: str) -> str:
    """The key a text has in the store: the same words in answer to the same question are read once."""
    return hashlib.md5(f"{question}\x1f{text}".encode(), usedforsecurity=False).hexdigest()
