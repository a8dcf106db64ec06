"""How long it takes to know who has not been heard from: 250,000 homes, 6 characteristics, 7 channels.

Run: python bench/silence.py [share], where 0.1 makes a landlord a tenth as large. The roll of homes is made once for a
generation; every crossing of two characteristics after that is counted from it. The baseline, in the same run, is one
plain DuckDB count of the same rows: how many homes each table of the generation names. Medians, and ratios to it.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import duckdb
from timing import seconds

from analysis.model import WHOLE_LANDLORD, Question
from dashboard.unheard import call_plan, how_wrong, looked_at, unheard
from data.generation import Generation
from data.merging.layout import (
    COMPLAINTS,
    CONTACTS,
    DIMENSIONS,
    HAZARDS,
    HOMES,
    PEOPLE,
    PROBLEMS,
    REPAIRS,
    RESPONSES,
    SAMPLE,
    STRATA,
    WAVES,
)
from data.roll import DIMS, roll_of
from data.store import Store

MANY = {"homes": 250_000, "repairs": 1_000_000, "contacts": 250_000, "complaints": 30_000, "hazards": 8_000}
INVITED, TODAY = 40_000, date(2026, 11, 20)
ROLL_GOAL, CROSSING_GOAL = 1.5, 0.1


def one_of(salt: int, *levels: str) -> str:
    """SQL for one of some levels, by a hash of the row number."""
    named = ", ".join(f"'{level}'" for level in levels)
    return f"[{named}][(hash(i + {salt}) % {len(levels)})::INTEGER + 1]"


TENURE = one_of(0, "General needs", "Affordable rent", "Sheltered", "Supported")
AGE = one_of(7, "16 to 24", "25 to 34", "35 to 44", "45 to 54", "55 to 64", "65 to 74", "75 and over")
LENGTH = one_of(8, "Under 1 year", "1 to 2 years", "3 to 5 years", "6 to 10 years", "Over 10 years")
KIND = one_of(1, "House", "Flat", "Bungalow", "Maisonette")
CHANNEL = one_of(9, "telephone", "e-mail", "portal", "visit", "letter")
REASON = one_of(11, "Damp and mould", "Moving home", "Rent")
DAY = "DATE '2025-01-01' + (hash(i + 3) % 680)::INTEGER"
HOME = "lpad((hash(i + 5) % $homes::BIGINT)::VARCHAR, 8, '0')"
ANSWERED = "hash(i + 12) % 4 = 0"
NO_READING = (
    "select null::varchar as text_key, null::varchar as tone, null::double as confidence, "
    "null::varchar as set_aside where false"
)
ROWS = {
    HOMES: f"""
        select i as row, lpad(i::VARCHAR, 8, '0') as home, 'Estate ' || i % 300 as estate, {TENURE} as tenure,
               'LCRA' as tenure_group, {KIND} as property_type, true as dwelling, true as occupied,
               DATE '2026-11-01' as as_at
        from range($homes::BIGINT) t(i)
    """,
    PEOPLE: f"""
        select i as row, 'P' || i as reference, 'T' || i as tenancy_ref, lpad(i::VARCHAR, 8, '0') as home_ref,
               DATE '2015-01-01' as start_day, true as lead, {AGE} as age_band, i % 90 = 0 as do_not_contact,
               {LENGTH} as length_of_tenancy
        from range($homes::BIGINT) t(i)
    """,
    REPAIRS: f"""
        select i as row, 'R' || i as reference, {DAY} as raised, {HOME} as home_ref from range($repairs::BIGINT) t(i)
    """,
    CONTACTS: f"""
        select i as row, 'C' || i as reference, {DAY} as day, {CHANNEL} as channel,
               {one_of(10, "in", "out")} as direction, {REASON} as reason, true as listening, {HOME} as home_ref
        from range($contacts::BIGINT) t(i)
    """,
    COMPLAINTS: f"""
        select i as row, 'M' || i as reference, 'M' || i as complaint, 1 as stage, {DAY} as made, {HOME} as home_ref
        from range($complaints::BIGINT) t(i)
    """,
    HAZARDS: f"""
        select i as row, 'H' || i as reference, {DAY} as reported, {HOME} as home_ref
        from range($hazards::BIGINT) t(i)
    """,
    SAMPLE: f"""
        select i as row, '2026' as wave, 'S' || i as reference, {HOME} as home_ref, 'LCRA' as tenure_group,
               case when {ANSWERED} then 'complete' else 'no reply' end as outcome
        from range($invited::BIGINT) t(i)
    """,
    RESPONSES: f"""
        select '2026' as wave, i as row, i as respondent, 'LCRA' as tenure_group, {TENURE} as tenure,
               'Estate ' || hash(i + 5) % 300 as estate, {AGE} as age_band, 'telephone' as method,
               DATE '2026-06-01' as date, 'LCRA' as stratum, 1.0 as weight, true as counts, true as may_attribute,
               {HOME} as household, (hash(i + 13) % 5 + 1)::TINYINT as "TP01"
        from range($invited::BIGINT) t(i) where {ANSWERED}
    """,
}


@dataclass
class Made:
    """Tables on their way to the store."""

    connection: duckdb.DuckDBPyConnection
    name: str
    sha256: str
    facts: dict[str, object] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)


def made(said: dict[str, int], *tables) -> Made:
    """One file of these tables, its rows made by hashing their numbers."""
    con = duckdb.connect()
    for table in (*tables, PROBLEMS):
        columns = ", ".join(f'"{name}" {kind}' for name, kind in table.columns if (table, name) != (PROBLEMS, "file"))
        con.execute(f"create table {table.name} ({columns})")
        if table in ROWS:
            used = {name: number for name, number in said.items() if f"${name}" in ROWS[table]}
            con.execute(f"insert into {table.name} by name {ROWS[table]}", used)
    name = ", ".join(table.name for table in tables)
    return Made(con, name, hashlib.sha256(name.encode()).hexdigest())


def survey(said: dict[str, int]) -> Made:
    """A survey of a quarter of those invited, with the tables that go with it."""
    file = made(said, RESPONSES, DIMENSIONS, WAVES, STRATA)
    file.connection.execute(
        "insert into dimensions select unnest(['estate', 'tenure', 'age_band']), unnest(['Estate', 'Tenure', 'Age']), "
        "'', false; insert into waves by name select '2026' as name, DATE '2026-04-01' as fieldwork_from, "
        "DATE '2026-10-30' as fieldwork_to, '2026/27' as reporting_year"
    )
    file.connection.execute("create table comments (wave varchar, respondent bigint, row bigint, question varchar, "
                            "text varchar, text_key varchar)")  # fmt: skip
    return file


def published(folder: Path, share: float) -> Generation:
    """A landlord of that share of the size, in a store."""
    said = {name: int(number * share) for name, number in MANY.items()} | {"invited": int(INVITED * share)}
    store = Store(folder, "real")
    store.publish(survey(said)).close()
    for table in (HOMES, PEOPLE, SAMPLE, COMPLAINTS, CONTACTS, HAZARDS, REPAIRS):
        held = store.publish(made(said, table))
        if table is not REPAIRS:
            held.close()
    return held


def both(job: Callable[[], object], turns: int = 5) -> tuple[float, float]:
    """Median seconds of a job on the clock, and of processor time: others may be using the computer too."""
    walls, worked = [], []
    for _ in range(turns):
        start, busy = time.perf_counter(), time.process_time()
        job()
        walls.append(time.perf_counter() - start)
        worked.append(time.process_time() - busy)
    return median(walls), median(worked)


def plain_count(held: Generation) -> None:
    """The baseline: how many homes each table names."""
    for table in ("homes", "people", "sample", "responses", "repairs", "complaints", "contacts", "hazards"):
        held.rows(f"select count(*), count(distinct home) from {table} where home is not null")


def main() -> None:
    share = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    with TemporaryDirectory() as folder:
        start = time.perf_counter()
        held = published(Path(folder), share)
        print(f"made and published in {time.perf_counter() - start:.0f} s: {held.held_rows()}")
        baseline = seconds(lambda: plain_count(held))
        first, worked = both(lambda: roll_of(held, NO_READING, TODAY))
        roll = roll_of(held, NO_READING, TODAY)
        question = Question("2026", "LCRA", WHOLE_LANDLORD)
        start = time.perf_counter()
        looked = looked_at(question, roll, held, 10)
        unheard(looked, ("estate",), TODAY)  # what does not hang on the way of dividing is found once
        put = time.perf_counter() - start
        crossings = {by: both(lambda by=by: unheard(looked, by, TODAY)) for by in combinations(DIMS, 2)}
        wrong = seconds(lambda: how_wrong(looked, ("estate",), TODAY), 3)
        plan = seconds(lambda: call_plan(looked, 100), 3)
    slowest = max(crossings, key=lambda by: crossings[by][0])
    print(f"baseline, a plain count of the homes in the same tables: {baseline:.3f} s")
    print(f"the roll, once a generation: {first:.3f} s (goal {ROLL_GOAL} s), ratio {first / baseline:.2f}; "
          f"{worked:.3f} s of processor time")  # fmt: skip
    print(f"the first question put to it: {put:.3f} s")
    for by, (took, busy) in sorted(crossings.items(), key=lambda pair: -pair[1][0]):
        print(f"  crossing {' × '.join(by)}: {took * 1000:.0f} ms (goal {CROSSING_GOAL * 1000:.0f} ms), "
              f"ratio {took / baseline:.2f}; {busy * 1000:.0f} ms of processor time")  # fmt: skip
    print(f"how wrong the figure could be: {wrong:.3f} s; where 100 calls should go: {plan:.3f} s")
    missed = first > ROLL_GOAL or crossings[slowest][0] > CROSSING_GOAL
    print("a goal was missed" if missed else "both goals were met")


if __name__ == "__main__":
    main()
