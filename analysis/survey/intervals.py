"""The range a share may well lie in, given who happened to answer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt

from analysis.survey import variance
from analysis.survey.design import Floats, Sample
from analysis.survey.tallies import Tally

WILSON, KORN_GRAUBARD, LOGIT = "Wilson", "Korn-Graubard", "logit"
CORRECTED = ", finite population"
CENSUS = "everyone answered"
FEWEST_FOR_WILSON = 30  # below it Wilson's interval with the correction holds too seldom (statistics: exact coverage)
Method = Literal["auto", "wilson", "korn-graubard", "logit"]
METHODS: tuple[Method, ...] = ("auto", "wilson", "korn-graubard", "logit")
# A variance this far below that of an even spread is rounding, not knowledge.
_ROUNDING = 1e-12

Number = TypeVar("Number", float, Floats)


@dataclass(frozen=True)
class Intervals:
    """Low and high ends of many shares (fractions), and the name of the method behind each."""

    low: Floats
    high: Floats
    method: tuple[str, ...]


def intervals(tally: Tally, sample: Sample, level: float = 0.95, method: Method = "auto") -> Intervals:
    """The interval of each share, on the number of simple answers that would be as uncertain.

    ``auto``: Wilson from a base of 30, Korn-Graubard below. Everybody answered: the interval is the share itself. All
    agree: the answers are worth Kish's base. Shares without answers give nan. Raises ValueError for an unknown method.
    """
    if method not in METHODS:
        raise ValueError(f"There is no method '{method}'. The methods are: {', '.join(METHODS)}.")
    p, spread = variance.share(tally), variance.share_variance(tally, sample)
    even, freedom = variance.even_base(tally, sample), variance.degrees_of_freedom(tally)
    n = tally.total(tally.n)
    answers = worth(p, spread, even)
    low, high = np.full(len(p), np.nan), np.full(len(p), np.nan)
    names = np.full(len(p), "", dtype=object)
    for name, chosen in _which(method, n, p):
        if chosen.any():
            low[chosen], high[chosen] = _ends(name, p, answers, freedom, n, level, chosen)
            names[chosen] = name
    low, high = np.minimum(low, p), np.maximum(high, p)  # exact at 0 and 1
    corrected = variance.corrected(tally, sample)
    said = (_name(*each) for each in zip(names.tolist(), even.tolist(), corrected.tolist(), strict=True))
    return Intervals(low, high, tuple(said))


def worth(share: Floats, spread: Floats, even: Floats) -> Floats:
    """How many answers of a simple random sample would be as uncertain: p(1-p)/V.

    Where V is nothing (all agree, or each stratum agrees within itself) it says nothing, and ``even`` stands in.
    """
    simple = share * (1 - share)
    silent = (simple <= 0) | (spread <= _ROUNDING * simple / even)
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
    return low, high


def korn_graubard(share: Floats, answers: Floats, freedom: Floats, n: Floats, level: float) -> tuple[Floats, Floats]:
    """Korn & Graubard's interval (1998): Clopper-Pearson on n* = answers · (t of n-1 ÷ t of the freedom)².

    ``n`` is the unweighted base of the share; R takes that of the whole design for a group of a raked one.
    """
    from scipy.special import betaincinv, stdtrit

    low, high = share.copy(), share.copy()
    some = np.isfinite(share) & np.isfinite(answers)
    if some.any():
        tail, p = (1 - level) / 2, share[some]
        scale = (stdtrit(np.maximum(n[some] - 1, 1), 1 - tail) / stdtrit(freedom[some], 1 - tail)) ** 2
        base = answers[some] * scale
        yes, no = base * p, base * (1 - p)
        with np.errstate(invalid="ignore"):
            low[some] = np.where(yes > 0, betaincinv(np.maximum(yes, 1e-300), no + 1, tail), 0.0)
            high[some] = np.where(no > 0, betaincinv(yes + 1, np.maximum(no, 1e-300), 1 - tail), 1.0)
    return low, high


def logit(share: Floats, answers: Floats, freedom: Floats, level: float) -> tuple[Floats, Floats]:
    """The interval on the scale of log odds, expit(logit p ± t·se/(p(1-p))): for agreement with R, never the default.

    Shares of 0 and 1 have no log odds and are not for this formula.
    """
    from scipy.special import expit, stdtrit
    from scipy.special import logit as log_odds

    with np.errstate(divide="ignore", invalid="ignore"):
        half = stdtrit(freedom, (1 + level) / 2) / np.sqrt(answers * share * (1 - share))
        return expit(log_odds(share) - half), expit(log_odds(share) + half)


def mover(
    first: tuple[Number, Number, Number], second: tuple[Number, Number, Number], correlation: Number | float = 0.0
) -> tuple[Number, Number, Number]:
    """First less second, with low and high end, from the value, low and high of each (Zou & Donner 2008).

    Independent shares with Wilson's intervals give Newcombe's method 10 (1998). A difference of what is known for
    certain is certain.
    """
    value, low, high = first
    value2, low2, high2 = second
    below, above, below2, above2 = value - low, high - value, value2 - low2, high2 - value2
    down = below**2 + above2**2 - 2 * correlation * below * above2
    up = above**2 + below2**2 - 2 * correlation * above * below2
    difference = value - value2
    if isinstance(difference, float):
        return difference, difference - math.sqrt(max(down, 0.0)), difference + math.sqrt(max(up, 0.0))
    return difference, difference - np.sqrt(np.maximum(down, 0.0)), difference + np.sqrt(np.maximum(up, 0.0))


def _which(method: Method, n: Floats, p: Floats) -> list[tuple[str, npt.NDArray[np.bool_]]]:
    """Which shares have which kind of interval."""
    few, sure = n < FEWEST_FOR_WILSON, (p <= 0) | (p >= 1)
    every = np.ones(len(n), dtype=np.bool_)
    if method == "wilson":
        return [(WILSON, every)]
    if method == "korn-graubard":
        return [(KORN_GRAUBARD, every)]
    if method == "logit":
        return [(LOGIT, ~sure), (KORN_GRAUBARD, sure)]
    return [(WILSON, ~few), (KORN_GRAUBARD, few)]


def _ends(
    name: str, p: Floats, answers: Floats, freedom: Floats, n: Floats, level: float, chosen: npt.NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    if name == WILSON:
        return wilson(p[chosen], answers[chosen], freedom[chosen], level)
    if name == KORN_GRAUBARD:
        return korn_graubard(p[chosen], answers[chosen], freedom[chosen], n[chosen], level)
    return logit(p[chosen], answers[chosen], freedom[chosen], level)


def _name(name: str, even: float, corrected: bool) -> str:
    if np.isinf(even):
        return CENSUS
    return name + CORRECTED if corrected else name
