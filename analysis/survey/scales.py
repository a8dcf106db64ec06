"""Several items that are meant to measure one thing: how well they hold together, and one score for each person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis.model import Reliability
from analysis.survey.design import Floats
from analysis.survey.estimates import SMALLEST_BASE, too_few

WORST, BEST = 1, 5  # the ends of every scale as stored; a reversed item is read from the other end
ACCEPTABLE = 0.7  # Nunnally & Bernstein (1994), for comparing groups


def reliability(
    rows: pd.DataFrame,
    items: Sequence[str],
    reverse: Sequence[str] = (),
    weights: pd.Series | None = None,
    level: float = 0.95,
    smallest_base: int = SMALLEST_BASE,
) -> Reliability:
    """How well several items measure one thing, among those who answered every one of them.

    Cronbach's alpha (1951), k/(k-1) · (1 - Σ variances of the items ÷ variance of their sum), with Feldt's interval
    (1965); alpha ``without`` each item, and each item's correlation with the sum of the others (``item_rest``).
    ``rows`` holds answers 5 to 1, anything else is no answer; items in ``reverse`` count as 6 less the answer. Weights
    go into every variance; the interval rests on what the weighted answers are worth (Kish).

    ``withheld`` for a single item, where fewer than ``smallest_base`` or fewer than three answered every item, where
    everyone gave the same answers, or where every item but one is constant. A constant item is left out and said so. A
    note names items that go against the rest. With two items there is no alpha without one.
    Raises ValueError for a column that is not there, an item named twice, or weights that are not above nought.
    """
    _check(rows, items, reverse, weights)
    if len(items) < 2:
        return Reliability(tuple(items), 0, None, None, None, withheld="a scale needs at least two items")
    answers = _read(rows, items, reverse)
    whole = answers.dropna()
    base = len(whole)
    why = too_few(base, max(smallest_base, 3), "people who answered every item")
    if why:
        return Reliability(tuple(items), base, None, None, None, withheld=why)
    used = [item for item in items if whole[item].nunique() > 1]
    constant = [item for item in items if item not in used]
    if len(used) < 2:
        why = "everyone gave the same answers" if not used else f"everyone gave the same answer to all but {used[0]}"
        return Reliability(tuple(items), base, None, None, None, withheld=why)
    counts = np.ones(base) if weights is None else weights.loc[whole.index].to_numpy(dtype=np.float64)
    spread = _covariance(whole[used].to_numpy(), counts)
    found = alpha(spread)
    if not np.isfinite(found):
        return Reliability(tuple(items), base, None, None, None, withheld="the items cancel each other out")
    low, high = feldt(found, float(counts.sum() ** 2 / (counts**2).sum()), len(used), level)
    rest = dict(zip(used, item_rest(spread).tolist(), strict=True))
    return Reliability(
        items=tuple(used),
        base=base,
        alpha=found,
        low=low,
        high=high,
        without=MappingProxyType(_without(used, spread)),
        item_rest=MappingProxyType(rest),
        notes=tuple(_notes(constant, rest, found, reverse)),
    )


def scores(
    rows: pd.DataFrame, items: Sequence[str], reverse: Sequence[str] = (), least_items: int | None = None
) -> pd.Series:
    """Each person's score, 1 to 5: the mean of the items they answered, missing where they answered too few.

    A missing item is so given the person's own mean (person-mean imputation). It is done only where at least
    ``least_items`` were answered: more than half of them, if not said (the half rule). Reversed items count as 6 less
    the answer. Raises ValueError for a column that is not there, an item named twice, or an impossible ``least_items``.
    """
    _check(rows, items, reverse, None)
    least = len(items) // 2 + 1 if least_items is None else least_items
    if not 1 <= least <= len(items):
        raise ValueError(f"least_items is {least}: a score needs from 1 to all {len(items)} of the items.")
    answers = _read(rows, items, reverse)
    return answers.mean(axis=1).where(answers.notna().sum(axis=1) >= least).rename("score")


def alpha(covariance: Floats) -> float:
    """Cronbach's alpha of a covariance matrix of items; nan where their sum does not vary.

    >>> alpha(np.array([[1.0, 0.5], [0.5, 1.0]]))  # 2 · (1 - 2/3)
    0.6666666666666667
    """
    items, whole = len(covariance), covariance.sum()
    if whole <= 1e-12 * np.trace(covariance):
        return float("nan")
    return float(items / (items - 1) * (1 - np.trace(covariance) / whole))


def feldt(found: float, base: float, items: int, level: float = 0.95) -> tuple[float, float]:
    """The ends of alpha's interval (Feldt 1965): 1 - (1 - alpha) · F, F with n-1 and (n-1)(k-1) degrees of freedom.

    The variables are taken as normal with equal covariances; with five answers it is near enough (docs/method).
    """
    from scipy.special import fdtri

    tail, freedom = (1 - level) / 2, base - 1
    high, low = (1 - (1 - found) * float(fdtri(freedom, freedom * (items - 1), p)) for p in (tail, 1 - tail))
    return low, high


def item_rest(covariance: Floats) -> Floats:
    """Each item's correlation with the sum of the others; nan where that sum does not vary."""
    own = np.diag(covariance)
    shared = covariance.sum(axis=1) - own
    others = covariance.sum() - own - 2 * shared
    scale = np.sqrt(own * np.maximum(others, 0.0))
    return np.divide(shared, scale, out=np.full(len(own), np.nan), where=scale > 1e-12)


def _without(items: Sequence[str], covariance: Floats) -> dict[str, float]:
    """Alpha of the others, item by item; nothing where only one other is left."""
    if len(items) < 3:
        return {}
    kept = [[at for at in range(len(items)) if at != out] for out in range(len(items))]
    return {item: alpha(covariance[np.ix_(rest, rest)]) for item, rest in zip(items, kept, strict=True)}


def _covariance(answers: Floats, counts: Floats) -> Floats:
    middle = np.average(answers, axis=0, weights=counts)
    return np.asarray((answers - middle).T * counts @ (answers - middle) / counts.sum())


def _read(rows: pd.DataFrame, items: Sequence[str], reverse: Sequence[str]) -> pd.DataFrame:
    """The items as numbers 1 to 5, anything else missing, reversed ones turned round."""
    found = rows[list(items)].apply(pd.to_numeric).astype(np.float64)
    found = found.where((found >= WORST) & (found <= BEST))
    return found.assign(**{item: WORST + BEST - found[item] for item in reverse})


def _check(rows: pd.DataFrame, items: Sequence[str], reverse: Sequence[str], weights: pd.Series | None) -> None:
    missing = [item for item in items if item not in rows.columns]
    if missing:
        raise ValueError(f"There is no column {', '.join(missing)}. The columns are: {', '.join(map(str, rows))}.")
    if len(set(items)) != len(items):
        raise ValueError("An item is named twice. Name each once.")
    strange = [item for item in reverse if item not in items]
    if strange:
        raise ValueError(f"{', '.join(strange)} is to be reversed but is no item of the scale.")
    if weights is not None:
        held = weights.reindex(rows.index).to_numpy(dtype=np.float64)
        if not (np.isfinite(held).all() and (held > 0).all()):
            raise ValueError("Every respondent needs a weight above nought. Leave out the rows that have none.")


def _notes(constant: list[str], rest: dict[str, float], found: float, reverse: Sequence[str]) -> Iterator[str]:
    if constant:
        yield f"Left out, since everyone gave the same answer: {', '.join(constant)}."
    against = [item for item, shared in rest.items() if shared < 0]
    if len(rest) == 2 and against:
        yield f"{' and '.join(against)} go against each other: is one worded the other way round?"
    elif against:
        turned = [item for item in against if item in reverse]
        ask = "should it not be reversed?" if turned == against else "is it worded the other way round?"
        yield f"Answered against the rest: {', '.join(against)}: {ask}"
    if found < ACCEPTABLE:
        yield f"Under {ACCEPTABLE}, by a common rule of thumb the items do not hold together well enough for one score."
    if len(rest) == 2:
        yield "With two items there is no reliability without one of them."
