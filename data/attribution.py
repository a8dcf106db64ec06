"""What is known of a respondent's home is taken from the homes and people held, before the reference to it goes.

Whoever did not say "you may attribute this to me" keeps an estate, a tenure and bands, and no road back to the home.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import duckdb

from data.merging.references import (
    Confirmed,
    alike,
    find_homes,
    find_tenancies,
    hold_confirmed,
    hold_history,
    hold_homes,
)
from data.selection import literal

Connection = duckdb.DuckDBPyConnection
CHARACTERISTICS = MappingProxyType({"c_property_type": "Property type", "c_length_of_tenancy": "Length of tenancy"})
_DAY = "coalesce(date, last_day_of_fieldwork)"
# Tables that hold references: gone when the deriving is done.
_WORKINGS = ("found_homes", "found_tenancies", "homes_once", "history", "said_homes", "said_estates", "derived")


@dataclass(frozen=True)
class Derived:
    """How many responses named a home, how many of those joined, and how many cells were filled, by column.

    ``added`` are the columns that the file had not: their key in ``staged``, and a label.
    """

    named: int = 0
    joined: int = 0
    filled: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    added: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def derive(con: Connection, generation: Path, confirmed: Confirmed | None = None) -> Derived:
    """Fill what ``staged`` does not say of a home from the generation held: estate, block, tenure, age band, property
    type and length of tenancy, as of the day of the response.

    ``con`` is the intake's own connection, with ``staged`` as data.sources.survey leaves it, its ``household`` still
    there. Leaves table ``answered_homes`` (row, home as a number that means nothing elsewhere), by which several
    responses of one home can be told; no reference is written anywhere. Raises duckdb.Error where the generation
    cannot be read.
    """
    con.execute("create or replace temp table answered_homes (row BIGINT, home BIGINT)")
    with _attached(con, generation) as held:
        if not held:
            return Derived()
        _find(con, confirmed or Confirmed())
        _derive(con)
    joined = _count(con, "select count(*) from derived where home is not null")
    added = _add_columns(con)
    filled = _fill(con, added)
    con.execute(
        "insert into answered_homes select row, dense_rank() over (order by home) from derived where home is not null"
    )
    named = _count(con, "select count(*) from staged where household is not null")
    for table in _WORKINGS:
        con.execute(f"drop table if exists temp.{table}")
    return Derived(named, joined, MappingProxyType(filled), MappingProxyType(added))


@contextmanager
def _attached(con: Connection, generation: Path) -> Iterator[bool]:
    """The generation held as ``landlord``, and whether it has any homes; version 1 has none."""
    con.execute(f"attach {literal(str(generation))} as landlord (read_only)")
    try:
        version = _count(con, "select value::INT from landlord.main.meta where key = 'schema_version'")
        yield version > 1 and _count(con, "select count(*) from landlord.main.homes") > 0
    finally:
        con.execute("detach landlord")


def _find(con: Connection, confirmed: Confirmed) -> None:
    """Which home each household names."""
    hold_confirmed(con, confirmed)
    hold_homes(con, "landlord.main.homes")
    hold_history(con, "landlord.main.home_tenures")
    people = "select tenancy_ref, home_ref from landlord.main.people"
    find_homes(con, f"select household as reference from staged union all select home_ref from ({people})")
    find_tenancies(con, "select household as reference from staged", people)


def _derive(con: Connection) -> None:
    """Table ``derived``: of each response whose household is found, what its home and its tenants are."""
    con.execute(f"""
        create or replace temp table derived as
        with answered as (
                select row, household, {_DAY} as day, coalesce(by_home.home, by_tenancy.home) as home
                from staged
                left join found_homes as by_home on by_home.reference = household
                left join found_tenancies as by_tenancy on by_tenancy.reference = household
                where household is not null and coalesce(by_home.home, by_tenancy.home) is not null),
             tenants as (
                select a.row, arg_min(p.age_band, {_FIRST}) as age_band,
                       arg_min(p.length_of_tenancy, {_FIRST}) as length_of_tenancy
                from answered as a join landlord.main.people as p on p.home = a.home
                where (p.start_day is null or a.day is null or p.start_day <= a.day)
                  and (p.end_day is null or (a.day is not null and p.end_day >= a.day))
                group by a.row)
        select a.row, a.home, h.estate, h.block, h.property_type as c_property_type, t.age_band,
               t.length_of_tenancy as c_length_of_tenancy,
               case when then_.tenure_group is not null and a.day <= then_.ended then then_.tenure else h.tenure end
                   as tenure,
               case when then_.tenure_group is not null and a.day <= then_.ended then then_.tenure_group
                    else h.tenure_group end as tenure_group
        from answered as a
        asof left join history as then_ on then_.home = a.home and a.day >= then_.begun
        left join homes_once as h on h.home = a.home
        left join tenants as t on t.row = a.row
    """)


# Of several tenants of a home: of the tenancy named, then the lead tenant, then the first in the list.
_FIRST = (
    f"({alike('p.tenancy_ref')} is distinct from {alike('a.household')}, "
    "p.lead is distinct from true, coalesce(p.row, 0))"
)


def _add_columns(con: Connection) -> dict[str, str]:
    """The characteristics that the file has no column for and the landlord knows something of."""
    have = {name for (name, *_) in con.execute("describe staged").fetchall()}
    added = {
        key: label
        for key, label in CHARACTERISTICS.items()
        if key not in have and _count(con, f"select count({key}) from derived")
    }
    for key in added:
        con.execute(f"alter table staged add column {key} VARCHAR")
    return added


def _fill(con: Connection, added: Mapping[str, str]) -> dict[str, int]:
    """Fill the empty cells; gives how many of each column. What the file says itself stays.

    Some blocks are one home: of whoever may not be attributed the block is not filled.
    """
    cells = {
        "estate": "s.estate is null",
        "block": "s.block is null and coalesce(s.may_attribute, false)",
        "tenure": "s.tenure_group is null and d.tenure_group is not null",
        "age_band": "s.age_band_given is null and s.age is null and s.dob is null",
        **dict.fromkeys(added, "true"),
    }
    both = "from derived as d join staged as s on s.row = d.row"
    counts = ", ".join(f"count(d.{name}) filter ({empty})" for name, empty in cells.items())
    (found,) = con.execute(f"select {counts} {both}").fetchall()
    chosen = {name: f"case when {empty} then d.{name} end" for name, empty in cells.items()}
    group = f"case when {cells['tenure']} then d.tenure_group end"
    con.execute(f"""
        update staged set estate = coalesce(f.estate, staged.estate), block = coalesce(f.block, staged.block),
               tenure = coalesce(f.tenure, staged.tenure), tenure_group = coalesce(f.tenure_group, staged.tenure_group),
               stratum = coalesce(staged.stratum, f.tenure_group),
               age_band_given = coalesce(f.age_band, staged.age_band_given)
               {"".join(f", {name} = f.{name}" for name in added)}
        from (select d.row, {group} as tenure_group, {", ".join(f"{said} as {name}" for name, said in chosen.items())}
              {both}) as f where f.row = staged.row
    """)
    return {name: int(n) for name, n in zip(cells, found, strict=True) if n}


def _count(con: Connection, query: str) -> int:
    ((n,),) = con.execute(query).fetchall()
    return int(n)
