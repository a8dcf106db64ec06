"""What is asked of the calculator, what it gives, and what may be wrong with either."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.model import Comparison, Estimate, Weighing
from analysis.survey.estimates import SMALLEST_BASE
from analysis.survey.intervals import Method


class CalculatorError(Exception):
    """A share that cannot be reckoned, and why. ``exit_code`` is what the command line ends with."""

    exit_code = 1


class UsageError(CalculatorError):
    """The request cannot be met as it stands: an unknown column or file, a level outside 0 to 1."""

    exit_code = 2


class DataError(CalculatorError):
    """Something in the file is wrong; the message says where."""


@dataclass(frozen=True)
class Request:
    """What is asked of the calculator. ``yes`` and ``leave_out`` hold one text for each time the option was given.

    ``by`` names one column, or several joined by commas. ``margins`` is a CSV of variable, level, N that the weights
    are raked to; ``scale`` brings margins of other totals to that of the first; ``trim`` is the least and most weight
    over the mean. ``weighted_residuals`` False takes R's form of rake. ``compare`` is an earlier file of the same
    columns.
    """

    path: Path
    column: str
    yes: tuple[str, ...]
    leave_out: tuple[str, ...] = ()
    weight: str | None = None
    strata: str | None = None
    fpc: str | None = None
    by: str | None = None
    level: float = 0.95
    smallest_base: int = SMALLEST_BASE
    cluster: str | None = None
    margins: Path | None = None
    trim: tuple[float, float] | None = None
    scale: bool = False
    method: Method = "auto"
    weighted_residuals: bool = True
    compare: Path | None = None


@dataclass(frozen=True)
class Reckoning:
    """The estimates (one, or one for each group in order), the rows of the file, and what the reader must know.

    ``compared`` is each estimate against the earlier file's, None where none was named; ``weighing`` how the weights
    were raked.
    """

    estimates: tuple[Estimate, ...]
    rows: int
    level: float
    notes: tuple[str, ...] = ()
    compared: tuple[Comparison, ...] | None = None
    weighing: Weighing | None = None
