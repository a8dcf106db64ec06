"""What texts mean, each asked of the sentence model once and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from data.vectors import FINENESS, vector_key


class Kept(Protocol):
    """Where vectors are kept: of texts by their keys, float32 (n, width), and whether each is held."""

    def of(self, keys: Sequence[str]) -> tuple[np.ndarray, np.ndarray]: ...
    def keep(self, keys: Sequence[str], vectors: np.ndarray) -> int: ...


class AtHand:
    """Vectors of this run only, as coarse as those kept on disk, so that a text is read the same in either."""

    def __init__(self, width: int) -> None:
        self._held: dict[str, np.ndarray] = {}
        self._nothing = np.zeros(width, dtype=np.int8)

    def of(self, keys: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """As ``Kept``."""
        rows = [self._held.get(key, self._nothing) for key in keys]
        matrix = np.array(rows, dtype=np.float32).reshape(len(rows), len(self._nothing)) / FINENESS
        return matrix, np.array([key in self._held for key in keys], dtype=bool)

    def keep(self, keys: Sequence[str], vectors: np.ndarray) -> int:
        """As ``Kept``."""
        self._held.update(zip(keys, np.rint(np.clip(vectors, -1, 1) * FINENESS).astype(np.int8), strict=True))
        return len(keys)


class Meanings:
    """Vectors of redacted texts: those kept are taken as they are, the rest are made and kept as one part."""

    def __init__(self, vectors: Kept, embedder: Callable[[Sequence[str]], np.ndarray]) -> None:
        self.vectors = vectors
        self._embedder = embedder

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """float32 (texts, width), as kept: the same whether a text was met just now or last year."""
        keys = [vector_key(text) for text in texts]
        _, there = self.vectors.of(keys)
        fresh = {key: text for key, text, held in zip(keys, texts, there, strict=True) if not held}
        if fresh:
            self.vectors.keep(list(fresh), self._embedder(list(fresh.values())))
        return self.vectors.of(keys)[0]
