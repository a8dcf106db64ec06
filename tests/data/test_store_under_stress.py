"""Several writers and readers at once, processes killed, disks full: what is in use stays whole."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from incoming_records import small_homes
from small_survey import small_incoming

from analysis.model import WHOLE_LANDLORD, Question
from data.generation import StoreError
from data.store import Store

pytestmark = pytest.mark.slow  # each starts processes and kills some

HERE = Path(__file__).parent
ALL_OF_2024 = Question("2024", "LCRA", WHOLE_LANDLORD)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path, "real")


def answers(generation):
    cells = generation.survey(ALL_OF_2024).cells
    return int(cells[(cells["measure"] == "TP01") & cells["answer"].notna()]["n"].sum())


def test_readers_in_another_process_see_whole_generations_while_one_publishes(store, tmp_path):
    store.publish(small_incoming("2024", 10))
    reader = subprocess.Popen(
        [sys.executable, "-c", _READER, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=HERE.parents[1]
    )
    for n in range(6):
        store.publish(small_incoming("2024", 10 + n))
    (tmp_path / "stop").touch()
    seen = reader.communicate(timeout=60)[0].split()
    assert reader.returncode == 0
    assert seen and set(seen) <= {str(n) for n in range(10, 16)}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX signal")
def test_kill_9_at_any_moment_leaves_a_readable_generation(store, tmp_path):
    store.publish(small_incoming("2024", 10))
    dice = random.Random(20261125)
    for _ in range(24):
        child = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE, cwd=HERE.parents[1]
        )
        assert child.stdout is not None
        child.stdout.readline()  # it has begun to publish, over and over
        time.sleep(dice.uniform(0, 0.25))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        current = store.current()
        assert current is not None
        assert answers(current) in {10, 11}
        assert current.held_rows()["repairs"] in {0, 3}
        current.close()
    assert answers(store.publish(small_incoming("2024", 12))) == 12
    assert not list((tmp_path / "generations").glob("*.building*"))


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX signal")
@pytest.mark.parametrize(
    ("step", "left"),
    [
        ("store._settle = die", 10),  # built, and not yet safe on disk
        ("pathlib.Path.replace = die", 10),  # safe on disk under its other name
        ("pathlib.Path.write_text = half", 10),  # in place, the pointer half written
        ("store.Store._prune = die", 11),  # the pointer moved
    ],
)
def test_kill_9_at_each_step_leaves_the_old_generation_or_the_new_one(store, tmp_path, step, left):
    store.publish(small_homes()).close()
    store.publish(small_incoming("2024", 10)).close()
    script = _DYING.replace("STEP", step)
    child = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=HERE.parents[1], check=False)
    assert child.returncode == -signal.SIGKILL
    current = store.current()
    assert current is not None and answers(current) == left
    assert current.held_rows()["homes"] == 5
    assert answers(store.publish(small_incoming("2024", 12))) == 12


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files is POSIX's")
def test_a_disk_that_takes_no_more_leaves_what_is_in_use_and_nothing_half_written(store, tmp_path):
    store.publish(small_incoming("2024", 10)).close()
    child = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(tmp_path)],
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "could not be written" in child.stdout, child.stderr
    assert "number 7" not in child.stdout + child.stderr  # what tenants wrote
    current = store.current()
    assert current is not None and answers(current) == 10
    assert [path.name for path in (tmp_path / "generations").iterdir()] == ["000001.duckdb"]


@pytest.mark.parametrize("half", ["", "0000", "../000001.duckdb"])
def test_a_pointer_that_names_nothing_is_never_taken_for_an_empty_store(store, tmp_path, half):
    store.publish(small_incoming("2024", 10))
    (tmp_path / "CURRENT").write_text(half, encoding="utf-8")
    with pytest.raises(StoreError, match="CURRENT names"):
        store.current()
    with pytest.raises(StoreError, match="CURRENT names"):
        store.publish(small_incoming("2025"))
    earlier = store.undo()
    assert earlier is not None and answers(earlier) == 10


def test_an_undo_leaves_a_damaged_generation_for_the_last_whole_one(store, tmp_path):
    store.publish(small_incoming("2024", 10))
    store.publish(small_incoming("2024", 11)).close()
    (tmp_path / "generations" / "000002.duckdb").write_bytes(b"not a database")
    assert [line.number for line in store.history()] == [1]
    earlier = store.undo()
    assert earlier is not None and answers(earlier) == 10


def test_two_that_publish_at_once_both_get_in(store, tmp_path):
    code = _WRITER.replace("range(1000)", "range(3)").replace('"2024", 11', "sys.argv[2] + str(n), 11")
    children = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path), which], cwd=HERE.parents[1], stdout=subprocess.PIPE
        )
        for which in ("a", "b")
    ]
    assert [child.communicate(timeout=60) and child.returncode for child in children] == [0, 0]
    current = store.current()
    assert current is not None
    assert sorted(wave.name for wave in current.waves) == ["a0", "a1", "a2", "b0", "b1", "b2"]


_DYING = """
import os, pathlib, signal, sys
sys.path.insert(0, "tests/support")
from small_survey import small_incoming
from data import store

def die(*args):
    os.kill(os.getpid(), signal.SIGKILL)

def half(path, text, **named):
    path.write_bytes(text[: len(text) // 2].encode())
    die()

STEP
store.Store(pathlib.Path(sys.argv[1]), "real").publish(small_incoming("2024", 11))
"""

_FULL_DISK = """
import pathlib, resource, sys
sys.path.insert(0, "tests/support")
from small_survey import small_incoming
from data.store import Store, StoreError
big = small_incoming("2024", 20000)
big.connection.execute("set temp_directory = ''")
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    Store(pathlib.Path(sys.argv[1]), "real").publish(big)
except StoreError as error:
    print(error)
"""

_READER = """
import sys, pathlib
from data.store import Store
from analysis.model import Question, WHOLE_LANDLORD
folder = pathlib.Path(sys.argv[1])
while True:
    done = (folder / "stop").exists()
    generation = Store(folder, "real").current()
    cells = generation.survey(Question("2024", "LCRA", WHOLE_LANDLORD)).cells
    print(int(cells[(cells["measure"] == "TP01")]["n"].sum()))
    generation.close()
    if done: break
"""

_WRITER = """
import sys, pathlib
sys.path.insert(0, "tests/support")
from incoming_records import small_records
from small_survey import small_incoming
from data.store import Store
store = Store(pathlib.Path(sys.argv[1]), "real")
print("ready", flush=True)
for n in range(1000):
    store.publish(small_incoming("2024", 11))
    store.publish(small_records(repairs=[{"reference": f"R{n}"} for n in range(3)]))
"""
