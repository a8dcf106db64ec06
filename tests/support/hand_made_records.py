"""Small incoming records for tests: the tables an intake leaves, made by hand, a few rows each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
from small_survey import SmallIncoming

from data.merging.layout import HOME_TENURES, PLACES, PROBLEMS, RECORDS
from data.selection import quoted

TABLES = {table.name: table for table in (*PLACES, *RECORDS)}
Rows = Sequence[Mapping[str, object]]


def small_records(name: str = "records.csv", sha256: str = "a" * 64, **tables: Rows) -> SmallIncoming:
    """An incoming file of these tables; a column that a row does not name is missing, ``row`` counts from 2."""
    con = duckdb.connect()
    columns = ", ".join(f"{quoted(each)} {kind}" for each, kind in PROBLEMS.columns if each != "file")
    con.execute(f"create table problems ({columns})")
    for table, rows in tables.items():
        columns = ", ".join(f"{quoted(each)} {kind}" for each, kind in TABLES[table].columns)
        con.execute(f"create table {table} ({columns})")
        for n, row in enumerate(rows, start=2):
            numbered = row if TABLES[table] is HOME_TENURES else {"row": n, **row}
            for extra in (each for each in numbered if each.startswith("c_")):
                con.execute(f"alter table {table} add column if not exists {quoted(extra)} varchar")
            names = ", ".join(quoted(each) for each in numbered)
            places = ", ".join("?" * len(numbered))
            con.execute(f"insert into {table} ({names}) values ({places})", list(numbered.values()))
    return SmallIncoming(con, name=name, sha256=sha256, scores={"rows kept": 1.0})


HOMES: Rows = (
    {"home": "00123/4", "uprn": "100023336956", "estate": "Lanternmoor", "block": "Teal House",
     "tenure": "General needs", "tenure_group": "LCRA", "property_type": "Flat", "address_key": "k1"},
    {"home": "P-77", "uprn": "100023336957", "estate": "Lanternmoor", "block": "Teal House",
     "tenure": "Sheltered", "tenure_group": "LCRA", "property_type": "Bungalow", "address_key": "k2"},
    {"home": "P 78", "uprn": "100023336958", "estate": "Ash Court", "block": None,
     "tenure": "Shared ownership", "tenure_group": "LCHO", "property_type": "House", "address_key": "k3"},
    {"home": "0900", "uprn": None, "estate": "Ash Court", "block": "Block 9",
     "tenure": "General needs", "tenure_group": "LCRA", "property_type": "Flat", "address_key": "k4"},
    {"home": "900", "uprn": None, "estate": "Ash Court", "block": "Block 9",
     "tenure": "General needs", "tenure_group": "LCRA", "property_type": "Flat", "address_key": "k4"},
)  # fmt: skip


def small_homes(**named: str) -> SmallIncoming:
    """Five homes on two estates; two share an address, and their references differ by a leading nought."""
    return small_records(**{"name": "homes.csv", "sha256": "b" * 64, **named}, homes=HOMES)
