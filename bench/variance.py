"""How long intervals take after raking: run ``python -m bench.variance``.

100 subgroups of 50,000 respondents whose weights were raked to six margins. The baseline does one group after another
on the rows: the residual of the linearised share on the margins' dummies (their normal equations solved once), then the
strata. Then the cost of the same pass for 10,000 to 1,000,000 respondents, whose slope on logarithms should be
about 1 or less.
"""

from __future__ import annotations

import numpy as np

from analysis.survey import variance
from analysis.survey.design import Floats, Sample, Units, Whole, with_residuals
from analysis.survey.intervals import intervals
from analysis.survey.tallies import Cells, tally
from bench.timing import seconds

GROUPS, STRATA, TURNS, SEED = 100, 8, 7, 20261129
LEVELS = (8, 6, 7, 5, 4, 5)  # of the six margins
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)


class Made:
    """Invented respondents as rows: stratum, group, answer, weights before and after raking, and margin cells."""

    def __init__(self, rows: int) -> None:
        random = np.random.default_rng(SEED)
        levels = np.stack([random.integers(0, size, rows) for size in LEVELS], axis=1)
        self.group = random.integers(0, GROUPS, rows)
        self.stratum = random.integers(0, STRATA, rows)
        self.answer = random.choice([5, 4, 3, 2, 1], rows, p=[0.4, 0.3, 0.1, 0.1, 0.1])
        self.base = random.uniform(0.8, 1.2, rows)
        self.w = self.base * random.uniform(0.8, 1.25, rows)
        begun = np.concatenate([[0], np.cumsum(LEVELS)[:-1]])
        place = np.ravel_multi_index(tuple(levels.T), LEVELS)
        _, first, self.cell = np.unique(place, return_index=True, return_inverse=True)
        self.columns: Whole = levels[first] + begun
        self.sizes: Floats = np.bincount(self.stratum, minlength=STRATA) * 4.0

    def sample(self) -> Sample:
        """The sample with what residuals need."""
        one = np.ones(len(self.w))
        plain = Sample(np.bincount(self.stratum, minlength=STRATA).astype(float), self.sizes)
        return with_residuals(plain, Units(self.columns, self.stratum, self.cell, one, self.w, self.w**2, self.base))

    def one_pass(self) -> Floats:
        """Intervals of every group: the low ends."""
        one = np.ones(len(self.w))
        cells = Cells(((),), self.group, self.stratum, self.answer, one, self.w, self.w**2, self.cell, self.base)
        sample = self.sample()
        return intervals(tally(cells, GROUPS, sample), sample).low

    def variances(self) -> Floats:
        """Variance of every group's share, from the one pass."""
        one = np.ones(len(self.w))
        cells = Cells(((),), self.group, self.stratum, self.answer, one, self.w, self.w**2, self.cell, self.base)
        sample = self.sample()
        return variance.share_variance(tally(cells, GROUPS, sample), sample)

    def group_by_group(self, groups: int = GROUPS) -> Floats:
        """The baseline: each group's variance on its own, from the rows."""
        inverse = np.linalg.pinv(self._normal(), hermitian=True)
        return np.array([self._one_group(group, inverse) for group in range(groups)])

    def _one_group(self, group: int, inverse: Floats) -> float:
        inside, y = self.group == group, self.answer >= 4
        whole = self.w[inside].sum()
        p = self.w[inside & y].sum() / whole
        u = np.where(inside, (y - p) / whole, 0.0)
        slopes = inverse @ self._products(self.base * u)
        z = self.w * (u - slopes[self.columns[self.cell]].sum(axis=1))
        n = np.bincount(self.stratum, minlength=STRATA)
        sums = np.bincount(self.stratum, weights=z, minlength=STRATA)
        squares = np.bincount(self.stratum, weights=z**2, minlength=STRATA)
        return float(((1 - n / self.sizes) * n / (n - 1) * (squares - sums**2 / n)).sum())

    def _products(self, values: Floats) -> Floats:
        found = np.zeros(sum(LEVELS))
        for margin in range(len(LEVELS)):
            found += np.bincount(self.columns[self.cell, margin], weights=values, minlength=len(found))
        return found

    def _normal(self) -> Floats:
        size = sum(LEVELS)
        found = np.zeros(size * size)
        at = self.columns[self.cell]
        for one in range(len(LEVELS)):
            for other in range(len(LEVELS)):
                found += np.bincount(at[:, one] * size + at[:, other], weights=self.base, minlength=size * size)
        return found.reshape(size, size)


def main() -> None:
    made = Made(50_000)
    made.one_pass()  # loads what is loaded only when needed
    assert np.allclose(made.variances()[:3], made.group_by_group(3), rtol=1e-9)
    ours, loop = seconds(made.one_pass), seconds(made.group_by_group, 3)
    print(f"{GROUPS} subgroup intervals after raking, 50,000 respondents, {len(LEVELS)} margins")
    print(
        f"one pass {1000 * ours:.0f} ms; baseline, group by group on rows {1000 * loop:.0f} ms; ratio {loop / ours:.0f}"
    )
    taken = []
    for rows in SIZES:
        made = Made(rows)
        taken.append(seconds(made.one_pass, 3))
        print(f"{rows:>12,} respondents: {1000 * taken[-1]:8.0f} ms")
    slope = np.polyfit(np.log(SIZES), np.log(taken), 1)[0]
    print(f"slope of log seconds on log respondents: {slope:.2f} (1: linear)")


if __name__ == "__main__":
    main()
