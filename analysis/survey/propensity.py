"""Who answered of those invited: the propensity to answer, and how alike those who did are to those who did not.

Schouten, Cobben and Bethlehem (2009): R = 1 - 2 S(rho), S the standard deviation of the propensities. Partial
indicators: Schouten, Shlomo and Skinner (2011).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.model import PartialR, Representativity, Verdict
from analysis.survey.representation import LEVEL, holm

Floats = npt.NDArray[np.float64]
SETTLED = 1e-12  # relative change of the deviance at which the fit is done
MOST_STEPS = 60
FEWEST_OF_EACH = 30  # answers, and refusals or silence: with fewer no model says anything


@dataclass(frozen=True)
class Logit:
    """A logistic model by maximum likelihood: coefficients, fitted propensities and the deviance."""

    coefficients: Floats
    fitted: Floats
    deviance: float
    rank: int


@dataclass(frozen=True)
class Indicators:
    """The R-indicator and what it is made of, from propensities and design weights."""

    rate: float
    spread: float
    indicator: float
    variation: float  # coefficient of variation of the propensities
    most_bias: float  # the most a share can be off by, a fraction: S / (2 rate)


def logit(design: Floats, yes: Floats, trials: Floats) -> Logit:
    """A logistic regression of ``yes`` out of ``trials`` by row, by iteratively reweighted least squares.

    The same estimates and deviance as R's glm(family=binomial) (of single answers where a row is one of them;
    of grouped rows the deviance is of the single answers too). A level in which nobody answered is fitted at nought.
    """
    fitted: Floats = (yes + 0.5) / (trials + 1.0)
    link: Floats = np.log(fitted / (1 - fitted))
    deviance, beta = np.inf, np.zeros(design.shape[1])
    for _ in range(MOST_STEPS):
        weight = np.maximum(trials * fitted * (1 - fitted), 1e-300)
        worked = link + (yes - trials * fitted) / weight
        root = np.sqrt(weight)
        beta, *_ = np.linalg.lstsq(design * root[:, None], worked * root, rcond=None)
        link = np.clip(design @ beta, -30.0, 30.0)
        fitted = 1 / (1 + np.exp(-link))
        now = _deviance(fitted, yes, trials)
        if abs(deviance - now) <= SETTLED * (abs(now) + 0.1):
            deviance = now
            break
        deviance = now
    return Logit(beta, fitted, deviance, int(np.linalg.matrix_rank(design)))


def _deviance(fitted: Floats, yes: Floats, trials: Floats) -> float:
    """Minus twice the log-likelihood of the single answers."""
    return float(-2 * np.sum(yes * np.log(fitted) + (trials - yes) * np.log1p(-fitted)))


def dummies(levels: pd.DataFrame) -> Floats:
    """An intercept and a column for every level but the first of each characteristic."""
    columns = [np.ones(len(levels))]
    for name in levels.columns:
        code, found = pd.factorize(levels[name], sort=True)
        columns += [(code == place).astype(np.float64) for place in range(1, len(found))]
    return np.column_stack(columns)


def indicators(fitted: Floats, weights: Floats) -> Indicators:
    """The R-indicator of propensities, each standing for ``weights`` of those invited (or of the homes)."""
    rate = float(np.average(fitted, weights=weights))
    spread = float(np.sqrt(np.sum(weights * (fitted - rate) ** 2) / (weights.sum() - 1)))
    return Indicators(rate, spread, 1 - 2 * spread, spread / rate, spread / (2 * rate))


def unconditional(fitted: Floats, weights: Floats, levels: pd.Series) -> float:
    """How much the average propensity differs between the levels of one characteristic: its part of the spread."""
    rate = np.average(fitted, weights=weights)
    code = pd.factorize(levels)[0]
    size = np.bincount(code, weights=weights)
    mean = np.bincount(code, weights=weights * fitted) / size
    return float(np.sqrt(np.sum(size * (mean - rate) ** 2) / weights.sum()))


def conditional(fitted: Floats, weights: Floats, others: pd.DataFrame) -> float:
    """How much propensities differ within groups alike in every other characteristic: what this one adds."""
    code = others.groupby(list(others.columns), sort=False).ngroup().to_numpy() if len(others.columns) else None
    code = np.zeros(len(fitted), dtype=np.int64) if code is None else code
    mean = np.bincount(code, weights=weights * fitted) / np.bincount(code, weights=weights)
    return float(np.sqrt(np.sum(weights * (fitted - mean[code]) ** 2) / weights.sum()))


def representativity(
    counted: pd.DataFrame, dims: Sequence[str], left_out: Mapping[str, str] = MappingProxyType({})
) -> Representativity:
    """How alike those who answered are to those invited, by ``dims``.

    ``counted`` has dims, invited and answered, a row a combination. Every invited home counts the same.
    """
    rows = counted[counted["invited"] > 0].reset_index(drop=True)
    trials, yes = (rows[name].to_numpy(np.float64) for name in ("invited", "answered"))
    invited, answered = int(trials.sum()), int(yes.sum())
    dims = [dim for dim in dims if rows[dim].nunique() > 1]
    if min(answered, invited - answered) < FEWEST_OF_EACH or not dims:
        why = (
            f"fewer than {FEWEST_OF_EACH} who answered or who did not" if dims else "nothing is known of those invited"
        )
        return Representativity(invited, answered, left_out=left_out, withheld=why)
    model = logit(dummies(rows[dims]), yes, trials)
    found = indicators(model.fitted, trials)
    rate = answered / invited
    empty = _deviance(np.full(len(yes), rate), yes, trials)
    p = _chance(empty - model.deviance, model.rank - 1)
    by_chance = 1 - 2 * np.sqrt(rate * (1 - rate) * (model.rank - 1) / invited)
    return Representativity(
        invited=invited,
        answered=answered,
        rate=found.rate,
        indicator=found.indicator,
        by_chance=float(by_chance),
        spread=found.spread,
        most_bias=found.most_bias,
        p=p,
        verdict=Verdict.REAL if p <= LEVEL else Verdict.CHANCE,
        parts=_parts(rows, dims, model, yes, trials),
        left_out=left_out,
    )


def _parts(rows: pd.DataFrame, dims: Sequence[str], model: Logit, yes: Floats, trials: Floats) -> tuple[PartialR, ...]:
    """Each characteristic's share of the spread, the one that says most beyond the others first."""
    without = [logit(dummies(rows[[d for d in dims if d != dim]]), yes, trials) for dim in dims]
    p = np.array([_chance(less.deviance - model.deviance, model.rank - less.rank) for less in without])
    parts = [
        PartialR(
            variable=dim,
            levels=int(rows[dim].nunique()),
            unconditional=unconditional(model.fitted, trials, rows[dim]),
            conditional=conditional(model.fitted, trials, rows[[d for d in dims if d != dim]]),
            p=float(chance),
            adjusted=float(allowed),
            verdict=Verdict.REAL if allowed <= LEVEL else Verdict.CHANCE,
        )
        for dim, chance, allowed in zip(dims, p, holm(p), strict=True)
    ]
    return tuple(sorted(parts, key=lambda part: -part.conditional))


def _chance(statistic: float, freedom: int) -> float:
    """How often chance alone gives a likelihood ratio as large."""
    from scipy.stats import chi2  # slow to load: not before it is needed

    return float(chi2.sf(max(statistic, 0.0), freedom)) if freedom > 0 else 1.0
