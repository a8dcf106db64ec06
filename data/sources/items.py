"""Answers to the questions about being judged, as the columns they are kept in: one an item, one an option.

An option ticked is 5 and one not ticked 1, of those who answered the item; a column of its own for each, so that the
same counted cells and the same statistics serve as for any measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb

from analysis.model import NOT_ASKED, OUTSIDE, REFUSED, TENURE_GROUPS
from analysis.model.stigma import NO, SEVERAL, YES, Item, Option
from data.columns.items import ItemsRead, Several
from data.columns.resolution import Resolved
from data.selection import literal, quoted
from data.stigma import OTHER, stigma_module

Connection = duckdb.DuckDBPyConnection


def item_columns(place: Resolved) -> dict[str, Item]:
    """The columns this file fills, in the register's order, with their items. What speaks of health is not among them
    unless a policy document is named."""
    there = {name[:4] for name in place.items}
    return {
        code: item
        for item in stigma_module().items
        if item.code in there
        for code in item.codes
        if place.health_kept or not _special(item, code)
    }


def not_kept(place: Resolved) -> tuple[str, ...]:
    """The titles of options that are not kept because they speak of health and no policy document is named."""
    there = {name[:4] for name in place.items}
    kept = item_columns(place)
    return tuple(
        f"{item.code} {option.title}"
        for item in stigma_module().items
        if item.code in there
        for option in item.options
        if f"{item.code}:{option.key}" not in kept
    )


def _special(item: Item, code: str) -> bool:
    return any(option.special and code == f"{item.code}:{option.key}" for option in item.options)


def stage_items(con: Connection, place: Resolved, read: ItemsRead) -> None:
    """Table ``staged_items``: a row a row of ``staged``, a column a code, as the item was answered and may be counted.

    Whoever an item does not follow for, or is not put to, is "not asked" whatever the file says; ``item_answered`` has
    what each answered before that, an item a column, for the checks. Nothing where the file holds no item.
    """
    columns = item_columns(place)
    if not columns:
        return
    joins: list[str] = []
    given = dict(_given(con, place, read, joins))
    con.execute(
        f"create table item_answered as select staged.row, staged.tenure_group, "
        f"{', '.join(f'{sql} as {quoted(code)}' for code, sql in given.items())} "
        f"from staged join raw using (row) {' '.join(joins)}"
    )
    counted = ", ".join(f"{_counted(item, code, given)} as {quoted(code)}" for code, item in columns.items())
    con.execute(f"create table staged_items as select row, {counted} from item_answered")


def _counted(item: Item, code: str, given: Mapping[str, str]) -> str:
    """An answer as it counts: not asked where words for renters were put to others, or what it follows is no yes.

    A blank stays a blank but where the item it follows was answered, so that a wave that asked nothing asked nothing.
    """
    others = [literal(group) for group in (*TENURE_GROUPS, OUTSIDE) if group not in item.tenures]
    own = quoted(code)
    conditions = [f"(tenure_group in ({', '.join(others)}) and {own} is not null)"] if others else []
    if item.follows in given:
        before = quoted(item.follows)
        conditions.append(f"{before} <> {YES} or ({before} is null and {own} is not null)")
    if not conditions:
        return own
    return f"case when {' or '.join(conditions)} then {NOT_ASKED}::TINYINT else {own} end"


def _given(con: Connection, place: Resolved, read: ItemsRead, joins: list[str]) -> Iterator[tuple[str, str]]:
    """Each code with the SQL of what was answered, all of them, whether kept or not."""
    for item in stigma_module().items:
        if item.kind == SEVERAL:
            names = [name for name in place.items if name[:4] == item.code]
            if names:
                yield from _several(con, item, place, read, joins)
        elif item.code in place.items:
            meant = read.single[item.code]
            yield item.code, _joined(con, item.code, place, dict(meant.known), "TINYINT", joins)


def _several(
    con: Connection, item: Item, place: Resolved, read: ItemsRead, joins: list[str]
) -> Iterator[tuple[str, str]]:
    """Options of an item with several answers, from its one cell, its own columns, or both."""
    whole = read.several.get(item.code, Several({}))
    listed = code = "NULL"
    if item.code in place.items:
        keys = {value: ",".join(["", *named, ""]) for value, named in whole.options.items()}
        listed = _joined(con, f"{item.code}", place, keys, "VARCHAR", joins)
        code = _joined(con, f"{item.code}", place, dict(whole.codes), "TINYINT", joins, "code")
    ticks: dict[str, list[str]] = {}
    for name in (name for name in place.items if name.startswith(f"{item.code}:")):
        key = name.split(":")[1]
        known = dict(read.ticks[name].known)
        ticks.setdefault(key, []).append(_joined(con, name, place, known, "TINYINT", joins))
        lost = {value: YES for value in read.ticks[name].unknown if value not in read.ticks[name].codes}
        if lost and key != OTHER:  # words that say neither: counted as another answer, never lost
            ticks.setdefault(OTHER, []).append(_joined(con, name, place, lost, "TINYINT", joins, "lost"))
    ticked = {option.key: _ticked(option, listed, ticks.get(option.key, ())) for option in item.options}
    beside = " or ".join(sql for option in item.options if not option.alone for sql in [ticked[option.key]])
    for option in item.options:
        if option.alone:  # "none of these" beside something is that something
            ticked[option.key] = f"({ticked[option.key]} and not ({beside}))"
    anything = " or ".join(ticked.values())
    refused = " or ".join(
        f"coalesce({sql} = {REFUSED}, false)" for sql in (code, *(s for each in ticks.values() for s in each))
    )
    unasked = f"coalesce({code} = {NOT_ASKED}, false)"
    for option in item.options:
        yield (
            f"{item.code}:{option.key}",
            f"case when {anything} then case when {ticked[option.key]} then {YES} else {NO} end "
            f"when {refused} then {REFUSED} when {unasked} then {NOT_ASKED} end::TINYINT",
        )


def _ticked(option: Option, listed: str, ticks: list[str] | tuple[str, ...]) -> str:
    """SQL that is true where an option is ticked; never null."""
    found = [f"coalesce(contains({listed}::VARCHAR, {literal(f',{option.key},')}), false)"]
    found += [f"coalesce({sql} = {YES}, false)" for sql in ticks]
    return f"({' or '.join(found)})"


def _joined(
    con: Connection,
    name: str,
    place: Resolved,
    meanings: Mapping[str, object],
    kind: str,
    joins: list[str],
    what: str = "said",
) -> str:
    """What a column's values mean, through a small table joined to its cells."""
    if not meanings:
        return f"NULL::{kind}"
    table = f"item_{len(joins)}"
    con.execute(
        f"create temp table {table} as select unnest($values::VARCHAR[]) as value, unnest($said::{kind}[]) as {what}",
        {"values": list(meanings), "said": list(meanings.values())},
    )
    joins.append(f"left join {table} on {table}.value = raw.c{place.fields[name]}")
    return f"{table}.{what}"
