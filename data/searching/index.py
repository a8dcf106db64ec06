"""The index on disk: a folder for the readings there are, with the words, the keys and how each text was read.

Its arrays stay on disk and are read where they are needed. It holds the words of redacted texts, no more, and goes when
other readings take their place.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.searching import Marks, WordIndex, word_index
from data.readings import Readings
from data.vectors import FINENESS, Vectors
from data.voices import TONE

MULTIPLIED = 256  # vectors multiplied at once: so few stay on one thread, which is forty times as quick as sharing them
AT_ONCE = 2_048  # vectors turned into floats at once
SEARCH = "search"  # the folder of indexes in a store's
KEYS = "keys.arrow"
VOCABULARY = "vocabulary.arrow"
HASHES = "hashes.npy"  # of the texts' keys, DuckDB's: that two of a million are alike has a chance of 3 in 100 million
ARRAYS = ("said", "by_word", "starts", "text_of")
MADE_BY = f"3-{duckdb.__version__}"  # how an index is laid out, and whose hashes are in it
INDEXED = (
    "select distinct on (v.text_key) v.text_key, hash(v.text_key) as hashed, v.redacted, "
    f"md5(v.redacted) as vector_key, {TONE} as tone, list_transform(v.topics, lambda t: t.topic) as topics "
    "from ({readings}) v where v.redacted is not null order by v.text_key"
)


class Index:
    """The index in one folder: its arrays stay on disk and are read where they are needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        table = _kept(folder / KEYS)
        self.keys: pa.Array = table["text_key"].combine_chunks()
        self._vector_keys: pa.Array = table["vector_key"].combine_chunks()
        self.tones: pa.Array = table["tone"].combine_chunks()
        self.topics: pa.Array = table["topics"].combine_chunks()
        self._part: pa.Array = table["part"].combine_chunks()
        self._numbered = pd.Index(np.load(folder / HASHES))
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in ARRAYS}
        self.words = WordIndex(_Spelled(_kept(folder / VOCABULARY)["word"]), **arrays, texts=len(self.keys))
        self._meanings: tuple[str, Meanings] | None = None

    def numbers(self, hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.int32]:
        """The number of each text by DuckDB's hash of its key, -1 where it is not in the index."""
        return self._numbered.get_indexer(hashes).astype(np.int32)

    def read_as(self, topic: str | None, tone: str | None) -> Marks:
        """For each text whether it was read as being about the topic and of the tone."""
        marks = np.ones(len(self.keys), dtype=np.bool_)
        if tone:
            marks &= pc.fill_null(pc.equal(self.tones, tone), False).to_numpy(zero_copy_only=False)
        if topic:
            of_topic = np.zeros(len(self.keys), dtype=np.bool_)
            spoken = pc.equal(pc.list_flatten(self.topics), topic).to_numpy(zero_copy_only=False)
            of_topic[pc.list_parent_indices(self.topics).to_numpy()[spoken]] = True
            marks &= of_topic
        return marks

    def parts_of(self, docs: npt.NDArray[np.int32]) -> list[str]:
        """The parts in which the readings of these texts are kept."""
        return sorted({self._part[int(doc)].as_py() for doc in docs})

    def meanings(self, vectors: Vectors) -> Meanings:
        """What the texts mean, in their order; put in order once and kept."""
        mark = vectors.fingerprint()
        if self._meanings is None or self._meanings[0] != mark:
            file = self.folder / f"meanings-{mark}.npy"
            if not file.is_file():
                _keep_meanings(file, vectors, self._vector_keys.to_pylist())
            self._meanings = mark, Meanings(np.load(file, mmap_mode="r"))
        return self._meanings[1]


class _Spelled:
    """The words of an index in alphabetical order, each made a text only as it is looked at."""

    def __init__(self, words: pa.ChunkedArray) -> None:
        self._words: pa.Array = words.combine_chunks()

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, number: int) -> str:
        return str(self._words[number])


class Meanings:
    """The vectors of the texts, signed bytes as they are kept; noughts where none is held."""

    def __init__(self, matrix: npt.NDArray[np.int8]) -> None:
        self._matrix = matrix
        parts = [(matrix[start : start + AT_ONCE] != 0).any(axis=1) for start in range(0, len(matrix), AT_ONCE)]
        self.known: Marks = np.concatenate(parts) if parts else np.zeros(0, dtype=np.bool_)

    def of(self, docs: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """The vectors of these texts."""
        return self._matrix[docs].astype(np.float32) / np.float32(FINENESS)

    def near(self, docs: npt.NDArray[np.int32], meaning: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """How near each of these texts is to a vector of length 1: the cosine."""
        sought = (np.asarray(meaning).ravel() / FINENESS).astype(np.float32)
        if 2 * len(docs) > len(self._matrix):
            return self._nearness(self._matrix, sought)[docs]
        return self._nearness(self._matrix[docs], sought)

    def _nearness(self, matrix: npt.NDArray[np.int8], sought: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        near = np.zeros(len(matrix), dtype=np.float32)
        floats = np.empty((MULTIPLIED, matrix.shape[1]), dtype=np.float32)
        for start in range(0, len(matrix), MULTIPLIED) if matrix.shape[1] else ():
            some = matrix[start : start + MULTIPLIED]
            np.copyto(floats[: len(some)], some)
            near[start : start + len(some)] = floats[: len(some)] @ sought
        return near


class SomeParts(Readings):
    """Some of the parts of the readings: what is wanted of a few comments is not looked for in all."""

    def __init__(self, readings: Readings, names: Sequence[str]) -> None:
        super().__init__(readings.root, readings.folder.name)
        self._names = names

    def parts(self) -> list[Path]:
        return [self.folder / name for name in self._names]


def keep_index(folder: Path, texts: pd.DataFrame, parts: Sequence[Path]) -> None:
    """Make the index of these texts in the folder, whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(mkdtemp(prefix=".unfinished-", dir=folder.parent))
    try:
        words = word_index(texts["redacted"].tolist())
        for name in ARRAYS:
            np.save(unfinished / f"{name}.npy", getattr(words, name))
        np.save(unfinished / HASHES, texts["hashed"].to_numpy(dtype=np.uint64))
        _keep(unfinished / VOCABULARY, pa.table({"word": pa.array(words.vocabulary, pa.string())}))
        _keep(unfinished / KEYS, _keys(texts, parts))
        try:
            unfinished.rename(folder)
        except OSError:
            if not (folder / KEYS).is_file():  # else another process was quicker: its index is as good
                raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _keys(texts: pd.DataFrame, parts: Sequence[Path]) -> pa.Table:
    """What is asked of each text besides its words: how it was read, and in which part."""
    part_of = {key: path.name for path in parts for key in pq.read_table(path, columns=["text_key"])[0].to_pylist()}
    return pa.table(
        {
            **{name: pa.array(texts[name], pa.string()) for name in ("text_key", "vector_key", "tone")},
            "topics": pa.array([[] if each is None else list(each) for each in texts["topics"]], pa.list_(pa.string())),
            "part": pa.array([part_of[key] for key in texts["text_key"]], pa.string()).dictionary_encode(),
        }
    )


def _keep(file: Path, table: pa.Table) -> None:
    """Keep a table as it stands in memory, so that nothing has to be unpacked to look at a few of its rows."""
    with pa.ipc.new_file(str(file), table.schema) as unfinished:
        unfinished.write_table(table)


def _kept(file: Path) -> pa.Table:
    """A table that was kept so. Its file is not held open: Windows deletes no file that is."""
    return pa.ipc.open_file(file.read_bytes()).read_all()


def _keep_meanings(file: Path, vectors: Vectors, keys: Sequence[str]) -> None:
    small = []
    for start in range(0, len(keys), AT_ONCE):
        floats, _ = vectors.of(keys[start : start + AT_ONCE])
        small.append(np.rint(floats * FINENESS).astype(np.int8))
    width = max((part.shape[1] for part in small), default=0)
    matrix = np.zeros((len(keys), width), dtype=np.int8)
    for number, part in enumerate(small):
        if part.shape[1]:
            matrix[number * AT_ONCE : number * AT_ONCE + len(part)] = part
    for older in file.parent.glob("meanings-*.npy"):
        older.unlink(missing_ok=True)
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.unfinished.npy")
    np.save(unfinished, matrix)
    unfinished.replace(file)


def forget_index(folder: Path) -> None:
    """Delete every index of a store, whose own folder this is: after a person's words were erased."""
    shutil.rmtree(folder / SEARCH, ignore_errors=True)


def forget_others(folder: Path) -> None:
    """Delete the indexes of other readings: tenants' words are not kept longer than the readings they come from."""
    for other in folder.parent.iterdir():
        if other != folder and not other.name.startswith(".unfinished-"):
            shutil.rmtree(other, ignore_errors=True)
