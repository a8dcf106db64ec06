"""Work with packs in a process of its own: watched, stopped, told of when it fails, and never half done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard import packs
from dashboard.building import Busy, Task
from dashboard.building import workshop as shop
from dashboard.building.task import CANCELLED, CHECK, DONE, FAILED, LOOK, MAKE, REBUILD
from dashboard.building.worker import picture, rebuilt
from dashboard.evidence.manifest import asked_as_json
from data.packs.requests import Requests
from data.settings import Settings

CLOCK = datetime(2024, 11, 29, 12, tzinfo=UTC)
LONGEST = 60  # seconds


@pytest.fixture
def asked(store):
    held = store.current()
    found = asked_as_json(packs.asked_for(held, "board", CLOCK, sections=("measures",), who="Jo"))
    held.close()
    return found


def ended(workshop, job):
    """The work once it has ended."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        now = workshop.job(job.key)
        if now.ended is not None:
            return now
        time.sleep(0.05)
    raise AssertionError("it did not end")


def begun(workshop, job):
    """Wait until it says how far it is."""
    until = time.monotonic() + LONGEST
    while workshop.job(job.key).share == 0 and time.monotonic() < until:
        time.sleep(0.01)


def test_a_pack_is_made_and_kept_by_another_process(workshop, store, asked):
    job = workshop.begin(Task(MAKE, asked), "Board pack", "Jo")
    assert workshop.running().key == job.key and workshop.running().what == "Board pack"
    end = ended(workshop, job)
    assert end.ended.how == DONE, end.ended
    (kept,) = packs.history(store)
    assert (kept.number, kept.kind, kept.who) == (end.ended.pack, "board", "Jo")
    assert end.share == 1.0 and workshop.running() is None


def test_made_by_a_worker_it_is_what_it_would_be_made_here(workshop, store, asked, home):
    ended(workshop, workshop.begin(Task(MAKE, asked), "Board pack"))
    held = store.current()
    made = packs.make(packs.asked_for(held, "board", CLOCK, sections=("measures",), who="Jo"), held, store,
                      Settings(home), lambda share, doing: None)  # fmt: skip
    held.close()
    assert made.archive == packs.archive_of(1, store)


def test_pages_are_drawn_and_gone_when_the_workshop_closes(workshop, asked):
    end = ended(workshop, workshop.begin(Task(LOOK, asked), "A look at the board pack"))
    assert end.ended.how == DONE and end.ended.pages >= 2
    assert picture(end.folder, end.ended.pages).read_bytes().startswith(b"\x89PNG")
    workshop.close()
    assert not end.folder.exists()


def test_a_pack_made_again_is_said_to_be_the_same(workshop, store, asked):
    ended(workshop, workshop.begin(Task(MAKE, asked), "Board pack"))
    end = ended(workshop, workshop.begin(Task(REBUILD, pack=1), "Pack 1 again"))
    assert end.ended.same and not rebuilt(end.folder).exists()


def test_that_a_pack_was_sent_in_answer_to_a_request_does_not_change_it(workshop, store, asked):
    asked = {**asked, "sections": ["measures", "requests"]}
    log = Requests(store.folder)
    log.add("Satisfaction by tenure", "inspection", date(2024, 11, 1), "Compliance", "Jo", date(2024, 12, 1), CLOCK)
    ended(workshop, workshop.begin(Task(MAKE, asked), "Board pack"))
    (kept,) = packs.history(store)
    log.send(1, "Jo", date(2024, 11, 29), ["requests-log"], pack=1, seal=kept.seal)
    assert ended(workshop, workshop.begin(Task(REBUILD, pack=1), "Pack 1 again")).ended.same


def test_a_kept_pack_is_checked_and_every_figure_comes_out_again(workshop, asked):
    ended(workshop, workshop.begin(Task(MAKE, asked), "Board pack"))
    end = ended(workshop, workshop.begin(Task(CHECK, pack=1), "Pack 1 checked"))
    assert end.ended.same and end.ended.differs[0].startswith("Identical"), end.ended


def test_only_one_piece_of_work_at_a_time_whoever_asks(workshop, asked):
    job = workshop.begin(Task(MAKE, asked), "Board pack")
    with pytest.raises(Busy, match="Board pack is under way already"):
        workshop.begin(Task(LOOK, asked), "Another")
    ended(workshop, job)


def test_cancelled_it_keeps_nothing_and_leaves_nothing_running(workshop, store, asked):
    job = workshop.begin(Task(MAKE, asked), "Board pack")
    process = workshop._processes[job.key]
    assert workshop.cancel(job.key).ended.how == CANCELLED
    assert process.poll() is not None
    assert packs.history(store) == ()
    assert not list(store.packs_folder.glob("*")) and workshop.running() is None


def test_cancelled_once_it_is_under_way_it_keeps_nothing(workshop, store, asked):
    job = workshop.begin(Task(MAKE, asked), "Board pack")
    begun(workshop, job)
    workshop.cancel(job.key)
    assert workshop.job(job.key).ended.how in (CANCELLED, DONE)
    assert len(packs.history(store)) == (workshop.job(job.key).ended.how == DONE)


def test_a_worker_that_dies_is_told_with_what_to_do(workshop, store, asked):
    job = workshop.begin(Task(MAKE, asked), "Board pack")
    workshop._processes[job.key].kill()
    end = ended(workshop, job)
    assert end.ended.how == FAILED and "nothing was kept. Do it again" in end.ended.says
    assert packs.history(store) == ()


def test_what_cannot_be_made_is_told_in_its_own_words(workshop, home, store):
    end = ended(workshop, workshop.begin(Task(REBUILD, pack=7), "Pack 7 again"))
    assert end.ended.how == FAILED and "There is no pack 7" in end.ended.says


def test_something_unforeseen_is_told_by_its_place_and_never_by_its_text(workshop, asked):
    end = ended(workshop, workshop.begin(Task(MAKE, {**asked, "sections": ["no such part"]}), "Board pack"))
    assert end.ended.how == FAILED and "unforeseen" in end.ended.says and "no such part" not in end.ended.says


@pytest.mark.skipif(os.name != "posix", reason="a limit for files is known to POSIX")
def test_a_full_disk_keeps_nothing_and_says_what_to_do(workshop, store, asked, monkeypatch, tmp_path):
    monkeypatch.setattr(shop, "WORKER", "full_disk_worker")
    (tmp_path / "full_disk_worker.py").write_text(
        "import errno, sys\n"
        "from data.packs.kept import KeptPacks\n"
        "from dashboard.building.worker import main\n"
        "def full(self, number, kind, archive): raise OSError(errno.ENOSPC, 'No space left on device')\n"
        "KeptPacks._write = full\n"
        "sys.exit(main())\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    end = ended(workshop, workshop.begin(Task(MAKE, asked), "Board pack"))
    assert end.ended.how == FAILED and "Make room" in end.ended.says, end.ended
    assert packs.history(store) == ()


def test_the_worker_finds_our_modules_from_any_folder(workshop, store, asked, monkeypatch, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "data").mkdir(parents=True)
    (elsewhere / "data" / "__init__.py").write_text("raise ImportError('not ours')")
    monkeypatch.chdir(elsewhere)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    end = ended(workshop, workshop.begin(Task(MAKE, asked), "Board pack"))
    assert end.ended.how == DONE, end.ended


@pytest.mark.skipif(os.name != "posix", reason="priorities are told so on POSIX")
def test_the_worker_lets_the_pages_go_first(workshop, asked):
    job = workshop.begin(Task(MAKE, asked), "Board pack")
    process = workshop._processes[job.key]
    begun(workshop, job)
    assert os.getpriority(os.PRIO_PROCESS, process.pid) > os.getpriority(os.PRIO_PROCESS, 0)
    ended(workshop, job)


@pytest.mark.skipif(os.name != "posix", reason="a process that is killed leaves its pipes so on POSIX")
def test_a_worker_ends_with_the_server_that_began_it(home, store, asked, tmp_path):
    server = tmp_path / "server.py"
    server.write_text(
        "import json, os, sys, time\n"
        "from pathlib import Path\n"
        "from dashboard.building import Task, Workshop\n"
        "from data.settings import Settings\n"
        "shop = Workshop(Settings(Path(sys.argv[1])))\n"
        "job = shop.begin(Task('make', json.loads(sys.argv[2])), 'A pack')\n"
        "print(shop._processes[job.key].pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(shop.ROOT)}
    command = [sys.executable, str(server), str(home), json.dumps(asked)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as began:
        worker = int(began.stdout.readline())
        began.send_signal(signal.SIGKILL)
    until = time.monotonic() + LONGEST
    while time.monotonic() < until and _alive(worker):
        time.sleep(0.1)
    assert not _alive(worker)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    told = Path(f"/proc/{process}/stat")
    return not told.exists() or told.read_text().rpartition(")")[2].split()[0] != "Z"
