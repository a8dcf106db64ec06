"""How uncertain a share is: linearised variance from counted cells, with weights, strata and finite population.

Source: Binder 1983; Särndal, Swensson & Wretman 1992, ch. 5; checked against R survey 4.5 (docs/method/estimates.md).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.survey.tallies import Floats, Strata, Tally


def share(tally: Tally) -> Floats:
    """The weighted share that count as yes, a fraction; nan where nobody answered."""
    return _ratio(tally.total(tally.yes_w), tally.total(tally.w))


def share_variance(tally: Tally, strata: Strata) -> Floats:
    """Variance of each share: V = Σ (1-f) n/(n-1) (Σz² - (Σz)²/n) over strata, z = w(y-p)/W in the group and 0 outside.

    ``n`` is everybody in the stratum, inside the group or not (a group keeps its zeros). A stratum with one respondent
    says nothing of its own spread: it is measured about the overall share (z about 0), which errs on the wide side.
    """
    p = share(tally)[tally.share]
    whole = tally.total(tally.w)[tally.share]
    z = _ratio(tally.yes_w - p * tally.w, whole)
    zz = _ratio((1 - p) ** 2 * tally.yes_ww + p**2 * (tally.ww - tally.yes_ww), whole**2)
    units = strata.n[tally.stratum]
    alone = units <= 1
    spread = np.where(alone, zz, (zz - z**2 / units) * units / np.where(alone, 1.0, units - 1))
    return tally.total((1 - strata.sampled[tally.stratum]) * np.maximum(spread, 0.0))


def effective_base(tally: Tally) -> Floats:
    """Kish's base, (Σw)²/Σw²: how many unweighted answers the weighted ones are worth (Kish 1965)."""
    return _ratio(tally.total(tally.w) ** 2, tally.total(tally.ww))


def even_base(tally: Tally, strata: Strata) -> Floats:
    """Kish's base with the finite population correction, (Σw)²/Σ(1-f)w²; infinite where everybody answered.

    What the answers are worth when all agree, and their own spread therefore says nothing.
    """
    unseen = tally.total((1 - strata.sampled[tally.stratum]) * tally.ww)
    with np.errstate(divide="ignore", invalid="ignore"):
        return tally.total(tally.w) ** 2 / unseen


def degrees_of_freedom(tally: Tally) -> Floats:
    """Answers less the strata they fall in, at least 1: how well the spread itself is known."""
    return np.maximum(tally.total(tally.n) - tally.total((tally.n > 0).astype(np.float64)), 1.0)


def corrected(tally: Tally, strata: Strata) -> npt.NDArray[np.bool_]:
    """Whether any of the answers come from a stratum whose size is known."""
    return tally.total(tally.n * ~np.isnan(strata.population[tally.stratum])) > 0


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.full_like(below, np.nan), where=below > 0)
