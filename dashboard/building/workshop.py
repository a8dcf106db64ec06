"""Where work with packs is begun, watched and stopped: one piece at a time, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from dashboard.building.task import CANCELLED, FAILED, Ended, Task, ended_of
from data.generation import StoreError
from data.settings import HOME_VARIABLE, Settings

ROOT = Path(__file__).resolve().parents[2]  # where our modules lie, in a checkout as in an installed package
WORKER = "dashboard.building.worker"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"), "1")  # pages come first
REMEMBERED = 12  # pieces of work that have ended
PATIENCE = 3  # seconds a worker has to stop in
STOPPED = (
    "The work stopped before it was done (its process ended with {code}), and nothing was kept. Do it again; if it "
    "happens again, this computer may be short of memory."
)
UNDER_WAY = "{what} is under way already. Wait until it is done, or cancel it."


class Busy(StoreError):
    """A piece of work was asked for while another is under way; the message names that one."""


@dataclass(frozen=True)
class Job:
    """One piece of work: what it is called, who asked (a name as given), how far it is, and how it ended."""

    key: str
    task: Task
    what: str
    who: str
    begun: datetime
    share: float = 0.0
    doing: str = ""
    ended: Ended | None = None
    folder: Path = field(default=Path())


class Workshop:
    """The work of one server. Shared by every tab: what one begins all of them see."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._folders: dict[str, TemporaryDirectory[str]] = {}
        self._processes: dict[str, subprocess.Popen[str]] = {}
        self._cancelled: set[str] = set()

    def begin(self, task: Task, what: str, who: str = "") -> Job:
        """Begin a piece of work. Raises Busy while another is under way, OSError where no process can be begun."""
        with self._lock:
            under_way = self._running()
            if under_way is not None:
                raise Busy(UNDER_WAY.format(what=under_way.what))
            key = uuid4().hex[:12]
            own = TemporaryDirectory(prefix="tenant-voice-", ignore_cleanup_errors=True)
            job = Job(key, replace(task, folder=own.name), what, who, datetime.now(UTC), folder=Path(own.name))
            process = self._started(job.task)  # where none is begun the folder goes with its last name
            self._jobs[key], self._processes[key], self._folders[key] = job, process, own
            self._forget_old()
        threading.Thread(target=self._listen, args=(key, process), daemon=True).start()
        return job

    def running(self) -> Job | None:
        """The piece of work under way, whoever began it, or None."""
        with self._lock:
            return self._running()

    def job(self, key: str) -> Job | None:
        """A piece of work, under way or ended; None once it is forgotten."""
        with self._lock:
            return self._jobs.get(key)

    def cancel(self, key: str) -> Job | None:
        """Stop a piece of work and wait until its process is gone: nothing of it is kept. What was done by then stands.

        Returns the work as it ended.
        """
        with self._lock:
            process = self._processes.get(key)
            if process is not None:
                self._cancelled.add(key)
        if process is not None:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            self._wait_until_told(key)
        return self.job(key)

    def close(self) -> None:
        """Stop whatever is under way; nothing is left running, and no picture is left behind."""
        under_way = self.running()
        if under_way is not None:
            self.cancel(under_way.key)
        for folder in self._folders.values():
            folder.cleanup()

    # ── the work ─────────────────────────────────────────────────────────────────────────────────

    def _running(self) -> Job | None:
        return next((job for job in self._jobs.values() if job.ended is None), None)

    def _started(self, task: Task) -> subprocess.Popen[str]:
        """A process that looks for our modules where ours are, and for nothing in the folder it is begun in."""
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a fault's own text may hold what a tenant wrote
            text=True,
            encoding="utf-8",
            env={
                **os.environ,
                **ONE_THREAD,
                "PYTHONPATH": path,
                "PYTHONIOENCODING": "utf-8",
                HOME_VARIABLE: str(self._settings.home),
            },
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        )
        assert process.stdin is not None
        with suppress(BrokenPipeError):  # it ended at once: listening to it tells so
            process.stdin.write(f"{task.as_json()}\n")
            process.stdin.flush()
        return process

    def _listen(self, key: str, process: subprocess.Popen[str]) -> None:
        """Take down what a worker says until it ends; one that ends without a word has failed."""
        end: Ended | None = None
        assert process.stdout is not None
        for line in process.stdout:
            said = json.loads(line)
            if "ended" in said:
                end = ended_of(said["ended"])
            else:
                self._change(key, share=said["share"], doing=said["doing"])
        code = process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                pipe.close() if pipe else None
        with self._lock:
            cancelled = key in self._cancelled
        if end is None:
            end = Ended(CANCELLED) if cancelled else Ended(FAILED, STOPPED.format(code=code))
        self._change(key, ended=end)
        with self._lock:
            self._processes.pop(key, None)

    def _change(self, key: str, **said: Any) -> None:
        with self._lock:
            if key in self._jobs:
                self._jobs[key] = replace(self._jobs[key], **said)

    def _wait_until_told(self, key: str) -> None:
        for _ in range(PATIENCE * 100):
            job = self.job(key)
            if job is None or job.ended is not None:
                return
            threading.Event().wait(0.01)

    def _forget_old(self) -> None:
        for key in list(self._jobs)[:-REMEMBERED]:
            if self._jobs[key].ended is not None:
                del self._jobs[key]
                self._folders.pop(key).cleanup()
