"""The management measures as somebody entered them, in SQLite beside the store: all are kept, the last is used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from analysis.model import Entry, ManagementMeasure
from data.columns.faults import UnreadableFile
from data.notebook import opened
from data.registers import management_measures
from data.sources.tables import NotThere, TableError, headings_of
from data.sources.weighted import columns_of

COLUMNS, YEAR = ("code", "numerator", "denominator"), "year"
Row = tuple[str, str, float, float]  # code, tenure group, numerator, denominator
_SCHEMA = (
    "create table if not exists entries (n integer primary key, year text not null, code text not null, "
    "tenure_group text not null, numerator real not null, denominator real not null, by text not null, "
    "at text not null)"
)


class CannotEnter(ValueError):
    """A value cannot be entered; the message says what was found and how to put it right."""


class Entries:
    """What was entered for one store."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "management.sqlite"

    def of(self, year: str) -> dict[tuple[str, str], Entry]:
        """The entry in use for each value of a year: code and tenure group."""
        found: dict[tuple[str, str], Entry] = {}
        for row in self._rows("where year = ? order by n", (year,)):
            found[row.code, row.tenure_group] = row
        return found

    def history(self, year: str) -> tuple[Entry, ...]:
        """Every entry of a year, newest first."""
        return tuple(reversed(self._rows("where year = ? order by n", (year,))))

    def enter(
        self,
        year: str,
        code: str,
        tenure_group: str,
        numerator: float,
        denominator: float,
        by: str,
        now: datetime | None = None,
    ) -> Entry:
        """Keep one value: both numbers and a name. Raises CannotEnter."""
        return self.enter_all(year, [(code, tenure_group, numerator, denominator)], by, now)[0]

    def enter_all(self, year: str, rows: Sequence[Row], by: str, now: datetime | None = None) -> tuple[Entry, ...]:
        """Keep every value, or none where one of them cannot be entered. Raises CannotEnter."""
        at = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
        entries = tuple(_checked(year, row, by, at) for row in rows)
        with opened(self._file, _SCHEMA) as connection:
            connection.execute("begin immediate")
            connection.executemany(
                "insert into entries (year, code, tenure_group, numerator, denominator, by, at) "
                "values (?, ?, ?, ?, ?, ?, ?)",
                [(e.year, e.code, e.tenure_group, e.numerator, e.denominator, e.by, e.at) for e in entries],
            )
            connection.execute("commit")
        return entries

    def undo(self, year: str) -> Entry:
        """Take the last entry of a year back; the one before it is in use again. Raises CannotEnter for none."""
        rows = self._rows("where year = ? order by n", (year,))
        if not rows:
            raise CannotEnter(f"Nothing has been entered for {year}, so there is nothing to take back.")
        with opened(self._file, _SCHEMA) as connection:
            connection.execute("delete from entries where n = (select max(n) from entries where year = ?)", (year,))
        return rows[-1]

    def _rows(self, where: str, values: tuple[object, ...]) -> list[Entry]:
        if not self._file.exists():
            return []
        with opened(self._file, _SCHEMA) as connection:
            found = connection.execute(
                f"select year, code, tenure_group, numerator, denominator, by, at from entries {where}", values
            ).fetchall()
        return [Entry(*row) for row in found]


def _checked(year: str, row: Row, by: str, at: str) -> Entry:
    code, tenure_group, numerator, denominator = row
    measure = measure_of(year, code)
    if tenure_group not in measure.tenures:
        raise CannotEnter(f"{code} is reported for {', '.join(measure.tenures)}, not for {tenure_group}.")
    if not by.strip():
        raise CannotEnter("A name is needed: who enters this.")
    for name, number in (("numerator", numerator), ("denominator", denominator)):
        if not 0 <= number < float("inf"):
            raise CannotEnter(f"The {name} of {code} is {number}. It must be a number from 0 up.")
    return Entry(year, code, tenure_group, float(numerator), float(denominator), by.strip(), at)


def measure_of(year: str, code: str) -> ManagementMeasure:
    """The measure of a code as a year's register has it. Raises CannotEnter naming those there are."""
    register = management_measures(year)
    found = next((measure for measure in register if measure.code == code), None)
    if found is None:
        raise CannotEnter(f"There is no '{code}'. There are: {', '.join(measure.code for measure in register)}.")
    return found


def read_entries(path: Path, year: str) -> tuple[Row, ...]:
    """Code, tenure group, numerator and denominator of each row of a CSV with the columns code, numerator, denominator.

    A code reported for two tenure groups has it behind a space: "CH01_1 LCHO". A bare percentage is no row: both
    numbers have to be there. Where there is a column year, every row must say this year. Raises CannotEnter naming the
    row, also where a value stands in two; nothing is kept here.
    """
    try:
        rows, columns = columns_of(path, COLUMNS)
        years = columns_of(path, (YEAR,))[1][0] if YEAR in headings_of(path) else [year] * len(rows)
    except (TableError, NotThere, UnreadableFile) as fault:
        raise CannotEnter(f"{path.name}: {fault} It needs the columns {', '.join(COLUMNS)}.") from fault
    found: dict[tuple[str, str], tuple[int, Row]] = {}
    for row, named, said, above, below in zip(rows, years, *columns, strict=True):
        where = f"{path.name}, row {row}"
        if named != year:
            raise CannotEnter(
                f"{where}: the year is '{named}' and {year} is being entered. Give each year its own file."
            )
        code, group = _value_named(said, year, where)
        if (code, group) in found:
            raise CannotEnter(f"{where}: {code} {group} stands in row {found[code, group][0]} too. Leave one of them.")
        both = (_number(above, where, "numerator"), _number(below, where, "denominator"))
        found[code, group] = (row, (code, group, *both))
    return tuple(each for _, each in found.values())


def _value_named(said: str, year: str, where: str) -> tuple[str, str]:
    """The code and the tenure group a cell names."""
    code, _, named = said.partition(" ")
    try:
        tenures = measure_of(year, code).tenures
    except CannotEnter as fault:
        raise CannotEnter(f"{where}: {fault}") from fault
    group = named.strip() or (tenures[0] if len(tenures) == 1 else "")
    if group not in tenures:
        raise CannotEnter(f"{where}: say for whom, such as '{code} {tenures[0]}'.")
    return code, group


def _number(text: str, where: str, name: str) -> float:
    if text.strip().endswith("%"):
        raise CannotEnter(f"{where}: the {name} is '{text}'. A bare percentage says too little: give both numbers.")
    try:
        number = float(text.replace(",", ""))
    except ValueError as error:
        raise CannotEnter(f"{where}: the {name} is '{text}'. It must be a number.") from error
    if not 0 <= number < float("inf"):
        raise CannotEnter(f"{where}: the {name} is '{text}'. It must be a number from 0 up.")
    return number
