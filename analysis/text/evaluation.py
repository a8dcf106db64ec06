"""How well the reader agrees with people's labels: tone, topics, judgement told, dangers and redaction.

Agreement with the labels of one author each, not accuracy on real tenants: see docs/method/text.md. Both sides are
``Labelled``: what people marked, and what was read put in the same form, so a file of predictions can be scored too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from analysis.model import Danger, Told

EMERGENCY = "emergency"
TOGETHER = MappingProxyType({"disability": "health", "harm": "accusation"})  # flags that are told apart by nobody


@dataclass(frozen=True)
class Labelled:
    """A comment with what was found in it: tone, topic → polarity, and personal details as (kind, exact text)."""

    text: str
    question: str
    tone: str
    topics: Mapping[str, str]
    details: tuple[tuple[str, str], ...]
    comment_id: str = ""
    told: Told | None = None
    danger: Danger | None = None
    strengths: tuple[str, ...] | None = None  # kinds; None: nobody looked for them
    flags: tuple[str, ...] | None = None  # kinds of data too sensitive to quote; None: nobody looked for them


@dataclass(frozen=True)
class Score:
    """Found and right, found and wrong, missed. The shares are None where there is nothing to divide by."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def n(self) -> int:
        """How many there are to find."""
        return self.right + self.missed

    @property
    def precision(self) -> float | None:
        """Of what was found, how much is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Of what there is, how much was found."""
        return self.right / self.n if self.n else None

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
        """The mean F1 of the labels that people gave: rare labels count as much as common ones."""
        scores = [score.f1 or 0.0 for score in self.by_label.values() if score.n]
        return sum(scores) / len(scores) if scores else 0.0


@dataclass(frozen=True)
class Share:
    """How many of how many. The value is None of none."""

    yes: int
    n: int

    @property
    def value(self) -> float | None:
        """The share."""
        return self.yes / self.n if self.n else None


@dataclass(frozen=True)
class Evaluation:
    """What ``evaluate`` gives: each task's agreement. Judgement told and dangers are scored comment by comment."""

    comments: int
    tone: Agreement
    topics: Agreement
    polarity: Share  # of topics found rightly, those of the right polarity
    told: Score
    sources: Agreement
    forms: Agreement
    danger: Score
    kinds: Agreement
    emergencies: Share  # of labelled emergencies, those found as emergencies
    severity: Share  # of dangers found rightly, those of the right severity
    vulnerable: Share  # of dangers found rightly, those rightly said to touch somebody vulnerable, or not
    redaction: Agreement
    clean: Share  # of comments without personal details, those left as they were
    strengths: Agreement  # of the comments in which somebody looked for them
    flags: Agreement


def evaluate(given: Sequence[Labelled], found: Sequence[Labelled]) -> Evaluation:
    """What was found set against what people marked, comment by comment.

    Raises ValueError where the two are not of the same length, or a labelled detail does not stand in its comment.
    """
    pairs = list(zip(found, given, strict=True))
    shared = [
        (f.topics[topic], g.topics[topic]) for f, g in pairs for topic in sorted(f.topics.keys() & g.topics.keys())
    ]
    dangers = [(f.danger, g.danger) for f, g in pairs if f.danger and g.danger]
    emergencies = [f.danger for f, g in pairs if g.danger and g.danger.severity == EMERGENCY]
    clean = [f for f, g in pairs if not g.details]
    return Evaluation(
        comments=len(pairs),
        tone=agreement(({f.tone}, {g.tone}) for f, g in pairs),
        topics=agreement((set(f.topics), set(g.topics)) for f, g in pairs),
        polarity=_same(shared),
        told=_yes_or_no(pairs, lambda one: one.told),
        sources=agreement((set(f.told.sources if f.told else ()), set(g.told.sources)) for f, g in pairs if g.told),
        forms=agreement((set(f.told.forms if f.told else ()), set(g.told.forms)) for f, g in pairs if g.told),
        danger=_yes_or_no(pairs, lambda one: one.danger),
        kinds=agreement(
            (set(f.danger.kinds if f.danger else ()), set(g.danger.kinds if g.danger else ())) for f, g in pairs
        ),
        emergencies=Share(sum(d is not None and d.severity == EMERGENCY for d in emergencies), len(emergencies)),
        severity=_same([(f.severity, g.severity) for f, g in dangers]),
        vulnerable=_same([(f.vulnerable, g.vulnerable) for f, g in dangers]),
        redaction=_redaction(pairs),
        clean=Share(sum(not f.details for f in clean), len(clean)),
        strengths=agreement((set(f.strengths or ()), set(g.strengths)) for f, g in pairs if g.strengths is not None),
        flags=agreement((flagged(f.flags or ()), flagged(g.flags)) for f, g in pairs if g.flags is not None),
    )


def flagged(flags: Iterable[str]) -> set[str]:
    """Flags with near kinds taken together: disability is health, harm is an accusation."""
    return {TOGETHER.get(flag, flag) for flag in flags}


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
    return Agreement(MappingProxyType({label: Score(right[label], wrong[label], missed[label]) for label in labels}))


def as_json(found: Evaluation, seconds: float) -> dict[str, object]:
    """The scores in the stable form of ``text evaluate --json``; each with its n. ``seconds`` is what reading took."""
    return {
        "comments": found.comments,
        "sentiment": {"accuracy": found.tone.micro.f1, "macro_f1": found.tone.macro_f1, **_n(found.comments)},
        "topics": {
            "micro_f1": found.topics.micro.f1,
            "macro_f1": found.topics.macro_f1,
            **_n(found.topics.micro.n),
            "polarity_accuracy": found.polarity.value,
            "polarity_n": found.polarity.n,
            "by_topic": _each(found.topics),
        },
        "stigma": {
            **_shares(found.told),
            "source": {"micro_f1": found.sources.micro.f1, **_n(found.sources.micro.n), "by": _each(found.sources)},
            "form": {"micro_f1": found.forms.micro.f1, **_n(found.forms.micro.n), "by": _each(found.forms)},
        },
        "hazard": {
            **_shares(found.danger),
            "emergency_recall": found.emergencies.value,
            "emergency_n": found.emergencies.n,
            "severity_accuracy": found.severity.value,
            "severity_n": found.severity.n,
            "vulnerable_accuracy": found.vulnerable.value,
            "by_kind": _each(found.kinds),
        },
        "redaction": {
            "by_kind": {
                kind: {"recall": score.recall, **_n(score.n)}
                for kind, score in found.redaction.by_label.items()
                if score.n
            },
            "clean_untouched": found.clean.value,
            "clean_n": found.clean.n,
        },
        **_looked_for("strengths", found.strengths),
        **_looked_for("flags", found.flags),
        "speed": {"comments_per_second": found.comments / seconds if seconds else None, **_n(found.comments)},
    }


def _looked_for(name: str, task: Agreement) -> dict[str, object]:
    """A task that most labelled files leave out: nothing where nobody looked, or found any."""
    return {name: _each(task)} if task.micro.n else {}


def _n(n: int) -> dict[str, int]:
    return {"n": n}


def _shares(score: Score) -> dict[str, float | None]:
    return {"precision": score.precision, "recall": score.recall, "f1": score.f1, "n": score.n}


def _each(task: Agreement) -> dict[str, dict[str, float | None]]:
    return {label: _shares(score) for label, score in task.by_label.items()}


def _same(pairs: Sequence[tuple[object, object]]) -> Share:
    return Share(sum(found == given for found, given in pairs), len(pairs))


def _yes_or_no(pairs: Sequence[tuple[Labelled, Labelled]], of: Callable[[Labelled], object | None]) -> Score:
    said = [(of(found) is not None, of(given) is not None) for found, given in pairs]
    counted = Counter(said)
    return Score(counted[(True, True)], counted[(True, False)], counted[(False, True)])


def _redaction(pairs: Sequence[tuple[Labelled, Labelled]]) -> Agreement:
    """By kind: a detail is found when every letter and figure of it was taken out, whatever kind it was taken for.

    Something taken out is wrong when it touches no labelled detail and repeats none.
    """
    total: dict[str, Score] = {}
    for found, given in pairs:
        for kind, score in _span_scores(given.text, found.details, given.details):
            total[kind] = total.get(kind, Score()) + score
    return Agreement(MappingProxyType(dict(sorted(total.items()))))


def _span_scores(
    text: str, found: Sequence[tuple[str, str]], given: Sequence[tuple[str, str]]
) -> Iterable[tuple[str, Score]]:
    spans = [(kind, start, start + len(words)) for kind, words in set(found) for start in _everywhere(text, words)]
    taken = {place for _, start, end in spans for place in range(start, end)}
    places = _places(text, given)
    for kind, start, end in places:
        covered = all(i in taken or not text[i].isalnum() for i in range(start, end))
        yield kind, Score(right=int(covered), missed=int(not covered))
    for kind, words in set(found):
        where = [(start, start + len(words)) for start in _everywhere(text, words)]
        touches = any(start < e and s < end for start, end in where for _, s, e in places)
        repeats = any(words in text[s:e] for _, s, e in places)
        if not touches and not repeats:
            yield kind, Score(wrong=1)


def _everywhere(text: str, words: str) -> list[int]:
    found, start = [], text.find(words) if words else -1
    while start >= 0:
        found.append(start)
        start = text.find(words, start + 1)
    return found


def _places(text: str, given: Sequence[tuple[str, str]]) -> list[tuple[str, int, int]]:
    """Where each labelled detail stands; the same words twice stand in two places."""
    found = []
    after: Counter[str] = Counter()
    for kind, words in given:
        start = text.find(words, after[words])
        if start < 0:
            raise ValueError(f"A labelled {kind} does not stand in its comment as written.")
        after[words] = start + 1
        found.append((kind, start, start + len(words)))
    return found
