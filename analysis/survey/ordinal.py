"""The proportional-odds model of ordered answers: which way an answer goes with others, the rest held still.

statsmodels' OrderedModel fits it; weights, and slopes worked out by formula instead of by small steps, are added here.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from statsmodels.miscmodels.ordinal_model import OrderedModel
from statsmodels.tools.numdiff import approx_fprime
from statsmodels.tools.sm_exceptions import ConvergenceWarning, HessianInversionWarning

Floats = npt.NDArray[np.float64]
SETTLED = 1e-6  # the steepest slope left in the mean log likelihood
STEEPEST = 15.0  # a coefficient of more, for a standard deviation of its column, is a likelihood without a maximum
_TINY = 1e-20  # as statsmodels: keeps the logarithm of an impossible answer finite


@dataclass(frozen=True)
class OrdinalModel:
    """A fitted model: logit P(answer ≤ j) = threshold_j − x·coefficients, so plus goes with higher answers.

    ``coefficients`` and ``se`` by column of x; ``thresholds`` between each answer and the next; ``base`` respondents;
    ``robust`` whether the errors are the sandwich's, which weights need.
    """

    coefficients: pd.Series
    se: pd.Series
    thresholds: tuple[float, ...]
    log_likelihood: float
    base: float
    settled: bool
    robust: bool = False

    def interval(self, name: str, level: float = 0.95) -> tuple[float, float]:
        """The ends of a coefficient's interval by the normal quantile, as R's ``confint.default`` has them."""
        from scipy.special import ndtri

        reach = float(ndtri((1 + level) / 2)) * float(self.se[name])
        return float(self.coefficients[name]) - reach, float(self.coefficients[name]) + reach


def ordinal(
    answers: Sequence[Any] | pd.Series,
    x: pd.DataFrame,
    weights: npt.ArrayLike | None = None,
    frequencies: npt.ArrayLike | None = None,
) -> OrdinalModel:
    """The proportional-odds model (McCullagh 1980, logit) of ordered answers on the columns of ``x``.

    ``answers`` are numbers or an ordered categorical, lowest first; ``x`` numbers or dummies, without a constant.
    ``frequencies``: each row stands for so many respondents, and errors come from the information, as R's polr has
    them. ``weights``: each row is one respondent who counts for so much; the errors are then the linearised ones
    (sandwich, Binder 1983), whatever the scale of the weights. Strata and finite populations are not in them.
    ``settled`` is False where no maximum was found, as where a column sets the answers wholly apart. Raises ValueError
    for weights or frequencies that are not above nought, for both at once, and where all answers are the same.
    """
    if weights is not None and frequencies is not None:
        raise ValueError("Give weights (of single respondents) or frequencies (of equal ones), not both.")
    counts = _positive(weights if frequencies is None else frequencies, len(x))
    codes = pd.Series(pd.Categorical(answers, ordered=True)).cat.remove_unused_categories().cat.codes
    if codes.nunique() < 2:
        raise ValueError("Everyone gave the same answer, so there is nothing to model.")
    model = _Weighted(codes.to_numpy(), x.to_numpy(dtype=float), counts)
    found, settled = _fit(model)
    spread = model.covariance(found, robust=weights is not None)
    names = list(x.columns)
    return OrdinalModel(
        coefficients=pd.Series(found[: len(names)], index=names),
        se=pd.Series(np.sqrt(np.diag(spread)[: len(names)]), index=names),
        thresholds=tuple(model.transform_threshold_params(found)[1:-1].tolist()),
        log_likelihood=float(model.loglike(found)),
        base=float(counts.sum()) if frequencies is not None else float(len(x)),
        settled=settled and bool(np.isfinite(spread).all()),
        robust=weights is not None,
    )


def _positive(counts: npt.ArrayLike | None, rows: int) -> Floats:
    if counts is None:
        return np.ones(rows)
    found = np.asarray(counts, dtype=np.float64)
    if len(found) != rows or not (np.isfinite(found).all() and (found > 0).all()):
        raise ValueError("Every row needs a weight or frequency above nought. Leave out the rows that have none.")
    return found


class _Weighted(OrderedModel):
    """OrderedModel in which a row may count for more than one, with the slopes of its likelihood by formula."""

    def __init__(self, codes: npt.NDArray[Any], x: Floats, counts: Floats) -> None:
        self.counts = counts
        super().__init__(codes.astype(np.int64), x, distr="logit")

    @property
    def start_params(self) -> Floats:
        """No slopes, and the thresholds that the weighted shares give."""
        shares = np.bincount(self.endog, weights=self.counts) / self.counts.sum()
        below = np.cumsum(shares)[:-1]
        thresholds = np.append(np.log(below / (1 - below)), np.inf)
        return np.concatenate([np.zeros(self.k_vars), self.transform_reverse_threshold_params(thresholds)])

    def loglikeobs(self, params: Floats) -> Floats:
        """Each row's log likelihood times what it counts for."""
        return np.asarray(self.counts * super().loglikeobs(params))

    def score_obs(self, params: Floats) -> Floats:
        """Each row's slope in the parameters: rows × (coefficients, first threshold, logarithms of the steps)."""
        low, high = self._bounds(params)
        chance = (self.prob(low, high) + _TINY) / self.counts
        at_low, at_high = self.pdf(low) / chance, self.pdf(high) / chance
        last = self.k_levels - 2  # threshold j, from 0, lies above answer j
        above = (self.endog[:, None] == np.arange(last + 1)) * at_high[:, None]
        under = (self.endog[:, None] == np.arange(1, last + 2)) * at_low[:, None]
        by_threshold = above - under
        later = by_threshold[:, ::-1].cumsum(axis=1)[:, ::-1]  # a step moves every threshold from its own on
        steps = np.concatenate([[1.0], np.exp(params[self.k_vars + 1 :])])
        return np.column_stack([-(at_high - at_low)[:, None] * self.exog, later * steps])

    def score(self, params: Floats) -> Floats:
        """The slope of the whole log likelihood."""
        return np.asarray(self.score_obs(params).sum(axis=0))

    def hessian(self, params: Floats) -> Floats:
        """How the slope bends, from small steps of it."""
        bend = approx_fprime(params, self.score, centered=True)
        return np.asarray((bend + bend.T) / 2)

    def covariance(self, params: Floats, robust: bool) -> Floats:
        """Of the estimates: the inverse information, or the sandwich about it."""
        bread = np.linalg.pinv(-self.hessian(params))
        if not robust:
            return np.asarray(bread)
        each = self.score_obs(params)
        return np.asarray(bread @ (each.T @ each) @ bread * len(each) / (len(each) - 1))


def _fit(model: _Weighted) -> tuple[Floats, bool]:
    """The parameters of greatest likelihood, and whether the slope there is level."""
    found = model.start_params
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # judged below, by the slope
        warnings.simplefilter("ignore", HessianInversionWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        for method, options in (("bfgs", {"gtol": 1e-9, "maxiter": 500}), ("newton", {"maxiter": 30})):
            tried = model.fit(found, method=method, disp=0, skip_hessian=True, **options)
            reached = np.asarray(tried.params)
            if np.isfinite(reached).all() and _level(model, reached):
                return reached, True
    return found, False


def _level(model: _Weighted, params: Floats) -> bool:
    """Level and not on the way to infinity, where a column sets the answers wholly apart."""
    per_deviation = params[: model.k_vars] * model.exog.std(axis=0)
    level = np.abs(model.score(params)).max() <= SETTLED * model.counts.sum()
    return bool(level and np.abs(per_deviation).max(initial=0.0) <= STEEPEST)
