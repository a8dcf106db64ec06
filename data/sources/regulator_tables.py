"""The long tables of one year of the sector, made from the cells of the regulator's sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.model.sector import FIVE, FLAGS, MANAGEMENT_COLUMNS, MEASURE_COLUMNS, METHOD_COLUMNS
from data.sources.regulator_headings import Columns
from data.sources.workbook import text_of

FLAG = re.compile(r"\[([A-Z])\]")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
TEXT_COLUMNS = ("landlord", "tenure_group", "measure", "method", "flag")
RENTED_ONLY = ("RP01", "RP02")  # homes for low cost rent; the register of measures says so too


@dataclass(frozen=True)
class Cells:
    """One landlord's row: its number in the sheet, and its cells. A place of None is a column that is not there."""

    number_in_sheet: int
    cells: Sequence[object]

    def number(self, place: int | None) -> float | None:
        """The number in a cell; None for a flag, a blank and what is no number. Never below nought."""
        cell = self._cell(place)
        if isinstance(cell, bool):
            return None
        if isinstance(cell, int | float):
            return float(cell) if cell >= 0 else None
        text = cell.replace(",", "").removesuffix("%").strip() if isinstance(cell, str) else ""
        return float(text) if NUMBER.fullmatch(text) and not text.startswith("-") else None

    def whole(self, place: int | None) -> int | None:
        """The number in a cell as a whole one."""
        number = self.number(place)
        return None if number is None else round(number)

    def flag(self, place: int | None) -> str:
        """The letter of the flag in a cell, one of ``FLAGS``; "" where there is none."""
        cell = self._cell(place)
        found = FLAG.fullmatch(cell.strip()) if isinstance(cell, str) else None
        return found[1] if found and found[1] in FLAGS else ""

    def text(self, place: int | None) -> str:
        """The words in a cell in one line; "" for a flag or a blank."""
        cell = self._cell(place)
        words = "" if cell == "" else " ".join(text_of(cell).replace("\u200b", "").split())
        return "" if FLAG.fullmatch(words) else words

    def nonsense(self, place: int) -> str | None:
        """What a cell holds that is neither a number, a flag nor blank; None where it holds one of these."""
        cell = self._cell(place)
        if cell == "" or self.number(place) is not None or self.flag(place):
            return None
        return text_of(cell).strip() or None

    def _cell(self, place: int | None) -> object:
        return "" if place is None or place >= len(self.cells) else self.cells[place]


Rows = Mapping[str, Cells]


def measures_table(sheets: Iterable[tuple[str, Columns, Rows]]) -> pd.DataFrame:
    """MEASURE_COLUMNS, a row a landlord, tenure group and perception measure. ``sheets``: group, columns and rows."""
    found = []
    for group, columns, rows in sheets:
        shares, filters = columns.of("share"), columns.of("filter_share")
        counted = {key[1] for key in columns.places if key[0] == "count"}
        for measure in sorted(shares.keys() | counted):
            counts = columns.of("count", measure)
            places = [counts.get(answer) for answer in FIVE]
            rest = [counts.get(name) for name in ("na", "filter_yes", "filter_no")]
            share, passed = shares.get(measure), filters.get(measure)
            for code, row in rows.items():
                five = [row.number(place) for place in places]
                whole = None not in five
                found.append(
                    (
                        code,
                        group,
                        measure,
                        _part(row.number(share)),
                        row.flag(share),
                        *five,
                        sum(n for n in five if n is not None) if whole else None,
                        sum(n for n in five[:2] if n is not None) if whole else None,
                        *(row.number(place) for place in rest),
                        _part(row.number(passed)),
                    )
                )
    return _table(found, MEASURE_COLUMNS)


def methods_table(sheets: Iterable[tuple[str, Columns, Rows]]) -> pd.DataFrame:
    """METHOD_COLUMNS, a row a landlord, tenure group and collection method that was used, as published."""
    found = []
    for group, columns, rows in sheets:
        responses = columns.of("method_responses")
        for method, place in columns.of("method_share").items():
            for code, row in rows.items():
                n = row.number(responses.get(method))
                if n:
                    found.append((code, group, method, "TP01", _part(row.number(place)), n, row.flag(place)))
    return _table(found, METHOD_COLUMNS)


def management_table(sheets: Iterable[tuple[Columns, Rows]]) -> pd.DataFrame:
    """MANAGEMENT_COLUMNS, a row a landlord, stock and value.

    Where the denominator is nought or not given the value is not applicable, flagged "U": the workbook of 2023/24
    shows 0 there, as its introduction says.
    """
    found = []
    for columns, rows in sheets:
        keys = dict.fromkeys(key[1:3] for key in columns.places if key[0] == "management")
        for stock, measure in keys:
            parts = columns.of("management", stock, measure)
            extensions = [
                columns.places.get((name, stock, measure)) for name in ("without_extension", "with_extension")
            ]
            group = stock or ("LCRA" if measure.startswith(RENTED_ONLY) else "")
            for code, row in rows.items():
                top, bottom = (row.number(parts.get(part)) for part in ("numerator", "denominator"))
                value, flag = row.number(parts.get("value")), row.flag(parts.get("value"))
                if "denominator" in parts and not bottom and not value and not flag:
                    value, flag = None, "E" if row.flag(parts["denominator"]) == "E" else "U"
                found.append((code, group, measure, value, top, bottom, flag, *(row.number(p) for p in extensions)))
    return _table(found, MANAGEMENT_COLUMNS)


def _part(percentage: float | None) -> float | None:
    return None if percentage is None else percentage / 100


def _table(rows: Sequence[tuple[object, ...]], columns: Sequence[str]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows), columns=list(columns))
    numbers = [column for column in columns if column not in TEXT_COLUMNS]
    table[numbers] = table[numbers].astype("float64")
    return table
