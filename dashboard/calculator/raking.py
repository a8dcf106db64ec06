"""Weights of a file raked to margins: what the calculator and ``weigh`` share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.model import Margin, Weighing
from analysis.survey.design import Floats, Sample, Units, Whole, with_residuals
from analysis.survey.tallies import NOT_RECORDED
from analysis.survey.weighting import CannotWeigh, weigh
from dashboard.calculator.request import DataError, Request, UsageError
from dashboard.calculator.rows import Rows
from data.weighing import read_targets


def margins_of(path: Path | None) -> tuple[Margin, ...]:
    """The margins of a CSV of variable, level, N. Raises UsageError for a file that is not there, DataError for a wrong
    one.
    """
    if path is None:
        return ()
    if not path.is_file():
        raise UsageError(f"There is no file '{path}'.")
    try:
        return read_targets(path)
    except CannotWeigh as fault:
        raise DataError(str(fault)) from fault
    except UnicodeDecodeError as fault:
        raise DataError(f"{path.name} is not in UTF-8. Save it as 'CSV UTF-8'.") from fault


def said_of(margin: Margin, column: pd.Series) -> pd.Series:
    """The level of each row; an empty cell is "not recorded" where that has a number of homes, and else missing."""
    said = column.str.strip().replace("", None)
    return said.fillna(NOT_RECORDED) if NOT_RECORDED in margin.targets else said


def raked(
    request: Request, rows: Rows, margins: Sequence[Margin], stratum: Whole, cluster: Whole | None, sample: Sample
) -> tuple[Rows, Whole, Floats, Sample, Weighing]:
    """The rows with raked weights, each line's calibration cell and weight before, the sample, and how it was done.

    Raises DataError where weights cannot be made, with the remedy.
    """
    times = rows.counted["n"].to_numpy()
    levels = pd.DataFrame({m.variable: said_of(m, rows[m.variable]) for m in margins})
    try:
        each, how = weigh(
            levels.loc[levels.index.repeat(times)].reset_index(drop=True),
            margins,
            np.repeat(rows.w / rows.n, times),
            request.trim,
            source=request.margins.name if request.margins else "",
            scale=request.scale,
        )
    except CannotWeigh as fault:
        raise DataError(str(fault)) from fault
    weight = each[np.concatenate([[0], np.cumsum(times)[:-1]]).astype(np.int64)]
    cell, columns = _cells(levels, margins)
    base = rows.w
    counted = rows.counted.assign(w=rows.n * weight, ww=rows.n * weight**2)
    weighed = replace(rows, counted=counted)
    units = Units(columns, stratum, cell, weighed.n, weighed.w, weighed.ww, base, cluster)
    return weighed, cell, base, with_residuals(sample, units, request.weighted_residuals), how


def _cells(levels: pd.DataFrame, margins: Sequence[Margin]) -> tuple[Whole, Whole]:
    """The calibration cell of each line, and the column of each cell's level on every margin, numbered on."""
    cell = np.asarray(levels.groupby(list(levels.columns), sort=False).ngroup(), dtype=np.int64)
    first = np.unique(cell, return_index=True)[1]
    columns, begun = [], 0
    for margin in margins:
        codes, found = pd.factorize(levels[margin.variable].iloc[first])
        columns.append(codes + begun)
        begun += len(found)
    return cell, np.stack(columns, axis=1).astype(np.int64)
