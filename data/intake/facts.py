"""What an intake shows and gives: the proposed mapping, the file's facts, the file taken in."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from analysis.model import Ask, Problem
from data.columns.kinds import SURVEY
from data.columns.mapping import Mapping


@dataclass(frozen=True)
class Proposed:
    """One line of the proposed mapping: what a column is taken for, why, and how sure (0 to 1)."""

    field: str  # "TP01", "estate", "characteristics", "comments", "personal", "special", "" (not used)
    label: str  # what a person calls it
    heading: str
    samples: tuple[str, ...]  # three values; never of a personal column
    how: str
    sure: float


@dataclass(frozen=True)
class FileFacts:
    """What made an intake: the file, how it was read, what went in and what was left out, and the mapping used."""

    name: str
    sha256: str
    kind: str  # "csv" or "xlsx"
    bytes: int
    encoding: str
    sheet: str
    header_row: int
    profile: str
    rows_in: int
    rows_kept: int
    left_out: dict[str, int]  # by rule: rows_in == rows_kept + the sum of these
    headings: tuple[str, ...]
    dropped: dict[str, int]  # headings dropped at the door, with how many of their cells were filled
    mapping: dict[str, Any]  # as an answers file
    notes: tuple[str, ...]
    holds: str = SURVEY  # "survey" or a kind of record


@dataclass(frozen=True)
class Proposal:
    """What a file looks like and how it would be read: shown to the analyst before anything is kept."""

    name: str
    sha256: str
    kind: str
    bytes: int
    encoding: str
    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    rows: int
    headings: tuple[str, ...]
    profile: str
    mapping: Mapping
    proposed: tuple[Proposed, ...]
    asks: tuple[Ask, ...]
    problems: tuple[Problem, ...]  # those that stop the file
    notes: tuple[str, ...]
    holds: str = SURVEY

    @property
    def ready(self) -> bool:
        """Whether nothing is left to ask and nothing stops the file."""
        return not self.asks and not self.problems


@dataclass(frozen=True)
class Incoming:
    """A file taken in: a working connection holding the incoming tables, and its facts. Close it when published."""

    connection: duckdb.DuckDBPyConnection
    file: FileFacts
    scores: dict[str, float]
    folder: TemporaryDirectory[str] = field(repr=False)

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def sha256(self) -> str:
        return self.file.sha256

    @property
    def facts(self) -> dict[str, Any]:
        return asdict(self.file)

    def close(self) -> None:
        """End the connection and remove its temporary folder."""
        self.connection.close()
        self.folder.cleanup()
