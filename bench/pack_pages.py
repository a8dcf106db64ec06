"""Whether other people's pages wait while a pack is made: the time pages take with a build under way and without.

The invented landlord; *This week*, *How are we doing* and *Data and packs* drawn in turn as fast as they come, which is
more than a server full of people who read asks for. Stretches with and without a build change places, so that a
machine that slows down or speeds up does so to both; the baseline is the stretches without. The build is the board's
ready-made pack, begun again as soon as it is done, by a worker as the page begins one.
Run: python -m bench.pack_pages [--stretches N]
"""

from __future__ import annotations

import argparse
import logging
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from streamlit.testing.v1 import AppTest

from dashboard import actions, packs
from dashboard.building import Task, Workshop
from dashboard.building.task import DONE, MAKE
from dashboard.evidence.manifest import asked_as_json
from data.settings import HOME_VARIABLE, Settings

PAGES = ("this-week", "how-are-we-doing", "data-and-packs")
STRETCHES, DRAWN = 4, 12  # pairs of stretches; pages drawn in each
ASKED = 1.5  # times the baseline's p95, at most


def drawn_page(path: str) -> None:
    """One page in its frame; AppTest takes this function's text."""
    from dashboard.pages import PAGES
    from dashboard.widgets.frame import frame

    frame()
    next(page for page in PAGES if page.path == path).show()


def stretch(sessions: list[AppTest], before: Callable[[], None] = lambda: None) -> list[float]:
    """Milliseconds of each page drawn anew, in turn; ``before`` is done first each time and not counted."""
    taken = []
    for number in range(DRAWN):
        before()
        start = time.perf_counter()
        sessions[number % len(sessions)].run()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


class Builds:
    """Packs made one after another by a worker, until told to stop."""

    def __init__(self, settings: Settings) -> None:
        self._shop = Workshop(settings)
        self._settings = settings
        self.made = 0

    def keep_on(self) -> None:
        """Begin another where none is under way."""
        if self._shop.running() is None:
            store = actions.store_in_use(self._settings)
            held = store.current()
            assert held is not None
            asked = packs.asked_for(held, "board", packs.this_moment(self._settings))
            held.close()
            self._job = self._shop.begin(Task(MAKE, asked_as_json(asked)), "Board")

    def wait(self) -> None:
        """Until the one under way is done."""
        while self._shop.running() is not None:
            time.sleep(0.05)
        job = self._shop.job(self._job.key)
        assert job is not None and job.ended is not None and job.ended.how == DONE, job
        self.made += 1

    def stop(self) -> None:
        """Leave nothing running."""
        self._shop.close()


def main() -> None:
    """Print the p50 and p95 of pages with a build under way and without, and their ratio."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--stretches", type=int, default=STRETCHES)
    stretches = said.parse_args().stretches
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        os.environ[HOME_VARIABLE] = folder
        settings = Settings(Path(folder))
        actions.load_sample(settings)
        sessions = [AppTest.from_function(drawn_page, args=(path,), default_timeout=120).run() for path in PAGES]
        builds = Builds(settings)
        alone: list[float] = []
        beside: list[float] = []
        for _ in range(stretches):
            alone += stretch(sessions)
            beside += stretch(sessions, builds.keep_on)
            builds.wait()
        builds.stop()
    print(f"{len(alone)} pages without a build, {len(beside)} beside {builds.made} or more builds of a board pack")
    for name, taken in (("baseline, no build", alone), ("while a pack is made", beside)):
        print(f"{name}: median {np.percentile(taken, 50):.0f} ms, p95 {np.percentile(taken, 95):.0f} ms")
    ratio = np.percentile(beside, 95) / np.percentile(alone, 95)
    print(f"ratio of p95, with a build to without: {ratio:.2f} (asked: at most {ASKED}): "
          f"{'met' if ratio <= ASKED else 'MISSED'}")  # fmt: skip


if __name__ == "__main__":
    main()
