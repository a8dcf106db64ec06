"""How long a search among many comments takes: run ``python bench/search.py [COMMENTS]`` (default 100,000).

Comments are put together from sentences of the labelled ones, a survey of that many answers on sixty estates. Baselines
in the same run: reading every text for the words, DuckDB's ilike on the readings, and SQLite's full-text index (words
only: no scope, no filters, no smallest base, no comments made).
"""

from __future__ import annotations

import random
import sqlite3
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import pandas as pd
from small_survey import QUESTION, small_incoming
from timing import seconds

from analysis.model import WHOLE_LANDLORD, Mention, Reading, Redacted, Tone
from analysis.searching import found_in, query
from analysis.text.reading import text_key
from data.generation import Generation
from data.language import labelled_comments
from data.readings import Readings
from data.searching import Search, Searcher
from data.store import Store
from data.vectors import Vectors, vector_key

COMMENTS, PART, WIDTH, BUDGET = 100_000, 2_000, 384, 0.2  # the last in seconds
SEARCHES = ("damp", "the", '"black mould" -window', "(damp OR mould) (baby OR child*)", '"no one came"')
FILTERS = {"estate": (("estate", ("Estate 3", "Estate 4")),)}
FIRST, NEW_PROCESSES = Search(WHOLE_LANDLORD, "damp"), 7
SCANNED = 10_000  # texts read one by one; the time for all is worked out from them


def texts_of(number: int) -> list[str]:
    """Invented comments of one to five sentences, no two alike."""
    rng = random.Random(1)
    pieces = [s.strip() for c in labelled_comments() for s in c.text.replace("!", ".").split(".") if len(s) > 15]
    return [". ".join(rng.sample(pieces, rng.randint(1, 5))) + f". {n}" for n in range(1, number + 1)]


def published(folder: Path, texts: list[str]) -> Generation:
    """A survey in which everybody wrote one of the texts."""
    incoming = small_incoming(answers=len(texts), estates=tuple(f"Estate {n}" for n in range(60)))
    incoming.connection.register("said", pd.DataFrame({"respondent": range(1, len(texts) + 1), "said": texts}))
    incoming.connection.execute(
        "update comments set text = said.said, text_key = md5(question || chr(31) || said.said) "
        "from said where said.respondent = comments.respondent"
    )
    return Store(folder, "real").publish(incoming)


def read(folder: Path, texts: list[str]) -> Readings:
    """Readings of the texts, in parts as labelling leaves them."""
    rng, kept = random.Random(2), Readings(folder / "readings", "v1")
    for start in range(0, len(texts), PART):
        kept.keep(
            [
                Reading(
                    text_key(QUESTION, text),
                    Redacted(text),
                    Tone(rng.choice(("positive", "negative", "mixed")), 0.2),
                    tuple(Mention(topic, "negative") for topic in rng.sample(("damp_mould", "pests", "listening"), 2)),
                    False,
                    "v1",
                )
                for text in texts[start : start + PART]
            ]
        )
    return kept


def meanings(folder: Path, texts: list[str]) -> Vectors:
    """A random direction for each text: as slow to compare as true ones."""
    held = Vectors(folder / "vectors", "m")
    vectors = np.random.default_rng(3).normal(size=(len(texts), WIDTH)).astype(np.float32)
    held.keep([vector_key(text) for text in texts], vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    return held


def full_text(texts: list[str]) -> sqlite3.Connection:
    con = sqlite3.connect(":memory:")
    con.execute("create virtual table said using fts5(text, content='', tokenize='porter')")
    con.executemany("insert into said (rowid, text) values (?, ?)", enumerate(texts))
    return con


def main(number: int) -> int:
    """Print what each search takes beside the baselines; 1 where one is over the budget."""
    texts = texts_of(number)
    with TemporaryDirectory() as name:
        folder = Path(name)
        generation, readings, vectors = published(folder, texts), read(folder, texts), meanings(folder, texts)
        searcher = Searcher(generation, readings, folder, vectors)
        start = time.perf_counter()
        searcher.prepare()
        print(f"{number:,} comments; index made in {time.perf_counter() - start:.1f} s")
        medians = bench_words(searcher, generation, readings, texts)
        medians += bench_meaning(searcher, vectors.of([vector_key(texts[0])])[0][0])
        bench_first(generation, readings, folder)
        generation.close()
    print(f"slowest median {1000 * max(medians):.0f} ms, budget {1000 * BUDGET:.0f} ms")
    return int(max(medians) > BUDGET)


def bench_words(searcher: Searcher, generation: Generation, readings: Readings, texts: list[str]) -> list[float]:
    """Medians of searches by words: whole, and with filters."""
    fts = full_text(texts)
    medians = []
    for asked in SEARCHES:
        wanted = query(asked)
        ours = seconds(lambda asked=asked: searcher.find(Search(WHOLE_LANDLORD, asked), 10))
        narrowed = seconds(
            lambda asked=asked: searcher.find(
                Search(WHOLE_LANDLORD, asked, filters=FILTERS["estate"], tone="negative", topic="damp_mould"), 10
            )
        )
        part = seconds(lambda wanted=wanted: [found_in(wanted, text) for text in texts[:SCANNED]], turns=3)
        naive = part * len(texts) / min(SCANNED, len(texts))
        print(f"{asked}: {1000 * ours:.0f} ms, with filters {1000 * narrowed:.0f} ms; every text read "
              f"{1000 * naive:,.0f} ms, {naive / ours:,.0f} times as long")  # fmt: skip
        medians += [ours, narrowed]
    like = f"select count(*) from ({readings.select()}) where redacted ilike '%damp%'"
    print(f"DuckDB ilike, one word: {1000 * seconds(lambda: generation.rows(like)):.0f} ms")
    for asked in ("damp", "the", '"black mould" NOT window'):
        taken = seconds(
            lambda asked=asked: fts.execute("select rowid from said where said match ?", [asked]).fetchall()
        )
        print(f"SQLite FTS5, rows only, {asked}: {1000 * taken:.1f} ms")
    for asked in ("damp", "the", '"black mould" -window'):
        words, wanted = searcher.index.words, query(asked)
        taken = seconds(lambda words=words, wanted=wanted: words.holding(wanted))
        print(f"our index, rows only, {asked}: {1000 * taken:.1f} ms")
    return medians


def bench_meaning(searcher: Searcher, meaning: np.ndarray) -> list[float]:
    near = seconds(lambda: searcher.find(Search(WHOLE_LANDLORD), 10, meaning=meaning))
    both = seconds(
        lambda: searcher.find(Search(WHOLE_LANDLORD, "damp", filters=FILTERS["estate"]), 10, meaning=meaning)
    )
    print(f"by meaning: {1000 * near:.0f} ms, with a word and filters {1000 * both:.0f} ms")
    return [near, both]


def bench_first(generation: Generation, readings: Readings, folder: Path) -> None:
    """A first search: of a searcher made anew in this process, and of new processes, by the clock and the processor."""
    fresh = seconds(lambda: Searcher(generation, readings, folder).find(FIRST, 10))
    print(f"first search of a new searcher, index read from disk: {1000 * fresh:.0f} ms")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as processes:
        taken = [processes.submit(first_search, generation.path, folder).result() for _ in range(NEW_PROCESSES)]
    clock, processor = (1000 * median(times) for times in zip(*taken, strict=True))
    print(f"first search of a new process, store opened before: {clock:.0f} ms, processor {processor:.0f} ms")


def first_search(store: Path, folder: Path) -> tuple[float, float]:
    """Seconds by the clock and of the processor that the first search of this process takes, its store open."""
    searcher = Searcher(Generation(store), Readings(folder / "readings", "v1"), folder)
    start, worked = time.perf_counter(), time.process_time()
    assert searcher.find(FIRST, 10).hits
    return time.perf_counter() - start, time.process_time() - worked


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else COMMENTS))
