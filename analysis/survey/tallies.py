"""Counted cells as arrays: for many shares at once, who answered, who said yes, and what their weights come to.

A *share* here is one measure in one group. A tally holds one line for each share and stratum that has answers, so its
size follows the groups and strata that exist and never the number of respondents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.model import NOT_APPLICABLE, NOT_ASKED, REFUSED, Group, Survey

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

FIVE_ANSWERS = (5, 4, 3, 2, 1)  # best first
TOP_TWO = (5, 4)
BLANK = -3  # only in here: in cells a blank is a missing answer
ANSWERS = (*FIVE_ANSWERS, NOT_APPLICABLE, REFUSED, NOT_ASKED, BLANK)
NOT_RECORDED = "not recorded"


def added_up(place: Whole, values: Floats, places: int) -> Floats:
    """Sum of the values at each place."""
    return np.bincount(place, weights=values, minlength=places).astype(np.float64, copy=False)


@dataclass(frozen=True)
class Strata:
    """How many answered in each stratum (whatever they answered), and how many there are; nan where not known."""

    n: Floats
    population: Floats

    @property
    def sampled(self) -> Floats:
        """Fraction of each stratum that answered, 0 where its size is not known, never above 1."""
        known = np.where(np.isnan(self.population), np.inf, self.population)
        return np.minimum(self.n / known, 1.0)


@dataclass(frozen=True)
class Tally:
    """Answers in the base (n respondents, w sum of weights, ww sum of squared weights) and those that count as yes.

    Line i belongs to share ``share[i]`` and stratum ``stratum[i]``; ``shares`` is how many shares there are.
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

    def total(self, values: Floats) -> Floats:
        """Sum of a value of the lines for each share."""
        return added_up(self.share, values, self.shares)


@dataclass(frozen=True)
class Cells:
    """A survey's cells as arrays: which measure, group, stratum and answer each cell is, and its three sums."""

    groups: tuple[Group, ...]
    share: Whole  # measure × groups + group
    stratum: Whole
    answer: Whole
    n: Floats
    w: Floats
    ww: Floats


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
    return Cells(groups, share, stratum[asked], _answers(table["answer"])[asked], n, w, ww)


def strata_of(survey: Survey) -> Strata:
    """The survey's strata as arrays."""
    return Strata(
        n=survey.strata["n"].to_numpy(dtype=np.float64),
        population=pd.to_numeric(survey.strata["population"]).to_numpy(dtype=np.float64, na_value=np.nan),
    )


def tally(cells: Cells, shares: int, strata: int, yes: tuple[int, ...] = TOP_TWO) -> Tally:
    """Add the cells up by share and stratum: the five answers are the base, ``yes`` are those that count."""
    base = np.isin(cells.answer, FIVE_ANSWERS)
    counts = np.isin(cells.answer, yes)
    lines, line = np.unique(cells.share * max(strata, 1) + cells.stratum, return_inverse=True)

    def added(values: Floats, which: npt.NDArray[np.bool_]) -> Floats:
        return added_up(line, values * which, len(lines))

    return Tally(
        shares=shares,
        share=lines // max(strata, 1),
        stratum=lines % max(strata, 1),
        n=added(cells.n, base),
        w=added(cells.w, base),
        ww=added(cells.ww, base),
        yes_n=added(cells.n, counts),
        yes_w=added(cells.w, counts),
        yes_ww=added(cells.ww, counts),
    )


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
