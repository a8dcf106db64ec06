"""Weights for any CSV, written beside its rows: no store is needed."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.model import Margin, Weighing
from analysis.survey.design import Floats
from analysis.survey.weighting import CannotWeigh, weigh
from dashboard.calculator import CalculatorError, weighing_as_json
from dashboard.calculator.raking import margins_of, said_of
from dashboard.cli.command import DONE, PROBLEMS, USAGE, Failure, add_json, bounds_of, say, tell, tell_json
from dashboard.words.weights import cost, weighed_by
from data.columns.faults import UnreadableFile
from data.settings import Settings
from data.sources.tables import NotThere, TableError
from data.sources.weighted import columns_of, write_with_columns

WEIGHT = "weight"


def weigh_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("file", type=Path, help="any CSV file, a row a respondent")
    own.add_argument("--margins", type=Path, required=True, metavar="FILE", help="CSV of variable, level, N (homes)")
    own.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the rows with their weights go")
    own.add_argument("--base-weight", metavar="COL", help="column with the weights before raking (default: 1 each)")
    own.add_argument("--column", default=WEIGHT, metavar="NAME", help=f"the new column (default {WEIGHT})")
    own.add_argument("--trim", metavar="LO,HI", help="least and most weight, times the mean")
    own.add_argument("--scale", action="store_true", help="scale margins of other totals to that of the first")
    own.add_argument("--replace", action="store_true", help="write over --out where it is there already")
    add_json(own)


def weigh_file(said: argparse.Namespace, settings: Settings) -> int:
    """Rake the rows of a file to margins, write them with their weights, and say what the weights cost."""
    if not said.column.strip():
        raise Failure("The new column needs a name: --column weight.", USAGE)
    if said.out.resolve() == said.margins.resolve():
        raise Failure(f"{said.out.name} holds the numbers of homes. Name another with --out.", USAGE)
    try:
        margins = margins_of(said.margins)
        weights, how = _weighed(said, margins)
        write_with_columns(
            said.file, said.out, {said.column.strip(): [repr(w) for w in weights.tolist()]}, said.replace
        )
    except CalculatorError as fault:
        raise Failure(str(fault), fault.exit_code) from fault
    except NotThere as fault:
        raise Failure(str(fault), USAGE) from fault
    except (TableError, UnreadableFile, CannotWeigh) as fault:
        raise Failure(str(fault), PROBLEMS) from fault
    if said.json:
        tell_json({"file": said.out.name, "rows": how.base, "column": said.column, "weighing": weighing_as_json(how)})
    else:
        tell(weighed_by([margin.label for margin in margins], said.margins.name))
        for sentence in (*cost(how), *how.notes):
            tell(sentence)
    say(f"{how.base:,} rows with their weights are in {said.out.name}.")
    return DONE if how.converged else PROBLEMS


def _weighed(said: argparse.Namespace, margins: tuple[Margin, ...]) -> tuple[Floats, Weighing]:
    names = [margin.variable for margin in margins]
    places, columns = columns_of(said.file, [*names, *([said.base_weight] if said.base_weight else [])])
    levels = pd.DataFrame({m.variable: said_of(m, pd.Series(c)) for m, c in zip(margins, columns, strict=False)})
    for name in names:
        empty = levels.index[levels[name].isna()]
        if len(empty):
            raise CannotWeigh(
                f"'{name}' is empty in {len(empty):,} rows, first in row {places[int(empty[0])]}. Every row needs its "
                "level; where it is not known, give 'not recorded' a number of homes."
            )
    base = _weights_of(columns[-1], places, said.base_weight) if said.base_weight else None
    return weigh(levels, margins, base, bounds_of(said.trim), source=said.margins.name, scale=said.scale)


def _weights_of(column: list[str], places: list[int], name: str) -> Floats:
    found = pd.to_numeric(pd.Series(column), errors="coerce").to_numpy(dtype=np.float64)
    wrong = ~(np.isfinite(found) & (found > 0))
    if wrong.any():
        row = int(np.argmax(wrong))
        what = f"'{column[row]}'" if column[row] else "empty"
        more = f" {int(wrong.sum()) - 1:,} more are wrong too." if wrong.sum() > 1 else ""
        raise CannotWeigh(
            f"The weight '{name}' is {what} in row {places[row]}. Every row needs a number above nought.{more}"
        )
    return found
