"""What a comment is about: the topics of the register, each with how it is spoken of and the words that showed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from analysis.model import Mention, Tone
from analysis.text.clauses import Clause
from analysis.text.phrases import Match, Phrasebook
from analysis.text.sentiment import CLEAR, Feeling

MOST = 6  # topics of one comment; a longer list says little
REASONS = 4
SHORT = 12  # words; a longer comment with no topic we know is about something, not about everything
PRAISE, DISSATISFACTION = "general_praise", "general_dissatisfaction"
FITS = {PRAISE: ("positive", "mixed"), DISSATISFACTION: ("negative", "mixed")}  # of which tones each is a topic


@dataclass(frozen=True)
class Topic:
    """A row of the register: code, title in plain words, what it holds, and how it leans where nothing is felt."""

    code: str
    title: str
    holds: str
    leaning: str = "neutral"


@dataclass(frozen=True)
class TopicWords:
    """The topics and their words. In each book a phrase stands for one or more topic codes."""

    topics: Mapping[str, Topic]
    keywords: Phrasebook
    if_felt: Phrasebook
    if_praised: Phrasebook
    unless: Phrasebook

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each topic in the register."""
        return {code: place for place, code in enumerate(self.topics)}


class _Hit(NamedTuple):
    """One topic shown by some words of one clause."""

    topic: str
    clause: int
    words: str
    place: tuple[int, int]


def mentions(said: Sequence[Clause], felt: Sequence[Feeling], tone: Tone, words: TopicWords) -> tuple[Mention, ...]:
    """The topics of a comment in the order of the register, each with one polarity and its words.

    A topic is spoken of as its clauses are; where those say nothing of feeling, as its sentence, then as the comment.
    Praise or criticism of nothing in particular is general praise or general dissatisfaction.
    """
    by_topic: dict[str, list[_Hit]] = {}
    for hit in _hits(said, felt, words):
        by_topic.setdefault(hit.topic, []).append(hit)
    found = [
        Mention(code, _polarity(hits, said, felt, tone, words.topics[code]), _reasons(hits), _spans(hits))
        for code, hits in by_topic.items()
    ]
    found = _in_general(found, said, tone)
    if len(found) > 1:
        found.sort(key=lambda mention: words.order[mention.topic])
        found.sort(key=lambda mention: -len(by_topic.get(mention.topic, ())))
    return tuple(found[:MOST])


def _hits(said: Sequence[Clause], felt: Sequence[Feeling], words: TopicWords) -> Iterator[_Hit]:
    for i, (clause, feeling) in enumerate(zip(said, felt, strict=True)):
        shown = clause.matches(words.keywords)
        if abs(feeling.value) >= CLEAR:
            shown = shown + clause.matches(words.if_felt)
        if feeling.value >= CLEAR:
            shown = shown + clause.matches(words.if_praised)
        covers = clause.matches(words.unless) if shown else []
        for match in shown:
            spoken, place = " ".join(clause.words[match.first : match.last]), clause.span(match.first, match.last)
            for code in match.phrase.meanings:
                if not covers or not any(_covers(cover, match, code) for cover in covers):
                    yield _Hit(code, i, spoken, place)


def _covers(cover: Match, match: Match, code: str) -> bool:
    """Whether an exception takes a keyword's words for this topic; a longer keyword stands against it."""
    overlap = cover.first < match.last and match.first < cover.last
    return overlap and code in cover.phrase.meanings and match.last - match.first <= cover.last - cover.first


def _polarity(hits: list[_Hit], said: Sequence[Clause], felt: Sequence[Feeling], tone: Tone, topic: Topic) -> str:
    places = {hit.clause for hit in hits}
    sentences = {said[i].sentence for i in places}
    around = [feeling for clause, feeling in zip(said, felt, strict=True) if clause.sentence in sentences]
    for value in (sum(felt[i].value for i in places), sum(feeling.value for feeling in around)):
        if abs(value) >= CLEAR:
            return "positive" if value > 0 else "negative"
    if tone.label in ("positive", "negative"):
        return tone.label
    return topic.leaning if tone.label == "mixed" else "neutral"


def _in_general(found: list[Mention], said: Sequence[Clause], tone: Tone) -> list[Mention]:
    """General praise or dissatisfaction only as the comment sounds; a short comment without a topic is either."""
    kept = [mention for mention in found if tone.label in FITS.get(mention.topic, (tone.label,))]
    if kept or tone.label not in ("positive", "negative") or sum(len(clause.words) for clause in said) > SHORT:
        return kept
    return [Mention(PRAISE if tone.label == "positive" else DISSATISFACTION, tone.label, tone.reasons[:REASONS])]


def _reasons(hits: list[_Hit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.words for hit in hits))[:REASONS]


def _spans(hits: list[_Hit]) -> tuple[tuple[int, int], ...]:
    return tuple(dict.fromkeys(hit.place for hit in hits))[:REASONS]
