"""How uncertain a share is: linearised variance from counted cells.

With weights, strata, clusters, finite population and, where weights were raked, residuals on the margins; all shares of
a table in one closed-form pass. Sources: Binder 1983; Särndal, Swensson & Wretman 1992, ch. 5; Deville & Särndal 1992;
checked against R survey 4.5 (docs/method/intervals.md).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.survey.design import Floats, Raked, Sample, Whole
from analysis.survey.tallies import OnMargins, Tally, added_up


def share(tally: Tally) -> Floats:
    """The weighted share that count as yes (the mean score), a fraction; nan where nobody answered."""
    return _ratio(tally.total(tally.yes_w), tally.total(tally.w))


def share_variance(tally: Tally, sample: Sample) -> Floats:
    """Variance of each share: V = Σ (1-f) n/(n-1) (Σz² - (Σz)²/n) over strata, z = w(y-p)/W in the group and 0 outside.

    ``n`` is everybody in the stratum, inside the group or not (a group keeps its zeros); units are clusters where there
    are any. A stratum with one unit is measured about the overall share, which errs on the wide side. Where weights
    were raked, z is w times the residual of (y-p)/W on the margins, and nobody's is nought.
    """
    p, whole = share(tally), tally.total(tally.w)
    mine, of = p[tally.share], whole[tally.share]
    zz = _ratio(tally.square_ww - 2 * mine * tally.yes_ww + mine**2 * tally.ww, of**2)
    spread = tally.total(sample.factor[tally.stratum] * np.maximum(zz, 0.0))
    if sample.raked is not None and tally.margins is not None:
        return np.maximum(_of_residuals(tally, sample, sample.raked, spread, p, whole), 0.0)
    z = _ratio(tally.yes_w - mine * tally.w, of)
    found: Floats = np.maximum(spread - tally.total(sample.centred[tally.stratum] * z**2), 0.0)
    return np.where(whole > 0, found, np.nan)


def _of_residuals(tally: Tally, sample: Sample, raked: Raked, spread: Floats, p: Floats, whole: Floats) -> Floats:
    """Σz² less what the margins explain: with slopes B, - 2 B·T + B'QB, and the strata's squared sums taken out."""
    slopes, through = _on_scores(tally, raked, p, whole)
    explained = np.einsum("sp,pq,sq->s", slopes, raked.spread, slopes) - 2 * np.einsum("sp,sp->s", slopes, through)
    sums = _stratum_sums(tally, sample, p, whole) - slopes @ raked.whole.T
    return spread + explained - sums**2 @ sample.centred


def covariance(tally: Tally, sample: Sample, first: Whole, second: Whole) -> Floats:
    """Covariance of pairs of shares of one tally whose groups have nobody in common; ``first[i]`` with ``second[i]``.

    Nobody in common, so that Σ z z' is nought but for clusters; strata and margins in common remain.
    """
    p, whole = share(tally), tally.total(tally.w)
    sums = _stratum_sums(tally, sample, p, whole)
    found = np.zeros(len(first))
    if tally.clustered is not None:
        found = _clusters_in_common(tally, sample, first, second, p, whole)
    if sample.raked is not None and tally.margins is not None:
        raked = sample.raked
        slopes, through = _on_scores(tally, raked, p, whole)
        sums = sums - slopes @ raked.whole.T
        found = found + np.einsum("sp,pq,sq->s", slopes[first], raked.spread, slopes[second])
        found -= np.einsum("sp,sp->s", slopes[first], through[second])
        found -= np.einsum("sp,sp->s", slopes[second], through[first])
    common: Floats = found - (sums[first] * sums[second]) @ sample.centred
    return common


def totals_covariance(tally: Tally, sample: Sample) -> Floats:
    """Covariance of the weighted totals Σ w of every share of a tally, none of which has people in common: K × K.

    What tests of tables start from: each cell of the table is a share all of whose answers count.
    """
    strata = len(sample.n)
    lines = tally.share * strata + tally.stratum
    sums = added_up(lines, tally.w, tally.shares * strata).reshape(tally.shares, strata)
    if tally.clustered is None:
        found = np.diag(tally.total(sample.factor[tally.stratum] * tally.ww))
    else:
        found = _cluster_products(tally, sample)
    if sample.raked is not None and tally.margins is not None:
        raked = sample.raked
        slopes = tally.margins.base @ raked.inverse
        mixed = slopes @ tally.margins.ww.T
        found = found + slopes @ raked.spread @ slopes.T - mixed - mixed.T
        sums = sums - slopes @ raked.whole.T
    covariances: Floats = found - (sums * sample.centred) @ sums.T
    return covariances


def effective_base(tally: Tally) -> Floats:
    """Kish's base, (Σw)²/Σw²: how many unweighted answers the weighted ones are worth (Kish 1965)."""
    return _ratio(tally.total(tally.w) ** 2, tally.total(tally.alone_ww))


def even_base(tally: Tally, sample: Sample) -> Floats:
    """Kish's base with the finite population correction, (Σw)²/Σ(1-f)w²; infinite where everybody answered.

    What the answers are worth when all agree, and their own spread therefore says nothing. In clusters, w² is of each
    cluster's sum of weights: as if all in a cluster always agreed.
    """
    unseen = tally.total((1 - sample.sampled[tally.stratum]) * tally.ww)
    with np.errstate(divide="ignore", invalid="ignore"):
        return tally.total(tally.w) ** 2 / unseen


def design_effect(tally: Tally, sample: Sample, finite: bool = False) -> Floats:
    """V ÷ the variance of a simple random sample of as many answers; nan where all agree.

    ``finite``: the simple sample drawn without replacement from as many as the weights sum to (R's ``deff=TRUE``); else
    with replacement (R's ``deff="replace"``).
    """
    n, p, whole = tally.total(tally.n), share(tally), tally.total(tally.w)
    simple = p * (1 - p) / np.maximum(n - 1, 1) * ((whole - n) / whole if finite else 1.0)
    return _ratio(share_variance(tally, sample), simple)


def degrees_of_freedom(tally: Tally) -> Floats:
    """Units with answers less the strata they fall in, at least 1: how well the spread itself is known."""
    return np.maximum(tally.total(tally.units) - tally.total((tally.units > 0).astype(np.float64)), 1.0)


def corrected(tally: Tally, sample: Sample) -> npt.NDArray[np.bool_]:
    """Whether any of the answers come from a stratum whose size is known."""
    return tally.total(tally.n * ~np.isnan(sample.population[tally.stratum])) > 0


def _stratum_sums(tally: Tally, sample: Sample, p: Floats, whole: Floats) -> Floats:
    """Σ z of each share in each stratum: shares × strata."""
    strata = len(sample.n)
    z = _ratio(tally.yes_w - p[tally.share] * tally.w, whole[tally.share])
    return added_up(tally.share * strata + tally.stratum, z, tally.shares * strata).reshape(tally.shares, strata)


def _on_scores(tally: Tally, raked: Raked, p: Floats, whole: Floats) -> tuple[Floats, Floats]:
    """Slopes of (y-p)/W on the margins, and its products with them (factor · w²): both shares × levels."""
    assert tally.margins is not None
    sums: OnMargins = tally.margins
    mean, of = np.nan_to_num(p)[:, None], np.where(whole > 0, whole, np.inf)[:, None]
    return (sums.yes_base - mean * sums.base) / of @ raked.inverse, (sums.yes_ww - mean * sums.ww) / of


def _clusters_in_common(tally: Tally, sample: Sample, first: Whole, second: Whole, p: Floats, whole: Floats) -> Floats:
    """Σ factor · z z' over the clusters where both of a pair have answers."""
    from scipy.sparse import csr_array

    pairs = tally.clustered
    assert pairs is not None and sample.clusters is not None
    z = _ratio(pairs.yes_w - p[pairs.share] * pairs.w, whole[pairs.share])
    table = csr_array((z, (pairs.share, pairs.cluster)), shape=(tally.shares, len(sample.clusters)))
    weighed = table @ _diagonal(sample.factor[sample.clusters])
    return np.asarray((weighed[first] * table[second]).sum(axis=1), dtype=np.float64)


def _cluster_products(tally: Tally, sample: Sample) -> Floats:
    """Σ factor · w w' over clusters, for every pair of shares."""
    from scipy.sparse import csr_array

    pairs = tally.clustered
    assert pairs is not None and sample.clusters is not None
    table = csr_array((pairs.w, (pairs.share, pairs.cluster)), shape=(tally.shares, len(sample.clusters)))
    return np.asarray((table @ _diagonal(sample.factor[sample.clusters]) @ table.T).todense(), dtype=np.float64)


def _diagonal(values: Floats) -> object:
    from scipy.sparse import diags_array

    return diags_array(values).tocsr()


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.full_like(below, np.nan), where=below > 0)
