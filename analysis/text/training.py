"""Heads from labelled comments: regressions that a seed and the comments alone decide.

scikit-learn fits them; it is imported when something is trained, not when comments are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from scipy import sparse

from analysis.text.evaluation import EMERGENCY as EMERGENCY_SEVERITY
from analysis.text.evaluation import Labelled, flagged
from analysis.text.features import TONES, beside
from analysis.text.grams import learned, pieces, words
from analysis.text.heads import (
    DANGER,
    EMERGENCY,
    FAMILIES,
    FLAG,
    FORM,
    KIND,
    SOURCE,
    STRENGTH,
    TOLD,
    TONE,
    TOPIC,
    VULNERABLE,
    Heads,
)

SEED = 20_261_129
OF_TONE, OF_TOPICS, OF_DANGERS = 0, 1, 2  # columns of Examples.looked_for
WORDS_AT_LEAST, PIECES_AT_LEAST = 2, 4  # comments a word, or a piece of one, must stand in to be weighed
MOST_WORDS, MOST_PIECES = 20_000, 20_000
LEAST_EXAMPLES = 4  # comments with a label without which no head is trained for it
# How likely a label must be to be given: chosen by cross-validation, and for dangers by what a missed one costs.
CUTS = {TOPIC: 0.56, KIND: 0.6, SOURCE: 0.5, FORM: 0.5, DANGER: 0.27, EMERGENCY: 0.04, VULNERABLE: 0.5, TOLD: 0.5,
        STRENGTH: 0.55, FLAG: 0.3}  # fmt: skip


@dataclass(frozen=True)
class Recipe:
    """How heads are fitted, each figure chosen by cross-validation on tenants' comments.

    ``tone``, ``topic`` and ``rest`` are scikit-learn's C. ``balanced``: whether a topic counts the same with its few
    comments as without in its many; without that, ``topic_cut`` is a lower likelihood.
    """

    tone: float = 0.3
    topic: float = 0.3
    rest: float = 0.5
    balanced: bool = True
    topic_cut: float = CUTS[TOPIC]

    def strength(self, label: str) -> float:
        """C for a label."""
        return self.topic if label.startswith(TOPIC) else self.rest

    def cut(self, label: str) -> float:
        """How likely a label must be to be given."""
        return self.topic_cut if label.startswith(TOPIC) else CUTS.get(_family(label) or label, 0.5)


@dataclass(frozen=True)
class Examples:
    """Labelled comments as a trainer sees them: labels, redacted texts, what the rules found, what they mean.

    Not every label was looked for in every comment; ``looked_for`` says which were, three columns of bool a comment:
    its tone, its topics, and dangers with being judged; whether strengths and flags were, the comment itself says.
    ``weight``: how much each comment counts.
    """

    labelled: Sequence[Labelled]
    texts: Sequence[str]
    rules: np.ndarray
    vectors: np.ndarray | None
    looked_for: np.ndarray  # bool (comments, 3)
    weight: np.ndarray  # float (comments,)

    def some(self, rows: np.ndarray) -> Examples:
        """Some of them."""
        return Examples(
            [self.labelled[i] for i in rows],
            [self.texts[i] for i in rows],
            self.rules[rows],
            None if self.vectors is None else self.vectors[rows],
            self.looked_for[rows],
            self.weight[rows],
        )

    def without_meaning(self) -> Examples:
        """The same without vectors."""
        return replace(self, vectors=None)


class _Fitted(NamedTuple):
    label: str
    weights: np.ndarray
    bias: float


def fit(examples: Examples, jobs: int = 1, recipe: Recipe | None = None) -> Heads:
    """Heads for every label with enough examples. The same examples in the same order give the same heads.

    Raises ValueError where fewer than two tones are among the examples.
    """
    n = len(examples.texts)
    of_words = learned(*words(examples.texts), n, WORDS_AT_LEAST, MOST_WORDS)
    of_pieces = learned(*pieces(examples.texts), n, PIECES_AT_LEAST, MOST_PIECES)
    dense, counted = beside(examples.texts, examples.rules, examples.vectors, of_words, of_pieces)
    shown = sparse.hstack([sparse.csr_matrix(dense), counted], format="csr")
    recipe = recipe or Recipe()
    fitted = _tones(shown, examples, recipe) + _each(shown, _targets(examples), examples.weight, jobs, recipe)
    weights = np.stack([one.weights for one in fitted], axis=1).astype(np.float32)
    return Heads(
        labels=tuple(one.label for one in fitted),
        dense=weights[: dense.shape[1]],
        counted=weights[dense.shape[1] :],
        bias=np.asarray([one.bias for one in fitted], dtype=np.float32),
        words=of_words,
        pieces=of_pieces,
        cuts={one.label: recipe.cut(one.label) for one in fitted},
        meaning=0 if examples.vectors is None else examples.vectors.shape[1],
    )


def likely(heads: Heads, examples: Examples) -> np.ndarray:
    """What heads say of examples: (examples, labels)."""
    return heads.likely(*beside(examples.texts, examples.rules, examples.vectors, heads.words, heads.pieces))


def left_out(examples: Examples, groups: Sequence[str], labels: Sequence[str], jobs: int = 1) -> np.ndarray:
    """What heads trained without a comment's own group say of it: (examples, labels), nan for a label not trained."""
    found = np.full((len(groups), len(labels)), np.nan)
    of = np.asarray(groups)
    for group in sorted(set(groups)):
        heads = fit(examples.some(np.flatnonzero(of != group)), jobs)
        out = np.flatnonzero(of == group)
        said = likely(heads, examples.some(out))
        for place, label in enumerate(labels):
            if label in heads.places:
                found[out, place] = said[:, heads.places[label]]
    return found


def sureness(likelihood: np.ndarray, right: np.ndarray, bins: int = 10) -> tuple[tuple[float, float], ...]:
    """Points of how often a tone is right for how likely it was said to be: rising, from equal shares of comments."""
    from sklearn.isotonic import IsotonicRegression

    rising = IsotonicRegression(out_of_bounds="clip").fit(likelihood, right)
    at = np.quantile(likelihood, np.linspace(0, 1, bins + 1))
    return tuple((float(x), float(y)) for x, y in zip(at, rising.predict(at), strict=True))


def targets(one: Labelled) -> frozenset[str]:
    """Every label of a comment but its tone, as heads name them."""
    found = {TOPIC + topic for topic in one.topics}
    if one.danger:
        found |= {DANGER} | {KIND + kind for kind in one.danger.kinds}
        found |= {EMERGENCY} if one.danger.severity == EMERGENCY_SEVERITY else set()
        found |= {VULNERABLE} if one.danger.vulnerable else set()
    if one.told:
        found |= {TOLD} | {SOURCE + source for source in one.told.sources} | {FORM + form for form in one.told.forms}
    found |= {STRENGTH + kind for kind in one.strengths or ()} | {FLAG + kind for kind in flagged(one.flags or ())}
    return frozenset(found)


def _targets(examples: Examples) -> Mapping[str, tuple[np.ndarray, np.ndarray]]:
    """For each label the comments it was looked for in, and whether each has it."""
    given = [targets(one) for one in examples.labelled]
    for_topics, for_dangers = (np.flatnonzero(examples.looked_for[:, column]) for column in (OF_TOPICS, OF_DANGERS))
    found = {}
    for_strengths = np.flatnonzero([one.strengths is not None for one in examples.labelled])
    for_flags = np.flatnonzero([one.flags is not None for one in examples.labelled])
    families = {TOPIC: for_topics, STRENGTH: for_strengths, FLAG: for_flags}
    for label in sorted(frozenset().union(*given)):
        rows = families.get(_family(label), for_dangers)
        has = np.asarray([label in given[i] for i in rows])
        if LEAST_EXAMPLES <= has.sum() < len(has):
            found[label] = (rows, has)
    return found


def _tones(shown: sparse.csr_matrix, examples: Examples, recipe: Recipe) -> list[_Fitted]:
    from sklearn.linear_model import LogisticRegression

    rows = np.flatnonzero(examples.looked_for[:, OF_TONE])
    tones = [examples.labelled[int(i)].tone for i in rows]
    if len(set(tones)) < 2:
        raise ValueError("A head for tone needs comments of at least two tones.")
    head = LogisticRegression(C=recipe.tone, class_weight="balanced", max_iter=300, random_state=SEED)
    head.fit(shown[rows], tones, examples.weight[rows])
    if len(head.classes_) == 2:
        pair = np.vstack([-head.coef_, head.coef_]) / 2, np.concatenate([-head.intercept_, head.intercept_]) / 2
    else:
        pair = head.coef_, head.intercept_
    by_tone = dict(zip(head.classes_, zip(*pair, strict=True), strict=True))
    return [_Fitted(TONE + tone, by_tone[tone][0], float(by_tone[tone][1])) for tone in TONES if tone in by_tone]


def _each(
    shown: sparse.csr_matrix,
    wanted: Mapping[str, tuple[np.ndarray, np.ndarray]],
    weight: np.ndarray,
    jobs: int,
    recipe: Recipe,
) -> list[_Fitted]:
    from joblib import Parallel, delayed

    given: list[_Fitted] = Parallel(n_jobs=jobs)(
        delayed(_one)(label, shown[rows], has, weight[rows], recipe) for label, (rows, has) in wanted.items()
    )
    return given


def _one(label: str, shown: sparse.csr_matrix, has: np.ndarray, weight: np.ndarray, recipe: Recipe) -> _Fitted:
    from sklearn.linear_model import LogisticRegression

    head = LogisticRegression(
        C=recipe.strength(label),
        class_weight="balanced" if recipe.balanced or not label.startswith(TOPIC) else None,
        solver="liblinear",
        dual=True,
        max_iter=1_000,
        random_state=SEED,
    )
    head.fit(shown, has, weight)
    return _Fitted(label, head.coef_[0], float(head.intercept_[0]))


def _family(label: str) -> str:
    return next((family for family in FAMILIES if label.startswith(family)), "")


def settled(heads: Heads, by_rules: frozenset[str] = frozenset(), points: Sequence[tuple[float, float]] = ()) -> Heads:
    """The heads with what cross-validation showed: which topics the rules keep, and how sure a tone is."""
    return replace(heads, by_rules=by_rules, sureness=tuple(points) or heads.sureness)
