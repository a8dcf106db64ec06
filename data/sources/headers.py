"""Where the headings stand: below title rows, above a second row of wording, beside a base row at the bottom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from data.columns.faults import UnreadableFile, fault

MOST_COLUMNS = 1_000
SEARCHED = 40  # rows in which the headings must stand
FULL_ENOUGH = 0.6  # of the usual number of filled cells

_IMPORT_ID = re.compile(r'^\s*\{\s*"ImportId"')
_SECOND_ROW = {"response", "open-ended response", "open ended response", "other (please specify)"}
_BASE = re.compile(
    r"^\s*(un-?weighted |weighted )?(base|total|totals|sub-?total|grand total|sum|count|mean|average"
    r"|n ?= ?\d*|source|notes?|all respondents)"
    r"\b\s*([:=(-].*|\d[\d,.]*|\(.*\)|size.*|all .*|respondents.*|responses.*)?$",
    re.IGNORECASE,
)
_NOTE = re.compile(r"^\s*(source|notes?)\b", re.IGNORECASE)
_NUMERIC = re.compile(r"^-?[\d,.]+%?$")

Cells = Sequence[str]


@dataclass(frozen=True)
class Header:
    """The headings of a table: their row (the first is 1), a second row of wording, and where the answers begin."""

    row: int
    headings: tuple[str, ...]
    wordings: tuple[str, ...]
    first_row: int
    notes: tuple[str, ...] = ()


def header_of(rows: Sequence[Cells], file: str, header_row: int | None = None) -> Header:
    """The headings among the first rows of a table.

    Raises UnreadableFile where there are none, too many, or two alike.
    """
    place = header_row - 1 if header_row else _place(rows)
    if place is None or place >= len(rows) or not any(cell.strip() for cell in rows[place]):
        raise UnreadableFile(fault("no_table", file))
    cells = _trimmed(rows[place])
    if len(cells) > MOST_COLUMNS:
        raise UnreadableFile(fault("too_many_columns", file, found=f"{len(cells):,}", limit=f"{MOST_COLUMNS:,}"))
    header = _with_second_rows(cells, rows, place)
    _check_alike(header, file)
    return header


def is_base_row(cells: Cells) -> bool:
    """Whether a row is a base or total rather than a respondent: its first filled cell says so."""
    place, first = next(((at, cell) for at, cell in enumerate(cells) if cell and cell.strip()), (0, ""))
    # "Note: she rang again" in a later column carries on the notes of the row above.
    return bool(_BASE.match(first)) and not (place and _NOTE.match(first))


def column_letter(position: int) -> str:
    """A column as a spreadsheet names it.

    >>> column_letter(0), column_letter(25), column_letter(26)
    ('A', 'Z', 'AA')
    """
    letters, left = "", position + 1
    while left:
        left, place = divmod(left - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def _place(rows: Sequence[Cells]) -> int | None:
    """The first row that is about as full as the rows of the table are, and is made of words."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    usual = Counter(count for count in filled if count).most_common(3)
    if not usual:
        return None
    width = max(count for count, _ in usual)
    for place, row in enumerate(rows[:SEARCHED]):
        words = [cell for cell in row if cell.strip() and not _NUMERIC.match(cell.strip())]
        if filled[place] >= max(1, FULL_ENOUGH * width) and len(words) >= FULL_ENOUGH * filled[place]:
            return place
    return None


def _with_second_rows(cells: tuple[str, ...], rows: Sequence[Cells], place: int) -> Header:
    """The header with the further heading rows that Qualtrics and SurveyMonkey put below the first."""
    for ahead in (1, 2):
        if place + ahead < len(rows) and any(_IMPORT_ID.match(cell) for cell in rows[place + ahead]):
            wordings = _fitted(rows[place + 1], len(cells)) if ahead == 2 else ()
            note = f"{ahead} more rows of headings (Qualtrics) were taken as headings, not as answers."
            return Header(place + 1, _named(cells), wordings, place + 2 + ahead, (note,))
    below = _fitted(rows[place + 1], len(cells)) if place + 1 < len(rows) else ()
    told = [cell.strip().lower() for cell in below if cell.strip()]
    if (told and "response" in told) or "open-ended response" in told:
        note = "The second row of headings (SurveyMonkey) was taken as headings, not as answers."
        return Header(place + 1, _joined(cells, below), (), place + 3, (note,))
    return Header(place + 1, _named(cells), (), place + 2)


def _joined(cells: tuple[str, ...], below: tuple[str, ...]) -> tuple[str, ...]:
    """SurveyMonkey's headings: a question once, then its parts in the row below."""
    joined, above = [], ""
    for cell, part in zip(cells, below, strict=True):
        above = cell.strip() or above
        plain = not part.strip() or part.strip().lower() in _SECOND_ROW
        joined.append(above if cell.strip() and plain else f"{above}: {part.strip()}")
    return _named(joined)


def _named(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(cell.split()) or f"(column {column_letter(place)})" for place, cell in enumerate(cells))


def _trimmed(row: Cells) -> tuple[str, ...]:
    cells = list(row)
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)


def _fitted(row: Cells, width: int) -> tuple[str, ...]:
    return tuple((*row, *[""] * width)[:width])


def _check_alike(header: Header, file: str) -> None:
    places: dict[str, list[str]] = {}
    for place, heading in enumerate(header.headings):
        places.setdefault(heading.casefold(), []).append(column_letter(place))
    doubled = [
        fault("duplicate_heading", file, header.row, heading, places=", ".join(places[heading.casefold()]))
        for heading in dict.fromkeys(header.headings)
        if len(places[heading.casefold()]) > 1
    ]
    if doubled:
        raise UnreadableFile(*{problem.column.casefold(): problem for problem in doubled}.values())
