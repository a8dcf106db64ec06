"""What comments mean, as numbers: one vector a redacted text, in Parquet parts beside the readings.

Kept apart from the readings, by the model that made them, so that a new word list or head never has the slow part done
again. A vector is of length 1, kept as 384 signed bytes: cosines differ by less than 0.01 from those of the floats.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from data.parts import write_part

FINENESS = 127  # a component of 1 as a signed byte
SCHEMA = pa.schema([("key", pa.string()), ("vector", pa.binary())])


class Vectors:
    """The vectors of one store made by one model; ``model`` is a short version such as its checksum's beginning."""

    def __init__(self, folder: Path, model: str) -> None:
        self.root = folder
        self.folder = folder / model
        self._held: dict[str, bytes] = {}
        self._seen: set[str] = set()

    def __len__(self) -> int:
        self._notice()
        return len(self._held)

    def of(self, keys: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Vectors in the order of the keys, float32 (n, width), and whether each is held; zeros where it is not."""
        self._notice()
        found = [self._held.get(key) for key in keys]
        there = np.array([one is not None for one in found], dtype=bool)
        width = next((len(one) for one in found if one is not None), 0)
        matrix = np.zeros((len(keys), width), dtype=np.float32)
        if width:
            held = np.frombuffer(b"".join(one for one in found if one is not None), dtype=np.int8)
            matrix[there] = held.reshape(-1, width).astype(np.float32) / FINENESS
        return matrix, there

    def keep(self, keys: Sequence[str], vectors: np.ndarray) -> int:
        """Keep the vectors of texts not held yet as one new part, whole or not at all. Returns how many."""
        self._notice()
        fresh = {key: i for i, key in enumerate(keys) if key not in self._held}
        if fresh:
            small = np.rint(np.clip(vectors[list(fresh.values())], -1, 1) * FINENESS).astype(np.int8)
            rows = [row.tobytes() for row in small]
            self._seen.add(self._write(list(fresh), rows))
            self._held.update(zip(fresh, rows, strict=True))
        return len(fresh)

    def forget_other_models(self) -> None:
        """Delete what other models made."""
        for folder in self.root.iterdir() if self.root.is_dir() else ():
            if folder.is_dir() and folder != self.folder:
                shutil.rmtree(folder)

    def fingerprint(self) -> str:
        """A key that changes with the model and with every part; for caches."""
        names = " ".join([self.folder.name, *sorted(path.name for path in self.folder.glob("*.parquet"))])
        return hashlib.sha256(names.encode()).hexdigest()[:16]

    def _notice(self) -> None:
        """Read the parts that others, or an earlier run, have written since."""
        for path in sorted(self.folder.glob("*.parquet")):
            if path.name not in self._seen:
                table = pq.read_table(path)
                self._held.update(zip(table["key"].to_pylist(), table["vector"].to_pylist(), strict=True))
                self._seen.add(path.name)

    def _write(self, keys: list[str], rows: list[bytes]) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        return write_part(self.folder, pa.table([keys, rows], schema=SCHEMA))


def vector_key(redacted: str) -> str:
    """The key of a redacted text: in DuckDB's words ``md5(redacted)``.

    >>> vector_key("damp in [name]'s room")
    '9ea78faf0d0bffc976d156101b2c41c5'
    """
    return hashlib.md5(redacted.encode(), usedforsecurity=False).hexdigest()
