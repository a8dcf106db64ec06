"""Waves, responses and comments of the next generation: the waves held already and those a file brings, together."""

from __future__ import annotations

import duckdb

from data.merging.layout import (
    COMMENTS,
    DIMENSIONS,
    RESPONSES,
    STRATA,
    WAVES,
    WEIGHINGS,
    WEIGHTS,
    Table,
    columns_in,
)
from data.merging.records import carry_over, joined
from data.merging.sources import Sources
from data.selection import quoted

# Few distinct values: stored as ENUM, so that filters and groups compare numbers, not text.
ENUMERATED = ("wave", "tenure_group", "tenure", "estate", "estate_given", "age_band", "method", "stratum", "joined")


def merge_surveys(sources: Sources) -> None:
    """Write the tables of surveys to ``next``; waves of the same name are replaced. Needs ``find_references``."""
    con = sources.con
    if sources.stands(RESPONSES):
        carry_over(sources, RESPONSES)
    else:
        _write_responses(con, joined(RESPONSES, sources.rows(RESPONSES)))
    for table in (COMMENTS, STRATA, WAVES, WEIGHINGS, WEIGHTS):
        order = f" order by {table.order}" if table.order else ""
        con.execute(f"create table next.{table.name} as select * from ({sources.rows(table)}){order}")
    con.execute(
        "create table next.dimensions as select key, any_value(label) as label, any_value(heading) as heading, "
        f"bool_or(special) as special from ({sources.rows(DIMENSIONS)}) group by key order by key"
    )


def _write_responses(con: duckdb.DuckDBPyConnection, rows: str) -> None:
    con.execute(
        "create or replace temp table answered as "
        f"select * exclude (block_named, estate_of_block, estate_said), estate_said as estate from ({rows})"
    )
    columns = _enumerate_columns(con, RESPONSES)
    replaced = ", ".join(f"{quoted(name)}::next.main.e_{name} as {quoted(name)}" for name in columns)
    con.execute(
        f"create table next.responses as select * replace ({replaced}) from answered order by {RESPONSES.order}"
    )
    con.execute("drop table answered")


def _enumerate_columns(con: duckdb.DuckDBPyConnection, table: Table) -> list[str]:
    have = columns_in(con, "answered")
    columns = [column for column in ENUMERATED if column in have]
    for column in columns:
        con.execute(
            f"create type next.main.e_{column} as enum (select distinct {quoted(column)}::VARCHAR from answered "
            f"where {quoted(column)} is not null order by 1)"
        )
    return columns
