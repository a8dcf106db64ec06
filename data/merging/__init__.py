"""The tables of the next generation: what is held and what a file brings, together, each record with its home.

DuckDB does it in one connection: ``main`` is the file taken in, ``prev`` the generation in use, ``next`` the new one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import duckdb

from data.merging.layout import (
    HOME_TENURES,
    HOMES,
    KINDS,
    PEOPLE,
    PROBLEMS,
    RECORDS,
    TEAMS,
    WAVES,
    as_version_2,
    empty,
    tables_in,
)
from data.merging.records import merge_records
from data.merging.references import Confirmed, hold_confirmed
from data.merging.sources import Sources
from data.merging.surveys import merge_surveys
from data.selection import literal

__all__ = ["Confirmed", "Incoming", "merge"]

STANDING = (  # a file is listed as a kind while any row of that kind is from it
    ("survey", WAVES),
    (HOMES.name, HOMES),
    (HOMES.name, HOME_TENURES),
    (TEAMS.name, TEAMS),
    *((table.name, table) for table in RECORDS),
)


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


def merge(
    building: Path, parent: Path | None, incoming: Incoming, meta: Mapping[str, str], confirmed: Confirmed
) -> None:
    """Write the next generation to ``building``. Raises duckdb.Error.

    Waves of the same name are replaced, and records by the rule of their table. A file that brings no table at all
    has everything joined and named anew. ``confirmed`` is what a person has said about estates and references.
    """
    con = incoming.connection
    with _attached(con, building, parent) as held:
        brought = tables_in(con, "main")
        sources = Sources(con, incoming.sha256, brought, held, _joined_already(con, brought, held, confirmed))
        hold_confirmed(con, confirmed)
        merge_records(sources, datetime.fromisoformat(meta["created"]).date())
        merge_surveys(sources)
        holds = _holds(incoming, sources)
        _write_meta(con, {**meta, "holds": holds})
        _write_scores(sources, incoming, holds)
        _write_sources(sources, incoming, meta, holds)


@contextmanager
def _attached(con: duckdb.DuckDBPyConnection, building: Path, parent: Path | None) -> Iterator[frozenset[str]]:
    """``next`` and, where something is held, ``prev``; gives the tables held."""
    con.execute(f"attach {literal(str(building))} as next (storage_version 'v1.5.0')")
    try:
        if parent:
            _attach_held(con, parent)
        yield tables_in(con, "prev") if parent else frozenset()
    finally:
        for name in ("next", "prev", "version_1"):
            con.execute(f"detach database if exists {name}")


def _attach_held(con: duckdb.DuckDBPyConnection, parent: Path) -> None:
    con.execute(f"attach {literal(str(parent))} as prev (read_only)")
    ((version,),) = con.execute("select value::INT from prev.main.meta where key = 'schema_version'").fetchall()
    if version == 1:
        con.execute("detach prev")
        con.execute(f"attach {literal(str(parent))} as version_1 (read_only)")
        con.execute("attach ':memory:' as prev")
        as_version_2(con, "version_1", "prev")


def _joined_already(
    con: duckdb.DuckDBPyConnection, brought: frozenset[str], held: frozenset[str], confirmed: Confirmed
) -> bool:
    """Whether what is held was joined to the same homes and people, by the same rules and confirmed words."""
    if not held or brought & {table.name for table in (HOMES, HOME_TENURES, PEOPLE)}:
        return False
    return con.execute("select value from prev.meta where key = 'confirmed'").fetchall() == [(confirmed.seal,)]


def _holds(incoming: Incoming, sources: Sources) -> str:
    """The kind of file taken in: as its facts say, else by the tables it brings; "" where it brings none."""
    brought = [kind for kind in KINDS if kind in sources.brought]
    by_tables = "survey" if sources.brings(WAVES) else brought[0] if brought else ""
    return str(incoming.facts.get("holds", by_tables)) if by_tables else ""


def _write_meta(con: duckdb.DuckDBPyConnection, meta: Mapping[str, str]) -> None:
    con.execute("create table next.meta (key varchar, value varchar)")
    con.executemany("insert into next.meta values (?, ?)", list(meta.items()))


def _write_scores(sources: Sources, incoming: Incoming, holds: str) -> None:
    """The scores of the newest file of each kind."""
    con = sources.con
    con.execute("create table next.scores (holds varchar, name varchar, value double, file varchar)")
    if sources.held:
        con.execute(
            "insert into next.scores select holds, name, value, file from prev.scores where holds <> ?", [holds]
        )
    if holds and incoming.scores:
        rows = [(holds, name, value, incoming.name) for name, value in incoming.scores.items()]
        con.executemany("insert into next.scores values (?, ?, ?, ?)", rows)


def _write_sources(sources: Sources, incoming: Incoming, meta: Mapping[str, str], holds: str) -> None:
    """The files that a wave or a row is still from, and the one taken in, each with its problems."""
    con = sources.con
    standing = " union ".join(
        f"select source, {literal(kind)} as holds from next.main.{table.name}" for kind, table in STANDING
    )
    con.execute(
        f"create or replace temp table standing as from ({standing}) where source <> $1 or holds <> $2",
        [incoming.sha256, holds],
    )
    con.execute("create table next.files (name varchar, sha256 varchar, taken varchar, facts varchar, holds varchar)")
    if sources.held:
        con.execute(
            "insert into next.files select name, sha256, taken, facts, holds from prev.files "
            "where (sha256, holds) in (select (source, holds) from standing)"
        )
    if holds:
        facts = json.dumps(dict(incoming.facts), default=str)
        con.execute(
            "insert into next.files values (?, ?, ?, ?, ?)",
            [incoming.name, incoming.sha256, meta["created"], facts, holds],
        )
    problems = [f"select *, ''::VARCHAR as holds from ({empty(PROBLEMS)})"]
    if sources.brings(PROBLEMS):
        problems.append(
            f"select {literal(incoming.name)} as file, {literal(holds)} as holds, *, "
            f"{literal(incoming.sha256)} as source from main.problems"
        )
    if sources.held:
        problems.append("select * from prev.problems where (source, holds) in (select (source, holds) from standing)")
    con.execute(f"create table next.problems as {' union all by name '.join(f'({part})' for part in problems)}")
