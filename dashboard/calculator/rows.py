"""The rows of a file, counted by the columns that a request needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.survey.design import Floats
from dashboard.calculator.request import DataError, Request, UsageError
from data.sources.tables import NotThere, TableError, count_rows, headings_of


@dataclass(frozen=True)
class Rows:
    """Rows alike in every column asked for, counted. ``rows["estate"]`` is the text of a column."""

    names: tuple[str, ...]
    counted: pd.DataFrame

    def __getitem__(self, name: str) -> pd.Series:
        return self.counted[f"k{self.names.index(name)}"]

    @property
    def n(self) -> Floats:
        """Rows of the file on each line."""
        return self.counted["n"].to_numpy(dtype=np.float64)

    @property
    def w(self) -> Floats:
        """The sum of their weights."""
        return self.counted["w"].to_numpy(dtype=np.float64)

    @property
    def ww(self) -> Floats:
        """The sum of their squared weights."""
        return self.counted["ww"].to_numpy(dtype=np.float64)


def columns_by(request: Request) -> tuple[str, ...]:
    """The columns that ``by`` names: one whose heading is the whole text, or several joined by commas.

    Raises UsageError or DataError as ``counted_rows``.
    """
    if request.by is None:
        return ()
    try:
        if request.by.strip() in headings_of(request.path):
            return (request.by.strip(),)
    except NotThere as fault:
        raise UsageError(str(fault)) from fault
    except TableError as fault:
        raise DataError(str(fault)) from fault
    return tuple(part.strip() for part in request.by.split(","))


def counted_rows(request: Request, by: Sequence[str], margins: Sequence[str]) -> Rows:
    """The rows counted. Where weights are raked, rows of different weight are on lines of their own.

    Raises UsageError for a file or column that is not there and DataError for a file with something wrong in it.
    """
    asked = [request.column, request.strata, request.cluster, request.fpc, *by, *margins]
    if margins:
        asked.append(request.weight)
    names = tuple(dict.fromkeys(name for name in asked if name is not None))
    try:
        return Rows(names, count_rows(request.path, names, request.weight))
    except NotThere as fault:
        raise UsageError(str(fault)) from fault
    except TableError as fault:
        raise DataError(str(fault)) from fault
