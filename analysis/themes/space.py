"""Where texts stand so that like is near like: by meaning, or without a sentence model by the words they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

BY_MEANING, BY_WORDS = "meaning", "words"
WIDTH = 100  # directions kept of the words
VOCABULARY = 20_000
FEWEST_TEXTS = 3  # a word or pair of words has to stand in
MOST_TEXTS = 0.5  # and may stand in, as a part

Places = npt.NDArray[np.float32]  # texts × directions, each of length 1


@dataclass(frozen=True)
class Space:
    """What is needed to place a text: the mean of meanings; or words, how much each tells, and their directions.

    Kept with the themes, so that a text of next month is placed by the same measure.
    """

    kind: str
    mean: npt.NDArray[np.float32]
    vocabulary: tuple[str, ...] = ()
    tells: npt.NDArray[np.float32] | None = None
    directions: npt.NDArray[np.float32] | None = None  # words × directions

    def place(self, texts: Sequence[str], vectors: npt.NDArray[np.float32] | None = None) -> Places:
        """Where these texts stand; ``vectors`` are their meanings, needed by a space of meanings."""
        if self.kind == BY_MEANING:
            assert vectors is not None
            return _of_length_1(vectors - self.mean)
        assert self.directions is not None
        counted = _counter(self.vocabulary).transform(texts).astype(np.float32)
        counted.data = (1 + np.log(counted.data)) if counted.nnz else counted.data
        told = _of_length_1(np.asarray(counted.multiply(self.tells).tocsr() @ self.directions, dtype=np.float32))
        return _of_length_1(np.where(told.any(axis=1, keepdims=True), told - self.mean, 0))  # no known word: nowhere


def space_of_meanings(vectors: npt.NDArray[np.float32]) -> Space:
    """A space in which the mean of these meanings is the middle: what all comments have in common tells nothing."""
    return Space(BY_MEANING, vectors.mean(axis=0, dtype=np.float64).astype(np.float32))


def space_of_words(texts: Sequence[str], seed: int) -> Space:
    """A space of the words of these texts (TF-IDF, then singular values); the same for the same texts in this order."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    weigher = TfidfVectorizer(
        sublinear_tf=True,
        min_df=min(FEWEST_TEXTS, max(len(texts) // 2, 1)),
        max_df=MOST_TEXTS if len(texts) >= 30 else 1.0,
        ngram_range=(1, 2),
        stop_words="english",
        max_features=VOCABULARY,
        norm=None,
        dtype=np.float32,
    )
    weighed = weigher.fit_transform(texts)
    width = min(WIDTH, weighed.shape[1] - 1, weighed.shape[0] - 1)
    found = TruncatedSVD(max(width, 1), random_state=seed).fit(_rows_of_length_1(weighed))
    words = Space(
        BY_WORDS,
        np.zeros(found.components_.shape[0], dtype=np.float32),
        tuple(str(word) for word in weigher.get_feature_names_out()),
        weigher.idf_.astype(np.float32),
        found.components_.T.astype(np.float32),
    )
    middle = words.place(texts).mean(axis=0).astype(np.float32)
    return Space(BY_WORDS, middle, words.vocabulary, words.tells, words.directions)


def _counter(vocabulary: tuple[str, ...]) -> Any:
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer(vocabulary=list(vocabulary), ngram_range=(1, 2), stop_words="english")


def _rows_of_length_1(matrix: Any) -> Any:
    from sklearn.preprocessing import normalize

    return normalize(matrix)


def _of_length_1(rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Rows of length 1; a row of noughts stays one: it is near nothing."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, length, out=np.zeros_like(rows), where=length > 1e-9).astype(np.float32)
