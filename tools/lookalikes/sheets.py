"""Writing the look-alikes: delimited text and workbooks, the same bytes each time; and what was planted in them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MADE_ON = datetime(2026, 10, 30, 9, 0)  # noqa: DTZ001  # a workbook's own date has no time zone
Cell = str | int | float | date | None


@dataclass(frozen=True)
class LookAlike:
    """One file written: the kind it is taken in as, its rows of records, and how many of each quirk are in it."""

    name: str
    holds: str  # "survey", a record kind, or "" where nothing takes it in yet
    rows: int
    planted: Mapping[str, int]


def write_text(path: Path, rows: Iterable[Sequence[Cell]], *, encoding: str = "utf-8-sig") -> None:
    """Save rows as CSV with the byte-order mark and line ends of a spreadsheet."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([["" if cell is None else cell for cell in row] for row in rows])


@contextmanager
def workbook(path: Path) -> Iterator[xlsxwriter.Workbook]:
    """A workbook to write, with a fixed date of making."""
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": MADE_ON})
    yield book
    book.close()


def fill(book: xlsxwriter.Workbook, name: str, rows: Iterable[Sequence[Cell]], first_row: int = 0) -> Worksheet:
    """A sheet of this name with these rows; dates are dates, all else as given."""
    sheet, day = book.add_worksheet(name), book.add_format({"num_format": "dd/mm/yyyy"})
    for place, row in enumerate(rows, start=first_row):
        write_row(sheet, place, row, day)
    return sheet


def write_row(sheet: Worksheet, place: int, row: Sequence[Cell], day: Format) -> None:
    """One row of cells. Text stays text, so that leading zeros stay."""
    for column, cell in enumerate(row):
        if isinstance(cell, date):
            sheet.write_datetime(place, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
        elif isinstance(cell, str):
            sheet.write_string(place, column, cell)
        elif cell is not None:
            sheet.write_number(place, column, cell)


def uk(day: date | None) -> str:
    """A day as dd/mm/yyyy text, or nothing."""
    return day.strftime("%d/%m/%Y") if day else ""
