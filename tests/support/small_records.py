"""A small generation with records, made by hand: two estates, some homes, and whatever rows a test brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
from small_survey import small_incoming

from data.generation import Generation
from data.store import Store

RECORDS = ("homes", "people", "sample", "complaints", "contacts", "repairs", "hazards")
Rows = Mapping[str, Sequence[Mapping[str, object]]]


def generation_of(folder: Path, rows: Rows, *changes: str, special: Sequence[str] = ()) -> Generation:
    """A published survey of 40 answers (Ash Court, Beech Row) with these rows put into its tables of records."""
    incoming = small_incoming()
    for change in changes:
        incoming.connection.execute(change)
    held = Store(folder, "real").publish(incoming)
    path = held.path
    held.close()
    with duckdb.connect(str(path)) as con:
        for name in special:
            con.execute(f'alter table people add column "{name}" varchar')
        for table, brought in rows.items():
            for row in brought:
                names = ", ".join(f'"{name}"' for name in row)
                con.execute(f"insert into {table} ({names}) values ({', '.join('?' * len(row))})", list(row.values()))
    return Generation(path)


def homes_on(estate: str, number: int, tenure_group: str = "LCRA", **more: object) -> list[dict[str, object]]:
    """So many homes on an estate."""
    return [
        {"home": f"{estate}{tenure_group}{n}", "estate": estate, "tenure": "General needs",
         "tenure_group": tenure_group, "dwelling": True, **more}
        for n in range(number)
    ]  # fmt: skip
