"""The story: everything any face may quote about one Question. Calls only; the work is in ``survey/`` and ``text/``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from analysis.model import (
    Comparison,
    Dimension,
    Distribution,
    Estimate,
    Findings,
    Measure,
    Question,
    SampleCheck,
    Survey,
)
from analysis.survey.comparison import changes
from analysis.survey.estimates import distributions, shares
from analysis.survey.method import method_notes
from analysis.survey.sampling import sample_check

Row = TypeVar("Row", Estimate, Distribution)


def find(
    question: Question,
    survey: Survey,
    earlier: Survey | None,
    measures: Sequence[Measure],
    dimensions: Sequence[Dimension],
    smallest_base: int,
    notes: Sequence[str] = (),
) -> Findings:
    """Estimates, distributions, changes and groups for one question, with what the reader must know of their making.

    ``survey`` is counted by the question's breakdown where it has one; ``earlier`` needs no breakdown.
    """
    headline = {e.measure: e for e in shares(survey, measures, (), smallest_base)}
    by = () if question.breakdown is None else (question.breakdown,)
    groups = _by_measure(shares(survey, measures, by, smallest_base) if by else [])
    return Findings(
        question=question,
        wave=survey.wave,
        earlier=None if earlier is None else earlier.wave,
        measures=tuple(measures),
        dimensions=tuple(dimensions),
        headline=MappingProxyType(headline),
        distributions=_by_measure(
            [*distributions(survey, measures, (), smallest_base)]
            + ([*distributions(survey, measures, by, smallest_base)] if by else [])
        ),
        changes=MappingProxyType(_changes(headline, survey, earlier, measures, smallest_base)),
        groups=groups,
        sample=_sample(survey),
        notes=(*method_notes(survey), *_alone(groups), *notes),
    )


def _changes(
    headline: Mapping[str, Estimate],
    survey: Survey,
    earlier: Survey | None,
    measures: Sequence[Measure],
    smallest_base: int,
) -> dict[str, Comparison]:
    if earlier is None:
        return {}
    before = shares(earlier, measures, (), smallest_base)
    compared = changes(before, headline.values(), earlier.wave, survey.wave)
    return {
        code: found
        for (code, _), found in compared.items()
        if found.after.base or found.before.base  # not asked in either wave: nothing to compare
    }


def _by_measure(rows: Sequence[Row]) -> Mapping[str, tuple[Row, ...]]:
    gathered: dict[str, list[Row]] = {}
    for row in rows:
        gathered.setdefault(row.measure, []).append(row)
    return MappingProxyType({code: tuple(found) for code, found in gathered.items()})


def _sample(survey: Survey) -> SampleCheck:
    households = survey.wave.populations.get(survey.tenure_group)
    census = survey.wave.sample_kind == "census"
    return sample_check(survey.tenure_group, int(survey.strata["n"].sum()), households, census)


def _alone(groups: Mapping[str, Sequence[Estimate]]) -> tuple[str, ...]:
    """A warning where a single group is withheld: it is what is left when the others are taken from the total."""
    hidden = [sum(1 for estimate in found if estimate.withheld and estimate.base) for found in groups.values()]
    if 1 not in hidden:
        return ()
    return (
        "One group alone is withheld, so it could be worked out from the total and the others. "
        "Do not pass the whole table on.",
    )
