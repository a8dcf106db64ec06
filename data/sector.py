"""The sector: years of the regulator's figures that were imported, and the quartiles that come with the program.

Imported years are nobody's own data: they are kept beside the landlord's store, one DuckDB file a year, and never in
its generations. A year is written under another name and moved into place, so that a reader sees the old or the new.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import tomllib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import pandas as pd

from analysis.model import Headline, SectorFigures, SectorLandlord, SectorSurvey, SectorYear
from data.generation import Damaged, NotHeld, StoreError
from data.registers import REFERENCE

SCHEMA_VERSION = 1
SHIPPED = REFERENCE / "sector"
TABLES = ("measures", "methods", "management")


@dataclass(frozen=True)
class Imported:
    """One imported year at a glance: from which file, when, and how much of it there is."""

    year: str
    source: str
    sha256: str
    published: str
    taken: str  # UTC, ISO
    landlords: int
    surveys: int
    can_undo: bool  # the import before this one is still there


class SectorYears:
    """The imported years in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def years(self) -> tuple[str, ...]:
        """The years held, newest first."""
        return tuple(sorted((_year(path) for path in self.folder.glob("????-??.duckdb")), reverse=True))

    def fingerprint(self, year: str) -> str:
        """What changes whenever this year's figures do: the key of every cache. Raises NotHeld for no such year."""
        facts = self._facts(year)
        return f"{facts['sha256']}-{facts['taken']}"

    def imported(self, year: str) -> Imported:
        """A year at a glance. Raises NotHeld where it is not held, Damaged where its file cannot be read."""
        facts = self._facts(year)
        known = {field.name for field in fields(Imported)}
        return Imported(**{k: v for k, v in facts.items() if k in known}, can_undo=self._earlier(year).exists())

    def load(self, year: str) -> SectorYear:
        """A year with everything in it. Raises NotHeld where it is not held, Damaged where it cannot be read."""
        with closing(self._opened(year)) as connection:
            try:
                facts = _facts_of(connection)
                measures, methods, management = (
                    _table(connection.execute(f"select * from {name} order by place").df()) for name in TABLES
                )
            except duckdb.Error as error:
                raise self._damaged(year) from error
        return SectorYear(
            **{name: facts[name] for name in ("year", "source", "sha256", "published")},
            landlords=MappingProxyType({row["code"]: _landlord(row) for row in facts["held"]["landlords"]}),
            surveys=MappingProxyType({(s.landlord, s.tenure_group): s for s in map(_survey, facts["held"]["surveys"])}),
            measures=measures,
            methods=methods,
            management=management,
            notes=tuple(facts["held"]["notes"]),
        )

    def keep(self, year: SectorYear, now: datetime | None = None) -> Imported:
        """Keep a year in place of what is held of it; what was held can be had back once, by ``undo``.

        Raises StoreError where the disk does not take it; then what was held is still in use.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        path, writing = self._path(year.year), self.folder / f".{os.getpid()}.writing"
        taken = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
        try:
            _write(writing, year, taken)
            if path.exists():
                shutil.copyfile(path, writing.with_suffix(".before"))
                writing.with_suffix(".before").replace(self._earlier(year.year))
            writing.replace(path)
        except (OSError, duckdb.Error) as error:
            raise StoreError(
                f"The figures of {year.year} could not be written ({type(error).__name__}). What was in use still is. "
                f"Make room on the disk that holds {self.folder}, or ask for leave to write there; then import again."
            ) from error
        finally:
            writing.unlink(missing_ok=True)
            writing.with_suffix(".before").unlink(missing_ok=True)
        return self.imported(year.year)

    def undo(self, year: str) -> Imported | None:
        """Take the last import of a year back: the one before it is in use again, or None where there was none.

        Raises NotHeld where the year is not held.
        """
        self._facts(year)
        if self._earlier(year).exists():
            self._earlier(year).replace(self._path(year))
            return self.imported(year)
        self._path(year).unlink()
        return None

    def remove(self, year: str) -> None:
        """Forget a year, the import before the last one too. Raises NotHeld where it is not held."""
        if year not in self.years():
            raise self._not_held(year)
        self._earlier(year).unlink(missing_ok=True)
        self._path(year).unlink()

    def _path(self, year: str) -> Path:
        return self.folder / f"{year.replace('/', '-')}.duckdb"

    def _earlier(self, year: str) -> Path:
        return self.folder / f"{year.replace('/', '-')}.before.duckdb"

    def _facts(self, year: str) -> dict[str, Any]:
        with closing(self._opened(year)) as connection:
            try:
                return _facts_of(connection)
            except duckdb.Error as error:
                raise self._damaged(year) from error

    def _opened(self, year: str) -> duckdb.DuckDBPyConnection:
        if year not in self.years():
            raise self._not_held(year)
        try:
            connection = duckdb.connect(str(self._path(year)), read_only=True)
            (version,) = connection.execute("select version from sector").fetchall()[0]
        except (duckdb.Error, IndexError) as error:
            raise self._damaged(year) from error
        if version > SCHEMA_VERSION:
            connection.close()
            raise StoreError(
                f"The sector's figures of {year} were imported by a newer version of this program. "
                "Use that one, or import the workbook again."
            )
        return connection

    def _not_held(self, year: str) -> NotHeld:
        held = ", ".join(self.years()) or "none"
        return NotHeld(f"The sector's figures of {year} are not imported. The years held are: {held}.")

    def _damaged(self, year: str) -> Damaged:
        return Damaged(f"The sector's figures of {year} cannot be read. Import the regulator's workbook again.")


def _year(path: Path) -> str:
    return path.name.removesuffix(".duckdb").replace("-", "/")


def _write(path: Path, year: SectorYear, taken: str) -> None:
    """The whole year as one DuckDB file: long tables as tables, landlords, surveys and notes as one document."""
    path.unlink(missing_ok=True)
    held = {
        "landlords": [_plain(_fields_of(landlord)) for landlord in year.landlords.values()],
        "surveys": [_plain(_fields_of(survey)) for survey in year.surveys.values()],
        "notes": list(year.notes),
    }
    facts = (year.year, year.source, year.sha256, year.published, taken, len(year.landlords), len(year.surveys))
    with closing(duckdb.connect(str(path))) as connection:
        connection.execute(
            "create table sector (version integer, year varchar, source varchar, sha256 varchar, published varchar, "
            "taken varchar, landlords integer, surveys integer, held varchar)"
        )
        connection.execute(
            "insert into sector values (?, ?, ?, ?, ?, ?, ?, ?, ?)", [SCHEMA_VERSION, *facts, json.dumps(held)]
        )
        for name in TABLES:
            table = getattr(year, name)
            connection.register("given", table.assign(place=range(len(table))))
            connection.execute(f"create table {name} as select * from given")
            connection.unregister("given")


def _facts_of(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    names = ("year", "source", "sha256", "published", "taken", "landlords", "surveys", "held")
    row = connection.execute(f"select {', '.join(names)} from sector").fetchall()[0]
    facts = dict(zip(names, row, strict=True))
    return {**facts, "held": json.loads(facts["held"])}


def _fields_of(noun: SectorLandlord | SectorSurvey) -> dict[str, Any]:
    """The fields of a noun by name, one level deep."""
    return {field.name: getattr(noun, field.name) for field in fields(noun)}


def _plain(said: dict[str, Any]) -> dict[str, Any]:
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in said.items()}


def _landlord(row: dict[str, Any]) -> SectorLandlord:
    return SectorLandlord(**{**row, "excluded": MappingProxyType(row["excluded"])})


def _survey(row: dict[str, Any]) -> SectorSurvey:
    counts = row["unweighted"]
    return SectorSurvey(
        **{
            **row,
            "methods": MappingProxyType(row["methods"]),
            "weighting": tuple(row["weighting"]),
            "unweighted": None if counts is None else tuple(counts),
        }
    )


def _table(table: pd.DataFrame) -> pd.DataFrame:
    table = table.drop(columns="place")
    texts = [column for column in table if not pd.api.types.is_numeric_dtype(table[column])]
    return table.astype(dict.fromkeys(texts, "str"))


# ── What comes with the program ──────────────────────────────────────────────────────────────────


@cache
def shipped_figures() -> tuple[SectorFigures, ...]:
    """Quartiles of every measure by year, tenure group and what landlords have in common; source in its README.

    A benchmark before anything is imported, made from the regulator's workbooks by tools/sector_figures.py.
    """
    with (SHIPPED / "quartiles.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            SectorFigures(
                **{name: row[name] for name in ("year", "tenure_group", "cut", "group", "measure")},
                n=int(row["n"]),
                lower=float(row["lower"]),
                median=float(row["median"]),
                upper=float(row["upper"]),
            )
            for row in csv.DictReader(file)
        )


def shipped(year: str, tenure_group: str, cut: str = "all", group: str = "all") -> dict[str, SectorFigures]:
    """The shipped quartiles of one group of landlords, by measure; empty where too few landlords are alike."""
    return {
        held.measure: held
        for held in shipped_figures()
        if (held.year, held.tenure_group, held.cut, held.group) == (year, tenure_group, cut, group)
    }


def shipped_years() -> tuple[str, ...]:
    """The years of which quartiles come with the program, newest first."""
    return tuple(sorted({held.year for held in shipped_figures()}, reverse=True))


def write_figures(figures: tuple[SectorFigures, ...], path: Path) -> None:
    """Write quartiles as the CSV that is shipped: to three decimals, in the order of year, group, cut and measure."""
    names = [field.name for field in fields(SectorFigures)]
    key = ("year", "tenure_group", "cut", "group", "measure")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        for held in sorted(figures, key=lambda f: tuple(getattr(f, name) for name in key)):
            rounded = {name: f"{getattr(held, name):.3f}".rstrip("0").rstrip(".") for name in names[-3:]}
            writer.writerow({**asdict(held), **rounded})


@cache
def headlines(year: str) -> tuple[Headline, ...]:
    """What the regulator said of a year in its own headline report; empty for a year that is not in the register."""
    said = tomllib.loads((SHIPPED / "headlines.toml").read_text(encoding="utf-8"))
    return tuple(Headline(**row) for row in said.get(year, {}).get("headlines", ()))
