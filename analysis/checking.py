"""How often the reader is right, from comments people labelled without seeing its labels; and how far people agree.

Every rate is a share with its interval and base. The comments checked must be a random sample of those read.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType

import numpy as np

from analysis.model import Estimate
from analysis.survey.estimates import withheld
from analysis.survey.intervals import FEWEST_FOR_WILSON, KORN_GRAUBARD, WILSON, korn_graubard, wilson
from analysis.text.evaluation import Score

FEWEST_OF_A_SLICE = 30  # checked comments of one tenure, age band, length or channel before it is told of
UNSURE = "unsure"  # the reader's tone where it abstained
WAYS = ("tenure", "age_band", "length", "channel")
LENGTHS = ((8, "under 8 words"), (30, "8 to 29 words"), (80, "30 to 79 words"))
LONGEST = "80 words or more"
LEVEL = 0.95


@dataclass(frozen=True)
class Labels:
    """What is said of one comment, by the reader or by a person: tone, topic → polarity, a danger, being judged."""

    tone: str
    topics: Mapping[str, str]
    danger: bool = False
    told: bool = False


@dataclass(frozen=True)
class Checked:
    """One comment: what the reader found, what a person gave, and the slices it belongs to ("tenure" → level)."""

    found: Labels
    given: Labels
    slices: Mapping[str, str]


@dataclass(frozen=True)
class Rates:
    """How right one label is. ``precision``: of what was found, the share right. ``recall``: of what there is, the
    share found. ``f1`` holds both in one number; its base is the comments where either said the label."""

    score: Score
    precision: Estimate
    recall: Estimate
    f1: Estimate


@dataclass(frozen=True)
class Slice:
    """The comments of one tenure, age band, length or channel: how many are checked, and how right the reader is."""

    checked: int
    tone: Estimate
    topics: Rates


@dataclass(frozen=True)
class Accuracy:
    """How right the reader is in the comments checked. ``unsure``: those whose tone it would not say."""

    checked: int
    unsure: int
    tone: Estimate
    tones: Mapping[str, Rates]
    topics: Rates
    by_topic: Mapping[str, Rates]
    polarity: Estimate  # of topics found rightly, those of the right polarity
    danger: Rates
    told: Rates
    slices: Mapping[str, Mapping[str, Slice]]


def accuracy(checked: Sequence[Checked], fewest: int = FEWEST_OF_A_SLICE) -> Accuracy:
    """How right the reader is; a slice with fewer than ``fewest`` comments is withheld with that reason."""
    sure = [one for one in checked if one.found.tone != UNSURE]
    tones = sorted({label for one in sure for label in (one.found.tone, one.given.tone)})
    topics = sorted({topic for one in checked for topic in (*one.found.topics, *one.given.topics)})
    return Accuracy(
        checked=len(checked),
        unsure=len(checked) - len(sure),
        tone=_tone(checked),
        tones=MappingProxyType({label: _rates(sure, _is_tone(label)) for label in tones}),
        topics=_rates(checked, lambda labels: set(labels.topics)),
        by_topic=MappingProxyType({topic: _rates(checked, _has_topic(topic)) for topic in topics}),
        polarity=_polarity(checked),
        danger=_rates(checked, lambda labels: {"danger"} if labels.danger else set()),
        told=_rates(checked, lambda labels: {"told"} if labels.told else set()),
        slices=MappingProxyType({way: MappingProxyType(_sliced(checked, way, fewest)) for way in WAYS}),
    )


def length_band(text: str) -> str:
    """How long a comment is, in words.

    >>> length_band("No hot water"), length_band("word " * 90)
    ('under 8 words', '80 words or more')
    """
    words = len(text.split())
    return next((name for fewer, name in LENGTHS if words < fewer), LONGEST)


def _tone(checked: Sequence[Checked]) -> Estimate:
    sure = [one for one in checked if one.found.tone != UNSURE]
    return ratio(
        [int(one.found.tone == one.given.tone) for one in sure], [1] * len(sure), "comments whose tone it said"
    )


def _is_tone(label: str) -> Callable[[Labels], set[str]]:
    return lambda labels: {labels.tone} & {label}


def _has_topic(topic: str) -> Callable[[Labels], set[str]]:
    return lambda labels: {topic} & set(labels.topics)


def _polarity(checked: Sequence[Checked]) -> Estimate:
    shared = [(one, sorted(one.found.topics.keys() & one.given.topics.keys())) for one in checked]
    same = [sum(one.found.topics[t] == one.given.topics[t] for t in topics) for one, topics in shared]
    return ratio(same, [len(topics) for _, topics in shared], "topics found rightly")


def _rates(checked: Sequence[Checked], labels: Callable[[Labels], set[str]]) -> Rates:
    pairs = [(labels(one.found), labels(one.given)) for one in checked]
    right = [len(found & given) for found, given in pairs]
    said = [len(found) for found, _ in pairs]
    there = [len(given) for _, given in pairs]
    either = [len(found | given) for found, given in pairs]
    total = sum(right)
    return Rates(
        Score(total, sum(said) - total, sum(there) - total),
        ratio(right, said, "comments checked where the reader found it"),
        ratio(right, there, "comments checked that tell of it"),
        _f1(ratio(right, either, "comments checked that tell of it")),
    )


def _f1(shared: Estimate) -> Estimate:
    """F1 from the share right among whatever either side said: 2s / (1 + s), which only grows with s."""
    if shared.value is None or shared.low is None or shared.high is None:
        return shared
    value, low, high = (2 * s / (1 + s) for s in (shared.value, shared.low, shared.high))
    return replace(shared, value=value, low=low, high=high, yes=None, se=None)


def _sliced(checked: Sequence[Checked], way: str, fewest: int) -> dict[str, Slice]:
    levels = sorted({one.slices[way] for one in checked if one.slices.get(way)})
    return {level: _slice([one for one in checked if one.slices.get(way) == level], fewest) for level in levels}


def _slice(checked: Sequence[Checked], fewest: int) -> Slice:
    n = len(checked)
    if n >= fewest:
        return Slice(n, _tone(checked), _rates(checked, lambda labels: set(labels.topics)))
    none = withheld(f"fewer than {fewest} comments checked", n)
    return Slice(n, none, Rates(Score(), none, none, none))


# ── Shares of decisions, several in a comment ────────────────────────────────────────────────────


def ratio(right: Sequence[int], of: Sequence[int], what: str) -> Estimate:
    """The share of decisions that are right, with an interval that knows that those of one comment go together.

    ``right`` and ``of`` are counts, comment by comment. One decision a comment makes it a plain share like any other
    here: Wilson from 30 comments, Korn-Graubard below. The base is the comments that hold any. None of them: withheld,
    no ``what``.
    """
    pairs = [(r, n) for r, n in zip(right, of, strict=True) if n]
    if not pairs:
        return withheld(f"no {what}", 0)
    m = len(pairs)
    total, decisions = sum(r for r, _ in pairs), sum(n for _, n in pairs)
    share = total / decisions
    spread = sum((r - share * n) ** 2 for r, n in pairs) / decisions**2 * m / max(m - 1, 1)
    worth = share * (1 - share) / spread if spread > 0 else float(m)
    low, high, method = _ends(share, worth, m)
    plain = total if decisions == m else None
    return Estimate(share, low, high, m, math.sqrt(spread), min(worth, m), plain, method)


def _ends(share: float, worth: float, m: int) -> tuple[float, float, str]:
    p, answers, freedom = np.array([share]), np.array([worth]), np.array([float(max(m - 1, 1))])
    if m >= FEWEST_FOR_WILSON:
        low, high = wilson(p, answers, freedom, LEVEL)
        name = WILSON
    else:
        low, high = korn_graubard(p, answers, freedom, freedom + 1, LEVEL)
        name = KORN_GRAUBARD
    return min(float(low[0]), share), max(float(high[0]), share), name


# ── Two people on the same comments ──────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Kappa:
    """Cohen's kappa of two people: 1 is full agreement, 0 what chance would give. Missing has a reason."""

    value: float | None
    low: float | None
    high: float | None
    base: int
    agreed: float | None = None  # the share on which they agree
    withheld: str | None = None


@dataclass(frozen=True)
class BetweenPeople:
    """How far two checkers agree on the comments both checked: the ceiling of what a reader can be asked for."""

    people: tuple[str, str]
    both: int
    tone: Kappa
    topics: Kappa  # every topic either of them gave, in every comment: given or not
    by_topic: Mapping[str, Kappa]
    tone_agreed: Estimate
    topics_f1: Estimate  # one person's topics taken as found and the other's as given: which is which does not matter


def between_people(answers: Mapping[str, Mapping[str, Labels]]) -> BetweenPeople | None:
    """The agreement of the two people with most comments in common; None where no two checked the same comment.

    ``answers`` is person → comment → labels.
    """
    pairs = [(len(answers[a].keys() & answers[b].keys()), a, b) for a, b in combinations(sorted(answers), 2)]
    most, one, other = max(pairs, key=lambda pair: pair[0], default=(0, "", ""))
    if not most:
        return None
    shared = sorted(answers[one].keys() & answers[other].keys())
    pairs_of = [(answers[one][key], answers[other][key]) for key in shared]
    topics = sorted({topic for a, b in pairs_of for topic in (*a.topics, *b.topics)})
    as_checked = [Checked(a, b, {}) for a, b in pairs_of]
    return BetweenPeople(
        people=(one, other),
        both=most,
        tone=kappa([[(a.tone, b.tone)] for a, b in pairs_of]),
        topics=kappa([[(t in a.topics, t in b.topics) for t in topics] for a, b in pairs_of]),
        by_topic=MappingProxyType({t: kappa([[(t in a.topics, t in b.topics)] for a, b in pairs_of]) for t in topics}),
        tone_agreed=_tone(as_checked),
        topics_f1=_rates(as_checked, lambda labels: set(labels.topics)).f1,
    )


def kappa(pairs: Sequence[Sequence[tuple[object, object]]]) -> Kappa:
    """Cohen's kappa (1960) of decisions, comment by comment, each as (one person's, the other's).

    The interval is the jackknife's, a comment left out at a time, so that many decisions in a comment do not make it
    narrower than it is.
    """
    n = len(pairs)
    table = _table(pairs)
    if n < 2 or not table.sum():
        return Kappa(None, None, None, n, withheld="fewer than two comments checked by both")
    agreed = float(np.trace(table) / table.sum())
    value = _kappa(table)
    if value is None:
        return Kappa(None, None, None, n, agreed, "both always said the same one thing, so chance would agree as well")
    labels = _labels(pairs)
    without = [_kappa(table - _counted(each, labels)) for each in pairs]
    known = np.array([value if k is None else k for k in without])
    se = math.sqrt((n - 1) / n * float(((known - known.mean()) ** 2).sum()))
    half = 1.96 * se
    return Kappa(value, max(-1.0, value - half), min(1.0, value + half), n, agreed)


def _kappa(table: np.ndarray) -> float | None:
    total = table.sum()
    if not total:
        return None
    agreed = np.trace(table) / total
    chance = float((table.sum(axis=0) * table.sum(axis=1)).sum() / total**2)
    return None if math.isclose(chance, 1.0) else float((agreed - chance) / (1 - chance))


def _table(pairs: Sequence[Sequence[tuple[object, object]]]) -> np.ndarray:
    labels = _labels(pairs)
    return sum((_counted(each, labels) for each in pairs), np.zeros((len(labels), len(labels))))


def _labels(pairs: Iterable[Iterable[tuple[object, object]]]) -> dict[object, int]:
    found = sorted({label for each in pairs for pair in each for label in pair}, key=str)
    return {label: n for n, label in enumerate(found)}


def _counted(each: Iterable[tuple[object, object]], labels: Mapping[object, int]) -> np.ndarray:
    table = np.zeros((len(labels), len(labels)))
    for one, other in each:
        table[labels[one], labels[other]] += 1
    return table
