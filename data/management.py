"""The management measures as somebody entered them, in SQLite beside the store: all are kept, the last is used."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from analysis.model import Entry, ManagementMeasure
from data.columns.faults import UnreadableFile
from data.notebook import opened
from data.registers import management_measures
from data.sources.tables import NotThere, TableError
from data.sources.weighted import columns_of

COLUMNS = ("code", "numerator", "denominator")
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
        measure = measure_of(year, code)
        if tenure_group not in measure.tenures:
            raise CannotEnter(f"{code} is reported for {', '.join(measure.tenures)}, not for {tenure_group}.")
        if not by.strip():
            raise CannotEnter("A name is needed: who enters this.")
        for name, number in (("numerator", numerator), ("denominator", denominator)):
            if not number >= 0 or number == float("inf"):
                raise CannotEnter(f"The {name} of {code} is {number}. It must be a number from 0 up.")
        at = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
        entry = Entry(year, code, tenure_group, float(numerator), float(denominator), by.strip(), at)
        with opened(self._file, _SCHEMA) as connection:
            row = (year, code, tenure_group, entry.numerator, entry.denominator, entry.by, at)
            connection.execute(
                "insert into entries (year, code, tenure_group, numerator, denominator, by, at) "
                "values (?, ?, ?, ?, ?, ?, ?)",
                row,
            )
        return entry

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


def measure_of(year: str, code: str) -> ManagementMeasure:
    """The measure of a code as a year's register has it. Raises CannotEnter naming those there are."""
    register = management_measures(year)
    found = next((measure for measure in register if measure.code == code), None)
    if found is None:
        raise CannotEnter(f"There is no '{code}'. There are: {', '.join(measure.code for measure in register)}.")
    return found


def read_entries(path: Path, year: str) -> tuple[tuple[str, str, float, float], ...]:
    """Code, tenure group, numerator and denominator of each row of a CSV with the columns code, numerator, denominator.

    A code reported for two tenure groups has it behind a space: "CH01_1 LCHO". A bare percentage is no row: both
    numbers have to be there. Raises CannotEnter naming the row; nothing is kept here.
    """
    try:
        rows, columns = columns_of(path, COLUMNS)
    except (TableError, NotThere, UnreadableFile) as fault:
        raise CannotEnter(f"{path.name}: {fault} It needs the columns {', '.join(COLUMNS)}.") from fault
    found = []
    for row, said, above, below in zip(rows, *columns, strict=True):
        where = f"{path.name}, row {row}"
        code, _, named = said.partition(" ")
        measure = measure_of(year, code)
        group = named.strip() or (measure.tenures[0] if len(measure.tenures) == 1 else "")
        if group not in measure.tenures:
            raise CannotEnter(f"{where}: say for whom, such as '{code} {measure.tenures[0]}'.")
        found.append((code, group, _number(above, where, "numerator"), _number(below, where, "denominator")))
    return tuple(found)


def _number(text: str, where: str, name: str) -> float:
    if text.strip().endswith("%"):
        raise CannotEnter(f"{where}: the {name} is '{text}'. A bare percentage says too little: give both numbers.")
    try:
        return float(text.replace(",", ""))
    except ValueError as error:
        raise CannotEnter(f"{where}: the {name} is '{text}'. It must be a number.") from error
