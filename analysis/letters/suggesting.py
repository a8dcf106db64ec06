"""Sentences that may say the same in other words: nearest in meaning to labelled ones. Suggestions, no findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

STRENGTH = 10.0  # how closely the examples are followed
SURE = 0.7  # chosen on the examples themselves: docs/method/letters.md


class Example(NamedTuple):
    """A sentence and the kinds of wording a person saw in it; none is an example too."""

    text: str
    kinds: tuple[str, ...]


class Suggestion(NamedTuple):
    """A kind of wording a sentence may hold, and the example of it that is nearest in meaning."""

    kind: str
    like: str


Suggest = Callable[[Sequence[str]], list[tuple[Suggestion, ...]]]  # a sentence each → what it may hold


@dataclass(frozen=True)
class Suggester:
    """Examples with what they mean (a row of length 1 each), and a weighing of meaning for each kind."""

    examples: tuple[Example, ...]
    meanings: np.ndarray
    weighings: dict[str, LogisticRegression]

    def suggestions(self, meanings: np.ndarray) -> list[tuple[Suggestion, ...]]:
        """What sentences of these meanings may hold."""
        if not len(meanings):
            return []
        likely = {kind: weighing.predict_proba(meanings)[:, 1] for kind, weighing in self.weighings.items()}
        nearness = meanings @ self.meanings.T
        return [
            tuple(Suggestion(kind, self._like(kind, nearness[row])) for kind, p in likely.items() if p[row] > SURE)
            for row in range(len(meanings))
        ]

    def _like(self, kind: str, nearness: np.ndarray) -> str:
        of_kind = [at for at, example in enumerate(self.examples) if kind in example.kinds]
        return self.examples[max(of_kind, key=lambda at: nearness[at])].text


def suggester(examples: Sequence[Example], meanings: np.ndarray, kinds: Sequence[str]) -> Suggester:
    """Weigh the meanings of examples, kind by kind: the same every time. Kinds without examples are left out."""
    weighings = {}
    for kind in kinds:
        there = np.array([kind in example.kinds for example in examples])
        if there.any() and not there.all():
            model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=2_000)
            weighings[kind] = model.fit(meanings, there)
    return Suggester(tuple(examples), meanings, weighings)
