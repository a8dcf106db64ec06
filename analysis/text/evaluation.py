"""How well the reader agrees with people's labels: precision, recall and F1 for tone, topics and redaction.

Agreement with one author's labels, not accuracy on real tenants: see docs/method/words.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.text.reading import Language, read
from analysis.text.redaction import Span, details
from analysis.text.tidy import tidy


@dataclass(frozen=True)
class Labelled:
    """A comment with what a person read in it: tone, topic → polarity, and personal details as (kind, exact text)."""

    text: str
    question: str
    tone: str
    topics: Mapping[str, str]
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Score:
    """Found and right, found and wrong, missed. The shares are None where there is nothing to divide by."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Of what was found, how much is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Of what there is, how much was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        either = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / either if either else None

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


@dataclass(frozen=True)
class Agreement:
    """One task scored: by label, and all of them together (``micro``)."""

    by_label: Mapping[str, Score]

    @property
    def micro(self) -> Score:
        """Every decision counts the same. For tone, where each comment has one label, its F1 is the accuracy."""
        return sum(self.by_label.values(), Score())

    @property
    def macro_f1(self) -> float:
        """The mean of the labels' F1: rare labels count as much as common ones."""
        scores = [score.f1 for score in self.by_label.values() if score.f1 is not None]
        return sum(scores) / len(scores) if scores else 0.0


@dataclass(frozen=True)
class Evaluation:
    """What ``evaluate`` gives: each task's agreement, and how often a topic found rightly has the right polarity."""

    comments: int
    tone: Agreement
    topics: Agreement
    polarity: float
    redaction: Agreement


def evaluate(comments: Sequence[Labelled], language: Language) -> Evaluation:
    """Read every comment and compare with its labels."""
    tones, topics, same, both = [], [], 0, 0
    for comment in comments:
        reading = read(comment.text, comment.question, language)
        found = {mention.topic: mention.polarity for mention in reading.mentions}
        tones.append(({reading.tone.label}, {comment.tone}))
        topics.append((set(found), set(comment.topics)))
        shared = found.keys() & comment.topics.keys()
        both += len(shared)
        same += sum(found[topic] == comment.topics[topic] for topic in shared)
    return Evaluation(
        comments=len(comments),
        tone=agreement(tones),
        topics=agreement(topics),
        polarity=same / both if both else 0.0,
        redaction=redaction_agreement(comments, language),
    )


def agreement(pairs: Iterable[tuple[set[str], set[str]]]) -> Agreement:
    """Scores by label from pairs of (labels found, labels given).

    >>> agreement([({"damp_mould", "pests"}, {"damp_mould"})]).micro
    Score(right=1, wrong=1, missed=0)
    """
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for found, given in pairs:
        right.update(found & given)
        wrong.update(found - given)
        missed.update(given - found)
    labels = sorted(right.keys() | wrong.keys() | missed.keys())
    return Agreement({label: Score(right[label], wrong[label], missed[label]) for label in labels})


def redaction_agreement(comments: Sequence[Labelled], language: Language) -> Agreement:
    """By kind: a detail is found when every letter and figure of it was taken out, whatever kind it was taken for.

    Something taken out is wrong when it touches no labelled detail and repeats none.
    """
    total: dict[str, Score] = {}
    for comment in comments:
        text = tidy(comment.text)
        spans = details(text, language.redaction)
        for kind, score in _span_scores(text, spans, comment.details):
            total[kind] = total.get(kind, Score()) + score
    return Agreement(dict(sorted(total.items())))


def _span_scores(text: str, spans: Sequence[Span], given: Sequence[tuple[str, str]]) -> Iterable[tuple[str, Score]]:
    taken = {place for span in spans for place in range(span.start, span.end)}
    places = _places(text, given)
    for kind, start, end in places:
        covered = all(i in taken or not text[i].isalnum() for i in range(start, end))
        yield kind, Score(right=int(covered), missed=int(not covered))
    for span in spans:
        touches = any(span.start < end and start < span.end for _, start, end in places)
        repeats = any(text[span.start : span.end] in text[start:end] for _, start, end in places)
        if not touches and not repeats:
            yield span.kind, Score(wrong=1)


def _places(text: str, given: Sequence[tuple[str, str]]) -> list[tuple[str, int, int]]:
    """Where each labelled detail stands; the same words twice stand in two places."""
    found = []
    after: Counter[str] = Counter()
    for kind, words in given:
        plain = tidy(words)
        start = text.find(plain, after[plain])
        if start < 0:
            raise ValueError(f"A labelled {kind} does not stand in its comment as written.")
        after[plain] = start + 1
        found.append((kind, start, start + len(plain)))
    return found
