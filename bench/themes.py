"""How long looking for themes takes: run ``python bench/themes.py [COMMENTS]`` (default 100,000).

The comments are those of ``bench/search.py``, each with one of forty subjects in it and a meaning near that subject's.
The baseline in the same run is scikit-learn's k-means of 25 groups over the same meanings: groups without titles, sizes
or memory.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from search import WIDTH, published, read, texts_of
from sklearn.cluster import KMeans
from timing import seconds

from data.searching import Searcher
from data.themes import Kept, look
from data.vectors import Vectors, vector_key

COMMENTS, TURNS = 100_000, 3
SUBJECTS = [
    f"{first} {second}"
    for first in ("green", "river", "copper", "winter", "paper", "market", "tall", "village")
    for second in ("bench", "lamp", "kettle", "ladder", "window box")
]


def about_something(texts: list[str]) -> list[str]:
    """The texts, each with a subject in it: those of one are alike in words and in meaning."""
    return [f"{text} About the {SUBJECTS[n % len(SUBJECTS)]}." for n, text in enumerate(texts)]


def meanings(folder: Path, texts: list[str]) -> tuple[Vectors, np.ndarray]:
    """A direction for each text, near its subject's: there is something to find."""
    random = np.random.default_rng(3)
    centres = random.normal(size=(len(SUBJECTS), WIDTH))
    near = centres[np.arange(len(texts)) % len(SUBJECTS)] + random.normal(size=(len(texts), WIDTH))
    near = (near / np.linalg.norm(near, axis=1, keepdims=True)).astype(np.float32)
    held = Vectors(folder / "vectors", "m")
    held.keep([vector_key(text) for text in texts], near)
    return held, near


def main(number: int) -> int:
    """Print what finding a first set takes, what a month more takes, and the baseline."""
    texts = about_something(texts_of(number))
    with TemporaryDirectory() as name:
        folder = Path(name)
        generation, readings = published(folder, texts), read(folder, texts)
        vectors, near = meanings(folder, texts)
        searcher = Searcher(generation, readings, folder, vectors)
        searcher.prepare()
        kept = Kept(folder)
        anew = seconds(lambda: look(searcher, kept, "2026-11-01", anew=True), TURNS)
        again = seconds(lambda: look(searcher, kept, "2026-12-01"), TURNS)
        themes = len(kept.themes())
        start = time.perf_counter()
        KMeans(25, n_init=1, random_state=1).fit(near)
        plain = time.perf_counter() - start
        generation.close()
    times = f"{anew / plain:.1f} times k-means ({plain:.1f} s)"
    print(f"{number:,} comments: {themes} themes in {anew:.1f} s, {times}")
    print(f"with the themes there are: {again:.1f} s")
    print(
        f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB, the making of the comments in it"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else COMMENTS))
