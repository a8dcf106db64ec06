"""What a linear head weighs of a comment: what it means, its words and their pieces, and what the rules found in it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log1p

import numpy as np
from scipy import sparse

from analysis.model import Mention, Redacted, Tone
from analysis.text.characters import capitals_in, letters_in
from analysis.text.clauses import Clause
from analysis.text.cues import Cue, CueWords, signals
from analysis.text.grams import Vocabulary, pieces, weighed, words
from analysis.text.sentiment import Feeling, ToneWords
from analysis.text.topics import TopicWords

TONES = ("positive", "negative", "mixed", "neutral")
# How loudly each speaks. The rules were written with some of the labelled comments in view, so they look better there
# than they are: they speak softly. Chosen by cross-validation, each file of one writer left out in turn.
MEANING, WORDS, PIECES, RULES, SIGNS = 4.0, 3.0, 3.0, 0.4, 0.6
SHORT = 4  # words
TONE_NUMBERS = len(TONES) + 1  # each tone, and the score; then come the topics
SHAPE = 7  # numbers of a comment's shape
VERSION = 1  # of the other numbers; raise it when one is added or means something else


@dataclass(frozen=True)
class Sifted:
    """What the rules found in one redacted comment, before any head is asked."""

    question: str
    redacted: Redacted
    said: tuple[Clause, ...]
    felt: tuple[Feeling, ...]
    tone: Tone
    mentions: tuple[Mention, ...]
    dangers: tuple[Cue, ...]
    told: tuple[Cue, ...]
    answer: str = ""  # the tone of a whole answer such as "Nothing", which turns on what was asked

    @cached_property
    def length(self) -> int:
        """How many words are said."""
        return sum([len(clause.words) for clause in self.said])


@dataclass(frozen=True)
class Registers:
    """The word lists whose findings become numbers, in a fixed order."""

    tone: ToneWords
    topics: TopicWords
    dangers: CueWords
    told: CueWords
    weighed: tuple[str, ...]  # the topics that become numbers: the shipped ones, whatever a landlord has added

    @property
    def findings(self) -> str:
        """A short mark of which findings become numbers, in which order: heads fit only those they were trained on."""
        of_signs = [(words.kinds, words.strengths) for words in (self.dangers, self.told)]
        return f"{zlib.crc32(repr((self.weighed, of_signs, TONES, SHAPE, VERSION)).encode()):08x}"


def from_rules(sifted: Sequence[Sifted], registers: Registers) -> np.ndarray:
    """What the rules found as numbers, float32 (comments, as many as the registers have findings)."""
    topics = {code: place for place, code in enumerate(registers.weighed)}
    found = np.asarray([_numbers(one, registers, topics) for one in sifted], dtype=np.float32)
    ruled = TONE_NUMBERS + 2 * len(topics)  # each topic, and each topic praised; then signs; then the shape
    if len(found):
        found[:, :ruled] *= RULES
        found[:, ruled:-SHAPE] *= SIGNS
    return found


def beside(
    texts: Sequence[str], rules: np.ndarray, vectors: np.ndarray | None, of_words: Vocabulary, of_pieces: Vocabulary
) -> tuple[np.ndarray, sparse.csr_matrix]:
    """All that a head weighs: dense (comments, meaning + rules) and sparse (comments, words + pieces)."""
    dense = rules if vectors is None else np.hstack([vectors * np.float32(MEANING), rules])
    counted = sparse.hstack(
        [
            weighed(*words(texts), len(texts), of_words) * np.float32(WORDS),
            weighed(*pieces(texts), len(texts), of_pieces) * np.float32(PIECES),
        ],
        format="csr",
    )
    return dense.astype(np.float32), counted


def _numbers(sifted: Sifted, registers: Registers, places: Mapping[str, int]) -> list[float]:
    tone = [float(sifted.tone.label == label) for label in TONES] + [sifted.tone.score]
    topics, praised = [0.0] * len(places), [0.0] * len(places)
    for mention in sifted.mentions:
        place = places.get(mention.topic)
        if place is not None:
            topics[place], praised[place] = 1.0, float(mention.polarity == "positive")
    signs = signals(sifted.dangers, registers.dangers) + signals(sifted.told, registers.told)
    return tone + topics + praised + signs + _felt(sifted) + _shape(sifted, registers.tone)


def _felt(sifted: Sifted) -> list[float]:
    """How much praise and criticism is felt, together and clause by clause, and how short the comment is."""
    values = [feeling.value for feeling in sifted.felt]
    words = [word.value for feeling in sifted.felt for word in feeling.felt]
    praise = sum([value for value in words if value > 0])
    criticism = -sum([value for value in words if value < 0])
    clauses = max(len(values), 1)
    return [
        log1p(praise),
        log1p(criticism),
        min(praise, criticism) ** 0.5,
        max(values, default=0.0) / 3,
        min(values, default=0.0) / 3,
        float(len(values) <= 1),
        float(sifted.length <= SHORT),
        len([value for value in values if value > 0]) / clauses,
        len([value for value in values if value < 0]) / clauses,
    ]


def _shape(sifted: Sifted, tone: ToneWords) -> list[float]:
    """What was asked, how long the answer is, and how it is punctuated."""
    text, question = sifted.redacted.text, tone.asks[sifted.question]
    return [
        float(question == "better"),
        float(question == "good"),
        float(bool(sifted.question)),
        log1p(sifted.length) / 4,
        min(3, text.count("?")) / 3,
        min(3, text.count("!")) / 3,
        capitals_in(text) / (letters_in(text) or 1),
    ]
