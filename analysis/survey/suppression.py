"""Which cells of a table are withheld so that none of a few people can be worked out, and an attacker who tries.

A table is an array of counts: levels of one or two characteristics, then the answers. Pure arithmetic on arrays; what
a table means to a reader is said in ``disclosure``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]  # levels… × answers: respondents
Flags = npt.NDArray[np.bool_]
NEVER = 1 << 40  # a price nobody pays: more than there are people
FEWEST_ALIKE = 30  # people of whom it may be told that all of them said the same


@dataclass(frozen=True)
class Rule:
    """What may not be worked out: what fewer than ``minimum`` people said, or that fewer than ``alike`` said the same.

    The first ``yes`` of the answers count as yes; 0: the answers have no two sides, and nobody is alike.
    """

    minimum: int = 10
    alike: int = FEWEST_ALIKE
    yes: int = 2


def sensitive(counts: Counts, rule: Rule) -> Flags:
    """The cells that tell of a few: under the minimum, or all saying the same; an empty cell tells of nobody."""
    people = counts.sum(axis=-1)
    return (people > 0) & ((people < rule.minimum) | ((people < rule.alike) & alike(counts, rule)))


def alike(counts: Counts, rule: Rule) -> Flags:
    """The cells in which everybody, or nobody, said yes."""
    people, said = counts.sum(axis=-1), counts[..., : rule.yes].sum(axis=-1)
    return (people > 0) & ((said == 0) | (said == people)) & (rule.yes > 0)


# ── One characteristic ───────────────────────────────────────────────────────────────────────────


def withheld_levels(counts: Counts, rule: Rule, also: Flags | None = None) -> Flags:
    """The levels (of levels × answers) to withhold where their total is told.

    The sensitive ones (and ``also`` those withheld for a reason of their own) and, until those withheld are at least
    two, at least the minimum together and not alike, the next smallest. Anyone may know the sum of what is withheld
    and no more, so each answer of a withheld level lies anywhere from nought to that sum: what ``attack`` finds, in
    closed form.
    """
    hidden, people = sensitive(counts, rule), counts.sum(axis=1)
    if also is not None:
        hidden = hidden | (also & (people > 0))
    while hidden.any() and (hidden.sum() == 1 or _tells(counts[hidden].sum(axis=0), rule)):
        others = np.flatnonzero(~hidden & (people > 0))
        if not len(others):
            break
        hidden[others[people[others].argmin()]] = True
    return hidden


def _tells(together: Counts, rule: Rule) -> bool:
    """Whether the sum of what is withheld gives its parts away: too few, or alike however many."""
    return bool(together.sum() < rule.minimum or alike(together, rule))


# ── Two characteristics ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Crossed:
    """Two characteristics at once, both totals told: what is withheld.

    ``rows`` and ``columns``: levels withheld of each alone, which count as one block here. ``cells``: what is withheld
    of the smaller table in which they do; ``row_place`` and ``column_place`` say where a level is in it. ``people``:
    respondents in each of its cells.
    """

    rows: Flags
    columns: Flags
    row_place: npt.NDArray[np.intp]
    column_place: npt.NDArray[np.intp]
    cells: Flags
    people: Counts

    def shows(self, rows: Flags, columns: Flags) -> bool:
        """Whether the figure of all people in some rows and some columns may be told."""
        if cuts(rows, self.rows) or cuts(columns, self.columns):
            return False
        inside = self._reached(rows, self.row_place), self._reached(columns, self.column_place)
        whole = not self.people[~inside[0]].any() or not self.people[:, ~inside[1]].any()
        return whole or not self.cells[np.ix_(*inside)].any()

    def _reached(self, levels: Flags, place: npt.NDArray[np.intp]) -> Flags:
        reached = np.zeros(int(place.max(initial=-1)) + 1, dtype=bool)
        reached[place[levels]] = True
        return reached


def cuts(chosen: Flags, withheld: Flags) -> bool:
    """Whether a choice of levels takes some of those withheld and leaves others out."""
    return bool((chosen & withheld).any() and (~chosen & withheld).any())


def crossed(counts: Counts, rule: Rule) -> Crossed:
    """What to withhold of a table of rows × columns × answers whose margins are told as far as each alone may be."""
    rows, columns = (withheld_levels(counts.sum(axis=other), rule) for other in (1, 0))
    row_place, column_place = numbered(rows), numbered(columns)
    merged = np.zeros((row_place.max() + 1, column_place.max() + 1, counts.shape[2]), dtype=np.int64)
    np.add.at(merged, np.ix_(row_place, column_place), counts)
    return Crossed(rows, columns, row_place, column_place, withheld_cells(merged, rule), merged.sum(axis=2))


def numbered(withheld: Flags) -> npt.NDArray[np.intp]:
    """Levels numbered from 0, all that are withheld sharing the last number."""
    places = np.cumsum(~withheld) - 1
    return np.where(withheld, places.max(initial=-1) + 1, places).astype(np.intp)


def withheld_cells(counts: Counts, rule: Rule) -> Flags:
    """The cells (of rows × columns × answers) to withhold where all row and column totals are told.

    Every sensitive cell is put in a rectangle of withheld cells wide enough that it could hold many other numbers
    (``widths``); of the rectangles that do, the one that withholds the fewest more people. This is greedy: safe, but
    not the fewest there are. Where no rectangle is wide enough every cell is withheld, the empty ones too: which they
    are would help to work out the others.
    """
    hidden = sensitive(counts, rule)
    people = counts.sum(axis=2)
    first = [(int(row), int(column)) for row, column in np.argwhere(hidden)]
    for row, column in sorted(first, key=lambda cell: (-people[cell], cell)):
        guard = _cheapest_guard(counts, hidden, row, column, rule)
        if guard is None:
            return np.ones_like(hidden)
        hidden[np.ix_(*guard)] = True
    return hidden


Guard = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]  # rows and columns of a rectangle


def _cheapest_guard(counts: Counts, hidden: Flags, row: int, column: int, rule: Rule) -> Guard | None:
    """The rectangle round a cell that keeps it from being worked out and withholds the fewest more people."""
    cost = np.where(hidden, 0, counts.sum(axis=2))
    upright = _cheapest_pair(counts, cost, row, column, rule)
    across = _cheapest_pair(counts.transpose(1, 0, 2), cost.T, column, row, rule)
    if upright and (across is None or upright[0] <= across[0]):
        return upright[1]
    if across:
        return across[1][1], across[1][0]
    return _largest_guard(counts, row, column, rule)


def _cheapest_pair(
    counts: Counts, cost: npt.NDArray[np.int64], row: int, column: int, rule: Rule
) -> tuple[int, Guard] | None:
    """Of rectangles two columns wide (a cell's own and any other, × any rows), the cheapest that guards it, with its
    price. For each other column all are tried that begin with the cheapest rows."""
    people = counts.sum(axis=2)
    others = np.flatnonzero((people[row] > 0) & (np.arange(len(people[row])) != column))
    if not len(others):
        return None
    allowed = (people[:, [column]] > 0) & (people[:, others] > 0)
    price = np.where(allowed, cost[:, [column]] + cost[:, others], NEVER)
    price[row] = NEVER
    order = np.lexsort((np.broadcast_to(-people[:, [column]], price.shape), price), axis=0)  # rows × others
    prices = np.cumsum(np.take_along_axis(price, order, axis=0), axis=0) + cost[row, column] + cost[row, others]
    below, beside = (np.cumsum(counts[order, each], axis=0) for each in (column, others))
    own, pair = counts[row, column], counts[row, column] + counts[row, others]
    enough = _wide_enough(own, widths(pair, own + below, pair + below + beside), rule) & (prices < NEVER)
    if not enough.any():
        return None
    depth, place = np.unravel_index(np.where(enough, prices, NEVER).argmin(), prices.shape)
    rows = np.append(order[: int(depth) + 1, place], row)
    return int(prices[depth, place]), (rows, np.array([column, others[place]], dtype=np.intp))


def _wide_enough(own: Counts, width: Counts, rule: Rule) -> Flags:
    """Whether bounds as wide as these (…× answers) keep a cell's answers from being known."""
    said, kept = own[: rule.yes].sum(), own[rule.yes :].sum()
    enough = width.sum(axis=-1) >= rule.minimum
    if rule.yes and not kept:
        enough &= width[..., rule.yes :].sum(axis=-1) > 0
    if rule.yes and not said:
        enough &= width[..., : rule.yes].sum(axis=-1) > 0
    return np.asarray(enough)


def widths(across: Counts, down: Counts, total: Counts) -> Counts:
    """How far apart the bounds of a cell are in a rectangle all withheld, of which only the totals are known.

    ``across`` the cell's row, ``down`` its column, ``total`` all of it. Fréchet's bounds: max(0, r + c − t) to
    min(r, c), so the width is the least of r, c, t − r and t − c.
    """
    return np.minimum(np.minimum(across, down), np.minimum(total - across, total - down))


def _largest_guard(counts: Counts, row: int, column: int, rule: Rule) -> Guard | None:
    """All columns of a cell's row with the rows that have somebody in each; None where even that is not enough."""
    people = counts.sum(axis=2)
    columns = np.flatnonzero(people[row] > 0)
    rows = np.flatnonzero((people[:, columns] > 0).all(axis=1))
    inside = counts[np.ix_(rows, columns)]
    across, down = counts[row, columns].sum(axis=0), counts[rows, column].sum(axis=0)
    width = widths(across, down, inside.sum(axis=(0, 1)))
    return (rows, columns) if _wide_enough(counts[row, column], width, rule) else None


# ── The attacker ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Bounds:
    """What an attacker can say of each cell: respondents at least and at most, answer by answer (cells × answers)."""

    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]

    @property
    def width(self) -> npt.NDArray[np.float64]:
        """How far apart the bounds of each cell's number of people are."""
        return np.asarray((self.high - self.low).sum(axis=1))


def attack(told: Sequence[npt.NDArray[np.intp]], figures: Counts, cells: int, wanted: Sequence[int]) -> Bounds:
    """The bounds of some cells of a table, from everything told of it, by linear programming.

    ``told``: for each figure told, the numbers of the cells it adds up (of 0 to ``cells`` − 1); ``figures``: told ×
    answers, each exact. Nothing else is known but that no number of people is under nought. A programme for each
    wanted cell, answer and end: for tests and small tables. Raises ValueError where the figures contradict each other.
    """
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    sums = csr_array(
        (np.ones(sum(map(len, told))), np.concatenate(told), np.cumsum([0, *map(len, told)])), shape=(len(told), cells)
    )
    ends = np.zeros((2, len(wanted), figures.shape[1]))
    for place, cell in enumerate(wanted):
        for answer in range(figures.shape[1]):
            for end, sign in enumerate((1.0, -1.0)):
                target = np.zeros(cells)
                target[cell] = sign
                found = linprog(target, A_eq=sums, b_eq=figures[:, answer], bounds=(0, None), method="highs")
                if found.status == 3:  # unbounded: nothing told holds it
                    ends[end, place, answer] = np.inf
                elif not found.success:
                    raise ValueError(f"The figures told contradict each other ({found.message}). Check the totals.")
                else:
                    ends[end, place, answer] = sign * found.fun
    return Bounds(ends[0], ends[1])
