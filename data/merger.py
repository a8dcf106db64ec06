"""The tables of the next generation: the waves held already and those a file brings, together.

DuckDB does it in one connection: ``main`` is the file taken in, ``prev`` the generation in use, ``next`` the new one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import duckdb

from data.selection import literal

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


def merge(building: Path, parent: Path | None, incoming: Incoming, meta: Mapping[str, str]) -> None:
    """Write the next generation to ``building``; waves of the same name are replaced. Raises duckdb.Error."""
    con = incoming.connection
    con.execute(f"attach {literal(str(building))} as next (storage_version 'v1.5.0')")
    try:
        if parent:
            con.execute(f"attach {literal(str(parent))} as prev (read_only)")
        _write_meta(con, incoming, meta)
        _merge_tables(con, incoming, held=parent is not None)
        _write_files(con, incoming, meta, held=parent is not None)
    finally:
        for name in ("next", "prev"):
            con.execute(f"detach database if exists {name}")


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
    source = f"{literal(incoming.sha256)} as source"
    waves = f"select *, {source} from main.waves"
    problems = f"select {literal(incoming.name)} as file, *, {source} from main.problems"
    if held:
        waves += " union all by name select * from prev.waves where name not in (select name from main.waves)"
    con.execute(f"create table next.waves as {waves}")
    if held:
        standing = f"where source in (select source from next.waves) and source <> {literal(incoming.sha256)}"
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
