"""How fast comments are read: by rules and words, with the sentence model, and a whole store in its own time.

    python bench/labelling.py [TIMES] [--store N]

Prints medians of five rounds, in CPU-seconds of one process. With ``--store N`` a store of N different comments is also
labelled by every core, killed outright half way and gone on with; its time, memory and counts are printed.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import duckdb
from threadpoolctl import threadpool_limits

from analysis.text.reading import Asked, Language, read_many
from data.embedding import Embedder, NoModel, load_embedder
from data.floor import vader_tones
from data.generation import SCHEMA_VERSION, Generation
from data.labelling import label
from data.language import labelled_comments, load_language
from data.readings import Readings
from data.voices import CHANNELS

ROUNDS = 5
AIM, SHARE_OF_MODEL = 2_000, 0.85


class Folder:
    """As much of a store as labelling needs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.readings_folder, self.vectors_folder = folder / "readings", folder / "vectors"

    def current(self) -> Generation:
        return Generation(self.folder / "000001.duckdb")


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("times", type=int, nargs="?", default=2)
    asked.add_argument("--store", type=int, default=0)
    asked.add_argument("--label", type=Path, help=argparse.SUPPRESS)
    said = asked.parse_args()
    if said.label:
        print(label(Folder(said.label), load_language(), model_folder=""))
        return
    by_the_piece(said.times)
    if said.store:
        a_store(said.store)


def by_the_piece(times: int) -> None:
    """Comments in a CPU-second: VADER alone, rules, rules and heads, and with the model beside the model alone."""
    given = labelled_comments()
    comments = [Asked("k", one.question, one.text) for one in given] * times
    language, embedder = load_language(), load_embedder()
    letters = statistics.mean(len(one.text) for one in comments)
    print(f"comments: {len(comments)}, mean length {letters:.0f} characters")
    with threadpool_limits(1, user_api="blas"):  # as labelling has it: one core
        by_turns(comments, times, language, embedder)


def by_turns(comments: list[Asked], times: int, language: Language, embedder: Embedder | NoModel) -> None:
    """Each way after the other, on one core."""
    vader = per_second(lambda: vader_tones(one.text for one in comments), len(comments))
    rules = per_second(lambda: read_many(comments, replace(language, heads=None)), len(comments))
    words = per_second(lambda: read_many(comments, language), len(comments))
    print(f"nltk VADER alone:           {vader:8,.0f} a CPU-second")
    print(f"rules (with redaction):     {rules:8,.0f}, {rules / vader:.2f} of VADER alone")
    print(f"without the sentence model: {words:8,.0f}, {words / AIM:.2f} of the aim of {AIM:,}")
    if isinstance(embedder, NoModel):
        print(embedder.why)
        return
    few = comments[: len(comments) // times]
    texts = [reading.redacted.text for reading in read_many(few, language)]
    bare = per_second(lambda: embedder(texts), len(few))
    whole = per_second(lambda: read_many(few, language, embedder), len(few))
    print(f"the sentence model alone:   {bare:8,.0f}")
    print(f"with the sentence model:    {whole:8,.0f}, {whole / bare:.2f} of the model alone (aim {SHARE_OF_MODEL})")


def a_store(n: int) -> None:
    """A store labelled by every core, killed half way and gone on with."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = [f"{one.text} {i}" for i, one in zip(range(n), labelled_comments() * (n // 300 + 1), strict=False)]
        with duckdb.connect(str(folder / "000001.duckdb")) as con:
            con.execute("create table meta (key varchar, value varchar)")
            con.executemany("insert into meta values (?, ?)", [("schema_version", str(SCHEMA_VERSION)), ("kind", "x")])
            for table in ("comments", *CHANNELS):
                con.execute(f"create table {table} (question varchar, text varchar, text_key varchar)")
            con.execute("insert into comments select '', t, md5(chr(31) || t) from (select unnest(?) as t)", [texts])
        started = time.perf_counter()
        first = subprocess.Popen([sys.executable, __file__, "--label", name], start_new_session=True)
        readings = Readings(folder / "readings", load_language().version)
        most: dict[str, float] = {}
        while first.poll() is None and len(readings.known()) < n / 2:
            most = max(most, memory(first.pid), key=lambda held: sum(held.values()))
            time.sleep(1)
        os.killpg(first.pid, signal.SIGKILL)
        before = len(readings.known())
        print(f"killed with {before:,} of {n:,} read, after {time.perf_counter() - started:,.0f} s", flush=True)
        second = subprocess.Popen([sys.executable, __file__, "--label", name])
        while second.poll() is None:
            most = max(most, memory(second.pid), key=lambda held: sum(held.values()))
            time.sleep(1)
        if second.returncode:
            raise subprocess.CalledProcessError(second.returncode, second.args)
        took = time.perf_counter() - started
        rows = duckdb.sql(f"select count(*), count(distinct text_key) from ({readings.select()})").fetchall()[0]
        print(f"all read after {took:,.0f} s in two runs: rows and different keys {rows}, of {len(set(texts)):,}")
        told = ", ".join(f"{name} {megabytes:,.0f} MB" for name, megabytes in most.items())
        print(f"most memory at once: {sum(most.values()) / 1000:.2f} GB ({told or 'not told by this system'})")


def memory(process: int) -> dict[str, float]:
    """Megabytes of a process and of those it started, what several share counted once (Linux's PSS); {} elsewhere."""
    found = {}
    for path in sorted(Path("/proc").glob("[0-9]*/smaps_rollup")):
        try:
            parent = int(path.with_name("stat").read_text().rpartition(")")[2].split()[1])
            if process in (int(path.parent.name), parent):
                name = "handing out" if process == int(path.parent.name) else f"process {path.parent.name}"
                found[name] = int(path.read_text().partition("\nPss:")[2].split()[0]) / 1000
        except (OSError, IndexError):
            continue  # it has ended, or is another user's
    return found


def per_second(work: Callable[[], object], pieces: int) -> float:
    """Pieces of work done in a CPU-second: the median of a few rounds, after one to warm up."""
    work()
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return pieces / statistics.median(spent)


if __name__ == "__main__":
    main()
