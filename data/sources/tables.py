"""Any delimited text file, counted: how many rows share the same text in some columns, and what they weigh.

Nothing is kept and no column has to be known. DuckDB reads and counts, so a million rows take a second or two.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pandas as pd

from data.columns.faults import UnreadableFile
from data.sources.delimited import Delimited, delimited, rows_of
from data.sources.safety import kind_of

PATTERN_SIGNS = re.compile(r"[*?\[\]{}]")  # in a path DuckDB would read them as a pattern for many files
COLUMNS_SHOWN = 40
LIGHTEST, HEAVIEST = 1e-100, 1e100  # weights whose squares and sums a computer holds


class TableError(Exception):
    """The file cannot be counted; the message says what was found, where, and what to do."""


class NotThere(TableError):
    """What was asked for does not exist: the file, or a column of it."""


@dataclass(frozen=True)
class Table:
    """A text file ready to be counted, and its headings in order."""

    file: Delimited
    name: str
    headings: tuple[str, ...]

    def place(self, heading: str) -> int:
        """Where a column stands, from 0. Raises NotThere naming those there are, TableError where two share it."""
        found = [place for place, each in enumerate(self.headings) if each == heading.strip()]
        if not found:
            raise NotThere(f"There is no column '{heading}'. The columns are: {_listed(self.headings)}.")
        if len(found) > 1:
            places = " and ".join(str(place + 1) for place in found)
            raise TableError(f"Columns {places} are both called '{heading}'. Give each a heading of its own.")
        return found[0]


def count_rows(path: Path, keys: Sequence[str], weight: str | None = None) -> pd.DataFrame:
    """Rows counted by the text of the key columns: k0, k1 … (missing: an empty cell), n rows, w and ww.

    ``w`` is the sum of the weights and ``ww`` of their squares (each row weighs 1 without a weight column). Raises
    NotThere for a file or column that is not there, TableError for a file that is not a table, a row with too many or
    too few cells, or a weight that is missing, not a number, nought, negative or beyond all measure.
    """
    folder = TemporaryDirectory()
    with folder, duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
        table = opened_table(path, folder)
        places = [table.place(key) for key in keys]
        weights = None if weight is None else table.place(weight)
        picked = _picked(connection, table, places, weights)
        if weights is not None:
            _check_weights(picked, table, weights)
        return _counts(picked, len(places))


def headings_of(path: Path) -> tuple[str, ...]:
    """The headings of a text file. Raises NotThere where there is no such file, TableError where it is no table."""
    folder = TemporaryDirectory()
    with folder:
        return opened_table(path, folder).headings


def opened_table(path: Path, folder: TemporaryDirectory[str]) -> Table:
    """A text file ready to be counted. Raises NotThere, TableError."""
    if not path.is_file():
        raise NotThere(f"There is no file '{path}'.")
    try:
        if kind_of(path, path.name) != "csv":
            raise TableError(f"{path.name} is a workbook. Save the sheet as CSV and use that.")
        file = _plain(delimited(path, path.name, folder), path.name, folder)
    except UnreadableFile as fault:
        raise TableError(str(fault)) from fault
    headings = next((cells for _, _, cells in file.sample if cells), ())
    return Table(file, path.name, tuple(heading.strip() for heading in headings))


def _plain(file: Delimited, name: str, folder: TemporaryDirectory[str]) -> Delimited:
    """The file in a form DuckDB is sure of: one kind of line end, and a path that is no pattern."""
    copy = Path(folder.name) / "plain.csv"
    if not file.plain:
        with copy.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, delimiter=file.delimiter, lineterminator="\r\n")
            writer.writerows(cells for _, cells in rows_of(file, name, first_row=1))
    elif PATTERN_SIGNS.search(str(file.path)):
        shutil.copyfile(file.path, copy)
    else:
        return file
    return replace(file, path=copy)


def _picked(
    connection: duckdb.DuckDBPyConnection, table: Table, places: list[int], weight: int | None
) -> duckdb.DuckDBPyRelation:
    """The columns asked for, one line a row of the file, in a table of the connection."""
    rows = connection.read_csv(
        str(table.file.path),
        columns={f"c{place}": "VARCHAR" for place in range(len(table.headings))},
        auto_detect=False,
        header=True,
        delimiter=table.file.delimiter,
        quotechar='"',
        escapechar='"',
        strict_mode=True,
        compression="none",
    )
    number = "1.0::double" if weight is None else f"try_cast(trim(c{weight}) as double)"
    keys = [f"c{place} as k{position}" for position, place in enumerate(places)]
    try:
        rows.project(", ".join(["row_number() over () as row", *keys, f"{number} as weight"])).create("picked")
    except duckdb.Error as fault:
        raise TableError(_plainly(str(fault))) from fault
    return connection.table("picked")


def _counts(picked: duckdb.DuckDBPyRelation, keys: int) -> pd.DataFrame:
    by = ", ".join(f"k{position}" for position in range(keys))
    sums = "count(*) as n, kahan_sum(weight) as w, kahan_sum(weight * weight) as ww"
    counted = picked.aggregate(f"{by}, {sums}", by).order(by).df()
    if counted.empty:
        raise TableError("There are headings but no rows under them.")
    return counted


def _check_weights(picked: duckdb.DuckDBPyRelation, table: Table, place: int) -> None:
    wrong = picked.filter(f"weight is null or isnan(weight) or not weight between {LIGHTEST} and {HEAVIEST}")
    ((count, first),) = wrong.aggregate("count(*), min(row)").fetchall()
    if not count:
        return
    row, text = _in_file(table, place, first)
    more = f", and wrong in {count - 1:,} more" if count > 1 else ""
    what = f"'{text}'" if text else "empty"
    raise TableError(
        f"The weight '{table.headings[place]}' is {what} in row {row}{more}. "
        f"Every row needs a weight that is a number above nought{_beyond(text)}."
    )


def _beyond(text: str) -> str:
    """What is asked for besides, of a weight that is above nought."""
    try:
        return f", from {LIGHTEST:g} to {HEAVIEST:g}" if float(text) > 0 else ""
    except ValueError:
        return ""


def _in_file(table: Table, place: int, ordinal: int) -> tuple[int, str]:
    """Row as a spreadsheet counts it (the headings are row 1) and text of a cell of the nth row that was read."""
    read = -1  # the headings
    for row, cells in rows_of(table.file, table.name, first_row=1):
        read += bool(cells) or len(table.headings) == 1  # an empty line is no row, unless a row is one cell
        if read == ordinal:
            return row, "".join(cells[place : place + 1]).strip()
    return ordinal + 1, ""


def _plainly(fault: str) -> str:
    """DuckDB's complaint about a file, as a sentence."""
    line = re.search(r"CSV Error on Line: (\d+)", fault)
    cells = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", fault)
    if line and cells:
        return (
            f"Line {line[1]} has {cells[2]} cells where the headings are {cells[1]}. "
            "Complete the row, or put quotation marks round a cell that holds the delimiter."
        )
    where = f"Line {line[1]}" if line else "The file"
    return f"{where} cannot be read as a row of cells: a quotation mark may be left open, or a line is far too long."


def _listed(headings: Sequence[str]) -> str:
    shown = ", ".join(headings[:COLUMNS_SHOWN])
    more = len(headings) - COLUMNS_SHOWN
    return shown if more <= 0 else f"{shown} and {more:,} more"
