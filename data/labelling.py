"""The stage after intake: read every comment that nobody has read yet. Stopped at any moment, it goes on from there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

from threadpoolctl import threadpool_limits

from analysis.model import Reading
from analysis.text.reading import Asked, Language, Meaning, read_many
from data import voices
from data.embedding import VERSION, NoModel, find_model, load_embedder
from data.generation import Generation, StoreError
from data.language import load_language, reader_version
from data.meanings import Meanings
from data.readings import Readings
from data.vectors import Vectors

CHUNK = 500  # comments in one part: what a kill can cost, and what each process holds while it reads
DRAWN = 20_000  # comments held in memory at once
WORTH_A_POOL = 10_000  # below this, starting other processes takes longer than reading …
WORTH_A_POOL_WITH_MEANING = 1_500  # … which takes far longer where it is asked what a comment means
MOST_PROCESSES = 8

Unread = tuple[str, str, str]  # text_key, question, text
Progress = Callable[[int, int], None]


class Labellable(Protocol):
    """What labelling needs of the store."""

    @property
    def readings_folder(self) -> Path: ...
    @property
    def vectors_folder(self) -> Path: ...
    def current(self) -> Generation | None: ...


@dataclass(frozen=True)
class Labelled:
    """How many different texts were read now, and how many had been read before."""

    read: int
    already: int


@dataclass(frozen=True)
class Model:
    """The sentence model to ask: the folder named in settings ("" for the installed package's), and where what it
    says of each text is kept."""

    named: str
    vectors: Path


def label(
    store: Labellable,
    language: Language,
    progress: Progress | None = None,
    pool_from: int | None = None,
    model_folder: str | None = None,
) -> Labelled:
    """Redact and read each different comment once and keep what was read, in parts of ``CHUNK``.

    ``progress(done, total)`` is told after each part, counting different texts still unread at the start. With more
    than ``pool_from`` of them, other processes help; should one die, this one goes on alone. ``model_folder`` is where
    the sentence model is ("" for the installed package's); without it, or where it is not to be had
    (``data.embedding.find_model`` says why), comments are read by their words alone.
    """
    generation = store.current()
    if generation is None:
        return Labelled(0, 0)
    readings = Readings(store.readings_folder, language.version)
    total = voices.unread_count(generation, readings.select())
    already = voices.text_count(generation) - total
    model = _model(store, language, model_folder)
    worth = pool_from if pool_from is not None else WORTH_A_POOL_WITH_MEANING if model else WORTH_A_POOL
    helped = total > worth and language is load_language() and (os.cpu_count() or 1) > 1
    read_now = 0
    for part in _parts(generation, readings, language, model, helped):
        read_now += readings.keep(part)
        if progress:
            progress(min(read_now, total), total)
    if language.version == reader_version():  # else another has begun to read with what people taught since
        readings.forget_other_versions()
    return Labelled(read_now, already)


def _model(store: Labellable, language: Language, model_folder: str | None) -> Model | None:
    if model_folder is None or language.heads is None or isinstance(find_model(model_folder), NoModel):
        return None
    return Model(model_folder, store.vectors_folder)


def _parts(
    generation: Generation, readings: Readings, language: Language, model: Model | None, helped: bool
) -> Iterator[list[Reading]]:
    """The unread comments, read, a part at a time, until none is left."""
    draws = _drawn(generation, readings)
    if helped:
        with suppress(BrokenProcessPool):  # what was kept is kept; the rest is drawn again and read here
            yield from _by_pool(draws, model, language.version)
    yield from _alone(draws, language, model)


def _drawn(generation: Generation, readings: Readings) -> Iterator[list[Unread]]:
    """The unread comments, some at a time; those drawn before are taken to be kept when more are asked for."""
    while True:
        readings.notice_parts()
        unread = voices.unread(generation, readings.select(), DRAWN)
        if not unread:
            return
        yield unread


def _alone(draws: Iterator[list[Unread]], language: Language, model: Model | None) -> Iterator[list[Reading]]:
    for unread in draws:
        meaning = _meaning(model, os.cpu_count() or 1) if model else None
        for chunk in _chunks(unread):
            yield _read(chunk, language, meaning)


def _by_pool(draws: Iterator[list[Unread]], model: Model | None, version: str) -> Iterator[list[Reading]]:
    # Spawned, not forked: the dashboard has threads, and a fork would copy their locks as they stand.
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for unread in draws:
            for done in as_completed([pool.submit(read_chunk, chunk, model, version) for chunk in _chunks(unread)]):
                yield done.result()


def read_chunk(chunk: list[Unread], model: Model | None, version: str) -> list[Reading]:
    """Read a chunk in another process, with that process's own language and its own sentence model.

    Raises StoreError where that is another version of the reader: readings of two are never kept as one's.
    """
    language = load_language()
    if language.version != version:
        raise StoreError("The reader was changed while comments were read. Read them again: what is done is kept.")
    return _read(chunk, language, _meaning(model, 1) if model else None)


def _read(chunk: list[Unread], language: Language, meaning: Meaning | None) -> list[Reading]:
    with threadpool_limits(1, user_api="blas"):  # its threads only wait for one another in sums as small as ours
        return read_many([Asked(*one) for one in chunk], language, meaning)


@cache
def _meaning(model: Model, threads: int) -> Meaning | None:
    embedder = load_embedder(model.named, threads)
    return None if isinstance(embedder, NoModel) else Meanings(Vectors(model.vectors, VERSION), embedder)


def _chunks(unread: list[Unread]) -> Iterator[list[Unread]]:
    for start in range(0, len(unread), CHUNK):
        yield unread[start : start + CHUNK]
