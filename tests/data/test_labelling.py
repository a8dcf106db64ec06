from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import duckdb
import pytest

from data import labelling, voices
from data.generation import SCHEMA_VERSION, Generation
from data.labelling import Labelled, label
from data.language import load_language
from data.readings import Readings
from data.voices import CHANNELS

ROOT = Path(__file__).parents[2]
WORDS = ("leak", "mould", "lovely", "rude", "bins", "noise", "rent", "lift")


class SmallStore:
    """As much of a store as labelling needs, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def readings_folder(self) -> Path:
        return self.folder / "readings"

    @property
    def vectors_folder(self) -> Path:
        return self.folder / "vectors"

    def current(self) -> Generation | None:
        path = self.folder / "000001.duckdb"
        return Generation(path) if path.exists() else None


def store_of(folder: Path, texts: list[str]) -> SmallStore:
    """A store whose comments are these texts, all in answer to one question."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(folder / "000001.duckdb")) as con:
        con.execute("create table meta (key varchar, value varchar)")
        con.executemany("insert into meta values (?, ?)", [("schema_version", str(SCHEMA_VERSION)), ("kind", "real")])
        for table in ("comments", *CHANNELS):
            con.execute(f"create table {table} (question varchar, text varchar, text_key varchar)")
        con.execute(
            "insert into comments select 'Why?', t, md5('Why?' || chr(31) || t) from (select unnest(?) as t)", [texts]
        )
    return SmallStore(folder)


def different(n: int) -> list[str]:
    return [f"the {WORDS[i % len(WORDS)]} again in block {i}" for i in range(n)]


def readings_of(store: SmallStore) -> Readings:
    return Readings(store.readings_folder, load_language().version)


def kept(store: SmallStore) -> list[str]:
    return [
        key for (key,) in duckdb.connect().execute(f"select text_key from ({readings_of(store).select()})").fetchall()
    ]


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(labelling, "CHUNK", 10)


def test_the_same_words_are_read_once_and_the_second_run_finds_nothing_to_do(tmp_path):
    store = store_of(tmp_path, ["damp", "damp", "lovely staff"])
    assert label(store, load_language()) == Labelled(read=2, already=0)
    assert label(store, load_language()) == Labelled(read=0, already=2)
    assert len(kept(store)) == 2


def test_a_store_with_nothing_published_has_nothing_to_read(tmp_path):
    assert label(SmallStore(tmp_path), load_language()) == Labelled(0, 0)


def test_what_is_kept_is_redacted(tmp_path):
    store = store_of(tmp_path, ["ring Sandra Obi on 07700 900123"])
    label(store, load_language())
    parts = readings_of(store).parts()
    assert all(b"Obi" not in part.read_bytes() and b"900123" not in part.read_bytes() for part in parts)


def test_progress_ends_at_the_whole(tmp_path, small_chunks):
    told: list[tuple[int, int]] = []
    label(store_of(tmp_path, different(25)), load_language(), lambda done, total: told.append((done, total)))
    assert told == [(10, 25), (20, 25), (25, 25)]


def test_stopped_half_way_it_goes_on_where_it_was(tmp_path, small_chunks):
    store = store_of(tmp_path, different(35))

    def stop(done, total):
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        label(store, load_language(), stop)
    assert label(store, load_language()) == Labelled(read=15, already=20)
    assert len(kept(store)) == len(set(kept(store))) == 35


def test_with_many_comments_other_processes_help(tmp_path, small_chunks):
    store = store_of(tmp_path, different(60))
    assert label(store, load_language(), pool_from=50).read == 60
    assert len(set(kept(store))) == 60


def test_when_the_helpers_die_it_goes_on_alone(tmp_path, monkeypatch, small_chunks):
    store = store_of(tmp_path, different(60))
    by_pool = labelling._by_pool

    def one_part_then_broken(draws, model, version):
        yield next(by_pool(iter([next(draws)[:10]]), model, version))
        raise BrokenProcessPool("a helper was killed")

    monkeypatch.setattr(labelling, "_by_pool", one_part_then_broken)
    assert label(store, load_language(), pool_from=50).read == 60
    assert len(kept(store)) == len(set(kept(store))) == 60


LABELLER = textwrap.dedent("""
    import sys
    from pathlib import Path
    sys.path[:0] = [{root!r}, {tests!r}]
    from test_labelling import SmallStore, labelling, load_language
    labelling.CHUNK = 20
    labelling.label(SmallStore(Path({folder!r})), load_language())
""")


def started(folder: Path) -> subprocess.Popen[bytes]:
    script = LABELLER.format(root=str(ROOT), tests=str(Path(__file__).parent), folder=str(folder))
    return subprocess.Popen([sys.executable, "-c", script])


@pytest.mark.slow
def test_two_labellers_at_once_keep_each_comment_once(tmp_path):
    store = store_of(tmp_path, different(600))
    both = [started(tmp_path), started(tmp_path)]
    assert [labeller.wait(timeout=120) for labeller in both] == [0, 0]
    assert len(kept(store)) == len(set(kept(store))) == 600


@pytest.mark.slow
def test_killed_outright_it_loses_at_most_the_part_it_was_at(tmp_path):
    store = store_of(tmp_path, different(3_000))
    labeller = started(tmp_path)
    waited = time.monotonic() + 60
    while len(readings_of(store).parts()) < 3 and time.monotonic() < waited:
        time.sleep(0.01)
    os.kill(labeller.pid, signal.SIGKILL)
    labeller.wait()
    before = len(kept(store))
    generation = store.current()
    assert before >= 60 and before % 20 == 0
    assert voices.unread_count(generation, readings_of(store).select()) == 3_000 - before
    assert label(store, load_language()) == Labelled(read=3_000 - before, already=before)
