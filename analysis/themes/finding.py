"""Themes: what many comments have in common that nobody thought of beforehand. Found the same way every time.

For and against are looked at apart. A theme is a direction in the space of the comments; what is near it belongs to it,
what is near none belongs to none. A month later the same directions hold, and only what is far from all of them may
make a new one.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from analysis.themes.grouping import NEAR, SMALLEST, Group, Labels, Looked, bad
from analysis.themes.space import Places
from analysis.themes.titles import IN_TITLE, Empty, Said, phrases, title

FOR, AGAINST, NEITHER = "for", "against", "neither"
SIDES = (AGAINST, FOR, NEITHER)
SIDE_OF = {"positive": FOR, "negative": AGAINST, "mixed": AGAINST, "neutral": NEITHER}
MOST = {AGAINST: 13, FOR: 8, NEITHER: 4}  # 25 in all …
AT_FIRST = {AGAINST: 11, FOR: 6, NEITHER: 3}  # … of which some are left for what later months bring
FRESH_PART = 0.5  # of a later theme's comments that were not there when the newest theme was made
EACH = 25  # comments there have to be for each theme looked for
FEWEST = 60  # comments of a side; below it nothing is looked for
LOOKED_AT = 10_000  # comments of a side from which themes are made; all are placed in them afterwards
AT_ONCE = 4_096
SEED = 6

Placing = Callable[[Labels], Places]  # where the comments in some rows stand


@dataclass(frozen=True)
class Theme:
    """A theme as it is kept: its name for good, its side, what to call it, and its direction."""

    key: str
    side: str
    title: str
    telling: tuple[str, ...]
    made: str  # when it was first found (ISO day)
    centre: npt.NDArray[np.float32]


@dataclass(frozen=True)
class Found:
    """Every theme there is now, those that are new, and for each side where none was found, or no new one, why."""

    themes: tuple[Theme, ...]
    new: tuple[str, ...]
    reasons: Mapping[str, str]


def find(
    keys: Sequence[str],
    texts: Sequence[str],
    tones: Sequence[str],
    place: Placing,
    empty: Empty,
    today: str,
    held: Sequence[Theme] = (),
    seen: Container[str] = (),
    seed: int = SEED,
) -> Found:
    """The themes of these comments, whatever their order: those held stay as they are, and others may join them.

    ``keys`` tell the texts apart; ``tones`` are the reader's labels; ``place`` gives the places of some rows; ``empty``
    words name nothing. At most ``MOST`` themes a side. ``seen`` are the keys of the comments there were when the newest
    of those held was made: without new ones nothing is added.
    """
    order = np.argsort(np.asarray(keys, dtype=np.str_), kind="stable")
    themes, new, reasons = list(held), [], {}
    for side in SIDES:
        rows = [int(row) for row in order if SIDE_OF.get(tones[row]) == side]
        found = _Side(side, keys, texts, place, empty, seen, seed)
        made, reason = found.later(rows, mine) if (mine := [t for t in held if t.side == side]) else found.first(rows)
        for theme in made:
            themes.append(replace(theme, made=today))
            new.append(theme.key)
        if reason:
            reasons[side] = reason
    return Found(tuple(themes), tuple(new), MappingProxyType(reasons))


def belonging(nearness: npt.NDArray[np.float32], tones: Sequence[str], themes: Sequence[Theme]) -> Labels:
    """For each comment the number of its theme among ``themes`` (-1: none).

    ``nearness`` is the cosine of each comment with each theme. Only a theme of the comment's own side is its theme.
    """
    label = np.full(len(nearness), -1, dtype=np.int64)
    sides = np.array([SIDE_OF.get(tone, "") for tone in tones], dtype=np.str_)
    for side in SIDES:
        here = np.array([number for number, theme in enumerate(themes) if theme.side == side], dtype=np.int64)
        mine = np.flatnonzero(sides == side)
        if len(here) and len(mine):
            cosines = nearness[np.ix_(mine, here)]
            label[mine] = np.where(cosines.max(axis=1) >= NEAR, here[cosines.argmax(axis=1)], -1)
    return label


@dataclass
class _Side:
    """Looking at one side of the comments."""

    side: str
    keys: Sequence[str]
    texts: Sequence[str]
    place: Placing
    empty: Empty
    seen: Container[str]
    seed: int
    said: dict[int, Said] = field(default_factory=dict)  # the phrases of the comments looked at

    def first(self, rows: Sequence[int]) -> tuple[list[Theme], str]:
        """A first set of themes, or why there is none."""
        chosen = self._worth_grouping(rows)
        if len(chosen) < FEWEST:
            return [], f"{len(chosen)} different comments to look at; {FEWEST} are needed"
        looked = Looked(np.array(chosen), self.place(np.array(chosen)), self.said, ())
        groups = looked.groups(min(AT_FIRST[self.side], max(len(chosen) // EACH, 2)), SMALLEST, (), self.seed)
        reason = bad(groups, looked)
        return ([], reason) if reason else (self._themes(groups, []), "")

    def later(self, rows: Sequence[int], held: Sequence[Theme]) -> tuple[list[Theme], str]:
        """Themes of what is far from all those held, or why there is none."""
        room = MOST[self.side] - len(held)
        if room < 1:
            return [], f"there are {MOST[self.side]} already; hiding or merging makes no room, looking anew does"
        centres = [theme.centre for theme in held]
        far = np.array(self._worth_grouping(self._far(rows, np.stack(centres).T)), dtype=np.int64)
        fresh = np.array([self.keys[row] not in self.seen for row in far], dtype=np.bool_)
        if fresh.sum() < EACH:
            return [], "little that is new is far from the themes there are"
        others = [self._phrases(row) for row in rows[:LOOKED_AT] if row not in self.said]
        looked = Looked(far, self.place(far), self.said, others)
        groups = looked.groups(min(room, max(len(far) // EACH, 1)), max(SMALLEST, EACH // 2), centres, self.seed)
        is_fresh = dict(zip(far.tolist(), fresh.tolist(), strict=True))
        new = [group for group in groups if np.mean([is_fresh[row] for row in group.rows.tolist()]) >= FRESH_PART]
        return self._themes(new, held), "" if new else "no group of new comments has enough in common"

    def _worth_grouping(self, rows: Iterable[int]) -> list[int]:
        """The first of each different text that has a phrase to call it by: "Nothing" and "N/A" make no theme."""
        met: set[str] = set()
        kept = []
        for row in rows:
            plain = " ".join(self.texts[row].lower().split())
            if plain not in met and (found := self._phrases(row)):
                met.add(plain)
                kept.append(row)
                self.said[row] = found
            if len(kept) == LOOKED_AT:
                break
        return kept

    def _far(self, rows: Sequence[int], centres: npt.NDArray[np.float32]) -> Iterator[int]:
        for start in range(0, len(rows), AT_ONCE):
            some = np.array(rows[start : start + AT_ONCE], dtype=np.int64)
            yield from some[(self.place(some) @ centres).max(axis=1) < NEAR].tolist()

    def _phrases(self, row: int) -> Said:
        return phrases(self.texts[row], self.empty)

    def _themes(self, groups: Sequence[Group], held: Sequence[Theme]) -> list[Theme]:
        first = max((int(theme.key.rpartition("-")[2]) for theme in held), default=0) + 1
        names = _titles(groups, held)
        return [
            Theme(f"{self.side}-{first + number}", self.side, name, group.telling, "", group.centre)
            for number, (group, name) in enumerate(zip(groups, names, strict=True))
        ]


def _titles(groups: Sequence[Group], held: Sequence[Theme]) -> list[str]:
    """A title for each group that no other has, and as far as may be without a phrase of another title."""
    taken = {theme.title for theme in held}
    used = {phrase for theme in held for phrase in theme.telling[:IN_TITLE]}
    found: list[str] = []
    for group in groups:
        own = [phrase for phrase in group.telling if phrase not in used]
        name = title(own if len(own) > 1 else group.telling)
        while name in {*taken, *found}:
            name += " (more)"
        found.append(name)
        used.update(group.telling[:IN_TITLE])
    return found
