"""Weights that make the answers add up to known numbers of homes on every margin at once, and what they cost.

Raking (iterative proportional fitting): Deming & Stephan 1940; Deville, Särndal & Sautory 1993. Respondents alike on
every margin share one factor, so the work is done on the cells of the margins and not on the respondents.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.model import Margin, Weighing
from analysis.survey.design import Floats, Whole

if TYPE_CHECKING:
    from scipy.sparse import csr_array

TOLERANCE = 1e-10  # of the homes, on every level
MOST_ROUNDS = 1000
TRIM_ROUNDS = 200
NO_HOMES = 1e-9  # of a whole margin; parts of one (0.4, 0.6) are as good as homes
MOST_HOMES = 1e12  # of a level: more is a slip, and far more is beyond what a computer adds up
TOTALS_AGREE = 1e-6  # margins whose totals differ by more than this part contradict each other; by less, it is rounding
AT_BOUND = 1e-9
NOTHING = 1e-12  # of the sum of weights
TOGETHER = 16  # replicates raked together: few enough to stay in the processor's cache
FAINTEST = 1e-60  # over the mean weight: where margins cannot be met, raking would bring some weights to nought
GAIN = 0.999  # trimming goes on while it leaves less than this part of what was off before
SHOWN = 5
LEAST_TOLD = 1e-4  # of all homes: what a gap is said to be less than


class CannotWeigh(ValueError):
    """Weights cannot be made; the message names the characteristic and level, and the remedy."""


@dataclass(frozen=True)
class Raked:
    """Raked weights of each respondent, and how well they fit.

    ``discrepancy`` is the largest |sum of weights - target| ÷ homes over all levels of all margins after the last full
    round; ``off`` the same signed, an array a margin. ``trimmed`` is the share of respondents held at a bound.
    """

    weights: Floats
    iterations: int
    converged: bool
    discrepancy: float
    off: tuple[Floats, ...]
    trimmed: float = 0.0


@dataclass(frozen=True)
class Reraked:
    """Factors of each calibration cell in many replicates (replicates × cells), and which of these fit.

    ``converged`` is False for a replicate that has nobody of a level, or whose margins did not settle.
    """

    factors: Floats
    converged: npt.NDArray[np.bool_]


def weigh(
    levels: pd.DataFrame,
    margins: Sequence[Margin],
    base: Floats | None = None,
    bounds: tuple[float, float] | None = None,
    tolerance: float = TOLERANCE,
    wave: str = "",
    tenure_group: str = "",
    source: str = "",
    scale: bool = False,
) -> tuple[Floats, Weighing]:
    """Weights for respondents so that they add up to the targets of every margin, and how they were made.

    ``levels``: a row a respondent, a column of texts for each margin's variable. ``base`` are weights before raking
    (1 each). ``bounds`` are the least and most weight over the mean weight. ``scale`` brings every margin to the total
    of the first, with a note. Raises CannotWeigh, by name and with the remedy, for a level that nobody answered from or
    that has no target, margins whose totals contradict each other (unless ``scale``), blanks, bounds that cannot hold,
    and base weights that are missing, nought or negative. Weights that do not settle are given with ``converged`` False
    and a note that says which level is off and by how much.
    """
    if not margins:
        raise CannotWeigh("No characteristic to weigh by is named. Name at least one.")
    start = _base(base, len(levels))
    if bounds is not None:
        _check_bounds(bounds)
    margins, notes = _to_one_total(margins, scale)
    placed = [_placed(levels, margin) for margin in margins]
    codes, targets = [code for code, _, _ in placed], [target for _, target, _ in placed]
    found = rake(codes, targets, start, tolerance, bounds=bounds)
    how = _described(found, margins, placed, bounds, wave, tenure_group, source)
    return found.weights, replace(how, notes=(*notes, *how.notes))


def rake(
    codes: Sequence[Whole],
    targets: Sequence[Floats],
    base: Floats | None = None,
    tolerance: float = TOLERANCE,
    most: int = MOST_ROUNDS,
    bounds: tuple[float, float] | None = None,
) -> Raked:
    """Rake respondents to targets: ``codes`` a margin's level of each respondent, ``targets`` the sum of each level.

    Converged means that every level of every margin is within ``tolerance`` × homes after a full round, not that the
    weights stopped changing. With ``bounds`` (over the mean weight) trimming and raking alternate until both hold;
    where they cannot, the bounds hold and what is off is told.
    """
    start = np.ones(len(codes[0])) if base is None else base
    cells = _Cells.of(codes, targets)
    fitted = cells.fitted(start, tolerance, most)
    weights, rounds = fitted.weights, fitted.rounds
    trimmed = 0.0
    if bounds is not None:
        _check_bounds(bounds)
        low, high = (bound * weights.mean() for bound in bounds)
        weights, more = _within(cells, weights, low, high, tolerance, most)
        rounds += more
        trimmed = float(((weights <= low * (1 + AT_BOUND)) | (weights >= high * (1 - AT_BOUND))).mean())
    off = cells.off(weights)
    worst = max(float(np.abs(each).max()) for each in off)
    return Raked(weights, rounds, worst < tolerance, worst, off, trimmed)


def trim(weights: Floats, low: float, high: float) -> Floats:
    """Weights cut to lie between two bounds, what is cut off shared equally among those not cut, until none is outside.

    The sum stays: where all are cut, what is left to share goes to those that have room for it. Raises CannotWeigh
    where no weights between the bounds have that sum.
    """
    total, size = weights.sum(), len(weights)
    if not low * size <= total <= high * size:
        raise CannotWeigh(f"No weights between {low:g} and {high:g} add up to {total:g}. Widen the bounds.")
    found = weights.copy()
    cut = np.zeros(size, dtype=np.bool_)
    while True:
        cut |= (found < low * (1 - AT_BOUND)) | (found > high * (1 + AT_BOUND))
        found[cut] = np.clip(found[cut], low, high)
        left = total - found.sum()
        if abs(left) <= NOTHING * total:
            return found
        free = found < high if left > 0 else found > low
        if not cut.all():
            free = ~cut
        found[free] += left / free.sum()


def rerake(counts: Floats, columns: Whole, targets: Floats, tolerance: float = 1e-6, most: int = 100) -> Reraked:
    """Rake many replicates at once, on calibration cells: what the bootstrap of a raked share needs.

    ``counts``: replicates × cells, the sum of base weights in each. ``columns``: cells × margins, the column of each
    cell's level, numbered on from margin to margin; ``targets`` of each column. A level that a replicate has nobody of
    keeps its other margins, and the replicate does not count as converged.
    """
    from scipy.sparse import csr_array

    size, margins = columns.shape
    onto = [
        csr_array((np.ones(size), (columns[:, margin], np.arange(size))), shape=(len(targets), size))
        for margin in range(margins)
    ]
    within = tolerance * float(targets[np.unique(columns[:, 0])].sum())
    factors, converged = np.empty_like(counts), np.empty(len(counts), dtype=np.bool_)
    for begun in range(0, len(counts), TOGETHER):
        these = slice(begun, begun + TOGETHER)
        now = np.ascontiguousarray(counts[these].T)
        factors[these] = _reraked(now, onto, columns, targets, within, most).T
        converged[these] = _furthest(now, onto, targets) < within
    return Reraked(factors, converged)


def _reraked(
    now: Floats, onto: Sequence[csr_array], columns: Whole, targets: Floats, within: float, most: int
) -> Floats:
    """The factors of cells × replicates, which are brought to the targets in place."""
    factors = np.ones_like(now)
    there = (sum(each @ now for each in onto) > 0).T
    for _ in range(most):
        for each, level in zip(onto, columns.T, strict=True):
            sums = each @ now
            step = np.divide(targets[:, None], sums, out=np.ones_like(sums), where=sums > 0)[level]
            now *= step
            factors *= step
        if _furthest(now, onto, targets, there).max() < within:
            break
    return factors


def _furthest(
    now: Floats, onto: Sequence[csr_array], targets: Floats, there: npt.NDArray[np.bool_] | None = None
) -> Floats:
    """What each replicate is off by on the level furthest off, of all or of those ``there``."""
    off = np.abs(sum(each @ now for each in onto) - targets[:, None]).T
    return (off if there is None else np.where(there, off, 0.0)).max(axis=1)


def design_effect(weights: Floats) -> float:
    """Kish's design effect of weights, n Σw² / (Σw)²: 1 where all are alike (Kish 1965)."""
    return float(len(weights) * (weights**2).sum() / weights.sum() ** 2)


# ── The cells of the margins ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Fitted:
    weights: Floats
    rounds: int


@dataclass(frozen=True)
class _Cells:
    """Respondents grouped by their levels on every margin."""

    cell: Whole  # of each respondent
    levels: tuple[Whole, ...]  # of each cell, an array a margin
    targets: tuple[Floats, ...]
    homes: float

    @classmethod
    def of(cls, codes: Sequence[Whole], targets: Sequence[Floats]) -> _Cells:
        cell = _alike(codes, [len(target) for target in targets])
        first = np.zeros(int(cell.max(initial=-1)) + 1, dtype=np.int64)
        first[cell] = np.arange(len(cell))
        return cls(cell, tuple(code[first] for code in codes), tuple(targets), float(targets[0].sum()))

    def fitted(self, base: Floats, tolerance: float, most: int) -> _Fitted:
        """The weights that fit, from these."""
        start = np.bincount(self.cell, weights=base, minlength=len(self.levels[0])).astype(np.float64)
        now, rounds = start.copy(), 0
        while rounds < most:
            rounds += 1
            if self._round(now) < tolerance and self._worst(now) < tolerance:
                break
        factor = np.maximum(now / start, FAINTEST * now.sum() / start.sum())
        return _Fitted(base * factor[self.cell], rounds)

    def _round(self, now: Floats) -> float:
        """Fit one margin after another, in place; the largest part of the homes that any level was off before."""
        worst = 0.0
        for level, target in zip(self.levels, self.targets, strict=True):
            sums = np.bincount(level, weights=now, minlength=len(target))
            worst = max(worst, float(np.abs(sums - target).max()) / self.homes)
            now *= (target / sums)[level]
        return worst

    def _worst(self, now: Floats) -> float:
        off = (
            np.abs(np.bincount(level, weights=now, minlength=len(target)) - target).max()
            for level, target in zip(self.levels, self.targets, strict=True)
        )
        return float(max(off)) / self.homes

    def off(self, weights: Floats) -> tuple[Floats, ...]:
        """What every level of each margin is off by, over the homes."""
        sums = np.bincount(self.cell, weights=weights, minlength=len(self.levels[0]))
        return tuple(
            (np.bincount(level, weights=sums, minlength=len(target)) - target) / self.homes
            for level, target in zip(self.levels, self.targets, strict=True)
        )


def _alike(codes: Sequence[Whole], sizes: Sequence[int]) -> Whole:
    """The number of each respondent's cell. Where there could be more cells than respondents, each is a cell alone."""
    respondents, cells = len(codes[0]), math.prod(sizes)
    if cells >= respondents:
        return np.arange(respondents, dtype=np.int64)
    place = np.zeros(respondents, dtype=np.int64)
    for code, size in zip(codes, sizes, strict=True):
        place = place * size + code
    there = np.bincount(place, minlength=cells) > 0
    return (np.cumsum(there) - 1)[place]


def _within(cells: _Cells, weights: Floats, low: float, high: float, tolerance: float, most: int) -> tuple[Floats, int]:
    """Weights within bounds, raked anew after each trimming until both hold or no more is gained; the best found."""
    rounds, least = 0, np.inf
    cut = best = trim(weights, low, high)
    for _ in range(TRIM_ROUNDS):
        worst = max(float(np.abs(each).max()) for each in cells.off(cut))
        gained, least = worst <= least * GAIN, min(worst, least)
        best = cut if worst == least else best
        if worst < tolerance or not gained:
            break
        fitted = cells.fitted(cut, tolerance, most)
        rounds += fitted.rounds
        cut = trim(fitted.weights, low, high)
    return best, rounds


# ── What cannot be weighed ───────────────────────────────────────────────────────────────────────


def _base(base: Floats | None, size: int) -> Floats:
    if base is None:
        return np.ones(size)
    wrong = ~np.isfinite(base) | (base <= 0)
    if wrong.any():
        row = int(np.argmax(wrong))
        what = "missing" if np.isnan(base[row]) else f"{base[row]:g}"
        more = f", and {int(wrong.sum()) - 1:,} more are missing, nought or negative" if wrong.sum() > 1 else ""
        raise CannotWeigh(
            f"The weight of row {row + 1} is {what}{more}. Every respondent needs a weight above nought before raking."
        )
    return base


def _to_one_total(margins: Sequence[Margin], scale: bool) -> tuple[list[Margin], list[str]]:
    """The margins with one total, that of the first, and what was scaled. What is only rounding is never told."""
    for margin in margins:
        for level, homes in margin.targets.items():
            if not 0 <= homes <= MOST_HOMES:
                raise CannotWeigh(
                    f"The number of homes for {_name(margin)} '{level}' is {homes:,.10g}. It must be 0 or more, and no "
                    f"more than {MOST_HOMES:,.0f}."
                )
        if sum(margin.targets.values()) < NO_HOMES:
            raise CannotWeigh(f"No level of {_name(margin)} has any homes. Give the number of homes of each.")
    whole, notes, found = float(sum(margins[0].targets.values())), [], [margins[0]]
    for margin in margins[1:]:
        total = float(sum(margin.targets.values()))
        contradict = abs(total - whole) > TOTALS_AGREE * whole
        if contradict and not (scale and total > 0):
            raise CannotWeigh(
                f"The margins contradict each other: {_name(margins[0])} adds up to {whole:,.10g} homes and "
                f"{_name(margin)} to {total:,.10g}. Use one list of homes for both, or ask for them to be scaled."
            )
        if contradict:
            notes.append(
                f"{_name(margin)} adds up to {total:,.10g} homes and was scaled to the {whole:,.10g} of "
                f"{_name(margins[0])}."
            )
        found.append(margin if total == whole else _scaled(margin, whole / total))
    return found, notes


def _scaled(margin: Margin, factor: float) -> Margin:
    return replace(margin, targets=MappingProxyType({level: homes * factor for level, homes in margin.targets.items()}))


def _placed(levels: pd.DataFrame, margin: Margin) -> tuple[Whole, Floats, list[str]]:
    """Each respondent's level on a margin, the target of each level, and their names."""
    if margin.variable not in levels.columns:
        there = ", ".join(map(str, levels.columns))
        raise CannotWeigh(f"There is no '{margin.variable}' among the answers. There are: {there}.")
    said = levels[margin.variable]
    if said.isna().any():
        raise CannotWeigh(
            f"{int(said.isna().sum()):,} respondents have no {_name(margin)}. Give it, or count them as the level "
            "'not recorded', with a number of homes."
        )
    merged = said.astype(str).replace(dict(margin.merged)) if margin.merged else said.astype(str)
    targets: dict[str, float] = {}
    for level, homes in margin.targets.items():
        name = margin.merged.get(level, level)
        targets[name] = targets.get(name, 0.0) + float(homes)
    names = [level for level, homes in targets.items() if homes > 0]
    code = pd.Index(names).get_indexer(pd.Index(merged)).astype(np.int64)
    _refuse_levels_without_homes(margin, merged, code, names)
    _refuse_levels_without_answers(margin, code, names, targets)
    return code, np.array([targets[name] for name in names]), names


def _refuse_levels_without_homes(margin: Margin, said: pd.Series, code: Whole, names: Sequence[str]) -> None:
    if (code < 0).any():
        unknown = said[code < 0].value_counts()
        level, answers = str(unknown.index[0]), int(unknown.iloc[0])
        raise CannotWeigh(
            f"{answers:,} answers are from {_name(margin)} '{level}', which has no homes among the targets. The levels "
            f"there are: {_shown(names)}. Merge it with one of them, or give its number of homes."
        )


def _refuse_levels_without_answers(
    margin: Margin, code: Whole, names: Sequence[str], targets: Mapping[str, float]
) -> None:
    answers = np.bincount(code, minlength=len(names))
    empty = [name for name, n in zip(names, answers.tolist(), strict=True) if not n]
    if empty:
        raise CannotWeigh(
            f"Nobody who answered is from {_name(margin)} '{empty[0]}', which has {targets[empty[0]]:,.10g} homes. "
            f"Merge it with {_neighbours(empty[0], names, empty)}."
        )


def _neighbours(level: str, names: Sequence[str], empty: Sequence[str]) -> str:
    """The levels beside this one that have answers."""
    place = names.index(level)
    before = [name for name in names[:place] if name not in empty][-1:]
    after = [name for name in names[place + 1 :] if name not in empty][:1]
    return " or ".join(f"'{name}'" for name in (*before, *after)) or "another level"


def _check_bounds(bounds: tuple[float, float]) -> None:
    low, high = bounds
    if not 0 <= low < 1 < high < math.inf:
        raise CannotWeigh(
            f"Weights cannot be held between {low:g} and {high:g} times their mean: the mean itself is 1. "
            "Name a bound from 0 to below 1 and one above 1, such as 0.3,3."
        )


# ── What is said of it ───────────────────────────────────────────────────────────────────────────


def _described(
    found: Raked,
    margins: Sequence[Margin],
    placed: Sequence[tuple[Whole, Floats, list[str]]],
    bounds: tuple[float, float] | None,
    wave: str,
    tenure_group: str,
    source: str,
) -> Weighing:
    mean, effect = found.weights.mean(), design_effect(found.weights)
    residual = {
        (margin.variable, name): float(off)
        for margin, (_, _, names), levels in zip(margins, placed, found.off, strict=True)
        for name, off in zip(names, levels.tolist(), strict=True)
    }
    return Weighing(
        wave=wave,
        tenure_group=tenure_group,
        margins=tuple(margins),
        base=len(found.weights),
        iterations=found.iterations,
        converged=found.converged,
        discrepancy=found.discrepancy,
        design_effect=effect,
        effective_base=len(found.weights) / effect,
        largest=float(found.weights.max() / mean),
        smallest=float(found.weights.min() / mean),
        trimmed=found.trimmed,
        bounds=bounds,
        residual=MappingProxyType({} if found.converged else residual),
        source=source,
        notes=() if found.converged else (_unsettled(margins, residual, bounds),),
    )


def _unsettled(
    margins: Sequence[Margin], residual: Mapping[tuple[str, str], float], bounds: tuple[float, float] | None
) -> str:
    variable, level = max(residual, key=lambda key: abs(residual[key]))
    name = next(_name(margin) for margin in margins if margin.variable == variable)
    off = residual[variable, level]
    remedy = "widen the bounds, or merge it with another level" if bounds else "merge it with another level"
    way = "more" if off > 0 else "fewer"
    by = f"{abs(off):.2%}" if abs(off) >= LEAST_TOLD else f"less than {LEAST_TOLD:.2%}"
    return (
        f"The weights do not fit: {name} '{level}' comes to {by} of all homes {way} than there are. "
        f"To put it right, {remedy}."
    )


def _name(margin: Margin) -> str:
    return margin.label or margin.variable


def _shown(names: Sequence[str]) -> str:
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
