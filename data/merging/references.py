"""Which home a reference names: exact, then with padding and punctuation off, then by tenancy, address or block.

A person's own word comes first. A key that fits two homes names neither.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import duckdb

Connection = duckdb.DuckDBPyConnection
RULES = 1  # the version of the rules in this module: another number has everything joined anew
HOME, TENANCY, ADDRESS = "home", "tenancy", "address"  # what a reference may be a reference to


@dataclass(frozen=True)
class Confirmed:
    """What a person has said: which estate a name means, and which home a reference names.

    ``estates``: the name as given to the name meant. ``homes``: (what, reference) to the home's own reference, where
    what is "home" (own reference or UPRN), "tenancy" or "address".
    """

    estates: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    homes: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def seal(self) -> str:
        """A key that changes whenever what was said does, or the rules by which rows are joined."""
        said = repr((RULES, sorted(self.estates.items()), sorted(self.homes.items())))
        return hashlib.sha256(said.encode()).hexdigest()


def alike(column: str) -> str:
    """SQL for a key as it is compared: upper case, no spaces or punctuation, no leading zeros, no ".0" of a
    spreadsheet; NULL where nothing is left."""
    return rf"nullif(ltrim(upper(regexp_replace(trim({column}), '\.0+$|[^\p{{L}}\p{{N}}]', '', 'g')), '0'), '')"


def keys_of_homes(homes: str) -> str:
    """A query of keys, upper case and unpadded, with the home each fits and how many homes it fits."""
    return (
        f"select key, min(home) as home, count(distinct home) as homes from (select {alike('home')} as key, home "
        f"from {homes} union all select {alike('uprn')}, home from {homes} where uprn is not null) "
        "where key is not null group by key"
    )


def hold_confirmed(con: Connection, confirmed: Confirmed) -> None:
    """Tables ``said_estates`` (given, estate) and ``said_homes`` (what, reference, home) of what a person said."""
    con.execute(
        "create or replace temp table said_estates as "
        "select unnest($1::VARCHAR[]) as given, unnest($2::VARCHAR[]) as estate",
        [list(confirmed.estates), list(confirmed.estates.values())],
    )
    con.execute(
        "create or replace temp table said_homes as select unnest($1::VARCHAR[]) as what, "
        "unnest($2::VARCHAR[]) as reference, unnest($3::VARCHAR[]) as home",
        [[what for what, _ in confirmed.homes], [key for _, key in confirmed.homes], list(confirmed.homes.values())],
    )


def hold_homes(con: Connection, homes: str) -> None:
    """Table ``homes_once``: a row a home, with what a record may have from it; ``homes`` names the table of homes."""
    con.execute(
        "create or replace temp table homes_once as select distinct on (home) home, uprn, estate, block, tenure, "
        f"tenure_group, property_type, address_key from {homes} where home is not null order by home, row"
    )


def find_homes(con: Connection, named: str) -> None:
    """Table ``found_homes``: each distinct reference of query ``named`` (one column, ``reference``) with the home or
    block it names, and whether exactly.

    Needs ``hold_confirmed`` and ``hold_homes``.
    """
    con.execute(f"""
        create or replace temp table found_homes as
        with named as materialized (
                select reference, {alike("reference")} as key
                from (select distinct reference from ({named}) where reference is not null)),
             own as (select distinct home from homes_once),
             uprns as (select uprn, min(home) as home from homes_once where uprn is not null
                       group by uprn having count(distinct home) = 1),
             alike as (select key, home from ({keys_of_homes("homes_once")}) where homes = 1),
             blocks as (select {alike("block")} as key, min(block) as block, min(estate) as estate from homes_once
                        where block is not null group by 1 having count(distinct (block, estate)) = 1),
             said as (select reference, home from said_homes semi join own using (home) where what = '{HOME}')
        select named.reference, coalesce(said.home, own.home, uprns.home, alike.home) as home,
               coalesce(said.home, own.home, uprns.home) is not null as exact,
               blocks.block as block, blocks.estate as estate
        from named
        left join said on said.reference = named.reference
        left join own on own.home = named.reference
        left join uprns on uprns.uprn = named.reference
        left join alike on alike.key = named.key
        left join blocks on blocks.key = named.key
    """)


def find_tenancies(con: Connection, named: str, people: str) -> None:
    """Table ``found_tenancies``: each distinct reference of query ``named`` with the home of that tenancy.

    Needs ``find_homes`` over the people's own ``home_ref``. A tenancy of two homes names neither.
    """
    con.execute(f"""
        create or replace temp table found_tenancies as
        with named as materialized (
                select reference, {alike("reference")} as key
                from (select distinct reference from ({named}) where reference is not null)),
             held as materialized (
                select distinct p.tenancy_ref, {alike("p.tenancy_ref")} as key, f.home
                from ({people}) as p join found_homes as f on f.reference = p.home_ref
                where p.tenancy_ref is not null and f.home is not null),
             exactly as (select tenancy_ref, min(home) as home from held group by 1 having count(distinct home) = 1),
             alike as (select key, min(home) as home from held where key is not null
                       group by 1 having count(distinct home) = 1),
             said as (select reference, said_homes.home from said_homes semi join homes_once as h
                      on h.home = said_homes.home where what = '{TENANCY}')
        select named.reference, coalesce(said.home, exactly.home, alike.home) as home
        from named
        left join said on said.reference = named.reference
        left join exactly on exactly.tenancy_ref = named.reference
        left join alike on alike.key = named.key
    """)


def find_addresses(con: Connection) -> None:
    """Table ``found_addresses``: each address key that one home has, or that a person has said."""
    con.execute(f"""
        create or replace temp table found_addresses as
        with said as (select reference, said_homes.home from said_homes semi join homes_once as h
                      on h.home = said_homes.home where what = '{ADDRESS}')
        select coalesce(said.reference, one.key) as reference, coalesce(said.home, one.home) as home
        from (select address_key as key, min(home) as home from homes_once where address_key is not null
              group by 1 having count(distinct home) = 1) as one
        full join said on said.reference = one.key
    """)


def hold_history(con: Connection, tenures: str) -> None:
    """Table ``history``: each home's tenures with their first and last day; an unknown day is as far off as can be.

    ``tenures`` names the table of tenures over time.
    """
    con.execute(f"""
        create or replace temp table history as
        select home, tenure, tenure_group, coalesce(from_day, date '0001-01-01') as begun,
               coalesce(to_day, date '9999-12-31') as ended
        from {tenures} where home is not null
    """)
