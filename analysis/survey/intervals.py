"""The range a share may well lie in, given who happened to answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.survey import variance
from analysis.survey.tallies import Floats, Strata, Tally

WILSON = "Wilson"
WILSON_CORRECTED = "Wilson, finite population"
CENSUS = "everyone answered"
# A variance this far below that of an even spread is rounding, not knowledge.
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Intervals:
    """Low and high ends of many shares (fractions), and the name of the method behind each."""

    low: Floats
    high: Floats
    method: tuple[str, ...]


def intervals(tally: Tally, strata: Strata, level: float = 0.95) -> Intervals:
    """The interval of each share: Wilson, on the number of simple answers that would be as uncertain.

    Everybody answered: the interval is the share itself. Shares without answers give nan.
    """
    p = variance.share(tally)
    even = variance.even_base(tally, strata)
    answers = worth(p, variance.share_variance(tally, strata), even)
    low, high = wilson(p, answers, variance.degrees_of_freedom(tally), level)
    corrected = variance.corrected(tally, strata)
    names = [_name(e, c) for e, c in zip(even.tolist(), corrected.tolist(), strict=True)]
    return Intervals(low, high, tuple(names))


def worth(share: Floats, spread: Floats, even: Floats) -> Floats:
    """How many answers of a simple random sample would be as uncertain: p(1-p)/V.

    Where V is nothing (all agree, or each stratum agrees within itself) it says nothing, and ``even`` stands in.
    """
    simple = share * (1 - share)
    silent = spread <= _ROUNDING * simple / even
    return np.where(silent | np.isinf(even), even, simple / np.where(silent, 1.0, spread))


def wilson(share: Floats, answers: Floats, freedom: Floats, level: float) -> tuple[Floats, Floats]:
    """Wilson's score interval (1927) with Student's t for the normal quantile, as R survey 4.5 has it.

    The formula holds answers and quantile only as answers / quantile², so that t is had by scaling the answers.
    """
    from scipy.special import ndtri, stdtrit
    from statsmodels.stats.proportion import proportion_confint  # a second to load: not before it is needed

    low, high = share.copy(), share.copy()
    some = np.isfinite(share) & np.isfinite(answers)
    if some.any():
        tail = (1 + level) / 2
        scaled = answers[some] * (ndtri(tail) / stdtrit(freedom[some], tail)) ** 2
        ends = proportion_confint(share[some] * scaled, scaled, alpha=1 - level, method="wilson")
        low[some], high[some] = np.clip(ends, 0.0, 1.0)
    return np.minimum(low, share), np.maximum(high, share)  # exact at 0 and 1


def _name(even: float, corrected: bool) -> str:
    if np.isinf(even):
        return CENSUS
    return WILSON_CORRECTED if corrected else WILSON
