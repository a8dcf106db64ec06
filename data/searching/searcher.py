"""Searching the comments of one generation, as far as they have been read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.model import Comment
from analysis.searching import Marks, places, query
from data.generation import Generation
from data.readings import Readings
from data.searching.asked import Found, Hit, Search
from data.searching.index import INDEXED, KEYS, MADE_BY, SEARCH, Index, SomeParts, forget_others, keep_index
from data.searching.sources import Source, sources_of
from data.selection import NOT_RECORDED, literal
from data.vectors import Vectors
from data.voices import READ, comment_of

KEPT_CHOICES = 8  # choices of comments held at hand, so that a second search among the same is quicker


class Searcher:
    """Searches the comments of one generation as far as they are read at the first search. ``folder``: the store's."""

    def __init__(
        self, generation: Generation, readings: Readings, folder: Path, vectors: Vectors | None = None
    ) -> None:
        self._generation = generation
        self._readings = readings
        self._root = folder / SEARCH
        self._vectors = vectors
        self._chosen: dict[tuple[Search, int], Choice] = {}

    def read_from(self, generation: Generation) -> None:
        """Go on with the same generation, opened anew: the one before may have been closed."""
        self._generation = generation

    def prepare(self) -> int:
        """Make the index where it is not there yet, so that the first search need not wait; how many texts it holds."""
        return len(self.index.keys)

    def find(
        self,
        search: Search,
        smallest_base: int,
        limit: int = 20,
        offset: int = 0,
        meaning: npt.NDArray[np.float32] | None = None,
        within: Marks | None = None,
    ) -> Found:
        """Comments with the words of a search, newest first; with ``meaning``, a vector of length 1, nearest first.

        ``within`` marks the texts of the index to look through, where not all: those of a theme.

        None of a survey's tenure group, or of a channel, in which fewer than ``smallest_base`` people wrote. Raises
        QueryError for words that cannot be understood, NotHeld for a filter or wave that is not there.
        """
        asked = query(search.words) if search.words.strip() else None
        choice = self.choice(search, smallest_base)
        wanted = choice.docs >= 0
        if asked is not None:
            wanted &= self.index.words.holding(asked)[choice.docs]
        if search.topic or search.tone:
            wanted &= self.index.read_as(search.topic, search.tone)[choice.docs]
        if within is not None:
            wanted &= within[choice.docs]
        at = np.flatnonzero(wanted)
        likeness: npt.NDArray[np.float32] | None = None
        without = 0
        if meaning is not None:
            at, likeness, without = self._nearest_first(choice, at, meaning)
        page = slice(offset, offset + limit)
        comments = self.comments(choice, at[page], smallest_base)
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
    def index(self) -> Index:
        """The index of the texts that had been read when it was first asked for; made where it is not there yet."""
        readings = SomeParts(self._readings, [path.name for path in self._readings.parts()])  # more may come meanwhile
        folder = self._root / f"{readings.fingerprint()}-{MADE_BY}"
        if not (folder / KEYS).is_file():
            keep_index(folder, self._generation.frame(INDEXED.format(readings=readings.select())), readings.parts())
            forget_others(folder)
        return Index(folder)

    # ── what the texts mean, for themes ──────────────────────────────────────────────────────────

    @property
    def model(self) -> str:
        """The sentence model whose vectors are at hand, "" where there are none."""
        return self._vectors.folder.name if self._vectors is not None else ""

    @property
    def meant_mark(self) -> str:
        """A key that changes with the vectors."""
        return self._vectors.fingerprint() if self._vectors is not None else ""

    def known(self) -> Marks:
        """For each text of the index whether its meaning is known."""
        if self._vectors is None:
            return np.zeros(len(self.index.keys), dtype=np.bool_)
        return self.index.meanings(self._vectors).known

    def vectors_of(self, docs: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """The meanings of these texts; noughts where one is not known."""
        assert self._vectors is not None
        return self.index.meanings(self._vectors).of(docs)

    def texts(self) -> list[str]:
        """Every redacted text of the index, in its order."""
        held = dict(
            self._generation.rows(
                f"select text_key, redacted from ({self._readings.select()}) where redacted is not null"
            )
        )
        return [held.get(key, "") for key in self.index.keys.to_pylist()]

    def _nearest_first(
        self, choice: Choice, at: npt.NDArray[np.intp], meaning: npt.NDArray[np.float32]
    ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float32], int]:
        """Places of a choice by nearness, how near each is, and how many are left out as their meaning is not known."""
        if self._vectors is None:
            return at[:0], np.zeros(0, dtype=np.float32), len(at)
        meanings = self.index.meanings(self._vectors)
        known = at[meanings.known[choice.docs[at]]]
        near = meanings.near(choice.docs[known], meaning)
        order = np.argsort(-near, kind="stable")
        return known[order], near[order], len(at) - len(known)

    # ── the comments chosen ──────────────────────────────────────────────────────────────────────

    def choice(self, search: Search, smallest_base: int) -> Choice:
        """Every comment a search may look through, newest first."""
        key = _only_where(search), smallest_base
        if key not in self._chosen:
            if len(self._chosen) >= KEPT_CHOICES:
                self._chosen.pop(next(iter(self._chosen)))
            self._chosen[key] = self._choose(*key)
        return self._chosen[key]

    def _choose(self, search: Search, smallest_base: int) -> Choice:
        sources, left_out = sources_of(search, self._generation)
        undated = sum(self._undated(source) for source in sources) if search.since or search.until else 0
        heard = [self._heard(source, smallest_base) for source in sources]
        docs, at, day, group = (
            np.concatenate([getattr(each, name) for each in heard] or [_NO_NUMBERS])
            for name in ("docs", "at", "day", "group")
        )
        begins = np.cumsum([0, *(len(each.groups) for each in heard)])
        group += np.repeat(begins[:-1], [len(each.docs) for each in heard])
        order = np.lexsort((at, docs, -day))
        return Choice(
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

    def _heard(self, source: Source, smallest_base: int) -> _Heard:
        """The comments of one channel, without those of blocks in which too few people wrote."""
        rows = self._generation.frame(
            f"select {source.key} as at, {source.day} as day, hash({source.text_key}) as text, "
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
        docs = self.index.numbers(rows["text"].to_numpy())
        read = docs >= 0
        wrote = np.bincount(block[read][~rows["who"][read].duplicated().to_numpy()], minlength=len(blocks))
        kept = (wrote >= smallest_base)[block]
        return _Heard(
            docs=docs[kept],
            at=rows["at"].to_numpy()[kept],
            day=rows["day"].to_numpy().astype("datetime64[D]").astype(np.int64)[kept],
            group=group[kept],
            groups=tuple((source.channel, names[code][1]) for code in codes),
            too_few=tuple(name for name, n in zip(blocks, wrote.tolist(), strict=True) if n < smallest_base),
        )

    def _undated(self, source: Source) -> int:
        ((n,),) = self._generation.rows(f"select count(*) from {source.undated}")
        return int(n)

    def comments(self, choice: Choice, at: npt.NDArray[np.intp], smallest_base: int) -> list[Comment]:
        """The comments at these places of a choice, in that order."""
        keys = [self.index.keys[int(doc)].as_py() for doc in choice.docs[at]]
        readings = SomeParts(self._readings, self.index.parts_of(choice.docs[at])).select()
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
        self, source: Source, wanted: Sequence[tuple[str, int]], readings: str, smallest_base: int
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


@dataclass(frozen=True)
class Choice:
    """The comments that may be looked through, newest first: text (-1: not read), key, and channel and tenure group."""

    docs: npt.NDArray[np.int32]
    at: npt.NDArray[np.uint64]
    group: npt.NDArray[Any]
    groups: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]
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
    """The comments of one channel that may be looked through: as in ``Choice``, with their day as a number."""

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
