"""A contact campaign's arithmetic: homes chosen at random within cells, lists shared out fairly, and how far it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from analysis.model import ANY, OTHERS, Group
from analysis.model.campaign import CALL_WAYS, Called, Coverage, Knowledge, Progress, ToCall

REACHED, NOT_REACHED, WRONG_NUMBER, REFUSED = "reached", "not_reached", "wrong_number", "refused"
TO_CALL, SET_ASIDE = "to call", "set aside"
CONFIRMED, CHANGED = "confirmed", "changed"


# ── Which homes ──────────────────────────────────────────────────────────────────────────────────


def chosen(homes: Sequence[ToCall], wanted: Mapping[Group, int], seed: int) -> tuple[ToCall, ...]:
    """So many homes of each cell, drawn at random; where a cell has fewer that may be called, all of those.

    ``wanted`` names every cell of a plan, those without calls too: a home belongs to the cell that names its levels,
    else to the one that says OTHERS or ANY. Whether anybody in a home answered a survey is not known here, so a list
    cannot tell. The same seed draws the same homes, whatever order they come in.
    """
    random = np.random.default_rng(seed)
    tree = _tree(sorted(wanted))
    inside: dict[Group, list[ToCall]] = {cell: [] for cell in wanted}
    for home in sorted(homes, key=lambda home: home.home):
        cell = None if home.left_out else _cell_of(dict(home.cell), tree)
        if cell is not None:
            inside[cell].append(home)
    drawn: list[ToCall] = []
    for cell, there in sorted(inside.items()):
        drawn += [there[at] for at in random.permutation(len(there))[: max(wanted[cell], 0)]]
    return tuple(drawn)


_END = ""  # where a branch of cells ends: the cell itself


def _tree(cells: Sequence[Group]) -> dict[object, Any]:
    """Cells as branches: characteristic → level → … → the cell."""
    tree: dict[object, Any] = {}
    for cell in cells:
        at = tree
        for way, level in cell:
            at = at.setdefault(way, {}).setdefault(level, {})
        at[_END] = cell
    return tree


def _cell_of(levels: Mapping[str, str], tree: Mapping[object, Any]) -> Group | None:
    """The cell a home belongs to, or None."""
    at = tree
    while _END not in at:
        way = next(iter(at), None)
        if way is None:
            return None
        branches = at[way]
        level = next((each for each in (levels.get(str(way)), OTHERS, ANY) if each in branches), None)
        if level is None:
            return None
        at = branches[level]
    cell: Group = at[_END]
    return cell


def left_out(homes: Iterable[ToCall]) -> Mapping[str, int]:
    """How many homes stay off the list for each reason, most first."""
    counted = Counter(home.left_out for home in homes if home.left_out)
    return MappingProxyType(dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))))


IN_CONFIDENCE = "in_confidence"
FEW = 10  # homes: fewer than that of one reason are told with the other reasons


def told_left_out(
    counted: Mapping[str, int], confidential: frozenset[str], looked_at: int, fewest: int
) -> Mapping[str, int]:
    """The same for eyes: what is held in confidence is one number, IN_CONFIDENCE, of fewer than ``fewest`` homes and
    where one of those reasons has fewer than FEW.

    >>> dict(told_left_out({"refused": 4, "legal": 2, "died": 1}, frozenset(["legal", "died"]), 60, 100))
    {'refused': 4, 'in_confidence': 3}
    >>> dict(told_left_out({"refused": 4, "legal": 25, "died": 1}, frozenset(["legal", "died"]), 6000, 100))
    {'refused': 4, 'in_confidence': 26}
    """
    held = [number for reason, number in counted.items() if reason in confidential]
    if not held or (looked_at >= fewest and min(held) >= FEW):
        return counted
    kept = {reason: number for reason, number in counted.items() if reason not in confidential}
    return {**kept, IN_CONFIDENCE: sum(counted.values()) - sum(kept.values())}


# ── Whose list ───────────────────────────────────────────────────────────────────────────────────


def shared(cells: Sequence[Group], staff: Sequence[str], seed: int, has: Mapping[str, int] | None = None) -> list[str]:
    """Who calls each home: lists as equal as can be, and every estate spread over everybody.

    Homes are dealt cell by cell, each to whoever has fewest, of those to whoever has fewest of that estate and cell; so
    lists of people who start level differ by one home at most, and so do their shares of an estate. ``has`` is what
    each has to call already. The seed settles ties. Raises ValueError without anybody to share among.
    """
    if not staff:
        raise ValueError("Nobody is named to share the list among.")
    random = np.random.default_rng(seed)
    order = {name: place for place, name in enumerate(staff[at] for at in random.permutation(len(staff)))}
    load = {name: (has or {}).get(name, 0) for name in staff}
    within: dict[tuple[object, ...], Counter[str]] = defaultdict(Counter)
    whose = [""] * len(cells)
    mixed = random.permutation(len(cells))
    for at in sorted(mixed, key=lambda at: cells[at]):  # stable: within a cell the order stays mixed
        estate, cell = within["estate", *_estate(cells[at])], within["cell", cells[at]]
        name = min(staff, key=lambda each: (load[each], estate[each], cell[each], order[each]))
        whose[at] = name
        load[name] += 1
        estate[name] += 1
        cell[name] += 1
    return whose


def _estate(cell: Group) -> Group:
    return tuple(pair for pair in cell if pair[0] == "estate")


# ── How far ──────────────────────────────────────────────────────────────────────────────────────


def progress(cards: pd.DataFrame, fields: Sequence[str], smallest_base: int, set_beside: int = 0) -> Progress:
    """How far a campaign is, from a row a home; groups of fewer homes than the smallest base are withheld.

    ``cards`` has a column for each of ``CALL_WAYS``, state ("to call", "done", "set aside"), outcome ("" before any
    call), heard, and for each field known_<field>, fresh_<field> (before) and after_<field> ("confirmed", "changed" or
    ""), of those whose answers may be kept. Every home counts once, by its last call.
    """
    ways = [way for way in CALL_WAYS if way in cards]
    return Progress(
        everyone=_called((), cards, 0),
        groups=MappingProxyType({way: _by(cards, way, smallest_base, _called) for way in ways}),
        knowledge=tuple(_knowledge(cards[cards["outcome"] == REACHED], each) for each in fields),
        coverage=MappingProxyType(
            {way: (_coverage((), cards, 0), *_by(cards, way, smallest_base, _coverage)) for way in ways}
        ),
        set_beside=set_beside,
    )


Of = TypeVar("Of", Called, Coverage)


def _by(cards: pd.DataFrame, way: str, fewest: int, told: Callable[[Group, pd.DataFrame, int], Of]) -> tuple[Of, ...]:
    groups = ((((way, str(level)),), rows) for level, rows in cards.groupby(way, sort=True))
    return tuple(told(group, rows, fewest) for group, rows in groups)


def _called(group: Group, cards: pd.DataFrame, fewest: int) -> Called:
    if len(cards) < fewest:
        why = f"fewer than {fewest} homes"
        return Called(group, len(cards), None, None, None, None, None, None, why)
    aside = cards["state"] == SET_ASIDE
    last = cards.loc[~aside, "outcome"].value_counts()
    reached, missed, wrong, refused, open_ = (
        int(last.get(outcome, 0)) for outcome in (REACHED, NOT_REACHED, WRONG_NUMBER, REFUSED, "")
    )
    return Called(group, len(cards), reached, missed, wrong, refused, open_, int(aside.sum()))


def _coverage(group: Group, cards: pd.DataFrame, fewest: int) -> Coverage:
    if len(cards) < fewest:
        return Coverage(group, len(cards), None, None, f"fewer than {fewest} homes")
    heard = cards["heard"].astype(bool)
    return Coverage(group, len(cards), int(heard.sum()), int((heard | (cards["outcome"] == REACHED)).sum()))


def _knowledge(reached: pd.DataFrame, name: str) -> Knowledge:
    known, fresh = (reached[f"{what}_{name}"].astype(bool) for what in ("known", "fresh"))
    told = reached[f"after_{name}"].isin((CONFIRMED, CHANGED))
    return Knowledge(
        name, len(reached), int(known.sum()), int((known | told).sum()), int(fresh.sum()), int((fresh | told).sum())
    )
