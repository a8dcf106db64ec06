"""The rows of a table as the next generation has them before any is joined: those brought, and those still held."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from data.merging.layout import OF_SURVEYS, WAVES, WHOLE, Table, columns_in, empty
from data.selection import literal, quoted


@dataclass(frozen=True)
class Sources:
    """One connection with what a file brings (``main``) and what is held (``prev``), and which tables each has."""

    con: duckdb.DuckDBPyConnection
    sha256: str
    brought: frozenset[str]
    held: frozenset[str]  # empty where nothing has been published yet
    joined_already: bool = False  # homes, people and what was confirmed are as they were when the held rows were joined

    def brings(self, table: Table) -> bool:
        """Whether the file brings rows of this table, or an empty table in place of what is held."""
        return table.name in self.brought

    def stands(self, table: Table) -> bool:
        """Whether a held table goes over as it is: nothing is added, and joining it anew would change nothing."""
        return self.joined_already and table.name in self.held and not self.brings(table)

    def rows(self, table: Table) -> str:
        """A query of the rows brought and held, as given: without anything that a home would fill."""
        parts = [empty(table)]
        if self.brings(table):
            parts.append(self._brought(table))
        if table.name in self.held:
            parts.append(f"{self._held(table)} where {self._staying(table)}")
        return " union all by name ".join(f"({part})" for part in parts)

    def _brought(self, table: Table) -> str:
        have = columns_in(self.con, f"main.{table.name}")
        renamed = ", ".join(f"{name} as {name}_given" for name in table.given if name in have)
        source = f", {literal(self.sha256)} as source" if table.sourced else ""
        return f"select *{f' rename ({renamed})' if renamed else ''}{source} from main.{table.name}"

    def _held(self, table: Table) -> str:
        """The held rows as given: without what the merger filled, and with few-valued columns as text again."""
        found = self.con.execute(f"describe prev.main.{table.name}").fetchall()
        names = [(name, kind) for name, kind, *_ in found if name not in table.derived]
        return "select " + ", ".join(
            f"{quoted(name)}::VARCHAR as {quoted(name)}" if kind.startswith("ENUM") else quoted(name)
            for name, kind in names
        ) + f" from prev.main.{table.name} as held"  # fmt: skip

    def _staying(self, table: Table) -> str:
        """Which held rows stay beside those brought; a file taken in again replaces all the records it brought."""
        if table.kept == OF_SURVEYS and WAVES.name in self.brought:
            return f"{table.key[0]}::VARCHAR not in (select name from main.waves)"
        if not self.brings(table) or table.kept == WHOLE:
            return "false" if self.brings(table) else "true"
        same = " and ".join(f"brought.{name} is not distinct from held.{name}" for name in table.key)
        stays = f"not exists (select 1 from main.{table.name} as brought where {same})"
        return f"held.source is distinct from {literal(self.sha256)} and {stays}" if table.sourced else stays
