"""A file opened as a table of text: what it is, its headings and a sample; then its rows in a working table.

Columns of personal details are never loaded: of those only how many cells were filled.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import dropwhile, islice, takewhile
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from analysis.model import Problem
from data.columns.codebooks import Codebook, codebook_of
from data.columns.faults import UnreadableFile, fault
from data.sources.delimited import Delimited, delimited, rows_of
from data.sources.headers import Header, header_of, is_base_row
from data.sources.safety import base_name, kind_of
from data.sources.workbook import SAMPLE_ROWS, sheet_of, visible_sheets, workbook
from data.sources.workbook import rows_of as sheet_rows

BATCH = 50_000  # rows a batch
LONGEST_ROW = 20_000_000  # bytes
PATTERN_SIGNS = re.compile(r"[*?\[\]{}]")  # in a path DuckDB would read them as a pattern for many files
Rows = Iterator[tuple[int, list[str]]]
Likeness = Callable[[Sequence[str]], int]  # how many measures a row of headings names


@dataclass(frozen=True)
class Opened:
    """A file opened and found safe. ``sample``: cells of the first rows under the headings, one tuple a row."""

    name: str
    sha256: str
    bytes: int
    kind: str
    encoding: str
    sheet: str
    sheets: tuple[str, ...]
    rival_sheets: tuple[str, ...]  # other sheets that look like answers just as much
    header: Header
    sample: tuple[tuple[str, ...], ...]
    codebooks: tuple[Codebook, ...]
    notes: tuple[str, ...]
    text: Delimited | None = None
    rows: Callable[[], Rows] | None = None  # every row, of a workbook

    @property
    def headings(self) -> tuple[str, ...]:
        return self.header.headings


@dataclass(frozen=True)
class Loaded:
    """What a table of text came to: rows in the file, rows left out by rule, cells filled in columns not loaded."""

    rows_in: int
    left_out: dict[str, int]
    problems: tuple[Problem, ...]
    dropped_cells: dict[int, int] = field(default_factory=dict)


def open_file(
    path: Path, stack: ExitStack, likeness: Likeness, name: str = "", sheet: str = "", header_row: int | None = None
) -> Opened:
    """The file, opened after every safety check; temporary copies last as long as the stack.

    Raises UnreadableFile with the reason in plain words.
    """
    name = base_name(name or path.name)
    kind = kind_of(path, name)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    opener = _open_text if kind == "csv" else _open_workbook
    return opener(path, name, sha256, stack, likeness, sheet, header_row)


def _open_text(
    path: Path, name: str, sha256: str, stack: ExitStack, likeness: Likeness, sheet: str, header_row: int | None
) -> Opened:
    folder = TemporaryDirectory(prefix="tenant-voice-")
    stack.callback(folder.cleanup)
    text = delimited(path, name, folder)
    header = header_of([cells for _, _, cells in text.sample[:SAMPLE_ROWS]], name, header_row)
    sample = tuple(cells for row, _, cells in text.sample[:SAMPLE_ROWS] if row >= header.first_row)
    if not sample:
        raise UnreadableFile(fault("header_only", name))
    return Opened(
        name, sha256, path.stat().st_size, "csv", text.encoding, "", (), (), header, sample, (), header.notes, text
    )


def _open_workbook(
    path: Path, name: str, sha256: str, stack: ExitStack, likeness: Likeness, sheet: str, header_row: int | None
) -> Opened:
    book = workbook(path, name)
    names = visible_sheets(book)
    tops = {each: _top(sheet_rows(sheet_of(book, each, name))) for each in ((sheet,) if sheet else names)}
    chosen, rivals, notes = _choose(tops, likeness, name, sheet, header_row)
    header = header_of(tops[chosen], name, header_row)
    sample = tuple(tuple(cells) for cells in tops[chosen][header.first_row - 1 :])
    if not sample:
        raise UnreadableFile(fault("header_only", name, value=chosen))
    others = [each for each in names if each != chosen and each not in rivals]
    read = ((each, tops.get(each) or _top(sheet_rows(sheet_of(book, each, name)))) for each in others)
    books = tuple(found for each, rows in read if (found := codebook_of(each, rows)))
    table = sheet_of(book, chosen, name)
    return Opened(
        name,
        sha256,
        path.stat().st_size,
        "xlsx",
        "",
        chosen,
        names,
        rivals,
        header,
        sample,
        books,
        (*notes, *header.notes),
        rows=lambda: sheet_rows(table),
    )


def _top(rows: Rows) -> list[list[str]]:
    return [cells for _, cells in islice(rows, SAMPLE_ROWS)]


def _choose(
    tops: dict[str, list[list[str]]], likeness: Likeness, name: str, sheet: str, header_row: int | None
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The sheet with the answers, its rivals, and what to say of the choice."""
    if sheet:
        return sheet, (), ()
    headers = {each: header for each, rows in tops.items() if (header := _header_or_none(rows, name, header_row))}
    if not headers:
        first = next(iter(tops), "")
        header_of(tops.get(first, []), name, header_row)  # raises, naming what is wrong with it
    alike = {each: likeness(header.headings + header.wordings) for each, header in headers.items()}
    filled = {each: len(tops[each]) - header.first_row + 1 for each, header in headers.items()}
    best = [each for each in headers if alike[each] and filled[each] > 0] or _largest(filled)
    if len(best) > 1 and (worded := _worded_twin(best, headers, tops)):
        others = ", ".join(f"'{each}'" for each in best if each != worded)
        note = f"Sheet '{worded}' was read: it holds the same respondents as {others}, in words instead of codes."
        return worded, (), (note,)
    note = f"Sheet '{best[0]}' was read." if len(tops) > 1 else ""
    return best[0], tuple(best[1:]), (note,) if note else ()


def _largest(filled: dict[str, int]) -> list[str]:
    return [each for each, rows in filled.items() if rows == max(filled.values())]


def _header_or_none(rows: list[list[str]], name: str, header_row: int | None) -> Header | None:
    """The header of a sheet that may hold none: another sheet may hold the answers."""
    try:
        return header_of(rows, name, header_row)
    except UnreadableFile:
        return None


def _worded_twin(sheets: Sequence[str], headers: dict[str, Header], tops: dict[str, list[list[str]]]) -> str | None:
    """The sheet that holds the same respondents as the others, row by row, in words where they have codes."""
    if len(sheets) != 2 or headers[sheets[0]].headings != headers[sheets[1]].headings:
        return None
    first, second = (tops[each][headers[each].first_row - 1 :] for each in sheets)
    if len(first) != len(second) or not first:
        return None
    pairs = [
        (place, one.strip(), two.strip())
        for left, right in zip(first, second, strict=True)
        for place, (one, two) in enumerate(zip(left, right, strict=False))
        if one.strip() != two.strip()
    ]
    for worded, (words, code) in ((sheets[0], (1, 2)), (sheets[1], (2, 1))):
        meanings: dict[tuple[int, str], set[str]] = {}
        for pair in pairs:
            meanings.setdefault((pair[0], str(pair[code])), set()).add(str(pair[words]))
        words_only = all(not str(pair[words]).isdigit() and str(pair[code]).isdigit() for pair in pairs)
        if pairs and words_only and all(len(said) == 1 for said in meanings.values()):
            return worded
    return None


# ── Rows into a working table ────────────────────────────────────────────────────────────────────


def load(opened: Opened, con: duckdb.DuckDBPyConnection, wanted: Sequence[int], counted: Sequence[int]) -> Loaded:
    """View ``raw``: ``row`` as a spreadsheet counts, and c0, c3 … as text for the columns wanted; NULL where empty.

    ``counted`` columns are not loaded: of them only the number of filled cells is taken.
    """
    if opened.text and opened.text.plain and not PATTERN_SIGNS.search(str(opened.text.path)):
        try:
            return _load_plain(opened, opened.text, con, wanted, counted)
        except duckdb.Error:
            con.execute("drop table if exists cells")  # not a regular table: read again row by row, naming each fault
    return _load_rows(opened, con, wanted, counted)


def _load_plain(
    opened: Opened, text: Delimited, con: duckdb.DuckDBPyConnection, wanted: Sequence[int], counted: Sequence[int]
) -> Loaded:
    width, first_row = len(opened.headings), opened.header.first_row
    skip = next((line for row, line, _ in text.sample if row == first_row - 1), 0)
    columns = ", ".join(f"c{place}: 'VARCHAR'" for place in range(width))
    chosen = [f"c{place}" for place in wanted] + [f"c{place} is not null as d{place}" for place in counted]
    # Only positions are written into the statement; path and delimiter are parameters. Rows keep the file's order, so
    # their numbers come from it: numbering them while reading would read on one processor only.
    con.execute(
        f"create table cells as select {', '.join(chosen) or '1 as none'} "
        f"from read_csv($path, delim=$delimiter, quote='\"', escape='\"', header=false, skip={skip}, "
        f"auto_detect=false, columns={{{columns}}}, max_line_size={LONGEST_ROW}, compression='none')",
        {"path": str(text.path), "delimiter": text.delimiter},
    )
    con.execute(f"create view raw as select rowid + {first_row} as row, * from cells")
    rows = _without_blank_end(con, text.tail)
    base = min(rows, _base_rows(text.tail))
    last = rows + first_row - 1
    problems = tuple(fault("base_row", opened.name, last - place) for place in reversed(range(base)))
    if base:
        con.execute("delete from cells where rowid >= ?", [rows - base])
    return Loaded(rows, {"base_row": base} if base else {}, problems, _filled(con, counted))


def _without_blank_end(con: duckdb.DuckDBPyConnection, tail: Sequence[Sequence[str]]) -> int:
    """How many rows there are once rows of empty cells at the very end, which no one filled in, are gone."""
    if not tail or any(cell.strip() for cell in tail[-1]):
        return _count(con)
    names = [name for (name,) in con.execute("select name from pragma_table_info('cells')").fetchall()]
    filled = " or ".join(name if name.startswith("d") else f"{name} is not null" for name in names)
    last = con.execute(f"select coalesce(max(rowid), -1) from cells where {filled}").fetchall()[0][0]
    con.execute("delete from cells where rowid > ?", [last])
    return int(last) + 1


def _load_rows(opened: Opened, con: duckdb.DuckDBPyConnection, wanted: Sequence[int], counted: Sequence[int]) -> Loaded:
    names = [f"c{place}" for place in wanted]
    con.execute(f"create table cells (row BIGINT{''.join(f', {name} VARCHAR' for name in names)})")
    sieve = _Sieve(opened, counted)
    rows = sieve.kept(_all_rows(opened))
    while batch := list(islice(rows, BATCH)):
        arrays = [pa.array([row for row, _ in batch], pa.int64())]
        arrays += [pa.array([cells[place] or None for _, cells in batch], pa.string()) for place in wanted]
        con.register("batch", pa.table(arrays, names=["row", *names]))
        con.execute("insert into cells select * from batch")
        con.unregister("batch")
    con.execute("create view raw as select * from cells")
    left_out: dict[str, int] = {}
    for problem in sieve.problems:
        left_out[problem.rule] = left_out.get(problem.rule, 0) + 1
    return Loaded(_count(con) + len(sieve.problems), left_out, tuple(sieve.problems), sieve.filled)


def _all_rows(opened: Opened) -> Rows:
    if opened.rows:
        return opened.rows()
    if opened.text:
        return rows_of(opened.text, opened.name, opened.header.first_row)
    raise ValueError("An opened file has text or sheets.")


class _Sieve:
    """Lets whole rows through and keeps a problem for each row it holds back."""

    def __init__(self, opened: Opened, counted: Sequence[int]) -> None:
        self._opened, self._counted = opened, counted
        self.problems: list[Problem] = []
        self.filled = dict.fromkeys(counted, 0)

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
            whole = cells + [""] * (len(self._opened.headings) - len(cells))
            for place in self._counted:
                self.filled[place] += bool(whole[place].strip())
            yield row, whole

    def _fault(self, row: int, cells: list[str]) -> Problem | None:
        width = len(self._opened.headings)
        if is_base_row(cells):
            return fault("base_row", self._opened.name, row)
        if any(cell.strip() for cell in cells[width:]):
            return fault("too_many_cells", self._opened.name, row, found=len(cells), expected=width)
        if self._opened.kind == "csv" and len(cells) < width:
            return fault("too_few_cells", self._opened.name, row, found=len(cells), expected=width, last="")
        return None


def _base_rows(tail: Sequence[Sequence[str]]) -> int:
    """How many rows at the bottom, above empty ones, are totals."""
    upwards = dropwhile(lambda cells: not any(cell.strip() for cell in cells), reversed(tail))
    return sum(1 for _ in takewhile(is_base_row, upwards))


def _count(con: duckdb.DuckDBPyConnection) -> int:
    found = con.execute("select count(*) from raw").fetchone()
    return int(found[0]) if found else 0


def _filled(con: duckdb.DuckDBPyConnection, counted: Sequence[int]) -> dict[int, int]:
    if not counted:
        return {}
    sums = ", ".join(f"coalesce(sum(d{place}::int), 0)" for place in counted)
    found = con.execute(f"select {sums} from raw").fetchone()  # positions only
    return dict(zip(counted, (int(each) for each in found or ()), strict=True))
