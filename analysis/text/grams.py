"""Words and pieces of words counted, many comments at once: what a linear head weighs beside meaning and rules.

A run of letters or of words is told by a hash, so that no list of words travels with the heads; which hashes count and
how rare each was is learned from labelled comments. Written over arrays because counting pieces one by one takes
longer than everything else the reader does.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from scipy import sparse

from analysis.text.remembered import Remembered

SIZES = (2, 3, 4, 5)  # letters in a piece of a word
BITS = 20  # of a hash: pieces of one set of comments hardly ever share one
_MASK = np.uint32((1 << BITS) - 1)
_BASE = np.uint32(0x01000193)
_WORD = re.compile(r"[^\W_]+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Vocabulary:
    """The hashes that count, in order, and the weight of each: the rarer a piece among comments, the heavier."""

    hashes: np.ndarray  # uint32 (n,), rising
    rarity: np.ndarray  # float32 (n,)

    def __len__(self) -> int:
        return len(self.hashes)

    @cached_property
    def places(self) -> np.ndarray:
        """The place of every hash there can be, -1 where it does not count: looked up far quicker than searched for."""
        table = np.full(1 << BITS, -1, dtype=np.int32)
        table[self.hashes] = np.arange(len(self.hashes), dtype=np.int32)
        return table


def words(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Single words and pairs of neighbours: of each, the number of its text and its hash, two arrays of one length."""
    return _with_pairs([[_HASHES[word] for word in _WORD.findall(text.lower())] for text in texts])


def words_of(runs: Sequence[Sequence[str]]) -> tuple[np.ndarray, np.ndarray]:
    """The same of runs of words in lower case: arrays as ``words`` gives them of the runs written out."""
    return _with_pairs([[part for word in run for part in _PARTS[word]] for run in runs])


def _with_pairs(hashes: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    of = np.repeat(np.arange(len(hashes), dtype=np.int32), [len(found) for found in hashes])
    single = np.fromiter(chain.from_iterable(hashes), dtype=np.uint32, count=len(of))
    if len(single) < 2:
        return of, _mixed(single)
    neighbours = of[1:] == of[:-1]
    pairs = (single[:-1] * _BASE ^ single[1:])[neighbours]
    return np.concatenate([of, of[1:][neighbours]]), _mixed(np.concatenate([single, pairs]))


def pieces(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Runs of 2 to 5 letters inside words, with the space at either end: arrays as ``words`` gives them."""
    plain = [f" {_SPACES.sub(' ', text.lower()).strip()} " for text in texts]
    letters = np.frombuffer("".join(plain).encode("utf-32-le", "replace"), dtype=np.uint32)
    of = np.repeat(np.arange(len(plain), dtype=np.int32), [len(text) for text in plain])
    space = letters == ord(" ")
    rows, hashes = [], []
    running = letters.copy()
    inside = np.ones(len(letters), dtype=bool)  # no space but at the ends of the run
    for size in range(2, SIZES[-1] + 1):
        if len(letters) < size:
            break
        running = running[:-1] * _BASE ^ letters[size - 1 :]
        inside = inside[:-1] & (~space[size - 2 : -1] if size > 2 else True)
        whole = inside & (of[: len(running)] == of[size - 1 :])
        whole &= ~(space[: len(running)] & space[size - 1 :]) if size == 2 else True
        rows.append(of[: len(running)][whole])
        hashes.append(_mixed(running[whole] + np.uint32(size)))
    if not rows:
        return np.zeros(0, np.int32), np.zeros(0, np.uint32)
    return np.concatenate(rows), np.concatenate(hashes)


def learned(rows: np.ndarray, hashes: np.ndarray, texts: int, least: int, most: int) -> Vocabulary:
    """The hashes found in at least ``least`` of the texts, at most ``most`` of them (those in most texts first)."""
    once = np.unique(np.stack([hashes.astype(np.int64), rows.astype(np.int64)]), axis=1)
    found, among = np.unique(once[0], return_counts=True)
    order = np.lexsort((found, -among))
    kept = np.sort(order[among[order] >= least][:most])
    rarity = np.log((1 + texts) / (1 + among[kept])) + 1
    return Vocabulary(found[kept].astype(np.uint32), rarity.astype(np.float32))


def weighed(rows: np.ndarray, hashes: np.ndarray, texts: int, vocabulary: Vocabulary) -> sparse.csr_matrix:
    """Each text as a row of length 1 (texts, len(vocabulary)): 1 + log of how often a piece stands in it, by rarity."""
    places = vocabulary.places[hashes]
    known = places >= 0
    counts = sparse.coo_matrix(
        (np.ones(int(known.sum()), np.float32), (rows[known], places[known])), shape=(texts, len(vocabulary))
    ).tocsr()
    counts.data = (1 + np.log(counts.data)) * vocabulary.rarity[counts.indices]
    length = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    counts.data /= np.repeat(np.where(length > 0, length, 1), np.diff(counts.indptr)).astype(np.float32)
    return counts


def _hash(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "replace")) or 1


def _hashes(word: str) -> tuple[int, ...]:
    return tuple(_hash(part) for part in _WORD.findall(word.lower()))


_HASHES, _PARTS = Remembered(_hash), Remembered(_hashes)


def _mixed(hashes: np.ndarray) -> np.ndarray:
    """The hashes spread over ``BITS`` bits."""
    mixed = hashes ^ (hashes >> np.uint32(15))
    mixed = mixed * np.uint32(0x2C1B3C6D)
    mixed ^= mixed >> np.uint32(12)
    return mixed & _MASK
