"""Small files of records, invented for the tests, and their intake."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from data.columns.mapping import mapping_of
from data.intake import Incoming, take_in

TODAY = date(2026, 11, 25)
Rows = Sequence[Sequence[object]]


def write_csv(folder: Path, rows: Rows, name: str = "records.csv") -> Path:
    """A CSV of these rows, the headings among them."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    return path


def write_book(folder: Path, sheets: dict[str, Rows], name: str = "records.xlsx") -> Path:
    """A workbook of these sheets."""
    path = folder / name
    with xlsxwriter.Workbook(path) as book:
        for sheet, rows in sheets.items():
            page = book.add_worksheet(sheet)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return path


def taken(folder: Path, holds: str, rows: Rows, said: dict[str, Any] | None = None, **more: Any) -> Incoming:
    """A CSV of these rows taken in as this kind of record."""
    return take_in(write_csv(folder, rows), mapping_of(said or {}), holds=holds, today=TODAY, **more)


def table(incoming: Incoming, columns: str, name: str = "", order: str = "row") -> list[tuple[Any, ...]]:
    """These columns of the kind's own table, or of another."""
    return incoming.connection.execute(
        f"select {columns} from {name or incoming.file.holds} order by {order}"
    ).fetchall()


def listed(incoming: Incoming) -> list[tuple[Any, ...]]:
    """Row, column, value and rule of every problem."""
    return incoming.connection.execute(
        'select row, "column", value, rule from problems order by row, rule, "column"'
    ).fetchall()
