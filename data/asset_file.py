"""A file of assets (groups, halls, skills …): every fault named by its row, and nothing kept of a bad file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from analysis.model import Problem
from data.assets import CannotKeep, Words, asset_kinds, checked, kind_of
from data.columns.faults import UnreadableFile
from data.estates import nearest
from data.sources.tables import NotThere, TableError
from data.sources.weighted import columns_of, headings_of

COLUMNS = ("kind", "name", "estate", "about")
OWNER = "whoever keeps the asset register"


def read_assets(
    path: Path, estates: Iterable[str], there: Iterable[Words] = (), name: str = ""
) -> tuple[tuple[Words, ...], tuple[Problem, ...]]:
    """The assets of a CSV with the columns kind, name, estate and about, and every problem of its rows.

    ``there``: what the register holds already. Where there is any problem, nothing of the file may be kept. Capitals
    in headings do not matter; other columns are not read. A file that cannot be read is one problem of the file.
    """
    file = name or path.name
    try:
        headings = {heading.casefold(): heading for heading in headings_of(path)}
        missing = [column for column in COLUMNS[:2] if column not in headings]
        if missing:
            return (), (_of_file(file, f"has no column {' and no column '.join(missing)}"),)
        held = [headings[column] for column in COLUMNS if column in headings]
        numbers, columns = columns_of(path, held)
    except (TableError, NotThere, UnreadableFile) as fault:
        return (), (_of_file(file, str(fault)),)
    cells = dict(zip((heading.casefold() for heading in held), columns, strict=True))
    rows = [
        (number, {column: str(cells[column][at] or "").strip() if column in cells else "" for column in COLUMNS})
        for at, number in enumerate(numbers)
    ]
    if not rows:
        return (), (_of_file(file, "has no row under its headings"),)
    return _read(file, rows, tuple(estates), {words.same: "in the register" for words in there})


def _read(
    file: str, rows: Sequence[tuple[int, dict[str, str]]], estates: tuple[str, ...], seen: dict[tuple[str, str], str]
) -> tuple[tuple[Words, ...], tuple[Problem, ...]]:
    by_fold = {estate.casefold(): estate for estate in estates}
    found, problems = [], []
    for number, row in rows:
        estate = by_fold.get(row["estate"].casefold(), row["estate"])
        words = Words(kind_of(row["kind"]) or "", row["name"], estate, row["about"])
        faults = list(_faults(file, number, row, words, by_fold, seen))
        problems += faults
        if not faults:
            seen[words.same] = f"in row {number}"
            found.append(words)
    return (() if problems else tuple(found)), tuple(problems)


def _faults(
    file: str,
    number: int,
    row: dict[str, str],
    words: Words,
    estates: dict[str, str],
    seen: dict[tuple[str, str], str],
) -> Iterator[Problem]:
    if not words.kind:
        kinds = ", ".join(kind.title for kind in asset_kinds().values())
        what = "It is no kind of asset." if row["kind"] else "The kind is empty."
        yield _of_row(file, number, "kind", row["kind"], what, f"Write one of: {kinds}.")
        return
    if words.estate and words.estate not in estates.values():
        near, _ = nearest(words.estate, estates.values())
        offered = f" Perhaps {near}?" if near else ""
        remedy = f"Write the estate as the list of homes does, or leave it empty for the whole landlord.{offered}"
        yield _of_row(file, number, "estate", row["estate"], "There is no such estate.", remedy)
        return
    if words.same in seen:
        what = f"It is {seen[words.same]} already."
        yield _of_row(file, number, "name", row["name"], what, "Leave one of them.")
        return
    try:
        checked(words, estates.values())
    except CannotKeep as fault:
        column = "name" if not words.name or len(words.name) > len(words.about) else "about"
        yield _of_row(file, number, column, "", str(fault), "Put it right in the file, then bring it in again.")


def _of_row(file: str, number: int, column: str, value: str, what: str, remedy: str) -> Problem:
    return Problem(file, number, column, value[:60], f"asset_{column}", what, remedy, OWNER, "file")


def _of_file(file: str, what: str) -> Problem:
    remedy = f"Give a CSV with the columns {', '.join(COLUMNS)}; estate and about may be empty."
    return Problem(file, None, "", "", "asset_file", what, remedy, OWNER, "file")
