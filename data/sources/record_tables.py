"""The table of a kind of record, as the store reads it, from the rows in ``staged`` that no rule holds back."""

from __future__ import annotations

from datetime import date

import duckdb

from data.columns.kinds import Kind
from data.columns.mapping import Mapping as Said
from data.columns.resolution import Resolved
from data.sources.sheets import ROWS_A_SHEET
from data.sources.survey import characteristic_keys

Connection = duckdb.DuckDBPyConnection
KEPT = "not exists (select 1 from held where held.row = staged.row)"
_STAGES = ("made", "acknowledged", "extended_to", "responded")


def record_tables(con: Connection, place: Resolved, mapping: Said, of: Kind, today: date, several: bool) -> None:
    """The kind's own table, and with it home_tenures or dimensions. ``several``: several sheets are one table, whose
    rows bear the number their own sheet shows."""
    sheet = f", 'sheet ' || (row // {ROWS_A_SHEET}) as sheet" if several else ""
    row = f"row % {ROWS_A_SHEET} as row" if several else "row"
    if of.key == "complaints":
        _complaints(con, row, sheet)
    else:
        columns = ", ".join(f"{_dated(sql, today)} as {name}" for name, sql in of.table.items())
        extra = "".join(f", {sql} as {key}" for key, sql in _characteristics(place, of).items())
        if of.key == "sample" and "wave" not in place.fields:
            name = mapping.wave.name.replace("'", "''")
            columns = columns.replace("wave as wave", f"'{name}'::VARCHAR as wave", 1)
        chosen = f"{KEPT} and row in (select row from current_homes)" if of.key == "homes" else KEPT
        chosen = f"select {row}{sheet}, {columns}{extra} from staged where {chosen} order by staged.row"
        con.execute(f"create table {of.key} as {chosen}")
    if of.key == "teams":
        _estates_of_small_teams(con)
    if of.key == "homes":
        _home_tenures(con)
    if of.special:
        _dimensions(con, place)


def _estates_of_small_teams(con: Connection) -> None:
    """Of a team too small to be kept only the estate is, so that nothing is said of its few officers by that estate."""
    con.execute(
        "insert into teams by name select distinct estate from staged where estate is not null and row in "
        "(select row from held where rule in ('team_too_small', 'team_size_missing'))"
    )


def _dated(sql: str, today: date) -> str:
    return sql.replace("$today", f"DATE '{today.isoformat()}'")


def _characteristics(place: Resolved, of: Kind) -> dict[str, str]:
    """Characteristics of people; of whoever objects to the use of their data none of a special category."""
    keys = characteristic_keys(place)
    return {
        keys[label]: f"case when not coalesce(objects, false) then {keys[label]} end" if label in place.special
        else keys[label]
        for label in place.characteristics
        if of.special
    }  # fmt: skip


def _dimensions(con: Connection, place: Resolved) -> None:
    keys = characteristic_keys(place)
    con.execute("create table dimensions (key VARCHAR, label VARCHAR, heading VARCHAR, special BOOLEAN)")
    kept = place.characteristics.items()
    rows = [(keys[label], label, place.headings[at], label in place.special) for label, at in kept]
    if rows:
        con.executemany("insert into dimensions values (?, ?, ?, ?)", rows)


# ── Homes ────────────────────────────────────────────────────────────────────────────────────────


def find_current_homes(con: Connection) -> None:
    """Tables ``home_rows`` (each row's place among those of its home, newest first) and ``current_homes``: the row that
    says what a home is now."""
    con.execute(f"""
        create table home_rows as
        select row, coalesce(home_ref, uprn) as home, tenure, tenure_group, estate, from_day, to_day, row_cells,
               row_number() over (partition by coalesce(home_ref, uprn)
                                  order by to_day is not null, to_day desc, from_day desc nulls last, row desc) as place
        from staged where coalesce(home_ref, uprn) is not null and {KEPT}
    """)
    con.execute("create table current_homes as select row from home_rows where place = 1")


def _home_tenures(con: Connection) -> None:
    con.execute("""
        create table home_tenures as
        select distinct home, tenure, tenure_group, from_day, to_day from home_rows
        where tenure is not null and (from_day is not null or to_day is not null)
          and row not in (select row from held)
        order by home, from_day
    """)


# ── Complaints ───────────────────────────────────────────────────────────────────────────────────


def find_stages(con: Connection) -> None:
    """Table ``stages``: a row for each stage of each row of the file."""
    second = ", ".join(f"stage_2_{name}" for name in _STAGES)
    con.execute(f"""
        create table stages as
        with known as (
            select *, coalesce(parent <> reference and stage is distinct from '1', false)
                      or (stage = '2' and coalesce(acknowledged, responded, extended_to) is null) as is_child,
                   coalesce({second}) is not null as has_second
            from staged
        )
        select row, case when is_child or (stage = '2' and not has_second) then 2 else 1 end::TINYINT as stage_number,
               {", ".join(f"case when is_child then coalesce(stage_2_{n}, {n}) else {n} end as {n}" for n in _STAGES)}
        from known
        union all
        select row, 2::TINYINT, {second} from known where has_second and not is_child
    """)


def _complaints(con: Connection, row: str, sheet: str) -> None:
    numbered = row.replace("row", "stages.row", 1)
    con.execute(f"""
        create table complaints as
        select {numbered}{sheet.replace("(row", "(stages.row")}, reference,
               case when staged.stage = '1' then reference else coalesce(parent, reference) end as complaint,
               stage_number as stage, stages.made, stages.acknowledged, stages.extended_to, stages.responded,
               coalesce(refused, status = 'refused', false) as refused,
               coalesce(withdrawn, status = 'withdrawn', false) as withdrawn,
               coalesce(route, 'normal') as route, category,
               coalesce(record_type, case when stage = 'request' then 'service request' else 'complaint' end)
                   as record_type,
               tenancy_ref, home_ref, uprn as uprn_ref, address_key, estate, tenure, tenure_group,
               promise, promise_due, promise_done,
               case when stages.stage_number = 1 or not both_texts then text end as text,
               case when stages.stage_number = 1 or not both_texts then text_key end as text_key
        from stages join (select *, row in (select row from stages group by row having count(*) > 1) as both_texts
                          from staged) as staged on staged.row = stages.row
        where {KEPT} order by stages.row, stage_number
    """)


# ── What is left behind ──────────────────────────────────────────────────────────────────────────


def forget_record_workings(con: Connection, of: Kind) -> None:
    """Drop every table but those the store reads: the others hold references and words that are not kept."""
    kept = {of.key, "problems"} | {"homes": {"home_tenures"}, "people": {"dimensions"}}.get(of.key, set())
    con.execute("drop view if exists raw")
    for (table,) in con.execute("select table_name from duckdb_tables()").fetchall():
        if table not in kept:
            con.execute(f'drop table "{table}"')
