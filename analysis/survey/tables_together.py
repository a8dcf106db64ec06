"""Tables that one reader has side by side: what more of them is withheld so that none undoes another's silence.

``views`` looks at one question and the counts round it. A pack is many questions: by estate, by region, by tenure, of
this survey and the one before. Here every figure told of the same people is held against every other at once
(docs/method/disclosure.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from analysis.survey.suppression import Counts, Flags, Rule, sensitive
from analysis.survey.views import Choice, Cube, Ints

View = tuple[tuple[str, tuple[str, ...]], ...]  # the levels chosen of each characteristic, in order; (): everyone
EVERYONE: View = ()
UNIONS = 10  # of so many levels every union is tried; of more, each alone, all but each, and those that hang together
TRIED = 6  # levels of either side tried for withholding before the smallest is taken


def view_of(chosen: Choice) -> View:
    """A view by what is chosen, always written the same way."""
    return tuple((key, tuple(sorted(set(levels)))) for key, levels in sorted(chosen.items()))


def withheld_together(
    cube: Cube, told: Collection[View], rule: Rule, withheld: Collection[View] = (), everyone: bool = True
) -> tuple[View, ...]:
    """The views to withhold besides, of those told of one question: in the order found, none where all may stand.

    ``cube`` counts everyone who answered by every characteristic of the views. Who has all that is left told learns of
    no few people from the sums of one way of dividing less those of another, not even where the two agree but for a
    few. ``withheld``: views that are not told already, for a reason of their own. ``everyone``: that
    the sum of all there are is known too, and always told; not so where they are of several surveys. Raises ValueError
    for a characteristic not counted by.
    """
    tables = _Tables(cube, rule, everyone)
    left = sorted(set(told) - {EVERYONE})
    gone: list[View] = []
    while more := _next(tables, left, {*withheld, *gone}):
        left = [view for view in left if view not in more]
        gone += more
    return tuple(gone)


def _next(tables: _Tables, told: Sequence[View], withheld: Collection[View]) -> list[View]:
    """What to withhold next: of one way of dividing, else of a pair of ways; nothing where all may stand."""
    ways = tables.ways(told)
    for way in ways:
        if way.told and tables.tells_of_rest(way, withheld):
            return [tables.narrowest(way.told)]
    for one, other in tables.pairs(ways):
        found = _of_pair(tables, one, other)
        if found:
            return found
    return []


def _of_pair(tables: _Tables, one: _Way, other: _Way) -> list[View]:
    """The views of two ways to withhold until neither tells of the other; nothing where neither does."""
    gone: list[View] = []
    while (found := tables.apart_by_few(one, other)) is not None:
        tried = tables.candidates(one, other, found)
        if not tried:
            break
        left = {view: tables.few_unions(*(way.without(view) for way in (one, other))) for view in tried}
        best = next((view for view in tried if not left[view]), min(tried, key=lambda view: left[view]))
        gone.append(best)
        one, other = one.without(best), other.without(best)
    return gone


@dataclass(frozen=True)
class _Way:
    """People divided by one characteristic within what is held: a unit for each view told, and one for all the rest.

    ``unit`` says by atom which it is in: -1 outside what is held, the number of a view of ``told``, or the last for
    the rest, whose sum is the whole less what is told; -1 for the rest too where the whole is not told.
    """

    told: tuple[View, ...]
    unit: Ints
    held: View
    key: str
    known: bool

    @property
    def size(self) -> int:
        """Units, the rest among them."""
        return len(self.told) + 1

    def without(self, view: View) -> _Way:
        """The way with one view withheld: it is part of the rest."""
        if view not in self.told:
            return self
        gone, last = self.told.index(view), len(self.told) - 1
        rest = last if self.known else -1
        place = np.array([*range(gone), rest, *range(gone, last), rest, -1], dtype=np.intp)
        told = tuple(each for each in self.told if each != view)
        return _Way(told, place[self.unit], self.held, self.key, self.known)


def _tells_no_more(way: _Way, before: Sequence[_Way], after: Sequence[_Way]) -> bool:
    """Whether a way whose rest is not known is of views that another has too."""
    own = set(way.told)
    return not way.known and any(
        own.issubset(other.told) and (n < len(before) or other.known or len(own) < len(other.told))
        for n, other in enumerate((*before, *after))
    )


class _Tables:
    """Everything counted once: atoms are the cells of all characteristics crossed that somebody is in."""

    def __init__(self, cube: Cube, rule: Rule, everyone: bool) -> None:
        self.cube, self.rule, self.everyone = cube, rule, everyone
        self.people = cube.counts.sum(axis=1)
        self._inside: dict[View, Flags] = {}

    def inside(self, view: View) -> Flags:
        """Which atoms a view holds."""
        if view not in self._inside:
            found = np.ones(len(self.people), dtype=bool)
            for key, levels in view:
                axis = self.cube.axis(key)
                found &= np.isin(self.cube.levels[axis], list(levels))[self.cube.codes[:, axis]]
            self._inside[view] = found
        return self._inside[view]

    def size(self, view: View) -> tuple[int, View]:
        """Views in order of how many people they hold."""
        return int(self.people[self.inside(view)].sum()), view

    def narrowest(self, views: Collection[View]) -> View:
        """The view of the fewest people."""
        return min(views, key=self.size)

    def ways(self, told: Sequence[View]) -> list[_Way]:
        """The ways of dividing that these views make; those that tell no more than another does are left out."""
        held: dict[tuple[View, str], list[View]] = {}
        for view in told:
            for key, _ in view:
                held.setdefault((tuple(each for each in view if each[0] != key), key), []).append(view)
        known = {*told, *([EVERYONE] if self.everyone else [])}
        found = [
            self._way(layer, whole, key, whole in known)
            for (whole, key), views in sorted(held.items())
            for layer in self._apart(views)
        ]
        return [way for n, way in enumerate(found) if not _tells_no_more(way, found[:n], found[n + 1 :])]

    def _apart(self, views: Sequence[View]) -> list[list[View]]:
        """Views in as few layers as it takes for those of a layer to have nobody in common, the narrowest first."""
        layers: list[tuple[Flags, list[View]]] = []
        for view in sorted(views, key=self.size):
            mine = self.inside(view)
            layer = next((layer for layer in layers if not (layer[0] & mine).any()), None)
            if layer is None:
                layers.append((mine.copy(), [view]))
            else:
                layer[0][mine] = True
                layer[1].append(view)
        return [layer for _, layer in layers]

    def _way(self, views: Sequence[View], held: View, key: str, known: bool) -> _Way:
        unit = np.where(self.inside(held) & known, len(views), -1)
        for number, view in enumerate(views):
            unit[self.inside(view)] = number
        return _Way(tuple(views), unit.astype(np.intp), held, key, known)

    def tells_of_rest(self, way: _Way, withheld: Collection[View]) -> bool:
        """Whether what a way does not tell, which is the whole less what it does, is of a few or one level withheld."""
        rest = way.unit == len(way.told)
        if sensitive(self.cube.counts[rest].sum(axis=0), self.rule):
            return True
        if not rest.any():
            return False
        axis = self.cube.axis(way.key)
        levels = {self.cube.levels[axis][code] for code in self.cube.codes[rest, axis]}
        return len(levels) == 1 and view_of({**dict(way.held), way.key: levels}) in withheld

    def pairs(self, ways: Sequence[_Way]) -> Iterator[tuple[_Way, _Way]]:
        """The pairs of ways that divide some people both."""
        inside = np.array([way.unit >= 0 for way in ways], dtype=np.float64).reshape(len(ways), len(self.people))
        common = inside @ inside.T > 0
        return ((ways[one], ways[other]) for one, other in combinations(range(len(ways)), 2) if common[one, other])

    # Pairs

    def joint(self, one: _Way, other: _Way) -> Counts:
        """People by answer in the units of two ways, those outside first: (units + 1) × (units + 1) × answers."""
        found = np.zeros((one.size + 1, other.size + 1, self.cube.counts.shape[1]), dtype=np.int64)
        np.add.at(found, (one.unit + 1, other.unit + 1), self.cube.counts)
        return found

    def few_unions(self, one: _Way, other: _Way) -> int:
        """How many unions of units of one way lie a few people from some union of the other's."""
        return int(self._few(*_fine_first(one, other))[1].sum())

    def apart_by_few(self, one: _Way, other: _Way) -> Flags | None:
        """The first union of units of the coarser way that lies a few people from some union of the finer's."""
        unions, few = self._few(*_fine_first(one, other))
        return unions[:, int(few.argmax())] if few.any() else None

    def _few(self, fine: _Way, coarse: _Way) -> tuple[Flags, Flags]:
        """Unions of the coarser way (units × unions), and which of them the finer way tells from by a few people.

        Of all unions of the finer units the nearest takes each unit that lies rather inside than outside. The few are
        fewer than the minimum that lie in one and not in the other, or, where the one holds the other, people whose
        sum may not be told.
        """
        cells = self.joint(fine, coarse).astype(np.float64)  # whole numbers still, and multiplied quickly
        unions = _unions(cells.sum(axis=2), self.rule.minimum)
        people = cells.sum(axis=2)
        within = people[:, 1:] @ unions
        beyond = people.sum(axis=1, keepdims=True) - within
        apart = within[0] + np.minimum(within[1:], beyond[1:]).sum(axis=0)
        few = (apart > 0) & (apart < self.rule.minimum)
        more, less = beyond > 0, within > 0  # beside the units wholly inside; of the units that reach inside
        more[0], less[0] = True, False
        few |= self._sensitive(cells, unions, more, within)
        few |= (within[0] == 0) & self._sensitive(cells, ~unions, less, beyond, cells[:, 0])
        return unions, few

    def _sensitive(
        self,
        cells: npt.NDArray[np.float64],
        unions: Flags,
        among: Flags,
        people: npt.NDArray[np.float64],
        always: npt.NDArray[np.float64] | float = 0.0,
    ) -> Flags:
        """For which unions the people of some finer units (``among``) in them may not be told together.

        ``always``: by finer unit, the answers of people beside the coarser units who are counted too.
        """
        several = (people * among).sum(axis=0)
        asked = np.flatnonzero((several > 0) & (several < max(self.rule.minimum, self.rule.alike)))
        found = np.zeros(unions.shape[1], dtype=bool)
        if len(asked):
            answers = [
                (((cells[:, 1:, answer] @ unions[:, asked]) + _column(always, answer)) * among[:, asked]).sum(axis=0)
                for answer in range(cells.shape[2])
            ]
            found[asked] = sensitive(np.column_stack(answers).astype(np.int64), self.rule)
        return found

    def candidates(self, one: _Way, other: _Way, union: Flags) -> list[View]:
        """Views whose withholding may help, narrowest first: those in the difference, and the smallest beside it."""
        fine, coarse = _fine_first(one, other)
        cells = self.joint(fine, coarse).sum(axis=2)
        within = cells[1:, 1:][:, union].sum(axis=1)
        beyond = cells[1:].sum(axis=1) - within
        groups = (
            [view for view, i, o in zip(fine.told, within, beyond, strict=False) if i and o],
            [view for view, i, o in zip(fine.told, within, beyond, strict=False) if i and not o],
            [view for view, i, o in zip(fine.told, within, beyond, strict=False) if o and not i],
            [view for view, taken in zip(coarse.told, union, strict=False) if taken],
            [view for view, taken in zip(coarse.told, union, strict=False) if not taken],
        )
        some = {view for group in groups for view in sorted(group, key=self.size)[:TRIED]}
        return sorted(some, key=self.size)


def _fine_first(one: _Way, other: _Way) -> tuple[_Way, _Way]:
    return (one, other) if one.size >= other.size else (other, one)


def _unions(people: npt.NDArray[np.int64], minimum: int) -> Flags:
    """Unions of the coarser units, units × unions: all there are, or of many units those that may nest."""
    size = people.shape[1] - 1
    if size <= UNIONS:
        numbers = np.arange(1, 1 << size)
        return (numbers[None, :] >> np.arange(size)[:, None] & 1).astype(bool)
    each = np.eye(size, dtype=bool)
    return np.hstack([each, ~each, *(part[:, None] for part in _hanging_together(people[1:, 1:], minimum))])


def _hanging_together(people: npt.NDArray[np.int64], minimum: int) -> Iterator[Flags]:
    """The coarser units that finer ones tie together, where a few people do not tie."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    fine, coarse = np.nonzero(people >= minimum)
    count = sum(people.shape)
    ties = coo_array((np.ones(len(fine)), (fine, coarse + people.shape[0])), shape=(count, count))
    number, part = connected_components(ties, directed=False)
    for each in range(number):
        found = part[people.shape[0] :] == each
        if found.sum() > 1:
            yield found


def _column(always: npt.NDArray[np.float64] | float, answer: int) -> npt.NDArray[np.float64] | float:
    return always if isinstance(always, float) else always[:, [answer]]
