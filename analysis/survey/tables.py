"""Whether a share differs between groups at all: Rao and Scott's test of a table, which knows of weights and strata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from analysis.model import Association, Measure, Survey
from analysis.survey import variance
from analysis.survey.design import Floats, Sample, Whole, sample_of
from analysis.survey.estimates import FEWEST_TO_JUDGE
from analysis.survey.tallies import FIVE_ANSWERS, NOT_RECORDED, TOP_TWO_SCORES, Cells, Scores, cells_of, tally

ALL_COUNT: Scores = dict.fromkeys(FIVE_ANSWERS, 1.0)
ALL_ALIKE = "everyone answered alike"
NO_CHANCE = "everyone answered, or all within each stratum answered alike: there is no chance to test against"


@dataclass(frozen=True)
class TableTest:
    """Pearson's X² of a table, with the tests that know of the design behind it.

    ``f``, ``df`` and ``p`` are Rao and Scott's second-order test; ``p_first`` is that of the first-order correction
    (X² over the mean design effect, as chi-squared).
    """

    x2: float
    f: float
    df: tuple[float, float]
    p: float
    p_first: float


def associations(survey: Survey, measures: Sequence[Measure], by: str, smallest_base: int) -> dict[str, Association]:
    """For each measure whether the share that counts as yes differs between the groups of a breakdown, by measure code.

    Groups with fewer answers than the smallest base, and answers that do not say, are left out of the test. Withheld,
    with the reason, where fewer than two groups are left, everyone answers alike, or fewer than 30 answered.
    """
    cells, sample = cells_of(survey, [measure.code for measure in measures], (by,)), sample_of(survey)
    groups = len(cells.groups)
    return {
        measure.code: _association(measure.code, by, cells, sample, place * groups, groups, smallest_base)
        for place, measure in enumerate(measures)
        if survey.tenure_group in measure.tenures
    }


def _association(
    code: str, by: str, cells: Cells, sample: Sample, begun: int, groups: int, smallest_base: int
) -> Association:
    mine = (cells.share >= begun) & (cells.share < begun + groups) & np.isin(cells.answer, FIVE_ANSWERS)
    group = cells.share - begun
    n = np.bincount(group[mine], weights=cells.n[mine], minlength=groups)
    said = np.array([all(level != NOT_RECORDED for _, level in each) for each in cells.groups], dtype=np.bool_)
    judged = np.flatnonzero((n >= smallest_base) & said)
    base = int(n[judged].sum())
    if len(judged) < 2:
        return Association(code, by, base, None, None, None, f"fewer than two groups have {smallest_base} answers")
    if base < FEWEST_TO_JUDGE:
        return Association(code, by, base, None, None, None, f"fewer than {FEWEST_TO_JUDGE} answers")
    test = _table(cells, sample, mine & np.isin(group, judged), group, judged, base)
    if test is None:
        yes = np.isin(cells.answer[mine & np.isin(group, judged)], tuple(TOP_TWO_SCORES))
        why = ALL_ALIKE if yes.all() or not yes.any() else NO_CHANCE
        return Association(code, by, base, None, None, None, why)
    return Association(code, by, base, test.f, test.df, test.p)


def _table(
    cells: Cells, sample: Sample, kept: npt.NDArray[np.bool_], group: Whole, judged: Whole, base: int
) -> TableTest | None:
    """The test of groups × (yes, no)."""
    yes = np.isin(cells.answer, tuple(TOP_TWO_SCORES))
    box = np.searchsorted(judged, np.where(kept, group, judged[0])) * 2 + np.where(yes, 0, 1)
    counted = tally(replace(cells, share=box).only(kept), 2 * len(judged), sample, ALL_COUNT)
    totals = counted.total(counted.w)
    freedom = float(sample.n.sum() - (sample.n > 0).sum())
    return rao_scott(
        totals.reshape(len(judged), 2), variance.totals_covariance(counted, sample), base, max(freedom, 1.0)
    )


def rao_scott(totals: Floats, covariance: Floats, base: int, freedom: float) -> TableTest | None:
    """Rao & Scott (1984) second-order test that rows and columns of a table have nothing to do with each other.

    ``totals`` weighted totals, rows × columns; ``covariance`` of them, in the order of the rows; ``base`` respondents;
    ``freedom`` of the variance. With C an orthogonal complement of the main effects and p the shares,
    D = (C'diag(1/p)C)⁻¹ C'diag(1/p) nV diag(1/p)C; F = X²/tr(D), on tr(D)²/tr(D²) and that times ``freedom`` degrees.
    None where a row or a column is empty, so that there is nothing to test.
    """
    from scipy.linalg import helmert
    from scipy.special import chdtrc, fdtrc

    rows, columns = totals.shape
    whole = totals.sum()
    if (totals.sum(axis=0) <= 0).any() or (totals.sum(axis=1) <= 0).any():
        return None
    p = totals.ravel() / whole
    independent = np.outer(totals.sum(axis=1), totals.sum(axis=0)).ravel() / whole**2
    x2 = float(base * ((p - independent) ** 2 / independent).sum())
    to_shares = (np.eye(len(p)) - p[:, None]) / whole
    spread = to_shares @ covariance @ to_shares.T
    inverse = np.divide(1.0, p, out=np.zeros_like(p), where=p > 0)
    contrasts = np.kron(helmert(rows).T, helmert(columns).T)  # orthogonal to every row's and every column's effect
    simple = contrasts.T @ (inverse[:, None] * contrasts) / base
    actual = (inverse[:, None] * contrasts).T @ spread @ (inverse[:, None] * contrasts)
    effects = np.linalg.solve(simple, actual)
    one, two = float(np.trace(effects)), float(np.trace(effects @ effects))
    if one <= 0:
        return None
    df = one**2 / two
    f, of = x2 / one, len(effects)
    return TableTest(x2, f, (df, df * freedom), float(fdtrc(df, df * freedom, f)), float(chdtrc(of, x2 / (one / of))))
