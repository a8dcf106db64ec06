"""Which views may be told: what a few people said must not be worked out from the views round it.

A *view* is what one figure is of: everyone of a wave and tenure group whose characteristics are among those chosen. A
filter chooses, and so does a group of a breakdown. The rule looks at one view and the counts round it, never at what
was asked before, so it holds whoever asks and in whatever order (docs/method/disclosure.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.survey.suppression import (
    Counts,
    Crossed,
    Flags,
    Rule,
    crossed,
    cuts,
    numbered,
    sensitive,
    withheld_levels,
)

FIVE = (5, 4, 3, 2, 1)  # the answers of a measure, best first

Ints = npt.NDArray[np.intp]
Choice = Mapping[str, Iterable[str]]  # the levels chosen of each characteristic
_Held = tuple[tuple[str, bytes], ...]  # what else is chosen, as a key to remember tables by


# ── Counts ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Cube:
    """Everyone who answered one question, counted by some characteristics.

    ``levels`` of each characteristic of ``keys``; ``codes`` (rows × keys) says which level a row is of, ``counts``
    (rows × answers) how many gave each answer. ``parents`` of a characteristic are coarser ones of the same keys, each
    of whose levels holds whole levels of it: the regions of an estate.
    """

    keys: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    codes: Ints
    counts: Counts
    parents: Mapping[str, tuple[str, ...]]

    def axis(self, key: str) -> int:
        """Which of the characteristics a key is. Raises ValueError for one that was not counted by."""
        if key not in self.keys:
            raise ValueError(f"The views were not counted by '{key}', only by {', '.join(self.keys) or 'nothing'}.")
        return self.keys.index(key)


def cubes(
    counted: pd.DataFrame,
    keys: Sequence[str],
    answers: Sequence[object] = FIVE,
    parents: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    of: str = "measure",
    said: str = "answer",
) -> dict[str, Cube]:
    """A cube for each measure from counted cells (columns keys…, ``of``, ``said``, n); other answers are left out."""
    rows = counted[counted[said].isin(answers)]
    place = {answer: number for number, answer in enumerate(answers)}
    found = {}
    for name, mine in rows.groupby(of, sort=False, observed=True):
        codes, levels = zip(*(_numbered(mine[key]) for key in keys), strict=True) if keys else ((), ())
        where, cells = _distinct(np.column_stack(codes) if keys else np.zeros((len(mine), 0), dtype=np.intp))
        counts = np.zeros((len(cells), len(answers)), dtype=np.int64)
        np.add.at(counts, (where, mine[said].map(place).to_numpy(np.intp)), mine["n"].to_numpy(np.int64))
        found[str(name)] = Cube(tuple(keys), tuple(levels), cells, counts, parents)
    return found


def _numbered(column: pd.Series) -> tuple[Ints, tuple[str, ...]]:
    codes, levels = pd.factorize(column.astype(str), sort=True)
    return codes.astype(np.intp), tuple(levels)


def _distinct(codes: Ints) -> tuple[Ints, Ints]:
    """Which of the distinct rows each row is, and the distinct rows; without columns all are one."""
    if not codes.shape[1]:
        return np.zeros(len(codes), dtype=np.intp), np.zeros((1, 0), dtype=np.intp)
    cells, where = np.unique(codes, axis=0, return_inverse=True)
    return where.ravel(), cells


# ── The rule ─────────────────────────────────────────────────────────────────────────────────────


class Views:
    """The views of one question of one wave and tenure group, and which of them may be told."""

    def __init__(self, cube: Cube, rule: Rule) -> None:
        self.cube, self.rule = cube, rule
        self._alone: dict[tuple[str, _Held], _Alone] = {}
        self._together: dict[tuple[str, str, _Held], list[_Part]] = {}

    def people(self, chosen: Choice) -> Counts:
        """How many of a view gave each answer."""
        return np.asarray(self.cube.counts[self._rows(self._masks(chosen))].sum(axis=0))

    def leak(self, chosen: Choice) -> tuple[str, ...] | None:
        """By which characteristics a view would give a few people away: () where they are the view itself.

        None where its figure may be told, as a rule also where nobody is in it. ``chosen`` lists levels by
        characteristic; all of them, or those that anybody is of, is as good as none. Raises ValueError for a
        characteristic not counted by.
        """
        masks = self._masks(chosen)
        counts = self.cube.counts[self._rows(masks)].sum(axis=0)
        if sensitive(counts, self.rule):
            return ()
        for size in range(1, len(masks) + 1):
            for keys in combinations(sorted(masks), size):
                found = self._leak_among({key: masks[key] for key in keys})
                if found:
                    return found
        return None

    def _leak_among(self, masks: Mapping[str, Flags]) -> tuple[str, ...] | None:
        """Whether a view that differs in one of these, or in two with the others held, gives few people away."""
        if len(masks) == 1:
            ((key, mask),) = masks.items()
            return None if self._levels(key, {}).shows(mask) else (key,)
        for one, other in combinations(masks, 2):
            held = {key: mask for key, mask in masks.items() if key not in (one, other)}
            if not self._pair_shows(one, other, masks, held):
                return (one, other)
        return None

    def _pair_shows(self, one: str, other: str, masks: Mapping[str, Flags], held: Mapping[str, Flags]) -> bool:
        for whole, part in ((one, other), (other, one)):
            if self._levels(whole, held).is_all(masks[whole]):
                return self._levels(part, held).shows(masks[part])
        return all(
            part.table.shows(masks[one][part.rows], masks[other][part.columns])
            for part in self._crossed(one, other, held)
        )

    # What is chosen

    def _masks(self, chosen: Choice) -> dict[str, Flags]:
        """The levels chosen of each characteristic that narrows the view, coarser ones folded into the finer."""
        masks = {key: np.isin(self.cube.levels[self.cube.axis(key)], list(levels)) for key, levels in chosen.items()}
        for fine, coarser in self.cube.parents.items():
            for coarse in coarser:
                if fine in masks and coarse in masks:
                    masks[fine] &= masks.pop(coarse)[self._coarser(fine, coarse)]
        return {key: mask for key, mask in masks.items() if not self._levels(key, {}).is_all(mask)}

    def _rows(self, masks: Mapping[str, Flags]) -> Flags:
        inside = np.ones(len(self.cube.codes), dtype=bool)
        for key, mask in masks.items():
            inside &= mask[self.cube.codes[:, self.cube.axis(key)]]
        return inside

    def _coarser(self, fine: str, coarse: str) -> Ints:
        """The level of the coarser characteristic that each level of the finer is of."""
        of = np.zeros(len(self.cube.levels[self.cube.axis(fine)]), dtype=np.intp)
        of[self.cube.codes[:, self.cube.axis(fine)]] = self.cube.codes[:, self.cube.axis(coarse)]
        return of

    # Tables, made once

    def _levels(self, key: str, held: Mapping[str, Flags]) -> _Alone:
        """One characteristic's levels among those held, and what is withheld of them."""
        name = (key, _remembered(held))
        if name not in self._alone:
            counts = self._counts((key,), held)
            family = self._families(key, held)
            hidden = np.zeros(len(counts), dtype=bool)
            for members in _each(family):
                hidden[members] = withheld_levels(counts[members], self.rule)
            self._alone[name] = _Alone(counts.sum(axis=1), family, hidden)
        return self._alone[name]

    def _crossed(self, one: str, other: str, held: Mapping[str, Flags]) -> list[_Part]:
        """Two characteristics at once among those held, family by family."""
        name = (one, other, _remembered(held))
        if name not in self._together:
            counts = self._counts((one, other), held)
            families = self._families(one, held), self._families(other, held)
            self._together[name] = [
                _Part(rows, columns, crossed(counts[np.ix_(rows, columns)], self.rule))
                for rows in _each(families[0])
                for columns in _each(families[1])
            ]
        return self._together[name]

    def _counts(self, keys: tuple[str, ...], held: Mapping[str, Flags]) -> Counts:
        rows, axes = self._rows(held), [self.cube.axis(key) for key in keys]
        shape = (*(len(self.cube.levels[axis]) for axis in axes), self.cube.counts.shape[1])
        counts = np.zeros(shape, dtype=np.int64)
        np.add.at(counts, tuple(self.cube.codes[rows][:, axes].T), self.cube.counts[rows])
        return counts

    def _families(self, key: str, held: Mapping[str, Flags]) -> Ints:
        """Which levels a coarser characteristic tells the sum of: a number for each family of levels.

        The coarser levels that are withheld themselves are told together, so they make one family.
        """
        family = np.zeros(len(self.cube.levels[self.cube.axis(key)]), dtype=np.intp)
        for coarse in self.cube.parents.get(key, ()):
            told_as = numbered(withheld_levels(self._counts((coarse,), held), self.rule))
            pairs = np.column_stack([family, told_as[self._coarser(key, coarse)]])
            family = _distinct(pairs)[0]
        return family


@dataclass(frozen=True)
class _Alone:
    """The levels of one characteristic: how many people, which are told together somewhere coarser, which withheld."""

    people: Counts
    family: Ints
    hidden: Flags

    def is_all(self, mask: Flags) -> bool:
        return not self.people[~mask].any()

    def shows(self, mask: Flags) -> bool:
        return not any(cuts(mask[members], self.hidden[members]) for members in _each(self.family))


@dataclass(frozen=True)
class _Part:
    """Two families of levels crossed."""

    rows: Ints
    columns: Ints
    table: Crossed


def _each(family: Ints) -> Iterator[Ints]:
    return (np.flatnonzero(family == number) for number in range(family.max(initial=-1) + 1))


def _remembered(held: Mapping[str, Flags]) -> _Held:
    return tuple((key, held[key].tobytes()) for key in sorted(held))
