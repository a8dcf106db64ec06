"""How near every text is to every theme: worked out once for the themes there are, and kept beside the index."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analysis.themes import BY_MEANING, Space, Theme
from data.searching import Searcher

AT_ONCE = 4_096  # texts


def nearness_of(searcher: Searcher, space: Space, themes: Sequence[Theme]) -> npt.NDArray[np.float32]:
    """The cosine of every text of the index with every theme; kept beside the index."""
    mark = hashlib.sha256(b"".join(theme.key.encode() + theme.centre.tobytes() for theme in themes))
    mark.update(searcher.meant_mark.encode() if space.kind == BY_MEANING else b"words")
    file = searcher.index.folder / f"themes-{mark.hexdigest()[:16]}.npy"
    if not file.is_file():
        centres = np.stack([theme.centre for theme in themes]).T
        _keep(file, np.concatenate(list(_parts(searcher, space, centres)) or [np.zeros((0, len(themes)), np.float32)]))
    cosines: npt.NDArray[np.float32] = np.load(file, mmap_mode="r")
    return cosines


def _parts(searcher: Searcher, space: Space, centres: npt.NDArray[np.float32]) -> Iterator[npt.NDArray[np.float32]]:
    """The cosines, some texts at a time. A text of unknown meaning is near nothing."""
    texts = [] if space.kind == BY_MEANING else searcher.texts()
    known = searcher.known()
    for start in range(0, len(searcher.index.keys), AT_ONCE):
        rows = np.arange(start, min(start + AT_ONCE, len(searcher.index.keys)))
        if space.kind == BY_MEANING:
            yield space.place((), searcher.vectors_of(rows)) @ centres * known[rows][:, None]
        else:
            yield space.place(texts[start : start + AT_ONCE]) @ centres


def _keep(file: Path, cosines: npt.NDArray[np.float32]) -> None:
    for older in file.parent.glob("themes-*.npy"):
        older.unlink(missing_ok=True)
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.unfinished.npy")
    np.save(unfinished, cosines.astype(np.float32))
    unfinished.replace(file)
