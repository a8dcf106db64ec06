"""The stage after intake: read every comment that nobody has read yet. Stopped at any moment, it goes on from there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

from analysis.model import Reading
from analysis.text.reading import Language, read
from data import voices
from data.generation import Generation
from data.language import load_language
from data.readings import Readings

CHUNK = 2_000  # comments in one part: what a kill can cost
DRAWN = 100_000  # comments held in memory at once
WORTH_A_POOL = 10_000  # below this, starting other processes takes longer than reading
MOST_PROCESSES = 8

Unread = tuple[str, str, str]  # text_key, question, text
Progress = Callable[[int, int], None]


class Labellable(Protocol):
    """What labelling needs of the store."""

    @property
    def readings_folder(self) -> Path: ...
    def current(self) -> Generation | None: ...


@dataclass(frozen=True)
class Labelled:
    """How many different texts were read now, and how many had been read before."""

    read: int
    already: int


def label(
    store: Labellable, language: Language, progress: Progress | None = None, pool_from: int = WORTH_A_POOL
) -> Labelled:
    """Redact and read each different comment once and keep what was read, in parts of ``CHUNK``.

    ``progress(done, total)`` is told after each part, counting different texts still unread at the start. With more
    than ``pool_from`` of them, other processes help; should one die, this one goes on alone.
    """
    generation = store.current()
    if generation is None:
        return Labelled(0, 0)
    readings = Readings(store.readings_folder, language.version)
    total = voices.unread_count(generation, readings.select())
    already = voices.text_count(generation) - total
    helped = total > pool_from and language is load_language() and (os.cpu_count() or 1) > 1
    read_now = 0
    for part in _parts(generation, readings, language, helped):
        read_now += readings.keep(part)
        if progress:
            progress(min(read_now, total), total)
    readings.forget_other_versions()
    return Labelled(read_now, already)


def _parts(generation: Generation, readings: Readings, language: Language, helped: bool) -> Iterator[list[Reading]]:
    """The unread comments, read, a part at a time, until none is left."""
    while True:
        readings.notice_parts()
        unread = voices.unread(generation, readings.select(), DRAWN)
        if not unread:
            return
        try:
            yield from _by_pool(unread) if helped else _alone(unread, language)
        except BrokenProcessPool:
            helped = False  # what was kept is kept; draw the rest again and read it here


def _alone(unread: list[Unread], language: Language) -> Iterator[list[Reading]]:
    for chunk in _chunks(unread):
        yield [read(text, question, language, key) for key, question, text in chunk]


def _by_pool(unread: list[Unread]) -> Iterator[list[Reading]]:
    # Spawned, not forked: the dashboard has threads, and a fork would copy their locks as they stand.
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(read_chunk, chunk) for chunk in _chunks(unread)]):
            yield done.result()


def read_chunk(chunk: list[Unread]) -> list[Reading]:
    """Read a chunk in another process, with that process's own language."""
    language = load_language()
    return [read(text, question, language, key) for key, question, text in chunk]


def _chunks(unread: list[Unread]) -> Iterator[list[Unread]]:
    for start in range(0, len(unread), CHUNK):
        yield unread[start : start + CHUNK]
