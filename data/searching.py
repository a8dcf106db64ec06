"""Finding comments by their words or their meaning: an index of the redacted texts, kept beside the store.

The index is made once for the readings there are and thrown away with them: it holds the words of redacted texts, no
more. What a search may give is what ``data/voices.py`` may give: never the words of a handful of people.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlglot import exp

from analysis.model import Comment, Filters, Scope
from analysis.text.searching import Marks, WordIndex, places, query, word_index
from data.generation import Generation
from data.readings import Readings
from data.selection import NOT_RECORDED, among, equals, inside, literal
from data.vectors import FINENESS, Vectors
from data.voices import CHANNELS, READ, TONE, comment_of

SURVEY = "survey"
EVERY_CHANNEL = (SURVEY, *(channel for channel, _ in CHANNELS.values()))
KINDS = {channel: (kind, day) for kind, (channel, day) in CHANNELS.items()}
RECORD_FILTERS = ("estate", "tenure")  # ways of dividing that records know as well
KEPT_CHOICES = 8  # choices of comments held at hand, so that a second search among the same is quicker
AT_ONCE = 8_192  # vectors turned into floats at once
ARRAYS = ("said", "by_word", "starts", "text_of")
_INDEXED = (
    f"select v.text_key, v.redacted, md5(v.redacted) as vector_key, {TONE} as tone, "
    "list_transform(v.topics, lambda t: t.topic) as topics "
    "from ({readings}) v where v.redacted is not null order by v.text_key"
)


@dataclass(frozen=True)
class Search:
    """What to look for, and among which comments.

    ``words`` as ``analysis/text/searching.py`` reads them, "" for every comment. ``wave`` is a wave or period of
    surveys, and leaves records out; ``since`` and ``until`` are days, for surveys and records.
    """

    scope: Scope
    words: str = ""
    filters: Filters = ()
    channels: tuple[str, ...] = EVERY_CHANNEL
    wave: str | None = None
    tenure_group: str | None = None
    since: date | None = None
    until: date | None = None
    topic: str | None = None
    tone: str | None = None


@dataclass(frozen=True)
class Hit:
    """A comment found, where in it the words stand that were looked for, and how near it is in meaning (to 1)."""

    comment: Comment
    places: tuple[tuple[int, int], ...] = ()
    likeness: float | None = None


@dataclass(frozen=True)
class Found:
    """What a search gives: some of the comments found, how many there are by channel and tenure group, its limits."""

    hits: tuple[Hit, ...]
    matched: Mapping[tuple[str, str], int]  # never added up over tenure groups
    searched: int  # comments looked through
    unread: int  # comments chosen that nobody has read yet: not looked through
    too_few: tuple[str, ...]  # surveys and channels left out, for fewer people wrote in them than may be shown
    left_out: tuple[str, ...]  # channels that do not hold what was chosen by
    undated: int  # comments without a day, in no period
    without_meaning: int  # read, but of no known meaning yet: left out of a search by meaning


class Searcher:
    """Searches the comments of one generation, as far as they have been read. ``folder`` is the store's own."""

    def __init__(
        self, generation: Generation, readings: Readings, folder: Path, vectors: Vectors | None = None
    ) -> None:
        self._generation = generation
        self._readings = readings
        self._root = folder / "search"
        self._vectors = vectors
        self._chosen: dict[tuple[Search, int], _Choice] = {}

    def prepare(self) -> None:
        """Make the index where it is not there yet, so that the first search need not wait for it."""
        assert self._index is not None

    def find(
        self,
        search: Search,
        smallest_base: int,
        limit: int = 20,
        offset: int = 0,
        meaning: npt.NDArray[np.float32] | None = None,
    ) -> Found:
        """Comments with the words of a search, newest first; with ``meaning``, a vector of length 1, nearest first.

        None of a survey's tenure group, or of a channel, in which fewer than ``smallest_base`` people wrote. Raises
        QueryError for words that cannot be understood, NotHeld for a filter or wave that is not there.
        """
        asked = query(search.words) if search.words.strip() else None
        choice = self._choice(search, smallest_base)
        wanted = choice.docs >= 0
        if asked is not None:
            wanted &= self._index.words.holding(asked)[choice.docs]
        if search.topic or search.tone:
            wanted &= self._index.read_as(search.topic, search.tone)[choice.docs]
        at = np.flatnonzero(wanted)
        without = 0
        likeness: npt.NDArray[np.float32] | None = None
        if meaning is not None:
            known, near = self._nearness(meaning)
            without = int((~known[choice.docs[at]]).sum())
            at = at[known[choice.docs[at]]]
            likeness = near[choice.docs[at]]
            order = np.argsort(-likeness, kind="stable")
            at, likeness = at[order], likeness[order]
        page = slice(offset, offset + limit)
        comments = self._comments(choice, at[page], search, smallest_base)
        near_ones = [None] * len(comments) if likeness is None else [float(one) for one in likeness[page]]
        return Found(
            hits=tuple(
                Hit(comment, places(asked, comment.text) if asked is not None else (), one)
                for comment, one in zip(comments, near_ones, strict=True)
            ),
            matched=MappingProxyType(choice.counted(at)),
            searched=int((choice.docs >= 0).sum()),
            unread=choice.unread,
            too_few=choice.too_few,
            left_out=choice.left_out,
            undated=choice.undated,
            without_meaning=without,
        )

    # ── the index ────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _index(self) -> _Index:
        folder = self._root / self._readings.fingerprint()
        if not (folder / "keys.parquet").is_file():
            table = self._generation.frame(_INDEXED.format(readings=self._readings.select()))
            _keep(folder, table, self._readings.parts())
            _forget_others(folder)
        return _Index(folder)

    def _nearness(self, meaning: npt.NDArray[np.float32]) -> tuple[Marks, npt.NDArray[np.float32]]:
        """For each text whether its meaning is known, and how near it is (a cosine)."""
        if self._vectors is None:
            nothing = np.zeros(len(self._index.keys), dtype=np.float32)
            return nothing > 0, nothing
        matrix = self._index.meanings(self._vectors)
        near = np.zeros(len(matrix), dtype=np.float32)
        known = np.zeros(len(matrix), dtype=np.bool_)
        if matrix.shape[1]:
            for start in range(0, len(matrix), AT_ONCE):
                rows = matrix[start : start + AT_ONCE].astype(np.float32)
                near[start : start + AT_ONCE] = rows @ np.asarray(meaning, dtype=np.float32).ravel() / FINENESS
                known[start : start + AT_ONCE] = rows.any(axis=1)
        return known, near

    # ── the comments chosen ──────────────────────────────────────────────────────────────────────

    def _choice(self, search: Search, smallest_base: int) -> _Choice:
        """Every comment a search may look through, newest first."""
        key = _only_where(search), smallest_base
        if key not in self._chosen:
            if len(self._chosen) >= KEPT_CHOICES:
                self._chosen.pop(next(iter(self._chosen)))
            self._chosen[key] = self._choose(*key)
        return self._chosen[key]

    def _choose(self, search: Search, smallest_base: int) -> _Choice:
        sources, left_out = _sources(search, self._generation)
        undated = sum(self._undated(source) for source in sources) if search.since or search.until else 0
        heard = [self._heard(source, smallest_base) for source in sources]
        docs, at, day, group = (
            np.concatenate([getattr(each, name) for each in heard] or [_NO_NUMBERS])
            for name in ("docs", "at", "day", "group")
        )
        begins = np.cumsum([0, *(len(each.groups) for each in heard)])
        group += np.repeat(begins[:-1], [len(each.docs) for each in heard])
        order = np.lexsort((at, docs, -day))
        return _Choice(
            docs=docs[order],
            at=at[order],
            group=group[order],
            groups=tuple(pair for each in heard for pair in each.groups),
            sources=sources,
            unread=int((docs < 0).sum()),
            too_few=tuple(name for each in heard for name in each.too_few),
            left_out=left_out,
            undated=undated,
        )

    def _heard(self, source: _Source, smallest_base: int) -> _Heard:
        """The comments of one channel, without those of blocks in which too few people wrote."""
        rows = self._generation.frame(
            f"select {source.key} as at, {source.day} as day, {source.text_key} as text_key, "
            f"hash({source.block}, {source.who}) as who, hash({source.block}, {source.tenure_group}) as code "
            f"from {source.rows}"
        )
        if rows.empty:
            return _NOTHING_HEARD
        named = self._generation.rows(
            f"select distinct hash({source.block}, {source.tenure_group}), {source.name}, "
            f"coalesce({source.tenure_group}, '{NOT_RECORDED}') from {source.people}"
        )
        names = {code: (name, tenure_group) for code, name, tenure_group in named}
        group, codes = pd.factorize(rows["code"])
        blocks = sorted({name for name, _ in names.values()})
        block = np.array([blocks.index(names[code][0]) for code in codes], dtype=np.intp)[group]
        docs = self._index.numbers(pa.array(rows["text_key"], pa.string()))
        people = rows["who"].where(docs >= 0)
        wrote = np.bincount(block[~people.duplicated().to_numpy() & (docs >= 0)], minlength=len(blocks))
        kept = (wrote >= smallest_base)[block]
        return _Heard(
            docs=docs[kept],
            at=rows["at"].to_numpy()[kept],
            day=rows["day"].to_numpy().astype("datetime64[D]").astype(np.int64)[kept],
            group=group[kept],
            groups=tuple((source.channel, names[code][1]) for code in codes),
            too_few=tuple(name for name, n in zip(blocks, wrote.tolist(), strict=True) if n < smallest_base),
        )

    def _undated(self, source: _Source) -> int:
        ((n,),) = self._generation.rows(f"select count(*) from {source.undated}")
        return int(n)

    def _comments(self, choice: _Choice, at: npt.NDArray[np.intp], search: Search, smallest_base: int) -> list[Comment]:
        """The comments at these places of a choice, in that order."""
        keys = [self._index.keys[int(doc)].as_py() for doc in choice.docs[at]]
        readings = _SomeParts(self._readings, self._index.parts_of(choice.docs[at])).select()
        wanted = [int(key) for key in choice.at[at]]
        channels = [choice.groups[group][0] for group in choice.group[at]]
        found: dict[int, Comment] = {}
        for source in choice.sources:
            here = [
                (key, number) for key, number, its in zip(keys, wanted, channels, strict=True) if its == source.channel
            ]
            if here:
                found.update(self._of_source(source, here, readings, smallest_base))
        return [found[number] for number in wanted]

    def _of_source(
        self, source: _Source, wanted: Sequence[tuple[str, int]], readings: str, smallest_base: int
    ) -> Iterator[tuple[int, Comment]]:
        keys = ", ".join(literal(key) for key in sorted({key for key, _ in wanted}))
        numbers = ", ".join(str(number) for _, number in wanted)
        rows = self._generation.rows(
            f"with g as (select * from ({readings}) where text_key in ({keys})), places as ({source.places}) "
            f"select {source.key}, {source.comment_id}, {source.question}, {source.day}, {source.estate}, "
            f"{source.tenure}, {source.of_estate}, {source.of_tenure}, {READ} "
            f"from {source.rows} join g on g.text_key = {source.text_key} {source.placed} "
            f"where {source.text_key} in ({keys}) and {source.key} in ({numbers})"
        )
        for number, *row in rows:
            yield number, comment_of(tuple(row), smallest_base, source.channel)


# ── Where comments come from ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Source:
    """The comments of one channel as SQL: the rows, what each is called there, and how many people are in a place."""

    channel: str
    rows: str
    people: str  # the same rows, those of people who wrote nothing among them
    undated: str
    text_key: str
    key: str
    comment_id: str
    question: str
    who: str
    day: str
    block: str  # what the smallest base holds for: a tenure group of a survey, or the whole channel
    name: str
    tenure_group: str
    estate: str
    tenure: str
    places: str
    placed: str
    of_estate: str
    of_tenure: str


@dataclass(frozen=True)
class _Choice:
    """The comments that may be looked through, newest first: text (-1: not read), key, and channel and tenure group."""

    docs: npt.NDArray[np.int32]
    at: npt.NDArray[np.uint64]
    group: npt.NDArray[Any]
    groups: tuple[tuple[str, str], ...]
    sources: tuple[_Source, ...]
    unread: int
    too_few: tuple[str, ...]
    left_out: tuple[str, ...]
    undated: int

    def counted(self, at: npt.NDArray[np.intp]) -> dict[tuple[str, str], int]:
        """How many of these are in each channel and tenure group, those with any."""
        found: dict[tuple[str, str], int] = {}
        for name, n in zip(self.groups, np.bincount(self.group[at], minlength=len(self.groups)).tolist(), strict=True):
            if n:
                found[name] = found.get(name, 0) + n
        return found


@dataclass(frozen=True)
class _Heard:
    """The comments of one channel that may be looked through: as in ``_Choice``, with their day as a number."""

    docs: npt.NDArray[np.int32]
    at: npt.NDArray[np.uint64]
    day: npt.NDArray[np.int64]
    group: npt.NDArray[Any]
    groups: tuple[tuple[str, str], ...]
    too_few: tuple[str, ...]


_NO_NUMBERS = np.zeros(0, dtype=np.int64)
_NOTHING_HEARD = _Heard(_NO_NUMBERS.astype(np.int32), _NO_NUMBERS.astype(np.uint64), _NO_NUMBERS, _NO_NUMBERS, (), ())


def _only_where(search: Search) -> Search:
    """The search without what it looks for: its choice of comments."""
    return Search(
        search.scope,
        filters=search.filters,
        channels=search.channels,
        wave=search.wave,
        tenure_group=search.tenure_group,
        since=search.since,
        until=search.until,
    )


def _sources(search: Search, generation: Generation) -> tuple[tuple[_Source, ...], tuple[str, ...]]:
    """The channels to look through, and those that do not hold what was chosen by."""
    for key, _ in search.filters:
        generation.dimension(key)
    if search.wave is not None:
        generation.wave(search.wave)
    records = [channel for channel in search.channels if channel != SURVEY]
    known = search.wave is None and all(key in RECORD_FILTERS for key, _ in search.filters)
    sources = [_survey(search, generation)] if SURVEY in search.channels else []
    sources += [_record(search, channel) for channel in records if known]
    return tuple(sources), () if known else tuple(records)


def _survey(search: Search, generation: Generation) -> _Source:
    where = _where(search, () if search.wave is None else (generation.when(search.wave),))
    dated, undated = (f"({where.sql('duckdb')}){part}" for part in _days(search, "date"))
    joined = "on c.wave = r.wave::varchar and c.respondent = r.respondent"
    return _Source(
        channel=SURVEY,
        rows=f"(select * from responses where {dated}) r join comments c {joined}",
        people=f"(select * from responses where {dated}) r",
        undated=f"(select * from responses where {undated}) r join comments c {joined}",
        text_key="c.text_key",
        key="hash(c.wave, c.respondent, c.question)",
        comment_id="md5(concat_ws('|', c.wave, c.respondent, c.question))[:12]",
        question="c.question",
        who="r.respondent",
        day="r.date",
        block="hash(r.wave, r.tenure_group)",
        name="concat_ws(', ', r.wave::varchar, r.tenure_group::varchar)",
        tenure_group="r.tenure_group::varchar",
        estate="r.estate::varchar",
        tenure="r.tenure::varchar",
        places=(
            "select wave, tenure_group, estate, tenure, n as of_tenure, "
            "sum(n) over (partition by wave, tenure_group, estate) as of_estate from "
            f"(select wave, tenure_group, estate, tenure, count(*) as n from responses where {dated} group by all)"
        ),
        placed=(
            "join places p on p.wave = r.wave and p.tenure_group is not distinct from r.tenure_group "
            "and p.estate is not distinct from r.estate and p.tenure is not distinct from r.tenure"
        ),
        of_estate="p.of_estate",
        of_tenure="p.of_tenure",
    )


def _record(search: Search, channel: str) -> _Source:
    kind, day = KINDS[channel]
    dated, undated = (f"({_where(search).sql('duckdb')}){part}" for part in _days(search, day))
    written = "text is not null" + (" and listening is distinct from false" if kind == "contacts" else "")
    who = "coalesce(t.tenancy_ref, t.home, t.reference)"
    return _Source(
        channel=channel,
        rows=f"(select * from {kind} where {dated} and {written}) t",
        people=f"(select * from {kind} where {dated} and {written}) t",
        undated=f"(select * from {kind} where {undated} and {written}) t",
        text_key="t.text_key",
        key="hash(t.reference, t.row)",
        comment_id=f"md5(concat_ws('|', {literal(kind)}, t.reference, t.row))[:12]",
        question="''",
        who=who,
        day=f"t.{day}",
        block="0",
        name=literal(channel),
        tenure_group="t.tenure_group::varchar",
        estate="t.estate",
        tenure="null",
        places=(
            f"select t.estate, count(distinct {who}) as of_estate from {kind} t where {dated} and {written} group by 1"
        ),
        placed="join places p on p.estate is not distinct from t.estate",
        of_estate="p.of_estate",
        of_tenure="0",
    )


def _where(search: Search, more: tuple[exp.Expr, ...] = ()) -> exp.Expr:
    """The rows chosen, whatever their day."""
    parts = [inside(search.scope), *more]
    parts += [among(exp.column(key, quoted=True), values) for key, values in search.filters]
    if search.tenure_group:
        parts.append(equals("tenure_group", search.tenure_group))
    return exp.and_(*parts)


def _days(search: Search, column: str) -> tuple[str, str]:
    """The end of a condition that keeps a period, and of one that keeps rows without a day."""
    ends = [f" and {column} >= date '{search.since.isoformat()}'"] if search.since else []
    ends += [f" and {column} <= date '{search.until.isoformat()}'"] if search.until else []
    return "".join(ends), f" and {column} is null"


# ── The index on disk ────────────────────────────────────────────────────────────────────────────


class _Index:
    """The index in one folder: its arrays stay on disk and are read where they are needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        table = pq.read_table(folder / "keys.parquet")
        self.keys: pa.Array = table["text_key"].combine_chunks()
        self._vector_keys: pa.Array = table["vector_key"].combine_chunks()
        self._tone: pa.Array = table["tone"].combine_chunks()
        self._topics: pa.Array = table["topics"].combine_chunks()
        self._part: pa.Array = table["part"].combine_chunks()
        vocabulary = pq.read_table(folder / "vocabulary.parquet")["word"].to_pylist()
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in ARRAYS}
        self.words = WordIndex(tuple(vocabulary), **arrays, texts=len(self.keys))
        self._meanings: tuple[str, npt.NDArray[np.int8]] | None = None

    def numbers(self, keys: pa.Array) -> npt.NDArray[np.int32]:
        """The number of each text, -1 where it is not in the index."""
        return pc.fill_null(pc.index_in(keys, value_set=self.keys), -1).to_numpy(zero_copy_only=False)

    def read_as(self, topic: str | None, tone: str | None) -> Marks:
        """For each text whether it was read as being about the topic and of the tone."""
        marks = np.ones(len(self.keys), dtype=np.bool_)
        if tone:
            marks &= pc.fill_null(pc.equal(self._tone, tone), False).to_numpy(zero_copy_only=False)
        if topic:
            of_topic = np.zeros(len(self.keys), dtype=np.bool_)
            spoken = pc.equal(pc.list_flatten(self._topics), topic).to_numpy(zero_copy_only=False)
            of_topic[pc.list_parent_indices(self._topics).to_numpy()[spoken]] = True
            marks &= of_topic
        return marks

    def parts_of(self, docs: npt.NDArray[np.int32]) -> list[str]:
        """The parts in which the readings of these texts are kept."""
        return sorted({self._part[int(doc)].as_py() for doc in docs})

    def meanings(self, vectors: Vectors) -> npt.NDArray[np.int8]:
        """The vectors of the texts in their order, noughts where none is held; made once and kept."""
        mark = vectors.fingerprint()
        if self._meanings is None or self._meanings[0] != mark:
            file = self._folder / f"meanings-{mark}.npy"
            if not file.is_file():
                _keep_meanings(file, vectors, self._vector_keys.to_pylist())
            self._meanings = mark, np.load(file, mmap_mode="r")
        return self._meanings[1]


class _SomeParts(Readings):
    """Some of the parts of the readings: what is wanted of a few comments is not looked for in all."""

    def __init__(self, readings: Readings, names: Sequence[str]) -> None:
        super().__init__(readings.root, readings.folder.name)
        self._names = names

    def parts(self) -> list[Path]:
        return [self.folder / name for name in self._names]


def _keep(folder: Path, texts: pd.DataFrame, parts: Sequence[Path]) -> None:
    """Make the index of these texts in the folder, whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(mkdtemp(prefix=".unfinished-", dir=folder.parent))
    try:
        words = word_index(texts["redacted"].tolist())
        for name in ARRAYS:
            np.save(unfinished / f"{name}.npy", getattr(words, name))
        pq.write_table(pa.table({"word": pa.array(words.vocabulary, pa.string())}), unfinished / "vocabulary.parquet")
        pq.write_table(_keys(texts, parts), unfinished / "keys.parquet")
        try:
            unfinished.rename(folder)
        except OSError:
            if not (folder / "keys.parquet").is_file():  # else another process was quicker: its index is as good
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
            "part": pa.array([part_of[key] for key in texts["text_key"]], pa.string()),
        }
    )


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


def _forget_others(folder: Path) -> None:
    """Delete the indexes of other readings: tenants' words are not kept longer than the readings they come from."""
    for other in folder.parent.iterdir():
        if other != folder and not other.name.startswith(".unfinished-"):
            shutil.rmtree(other, ignore_errors=True)
