"""Small places: a share drawn towards the mean of all places as far as its own answers are few (empirical Bayes)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.model import Estimate, Group, SmallArea, SmallAreas
from analysis.survey.design import Floats
from analysis.survey.empirical_bayes import Predicted, beta_binomial, fay_herriot, predict
from analysis.survey.estimates import SMALLEST_BASE, too_few
from analysis.survey.tallies import NOT_RECORDED

FEWEST_PLACES = 5  # with fewer, how far places differ cannot be told
BETA_BINOMIAL, FAY_HERRIOT = "beta-binomial", "Fay-Herriot"
DRAWS = 1_000  # of every place's share, for the ranks
SEED = 20261129

TOO_FEW_PLACES = f"fewer than {FEWEST_PLACES} groups have enough answers to tell how far groups differ"
ALL_ALIKE = "everybody said the same, so how far groups differ cannot be told"
ONE_EACH = "one answer a group cannot tell how far groups differ"
UNSETTLED = "how far groups differ could not be worked out from these answers"
NO_DIFFERENCE = (
    "The groups differ no more than chance alone would make them differ, so each is drawn all the way to the mean."
)
_TIE = 1e-9


def small_areas(
    estimates: Sequence[Estimate],
    whole: Estimate,
    homes: Mapping[Group, int] | None = None,
    weighted: bool = False,
    smallest_base: int = SMALLEST_BASE,
    level: float = 0.95,
    seed: int = SEED,
) -> SmallAreas:
    """Every place of one measure drawn towards the mean of all, in the order given, with interval and likely ranks.

    ``estimates`` are the places of one breakdown, ``whole`` everyone. ``homes`` by group, where known: those who
    answered then count as fact and only the rest is drawn. ``weighted``: the model of Fay and Herriot on the weighted
    shares; else beta-binomial on the counts. A place with fewer than ``smallest_base`` answers stays withheld and its
    answers are used for nothing; so is "not recorded", which is no place. Nothing is drawn, with the reason, of fewer
    than five places or where everybody said the same. ``seed`` starts the simulation of the ranks. Raises ValueError
    for estimates of several measures or breakdowns, or without the counts needed. Formulas: docs/method/small-areas.md.
    """
    by = _breakdown(estimates, whole)
    hidden = [_why_not(estimate, smallest_base) for estimate in estimates]
    told = [estimate for estimate, why in zip(estimates, hidden, strict=True) if why is None]
    counts = _counts(told, homes or {}, weighted)
    reason = whole.withheld or _reason(counts)
    model = None if reason else _model(counts, weighted)
    method = FAY_HERRIOT if weighted else BETA_BINOMIAL
    if model is None:
        reason = reason or UNSETTLED
        alone = tuple(_undrawn(e, why or reason, homes) for e, why in zip(estimates, hidden, strict=True))
        return SmallAreas(whole.measure, by, method, None, None, alone, reason)
    drawn = iter(_drawn(told, counts, model, level, seed))
    areas = tuple(_undrawn(e, why, homes) if why else next(drawn) for e, why in zip(estimates, hidden, strict=True))
    notes = tuple(_notes(areas, counts, model))
    return SmallAreas(whole.measure, by, method, model.mean, float(np.sqrt(model.between)), areas, notes=notes)


def weights_differ(estimates: Sequence[Estimate]) -> bool:
    """Whether the answers of any place shown weigh differently from one another: its count is then not its share."""
    shown = [estimate for estimate in estimates if not estimate.withheld]
    return any(e.effective_base is not None and e.effective_base < e.base * (1 - _TIE) for e in shown)


@dataclass(frozen=True)
class _Counts:
    """What the places told of are drawn from; ``homes`` is infinite where it is not known."""

    direct: Floats
    yes: Floats
    base: Floats
    worth: Floats  # what the answers are worth: the base itself where unweighted
    homes: Floats
    crowded: tuple[str, ...]  # where more answered than the list has homes


@dataclass(frozen=True)
class _Model:
    mean: float
    between: float
    predicted: Predicted
    variance: Floats  # how far each place's share may be off


def _breakdown(estimates: Sequence[Estimate], whole: Estimate) -> str:
    """The one key by which the places are divided."""
    keys = {tuple(key for key, _ in estimate.group) for estimate in estimates}
    measures = {estimate.measure for estimate in estimates} - {whole.measure}
    if measures or len(keys) > 1 or any(len(key) != 1 for key in keys):
        raise ValueError(
            f"Places are drawn for one measure and one breakdown at a time. These are of {whole.measure} and "
            f"{sorted(measures) or 'no other measure'}, divided by {sorted(keys)}."
        )
    return next(iter(keys))[0] if keys else ""


def _why_not(estimate: Estimate, smallest_base: int) -> str | None:
    if estimate.withheld:
        return estimate.withheld
    if estimate.group[0][1] == NOT_RECORDED:
        return "which group they belong to is not recorded"
    return too_few(estimate.base, smallest_base)


def _counts(told: Sequence[Estimate], homes: Mapping[Group, int], weighted: bool) -> _Counts:
    lacking = [e for e in told if e.yes is None or e.value is None or (weighted and not e.effective_base)]
    if lacking:
        raise ValueError(
            f"{lacking[0].measure} of {lacking[0].group} does not say how many said yes"
            f"{' or what its answers are worth' if weighted else ''}. Take the estimates from `shares`."
        )
    base = np.array([e.base for e in told], dtype=np.float64)
    known = np.array([homes.get(e.group, np.inf) for e in told], dtype=np.float64)
    yes = np.array([e.yes for e in told], dtype=np.float64)
    return _Counts(
        direct=np.array([e.value for e in told], dtype=np.float64) if weighted else yes / base,
        yes=yes,
        base=base,
        worth=np.array([e.effective_base for e in told], dtype=np.float64) if weighted else base,
        homes=np.where(known < base, np.inf, known),
        crowded=tuple(e.group[0][1] for e in told if e.base > homes.get(e.group, np.inf)),
    )


def _reason(counts: _Counts) -> str | None:
    """Why nothing can be drawn, or None."""
    if len(counts.base) < FEWEST_PLACES:
        return TOO_FEW_PLACES
    if counts.yes.sum() in (0, counts.base.sum()):
        return ALL_ALIKE
    if counts.base.max() <= 1:
        return ONE_EACH
    return None


def _model(counts: _Counts, weighted: bool) -> _Model | None:
    """The model, fitted, with every place drawn by it; None where it does not settle."""
    if weighted:
        pooled = float((counts.worth * counts.direct).sum() / counts.worth.sum())
        variance = pooled * (1 - pooled) / counts.worth
        found = fay_herriot(counts.direct, variance)
        drawn = predict(counts.direct, variance, found.mean, found.between)
        return _Model(found.mean, found.between, drawn, drawn.mse)
    spread = beta_binomial(counts.yes, counts.base)
    if spread is None:
        return None
    # The posterior mean of a beta-binomial place is the linear one with this sampling variance.
    variance = (spread.mean * (1 - spread.mean) - spread.between) / counts.base
    drawn = predict(counts.direct, variance, spread.mean, spread.between)
    known = drawn.value * (1 - drawn.value) / (counts.base + spread.precision + 1)
    return _Model(spread.mean, spread.between, drawn, known + drawn.mean + 2 * drawn.between)


def _undrawn(estimate: Estimate, why: str, homes: Mapping[Group, int] | None) -> SmallArea:
    known = (homes or {}).get(estimate.group)
    return SmallArea(estimate.group, estimate, None, None, None, None, homes=known, withheld=why)


def _drawn(told: Sequence[Estimate], counts: _Counts, model: _Model, level: float, seed: int) -> Iterator[SmallArea]:
    """Each place with those who answered as fact, where its homes are known, and the rest as the model has it."""
    value, unseen = model.predicted.value, 1 - counts.base / counts.homes
    seen = np.where(np.isinf(counts.homes), 0.0, counts.yes / counts.homes)
    now, weight = seen + unseen * value, unseen * (1 - model.predicted.own)
    precision = _precision(value, model.variance)
    low, high = _ends(counts, value, precision, (1 - level) / 2)
    first, last = _ranks(seen, unseen, value, _for_so_many(precision, counts.homes - counts.base), level, seed)
    columns = (now, np.minimum(low, now), np.maximum(high, now), weight, first, last, counts.homes)
    for estimate, *row in zip(told, *(column.tolist() for column in columns), strict=True):
        at, lowest, highest, shrinkage, best, worst, homes = row
        known = None if np.isinf(homes) else int(homes)
        yield SmallArea(estimate.group, estimate, at, lowest, highest, shrinkage, (best, worst), known)


def _precision(value: Floats, variance: Floats) -> Floats:
    """The precision of the beta distribution of this mean and variance; never less than that of one answer."""
    return np.maximum(value * (1 - value) / variance - 1, 1.0)


def _for_so_many(precision: Floats, people: Floats) -> Floats:
    """The precision of the share of a finite number of people whose chances are spread with this precision."""
    number = np.maximum(people, 1.0)
    correlation = 1 / number + (1 - 1 / number) / (precision + 1)
    return np.maximum(1 / correlation - 1, _TIE)


def _ends(counts: _Counts, value: Floats, precision: Floats, tail: float) -> tuple[Floats, Floats]:
    """Low and high end of each share: of the beta distribution, or where homes are known of the unseen ones alone."""
    from scipy.special import betaincinv

    a, b = value * precision, (1 - value) * precision
    low, high = betaincinv(a, b, tail), betaincinv(a, b, 1 - tail)
    for place in np.flatnonzero(np.isfinite(counts.homes)):
        homes = counts.homes[place]
        fewest, most = unseen_yes(int(homes - counts.base[place]), a[place], b[place], tail)
        low[place], high[place] = (counts.yes[place] + fewest) / homes, (counts.yes[place] + most) / homes
    return low, high


def unseen_yes(people: int, a: float, b: float, tail: float) -> tuple[int, int]:
    """How few and how many of some people may say yes, leaving out ``tail`` at either end: beta-binomial quantiles.

    Each chance follows from the one before: p(k+1) ÷ p(k) = (m−k)(k+a) ÷ ((k+1)(m−k−1+b)).
    """
    said = np.arange(people, dtype=np.float64)
    steps = np.log(people - said) + np.log(said + a) - np.log(said + 1) - np.log(people - said - 1 + b)
    heights = np.concatenate([[0.0], np.cumsum(steps)])
    chances = np.cumsum(np.exp(heights - heights.max()))
    few, many = np.searchsorted(chances / chances[-1], [tail, 1 - tail])
    return int(few), int(many)


def _ranks(
    seen: Floats, unseen: Floats, value: Floats, precision: Floats, level: float, seed: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The best and the worst rank each place may well hold (1 is the highest share), by simulation."""
    random = np.random.default_rng(seed)
    shape = (DRAWS, len(value))
    least = 1e-6  # a beta distribution needs both above nought
    a, b = np.maximum(value * precision, least), np.maximum((1 - value) * precision, least)
    shares = seen + unseen * random.beta(a, b, shape) + _TIE * random.random(shape)  # ties fall either way
    places = shape[1]
    held = np.argsort(-shares, axis=1) * places + np.arange(places)  # which place holds each rank, in every draw
    often = np.bincount(held.ravel(), minlength=places**2).reshape(places, places).cumsum(axis=1)
    tail = int((1 - level) / 2 * DRAWS)
    best, worst = (often > tail).argmax(axis=1), (often >= DRAWS - tail).argmax(axis=1)
    return best + 1, worst + 1


def _notes(areas: Sequence[SmallArea], counts: _Counts, model: _Model) -> Iterator[str]:
    if model.between <= 0:
        yield NO_DIFFERENCE
    if any(area.withheld for area in areas):
        yield "Groups that are not shown are not drawn, and their answers are not used to draw the others."
    if counts.crowded:
        names = ", ".join(counts.crowded)
        yield f"More people answered than the list has homes, so the number of homes is not relied on: {names}."
