"""How far places differ, and each drawn towards their mean: beta-binomial counts, Fay and Herriot's weighted shares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.survey.design import Floats

# Precision of the beta distribution of places: from as unlike as can be to a spread of well under a fifth of a point.
LEAST_PRECISION, MOST_PRECISION = 0.1, 1e6
STARTS = (3.0, 30.0, 300.0)
_GAIN = 1e-6  # log-likelihood by which places must fit better than one share for all, or they do not differ
_SLACK = 1e-3  # slope of the log-likelihood (per log of a parameter) that counts as its top


@dataclass(frozen=True)
class BetaBinomial:
    """Shares of places spread by a beta distribution: its mean mu and its precision M, infinite where none differ."""

    mean: float
    precision: float

    @property
    def between(self) -> float:
        """The variance of the places' shares."""
        return self.mean * (1 - self.mean) / (1 + self.precision)

    def posterior(self, yes: Floats, base: Floats) -> tuple[Floats, Floats]:
        """Both parameters of the beta distribution of each place's share, given its answers (finite precision)."""
        return yes + self.mean * self.precision, base - yes + (1 - self.mean) * self.precision


@dataclass(frozen=True)
class FayHerriot:
    """Shares of places with a normal spread: their mean, its standard error and the variance between places."""

    mean: float
    error: float
    between: float


@dataclass(frozen=True)
class Predicted:
    """Places under a model: ``value``, ``own`` (the weight on its own answers) and the mean squared error in parts.

    ``known`` is the error were the model known (g1), ``mean`` that of the mean (g2), ``between`` that of the variance
    between places (g3); ``mse`` is Prasad and Rao's g1 + g2 + 2 g3.
    """

    value: Floats
    own: Floats
    known: Floats
    mean: Floats
    between: Floats

    @property
    def mse(self) -> Floats:
        """Prasad and Rao's mean squared error (1990, their eq. 5.15 for a variance by REML)."""
        return self.known + self.mean + 2 * self.between


def beta_binomial(yes: Floats, base: Floats) -> BetaBinomial | None:
    """Mean and precision by maximum likelihood; None where the search does not settle.

    ``yes`` of ``base`` answers in each place, not all alike and not all of one answer. Where places fit no better than
    one share for all, the precision is infinite.
    """
    from scipy.optimize import minimize

    pooled = float(yes.sum() / base.sum())
    bounds = [(-30.0, 30.0), (np.log(LEAST_PRECISION), np.log(MOST_PRECISION))]
    start = np.log(pooled / (1 - pooled))
    options = {"gtol": 1e-9, "ftol": 1e-15, "maxiter": 500}
    tops = [
        minimize(_fit, [start, np.log(m)], (yes, base), "L-BFGS-B", jac=True, bounds=bounds, options=options)
        for m in STARTS
    ]
    top = min(tops, key=lambda found: float(found.fun))
    alike = float(-(yes * np.log(pooled) + (base - yes) * np.log1p(-pooled)).sum())
    if alike - top.fun < _GAIN:
        return BetaBinomial(pooled, np.inf)
    inside = [(low < at < high) for at, (low, high) in zip(top.x, bounds, strict=True)]
    if float(np.abs(top.jac[inside]).max(initial=0.0)) > _SLACK:
        return None
    return BetaBinomial(float(1 / (1 + np.exp(-top.x[0]))), float(np.exp(top.x[1])))


def fay_herriot(direct: Floats, variance: Floats) -> FayHerriot:
    """Mean and variance between places by restricted maximum likelihood (Fay and Herriot 1979; REML).

    ``direct`` are shares, ``variance`` their sampling variances (taken as known, above nought). Of several tops of the
    likelihood the highest is taken; the variance between is 0 where none lies above it.
    """
    from scipy.optimize import brentq

    grid = np.concatenate([[0.0], np.geomspace(1e-10, 1.0, 60)])
    slopes = _slope(grid, direct, variance)
    falls = np.flatnonzero((slopes[:-1] > 0) & (slopes[1:] <= 0))
    tops = [brentq(_slope, grid[i], grid[i + 1], (direct, variance), xtol=1e-15, rtol=1e-14) for i in falls]
    if slopes[0] <= 0:
        tops.append(0.0)
    between = max(tops, key=lambda at: _restricted(at, direct, variance))
    weight = 1 / (between + variance)
    return FayHerriot(float((weight * direct).sum() / weight.sum()), float(weight.sum() ** -0.5), float(between))


def predict(direct: Floats, variance: Floats, mean: float, between: float) -> Predicted:
    """Each place drawn towards the mean: between ÷ (between + variance) is the weight on its own answers.

    Henderson's best linear predictor with Prasad and Rao's (1990) error for a REML variance.
    """
    weight = 1 / (between + variance)
    own = between * weight
    rest: Floats = variance * weight
    return Predicted(
        value=mean + own * (direct - mean),
        own=own,
        known=own * variance,
        mean=rest**2 / weight.sum(),
        between=rest**2 * weight * 2 / (weight**2).sum(),
    )


def _fit(at: Floats, yes: Floats, base: Floats) -> tuple[float, Floats]:
    """Minus the beta-binomial log-likelihood and its slopes at (logit of the mean, log of the precision)."""
    from scipy.special import betaln, digamma, expit

    mean, precision = expit(at[0]), np.exp(at[1])
    a, b = mean * precision, expit(-at[0]) * precision
    no = base - yes
    height = (betaln(yes + a, no + b) - betaln(a, b)).sum()
    common = digamma(base + precision) - digamma(precision)
    on_a = (digamma(yes + a) - digamma(a) - common).sum()
    on_b = (digamma(no + b) - digamma(b) - common).sum()
    slopes = np.array([(on_a - on_b) * a * expit(-at[0]), on_a * a + on_b * b])
    return -float(height), -slopes


def _slope(between: Floats | float, direct: Floats, variance: Floats) -> Floats:
    """Slope of the restricted log-likelihood in the variance between places, at one or at many of them."""
    weight = 1 / (np.asarray(between)[..., None] + variance)
    total = weight.sum(axis=-1)
    off = direct - ((weight * direct).sum(axis=-1) / total)[..., None]
    slope: Floats = (((weight * off) ** 2).sum(axis=-1) - total + (weight**2).sum(axis=-1) / total) / 2
    return slope


def _restricted(between: float, direct: Floats, variance: Floats) -> float:
    """The restricted log-likelihood, without its constant."""
    weight = 1 / (between + variance)
    off = direct - (weight * direct).sum() / weight.sum()
    return float(np.log(weight).sum() - np.log(weight.sum()) - (weight * off**2).sum()) / 2
