"""How long a page's figures take after a filter change, server side, against a plain pandas groupby of the same rows.

100,000 respondents × 12 measures × 25 estates in two waves. A page asks for every measure with its interval, the
answers' distribution, the change since the wave before, and all of that by estate. The baseline is the mean of the
twelve measures by estate from a frame already in memory: no interval, no distribution, no earlier wave.
Run: python -m bench.page
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import duckdb
import numpy as np
import pandas as pd

from analysis.model import WHOLE_LANDLORD, Question
from dashboard.answers import answer
from data.generation import Generation
from data.store import Store

ESTATES = tuple(f"Estate {n:02d}" for n in range(1, 26))
CODES = tuple(f"TP{n:02d}" for n in range(1, 13))
WAVES = ("2024", "2025")
SEED = 20261125


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
    said = options.parse_args()
    responses = made_responses(said.respondents)
    with tempfile.TemporaryDirectory() as folder:
        generation = published(responses, Path(folder))
        asked = questions(said.changes)
        answer(asked[0], generation, 10)  # the first query after opening reads the file
        page = [milliseconds(lambda q=q: answer(q, generation, 10)) for q in asked]
        plain = [milliseconds(lambda q=q: _plain(responses, q)) for q in asked]
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


def _plain(responses: pd.DataFrame, question: Question) -> pd.DataFrame:
    here = responses[(responses["wave"] == question.wave) & responses["estate"].isin(question.filters[0][1])]
    asked = here[list(CODES)].where(here[list(CODES)] > 0)
    return (asked >= 4).where(asked.notna()).groupby(here["estate"]).mean()


if __name__ == "__main__":
    main()
