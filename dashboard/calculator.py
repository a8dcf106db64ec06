"""The survey calculator: a share of any CSV with its interval, without a store. What ``estimate FILE.csv`` gives."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.model import Estimate, Group
from analysis.survey.design import Sample, Whole
from analysis.survey.estimates import SMALLEST_BASE, estimates_from
from analysis.survey.tallies import BLANK, NOT_RECORDED, Cells, added_up, in_reading_order, tally
from data.sources.tables import NotThere, TableError, count_rows

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")
YES, NO = 5, 1  # any of the five answers would do: yes is in the top two, no is not
VALUES_SHOWN = 12

Value = Decimal | str


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
    """What is asked of the calculator. ``yes`` and ``leave_out`` hold one text for each time the option was given."""

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


@dataclass(frozen=True)
class Reckoning:
    """The estimates (one, or one for each group in order), the rows of the file, and what the reader must know."""

    estimates: tuple[Estimate, ...]
    rows: int
    level: float
    notes: tuple[str, ...] = ()


def calculate(request: Request) -> Reckoning:
    """The share of a column that is yes, for everyone or for each group, with standard error and interval.

    Rows left out of the base still count as units of their stratum. Raises UsageError for a request that cannot be met
    and DataError for a file with something wrong in it.
    """
    if not 0 < request.level < 1:
        raise UsageError(f"The level is {request.level:g}; it is a fraction between 0 and 1, such as 0.95.")
    counted = _counted(request)
    answers, notes = _answers(request, counted["k0"])
    stratum, strata = _strata(request, counted)
    group, groups = _groups(request.by, counted[_key(request, request.by)] if request.by else None, len(counted))
    n, w, ww = (counted[name].to_numpy(dtype=np.float64) for name in ("n", "w", "ww"))
    cells = Cells(groups, group, stratum, answers, n, w, ww)
    labels = [(request.column, each) for each in groups]
    found = estimates_from(
        tally(cells, len(groups), strata), strata, labels, request.smallest_base, level=request.level
    )
    if not any(estimate.base for estimate in found):
        raise DataError(f"No row has an answer in '{request.column}': every cell is empty or left out.")
    return Reckoning(tuple(found), int(n.sum()), request.level, notes)


def as_json(reckoning: Reckoning) -> str:
    """The reckoning as JSON: ``{"estimates": [{"group", "value", …}], "rows", "level", "notes"}``."""
    document = {
        "estimates": [{"group": dict(estimate.group), **figures_of(estimate)} for estimate in reckoning.estimates],
        "rows": reckoning.rows,
        "level": reckoning.level,
        "notes": list(reckoning.notes),
    }
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


def figures_of(estimate: Estimate) -> dict[str, object]:
    """An estimate as JSON has it, here and in every other command: shares are fractions, absent figures null."""
    return {
        "value": estimate.value,
        "se": estimate.se,
        "low": estimate.low,
        "high": estimate.high,
        "base": estimate.told_base,
        "effective_base": estimate.effective_base,
        "method": estimate.method or None,
        "withheld": estimate.withheld,
        "caution": estimate.caution,
    }


# ── Rows of the file ─────────────────────────────────────────────────────────────────────────────


def _columns(request: Request) -> list[str]:
    return [name for name in (request.column, request.strata, request.fpc, request.by) if name is not None]


def _key(request: Request, name: str | None) -> str:
    """Name of a request's column in the counted rows."""
    return f"k{_columns(request).index(name or request.column)}"


def _counted(request: Request) -> pd.DataFrame:
    try:
        return count_rows(request.path, _columns(request), request.weight)
    except NotThere as fault:
        raise UsageError(str(fault)) from fault
    except TableError as fault:
        raise DataError(str(fault)) from fault


# ── Answers ──────────────────────────────────────────────────────────────────────────────────────


def meaning(cell: object) -> Value:
    """What a cell says: its text trimmed, or its number, so that 4, 4.0 and 04 are one.

    >>> meaning(" 4.0 ") == meaning("4"), meaning("4 out of 5"), meaning(None)
    (True, '4 out of 5', '')
    """
    text = cell.strip() if isinstance(cell, str) else ""
    return Decimal(text) if NUMBER.fullmatch(text) else text


def _meanings(column: pd.Series) -> list[Value]:
    texts = column.fillna("")
    said = {text: meaning(text) for text in texts.unique()}
    return [said[text] for text in texts]


def _answers(request: Request, column: pd.Series) -> tuple[Whole, tuple[str, ...]]:
    """Whether each counted row is yes, no or outside the base, and a note for each value named that is nowhere."""
    meanings = _meanings(column)
    there = set(meanings) - {""}
    yes = named_values(request.yes, there)
    out = named_values(request.leave_out, there)
    if not yes:
        raise UsageError("No value counts as yes. Name at least one with --yes.")
    if both := yes & out:
        raise UsageError(f"'{_first(both)}' cannot both count as yes and be left out.")
    codes = {value: YES if value in yes else NO for value in there - out}
    answers = np.array([codes.get(value, BLANK) for value in meanings], dtype=np.int64)
    return answers, tuple(_absent(request.column, value, there) for value in sorted((yes | out) - there, key=str))


def named_values(given: Sequence[str], there: Iterable[Value]) -> set[Value]:
    """The values named by an option: cut at commas, unless the whole text is a value that is there.

    >>> sorted(named_values(["4,5"], {Decimal(4), Decimal(5)}))
    [Decimal('4'), Decimal('5')]
    >>> named_values(["Yes, often"], {"Yes, often", "No"})
    {'Yes, often'}
    """
    found = set(there)
    values: set[Value] = set()
    for text in given:
        whole, parts = meaning(text), [meaning(part) for part in text.split(",")]
        alone = len(given) == 1 and all(part in found for part in parts)
        values |= {whole} if whole in found and not alone else set(parts)
    return values - {""}


def _absent(column: str, value: Value, there: set[Value]) -> str:
    values = sorted(map(str, there))
    shown = ", ".join(f"'{each}'" for each in values[:VALUES_SHOWN])
    more = f" and {len(values) - VALUES_SHOWN:,} more" if len(values) > VALUES_SHOWN else ""
    return f"No cell of '{column}' is '{value}'. The values there are: {shown}{more}."


def _first(values: set[Value]) -> str:
    return min(map(str, values))


# ── Strata and groups ────────────────────────────────────────────────────────────────────────────


def _strata(request: Request, counted: pd.DataFrame) -> tuple[Whole, Sample]:
    """Stratum of each counted row, and each stratum's rows and population."""
    if request.strata is None:
        stratum, names = np.zeros(len(counted), dtype=np.int64), [""]
    else:
        stratum, names = _levels(counted[_key(request, request.strata)])
        if not all(counted[_key(request, request.strata)].fillna("").str.strip()):
            raise DataError(f"'{request.strata}' is empty in some rows. Every row needs its stratum.")
    n = added_up(stratum, counted["n"].to_numpy(dtype=np.float64), len(names))
    population = np.full(len(names), np.nan)
    if request.fpc is not None:
        sizes = _sizes(counted[_key(request, request.fpc)], stratum)
        population = np.array([_population(request.fpc, sizes[h], int(n[h]), names[h]) for h in range(len(names))])
    return stratum, Sample(n, population)


def _sizes(column: pd.Series, stratum: Whole) -> dict[int, set[Value]]:
    """What the population column says in each stratum."""
    sizes: dict[int, set[Value]] = {}
    for place, size in zip(stratum.tolist(), _meanings(column), strict=True):
        sizes.setdefault(place, set()).add(size)
    return sizes


def _population(column: str, sizes: set[Value], rows: int, stratum: str) -> float:
    """The one size of a stratum. Raises DataError where it is not one number, or smaller than the stratum's rows."""
    where = f" in stratum '{stratum}'" if stratum else ""
    texts = sorted(size for size in sizes if isinstance(size, str))
    numbers = sorted(size for size in sizes if isinstance(size, Decimal))
    if texts:
        what = f"'{texts[0]}'" if texts[0] else "empty"
        raise DataError(f"'{column}' is {what} in some rows{where}. Every row needs a number.")
    if len(numbers) > 1:
        listed = ", ".join(map(str, numbers[:3]))
        raise DataError(f"'{column}' differs{where}: {listed}. It is the size of the stratum, so the same on each row.")
    if numbers[0] < rows:
        raise DataError(
            f"'{column}' is {numbers[0]}{where}, which has {rows:,} rows. It is how many sampling units there are in "
            "the population of the stratum, not a fraction."
        )
    return float(numbers[0])


def _groups(by: str | None, column: pd.Series | None, rows: int) -> tuple[Whole, tuple[Group, ...]]:
    if by is None or column is None:
        return np.zeros(rows, dtype=np.int64), ((),)
    group, names = _levels(column)
    return group, tuple(((by, name),) for name in names)


def _levels(column: pd.Series) -> tuple[Whole, list[str]]:
    """Place of each cell's level, and the levels in order as they are spelt most shortly; empty is "not recorded"."""
    meanings = [value or NOT_RECORDED if isinstance(value, str) else value for value in _meanings(column)]
    spelt: dict[Value, str] = {}
    for value, cell in zip(meanings, column, strict=True):
        text = NOT_RECORDED if value == NOT_RECORDED else cell.strip()
        spelt[value] = min(spelt.get(value, text), text, key=lambda each: (len(each), each))
    ordered = sorted(spelt, key=lambda value: in_reading_order(spelt[value]))
    place = {value: position for position, value in enumerate(ordered)}
    return np.array([place[value] for value in meanings], dtype=np.int64), [spelt[value] for value in ordered]
