"""How long drivers take: run ``python -m bench.drivers``.

LMG with 500 bootstrap samples for 10,000 respondents and 11 measures, against a baseline that does each sample on its
own: the rows drawn, a correlation matrix, and each subset's R² by solving its normal equations. The baseline is timed
on a few samples and multiplied up. Then the cost of everything, model too, for more respondents and more measures.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.survey.design import Floats
from analysis.survey.drivers import drivers
from analysis.survey.importance import correlations, explained_by_subset, lmg, weigh_up
from bench.timing import seconds

RESPONDENTS, MEASURES, SAMPLES, FEW, TURNS, SEED = 10_000, 11, 500, 2, 5, 20261129


def respondents(rows: int, measures: int) -> Floats:
    """Invented answers: respondents × (measures…, outcome), all going together."""
    random = np.random.default_rng(SEED)
    common = random.normal(size=(rows, 1))
    return np.clip(np.rint(3.4 + 0.7 * common + 0.8 * random.normal(size=(rows, measures + 1))), 1.0, 5.0)


def one_by_one(answers: Floats, samples: int) -> Floats:
    """The baseline: R² of every subset in each bootstrap sample, one after another."""
    random = np.random.default_rng(SEED)
    n, k = len(answers), answers.shape[1] - 1
    found = np.zeros((samples, 2**k))
    for sample in range(samples):
        whole = np.corrcoef(answers[random.integers(0, n, n)].T)
        for subset in range(1, 2**k):
            inside = [driver for driver in range(k) if subset >> driver & 1]
            with_outcome = whole[inside, k]
            found[sample, subset] = with_outcome @ np.linalg.solve(whole[np.ix_(inside, inside)], with_outcome)
    return found


def main() -> None:
    answers, counts = respondents(RESPONDENTS, MEASURES), np.ones(RESPONDENTS)
    whole = correlations(answers, counts[None, :])
    assert np.isclose(lmg(whole).sum(), explained_by_subset(whole)[0, -1], atol=1e-12)
    ours = seconds(lambda: weigh_up(answers, counts, SAMPLES, SEED))
    slow = seconds(lambda: one_by_one(answers, FEW), 1) * SAMPLES / FEW
    print(f"LMG of {MEASURES} measures in {SAMPLES} bootstrap samples of {RESPONDENTS:,} respondents")
    print(f"all at once {ours:.2f} s; baseline, one by one {slow:.0f} s; ratio {slow / ours:.0f}")
    print("Everything, the ordinal model too:")
    for rows, measures in ((1_000, 11), (10_000, 11), (50_000, 11), (10_000, 15)):
        made = respondents(rows, measures)
        names = [f"m{place}" for place in range(measures)]
        table = pd.DataFrame(made, columns=[*names, "outcome"])
        weights = pd.Series(np.random.default_rng(SEED).uniform(0.5, 2.0, rows))
        drivers(table.head(500), "outcome", names, replicates=2)  # loads what is loaded only when needed
        taken = seconds(lambda t=table, n=names, w=weights: drivers(t, "outcome", n, w), 3)  # type: ignore[misc]
        print(f"{rows:>10,} respondents × {measures} measures: {taken:.2f} s")


if __name__ == "__main__":
    main()
