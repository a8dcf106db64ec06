"""Where the answers are kept: immutable generations beside a CURRENT pointer.

A publish builds the next generation under another name, moves it into place and only then moves the pointer, so a
reader sees the old generation or the new one and never half of either, whatever is killed when.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import duckdb

from data.generation import SCHEMA_VERSION, Generation, StoreError

KEPT_GENERATIONS = 5
KINDS = ("sample", "real")
# Few distinct values: stored as ENUM, so that filters and groups compare numbers, not text.
ENUMERATED = ("wave", "tenure_group", "tenure", "estate", "age_band", "method", "stratum")


class Incoming(Protocol):
    """What the store needs of a file that has been taken in: its working tables and its facts."""

    @property
    def connection(self) -> duckdb.DuckDBPyConnection: ...
    @property
    def name(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...
    @property
    def scores(self) -> Mapping[str, float]: ...


@dataclass(frozen=True)
class Published:
    """One line of the history: a generation, when it was made, from which file, and whether it is in use."""

    number: int
    created: str
    file: str
    parent: int | None
    current: bool
    scores: Mapping[str, float]


class Store:
    """One landlord's generations, in one folder. ``kind`` is "sample" or "real"; the two are never mixed."""

    def __init__(self, folder: Path, kind: str) -> None:
        if kind not in KINDS:
            raise ValueError(f"A store is of kind {' or '.join(KINDS)}, not {kind!r}.")
        self.folder = folder
        self.kind = kind

    @property
    def generations_folder(self) -> Path:
        return self.folder / "generations"

    @property
    def readings_folder(self) -> Path:
        """Where what was read in the comments is kept, beside the generations."""
        return self.folder / "readings"

    @property
    def _pointer(self) -> Path:
        return self.folder / "CURRENT"

    def current_name(self) -> str | None:
        """File name of the generation in use, or None where nothing has been published."""
        try:
            return self._pointer.read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            return None

    def current(self) -> Generation | None:
        """The generation in use, opened. Raises StoreError where it is missing, newer or of the other kind."""
        name = self.current_name()
        return None if name is None else self._open(name)

    def _open(self, name: str) -> Generation:
        path = self.generations_folder / name
        if not path.is_file():
            raise StoreError(f"CURRENT names {name}, which is not in {self.generations_folder}. Restore it, or undo.")
        generation = Generation(path)
        if generation.kind != self.kind:
            generation.close()
            raise StoreError(f"{name} holds {generation.kind} data in a {self.kind} store. It is not opened.")
        return generation

    # ── publishing ───────────────────────────────────────────────────────────────────────────────

    def publish(self, incoming: Incoming, now: datetime | None = None) -> Generation:
        """Add a file's tables to what is held, as a whole new generation; waves of the same name are replaced.

        Raises StoreError where another publish is under way; whatever is raised, the generation in use stays as it was.
        """
        with self._only_writer():
            self._clear_unfinished()
            number = self._next_number()
            parent = self.current_name()
            building = self.generations_folder / f"{number:06d}.duckdb.building"
            meta = self._meta(number, parent, incoming, now or datetime.now(UTC))
            self._build(building, parent, incoming, meta)
            finished = self.generations_folder / f"{number:06d}.duckdb"
            _settle(building)
            building.replace(finished)
            self._point_at(finished.name)
            self._prune()
        generation = self.current()
        assert generation is not None  # just published
        return generation

    def undo(self) -> Generation | None:
        """Go back to the generation before the last publish. Returns it, or None where that was nothing at all.

        Raises StoreError where there is nothing to undo or the earlier generation is no longer kept.
        """
        with self._only_writer():
            name = self.current_name()
            if name is None:
                raise StoreError("Nothing has been published yet, so there is nothing to undo.")
            parent = self._open(name).meta["parent"]
            if parent and not (self.generations_folder / parent).is_file():
                raise StoreError(f"The generation before this one ({parent}) is no longer kept, so undo stops here.")
            if parent:
                self._point_at(parent)
            else:
                self._pointer.unlink()
        return self.current()

    def history(self) -> list[Published]:
        """The generations kept, newest first."""
        current = self.current_name()
        lines = []
        for path in sorted(self.generations_folder.glob("??????.duckdb"), reverse=True):
            generation = Generation(path)
            meta = generation.meta
            lines.append(
                Published(
                    number=int(meta["number"]),
                    created=meta["created"],
                    file=meta["file"],
                    parent=int(meta["parent"].split(".")[0]) if meta["parent"] else None,
                    current=path.name == current,
                    scores=generation.scores(),
                )
            )
            generation.close()
        return lines

    def remove(self) -> None:
        """Take everything of this store away. For the sample landlord only. Raises StoreError for real data."""
        if self.kind != "sample":
            raise StoreError("Only the sample landlord can be removed in one go; real data are undone, never wiped.")
        with self._only_writer():
            self._pointer.unlink(missing_ok=True)
            for folder in (self.generations_folder, self.readings_folder):
                for path in sorted(folder.rglob("*"), reverse=True):
                    path.rmdir() if path.is_dir() else path.unlink()

    # ── the work ─────────────────────────────────────────────────────────────────────────────────

    def _next_number(self) -> int:
        numbers = [int(path.name[:6]) for path in self.generations_folder.glob("??????.duckdb")]
        return max(numbers, default=0) + 1

    def _clear_unfinished(self) -> None:
        """What a killed publish left behind was never in use; only the one writer may sweep it."""
        for path in self.generations_folder.glob("*.building*"):
            path.unlink()

    def _meta(self, number: int, parent: str | None, incoming: Incoming, now: datetime) -> dict[str, str]:
        before = self._open(parent).fingerprint if parent else ""
        facts = json.dumps(dict(incoming.facts), sort_keys=True, default=str)
        made_of = "\n".join((str(SCHEMA_VERSION), self.kind, before, incoming.sha256, facts))
        return {
            "schema_version": str(SCHEMA_VERSION),
            "kind": self.kind,
            "number": str(number),
            "parent": parent or "",
            "created": now.astimezone(UTC).isoformat(timespec="seconds"),
            "file": incoming.name,
            "duckdb": duckdb.__version__,
            "fingerprint": f"{number:06d}-{hashlib.sha256(made_of.encode()).hexdigest()[:16]}",
        }

    def _build(self, building: Path, parent: str | None, incoming: Incoming, meta: Mapping[str, str]) -> None:
        con = incoming.connection
        con.execute(f"attach '{_escaped(building)}' as next (storage_version 'v1.5.0')")
        try:
            if parent:
                con.execute(f"attach '{_escaped(self.generations_folder / parent)}' as prev (read_only)")
            _write_meta(con, incoming, meta)
            _merge_tables(con, incoming, held=parent is not None)
            _write_files(con, incoming, meta, held=parent is not None)
        finally:
            for name in ("next", "prev") if parent else ("next",):
                con.execute(f"detach {name}")

    def _point_at(self, name: str) -> None:
        new = self._pointer.with_suffix(".new")
        new.write_text(name + "\n", encoding="utf-8")
        _settle(new)
        new.replace(self._pointer)

    def _prune(self) -> None:
        """Keep the last few generations, the one in use and the one an undo would need."""
        current = self.current_name() or ""
        paths = sorted(self.generations_folder.glob("??????.duckdb"))
        needed = {current, self._open(current).meta["parent"]} if current else set()
        for path in paths[:-KEPT_GENERATIONS]:
            if path.name not in needed:
                path.unlink()

    @contextmanager
    def _only_writer(self) -> Iterator[None]:
        """One writer at a time. SQLite's own lock: it works on every system and ends with the process that held it."""
        self.generations_folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(self.folder / "writer.lock", timeout=30, isolation_level=None)
        try:
            lock.execute("begin exclusive")
        except sqlite3.OperationalError as error:
            lock.close()
            raise StoreError("Another publish is under way in this store. Wait for it, then try again.") from error
        try:
            yield
        finally:
            lock.execute("rollback")
            lock.close()


def _write_meta(con: duckdb.DuckDBPyConnection, incoming: Incoming, meta: Mapping[str, str]) -> None:
    con.execute("create table next.meta (key varchar, value varchar)")
    con.executemany("insert into next.meta values (?, ?)", list(meta.items()))
    con.execute("create table next.scores (name varchar, value double)")
    if incoming.scores:
        con.executemany("insert into next.scores values (?, ?)", list(incoming.scores.items()))


def _merge_tables(con: duckdb.DuckDBPyConnection, incoming: Incoming, held: bool) -> None:
    """The held waves that the file does not bring, and the file's own, as sorted tables of the next generation."""
    kept = "where wave::varchar not in (select name from main.waves)"
    responses = _together("responses", held, kept, _as_text_columns(con, held))
    enums = _enumerate_columns(con, responses)
    replaced = ", ".join(f'"{column}"::next.main.e_{column} as "{column}"' for column in enums)
    con.execute(
        f"create table next.responses as select * replace ({replaced}) from ({responses}) "
        "order by wave, tenure_group, estate nulls last, respondent"
    )
    con.execute(f"create table next.comments as {_together('comments', held, kept)}")
    con.execute(f"create table next.strata as {_together('strata', held, kept)}")
    fresh = "where key not in (select key from main.dimensions)"
    con.execute(
        "create table next.dimensions as select key, any_value(label) as label, any_value(heading) as heading, "
        f"bool_or(special) as special from ({_together('dimensions', held, fresh)}) group by key order by key"
    )
    _merge_sources(con, incoming, held)


def _merge_sources(con: duckdb.DuckDBPyConnection, incoming: Incoming, held: bool) -> None:
    """Waves with the file each came from, and the problems of the files that still stand behind a wave."""
    source = f"{_quote(incoming.sha256)} as source"
    waves = f"select *, {source} from main.waves"
    problems = f"select {_quote(incoming.name)} as file, *, {source} from main.problems"
    if held:
        waves += " union all by name select * from prev.waves where name not in (select name from main.waves)"
    con.execute(f"create table next.waves as {waves}")
    if held:
        standing = f"where source in (select source from next.waves) and source <> {_quote(incoming.sha256)}"
        problems += f" union all by name select * from prev.problems {standing}"
    con.execute(f"create table next.problems as {problems}")


def _write_files(con: duckdb.DuckDBPyConnection, incoming: Incoming, meta: Mapping[str, str], held: bool) -> None:
    con.execute("create table next.files (name varchar, sha256 varchar, taken varchar, facts varchar)")
    if held:
        con.execute(
            "insert into next.files select * from prev.files where sha256 in (select source from next.waves) "
            "and sha256 <> ?",
            [incoming.sha256],
        )
    facts = json.dumps(dict(incoming.facts), default=str)
    con.execute("insert into next.files values (?, ?, ?, ?)", [incoming.name, incoming.sha256, meta["created"], facts])


def _together(table: str, held: bool, kept: str, before: str = "*") -> str:
    mine = f"select * from main.{table}"
    return f"{mine} union all by name select {before} from prev.{table} {kept}" if held else mine


def _as_text_columns(con: duckdb.DuckDBPyConnection, held: bool) -> str:
    """The held responses with their ENUM columns as text again, so that new values can join them."""
    if not held:
        return "*"
    have = {name for (name, *_) in con.execute("describe prev.responses").fetchall()}
    back = ", ".join(f'"{column}"::varchar as "{column}"' for column in ENUMERATED if column in have)
    return f"* replace ({back})"


def _enumerate_columns(con: duckdb.DuckDBPyConnection, responses: str) -> list[str]:
    have = {name for (name, *_) in con.execute(f"describe {responses}").fetchall()}
    columns = [column for column in ENUMERATED if column in have]
    for column in columns:
        con.execute(
            f'create type next.main.e_{column} as enum (select distinct "{column}"::varchar from ({responses}) '
            f'where "{column}" is not null order by 1)'
        )
    return columns


def _settle(path: Path) -> None:
    """Make the bytes of a file safe on disk before anything points at it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")
