"""The rows of an opened file in a working table: three roads, one result.

A text file whose lines are plain is read by DuckDB alone. One that is not (an empty line, a ragged row, an open
quotation mark) is read row by row, each fault with its row, and what is whole goes the same way. A workbook is read row
by row.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, islice, takewhile
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from analysis.model import Problem
from data.columns.faults import fault
from data.sources.delimited import Delimited, rows_of
from data.sources.files import Opened, Rows
from data.sources.headers import is_base_row

BATCH = 10_000  # rows of a workbook at a time
LONGEST_ROW = 20_000_000  # bytes
PATTERN_SIGNS = re.compile(r"[*?\[\]{}]")  # in a path DuckDB would read them as a pattern for many files

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Loaded:
    """What a table of text came to: rows in the file, rows left out by rule, cells filled in columns not loaded."""

    rows_in: int
    left_out: dict[str, int]
    problems: tuple[Problem, ...]
    dropped_cells: dict[int, int] = field(default_factory=dict)


def load(opened: Opened, con: Connection, wanted: Sequence[int], counted: Sequence[int]) -> Loaded:
    """View ``raw``: ``row`` as a spreadsheet counts, and c0, c3 … as text for the columns wanted; NULL where empty.

    ``counted`` columns are not loaded: of them only the number of filled cells is taken. Raises UnreadableFile where a
    quotation mark is never closed.
    """
    if opened.text is None:
        return _load_sheet(opened, con, wanted, counted)
    if _is_plain(opened, opened.text):
        try:
            if loaded := _load_plain(opened, opened.text, con, wanted, counted):
                return loaded
        except duckdb.Error:
            pass  # not a regular table: it is read again row by row, which names each fault
        con.execute("drop view if exists raw")
        con.execute("drop table if exists cells")
    return _load_row_by_row(opened, opened.text, con, wanted, counted)


# ── Plain text, by DuckDB alone ──────────────────────────────────────────────────────────────────


def _is_plain(opened: Opened, text: Delimited) -> bool:
    """Whether each line up to the answers is a row, so that lines can be skipped, and no other is sure to be broken."""
    above = opened.header.first_row - 1
    lines = next((line for row, line, _ in text.sample if row == above), 0)
    return text.plain and lines == above and not PATTERN_SIGNS.search(str(text.path))


def _load_plain(
    opened: Opened, text: Delimited, con: Connection, wanted: Sequence[int], counted: Sequence[int]
) -> Loaded | None:
    """The table, or None where DuckDB did not read the first and last row as they stand."""
    first_row, width = opened.header.first_row, len(opened.headings)
    chosen = ", ".join(_chosen(wanted, counted)) or "1 as none"
    # Rows keep the file's order, so their numbers come from it: numbering while reading would use one processor only.
    _read(con, text.path, text.delimiter, text.line_end, first_row - 1, [f"c{place}" for place in range(width)], chosen)
    con.execute(f"create view raw as select rowid + {first_row} as row, * from cells")
    if not _same_ends(con, opened, text, wanted):
        return None
    rows, problems = _without_blank_rows(con, opened)
    base = min(rows, _base_rows(text.tail))
    last = rows + first_row - 1
    problems += [fault("base_row", opened.name, last - place) for place in reversed(range(base))]
    if base:
        con.execute("delete from cells where rowid >= ?", [rows - base])
    return Loaded(rows, _by_rule(problems), tuple(problems), _filled(con, counted))


def _chosen(wanted: Sequence[int], counted: Sequence[int]) -> list[str]:
    return [f"c{place}" for place in wanted] + [f"c{place} is not null as d{place}" for place in counted]


def _read(
    con: Connection, path: Path, delimiter: str, line_end: str, skip: int, names: Sequence[str], chosen: str
) -> None:
    """Table ``cells`` of a text file. Only positions are written into the statement.

    The line end is told: left to itself DuckDB takes one within quotation marks for the file's own.
    """
    columns = ", ".join(f"{name}: 'VARCHAR'" for name in names)
    con.execute(
        f"create table cells as select {chosen} "
        f"from read_csv($path, delim=$delimiter, quote='\"', escape='\"', header=false, skip={skip}, "
        f"auto_detect=false, new_line=$line_end, columns={{{columns}}}, max_line_size={LONGEST_ROW}, "
        "compression='none')",
        {"path": str(path), "delimiter": delimiter, "line_end": repr(line_end)[1:-1]},
    )


def _same_ends(con: Connection, opened: Opened, text: Delimited, wanted: Sequence[int]) -> bool:
    """Whether the first and the last row came out as Python reads them: a row lost at either end would be silent."""
    if not wanted:
        return True
    names = ", ".join(f"c{place}" for place in wanted)
    for expected, end in ((opened.sample[0], "min"), (text.tail[-1], "max")):
        found = con.execute(f"select {names} from cells where rowid = (select {end}(rowid) from cells)").fetchone()
        cells = [*expected, *[""] * len(opened.headings)]
        if found is None or list(found) != [cells[place] or None for place in wanted]:
            return False
    return True


def _without_blank_rows(con: Connection, opened: Opened) -> tuple[int, list[Problem]]:
    """How many rows there are, with a problem for each empty one; empty rows at the very end are no rows at all."""
    names = [name for (name,) in con.execute("select name from pragma_table_info('cells')").fetchall()]
    empty = " and ".join(f"not {name}" if name.startswith("d") else f"{name} is null" for name in names)
    found = [at for (at,) in con.execute(f"select rowid from cells where {empty} order by rowid").fetchall()]
    rows = _count(con)
    while found and found[-1] == rows - 1:
        rows = found.pop()
    con.execute(f"delete from cells where {empty}")
    return rows, [fault("blank_row", opened.name, at + opened.header.first_row) for at in found]


def _base_rows(tail: Sequence[Sequence[str]]) -> int:
    """How many rows at the bottom, above empty ones, are totals."""
    upwards = dropwhile(lambda cells: not any(cell.strip() for cell in cells), reversed(tail))
    return sum(1 for _ in takewhile(is_base_row, upwards))


# ── Row by row ───────────────────────────────────────────────────────────────────────────────────


def _load_row_by_row(
    opened: Opened, text: Delimited, con: Connection, wanted: Sequence[int], counted: Sequence[int]
) -> Loaded:
    """Whole rows, copied with their numbers to a plain file that DuckDB then reads."""
    sieve = _Sieve(opened)
    with TemporaryDirectory(prefix="tenant-voice-") as folder:
        copy = Path(folder) / "whole.csv"
        with copy.open("w", encoding="utf-8", newline="") as out:
            rows = sieve.kept(rows_of(text, opened.name, opened.header.first_row))
            csv.writer(out).writerows([row, *cells] for row, cells in rows)
        names = ["row", *(f"c{place}" for place in range(len(opened.headings)))]
        _read(con, copy, ",", "\r\n", 0, names, ", ".join(["row::BIGINT as row", *_chosen(wanted, counted)]))
    con.execute("create view raw as select * from cells")
    return _loaded(con, sieve, counted)


def _load_sheet(opened: Opened, con: Connection, wanted: Sequence[int], counted: Sequence[int]) -> Loaded:
    if opened.rows is None:
        raise ValueError("An opened file has text or rows.")
    names = [f"c{place} VARCHAR" for place in wanted] + [f"d{place} BOOLEAN" for place in counted]
    con.execute(f"create table cells ({', '.join(['row BIGINT', *names])})")
    sieve = _Sieve(opened)
    rows = sieve.kept(opened.rows())
    while batch := list(islice(rows, BATCH)):
        arrays = [pa.array([row for row, _ in batch], pa.int64())]
        arrays += [pa.array([cells[place] or None for _, cells in batch], pa.string()) for place in wanted]
        arrays += [pa.array([bool(cells[place].strip()) for _, cells in batch], pa.bool_()) for place in counted]
        con.register("batch", pa.table(arrays, names=["row", *names]))
        con.execute("insert into cells select * from batch")
        con.unregister("batch")
    con.execute("create view raw as select * from cells")
    return _loaded(con, sieve, counted)


def _loaded(con: Connection, sieve: _Sieve, counted: Sequence[int]) -> Loaded:
    problems = tuple(sieve.problems)
    return Loaded(_count(con) + len(problems), _by_rule(problems), problems, _filled(con, counted))


def _by_rule(problems: Sequence[Problem]) -> dict[str, int]:
    return dict(Counter(problem.rule for problem in problems))


class _Sieve:
    """Lets whole rows through and keeps a problem for each row it holds back."""

    def __init__(self, opened: Opened) -> None:
        self._opened, self._width = opened, len(opened.headings)
        self.problems: list[Problem] = []

    def kept(self, rows: Rows) -> Rows:
        """The rows that are respondents. Empty rows at the very end are not rows of the file at all."""
        empty: list[int] = []
        for row, cells in rows:
            if row < self._opened.header.first_row:
                continue
            if not any(cell and not cell.isspace() for cell in cells):
                empty.append(row)
                continue
            self.problems += [fault("blank_row", self._opened.name, each) for each in empty]
            empty.clear()
            if problem := self._fault(row, cells):
                self.problems.append(problem)
                continue
            yield row, cells if len(cells) == self._width else self._fitted(cells)

    def _fitted(self, cells: list[str]) -> list[str]:
        return (cells + [""] * self._width)[: self._width]

    def _fault(self, row: int, cells: list[str]) -> Problem | None:
        if is_base_row(cells):
            return fault("base_row", self._opened.name, row)
        if len(cells) == self._width:
            return None
        if any(cell.strip() for cell in cells[self._width :]):
            return fault("too_many_cells", self._opened.name, row, found=len(cells), expected=self._width)
        if self._opened.text and len(cells) < self._width:
            return fault("too_few_cells", self._opened.name, row, found=len(cells), expected=self._width, last="")
        return None


def _count(con: duckdb.DuckDBPyConnection) -> int:
    found = con.execute("select count(*) from raw").fetchone()
    return int(found[0]) if found else 0


def _filled(con: duckdb.DuckDBPyConnection, counted: Sequence[int]) -> dict[int, int]:
    if not counted:
        return {}
    sums = ", ".join(f"coalesce(sum(d{place}::int), 0)" for place in counted)
    found = con.execute(f"select {sums} from raw").fetchone()  # positions only
    return dict(zip(counted, (int(each) for each in found or ()), strict=True))
