"""Workbooks: their sheets and the cells of one, as text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from data.columns.faults import UnreadableFile, fault

SAMPLE_ROWS = 2_000


def workbook(path: Path, name: str) -> CalamineWorkbook:
    """The workbook, opened. Macros are never run. Raises UnreadableFile where it is damaged or locked."""
    try:
        return CalamineWorkbook.from_path(path)
    except (CalamineError, PasswordError, XmlError, ZipError, OSError) as error:
        raise UnreadableFile(fault("damaged", name)) from error


def visible_sheets(book: CalamineWorkbook) -> tuple[str, ...]:
    """The names of the sheets a person sees, in order."""
    return tuple(sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible)


def sheet_of(book: CalamineWorkbook, sheet: str, name: str) -> CalamineSheet:
    """One sheet. Raises UnreadableFile where there is none of this name, or it is damaged."""
    if sheet not in book.sheet_names:
        raise UnreadableFile(fault("no_such_sheet", name, value=sheet, sheets=", ".join(book.sheet_names)))
    try:
        return book.get_sheet_by_name(sheet)
    except (CalamineError, XmlError, ZipError) as error:
        raise UnreadableFile(fault("damaged", name)) from error


def rows_of(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    """Every row with its number as the spreadsheet shows it, cells as text, from the first row and column."""
    if sheet.start is None:
        return
    above, left = sheet.start
    merged = _merged_down(sheet)
    for row in range(above):
        yield row + 1, []
    held: dict[int, str] = {}
    for row, cells in enumerate(sheet.iter_rows(), start=above + 1):
        texts = [""] * left + [text_of(cell) for cell in cells]
        for column, top in merged.get(row, ()):
            if row == top:
                held[column] = texts[column]
            else:  # whatever else a merged cell holds, a person sees the text of its top
                texts[column] = held.get(column, "")
        yield row, texts


def _merged_down(sheet: CalamineSheet) -> dict[int, list[tuple[int, int]]]:
    """For each row in a cell merged over several rows: its columns, and the row whose text they have.

    Cells merged along one row are left as they are: titles and headings stand in such.
    """
    rows: dict[int, list[tuple[int, int]]] = {}
    for (top, first), (bottom, _) in sheet.merged_cell_ranges or ():
        if bottom > top:
            for row in range(top, bottom + 1):
                rows.setdefault(row + 1, []).append((first, top + 1))
    return rows


def text_of(cell: object) -> str:
    """A cell as text: whole numbers without ".0", dates as 2024-05-31.

    >>> text_of(5.0), text_of(date(2024, 5, 31)), text_of(True), text_of(0.25)
    ('5', '2024-05-31', 'True', '0.25')
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time | timedelta | int):
        return str(cell)
    raise TypeError(f"A cell of kind {type(cell).__name__} is not known.")
