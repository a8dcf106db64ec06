"""Themes: what many comments have in common that nobody thought of beforehand. Found the same way every time.

For and against are looked at apart. A theme is a direction in the space of the comments; what is near it belongs to it,
what is near none belongs to none. A month later the same directions hold, and only what is far from all of them may
make a new one.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.themes.space import Places
from analysis.themes.titles import Empty, distinctive, phrases, title

FOR, AGAINST, NEITHER = "for", "against", "neither"
SIDES = (AGAINST, FOR, NEITHER)
SIDE_OF = {"positive": FOR, "negative": AGAINST, "mixed": AGAINST, "neutral": NEITHER}
MOST = {AGAINST: 13, FOR: 8, NEITHER: 4}  # 25 in all …
AT_FIRST = {AGAINST: 11, FOR: 6, NEITHER: 3}  # … of which some are left for what later months bring
FRESH_PART = 0.5  # of a later theme's comments that were not there when the newest theme was made
NEAR = 0.25  # the cosine from which a comment belongs to a theme
ALIKE = 0.6  # two themes this near one another are one
EACH = 25  # comments there have to be for each theme looked for
FEWEST = 60  # comments of a side; below it nothing is looked for
SMALLEST, SMALLEST_PART = 8, 0.01  # a theme of fewer comments, or of a smaller part of its side, is none
LARGEST_PART = 0.5  # of its side in one theme: the side does not fall into themes
LEAST_PLACED = 0.3  # of its side in themes at all
MOST_BETWEEN, BETWEEN = 0.35, 0.05  # part of those placed that stand as near to a second theme, and how near that is
TELLING = 3  # words there have to be in the phrases to call a theme by
FINE = 80  # small groups made before they are drawn together
ROUNDS = 5
LOOKED_AT = 20_000  # comments of a side from which themes are made; all are placed in them afterwards
SEED = 6

Labels = npt.NDArray[np.int64]


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


@dataclass(frozen=True)
class _Group:
    centre: npt.NDArray[np.float32]
    members: Labels  # rows
    telling: tuple[str, ...] = ()


def find(
    keys: Sequence[str],
    texts: Sequence[str],
    tones: Sequence[str],
    places: Places,
    empty: Empty,
    today: str,
    held: Sequence[Theme] = (),
    seen: Container[str] = (),
    seed: int = SEED,
) -> Found:
    """The themes of these comments, whatever their order: those held stay as they are, and others may join them.

    ``keys`` tell the texts apart; ``tones`` are the reader's labels; ``empty`` words name nothing. At most ``MOST``
    themes a side. ``seen`` are the keys of the comments there were when the newest of those held was made: without new
    ones nothing is added.
    """
    fresh = np.array([key not in seen for key in keys], dtype=np.bool_)
    order = np.argsort(np.asarray(keys, dtype=np.str_), kind="stable")
    themes, new, reasons = list(held), [], {}
    for side in SIDES:
        mine = _worth_grouping(texts, [int(row) for row in order if SIDE_OF.get(tones[row]) == side], empty)
        made, reason = _of_side(side, mine, texts, places, themes, fresh, empty, seed)
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


def _worth_grouping(texts: Sequence[str], rows: Sequence[int], empty: Empty) -> list[int]:
    """The first of each different text that has a phrase to call it by: "Nothing" and "N/A" make no theme."""
    seen: set[str] = set()
    kept = []
    for row in rows:
        plain = " ".join(texts[row].lower().split())
        if plain not in seen and phrases(plain, empty):
            seen.add(plain)
            kept.append(row)
        if len(kept) == LOOKED_AT:
            break
    return kept


def _of_side(
    side: str,
    rows: Sequence[int],
    texts: Sequence[str],
    places: Places,
    themes: Sequence[Theme],
    fresh: npt.NDArray[np.bool_],
    empty: Empty,
    seed: int,
) -> tuple[list[Theme], str]:
    """New themes of one side, and why there are none."""
    held = [theme for theme in themes if theme.side == side]
    room = MOST[side] - len(held) if held else AT_FIRST[side]
    if len(rows) < FEWEST:
        return [], f"{len(rows)} different comments to look at; {FEWEST} are needed"
    chosen = np.array(rows, dtype=np.int64)
    if held:
        cosines = places[chosen] @ np.stack([theme.centre for theme in held]).T
        chosen = chosen[cosines.max(axis=1) < NEAR]
    if room < 1:
        return [], f"there are {MOST[side]} already; hide or merge some"
    if held and fresh[chosen].sum() < EACH:
        return [], "little that is new is far from the themes there are"
    least = max(SMALLEST, SMALLEST_PART * len(rows), EACH / 2 if held else 0)
    groups = _grouped(places, chosen, min(room, max(len(chosen) // EACH, 1 if held else 2)), seed)
    outside = [texts[row] for row in set(rows) - set(chosen.tolist())]
    groups = _drawn_together(groups, places, chosen, texts, outside, empty, least, [theme.centre for theme in held])
    groups = [group for group in groups if not held or fresh[group.members].mean() >= FRESH_PART]
    reason = "" if held else _bad(groups, places, chosen)
    if reason or not groups:
        return [], reason or "no group of comments has enough in common"
    taken = [int(theme.key.rpartition("-")[2]) for theme in held]
    first = max(taken, default=0) + 1
    names = _titles(groups, [theme.title for theme in held])
    return [
        Theme(f"{side}-{first + number}", side, name, group.telling, "", group.centre)
        for number, (group, name) in enumerate(zip(groups, names, strict=True))
    ], ""


def _grouped(places: Places, rows: Labels, most: int, seed: int) -> list[_Group]:
    """Small groups by k-means, drawn together by Ward's rule, then settled: the same rows give the same groups."""
    from sklearn.cluster import AgglomerativeClustering, KMeans
    from threadpoolctl import threadpool_limits

    points = places[rows].astype(np.float64)
    distinct = len({row.tobytes() for row in places[rows]})
    most = min(most, distinct)
    fine = min(FINE, max(len(rows) // 15, most), distinct)
    with threadpool_limits(1):  # sums in another order could tip a comment between two groups
        small = KMeans(fine, n_init=4, random_state=seed).fit(points)
        centres, sizes = small.cluster_centers_, np.bincount(small.labels_, minlength=fine)
        drawn = AgglomerativeClustering(most).fit_predict(centres) if fine > most > 1 else np.arange(fine) % most
        directions = np.stack([(centres * sizes[:, None])[drawn == group].sum(axis=0) for group in range(most)])
        return _settled([_unit(each) for each in directions], points, rows)


def _settled(centres: Sequence[npt.NDArray[Any]], points: npt.NDArray[np.float64], rows: Labels) -> list[_Group]:
    """Each direction moved to the middle of what is near it, a few times over; the largest group first."""
    label = np.full(len(points), -1)
    for _ in range(ROUNDS):
        cosines = points @ np.stack(centres).T
        label = np.where(cosines.max(axis=1) >= NEAR, cosines.argmax(axis=1), -1)
        sums = [points[label == group].sum(axis=0) for group in range(len(centres))]
        centres = [_unit(each) if each.any() else was for each, was in zip(sums, centres, strict=True)]
    groups = [_Group(centre.astype(np.float32), rows[label == group]) for group, centre in enumerate(centres)]
    return sorted(groups, key=lambda group: -len(group.members))


def _drawn_together(
    groups: list[_Group],
    places: Places,
    rows: Labels,
    texts: Sequence[str],
    outside: Sequence[str],
    empty: Empty,
    least: float,
    held: Sequence[npt.NDArray[np.float32]],
) -> list[_Group]:
    """Without groups that are tiny, have no phrases to call them by, or are like a theme held; like ones made one."""
    while True:
        groups = [group for group in groups if len(group.members) >= least]
        groups = [group for group in groups if not any(float(group.centre @ one) > ALIKE for one in held)]
        telling = _telling(groups, rows, texts, outside, empty)
        groups = [replace(group, telling=said) for group, said in zip(groups, telling, strict=True)]
        groups = [group for group in groups if sum(len(said.split()) for said in group.telling) >= TELLING]
        pair = _alike(groups)
        if pair is None:
            return groups
        one, other = (groups[number] for number in pair)
        both = _unit(one.centre * len(one.members) + other.centre * len(other.members))
        left = [group.centre for group in groups if group is not one and group is not other]
        groups = _settled([*left, both], places[rows].astype(np.float64), rows)


def _telling(
    groups: Sequence[_Group], rows: Labels, texts: Sequence[str], outside: Sequence[str], empty: Empty
) -> list[tuple[str, ...]]:
    placed = {int(row) for group in groups for row in group.members}
    others = [texts[row] for row in rows.tolist() if row not in placed]
    return distinctive([[texts[row] for row in group.members.tolist()] for group in groups], [*others, *outside], empty)


def _alike(groups: Sequence[_Group]) -> tuple[int, int] | None:
    """The first two groups that are one: near one another, or called by the same words."""
    for one in range(len(groups)):
        for other in range(one + 1, len(groups)):
            near = float(groups[one].centre @ groups[other].centre) > ALIKE
            if near or title(groups[one].telling) == title(groups[other].telling):
                return one, other
    return None


def _bad(groups: Sequence[_Group], places: Places, rows: Labels) -> str:
    """Why this set of themes is not worth showing; "" where it is."""
    if len(groups) < 2:
        return "the comments do not fall into two themes or more"
    sizes = [len(group.members) for group in groups]
    if max(sizes) > LARGEST_PART * len(rows):
        return "one theme would hold more than half of the comments"
    if sum(sizes) < LEAST_PLACED * len(rows):
        return "most comments are near no theme"
    cosines = np.sort(places[np.concatenate([group.members for group in groups])] @ _centres(groups).T, axis=1)
    if float((cosines[:, -1] - cosines[:, -2] < BETWEEN).mean()) > MOST_BETWEEN:
        return "the themes overlap: too many comments stand between two"
    return ""


def _centres(groups: Sequence[_Group]) -> npt.NDArray[np.float32]:
    return np.stack([group.centre for group in groups])


def _titles(groups: Sequence[_Group], taken: Sequence[str]) -> list[str]:
    """A title for each group that no other has."""
    found: list[str] = []
    for group in groups:
        name = title(group.telling)
        while name in {*taken, *found}:
            name += " (more)"
        found.append(name)
    return found


def _unit(direction: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    length = float(np.linalg.norm(direction))
    return np.asarray(direction, dtype=np.float64) / (length or 1.0)
