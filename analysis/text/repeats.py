"""Comments that are the same words again: pasted, sent twice, or signed by many. Counted once where asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from zlib import crc32

import numpy as np

SHINGLE = 2  # words that stand together
FEWEST_WORDS = 8  # a shorter comment is the same only when all its words are
ALIKE = 0.7  # of the shingles of two comments together, those that both have
HASHES, BANDS = 36, 12  # two comments of which 0.7 is alike meet in a band 99 times in 100
_WORD = re.compile(r"[^\W_]+")
_SEED = 20_260_401
_PRIME = np.uint64((1 << 31) - 1)


def same_words(texts: Sequence[str]) -> list[int]:
    """A group number for each text, in order of appearance: the same for texts that say the same in the same words.

    Signs, spaces and capitals do not matter, and in longer texts neither do a few words.

    >>> same_words(["Lift broken!", "lift BROKEN", "gate broken"])
    [0, 0, 1]
    """
    plain = [" ".join(_WORD.findall(text.lower())) or text.strip() for text in texts]
    once = {text: n for n, text in enumerate(dict.fromkeys(plain))}
    leader = _near([text.split() for text in once])
    number: dict[int, int] = {}
    return [number.setdefault(leader[once[text]], len(number)) for text in plain]


def _near(comments: list[list[str]]) -> list[int]:
    """For each comment the first one it is near to, through any chain of neighbours."""
    shingles = {n: _shingles(words) for n, words in enumerate(comments) if len(words) >= FEWEST_WORDS}
    leader = list(range(len(comments)))
    for first, second in _candidates(shingles):
        a, b = _root(leader, first), _root(leader, second)
        if a != b and _alike(shingles[first], shingles[second]):
            leader[max(a, b)] = min(a, b)
    return [_root(leader, n) for n in range(len(comments))]


def _root(leader: list[int], n: int) -> int:
    while leader[n] != n:
        leader[n] = leader[leader[n]]
        n = leader[n]
    return n


def _shingles(words: list[str]) -> frozenset[int]:
    return frozenset(crc32(" ".join(words[at : at + SHINGLE]).encode()) for at in range(len(words) - SHINGLE + 1))


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    both = len(one & other)
    return both >= ALIKE * (len(one) + len(other) - both)


def _candidates(shingles: dict[int, frozenset[int]]) -> Iterable[tuple[int, int]]:
    """Pairs that may be alike: those whose smallest hashes agree in one band (MinHash)."""
    if not shingles:
        return
    draw = np.random.default_rng(_SEED)
    times = draw.integers(1, int(_PRIME), HASHES, dtype=np.uint64)[:, None]
    plus = draw.integers(0, int(_PRIME), HASHES, dtype=np.uint64)[:, None]
    lengths = np.array([len(found) for found in shingles.values()])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    every = np.fromiter((one for found in shingles.values() for one in found), np.uint64, int(lengths.sum()))
    smallest = np.empty((HASHES, len(lengths)), np.uint64)
    for row in range(HASHES):
        smallest[row] = np.minimum.reduceat((every % _PRIME * times[row] + plus[row]) % _PRIME, starts)
    keys = list(shingles)
    for band in np.split(smallest, BANDS):
        first: dict[bytes, int] = {}
        for n, column in zip(keys, np.ascontiguousarray(band.T), strict=True):
            met = first.setdefault(column.tobytes(), n)
            if met != n:
                yield met, n
