"""Linear heads: a weight for each thing a comment shows, for each label it might have. Plain arrays, nothing hidden."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from analysis.text.grams import Vocabulary

TONE, TOPIC, KIND, SOURCE, FORM = "tone:", "topic:", "kind:", "source:", "form:"
STRENGTH, FLAG = "strength:", "flag:"
FAMILIES = (TONE, TOPIC, KIND, SOURCE, FORM, STRENGTH, FLAG)
DANGER, EMERGENCY, VULNERABLE, TOLD = "danger", "emergency", "vulnerable", "told"


@dataclass(frozen=True)
class Heads:
    """Heads trained together. ``dense`` weighs meaning and rules, ``counted`` words and pieces: (features, labels).

    ``cuts``: how likely a label must be to be given. ``by_rules``: topics on which the rules beat the head and decide.
    ``sureness``: points (likelihood said, share right when left out of training) of how often the tone is right.
    """

    labels: tuple[str, ...]
    dense: np.ndarray
    counted: np.ndarray
    bias: np.ndarray
    words: Vocabulary
    pieces: Vocabulary
    cuts: Mapping[str, float]
    by_rules: frozenset[str] = frozenset()
    sureness: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 1.0))
    meaning: int = 0  # length of the vectors they were trained with; 0: none
    weighs: str = ""  # what findings of the rules they weigh (Registers.findings); "" for the shipped ones

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The column of each label."""
        return {label: place for place, label in enumerate(self.labels)}

    def likely(self, dense: np.ndarray, counted: sparse.csr_matrix) -> np.ndarray:
        """How likely each label is for each comment, float (comments, labels); the four tones add up to 1."""
        logits = dense @ self.dense + counted @ self.counted + self.bias
        found = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
        tones = [place for label, place in self.places.items() if label.startswith(TONE)]
        if tones:
            raised = np.exp(logits[:, tones] - logits[:, tones].max(axis=1, keepdims=True))
            found[:, tones] = raised / raised.sum(axis=1, keepdims=True)
        return found

    def named(self, prefix: str) -> tuple[tuple[str, int], ...]:
        """The labels of one family without their prefix, each with its column."""
        return self._families[prefix]

    def cut(self, label: str) -> float:
        """How likely a label must be to be given."""
        return self.cuts.get(label, 0.5)

    def sure(self, likelihood: float) -> float:
        """How often a tone said with this likelihood was right."""
        points = self.sureness
        after = bisect_left(points, (likelihood,))
        if after in (0, len(points)):
            return points[0 if after == 0 else -1][1]
        (said, right), (next_said, next_right) = points[after - 1], points[after]
        part = (likelihood - said) / (next_said - said) if next_said > said else 1.0
        return right + part * (next_right - right)

    @cached_property
    def topics(self) -> tuple[tuple[str, int, float], ...]:
        """Each topic with its column, and how likely it must be to be given."""
        return tuple((topic, place, self.cut(TOPIC + topic)) for topic, place in self.named(TOPIC))

    @cached_property
    def strengths(self) -> tuple[tuple[str, int, float], ...]:
        """Each kind of strength with its column, and how likely it must be to be given."""
        return tuple((kind, place, self.cut(STRENGTH + kind)) for kind, place in self.named(STRENGTH))

    @cached_property
    def flags(self) -> tuple[tuple[str, int, float], ...]:
        """Each kind of sensitive data with its column, and how likely it must be to be flagged."""
        return tuple((kind, place, self.cut(FLAG + kind)) for kind, place in self.named(FLAG))

    @cached_property
    def asking(self) -> np.ndarray:
        """How likely each label must be (labels,) for its words to be looked for: as its cut says, but never (infinity)
        where it is no topic of the heads', no strength, no danger and no judgement."""
        told = {DANGER, TOLD, *(TOPIC + topic for topic, _, _ in self.topics if topic not in self.by_rules)}
        told |= {STRENGTH + kind for kind, _, _ in self.strengths}
        return np.array([self.cut(label) if label in told else np.inf for label in self.labels])

    @cached_property
    def _families(self) -> dict[str, tuple[tuple[str, int], ...]]:
        return {
            prefix: tuple((label[len(prefix) :], at) for label, at in self.places.items() if label.startswith(prefix))
            for prefix in FAMILIES
        }
