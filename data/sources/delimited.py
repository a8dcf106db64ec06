"""Text files: their encoding, their delimiter, and their cells as text."""

from __future__ import annotations

import codecs
import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from data.columns.faults import UnreadableFile, fault

DELIMITERS = ",;\t|^~\x1f"
CHUNK = 4_000_000  # bytes read at a time
SAMPLE = 2_000_000  # characters looked at to find delimiter, headings and what columns hold
TAIL = 64_000  # bytes looked at for a base row at the bottom

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LONE_RETURN = re.compile(rb"\r(?!\n)")
csv.field_size_limit(10_000_000)


@dataclass(frozen=True)
class Delimited:
    """A text file ready to be read: UTF-8 on disk, its delimiter, and whether every line is sure to be one row.

    ``sample`` holds (row, last line, cells) of the first rows; ``tail`` the cells of the last ones.
    """

    path: Path
    encoding: str
    delimiter: str
    plain: bool  # no blank lines and one kind of line end: DuckDB counts its rows as a spreadsheet does
    sample: tuple[tuple[int, int, tuple[str, ...]], ...]
    tail: tuple[tuple[str, ...], ...]
    line_end: str = "\n"


def delimited(path: Path, name: str, folder: TemporaryDirectory[str]) -> Delimited:
    """A text file, decoded. ``folder`` holds the decoded copy of a file that is not UTF-8.

    Raises UnreadableFile for NUL bytes.
    """
    encoding = encoding_of(path, name)
    decoded = path if encoding in ("utf-8", "utf-8-sig") else _decoded(path, encoding, folder)
    plain = _checked(decoded, name)
    text, whole = _start(decoded)
    if not text.strip():
        raise UnreadableFile(fault("empty_file", name))  # a byte order mark alone
    delimiter = delimiter_of(text)
    sample = tuple(_records(text, delimiter, whole))
    width = Counter(len(cells) for _, _, cells in sample).most_common(1)[0][0] if sample else 1
    return Delimited(decoded, encoding, delimiter, plain, sample, _tail(decoded, delimiter, width), line_end_of(text))


def encoding_of(path: Path, name: str) -> str:
    """utf-8, utf-8-sig, utf-16, utf-16-le, utf-16-be or cp1252: by byte order mark, by NULs, by strict decoding."""
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return encoding
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) > 0.3 * len(start) / 2 and min(even, odd) < 0.05 * len(start) / 2:
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8" if _decodes(path, "utf-8") else "cp1252" if _decodes(path, "cp1252") else "latin-1"


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(path: Path, encoding: str, folder: TemporaryDirectory[str]) -> Path:
    copy = Path(folder.name) / "decoded.csv"
    # A lone half of a UTF-16 pair at the end of a cut file becomes U+FFFD and is seen, not lost.
    with (
        path.open(encoding=encoding, errors="replace", newline="") as file,
        copy.open("w", encoding="utf-8", newline="") as out,
    ):
        while chunk := file.read(CHUNK):
            out.write(chunk)
    return copy


def _checked(path: Path, name: str) -> bool:
    """Whether lines are plain: no empty lines between the first and the last, and no lone returns.

    Raises UnreadableFile at the first NUL byte.
    """
    blank_at, last_at, offset, before = -1, -1, 0, b"\n"
    lone_returns = False
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if (place := chunk.find(b"\0")) >= 0:
                raise UnreadableFile(fault("nul_bytes", name, _line_at(path, offset + place)))
            returns = b"\r" in chunk
            if blank_at < 0:
                blank_at = _blank_line(before, chunk, offset, returns)
            lone_returns = lone_returns or (returns and bool(_LONE_RETURN.search(before[-1:] + chunk[:-1])))
            if kept := len(chunk.rstrip()) if chunk[-1:].isspace() else len(chunk):
                last_at = offset + kept
            offset, before = offset + len(chunk), chunk[-2:]
    if last_at < 0:
        raise UnreadableFile(fault("empty_file", name))
    return not 0 <= blank_at < last_at and not lone_returns


def _line_at(path: Path, offset: int) -> int:
    with path.open("rb") as file:
        return file.read(offset).count(b"\n") + 1


def _blank_line(before: bytes, chunk: bytes, offset: int, returns: bool) -> int:
    """Where the first empty line of this chunk begins in the file, or -1; ``before`` is what stands just before it."""
    seam = before + chunk[:2]
    if b"\n\n" in seam or b"\n\r\n" in seam:
        return offset
    places = (chunk.find(b"\n\n"), chunk.find(b"\n\r\n") if returns else -1)
    return min((offset + place for place in places if place >= 0), default=-1)


def _start(path: Path) -> tuple[str, bool]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        text = file.read(SAMPLE)
        return text, not file.read(1)


def line_end_of(text: str) -> str:
    """What ends the first line: a line feed, with or without a return before it, or a return alone."""
    first = text.find("\n")
    if first < 0:
        return "\r" if "\r" in text else "\n"
    return "\r\n" if text[first - 1 : first] == "\r" else "\n"


def delimiter_of(text: str) -> str:
    """The delimiter that cuts most rows into the same number of cells, and into many."""
    if named := re.match(r"sep=(.)\r?\n", text):
        return named[1]
    return max(DELIMITERS, key=lambda mark: _evenness(text[:300_000], mark))


def _evenness(text: str, delimiter: str) -> float:
    widths: Counter[int] = Counter()
    for _, _, cells in _records(text, delimiter, whole=True):
        widths[len(cells)] += 1
        if sum(widths.values()) >= 300:
            break
    width, rows = max(widths.items(), key=lambda item: (item[0] > 1) * item[1] * math.sqrt(item[0]), default=(1, 0))
    return 0.0 if width < 2 else rows / sum(widths.values()) * math.sqrt(width)


def _records(text: str, delimiter: str, whole: bool) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """(row, last line, cells); a last record that may be cut off is left out unless the text is whole."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    held: tuple[int, int, tuple[str, ...]] | None = None
    for row, cells in enumerate(reader, start=1):
        if held:
            yield held
        held = (row, reader.line_num, tuple(cells))
    if held and whole:
        yield held


def _tail(path: Path, delimiter: str, width: int) -> tuple[tuple[str, ...], ...]:
    """The last rows. The cut may fall inside quotation marks: of both readings, the one with more whole rows counts."""
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - TAIL))
        text = file.read().decode("utf-8", errors="replace").rstrip("\r\n")
    if size <= TAIL:
        return tuple(cells for _, _, cells in _records(text.removeprefix("\ufeff"), delimiter, whole=True))
    lines = text.split("\n", 1)[-1]
    readings = [tuple(cells for _, _, cells in _records(start + lines, delimiter, whole=True)) for start in ("", '"')]
    return max(readings, key=lambda rows: sum(len(cells) == width for cells in rows))


def rows_of(file: Delimited, name: str, first_row: int) -> Iterator[tuple[int, list[str]]]:
    """Every row from this one on, one at a time: for files whose lines are not plain.

    Raises UnreadableFile for a quotation mark that is never closed.
    """
    with file.path.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text, delimiter=file.delimiter, strict=True)
        row = 0
        try:
            for row, cells in enumerate(reader, start=1):  # row is named in the fault below
                if row >= first_row:
                    yield row, cells
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                raise UnreadableFile(fault("open_quote", name, row + 1)) from error
            raise UnreadableFile(fault("bad_quotes", name, row + 1)) from error
