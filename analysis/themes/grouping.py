"""Comments drawn into groups of like ones, and the rules by which a group or a whole set of them is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.themes.space import Places
from analysis.themes.titles import Said, distinctive, title

NEAR = 0.25  # the cosine from which a comment belongs to a theme
ALIKE = 0.6  # two themes this near one another are one
SMALLEST, SMALLEST_PART = 8, 0.01  # a theme of fewer comments, or of a smaller part of its side, is none
LARGEST_PART = 0.5  # of its side in one theme: the side does not fall into themes
LEAST_PLACED = 0.3  # of its side in themes at all
MOST_BETWEEN, BETWEEN = 0.35, 0.05  # part of those placed that stand as near to a second theme, and how near that is
TELLING = 3  # words there have to be in the phrases to call a theme by
FINE = 80  # small groups made before they are drawn together
ROUNDS = 5  # of settling
STARTS = 4  # of k-means, of which the best is taken

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Group:
    """Some comments with a direction in common, and the phrases that tell them from the rest."""

    centre: npt.NDArray[np.float32]
    rows: Labels
    telling: tuple[str, ...] = ()


@dataclass
class Looked:
    """The comments that are grouped: their rows, where they stand, what they say, and what others say."""

    rows: Labels
    places: Places
    said: Mapping[int, Said]
    others: Sequence[Said]

    def groups(self, most: int, smallest: int, held: Sequence[npt.NDArray[np.float32]], seed: int) -> list[Group]:
        """Groups that are not tiny, have phrases to call them by, and are like no theme held; like ones made one."""
        least = max(smallest, SMALLEST_PART * len(self.rows))
        groups = self._grouped(most, seed)
        while True:
            groups = [group for group in groups if len(group.rows) >= least]
            groups = [group for group in groups if not any(float(group.centre @ one) > ALIKE for one in held)]
            groups = [each for each in self._called(groups) if sum(len(p.split()) for p in each.telling) >= TELLING]
            pair = _alike(groups)
            if pair is None:
                return groups
            one, other = (groups[number] for number in pair)
            both = _unit(one.centre * len(one.rows) + other.centre * len(other.rows))
            groups = self._settled([*(each.centre for each in groups if each is not one and each is not other), both])

    def _called(self, groups: Sequence[Group]) -> list[Group]:
        placed = {int(row) for group in groups for row in group.rows}
        others = [self.said[row] for row in self.rows.tolist() if row not in placed]
        telling = distinctive(
            [[self.said[row] for row in group.rows.tolist()] for group in groups], [*others, *self.others]
        )
        return [replace(group, telling=found) for group, found in zip(groups, telling, strict=True)]

    def _grouped(self, most: int, seed: int) -> list[Group]:
        """Small groups by k-means, drawn together by Ward's rule, then settled: the same rows give the same groups."""
        from sklearn.cluster import AgglomerativeClustering, KMeans
        from threadpoolctl import threadpool_limits

        distinct = len({place.tobytes() for place in self.places})
        most = min(most, distinct)
        fine = min(FINE, max(len(self.rows) // 15, most), distinct)
        with threadpool_limits(1):  # sums in another order could tip a comment between two groups
            small = KMeans(fine, n_init=STARTS, random_state=seed).fit(self.places)
            centres, sizes = small.cluster_centers_, np.bincount(small.labels_, minlength=fine)
            drawn = AgglomerativeClustering(most).fit_predict(centres) if fine > most > 1 else np.arange(fine) % most
            directions = [(centres * sizes[:, None])[drawn == group].sum(axis=0) for group in range(most)]
            return self._settled([_unit(each) for each in directions])

    def _settled(self, centres: Sequence[npt.NDArray[Any]]) -> list[Group]:
        """Each direction moved to the middle of what is near it, a few times over; the largest group first."""
        label = np.full(len(self.rows), -1)
        for _ in range(ROUNDS):
            cosines = self.places @ np.stack(centres).T.astype(np.float32)
            label = np.where(cosines.max(axis=1) >= NEAR, cosines.argmax(axis=1), -1)
            sums = [self.places[label == group].sum(axis=0, dtype=np.float64) for group in range(len(centres))]
            centres = [_unit(each) if each.any() else was for each, was in zip(sums, centres, strict=True)]
        groups = [Group(centre.astype(np.float32), self.rows[label == at]) for at, centre in enumerate(centres)]
        return sorted(groups, key=lambda group: -len(group.rows))

    def nearness(self, groups: Sequence[Group]) -> npt.NDArray[np.float32]:
        """How near each comment in a group is to each group."""
        placed = np.isin(self.rows, np.concatenate([group.rows for group in groups]))
        return self.places[placed] @ np.stack([group.centre for group in groups]).T


def _alike(groups: Sequence[Group]) -> tuple[int, int] | None:
    """The first two groups that are one: near one another, or called by the same words."""
    for one in range(len(groups)):
        for other in range(one + 1, len(groups)):
            near = float(groups[one].centre @ groups[other].centre) > ALIKE
            if near or title(groups[one].telling) == title(groups[other].telling):
                return one, other
    return None


def bad(groups: Sequence[Group], looked: Looked) -> str:
    """Why this set of themes is not worth showing; "" where it is."""
    if len(groups) < 2:
        return "the comments do not fall into two themes or more"
    sizes = [len(group.rows) for group in groups]
    if max(sizes) > LARGEST_PART * len(looked.rows):
        return "one theme would hold more than half of the comments"
    if sum(sizes) < LEAST_PLACED * len(looked.rows):
        return "most comments are near no theme"
    cosines = np.sort(looked.nearness(groups), axis=1)
    if float((cosines[:, -1] - cosines[:, -2] < BETWEEN).mean()) > MOST_BETWEEN:
        return "the themes overlap: too many comments stand between two"
    return ""


def _unit(direction: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    length = float(np.linalg.norm(direction))
    return np.asarray(direction, dtype=np.float64) / (length or 1.0)
