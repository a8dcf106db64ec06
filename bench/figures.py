"""How long the analysis takes once answers are counted: run ``python -m bench.figures``.

100,000 respondents, 12 measures, 25 estates, two waves. Each turn finds what a page says from counted cells: shares
with intervals and distributions for everyone and each estate, and what has changed. The baseline is pandas on the rows
themselves, giving the bare shares by estate alone. The whole page, counting included: bench/page.py.

Then everything there is to find of three waves of 10,000 respondents: 12 measures × 25 estates with intervals, the five
answers, changes and gaps with their verdicts, against the same baseline on the same rows, three times.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from analysis.findings import Divided, find
from analysis.model import WHOLE_LANDLORD, Comparison, Measure, Question, Survey, Wave
from analysis.survey.comparison import changes
from analysis.survey.estimates import distributions, shares

RESPONDENTS, ESTATES, TURNS, SEED = 100_000, 25, 60, 20261122
CODES = tuple(f"TP{n:02d}" for n in range(1, 13))
MEASURES = tuple(
    Measure(code, code, "", (), (), False, None, None, ("LCRA",), "high", "2024/25", False, "invented")
    for code in CODES
)


def respondents(random: np.random.Generator, number: int = RESPONDENTS) -> pd.DataFrame:
    """An invented wave: a row a respondent."""
    chances = [0.3, 0.35, 0.12, 0.1, 0.08, 0.05]
    answers = {code: random.choice([5, 4, 3, 2, 1, 0], number, p=chances) for code in CODES}
    estates = [f"Estate {n:02d}" for n in random.integers(0, ESTATES, number)]
    return pd.DataFrame({"estate": estates, "weight": random.uniform(0.5, 2, number), **answers})


def counted(rows: pd.DataFrame, name: str) -> Survey:
    """The wave counted by estate."""
    long = rows.melt(["estate", "weight"], list(CODES), var_name="measure", value_name="answer")
    long["ww"] = long["weight"] ** 2
    cells = long.groupby(["estate", "measure", "answer"]).agg(n=("ww", "size"), w=("weight", "sum"), ww=("ww", "sum"))
    wave = Wave(name, date(2024, 9, 1), date(2024, 10, 31), name, methods={"Telephone": 70, "Internet": 30})
    strata = pd.DataFrame({"stratum": ["LCRA"], "n": [len(rows)], "population": [3.0 * len(rows)]})
    return Survey(wave, "LCRA", ("estate",), cells.reset_index().assign(stratum="LCRA"), strata)


def said_of(survey: Survey) -> int:
    """Shares and distributions of one wave, for everyone and each estate; gives how many there are."""
    places: tuple[tuple[str, ...], ...] = ((), ("estate",))
    return sum(len(shares(survey, MEASURES, by)) + len(distributions(survey, MEASURES, by)) for by in places)


def moved(before: Survey, now: Survey) -> int:
    """What has changed, for everyone and each estate; gives how many comparisons there are."""
    places: tuple[tuple[str, ...], ...] = ((), ("estate",))
    return sum(
        len(changes(shares(before, MEASURES, by), shares(now, MEASURES, by), before.wave, now.wave)) for by in places
    )


def bare_shares(rows: pd.DataFrame) -> pd.DataFrame:
    """The baseline: weighted top-two shares by estate with pandas, from the rows, and nothing else."""
    answers = rows[list(CODES)]
    yes = answers.ge(4).mul(rows["weight"], axis=0).groupby(rows["estate"]).sum()
    return yes / answers.ge(1).mul(rows["weight"], axis=0).groupby(rows["estate"]).sum()


def _three_waves(random: np.random.Generator) -> None:
    tables = [respondents(random, 10_000) for _ in range(3)]
    waves = [counted(rows, f"{year}") for year, rows in zip((2023, 2024, 2025), tables, strict=True)]

    def everything() -> int:
        found = [verdicts(now, before) for before, now in zip((None, *waves[:2]), waves, strict=True)]
        return sum(map(len, found))

    everything()
    ours = np.percentile([milliseconds(everything) for _ in range(15)], [50, 95])
    bare = np.percentile([milliseconds(lambda: [bare_shares(rows) for rows in tables]) for _ in range(15)], 50)
    print(f"three waves of 10,000, {everything():,} verdicts: p50 {ours[0]:.0f} ms   p95 {ours[1]:.0f} ms (goal 150)")
    print(f"ratio to the baseline, bare shares of the same rows (p50): {ours[0] / bare:.1f}")


def verdicts(now: Survey, before: Survey | None) -> list[Comparison]:
    """Every verdict on a wave: changes of everyone and of each estate, and each estate against the rest."""
    asked = Question(now.wave.name, "LCRA", WHOLE_LANDLORD, None if before is None else before.wave.name, (), "estate")
    found = find(asked, now, before, MEASURES, (), 10, (), Divided(earlier=before))
    many = (found.group_changes, found.against_rest)
    return [*found.changes.values(), *(each for kind in many for row in kind.values() for each in row)]


def milliseconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    random = np.random.default_rng(SEED)
    rows, earlier = respondents(random), respondents(random)
    before, now = counted(earlier, "2023/24"), counted(rows, "2024/25")
    jobs: dict[str, Callable[[], object]] = {
        "shares and distributions of one wave": lambda: said_of(now),
        "changes between two waves": lambda: moved(before, now),
        "baseline, pandas' bare shares from rows": lambda: bare_shares(rows),
    }
    moved(before, now)  # loads what is loaded only when needed
    print(f"{RESPONDENTS:,} respondents × {len(CODES)} measures × {ESTATES} estates; {said_of(now):,} figures a wave")
    p95 = {}
    for name, job in jobs.items():
        taken = [milliseconds(job) for _ in range(TURNS)]
        p95[name] = np.percentile(taken, 95)
        print(f"{name:>40}: p50 {np.percentile(taken, 50):6.1f} ms   p95 {p95[name]:6.1f} ms")
    one, _, baseline = p95.values()
    _three_waves(random)
    print(f"ratio to the baseline (p95, one wave): {one / baseline:.2f}")


if __name__ == "__main__":
    main()
