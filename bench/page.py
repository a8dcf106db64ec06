"""How long a page's figures take after a filter change, server side, against a plain pandas groupby of the same rows.

100,000 respondents × 12 measures × 25 estates in two waves. A page asks for every measure with its interval, the
answers' distribution, the change since the wave before, and all of that by estate. The baseline is the mean of the
twelve measures by estate from a frame already in memory: no interval, no distribution, no earlier wave.
*This week* is drawn from 250,000 homes, 1,000,000 repairs, 250,000 contacts, 20,000 complaints and 2,000 hazard cases;
its baseline is a plain count of the same repairs by estate. Cold is the first look at a new generation; the page keeps
what it found.
Run: python -m bench.page
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median

import duckdb
import numpy as np
import pandas as pd

from analysis.model import WHOLE_LANDLORD, Question
from dashboard.answers import answer, this_week
from data.generation import Generation
from data.merging.layout import COMPLAINTS, CONTACTS, HAZARDS, HOMES, PROBLEMS, REPAIRS, Table
from data.owners import Owners
from data.quality import alerts
from data.store import Store

ESTATES = tuple(f"Estate {n:02d}" for n in range(1, 26))
CODES = tuple(f"TP{n:02d}" for n in range(1, 13))
WAVES = ("2024", "2025")
SEED = 20261125
TODAY, WEEK = date(2026, 11, 25), timedelta(days=7)


@dataclass
class Made:
    """An incoming survey made by a seed."""

    connection: duckdb.DuckDBPyConnection
    name: str = "made.csv"
    sha256: str = "0" * 64
    facts: dict[str, object] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)


def made_responses(respondents: int) -> pd.DataFrame:
    """Half of the respondents in each wave, spread unevenly over estates, with weights and a tenth of blanks."""
    stream = np.random.default_rng(SEED)
    size = stream.dirichlet(np.full(len(ESTATES), 2.0))
    frame = pd.DataFrame(
        {
            "wave": np.repeat(WAVES, respondents // 2),
            "row": np.arange(respondents) + 2,
            "respondent": np.arange(respondents) + 1,
            "tenure_group": "LCRA",
            "tenure": stream.choice(["General needs", "Supported housing", "Housing for older people"], respondents),
            "estate": stream.choice(ESTATES, respondents, p=size),
            "method": stream.choice(["Telephone", "Internet"], respondents),
            "stratum": "LCRA",
            "weight": stream.uniform(0.5, 2.0, respondents),
            "counts": True,
        }
    )
    for code in CODES:
        answers = stream.choice([1, 2, 3, 4, 5, 0], respondents, p=[0.1, 0.08, 0.1, 0.32, 0.3, 0.1])
        frame[code] = answers.astype("int8")
    return frame


def published(responses: pd.DataFrame, folder: Path) -> Generation:
    """The responses as a generation of their own."""
    con = duckdb.connect()
    con.register("made", responses)
    con.execute("create table responses as select *, null::date as date from made")
    con.execute(
        "create table waves as select wave as name, date '2024-05-01' + 365 * (wave::int - 2024) as fieldwork_from, "
        "date '2024-06-30' + 365 * (wave::int - 2024) as fieldwork_to, '2024/25' as reporting_year, '' as collector, "
        '\'random\' as sample_kind, 200000 as "population_LCRA", null::bigint as "population_LCHO" '
        "from (select distinct wave from made)"
    )
    con.execute(
        "create table strata as select name as wave, 'LCRA' as stratum, 'LCRA' as tenure_group, "
        "200000 as population from waves"
    )
    con.execute("create table dimensions (key varchar, label varchar, heading varchar, special boolean)")
    con.execute("insert into dimensions values ('estate', 'Estate', '', false), ('tenure', 'Tenure', '', false)")
    con.execute(
        "create table comments (wave varchar, respondent bigint, row bigint, question varchar, text varchar, "
        "text_key varchar)"
    )
    con.execute(
        'create table problems ("row" bigint, "column" varchar, value varchar, rule varchar, what varchar, '
        "remedy varchar, owner varchar, stops varchar)"
    )
    return Store(folder, "real").publish(Made(con))


def records(folder: Path, repairs: int) -> Generation:
    """A large landlord's records as a generation of their own, a quarter as many homes and contacts as repairs."""
    con, homes = duckdb.connect(), repairs // 4
    con.execute(f"create table problems ({_columns(PROBLEMS)})")
    con.execute(f"select setseed({1 / SEED})")
    for table, rows, values in _RECORDS:
        con.execute(f"create table {table.name} ({_columns(table)})")
        number = rows(repairs)
        columns, picked = ", ".join(values), ", ".join(values.values())
        drawn = f"(random() * {homes})::bigint % {homes} as home, date '2024-04-01' + (random() * 968)::int as day"
        con.execute(
            f"insert into {table.name} (row, {columns}) select n + 1, {picked} from "
            f"(select n, {drawn} from range(1, {number + 1}) as numbers(n))"
        )
    return Store(folder, "real").publish(Made(con, facts={"holds": "repairs"}))


def _columns(table: Table) -> str:
    return ", ".join(f'"{name}" {kind}' for name, kind in table.columns if name != "file")


_DATED: Mapping[str, str] = {"reference": "'R' || n", "home_ref": "'H' || home"}
_RECORDS: tuple[tuple[Table, Callable[[int], int], Mapping[str, str]], ...] = (
    (HOMES, lambda n: n // 4, {"home": "'H' || (n - 1)", "estate": "'Estate ' || n % 25", "tenure": "'General needs'",
                               "tenure_group": "'LCRA'", "dwelling": "true"}),
    (REPAIRS, lambda n: n, {**_DATED, "raised": "day", "due": "day + 20", "completed": "day + (random() * 40)::int",
                            "priority": "'routine'"}),
    (CONTACTS, lambda n: n // 4, {**_DATED, "day": "day", "channel": "'telephone'", "listening": "true"}),
    (COMPLAINTS, lambda n: n // 50, {**_DATED, "complaint": "'R' || n", "stage": "1", "made": "day",
                                     "acknowledged": "day + 3", "record_type": "'complaint'",
                                     "responded": "case when day < date '2026-11-01' then day + 15 end"}),
    (HAZARDS, lambda n: n // 500, {**_DATED, "reported": "day", "severity": "'significant'",
                                   "made_safe": "case when day < date '2026-11-01' then day + 20 end"}),
)  # fmt: skip


def first_page(generation: Generation, folder: Path) -> None:
    """What This week asks of a generation it has not seen."""
    this_week(generation, WHOLE_LANDLORD, TODAY, TODAY - WEEK)
    alerts(generation, Owners(folder).charges(), TODAY)
    generation.files()


def print_first_page(repairs: int, looks: int) -> None:
    """Print how long This week takes, beside a plain count."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generation = records(folder, repairs)
        first_page(generation, folder)  # the first query after opening reads the file
        week = [milliseconds(lambda: first_page(generation, folder)) for _ in range(looks)]
        plain = [milliseconds(lambda: generation.rows(_PLAIN_COUNT)) for _ in range(looks)]
        generation.close()
    print(f"{repairs:,} repairs, {repairs // 4:,} homes, {looks} looks")
    print(f"this week, cold  median {median(week):6.1f} ms   worst {max(week):6.1f} ms   (goal: ≤ 300 ms)")
    print(f"plain count      median {median(plain):6.1f} ms")
    print(f"ratio of medians, this week to a plain count: {median(week) / median(plain):.2f}")


_PLAIN_COUNT = "select estate, count(*) from repairs group by 1"


def questions(count: int) -> list[Question]:
    """The same page with its filters moved, a different choice of estates each time."""
    stream = np.random.default_rng(SEED + 1)
    return [
        Question(
            "2025",
            "LCRA",
            WHOLE_LANDLORD,
            compared_with="2024",
            breakdown="estate",
            filters=(("estate", tuple(stream.choice(ESTATES, stream.integers(2, 25), replace=False))),),
        )
        for _ in range(count)
    ]


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    """Print medians, the 95th percentile and the ratio to the baseline."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--respondents", type=int, default=100_000)
    options.add_argument("--changes", type=int, default=60)
    options.add_argument("--repairs", type=int, default=1_000_000)
    said = options.parse_args()
    responses = made_responses(said.respondents)
    with tempfile.TemporaryDirectory() as folder:
        generation = published(responses, Path(folder))
        asked = questions(said.changes)
        answer(asked[0], generation, 10)  # the first query after opening reads the file
        page = [milliseconds(partial(answer, q, generation, 10)) for q in asked]
        plain = [milliseconds(partial(_plain, responses, q)) for q in asked]
        generation.close()
    print(
        f"{said.respondents:,} respondents × {len(CODES)} measures × {len(ESTATES)} estates, "
        f"{said.changes} filter changes"
    )
    print(
        f"page's figures   median {median(page):6.1f} ms   p95 {np.percentile(page, 95):6.1f} ms   (goal: p95 ≤ 250 ms)"
    )
    print(f"pandas groupby   median {median(plain):6.1f} ms   p95 {np.percentile(plain, 95):6.1f} ms   (shares only)")
    print(f"ratio of medians, page to plain pandas: {median(page) / median(plain):.2f}")
    print_first_page(said.repairs, 10)


def _plain(responses: pd.DataFrame, question: Question) -> pd.DataFrame:
    here = responses[(responses["wave"] == question.wave) & responses["estate"].isin(question.filters[0][1])]
    asked = here[list(CODES)].where(here[list(CODES)] > 0)
    return (asked >= 4).where(asked.notna()).groupby(here["estate"]).mean()


if __name__ == "__main__":
    main()
