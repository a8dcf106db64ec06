"""A CSV written anew with one more column, each row as it was: what ``weigh`` gives back."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from data.sources.delimited import rows_of
from data.sources.tables import Table, TableError, opened_table


def columns_of(path: Path, names: Sequence[str]) -> tuple[list[int], list[list[str]]]:
    """The number of each row in the file, and the cells of some columns, a list a column. Raises as
    ``write_with_column``.
    """
    folder = TemporaryDirectory()
    with folder:
        table = opened_table(path, folder)
        places = [table.place(name) for name in names]
        rows = _rows(table)
        return [row for row, _ in rows], [[cells[place].strip() for _, cells in rows] for place in places]


def write_with_column(path: Path, out: Path, heading: str, values: Sequence[float], replace: bool = False) -> int:
    """Write the rows of a file to another with a column of numbers at the end; gives how many rows.

    The file appears whole or not at all. Raises TableError where the column or the new file is there already (unless
    ``replace``, which replaces the file) or it would be written over what is read; NotThere as the others.
    """
    if out.resolve() == path.resolve():
        raise TableError(f"{out.name} is the file that is read. Name another with --out.")
    if out.exists() and not replace:
        raise TableError(f"{out.name} is there already. Name another file, or add --replace.")
    folder = TemporaryDirectory()
    with folder:
        table = opened_table(path, folder)
        if heading in table.headings:
            raise TableError(f"{path.name} has a column '{heading}' already. Name another with --column.")
        unfinished = out.with_name(out.name + ".part")
        try:
            with unfinished.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, delimiter=table.file.delimiter, lineterminator="\n")
                writer.writerow([*table.headings, heading])
                for (_, cells), value in zip(_rows(table), values, strict=True):
                    writer.writerow([*cells, repr(value)])
            unfinished.replace(out)
        finally:
            unfinished.unlink(missing_ok=True)
    return len(values)


def _rows(table: Table) -> list[tuple[int, list[str]]]:
    """The rows under the headings, empty lines left out, each with as many cells as there are headings."""
    found = []
    read = [(row, list(cells)) for row, cells in rows_of(table.file, table.name, first_row=1) if cells]
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
