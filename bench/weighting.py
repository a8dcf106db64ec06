"""How long raking takes: run ``python -m bench.weighting``.

100,000 respondents × 8 margins to 1e-10 of the homes. The baseline is weightipy where it is installed (it is no
dependency of ours), and always a plain loop over the respondents: one margin after another, the same stopping rule.
Then 500 bootstrap replicates of a share of 50,000 respondents whose weights are raked anew in every replicate (to a
millionth of the homes), against 500 with the weights fixed.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analysis.survey.design import Floats, Whole
from analysis.survey.weighting import TOLERANCE, rake, rerake
from bench.timing import seconds

RESPONDENTS, SEED, TURNS = 100_000, 20261129, 7
LEVELS = (8, 6, 7, 5, 4, 5, 3, 9)
HOMES = 300_000.0
REPLICATES, RESAMPLED, RESAMPLED_LEVELS = 500, 50_000, (8, 6, 7, 5, 4, 5)


def made(random: np.random.Generator, respondents: int, levels: tuple[int, ...]) -> tuple[list[Whole], list[Floats]]:
    """Levels of each respondent on every margin, and targets that other weights of the same people come to."""
    codes = [random.integers(0, size, respondents) for size in levels]
    true = random.uniform(0.5, 1.5, respondents)
    sums = [np.bincount(code, weights=true, minlength=size) for code, size in zip(codes, levels, strict=True)]
    return codes, [target / target.sum() * HOMES for target in sums]


def plain(codes: list[Whole], targets: list[Floats]) -> Floats:
    """The baseline: every respondent's weight, margin after margin."""
    weights = np.ones(len(codes[0]))
    for _ in range(1000):
        for code, target in zip(codes, targets, strict=True):
            weights *= (target / np.bincount(code, weights=weights, minlength=len(target)))[code]
        off = [
            np.abs(np.bincount(code, weights=weights, minlength=len(target)) - target).max()
            for code, target in zip(codes, targets, strict=True)
        ]
        if max(off) / HOMES < TOLERANCE:
            break
    return weights


def by_weightipy(codes: list[Whole], targets: list[Floats]) -> Callable[[], object] | None:
    """The same job for weightipy; None where it is not installed."""
    try:
        import pandas as pd
        import weightipy as wp
    except ImportError:
        return None
    table = pd.DataFrame({f"m{at}": code for at, code in enumerate(codes)})
    shares = {
        f"m{at}": {level: 100 * homes / HOMES for level, homes in enumerate(target.tolist())}
        for at, target in enumerate(targets)
    }
    return lambda: wp.weight_dataframe(table, wp.scheme_from_dict(shares, rim_params={"convcrit": 1e-10}), "w")


def bootstraps(random: np.random.Generator) -> tuple[Callable[[], float], Callable[[], float]]:
    """The standard error of a share over the replicates: raked anew in each, and with the weights fixed."""
    codes, targets = made(random, RESAMPLED, RESAMPLED_LEVELS)
    begun = np.concatenate([[0], np.cumsum(RESAMPLED_LEVELS)[:-1]])
    place = np.ravel_multi_index(tuple(codes), RESAMPLED_LEVELS)
    _, first, cell = np.unique(place, return_index=True, return_inverse=True)
    columns = np.stack([code[first] for code in codes], axis=1) + begun
    yes = random.random(RESAMPLED) < 0.7
    weights = rake(codes, targets).weights
    factor = weights[first]
    size = len(first)
    joined = cell * 2 + yes

    def counts() -> tuple[Floats, Floats]:
        """Who was drawn into each replicate: all, and those who said yes, by cell."""
        drawn = np.empty((REPLICATES, 2 * size))
        for replicate in range(REPLICATES):
            picked = random.integers(0, RESAMPLED, RESAMPLED)
            drawn[replicate] = np.bincount(joined[picked], minlength=2 * size)
        pairs = drawn.reshape(REPLICATES, size, 2)
        return pairs.sum(axis=2), pairs[:, :, 1]

    def anew() -> float:
        every, said = counts()
        factors = rerake(every, columns, np.concatenate(targets)).factors
        return float(((said * factors).sum(axis=1) / (every * factors).sum(axis=1)).std(ddof=1))

    def fixed() -> float:
        every, said = counts()
        return float((said @ factor / (every @ factor)).std(ddof=1))

    return anew, fixed


def main() -> None:
    random = np.random.default_rng(SEED)
    codes, targets = made(random, RESPONDENTS, LEVELS)
    found = rake(codes, targets)
    assert np.allclose(found.weights, plain(codes, targets), rtol=1e-6)
    ours, loop = seconds(lambda: rake(codes, targets)), seconds(lambda: plain(codes, targets))
    print(f"{RESPONDENTS:,} respondents × {len(LEVELS)} margins, off by {found.discrepancy:.0e} of the homes")
    print(f"ours {1000 * ours:.0f} ms; baseline, loop over respondents {1000 * loop:.0f} ms; ratio {ours / loop:.2f}")
    theirs = by_weightipy(codes, targets)
    if theirs is not None:
        other = seconds(theirs, 3)
        print(f"baseline, weightipy {1000 * other:.0f} ms; ratio {ours / other:.2f} (goal 1)")
    anew, fixed = bootstraps(random)
    raked, plainly = seconds(anew, 3), seconds(fixed, 3)
    print(f"{REPLICATES} replicates of {RESAMPLED:,}: raked anew {raked:.2f} s, weights fixed {plainly:.2f} s")
    print(f"ratio {raked / plainly:.1f} (goal 15)")


if __name__ == "__main__":
    main()
