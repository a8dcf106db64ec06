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
Codes = npt.NDArray[np.int64]
SETTLED = 1e-11  # relative change of the deviance at which the fit is done
TRACE = 1e-10  # beside ones on the diagonal
MOST_STEPS = 60
FURTHEST = 5.0  # the most a coefficient moves in one step
FEWEST_OF_EACH = 30  # answers, and refusals or silence: with fewer no model says anything


@dataclass(frozen=True)
class Logit:
    """A logistic model by maximum likelihood: coefficients, fitted propensities and the deviance."""

    coefficients: Floats
    fitted: Floats
    deviance: float
    rank: int


@dataclass(frozen=True)
class Levels:
    """An intercept and a column for every level but the first of each characteristic, as codes: never a whole table.

    Each row has one level of a characteristic, so the sums a fit needs are counts of pairs of levels.
    """

    rows: int
    codes: tuple[Codes, ...]
    sizes: tuple[int, ...]

    def crossed(self, weights: Floats) -> Floats:
        """The cross products of the columns, each row counting so much."""
        codes, sizes = (np.zeros(self.rows, np.int64), *self.codes), (1, *self.sizes)
        rows = [
            np.hstack(
                [
                    np.bincount(a * m + b, weights=weights, minlength=n * m).reshape(n, m)[int(i > 0) :, int(j > 0) :]
                    for j, (b, m) in enumerate(zip(codes, sizes, strict=True))
                ]
            )
            for i, (a, n) in enumerate(zip(codes, sizes, strict=True))
        ]
        return np.vstack(rows)

    def summed(self, values: Floats) -> Floats:
        """The sum of a value over the rows of each column."""
        parts = [
            np.bincount(code, weights=values, minlength=size)[1:]
            for code, size in zip(self.codes, self.sizes, strict=True)
        ]
        return np.concatenate([[values.sum()], *parts])

    def predicted(self, coefficients: Floats) -> Floats:
        """The sum of the coefficients of each row's levels."""
        found, at = np.full(self.rows, coefficients[0]), 1
        for code, size in zip(self.codes, self.sizes, strict=True):
            found = found + np.concatenate([[0.0], coefficients[at : at + size - 1]])[code]
            at += size - 1
        return found


@dataclass(frozen=True)
class Indicators:
    """The R-indicator and what it is made of, from propensities and design weights."""

    rate: float
    spread: float
    indicator: float
    variation: float  # coefficient of variation of the propensities
    most_bias: float  # the most a share can be off by, a fraction: S / (2 rate)


def logit(levels: Levels, yes: Floats, trials: Floats) -> Logit:
    """A logistic regression of ``yes`` out of ``trials`` by row, by Newton's method.

    The same estimates and deviance as R's glm(family=binomial) (of single answers where a row is one of them; of
    grouped rows the deviance is of the single answers too). A level in which nobody answered is fitted at nought.
    """
    beta = np.zeros(1 + sum(size - 1 for size in levels.sizes))
    beta[0] = np.log(yes.sum() / (trials.sum() - yes.sum()))
    fitted, deviance = np.full(len(yes), yes.sum() / trials.sum()), np.inf
    for _ in range(MOST_STEPS):
        now = _deviance(fitted, yes, trials)
        if abs(deviance - now) <= SETTLED * (abs(now) + 0.1):
            break
        deviance = now
        step = _solved(levels.crossed(trials * fitted * (1 - fitted)), levels.summed(yes - trials * fitted))
        beta = beta + np.clip(step, -FURTHEST, FURTHEST)
        fitted = 1 / (1 + np.exp(-np.clip(levels.predicted(beta), -30.0, 30.0)))
    scaled = _scaled(levels.crossed(trials))[0]
    return Logit(beta, fitted, deviance, int(np.linalg.matrix_rank(scaled, hermitian=True)))


def _solved(information: Floats, score: Floats) -> Floats:
    """The step of a fit. Where columns depend on one another a trace on the diagonal makes one of many steps; where the
    fit settles is the same, for there the score is nought."""
    scaled, by = _scaled(information)
    scaled[np.diag_indices_from(scaled)] += TRACE
    return np.asarray(np.linalg.solve(scaled, score / by) / by)


def _scaled(matrix: Floats) -> tuple[Floats, Floats]:
    """Cross products with ones on the diagonal, and what each column was divided by."""
    by = np.sqrt(np.maximum(np.diag(matrix), 1e-300))
    return matrix / np.outer(by, by), by


def _deviance(fitted: Floats, yes: Floats, trials: Floats) -> float:
    """Minus twice the log-likelihood of the single answers."""
    return float(-2 * np.sum(yes * np.log(fitted) + (trials - yes) * np.log1p(-fitted)))


def levels_of(rows: pd.DataFrame) -> Levels:
    """The levels of each column of a table as codes."""
    factored = [pd.factorize(rows[name], sort=True) for name in rows.columns]
    return Levels(len(rows), tuple(code for code, _ in factored), tuple(len(found) for _, found in factored))


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
    model = logit(levels_of(rows[dims]), yes, trials)
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
    without = [logit(levels_of(rows[[d for d in dims if d != dim]]), yes, trials) for dim in dims]
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
