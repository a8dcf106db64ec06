"""Homes, people, complaints, contacts, repairs and hazards of the next generation, each row with the home it joins.

Joined anew on every publish: a homes list may come before the records or after them. Nothing is dropped.
"""

from __future__ import annotations

from datetime import date

import duckdb

from data.merging.layout import (
    COMPLAINTS,
    PEOPLE,
    PLACES,
    RECORDS,
    REFERENCES,
    REFUSALS,
    RESPONSES,
    Table,
    columns_in,
)
from data.merging.references import alike, find_addresses, find_homes, find_tenancies, hold_history, hold_homes
from data.merging.sources import Sources
from data.selection import quoted

Connection = duckdb.DuckDBPyConnection
_REFUSED = (("do_not_contact", "do not contact"), ("objects", "objects"))
_OF_HOME = "home "  # how the key of a refusal begins of which only the home is known
_FOUND = "(select reference as named, home as is_home from found_homes) as found"
_ROW_KEY = "[0-9a-f]{32}"  # a reference the intake made of the row, which is another in every file
_TENANCY_KEY = (
    f"coalesce({alike('tenancy_ref')}, case when not regexp_full_match(reference, '{_ROW_KEY}') then reference end, "
    f"'{_OF_HOME}' || {alike('home_ref')})"
)


def merge_records(sources: Sources, today: date) -> None:
    """Write every table of records to ``next``; needs ``hold_confirmed``. ``today`` dates a refusal not yet known."""
    for table in PLACES:
        (carry_over if sources.stands(table) else _write_places)(sources, table)
    if not all(sources.stands(table) for table in (RESPONSES, *RECORDS)):
        find_references(sources)
    if not sources.stands(PEOPLE):
        _hold_refusals(sources, today)
    for table in RECORDS:
        (carry_over if sources.stands(table) else _write_records)(sources, table)
    _write_refusals(sources, today)


def carry_over(sources: Sources, table: Table) -> None:
    """A held table as it is, in the order it is in."""
    sources.con.execute(f"create table next.{table.name} as from prev.main.{table.name}")


def _write_places(sources: Sources, table: Table) -> None:
    rows = f"select * from ({sources.rows(table)}) as given"
    if "estate" in table.derived:
        rows = (
            f"select given.*, coalesce(said.estate, estate_given) as estate from ({sources.rows(table)}) as given "
            "left join said_estates as said on said.given = estate_given"
        )
    sources.con.execute(f"create table next.{table.name} as {rows} order by {table.order}")


def find_references(sources: Sources) -> None:
    """Tables of every reference in responses and records, with the home it names; ``next.homes`` must be written."""
    con = sources.con
    hold_homes(con, "next.main.homes")
    homes, tenancies = ["select null::VARCHAR as reference"], ["select null::VARCHAR as reference"]
    # Of people always, for tenancies are found by them.
    anew = [table for table in (RESPONSES, *RECORDS) if table is PEOPLE or not sources.stands(table)]
    for table in anew if _any(con, "homes_once") else ():
        named = names_of(table)
        homes += [_distinct(sources, table, named[each]) for each in ("home_ref", "uprn_ref") if each in named]
        tenancies.append(_distinct(sources, table, named["tenancy_ref"]))
    find_homes(con, " union all ".join(homes))
    find_tenancies(con, " union all ".join(tenancies), sources.rows(PEOPLE))
    find_addresses(con)


def _any(con: Connection, table: str) -> bool:
    """Whether a table has a row."""
    return bool(con.execute(f"select 1 from {table} limit 1").fetchall())


def _distinct(sources: Sources, table: Table, column: str) -> str:
    return f"select distinct {column} as reference from ({sources.rows(table)}) as given"


def names_of(table: Table) -> dict[str, str]:
    """The columns by which a row of a table may name a home; a survey's reference may be a home's or a tenancy's."""
    if table is RESPONSES:
        return {"home_ref": "household", "tenancy_ref": "household"}
    have = {name for name, _ in table.columns}
    return {name: name for name in REFERENCES if name in have}


# ── Joining ──────────────────────────────────────────────────────────────────────────────────────


def joined(table: Table, rows: str) -> str:
    """A query of the rows as given with the home each joins, how, and what that home is."""
    named = names_of(table)
    found = {
        "home_ref": "left join found_homes as by_home on by_home.reference = given.{}",
        "uprn_ref": "left join found_homes as by_uprn on by_uprn.reference = given.{}",
        "tenancy_ref": "left join found_tenancies as by_tenancy on by_tenancy.reference = given.{}",
        "address_key": "left join found_addresses as by_address on by_address.reference = given.{}",
    }
    joins = " ".join(found[name].format(column) for name, column in named.items())
    home = _home_of(named)
    given_estate = "given.estate_given" if "estate" in table.given else "null"
    return (
        f"select given.*, {home} as home, {_how(named)} as joined, {_block(named)} as block_named, "
        f"{_estate_of_block(named)} as estate_of_block, coalesce(said.estate, {given_estate}) as estate_said "
        f"from ({rows}) as given {joins} left join said_estates as said on said.given = {given_estate}"
    )


def _home_of(named: dict[str, str]) -> str:
    """The home of the surest reference: exact, then alike, then by the tenancy, then by the address."""
    exact = [f"case when {by}.exact then {by}.home end" for by in _by_reference(named)]
    others = [f"{by}.home" for by in _by_reference(named)]
    others += ["by_tenancy.home"] * ("tenancy_ref" in named) + ["by_address.home"] * ("address_key" in named)
    return f"coalesce({', '.join([*exact, *others])})"


def _by_reference(named: dict[str, str]) -> list[str]:
    return ["by_home"] * ("home_ref" in named) + ["by_uprn"] * ("uprn_ref" in named)


def _how(named: dict[str, str]) -> str:
    cases = [f"when {by}.exact then 'exact'" for by in _by_reference(named)]
    cases += [f"when {by}.home is not null then 'normalised'" for by in _by_reference(named)]
    cases += ["when by_tenancy.home is not null then 'tenancy'"] * ("tenancy_ref" in named)
    cases += ["when by_address.home is not null then 'address'"] * ("address_key" in named)
    cases += [f"when {by}.block is not null then 'block'" for by in _by_reference(named)]
    nothing = " and ".join(f"given.{column} is null" for column in dict.fromkeys(named.values()))
    return f"case {' '.join(cases)} when {nothing} then 'not named' else 'none' end"


def _block(named: dict[str, str]) -> str:
    return f"coalesce({', '.join(f'{by}.block' for by in _by_reference(named))}, null)"


def _estate_of_block(named: dict[str, str]) -> str:
    return f"coalesce({', '.join(f'{by}.estate' for by in _by_reference(named))}, null)"


def _write_records(sources: Sources, table: Table) -> None:
    rows = sources.rows(table)
    rows = _with_refusals(sources, rows) if table is PEOPLE else rows
    past = ""
    if table is COMPLAINTS:
        hold_history(sources.con, "next.main.home_tenures")
        past = "asof left join history as past on past.home = j.home and j.made >= past.begun"
    tenure, group = _tenure(table)
    block = "case when j.joined in ('none', 'not named') then null else coalesce(h.block, j.block_named) end"
    sources.con.execute(
        f"create table next.{table.name} as select j.* exclude (block_named, estate_of_block, estate_said), "
        "coalesce(h.estate, case when j.joined = 'block' then j.estate_of_block end, j.estate_said) as estate, "
        f"{block} as block, {tenure} as tenure, {group} as tenure_group "
        f"from ({joined(table, rows)}) as j left join homes_once as h on h.home = j.home {past} order by {table.order}"
    )


def _tenure(table: Table) -> tuple[str, str]:
    """SQL for the tenure of a row and its group: the home's, else the file's own; of a complaint the tenure then, from
    the home's history, before the file's own word for it, before what the home is now.
    """
    of_home = ("h.tenure_group is not null", "h.tenure", "h.tenure_group")
    of_file = ("j.tenure_group_given is not null", "j.tenure_given", "j.tenure_group_given")
    then = ("past.tenure_group is not null and j.made <= past.ended", "past.tenure", "past.tenure_group")
    choices = [of_home, of_file] if "tenure" in table.given else [of_home]
    choices = [then, of_file, of_home] if table is COMPLAINTS else choices
    tenure, group = (f"case {' '.join(f'when {each[0]} then {each[n]}' for each in choices)} end" for n in (1, 2))
    return tenure, group


# ── Refusals hold for ever ───────────────────────────────────────────────────────────────────────


def _hold_refusals(sources: Sources, today: date) -> None:
    """Tables ``refused`` (tenancy_key, what): every refusal held or brought, and ``refused_homes`` (key, what, since,
    alone): the last day on which one was made in a home, and whether that home is all that is known of it."""
    said = " union all ".join(
        f"select {_TENANCY_KEY} as tenancy_key, coalesce(found.is_home, home_ref) as home, '{what}' as what, "
        f"date '{today}' as since from ({sources.rows(PEOPLE)}) as given "
        f"left join {_FOUND} on found.named = home_ref where {column}"
        for column, what in _REFUSED
    )
    held = f"select tenancy_key, home, what, since from ({sources.rows(REFUSALS)}) as held"
    sources.con.execute(
        f"create or replace temp table refusals_said as select * from ({held} union all {said}) "
        "where tenancy_key is not null"
    )
    sources.con.execute("create or replace temp table refused as select distinct tenancy_key, what from refusals_said")
    sources.con.execute(
        f"create or replace temp table refused_homes as select {alike('home')} as key, what, max(since) as since, "
        f"bool_or(starts_with(tenancy_key, '{_OF_HOME}')) as alone from refusals_said where home is not null "
        "group by 1, 2"
    )


def _with_refusals(sources: Sources, rows: str) -> str:
    """People with every refusal of their tenancy; of those who object, nothing of a special category.

    Where a file does not name the tenancy, a refusal made in the same home holds for whoever did not move in later.
    """
    special = [name for name in columns_in(sources.con, rows) if name.startswith("c_")]
    flags = ", ".join(
        f"coalesce({column}, false) or exists (select 1 from refused where what = '{what}' "
        f"and tenancy_key = {_TENANCY_KEY}) or coalesce({column}_home.what is not null and "
        f"(tenancy_ref is null or {column}_home.alone) and "
        f"(start_day is null or start_day <= {column}_home.since), false) as {column}"
        for column, what in _REFUSED
    )
    here = alike("coalesce(found.is_home, given.home_ref)")
    homes = " ".join(
        f"left join refused_homes as {column}_home on {column}_home.what = '{what}' and {column}_home.key = {here}"
        for column, what in _REFUSED
    )
    kept = "".join(f", case when not objects then {quoted(name)} end as {quoted(name)}" for name in special)
    flagged = (
        f"select given.* replace ({flags}) from ({rows}) as given "
        f"left join {_FOUND} on found.named = given.home_ref {homes}"
    )
    return f"select *{f' replace ({kept[2:]})' if kept else ''} from ({flagged}) as flagged"


def _write_refusals(sources: Sources, today: date) -> None:
    said = " union all ".join(
        f"select {_TENANCY_KEY} as tenancy_key, coalesce(home, home_ref) as home, '{what}' as what, "
        f"date '{today}' as since, source "
        f"from next.main.people where {column}"
        for column, what in _REFUSED
    )
    sources.con.execute(
        "create table next.refusals as select tenancy_key, arg_min(home, since) as home, what, min(since) as since, "
        f"arg_min(source, since) as source from (({sources.rows(REFUSALS)}) union all by name ({said})) "
        f"where tenancy_key is not null group by tenancy_key, what order by {REFUSALS.order}"
    )
