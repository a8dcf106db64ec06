"""Where the next calls should go: homes put together until no group is too small, then calls shared out by gain."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis.model import ANY, OTHERS, CallCell, CallPlan, Group

# House rules, said in docs/method/representation.md.
PRIOR_ANSWERS = 10.0  # a cell's share is drawn to the landlord's as if so many answers there had said the same
PRIOR_INVITED = 20.0  # … and its rate of response to its estate's, and that to everybody's, as if so many were invited
FOR_COVERAGE = 0.5  # of the calls, while any group has too few answers to be shown
NUMBERS = ("homes", "may_be_called", "answers", "yes", "said", "invited", "complete")
FEWEST_HOMES = 30  # homes of a cell, where the smallest base does not ask for more: fewer make no list worth having


def together(counted: pd.DataFrame, dims: Sequence[str], fewest: int) -> pd.DataFrame:
    """The level each combination of ``dims`` is told by once no cell has fewer than ``fewest`` homes.

    ``counted`` has dims and homes, a row a combination. Gives the same rows with dims only: ANY where a characteristic
    had to be given up within a group, OTHERS where only its small levels were put together. The last of ``dims`` is
    given up first; where the landlord itself has fewer homes, everything is ANY.
    """
    told = counted[list(dims)].astype(object).reset_index(drop=True)
    homes = counted["homes"].to_numpy(np.int64)
    for depth in range(len(dims), 0, -1):
        _give_up(told, homes, dims, depth, fewest)
    return told


def _give_up(told: pd.DataFrame, homes: np.ndarray, dims: Sequence[str], depth: int, fewest: int) -> None:
    """Put together the small levels of the characteristic at this depth, within each group of those before it."""
    here = told[list(dims[:depth])]
    sizes = pd.Series(homes).groupby([here[dim] for dim in here], sort=False).sum()
    if not (sizes < fewest).any():
        return
    parents: dict[Group | tuple[str, ...], dict[str, int]] = {}
    for key, size in sizes.items():
        *before, level = key if isinstance(key, tuple) else (key,)
        parents.setdefault(tuple(before), {})[level] = int(size)
    merged = {
        (*before, level): ANY if len(small) == len(levels) else OTHERS
        for before, levels in parents.items()
        for small in [_small(levels, fewest)]
        for level in small
    }
    keys = list(map(tuple, here.to_numpy().tolist()))
    new = np.array([merged.get(key, "") for key in keys], dtype=object)
    rows = new != ""
    told.loc[rows, dims[depth - 1]] = new[rows]
    told.loc[rows, list(dims[depth:])] = ANY


def _small(levels: Mapping[str, int], fewest: int) -> list[str]:
    """The levels to put together so that what is left and what is together are each big enough."""
    ordered = sorted(levels, key=lambda level: (levels[level], level))
    small = [level for level in ordered if levels[level] < fewest]
    while small and sum(levels[level] for level in small) < fewest and len(small) < len(ordered):
        small.append(ordered[len(small)])
    return small


@dataclass
class _Cell:
    """One cell while calls are shared out."""

    group: Group
    homes: int
    left: int
    answers: float
    weight: float
    spread: float
    rate: float
    coverage: int = 0
    precision: int = 0

    def call(self, number: int) -> None:
        self.left -= number
        self.answers += number * self.rate

    @property
    def gain(self) -> float:
        """How much one more call is expected to take from the variance of the headline."""
        worth = self.answers + PRIOR_ANSWERS
        return self.weight**2 * self.spread * self.rate / (worth * (worth + self.rate))

    @property
    def variance(self) -> float:
        return self.weight**2 * self.spread / (self.answers + PRIOR_ANSWERS)


def call_plan(
    counted: pd.DataFrame,
    dims: Sequence[str],
    calls: int,
    smallest_base: int,
    left_out: Mapping[str, int | None] = MappingProxyType({}),
    notes: Sequence[str] = (),
) -> CallPlan:
    """How many of the next calls should go to which homes.

    ``counted`` has a row a combination of ``dims`` with homes, may_be_called, answers, yes of said (the answers to the
    headline question), and invited and complete of the issued sample (0 where none is held). Half of the calls go to
    levels with fewer answers than ``smallest_base``, in proportion to their homes; the others one by one to where one
    more call is expected to narrow the headline most (Neyman 1934, by the answers a call brings, in the form of a
    posterior variance so that a cell without answers has a finite one).
    """
    known = bool(counted["invited"].sum()) if len(counted) else False
    homes = int(counted["homes"].sum()) if len(counted) else 0
    if not dims or homes < smallest_base:
        why = f"fewer than {smallest_base} homes" if dims else "nothing is known of the homes to tell them apart by"
        return CallPlan(tuple(dims), (), calls, 0, None, None, (), left_out, tuple(notes), why)
    told = together(counted, dims, max(smallest_base, FEWEST_HOMES))
    cells = _cells(counted, told, dims, known)
    before = sum(cell.variance for cell in cells)
    quiet = _quiet(counted, dims, smallest_base)
    _cover(cells, quiet, int(calls * FOR_COVERAGE))
    _narrow(cells, calls - sum(cell.coverage for cell in cells))
    made = tuple(
        sorted((_told(cell, known) for cell in cells), key=lambda cell: (-cell.calls, -cell.homes, cell.group))
    )
    # What was expected of the calls is in the variance already.
    narrower = 1 - float(np.sqrt(sum(cell.variance for cell in cells) / before)) if known and before else None
    given = sum(cell.calls for cell in made)
    expected = sum(cell.expected or 0.0 for cell in made) if known else None
    return CallPlan(
        tuple(dims),
        made,
        calls,
        given,
        expected,
        narrower,
        tuple(quiet),
        MappingProxyType(dict(left_out)),
        tuple(notes),
    )


def _cells(counted: pd.DataFrame, told: pd.DataFrame, dims: Sequence[str], known: bool) -> list[_Cell]:
    numbers = pd.concat([told, counted[list(NUMBERS)].reset_index(drop=True)], axis=1)
    summed = numbers.groupby(list(dims), sort=True)[list(NUMBERS)].sum().reset_index()
    whole = summed[list(NUMBERS)].sum()
    share = whole["yes"] / whole["said"] if whole["said"] else 0.5
    usual = whole["complete"] / whole["invited"] if known else 1.0
    shares = (summed["yes"] + PRIOR_ANSWERS * share) / (summed["said"] + PRIOR_ANSWERS)
    near = summed.groupby(dims[0])[["complete", "invited"]].transform("sum")
    of_place = (near["complete"] + PRIOR_INVITED * usual) / (near["invited"] + PRIOR_INVITED)
    rates = (
        (summed["complete"] + PRIOR_INVITED * of_place) / (summed["invited"] + PRIOR_INVITED) if known else shares**0
    )
    return [
        _Cell(
            group=tuple(zip(dims, map(str, levels), strict=True)),
            homes=int(homes),
            left=int(free),
            answers=float(answers),
            weight=homes / whole["homes"],
            spread=float(p * (1 - p)),
            rate=float(rate),
        )
        for levels, homes, free, answers, p, rate in zip(
            summed[list(dims)].itertuples(index=False, name=None),
            *(summed[name] for name in ("homes", "may_be_called", "answers")),
            shares,
            rates,
            strict=True,
        )
    ]


def _quiet(counted: pd.DataFrame, dims: Sequence[str], smallest_base: int) -> list[Group]:
    """Levels of one characteristic, big enough to be shown, with too few answers for it; most homes first."""
    found = []
    for dim in dims:
        levels = counted.groupby(dim, sort=True)[["homes", "answers", "may_be_called"]].sum()
        short = levels[(levels["homes"] >= smallest_base) & (levels["answers"] < smallest_base)]
        found += [(-int(homes), ((dim, str(level)),)) for level, homes in short["homes"].items()]
    return [group for _, group in sorted(found)]


def _cover(cells: Sequence[_Cell], quiet: Sequence[Group], calls: int) -> None:
    """Share calls among the cells of the quiet levels, by the homes that may be called."""
    there = [cell for cell in cells if any(pair in cell.group for ((pair),) in quiet) and cell.left]
    for cell, number in zip(there, _in_proportion([cell.left for cell in there], calls), strict=True):
        cell.coverage = number
        cell.call(number)


def _in_proportion(sizes: Sequence[int], number: int) -> list[int]:
    """A number shared out in proportion by largest remainders, never more than there is.

    >>> _in_proportion([30, 10, 1], 8), _in_proportion([2, 1], 8)
    ([6, 2, 0], [2, 1])
    """
    whole = sum(sizes)
    if whole <= number:
        return list(sizes)
    exact = [size * number / whole for size in sizes]
    shared = [int(each) for each in exact]
    rest = sorted(range(len(sizes)), key=lambda place: (shared[place] - exact[place], place))
    for place in rest[: number - sum(shared)]:
        shared[place] += 1
    return shared


def _narrow(cells: Sequence[_Cell], calls: int) -> None:
    """Give calls one by one to the cell where the next is expected to narrow the headline most."""
    waiting = [(-cell.gain, place) for place, cell in enumerate(cells) if cell.left]
    heapq.heapify(waiting)
    for _ in range(calls):
        if not waiting:
            return
        _, place = heapq.heappop(waiting)
        cell = cells[place]
        cell.precision += 1
        cell.call(1)
        if cell.left:
            heapq.heappush(waiting, (-cell.gain, place))


def _told(cell: _Cell, known: bool) -> CallCell:
    calls = cell.coverage + cell.precision
    return CallCell(
        group=cell.group,
        homes=cell.homes,
        may_be_called=cell.left + calls,
        answers=round(cell.answers - calls * cell.rate),
        calls=calls,
        rate=cell.rate if known else None,
        expected=calls * cell.rate if known else None,
        for_coverage=cell.coverage,
        for_precision=cell.precision,
    )


def cell_of(plan: CallPlan) -> Callable[[Group], Group | None]:
    """What gives the cell of a plan that a home belongs to, from its own levels; None for one the plan does not know.

    At each characteristic the home's own level stands first, then the others together, then any.
    """
    told: dict[Group, set[str]] = {}
    for cell in plan.cells:
        for place, (_, level) in enumerate(cell.group):
            told.setdefault(cell.group[:place], set()).add(level)

    def found(group: Group) -> Group | None:
        own = dict(group)
        cell: Group = ()
        for dim in plan.dims:
            there = told.get(cell, set())
            level = next((each for each in (own.get(dim, ""), OTHERS, ANY) if each in there), None)
            if level is None:
                return None
            cell = (*cell, (dim, level))
        return cell

    return found
