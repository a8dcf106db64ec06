"""Which rows say yes, which say something else, and which are outside the base."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

import numpy as np
import pandas as pd

from analysis.survey.design import Whole
from analysis.survey.tallies import BLANK
from dashboard.calculator.request import Request, UsageError

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")
YES, NO = 5, 1  # any of the five answers would do: yes is in the top two, no is not
VALUES_SHOWN = 12

Value = Decimal | str


def meaning(cell: object) -> Value:
    """What a cell says: its text trimmed, or its number, so that 4, 4.0 and 04 are one.

    >>> meaning(" 4.0 ") == meaning("4"), meaning("4 out of 5"), meaning(None)
    (True, '4 out of 5', '')
    """
    text = cell.strip() if isinstance(cell, str) else ""
    return Decimal(text) if NUMBER.fullmatch(text) else text


def meanings(column: pd.Series) -> list[Value]:
    """What each cell says."""
    texts = column.fillna("")
    said = {text: meaning(text) for text in texts.unique()}
    return [said[text] for text in texts]


def answers_of(request: Request, column: pd.Series) -> tuple[Whole, tuple[str, ...]]:
    """Whether each counted row is yes, no or outside the base, and a note for each value named that is nowhere."""
    said = meanings(column)
    there = set(said) - {""}
    yes = named_values(request.yes, there)
    out = named_values(request.leave_out, there)
    if not yes:
        raise UsageError("No value counts as yes. Name at least one with --yes.")
    if both := yes & out:
        raise UsageError(f"'{_first(both)}' cannot both count as yes and be left out.")
    codes = {value: YES if value in yes else NO for value in there - out}
    answers = np.array([codes.get(value, BLANK) for value in said], dtype=np.int64)
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
