"""What moved between two waves: for everyone, for each group, and within each way of asking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.model import Comparison, Estimate, Measure, Overlap, Survey
from analysis.survey.comparison import changes, judged_together, of_known_groups
from analysis.survey.estimates import shares
from analysis.survey.gaps import repeat_covariances

METHOD = "method"  # the dimension of the way of asking


def changes_of(
    after: Iterable[Estimate],
    survey: Survey,
    earlier: Survey | None,
    measures: Sequence[Measure],
    by: tuple[str, ...],
    smallest_base: int,
    overlap: Overlap | None = None,
) -> dict[str, tuple[Comparison, ...]]:
    """Each estimate of the later wave (``after``) against the earlier wave's, by measure code; each judged by itself.

    A measure that neither wave asked is not there. ``overlap``: households that answered both times.
    """
    if earlier is None:
        return {}
    before = shares(earlier, measures, by, smallest_base)
    common = None if overlap is None else repeat_covariances(overlap, earlier, survey, measures, by)
    gathered: dict[str, list[Comparison]] = {}
    for (code, _), found in changes(before, after, earlier.wave, survey.wave, covariances=common).items():
        if found.after.base or found.before.base:
            gathered.setdefault(code, []).append(found)
    return {code: tuple(found) for code, found in gathered.items()}


def group_changes(
    after: Iterable[Estimate],
    survey: Survey,
    earlier: Survey | None,
    measures: Sequence[Measure],
    by: tuple[str, ...],
    smallest_base: int,
    overlap: Overlap | None = None,
) -> dict[str, tuple[Comparison, ...]]:
    """The change of every group of a breakdown, by measure code; the groups of a measure are judged together.

    Answers that do not say which group they are from are left out.
    """
    found = changes_of(after, survey, earlier, measures, by, smallest_base, overlap)
    return {code: judged_together(of_known_groups(compared)) for code, compared in found.items()}


def within_method(
    survey: Survey | None, earlier: Survey | None, measures: Sequence[Measure], smallest_base: int
) -> dict[str, tuple[Comparison, ...]]:
    """The change of a measure among those asked in the same way both times, by measure code; judged together.

    For measures that were asked differently: both surveys are counted by method. Answers that do not say how they came
    are left out.
    """
    if survey is None or earlier is None or not measures:
        return {}
    by = (METHOD,)
    before, after = (shares(each, measures, by, smallest_base) for each in (earlier, survey))
    gathered: dict[str, list[Comparison]] = {}
    for (code, _), found in changes(before, after, earlier.wave, survey.wave, asked_alike=True).items():
        gathered.setdefault(code, []).append(found)
    return {code: judged_together(of_known_groups(compared)) for code, compared in gathered.items()}
