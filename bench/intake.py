"""How long taking in 1,000,000 survey rows takes, as a ratio to DuckDB's own plain reading of the same file.

Run: python bench/intake.py [rows]. Both are timed in one run, the smaller of two tries each, taking in with and without
publishing to an empty store. The file is made from a seed, with faults of seven kinds planted, and the intake must find
each of them.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import duckdb
import numpy as np
import pandas as pd

from data.columns.mapping import Mapping, WaveFacts
from data.intake import Incoming, take_in
from data.registers import measures, reporting_years
from data.store import Store

SEED = 20241125
BOXES = [
    "Very satisfied",
    "Fairly satisfied",
    "Neither satisfied nor dissatisfied",
    "Fairly dissatisfied",
    "Very dissatisfied",
]
AGREE = ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"]
COMMENT = "the repair took far too long and nobody rang me back but the person who came was kind and did a good job"
WORDS = COMMENT.split()
TREES = "Ash Beech Cedar Elm Fir Hazel Holly Larch Lime Maple Oak Pine"
FILTERED = {
    "Repair in last 12 months": ("overall repairs service", "most recent repair"),
    "Made a complaint": ("complaints handling",),
    "Has communal areas": ("communal areas clean",),
}
BUDGET = 4.0  # of the plain reading, publishing included


def survey_frame(rows: int, rng: np.random.Generator) -> pd.DataFrame:
    """An invented survey of 28 columns as an agency would send it."""

    def pick(options: list[str], odds: list[float] | None = None) -> np.ndarray:
        return np.array(options, dtype=object)[rng.choice(len(options), rows, p=odds)]

    days = pd.Timestamp("2024-04-01") + pd.to_timedelta(rng.integers(0, 364, rows), unit="D")
    frame = pd.DataFrame({
        "Serial": np.arange(1, rows + 1),
        "UPRN": 100_000_000 + rng.permutation(rows),
        "InterviewDate": pd.Series(days).dt.strftime("%d/%m/%Y"),
        "Method": pick(["Telephone", "Online", "Postal"], [0.6, 0.3, 0.1]),
        "Stock type": pick(["General needs", "Sheltered", "Shared ownership"], [0.7, 0.18, 0.12]),
        "Region": pick(["North", "South", "East"]),
        "Estate": pick([f"{tree} Court" for tree in TREES.split()]),
        "Block": pick([f"Block {number}" for number in range(1, 301)]),
        "Age group": pick(["16-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75-84", "85+"]),
        "Weight": np.round(rng.uniform(0.4, 2.2, rows), 4),
        "Attributable Y/N": pick(["Y", "N"]),
        "Repair in last 12 months": pick(["Yes", "No"], [0.68, 0.32]),
        "Made a complaint": pick(["Yes", "No"], [0.26, 0.74]),
        "Has communal areas": pick(["Yes", "No"]),
    })  # fmt: skip
    for measure in measures(reporting_years()[-1]):
        scale = AGREE if measure.code == "TP08" else BOXES
        heading = measure.wording.replace("[landlord]", "Acorn Homes")
        frame[heading] = pick([*scale, "Not applicable / don't know"], [0.33, 0.33, 0.13, 0.1, 0.08, 0.03])
    starts, lengths = rng.integers(0, len(WORDS), 5_000), rng.integers(4, 30, 5_000)
    comments = [" ".join((WORDS * 3)[start : start + length]) for start, length in zip(starts, lengths, strict=True)]
    frame["Why do you say that?"] = np.where(rng.random(rows) < 0.5, pick(comments), "")
    frame["E-mail address"] = [f"person{number}@example.org" for number in range(rows)]
    return frame


def plant(frame: pd.DataFrame) -> dict[str, int]:
    """Faults put into the frame, by rule and number."""
    tp01 = next(heading for heading in frame if heading.startswith("Taking everything"))
    many = len(frame) // 5_000
    places = {
        name: slice(start, None, 5_000)
        for start, name in [(7, "answer"), (8, "weight"), (9, "date"), (10, "tenure"), (13, "again")]
    }
    frame["Weight"] = frame["Weight"].astype(object)
    frame.loc[frame.index[places["answer"]], tp01] = "Bananas"
    frame.loc[frame.index[places["weight"]], "Weight"] = "n/a"
    frame.loc[frame.index[places["date"]], "InterviewDate"] = "31/02/2025"
    frame.loc[frame.index[places["tenure"]], "Stock type"] = "Plot 9"
    again = frame.index[places["again"]]
    frame.loc[again, "UPRN"] = frame.loc[again - 1, "UPRN"].to_numpy()
    for asked, words in FILTERED.items():  # routed as a questionnaire would, but for one respondent in a thousand
        for heading in (heading for heading in frame if any(word in heading for word in words)):
            frame.loc[(frame[asked] == "No") & (frame.index % 1_000 != 0), heading] = ""
    return {
        "unknown_answer": many,
        "bad_weight": many,
        "bad_date": many,
        "unknown_tenure": many,
        "second_response_household": many,
    }


def timed(work: Callable[[], object], tries: int = 2) -> float:
    """The shorter wall time of the tries, in seconds."""
    walls = []
    for _ in range(tries):
        start = time.perf_counter()
        result = work()
        walls.append(time.perf_counter() - start)
        if isinstance(result, Incoming):
            result.close()
    return min(walls)


def plain_reading(path: Path) -> None:
    """The baseline: every cell as text, nothing checked."""
    with duckdb.connect() as con:
        con.execute("create table t as select * from read_csv($1, all_varchar=true)", [str(path)])


def published(path: Path, said: Mapping) -> None:
    """Taken in and published as the first generation of a store."""
    incoming = take_in(path, said)
    try:
        with TemporaryDirectory() as folder:
            Store(Path(folder), "real").publish(incoming).close()
    finally:
        incoming.close()


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with TemporaryDirectory() as folder:
        path = Path(folder) / "survey.csv"
        frame = survey_frame(rows, np.random.default_rng(SEED))
        planted = plant(frame)
        frame.to_csv(path, index=False)
        del frame
        said = Mapping(repeated_respondents="last", wave=WaveFacts(name="2024/25", population={"LCRA": 1_500_000}))
        baseline = timed(lambda: plain_reading(path))
        ours = timed(lambda: take_in(path, said))
        whole = timed(lambda: published(path, said))
        incoming = take_in(path, said)
        found = dict(incoming.connection.execute("select rule, count(*) from problems group by 1").fetchall())
        kept, left = incoming.file.rows_kept, sum(incoming.file.left_out.values())
        incoming.close()
    print(f"rows {rows:,}, kept {kept:,}, left out {left:,}, in all {kept + left:,}")
    for rule, count in sorted(found.items()):
        print(f"  {rule}: {count:,}" + (f" (planted {planted[rule]:,})" if rule in planted else ""))
    print(f"plain read_csv {baseline:.2f} s, intake {ours:.2f} s, ratio {ours / baseline:.2f}")
    print(f"intake and publish {whole:.2f} s, ratio {whole / baseline:.2f} (budget {BUDGET})")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"peak memory {peak:.2f} GB, the making of the file included")


if __name__ == "__main__":
    main()
