"""How much of an outcome's spread each of several drivers accounts for: LMG, Johnson's weights, and the bootstrap."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.survey.design import Floats

LEVEL = 0.95
NOTHING_LEFT = 1e-10  # of a standardised spread: what the others already say
NUMBERS_AT_ONCE = 4_000_000  # held in memory while subsets or samples are worked through


@dataclass(frozen=True)
class Weighed:
    """R², and for each driver its LMG and Johnson shares of it with the bootstrap's ends of share and rank."""

    explained: float
    lmg: Floats
    johnson: Floats
    rank: npt.NDArray[np.int64]
    share_ends: Floats  # 2 × drivers
    rank_ends: npt.NDArray[np.int64]  # 2 × drivers


def weigh_up(answers: Floats, counts: Floats, replicates: int, seed: int) -> Weighed:
    """How much each driver accounts for in ``answers``: respondents × (drivers…, outcome), each counting for so much.

    Without anything explained the shares are equal. An interval always holds its share, a range of ranks its rank.
    """
    whole = correlations(answers, counts[None, :])
    gains = lmg(whole)[0]
    explained = float(gains.sum())
    shares = gains / explained if explained > 0 else np.full(len(gains), 1 / len(gains))
    resampled = _bootstrap(answers, counts, replicates, np.random.default_rng(seed))
    tails = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
    ranks = _ranks(resampled)
    rank = _ranks(shares[None, :])[0]
    ends = np.quantile(resampled, np.array(tails), axis=0)
    lowest = np.quantile(ranks, tails[0], axis=0, method="lower")
    highest = np.quantile(ranks, tails[1], axis=0, method="higher")
    parts = johnson(whole)[0]
    return Weighed(
        explained=explained,
        lmg=shares,
        johnson=parts / parts.sum() if explained > 0 else shares,
        rank=rank,
        share_ends=np.stack([np.minimum(ends[0], shares), np.maximum(ends[1], shares)]),
        rank_ends=np.stack([np.minimum(lowest, rank), np.maximum(highest, rank)]).astype(np.int64),
    )


def correlations(answers: Floats, counts: Floats) -> Floats:
    """Weighted correlation matrices: samples × columns × columns.

    ``answers`` is respondents × columns and ``counts`` samples × respondents, what each counts for in each sample. A
    column that does not vary in a sample goes with nothing there.
    """
    columns = answers.shape[1]
    middle = np.average(answers, axis=0, weights=counts[0])
    spread = np.sqrt(np.average((answers - middle) ** 2, axis=0, weights=counts[0]))
    standard = (answers - middle) / np.where(spread > 0, spread, 1.0)
    one, other = np.triu_indices(columns)
    total = counts.sum(axis=1, keepdims=True)
    means = counts @ standard / total
    products = counts @ (standard[:, one] * standard[:, other]) / total - means[:, one] * means[:, other]
    moments = np.empty((len(counts), columns, columns))
    moments[:, one, other] = moments[:, other, one] = products
    deviation = np.sqrt(np.maximum(np.diagonal(moments, axis1=1, axis2=2), 0.0))
    scale = deviation[:, :, None] * deviation[:, None, :]
    found = np.divide(moments, scale, out=np.zeros_like(moments), where=scale > NOTHING_LEFT)
    found[:, range(columns), range(columns)] = 1.0
    return found


def explained_by_subset(correlation: Floats) -> Floats:
    """R² of the outcome (the last column) on every subset of the drivers: samples × 2^drivers.

    Subset s holds driver j where bit j of s is set. Each driver in turn is swept out of what is left of the matrix or
    passed over (Gaussian elimination over the tree of subsets), so that the work grows as 2^drivers.
    """
    left = correlation[:, None, :, :]
    for _ in range(correlation.shape[-1] - 1):
        pivot, row = left[..., :1, :1], left[..., :1, 1:]
        passed = left[..., 1:, 1:]
        slope = np.divide(row, pivot, out=np.zeros_like(row), where=pivot > NOTHING_LEFT)
        left = np.concatenate([passed, passed - slope.swapaxes(-1, -2) * row], axis=1)
    return np.asarray(1.0 - left[..., 0, 0])


def lmg(correlation: Floats) -> Floats:
    """Each driver's gain in R² averaged over all orders of entering: samples × drivers, adding up to R².

    ``correlation``: samples × (drivers…, outcome) squared. A gain on s others of k has weight s! (k-1-s)! / k!.
    """
    gains = _gains(correlation.shape[-1] - 1)
    at_once = max(1, NUMBERS_AT_ONCE // (4 * len(gains)))
    parts = [correlation[start : start + at_once] for start in range(0, len(correlation), at_once)]
    return np.concatenate([explained_by_subset(part) @ gains for part in parts])


def _gains(k: int) -> Floats:
    """What each subset's R² adds to each driver's average gain: subsets × drivers."""
    subset = np.arange(2**k)
    inside = (subset[:, None] >> np.arange(k)) & 1
    size = inside.sum(axis=1)
    each = np.array([math.factorial(s) * math.factorial(k - 1 - s) / math.factorial(k) for s in range(k)] + [0.0])
    return np.where(inside == 1, each[size - 1][:, None], -each[size][:, None])


def johnson(correlation: Floats) -> Floats:
    """Johnson's relative weights (2000): samples × drivers, adding up to R².

    The drivers are replaced by the uncorrelated variables nearest to them, Λ = R^½; R² is theirs, Λ²(Λ⁻¹r)².
    """
    among, outcome = correlation[:, :-1, :-1], correlation[:, :-1, -1:]
    size, axis = np.linalg.eigh(among)
    root = np.sqrt(np.maximum(size, 0.0))[:, None, :]
    inverse = np.divide(1.0, root, out=np.zeros_like(root), where=root > math.sqrt(NOTHING_LEFT))
    turned = axis.swapaxes(-1, -2)
    loading, slope = (axis * root) @ turned, (axis * inverse) @ turned @ outcome
    return np.asarray((loading**2 @ slope**2)[..., 0])


def _bootstrap(answers: Floats, counts: Floats, replicates: int, generator: np.random.Generator) -> Floats:
    """LMG shares in samples of the respondents drawn anew, each with its weight: replicates × drivers."""
    n = len(answers)
    at_once = max(1, NUMBERS_AT_ONCE // (2 * n))
    found = []
    for start in range(0, replicates, at_once):
        samples = min(at_once, replicates - start)
        drawn = generator.integers(0, n, (samples, n)) + np.arange(samples)[:, None] * n
        times = np.bincount(drawn.ravel(), minlength=samples * n).reshape(samples, n)
        found.append(lmg(correlations(answers, times * counts)))
    gains = np.concatenate(found)
    explained = gains.sum(axis=1, keepdims=True)
    return np.divide(gains, explained, out=np.full_like(gains, 1 / gains.shape[1]), where=explained > 0)


def _ranks(shares: Floats) -> npt.NDArray[np.int64]:
    """Ranks along each row, 1 the largest."""
    return np.asarray(np.argsort(np.argsort(-shares, axis=1, kind="stable"), axis=1, kind="stable") + 1)
