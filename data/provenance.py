"""What made a generation: its files, how good they were, and what was wrong with them."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from analysis.model import Wave
from data.merging.layout import KINDS

SURVEY = "survey"
_OF_WAVES = {SURVEY: ("waves", "name"), "sample": ("sample", "wave")}  # table and column of the wave


class StoreError(Exception):
    """The store cannot be read or written as asked; the message says what was found and what to do."""


class NotHeld(StoreError):
    """A wave, dimension, measure or the like was named that is not there; the message names those that are."""


@dataclass(frozen=True)
class Kept:
    """How one file came in, as a generation remembers it."""

    name: str
    sha256: str
    taken: str  # ISO date and time in UTC
    facts: dict[str, Any]
    holds: str = SURVEY  # or a kind of record: "homes", "complaints" …

    @property
    def day(self) -> date:
        """The day it was taken in."""
        return datetime.fromisoformat(self.taken).date()


class Provenance(ABC):
    """The part of a generation that says what it was made from."""

    meta: dict[str, str]

    @abstractmethod
    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query."""

    @abstractmethod
    def frame(self, sql: str, values: Sequence[object] = ()) -> pd.DataFrame:
        """A query as a frame."""

    @abstractmethod
    def wave(self, name: str) -> Wave:
        """The wave or period of that name. Raises NotHeld naming the waves there are."""

    @abstractmethod
    def waves_in(self, name: str) -> tuple[str, ...]:
        """The wave itself, or the waves with answers in a period."""

    def files(self) -> list[Kept]:
        """The files this generation was made from, newest first."""
        found = self.rows("select name, sha256, taken, facts, holds from files order by taken desc, name")
        return [Kept(name, sha, taken, json.loads(facts), holds) for name, sha, taken, facts, holds in found]

    def taken_already(self, sha256: str) -> Kept | None:
        """The file with this checksum, where it is in this generation: the same file may be offered twice."""
        return next((file for file in self.files() if file.sha256 == sha256), None)

    def held_rows(self) -> dict[str, int]:
        """How many rows of each kind of file are held: "survey" (responses), "homes" … "teams"; 0 where none."""
        tables = {SURVEY: "responses", **{kind: kind for kind in KINDS}}
        (counts,) = self.rows(f"select {', '.join(f'(select count(*) from {table})' for table in tables.values())}")
        return dict(zip(tables, map(int, counts), strict=True))

    def sources_of(self, holds: str, wave: str | None = None) -> set[str]:
        """Checksums of the files that the rows of a kind stand on; of a survey or an issued sample, those of one wave
        or period.

        Raises NotHeld for a wave, a period or a kind that is not there.
        """
        if holds not in (SURVEY, *KINDS):
            raise NotHeld(f"There is no kind of file called '{holds}'. There are: {', '.join((SURVEY, *KINDS))}.")
        if wave is None or holds not in _OF_WAVES:
            found = self.rows(f"select distinct source from {'waves' if holds == SURVEY else holds}")
        else:
            table, name = _OF_WAVES[holds]
            within = list(self.waves_in(self.wave(wave).name))
            found = self.rows(f"select distinct source from {table} where {name} in (select unnest(?))", [within])
        return {source for (source,) in found}

    def problems(self) -> pd.DataFrame:
        """Every problem of its files: file, row, column, value, rule, what, remedy, owner, stops."""
        return self.frame(
            'select file, "row", "column", value, rule, what, remedy, owner, stops from problems '
            'order by file, stops = \'\', "row" nulls first, "column"'
        )

    def standing_faults(self) -> list[tuple[str, str, str, str, str, str, date, int]]:
        """The faults of its files, a line per file and rule: file, what the file holds, rule, what, remedy, what it
        stops, the day the file was taken in, and how many rows (0: the fault is the column's or the file's).
        """
        return self.rows(
            "select f.name, f.holds, p.rule, arg_min(p.what, coalesce(p.row, 0)), "
            "arg_min(p.remedy, coalesce(p.row, 0)), max(p.stops), f.taken[:10]::DATE, count(distinct p.row) "
            "from problems p join files f on f.sha256 = p.source and f.holds = p.holds "
            "group by f.name, f.holds, f.taken, p.source, p.rule order by f.name, p.rule"
        )

    def scores_by_kind(self) -> dict[str, dict[str, float]]:
        """The scores of the newest file of each kind, by part (fractions)."""
        found: dict[str, dict[str, float]] = {}
        for holds, name, value in self.rows("select holds, name, value from scores"):
            found.setdefault(holds, {})[name] = float(value)
        return found

    def scores(self) -> dict[str, float]:
        """The score of the file this generation took in, by part (fractions); empty where it took none in."""
        return self.scores_by_kind().get(self.meta.get("holds", SURVEY), {})
