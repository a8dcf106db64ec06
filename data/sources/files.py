"""A file opened as a table of text: what it is, its headings and a sample; then its rows in a working table.

Columns of personal details are never loaded: of those only how many cells were filled.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from data.columns.codebooks import Codebook, codebook_of
from data.columns.faults import UnreadableFile, fault
from data.columns.kinds import EVERY_SHEET
from data.sources.delimited import Delimited, delimited
from data.sources.headers import Header, header_of
from data.sources.safety import base_name, kind_of
from data.sources.sheets import rows_of_sheets, sheets_alike
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
    def rival_sheets_all(self) -> tuple[str, ...]:
        """The sheet read and its rivals."""
        return (self.sheet, *self.rival_sheets)

    @property
    def headings(self) -> tuple[str, ...]:
        return self.header.headings


def open_file(
    path: Path,
    stack: ExitStack,
    likeness: Likeness,
    name: str = "",
    sheet: str = "",
    header_row: int | None = None,
    records: bool = False,
) -> Opened:
    """The file, opened after every safety check; temporary copies last as long as the stack.

    ``records``: of several sheets only those most like records are rivals, and sheet "*" reads every sheet with the
    same headings as one table. Raises UnreadableFile with the reason in plain words.
    """
    name = base_name(name or path.name)
    kind = kind_of(path, name)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if kind == "csv":
        return _open_text(path, name, sha256, stack, header_row)
    return _open_workbook(path, name, sha256, likeness, sheet, header_row, records)


def _open_text(path: Path, name: str, sha256: str, stack: ExitStack, header_row: int | None) -> Opened:
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
    path: Path, name: str, sha256: str, likeness: Likeness, sheet: str, header_row: int | None, records: bool
) -> Opened:
    book = workbook(path, name)
    names = visible_sheets(book)
    every = records and sheet == EVERY_SHEET
    tops = {each: _top(sheet_rows(sheet_of(book, each, name))) for each in ((sheet,) if sheet and not every else names)}
    chosen, rivals, notes = _choose(tops, likeness, name, "" if every else sheet, header_row, records)
    header = header_of(tops[chosen], name, header_row)
    alike = sheets_alike(tops, header, name, header_row) if every else {}
    sample = tuple(tuple(cells) for cells in tops[chosen][header.first_row - 1 :])
    if not sample:
        raise UnreadableFile(fault("header_only", name, value=chosen))
    others = [each for each in names if each != chosen and each not in rivals and each not in alike]
    read = ((each, tops.get(each) or _top(sheet_rows(sheet_of(book, each, name)))) for each in others)
    books = tuple(found for each, rows in read if (found := codebook_of(each, rows)))
    tables = {each: sheet_of(book, each, name) for each in alike or (chosen,)}
    if every:
        notes = (f"{len(alike)} sheets with the same headings were read as one table.",)
        sample = tuple(islice((tuple(cells) for _, cells in rows_of_sheets(tables, alike, header, names)), SAMPLE_ROWS))
    return Opened(
        name,
        sha256,
        path.stat().st_size,
        "xlsx",
        "",
        EVERY_SHEET if every else chosen,
        names,
        () if every else rivals,
        header,
        sample,
        books,
        (*notes, *header.notes),
        rows=lambda: rows_of_sheets(tables, alike, header, names) if every else sheet_rows(tables[chosen]),
    )


def _top(rows: Rows) -> list[list[str]]:
    return [cells for _, cells in islice(rows, SAMPLE_ROWS)]


def _choose(
    tops: dict[str, list[list[str]]],
    likeness: Likeness,
    name: str,
    sheet: str,
    header_row: int | None,
    records: bool = False,
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
    if records:
        most = max(alike[each] for each in best)
        best = [each for each in best if alike[each] == most]
    if not records and len(best) > 1 and (worded := _worded_twin(best, headers, tops)):
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
