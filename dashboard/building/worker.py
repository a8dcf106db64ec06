"""The process that does one piece of work with packs: told on its first line what, it tells how far it is, and ends.

Run by ``Workshop`` alone, with a lower priority than the pages. Its standard input stays open while somebody wants the
work; when that closes, or it is told to end, it stops and keeps nothing.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from sqlite3 import OperationalError
from types import FrameType
from typing import TextIO

from dashboard import actions, packs
from dashboard.building.task import CANCELLED, CHECK, DONE, FAILED, LOOK, MAKE, REBUILD, Ended, Task, task_of
from dashboard.evidence.as_pdf import previews
from dashboard.evidence.blocks import CannotWrite
from dashboard.evidence.manifest import asked_from
from dashboard.evidence.pack import document_of
from data.generation import Generation, StoreError
from data.notebook import UNUSABLE
from data.settings import Settings, SettingsError, read_settings
from data.store import Store

Tell = Callable[[float, str], None]
POLITELY = 10  # of nice: pages come first, and on a busy computer the work still gets on
_HEARD = threading.Event()  # that the work is wanted no longer
PREVIEW = 80  # dots an inch
DRAWING, SAVING = 0.6, 0.9  # how far a look is when its pages are set, and when they are put down
PATIENCE = 5  # seconds to stop in before the process is ended where it stands
NOTHING_HELD = "Nothing is held yet, so there is nothing to make a pack of."
DISK_FULL = "The disk is full, so nothing was kept. Make room, then do it again."
NO_MEMORY = "There was not enough memory, so nothing was kept. Close other programs, then do it again."
UNFORESEEN = (
    "Something unforeseen went wrong ({where}), and nothing was kept. Do it again; if it happens again, say so to "
    "whoever looks after Tenant Voice, with what stands in brackets."
)


def main(given: TextIO = sys.stdin, says: TextIO = sys.stdout) -> int:
    """Do what the first line of the input asks and say on the output how far it is and how it ended."""
    if hasattr(os, "nice"):
        os.nice(POLITELY)
    task = task_of(given.readline())
    signal.signal(signal.SIGTERM, _stop)
    threading.Thread(target=_end_with, args=(given,), daemon=True).start()
    end = done(task, lambda share, doing: _say(says, json.dumps({"share": share, "doing": doing})))
    _say(says, end.as_json())
    return 0 if end.how == DONE else 1


def done(task: Task, tell: Tell) -> Ended:
    """How a task ended. It is the edge of a process, so it catches everything: an unforeseen fault is told by its place
    only, for its own text may hold what a tenant wrote."""
    try:
        settings = read_settings()
        return WORK[task.do](task, actions.store_in_use(settings), settings, tell)
    except (packs.Cancelled, KeyboardInterrupt):
        return Ended(CANCELLED)
    except (StoreError, CannotWrite, packs.NotAPack, SettingsError) as fault:
        return Ended(FAILED, str(fault))
    except OperationalError as fault:  # of a notebook beside the data
        return Ended(FAILED, UNUSABLE.format(why=fault))
    except MemoryError:
        return Ended(FAILED, NO_MEMORY)
    except OSError as fault:
        full = fault.errno in (errno.ENOSPC, errno.EDQUOT)
        return Ended(FAILED, DISK_FULL if full else f"{fault.strerror or type(fault).__name__}: nothing was kept.")
    except Exception as fault:
        if _HEARD.is_set():  # a query under way says in its own words that it was stopped
            return Ended(CANCELLED)
        return Ended(FAILED, UNFORESEEN.format(where=_where(fault)))


def _make(task: Task, store: Store, settings: Settings, tell: Tell) -> Ended:
    with closing(_in_use(store)) as generation:
        made = packs.make(asked_from(task.asked), generation, store, settings, _until_kept(tell))
    return Ended(DONE, pack=made.kept.number)


def _look(task: Task, store: Store, settings: Settings, tell: Tell) -> Ended:
    """Set the pages and put a picture of each into the task's folder."""
    with closing(_in_use(store)) as generation:
        material = packs.material_of(asked_from(task.asked), generation, store, settings)
        document = document_of(material, tell)
    tell(DRAWING, "Setting the pages")
    pages = previews(document, PREVIEW)
    for number, page in enumerate(pages, start=1):
        tell(SAVING + (1 - SAVING) * number / len(pages), "Drawing the pages")
        picture(Path(task.folder), number).write_bytes(page)
    return Ended(DONE, pages=len(pages))


def _rebuild(task: Task, store: Store, settings: Settings, tell: Tell) -> Ended:
    """Make a kept pack again; where it is no longer what it was, its archive is put into the task's folder."""
    made = packs.rebuild(task.pack, store, settings, tell)
    if not made.same:
        rebuilt(Path(task.folder)).write_bytes(made.pack.archive)
    return Ended(DONE, pack=task.pack, same=made.same, differs=made.differs)


def _check(task: Task, store: Store, settings: Settings, tell: Tell) -> Ended:
    """Check a kept pack's archive and count every figure again; what is found is told whether or not it is the same."""
    found = packs.verify(packs.archive_of(task.pack, store), store, settings, tell)
    return Ended(DONE, pack=task.pack, same=found.identical, differs=tuple(packs.told(found)))


WORK = {MAKE: _make, LOOK: _look, REBUILD: _rebuild, CHECK: _check}


def picture(folder: Path, page: int) -> Path:
    """The picture of a page in a task's folder."""
    return folder / f"page-{page:04d}.png"


def rebuilt(folder: Path) -> Path:
    """The archive of a pack made again, in a task's folder."""
    return folder / "rebuilt.zip"


def _in_use(store: Store) -> Generation:
    held = store.current()
    if held is None:
        raise StoreError(NOTHING_HELD)
    return held


def _until_kept(tell: Tell) -> Tell:
    """Once everything is made it is kept whole: from then on nobody is heard who would stop it."""

    def told(share: float, doing: str) -> None:
        tell(share, doing)
        if share >= 1:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)

    return told


def _stop(number: int, frame: FrameType | None) -> None:
    _HEARD.set()
    raise packs.Cancelled


def _end_with(given: TextIO) -> None:
    """Stop when nobody holds the other end of the input any more; where it stands if it does not stop in time."""
    with suppress(ValueError, OSError):
        given.read()
    signal.raise_signal(signal.SIGTERM)
    threading.Event().wait(PATIENCE)
    os._exit(1)


def _say(says: TextIO, line: str) -> None:
    with suppress(BrokenPipeError):  # nobody listens any more: the input's end tells of it
        print(line, file=says, flush=True)


def _where(fault: BaseException) -> str:
    """What happened and where, with no value in it."""
    steps = traceback.extract_tb(fault.__traceback__)[-3:]
    return f"{type(fault).__name__} at {' > '.join(f'{Path(step.filename).name}:{step.lineno}' for step in steps)}"


if __name__ == "__main__":
    sys.exit(main())
