"""Counted cells as arrays: for many shares at once, who answered, who said yes, and what their weights come to.

A *share* here is one measure in one group. A tally holds one line for each share and stratum that has answers, so its
size follows the groups and strata that exist and never the number of respondents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.model import NOT_APPLICABLE, NOT_ASKED, REFUSED, Group, Survey
from analysis.survey.design import Floats, Sample, Whole, calibration_cells

Scores = Mapping[int, float]

FIVE_ANSWERS = (5, 4, 3, 2, 1)  # best first
TOP_TWO_SCORES: Scores = {5: 1.0, 4: 1.0}
NET_SCORES: Scores = {5: 1.0, 4: 1.0, 2: -1.0, 1: -1.0}
BLANK = -3  # only in here: in cells a blank is a missing answer
ANSWERS = (*FIVE_ANSWERS, NOT_APPLICABLE, REFUSED, NOT_ASKED, BLANK)
NOT_RECORDED = "not recorded"
_NOISE = 1e-12  # of a sum of weights: what subtracting one from another may leave


def added_up(place: Whole, values: Floats, places: int) -> Floats:
    """Sum of the values at each place."""
    return np.bincount(place, weights=values, minlength=places).astype(np.float64, copy=False)


@dataclass(frozen=True)
class Tally:
    """Answers in the base (n respondents, w sum of weights, ww of squared weights) and the same times their scores.

    Line i belongs to share ``share[i]`` and stratum ``stratum[i]``; ``shares`` is how many shares there are. A score is
    1 for what counts as yes and 0 for the rest, or any other number of which the mean is wanted: ``yes_w`` is the sum
    of weight × score, ``square_ww`` of weight² × score². Where units are clusters, squares are of the cluster's sums.
    ``margins`` is there where the weights were raked.
    """

    shares: int
    share: Whole
    stratum: Whole
    n: Floats
    w: Floats
    ww: Floats
    yes_n: Floats
    yes_w: Floats
    yes_ww: Floats
    square_ww: Floats
    units: Floats  # respondents or clusters
    alone_ww: Floats  # sum of each respondent's squared weight, clusters or not
    margins: OnMargins | None = None
    clustered: Clustered | None = None

    def total(self, values: Floats) -> Floats:
        """Sum of a value of the lines for each share."""
        return added_up(self.share, values, self.shares)


@dataclass(frozen=True)
class OnMargins:
    """Sums over each share by level of the margins (shares × levels): of base weights, and of factor × squared weights.

    ``yes_`` are the same times the scores. In clusters ``ww`` is Σ factor · (cluster's Σw) · (its margin sums).
    """

    base: Floats
    yes_base: Floats
    ww: Floats
    yes_ww: Floats


@dataclass(frozen=True)
class Clustered:
    """Each share's sums of weight and of weight × score in each cluster where it has answers."""

    share: Whole
    cluster: Whole
    w: Floats
    yes_w: Floats


@dataclass(frozen=True)
class Cells:
    """A survey's cells as arrays: which measure, group, stratum and answer each cell is, and its sums."""

    groups: tuple[Group, ...]
    share: Whole  # measure × groups + group
    stratum: Whole
    answer: Whole
    n: Floats
    w: Floats
    ww: Floats
    cell: Whole | None = None  # calibration cell, where the weights were raked
    base: Floats | None = None  # Σ of the weights before raking
    cluster: Whole | None = None

    def only(self, kept: npt.NDArray[np.bool_]) -> Cells:
        """Some of the cells."""
        return Cells(
            self.groups,
            self.share[kept],
            self.stratum[kept],
            self.answer[kept],
            self.n[kept],
            self.w[kept],
            self.ww[kept],
            None if self.cell is None else self.cell[kept],
            None if self.base is None else self.base[kept],
            None if self.cluster is None else self.cluster[kept],
        )


def cells_of(survey: Survey, codes: Sequence[str], by: tuple[str, ...]) -> Cells:
    """The cells of some measures, arranged by group. Groups are those found, in order, "not recorded" last.

    Raises ValueError for a breakdown the survey was not counted by, an unknown answer code or an unknown stratum.
    """
    _check_breakdown(survey, by)
    table = survey.cells
    measure = _places(table["measure"], codes)
    group, groups = _groups(table, by)
    asked = measure >= 0
    stratum = _places(table["stratum"], survey.strata["stratum"].tolist())
    if (stratum < 0).any():
        raise ValueError(
            f"Stratum {table['stratum'].iloc[int(np.argmin(stratum))]!r} is not among the survey's strata."
        )
    n, w, ww = (table[name].to_numpy(dtype=np.float64)[asked] for name in ("n", "w", "ww"))
    share = (measure * len(groups) + group)[asked]
    cell, base = _raked(survey, asked)
    return Cells(groups, share, stratum[asked], _answers(table["answer"])[asked], n, w, ww, cell, base)


def _raked(survey: Survey, asked: npt.NDArray[np.bool_]) -> tuple[Whole | None, Floats | None]:
    """Each cell's calibration cell and weight before raking, where the survey was raked."""
    if survey.calibration is None:
        return None, None
    cell = calibration_cells(survey.calibration, survey.cells["calibration"])
    return cell[asked], survey.cells["base"].to_numpy(dtype=np.float64)[asked]


def tally(cells: Cells, shares: int, sample: Sample, scores: Scores = TOP_TWO_SCORES) -> Tally:
    """Add the cells up by share and stratum: the five answers are the base, ``scores`` say what each is worth."""
    return tallies(cells, shares, sample, [scores])[0]


def tallies(cells: Cells, shares: int, sample: Sample, several: Sequence[Scores]) -> list[Tally]:
    """The same cells added up under several scores, which costs little more than one."""
    lines = _lines(cells, shares, sample)
    return [_tally(lines, scores) for scores in several]


@dataclass(frozen=True)
class _Lines:
    """The cells in the base, and the line (share and stratum) of each; of clusters the share and cluster too."""

    cells: Cells
    shares: int
    sample: Sample
    line: Whole
    share: Whole
    stratum: Whole
    pair: Whole | None = None
    pair_share: Whole | None = None
    pair_cluster: Whole | None = None

    def added(self, values: Floats) -> Floats:
        """Sum of the cells' values on each line."""
        return added_up(self.line, values, len(self.share))


def _lines(cells: Cells, shares: int, sample: Sample) -> _Lines:
    kept = np.isin(cells.answer, FIVE_ANSWERS)
    inside = cells.only(kept)
    strata = max(len(sample.n), 1)
    lines, line = np.unique(inside.share * strata + inside.stratum, return_inverse=True)
    found = _Lines(inside, shares, sample, line, lines // strata, lines % strata)
    if inside.cluster is None or sample.clusters is None:
        return found
    clusters = len(sample.clusters)
    pairs, pair = np.unique(inside.share * clusters + inside.cluster, return_inverse=True)
    return replace(found, pair=pair, pair_share=pairs // clusters, pair_cluster=pairs % clusters)


def _tally(lines: _Lines, scores: Scores) -> Tally:
    cells = lines.cells
    score = np.array([scores.get(answer, 0.0) for answer in FIVE_ANSWERS])[len(FIVE_ANSWERS) - cells.answer]
    n, w, alone = lines.added(cells.n), lines.added(cells.w), lines.added(cells.ww)
    yes_n, yes_w = lines.added(cells.n * (score > 0)), lines.added(cells.w * score)
    clustered = _clustered(lines, score)
    if clustered is None:
        units, ww = n, alone
        yes_ww, square_ww = lines.added(cells.ww * score), lines.added(cells.ww * score**2)
    else:
        units, ww, yes_ww, square_ww = _of_clusters(lines, clustered)
    return Tally(
        shares=lines.shares,
        share=lines.share,
        stratum=lines.stratum,
        n=n,
        w=w,
        ww=ww,
        yes_n=yes_n,
        yes_w=yes_w,
        yes_ww=yes_ww,
        square_ww=square_ww,
        units=units,
        alone_ww=alone,
        margins=_on_margins(lines, score, clustered),
        clustered=clustered,
    )


def _clustered(lines: _Lines, score: Floats) -> Clustered | None:
    if lines.pair is None or lines.pair_share is None or lines.pair_cluster is None:
        return None
    w, yes_w = (added_up(lines.pair, v, len(lines.pair_share)) for v in (lines.cells.w, lines.cells.w * score))
    return Clustered(lines.pair_share, lines.pair_cluster, w, yes_w)


def _of_clusters(lines: _Lines, pairs: Clustered) -> tuple[Floats, Floats, Floats, Floats]:
    """Clusters on each line, and the sums of w², w·yes and yes² over them."""
    strata = max(len(lines.sample.n), 1)
    assert lines.sample.clusters is not None
    line = np.searchsorted(
        lines.share * strata + lines.stratum, pairs.share * strata + lines.sample.clusters[pairs.cluster]
    )
    squares = (np.ones(len(line)), pairs.w**2, pairs.w * pairs.yes_w, pairs.yes_w**2)
    units, ww, yes_ww, square_ww = (added_up(line, values, len(lines.share)) for values in squares)
    return units, ww, yes_ww, square_ww


def _on_margins(lines: _Lines, score: Floats, clustered: Clustered | None) -> OnMargins | None:
    raked, cells = lines.sample.raked, lines.cells
    if raked is None or cells.cell is None or cells.base is None:
        return None
    columns = raked.columns[cells.cell]

    def by_level(values: Floats) -> Floats:
        found = np.zeros(lines.shares * raked.levels)
        for margin in range(columns.shape[1]):
            found += added_up(cells.share * raked.levels + columns[:, margin], values, len(found))
        return found.reshape(lines.shares, raked.levels)

    before = cells.base if raked.weighted else cells.n
    base, yes_base = by_level(before), by_level(before * score)
    if clustered is not None and raked.within is not None and lines.sample.clusters is not None:
        factor = lines.sample.factor[lines.sample.clusters][clustered.cluster]
        ww, yes_ww = (
            _through_clusters(clustered, values * factor, raked.within, lines.shares)
            for values in (clustered.w, clustered.yes_w)
        )
    else:
        factor = lines.sample.factor[cells.stratum]
        ww, yes_ww = by_level(cells.ww * factor), by_level(cells.ww * factor * score)
    return OnMargins(base, yes_base, ww, yes_ww)


def _through_clusters(pairs: Clustered, values: Floats, within: Floats, shares: int) -> Floats:
    """Σ over clusters of a share's value there times the cluster's margin sums: shares × levels."""
    from scipy.sparse import csr_array

    found = csr_array((values, (pairs.share, pairs.cluster)), shape=(shares, len(within))) @ within
    return np.asarray(found, dtype=np.float64)


def whole_of(cells: Cells, groups: int) -> Cells:
    """The same cells with every measure's groups as one: shares are measures."""
    return replace(cells, groups=((),), share=cells.share // max(groups, 1))


def the_rest(counted: Tally, whole: Tally, groups: int) -> Tally:
    """For each share of ``counted`` (measures × groups) everybody else: the measure's ``whole`` share less the group.

    Both tallies are of the same cells and sample. Raises ValueError where units are clusters: a cluster may have people
    of both.
    """
    if counted.clustered is not None or whole.clustered is not None:
        raise ValueError("Everybody else cannot be told from sums where units are clusters.")
    strata = 1 + max(int(counted.stratum.max(initial=0)), int(whole.stratum.max(initial=0)))
    of = np.arange(counted.shares) // max(groups, 1)

    def less(name: str) -> Floats:
        mine = added_up(counted.share * strata + counted.stratum, getattr(counted, name), counted.shares * strata)
        all_of = added_up(whole.share * strata + whole.stratum, getattr(whole, name), whole.shares * strata)
        found: Floats = all_of.reshape(whole.shares, strata)[of] - mine.reshape(counted.shares, strata)
        return found

    there, noise = less("n") > 0, _NOISE * less("w")
    share, stratum = (place.astype(np.int64) for place in np.nonzero(there))
    names = ("n", "w", "ww", "yes_n", "yes_w", "yes_ww", "square_ww", "units", "alone_ww")
    sums: dict[str, Any] = {name: less(name)[there] for name in names}
    sums["yes_w"] = _without_noise(sums["yes_w"], sums["w"], noise[there])
    margins = None
    if counted.margins is not None and whole.margins is not None:
        parts = ("base", "yes_base", "ww", "yes_ww")
        margins = OnMargins(*(getattr(whole.margins, p)[of] - getattr(counted.margins, p) for p in parts))
    return Tally(shares=counted.shares, share=share, stratum=stratum, margins=margins, **sums)


def _without_noise(yes: Floats, whole: Floats, noise: Floats) -> Floats:
    """Nobody and everybody who say yes exactly so, where subtraction left them within rounding of it."""
    return np.where(np.abs(yes) <= noise, 0.0, np.where(np.abs(whole - yes) <= noise, whole, yes))


def together(first: Tally, second: Tally) -> Tally:
    """Two tallies of the same sample as one, the shares of the second numbered on from the first's."""
    margins = None
    if first.margins is not None and second.margins is not None:
        parts = ("base", "yes_base", "ww", "yes_ww")
        margins = OnMargins(*(np.concatenate([getattr(first.margins, p), getattr(second.margins, p)]) for p in parts))
    names = ("stratum", "n", "w", "ww", "yes_n", "yes_w", "yes_ww", "square_ww", "units", "alone_ww")
    joined: dict[str, Any] = {name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in names}
    share = np.concatenate([first.share, second.share + first.shares])
    return Tally(shares=first.shares + second.shares, share=share, margins=margins, **joined)


def in_reading_order(level: str) -> tuple[bool, bool, float, str]:
    """Where a level stands in a list: numbers by size, then words, "not recorded" last."""
    number = level.replace(".", "", 1).isdecimal()
    return (level == NOT_RECORDED, not number, float(level) if number else 0.0, level)


def _check_breakdown(survey: Survey, by: tuple[str, ...]) -> None:
    for key in by:
        if key not in survey.dims:
            there = ", ".join(survey.dims) or "none"
            raise ValueError(f"Unknown breakdown '{key}'. This survey was counted by: {there}.")


def _groups(table: pd.DataFrame, by: tuple[str, ...]) -> tuple[Whole, tuple[Group, ...]]:
    """Which group each cell is in, and the groups in reading order."""
    if not by or table.empty:
        return np.zeros(len(table), dtype=np.int64), () if by else ((),)
    placed, levels = zip(*(_levels(table[key]) for key in by), strict=True)
    sizes = tuple(len(each) for each in levels)
    found, group = np.unique(np.ravel_multi_index(placed, sizes), return_inverse=True)
    combinations = zip(*np.unravel_index(found, sizes), strict=True)
    names = [tuple(each[place] for each, place in zip(levels, at, strict=True)) for at in combinations]
    return group.astype(np.int64), tuple(tuple(zip(by, combination, strict=True)) for combination in names)


def _levels(column: pd.Series) -> tuple[Whole, list[str]]:
    """Which level each cell is at, and the levels in reading order."""
    found, values = pd.factorize(column, use_na_sentinel=False)
    names = [NOT_RECORDED if pd.isna(value) else str(value) for value in values]
    ordered = sorted(set(names), key=in_reading_order)
    return np.array([ordered.index(name) for name in names], dtype=np.int64)[found], ordered


def _places(column: pd.Series, known: Sequence[str]) -> Whole:
    """Where each cell's text stands among those known, from 0; -1 where it does not."""
    found, values = pd.factorize(column, use_na_sentinel=False)
    place = {text: position for position, text in enumerate(known)}
    return np.array([place.get(value, -1) for value in values], dtype=np.int64)[found]


def _answers(column: pd.Series) -> Whole:
    numbers = pd.to_numeric(column).to_numpy(dtype=np.float64, na_value=np.nan)
    answers = np.where(np.isnan(numbers), BLANK, numbers).astype(np.int64)
    unknown = ~np.isin(answers, ANSWERS)
    if unknown.any():
        raise ValueError(f"Answer code {answers[unknown][0]} is not one of {', '.join(map(str, ANSWERS[:-1]))}.")
    return answers
