"""A CSV written anew with columns of ours beside its own: what ``weigh`` and ``text read`` give back."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from data.sources.delimited import rows_of
from data.sources.tables import Table, TableError, opened_table


def columns_of(path: Path, names: Sequence[str]) -> tuple[list[int], list[list[str]]]:
    """The number of each row in the file, and the cells of some columns, a list a column. Raises as
    ``write_with_columns``.
    """
    folder = TemporaryDirectory()
    with folder:
        table = opened_table(path, folder)
        places = [table.place(name) for name in names]
        rows = _rows(table)
        return [row for row, _ in rows], [[cells[place].strip() for _, cells in rows] for place in places]


def headings_of(path: Path) -> tuple[str, ...]:
    """The headings of a file. Raises as ``write_with_columns``."""
    folder = TemporaryDirectory()
    with folder:
        return tuple(opened_table(path, folder).headings)


def write_with_columns(
    path: Path,
    out: Path,
    columns: Mapping[str, Sequence[str]],
    replace: bool = False,
    instead: Mapping[str, Sequence[str]] | None = None,
) -> int:
    """Write the rows of a file to another with columns at the end, heading → cells; gives how many rows.

    ``instead`` gives other cells for a column of the file. The new file appears whole or not at all. Raises TableError
    where a column or the new file is there already (unless ``replace``, which replaces the file) or it would be
    written over what is read; NotThere as the others.
    """
    if out.resolve() == path.resolve():
        raise TableError(f"{out.name} is the file that is read. Name another with --out.")
    if out.exists() and not replace:
        raise TableError(f"{out.name} is there already. Name another file, or add --replace.")
    folder = TemporaryDirectory()
    with folder:
        table = opened_table(path, folder)
        for heading in columns:
            if heading in table.headings:
                raise TableError(f"{path.name} has a column '{heading}' already. Name another column or take it out.")
        others = {table.place(heading): cells for heading, cells in (instead or {}).items()}
        unfinished = out.with_name(out.name + ".part")
        try:
            with unfinished.open("w", encoding="utf-8", newline="") as file:
                # The line end of CSV files, so that a cell with a lone return is put in quotation marks.
                writer = csv.writer(file, delimiter=table.file.delimiter, lineterminator="\r\n")
                writer.writerow([*table.headings, *columns])
                for i, ((_, cells), added) in enumerate(
                    zip(_rows(table), zip(*columns.values(), strict=True), strict=True)
                ):
                    kept = [others[place][i] if place in others else cell for place, cell in enumerate(cells)]
                    writer.writerow([*kept, *added])
            unfinished.replace(out)
        finally:
            unfinished.unlink(missing_ok=True)
    return len(next(iter(columns.values())))


def _rows(table: Table) -> list[tuple[int, list[str]]]:
    """The rows under the headings, empty lines left out, each with as many cells as there are headings."""
    found = []
    alone = len(table.headings) == 1  # an empty line is an empty cell where there is one column
    rows = rows_of(table.file, table.name, first_row=1)
    read = [(row, list(cells) or [""]) for row, cells in rows if cells or alone]
    for row, cells in read[1:]:
        if len(cells) != len(table.headings):
            raise TableError(
                f"Row {row} of {table.name} has {len(cells)} cells and there are {len(table.headings)} headings. "
                "Every row needs as many cells as there are headings."
            )
        found.append((row, cells))
    if not found:
        raise TableError("There are headings but no rows under them.")
    return found
