"""What texts mean, each asked of the sentence model once and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from data.vectors import Vectors, vector_key


class Meanings:
    """Vectors of redacted texts: those kept are taken as they are, the rest are made and kept as one part."""

    def __init__(self, vectors: Vectors, embedder: Callable[[Sequence[str]], np.ndarray]) -> None:
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
