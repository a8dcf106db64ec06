"""How long 250,000 homes, 1,000,000 repairs and 250,000 contacts take to take in, check, join and publish.

Run: python bench/records.py [share], where 0.1 makes files a tenth as long. The files are made by hashing row numbers,
so they are the same each time; faults are planted, and the intake must find each of them. The baseline, in the same
run, is DuckDB's plain reading of the same three files, every cell as text and nothing checked.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import duckdb

from data.intake import take_in
from data.store import Store

HOMES, REPAIRS, CONTACTS = 250_000, 1_000_000, 250_000
SECONDS, GIGABYTES = 60.0, 2.0
EVERY = 5_000  # one row in so many has each planted fault
WORDS = "the repair took far too long and nobody rang me back but the person who came was kind and did a good job"
TENURES = "['General needs', 'Affordable rent', 'Sheltered', 'Supported', 'Shared ownership', 'Leasehold']"
MADE: Mapping[str, str] = {
    "homes": f"""
        select lpad(i::VARCHAR, 8, '0') as "Property Ref", 100000000000 + i * 7 as "UPRN",
               (i % 97 + 1) || ' Acorn Street ' || i // 97 || ', ZZ' || i % 9 || ' ' || i % 7 || 'AB' as "Address",
               'Estate ' || i % 400 as "Estate", 'Block ' || i // 30 as "Block",
               case when i % {EVERY} = 3 then 'Plot 9' else {TENURES}[i % 6 + 1] end as "Tenure Type",
               ['House', 'Flat', 'Bungalow'][i % 3 + 1] as "Property Type", i % 4 + 1 as "Bedrooms",
               case when i % 50 = 0 then 'Void' else 'Occupied' end as "Status"
        from range($rows::BIGINT) t(i)
    """,
    "repairs": f"""
        select 'W' || 10000000 + i as "wo_ref",
               case when i % {EVERY} = 7 then 'X' || i when i % 9 = 2 then (h)::VARCHAR
                    else rpad(lpad(h::VARCHAR, 8, '0'), 12, ' ') end as "prop_ref",
               strftime(day, '%Y-%m-%d 00:00:00') as "created",
               strftime(day + interval 28 day, '%Y-%m-%d 00:00:00') as "date_due",
               case when i % 8 = 0 then '1900-01-01 00:00:00'
                    when i % {EVERY} = 9 then strftime(day - interval 9 day, '%Y-%m-%d 00:00:00')
                    else strftime(day + to_days((h % 30)::INTEGER), '%Y-%m-%d 00:00:00') end as "completed",
               ['Completed', 'Completed', 'Completed', 'Cancelled', 'Open'][i % 5 + 1] as "wo_status",
               ['Emergency', 'Routine', 'Routine', 'Planned'][i % 4 + 1] as "u_priority",
               case when i % 3 = 0 then $words || ' ' || h end as "description"
        from (select i, hash(i) % $homes::BIGINT as h,
                     DATE '2024-04-01' + (hash(i + 1) % 900)::INTEGER as day from range($rows::BIGINT) t(i))
    """,
    "contacts": f"""
        select 'C' || 20000000 + i as "Contact Ref",
               case when i % {EVERY} = 11 then '31/02/2026' else strftime(day, '%d/%m/%Y') end as "Contact Date",
               ['Phone In', 'Email In', 'Web Form', 'Letter', 'Office Visit'][i % 5 + 1] as "Contact Method",
               ['Repair chase', 'Rent query', 'ASB report', 'Damp report'][i % 4 + 1] as "Contact Reason",
               lpad(h::VARCHAR, 8, '0') as "Place Ref",
               $words || ' ' || i as "Notes"
        from (select i, hash(i + 2) % $homes::BIGINT as h,
                     DATE '2024-04-01' + (hash(i + 3) % 900)::INTEGER as day from range($rows::BIGINT) t(i))
    """,
}


def write(folder: Path, share: float) -> dict[str, tuple[Path, int]]:
    """The three files and how many rows each has."""
    rows = {"homes": HOMES, "repairs": REPAIRS, "contacts": CONTACTS}
    made = {}
    with duckdb.connect() as con:
        for name, select in MADE.items():
            many, path = int(rows[name] * share), folder / f"{name}.csv"
            said = {"rows": many, "homes": int(HOMES * share), "words": WORDS}
            con.execute(
                f"create or replace table made as {select}", {k: v for k, v in said.items() if f"${k}" in select}
            )
            con.table("made").write_csv(str(path), header=True)
            made[name] = (path, many)
    return made


@contextmanager
def timed(name: str, times: dict[str, tuple[float, float]]) -> Iterator[None]:
    """Notes the wall time and the processor time of what is done inside, in seconds."""
    start, worked = time.perf_counter(), time.process_time()
    yield
    times[name] = time.perf_counter() - start, time.process_time() - worked


def plain_reading(paths: list[Path]) -> None:
    """The baseline: every cell as text, nothing checked."""
    with duckdb.connect() as con:
        for place, path in enumerate(paths):
            con.execute(f"create table t{place} as select * from read_csv($1, all_varchar=true)", [str(path)])


def take_all(made: dict[str, tuple[Path, int]], home: Path, times: dict[str, tuple[float, float]]) -> None:
    """Each file taken in and published to one store, which joins it to the homes; says what was found."""
    store = Store(home, "real")
    for name, (path, rows) in made.items():
        with timed(f"take in {name}", times):
            incoming = take_in(path, holds=name)
        found = incoming.connection.execute("select rule, count(*) from problems group by 1 order by 1").fetchall()
        with timed(f"publish {name}", times):
            store.publish(incoming).close()
        kept = incoming.file.rows_kept
        incoming.close()
        faults = ", ".join(f"{rule} {count:,}" for rule, count in found)
        print(f"{name}: {rows:,} rows, kept {kept:,}; {faults or 'no problems'} (planted {rows // EVERY:,} each)")


def joins(home: Path) -> None:
    """How the rows of the last generation joined to homes."""
    generation = Store(home, "real").current()
    if generation is None:
        raise RuntimeError("Nothing was published.")
    try:
        for name in ("repairs", "contacts"):
            for joined, count in generation.rows(f"select joined, count(*) from {name} group by 1 order by 1"):
                print(f"  {name} {joined}: {count:,}")
    finally:
        generation.close()


def main() -> None:
    share = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    times: dict[str, tuple[float, float]] = {}
    with TemporaryDirectory() as folder:
        made = write(Path(folder), share)
        start = time.perf_counter()
        plain_reading([path for path, _ in made.values()])
        baseline = time.perf_counter() - start
        take_all(made, Path(folder) / "home", times)
        joins(Path(folder) / "home")
    for name, (wall, worked) in times.items():
        print(f"  {name}: {wall:.1f} s ({worked:.1f} s of processor time)")
    whole, worked = (sum(each) for each in zip(*times.values(), strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"plain reading {baseline:.1f} s, taken in, checked, joined and published {whole:.1f} s (goal {SECONDS:.0f} s)"
    )
    print(f"{worked:.1f} s of processor time; half of that on two idle cores is the least there could be")
    print(
        f"ratio {whole / baseline:.1f}; peak memory {peak:.2f} GB (goal {GIGABYTES:.0f} GB), making the files included"
    )


if __name__ == "__main__":
    main()
