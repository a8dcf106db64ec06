"""Several sheets of a workbook with the same headings, such as a tab per surveyor, read as one table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from python_calamine import CalamineSheet

from data.columns.faults import UnreadableFile
from data.sources.headers import Header, header_of
from data.sources.workbook import rows_of

ROWS_A_SHEET = 10_000_000  # rows of sheet n are numbered from n times this: more than a sheet can have


def sheets_alike(
    tops: Mapping[str, list[list[str]]], header: Header, name: str, header_row: int | None
) -> dict[str, Header]:
    """The sheets that have the same headings as this one, in whatever order they stand, with their own headers."""
    wanted = _folded(header)
    found: dict[str, Header] = {}
    for sheet, rows in tops.items():
        try:
            own = header_of(rows, name, header_row)
        except UnreadableFile:
            continue  # a sheet without a table: another sheet of the workbook
        if sorted(_folded(own)) == sorted(wanted):
            found[sheet] = own
    return found


def rows_of_sheets(
    tables: Mapping[str, CalamineSheet], headers: Mapping[str, Header], header: Header, names: Sequence[str]
) -> Iterator[tuple[int, list[str]]]:
    """Every row under the headings of every sheet, its cells in the order of one header. Its number is the place of the
    sheet times ``ROWS_A_SHEET``, and the row as the sheet shows it. Empty rows at a sheet's end are none."""
    for sheet, own in headers.items():
        order = [_folded(own).index(heading) for heading in _folded(header)]
        first = (names.index(sheet) + 1) * ROWS_A_SHEET
        empty: list[int] = []
        for row, cells in rows_of(tables[sheet]):
            if row < own.first_row:
                continue
            if not any(cell.strip() for cell in cells):
                empty.append(row)
                continue
            yield from ((first + each, []) for each in empty)
            empty.clear()
            yield first + row, [cells[at] if at < len(cells) else "" for at in order]


def _folded(header: Header) -> list[str]:
    return [heading.casefold() for heading in header.headings]
