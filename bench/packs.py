"""How long a ready-made pack of the invented landlord takes, stage by stage, its pages, and how much memory.

The pack is made as people make it: from a generation in the store, in a process that does nothing else. There is no
other maker of such packs to hold it against; what is asked is what is asked of 30 pages (bench/evidence.py).
Where a machine has other work its clock says little: seconds of the processor are given beside it.
Run: python -m bench.packs [--kind board]
"""

from __future__ import annotations

import argparse
import io
import logging
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader

from bench.evidence import most_memory
from dashboard import actions, packs
from dashboard.evidence.as_csv import as_csv
from dashboard.evidence.as_docx import as_docx
from dashboard.evidence.as_pdf import as_pdf
from dashboard.evidence.as_xlsx import as_xlsx
from dashboard.evidence.blocks import Document
from dashboard.evidence.pack import document_of
from data.packs import pack_kinds
from data.settings import HOME_VARIABLE, Settings

FORMATS: dict[str, Callable[[Document], object]] = {
    "PDF": as_pdf,
    "Word": as_docx,
    "workbook": as_xlsx,
    "CSV": as_csv,
}


class Clock:
    """Tells what has passed since it was last asked: seconds by the clock, and of the processor."""

    def __init__(self) -> None:
        self._began = (time.perf_counter(), time.process_time())

    def told(self) -> str:
        """Both, in words."""
        now = (time.perf_counter(), time.process_time())
        passed = [after - before for before, after in zip(self._began, now, strict=True)]
        self._began = now
        return f"{passed[0]:.1f} s; {passed[1]:.1f} s of the processor"


def alone(kind: str, folder: Path) -> None:
    """Make a pack of this kind in this process, and print what each stage took."""
    logging.disable(logging.WARNING)
    settings = Settings(folder)
    store = actions.store_in_use(settings)
    held = store.current()
    assert held is not None
    asked = packs.asked_for(held, kind, packs.this_moment(settings))
    clock = Clock()
    made = document_of(packs.material_of(asked, held, store, settings), lambda *_: None)
    charts, tables = ([block.printed for block in every].count(True) for every in (made.figures, made.tables))
    kept = len(made.keyed) - charts - tables
    print(f"{kind}: {charts} charts and {tables} tables printed, {kept} more kept as data")
    print(f"counting and wording: {clock.told()}")
    for name, job in FORMATS.items():
        content = job(made)
        pages = (
            f", {len(PdfReader(io.BytesIO(content)).pages)} pages"
            if isinstance(content, bytes) and name == "PDF"
            else ""
        )
        print(f"{name}{pages}: {clock.told()}")
    print(f"at most {most_memory():.0f} MB of memory")
    held.close()


def main() -> None:
    """Load the invented landlord and make a pack in a fresh process."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--kind", default="board", choices=[kind.key for kind in pack_kinds() if not kind.place])
    kind = said.parse_args().kind
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        os.environ[HOME_VARIABLE] = folder
        actions.load_sample(Settings(Path(folder)))
        process = multiprocessing.get_context("spawn").Process(target=alone, args=(kind, Path(folder)))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
