"""Groups against one another, and households that answered twice: shares that are not independent."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.model import Comparison, Estimate, Group, Measure, Overlap, Survey
from analysis.survey import variance
from analysis.survey.comparison import REST, Key, contrast, judged_together, of_known_groups
from analysis.survey.design import Floats, Sample, sample_of
from analysis.survey.estimates import FEWEST_TO_JUDGE, estimates_from, reasons_not_asked
from analysis.survey.tallies import TOP_TWO_SCORES, Tally, cells_of, tally, the_rest, together, whole_of


def against_rest(
    survey: Survey, measures: Sequence[Measure], by: str, smallest_base: int, fewest: int = FEWEST_TO_JUDGE
) -> dict[str, tuple[Comparison, ...]]:
    """Each group of a breakdown (after) against everyone else (before), by measure code, judged together.

    The two have nobody in common but may share strata and margins: their covariance is in the interval. Answers that
    do not say which group they are from are among the rest, and are no group.
    """
    return {
        code: judged_together(of_known_groups(compared))
        for code, compared in each_against_rest(survey, measures, by, smallest_base, fewest).items()
    }


def each_against_rest(
    survey: Survey, measures: Sequence[Measure], by: str, smallest_base: int, fewest: int = FEWEST_TO_JUDGE
) -> dict[str, list[Comparison]]:
    """The same, every gap judged by itself: for whoever judges more of them together. Those not recorded too."""
    groups, counted, sample = _with_rest(survey, measures, by)
    labels: list[Key] = [(measure.code, group) for measure in measures for group in groups]
    compared = contrasts(
        counted, sample, labels, by, smallest_base, fewest, reasons=reasons_not_asked(survey, measures)
    )
    return {measure.code: compared[at * len(groups) :][: len(groups)] for at, measure in enumerate(measures) if groups}


def contrasts(
    counted: Tally,
    sample: Sample,
    labels: Sequence[Key],
    by: str,
    smallest_base: int,
    fewest: int = FEWEST_TO_JUDGE,
    of: str = "answers",
    reasons: Mapping[str, str] | None = None,
) -> list[Comparison]:
    """Each label's share (after) against everyone else's (before), each judged by itself.

    ``counted`` holds the shares of the labels and then, in the same order, those of everyone else.
    """
    rest: list[Key] = [(code, ((by, REST),)) for code, _ in labels]
    found = estimates_from(counted, sample, [*labels, *rest], smallest_base, of, reasons=reasons)
    size = len(labels)
    place = np.arange(size)
    common = variance.covariance(counted, sample, place, place + size).tolist()
    return [contrast(found[at + size], found[at], common[at], fewest) for at in range(size)]


def between(survey: Survey, measure: Measure, first: Group, second: Group, smallest_base: int) -> Comparison:
    """One group (after) against another (before) of the same breakdown. Raises KeyError for a group not there."""
    by = tuple(key for key, _ in first)
    cells, sample = cells_of(survey, [measure.code], by), sample_of(survey)
    counted = tally(cells, len(cells.groups), sample)
    place = {group: at for at, group in enumerate(cells.groups)}
    one, other = place[first], place[second]
    found: list[Estimate] = estimates_from(
        counted, sample, [(measure.code, group) for group in cells.groups], smallest_base
    )
    common = variance.covariance(counted, sample, np.array([other]), np.array([one]))
    return contrast(found[other], found[one], float(common[0]))


def _with_rest(survey: Survey, measures: Sequence[Measure], by: str) -> tuple[tuple[Group, ...], Tally, Sample]:
    """The groups; and every group and then everyone else than each, in one tally."""
    cells, sample = cells_of(survey, [measure.code for measure in measures], (by,)), sample_of(survey)
    counted = tally(cells, len(measures) * len(cells.groups), sample)
    whole = tally(whole_of(cells, len(cells.groups)), len(measures), sample)
    return cells.groups, together(counted, the_rest(counted, whole, len(cells.groups))), sample


def repeat_covariances(
    overlap: Overlap, earlier: Survey, later: Survey, measures: Sequence[Measure], by: tuple[str, ...] = ()
) -> dict[Key, tuple[float, int]]:
    """Covariance of the two waves' shares from households that answered in both, and how many those are, by label.

    Cov = Σ w w' (y-p)(y'-p') / (W W') over the m households in both, less what independent samples would share by
    chance: the factor 1 - √(e e') / m, never below nought, with e the sum over a wave's answers of the fraction of
    their stratum that answered. For everyone in one stratum of N homes it is 1 - n n'/(N m) (Tam 1984).
    """
    before, after = _sums(earlier, measures, by), _sums(later, measures, by)
    found: dict[Key, tuple[float, int]] = {}
    shared = overlap.cells[overlap.cells["measure"].isin([measure.code for measure in measures])]
    for label, rows in _by_label(shared, by):
        if label in before and label in after:
            found[label] = _covariance(rows, before[label], after[label])
    return found


def _by_label(cells: pd.DataFrame, by: tuple[str, ...]) -> list[tuple[Key, pd.DataFrame]]:
    return [
        ((str(code), tuple(zip(by, map(str, levels), strict=True))), rows)
        for (code, *levels), rows in cells.groupby(["measure", *by], sort=False)
    ]


def _covariance(
    rows: pd.DataFrame, before: tuple[float, float, float], after: tuple[float, float, float]
) -> tuple[float, int]:
    yes = [rows[name].isin(list(TOP_TWO_SCORES)).to_numpy(dtype=np.float64) for name in ("before", "after")]
    (p, weight, expected), (p2, weight2, expected2) = before, after
    product = float((rows["ww"].to_numpy(dtype=np.float64) * (yes[0] - p) * (yes[1] - p2)).sum())
    households = int(rows["n"].sum())
    by_chance = math.sqrt(expected * expected2)
    return product / (weight * weight2) * max(1.0 - by_chance / max(households, 1), 0.0), households


def _sums(survey: Survey, measures: Sequence[Measure], by: tuple[str, ...]) -> Mapping[Key, tuple[float, float, float]]:
    """Of each label that anyone answered: share, sum of weights, and how many of its answers to expect twice by chance.

    The last is Σ n · (fraction of the stratum that answered); nought where the size of a stratum is not known.
    """
    cells, sample = cells_of(survey, [measure.code for measure in measures], by), sample_of(survey)
    counted = tally(cells, len(measures) * len(cells.groups), sample)
    twice = counted.total(counted.n * sample.sampled[counted.stratum])
    sums: tuple[Floats, ...] = (variance.share(counted), counted.total(counted.w), twice)
    labels = [(measure.code, group) for measure in measures for group in cells.groups]
    rows = zip(labels, *(each.tolist() for each in sums), strict=True)
    return {label: (p, weight, twice) for label, p, weight, twice in rows if weight > 0}
