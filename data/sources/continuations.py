"""Rows that only carry on the notes of the row above them: their words are added there, and nothing is lost."""

from __future__ import annotations

import duckdb

from data.columns.kinds import Kind
from data.columns.resolution import Resolved
from data.sources.markup import plain_text

Connection = duckdb.DuckDBPyConnection


def gather(con: Connection, place: Resolved, of: Kind) -> None:
    """Tables ``continued`` (row, onto) and ``whole_texts`` (row, said).

    A row carries on the one above where it has words and either nothing else, or nothing else but what stands above it
    too (a cell merged over several rows).
    """
    con.execute("create table continued (row BIGINT, onto BIGINT)")
    con.execute("create temp table whole_texts (row BIGINT, said VARCHAR)")
    if not of.key_field or not {"text", of.key_field} <= place.fields.keys() or not _may_be(con, place, of):
        return
    key, text = f"c{place.fields[of.key_field]}", f"c{place.fields['text']}"
    others = sorted(set(place.used) - {place.fields["text"]})
    bare = " and ".join(f"{_blank(f'c{position}')}" for position in others)
    above = "c{0} is not distinct from lag(c{0}) over rows_down"
    same = " and ".join(f"({_blank(f'c{at}')} or {above.format(at)})" for at in others)
    con.execute(f"""
        insert into continued
        with marked as (
            select row, not {_blank(text)} and (({bare}) or (not {_blank(key)} and {same}
                   and {key} = lag({key}) over rows_down and {text} is distinct from lag({text}) over rows_down))
                   as goes_on
            from raw window rows_down as (order by row)
        ), placed as (
            select row, goes_on, max(case when not goes_on then row end) over (order by row) as onto from marked
        )
        select row, onto from placed where goes_on and onto is not null
    """)
    found = con.execute(f"""
        with parts as (select coalesce(onto, raw.row) as head, raw.row as row, {text} as said
                       from raw left join continued using (row)
                       where coalesce(onto, raw.row) in (select onto from continued))
        select head, string_agg(trim(said), ' ' order by row) from parts group by head
    """).fetchall()
    if found:
        con.execute(
            "insert into whole_texts select unnest($1::BIGINT[]), unnest($2::VARCHAR[])",
            [[row for row, _ in found], [plain_text(said or "") for _, said in found]],
        )


def _may_be(con: Connection, place: Resolved, of: Kind) -> bool:
    """Whether any row has no key, or a key is there twice: most files have neither, and then nothing is looked for."""
    key = f"c{place.fields[of.key_field]}"
    rows, keys = con.execute(f"select count(*), count(distinct nullif(trim({key}), '')) from raw").fetchall()[0]
    return bool(rows != keys)


def _blank(cell: str) -> str:
    return f"coalesce(trim({cell}), '') = ''"
