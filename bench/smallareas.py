"""How long it takes to draw small places: run ``python -m bench.smallareas``.

200 estates of 10 to 60 answers, a quarter of whose homes answered, with intervals and ranks; and the 12 measures of 25
estates. The baseline finds the same two numbers with a general search over scipy's beta-binomial distribution, asks
that distribution for each estate's interval, and ranks nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import numpy as np
from scipy.optimize import minimize
from scipy.stats import betabinom

from analysis.model import Estimate, Group
from analysis.survey.estimates import plain_share, plain_shares
from analysis.survey.smallareas import small_areas

ESTATES, MANY, MEASURES, TURNS, SEED = 25, 200, 12, 15, 20261129


class Made:
    """Invented estates: those who said yes, those who answered, and a list of homes."""

    def __init__(self, places: int) -> None:
        random = np.random.default_rng(SEED)
        self.base = random.integers(10, 61, places)
        self.yes = random.binomial(self.base, random.beta(14, 6, places))
        groups = [(("estate", f"Estate {number}"),) for number in range(places)]
        self.estimates: list[Estimate] = plain_shares(
            [("TP01", group) for group in groups], self.yes.tolist(), self.base.tolist()
        )
        self.whole = plain_share(int(self.yes.sum()), int(self.base.sum()), measure="TP01")
        self.homes: dict[Group, int] = dict(zip(groups, (4 * self.base).tolist(), strict=True))

    def drawn(self, weighted: bool = False) -> object:
        return small_areas(self.estimates, self.whole, self.homes, weighted)

    def by_hand(self) -> object:
        """The baseline."""

        def height(at: np.ndarray) -> float:
            mean, precision = 1 / (1 + np.exp(-at[0])), np.exp(at[1])
            return -float(betabinom.logpmf(self.yes, self.base, mean * precision, (1 - mean) * precision).sum())

        top = minimize(height, [0.5, 3.0], method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-9})
        mean, precision = 1 / (1 + np.exp(-top.x[0])), np.exp(top.x[1])
        a, b = self.yes + mean * precision, self.base - self.yes + (1 - mean) * precision
        return [betabinom(3 * n, one, other).ppf([0.025, 0.975]) for n, one, other in zip(self.base, a, b, strict=True)]


def milliseconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    many, some = Made(MANY), Made(ESTATES)
    jobs: dict[str, Callable[[], object]] = {
        f"{MANY} estates": many.drawn,
        f"{MANY} estates, weighted": lambda: many.drawn(weighted=True),
        f"{MEASURES} measures × {ESTATES} estates": lambda: [some.drawn() for _ in range(MEASURES)],
        "baseline, scipy's beta-binomial": many.by_hand,
    }
    for job in jobs.values():
        job()  # loads what is loaded only when needed
    taken = {name: median(milliseconds(job) for _ in range(TURNS)) for name, job in jobs.items()}
    for name, each in taken.items():
        print(f"{name:>32}: {each:7.1f} ms")
    ours, *_, baseline = taken.values()
    print(f"ratio to the baseline ({MANY} estates): {ours / baseline:.2f}")


if __name__ == "__main__":
    main()
