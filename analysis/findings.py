"""The story: everything any face may quote about one Question. Calls only; the work is in ``survey/`` and ``text/``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from analysis.model import (
    Dimension,
    Distribution,
    Estimate,
    Findings,
    Group,
    Measure,
    Overlap,
    Question,
    SampleCheck,
    SmallAreas,
    Survey,
    Verdict,
)
from analysis.survey.estimates import distributions, shares
from analysis.survey.gaps import against_rest
from analysis.survey.method import method_notes
from analysis.survey.moves import changes_of, group_changes, within_method
from analysis.survey.sampling import sample_check
from analysis.survey.smallareas import small_areas, weights_differ
from analysis.survey.tables import associations

Row = TypeVar("Row", Estimate, Distribution)
# Only places are drawn towards their mean: a group of people that fares worse would look better than it says it does.
DRAWN = "estate"


@dataclass(frozen=True)
class Divided:
    """What is asked beside the question's own counts; each None where it is not to be had.

    ``earlier`` the earlier wave counted by the question's breakdown; ``method`` and ``earlier_method`` the two waves
    counted by method; ``overlap`` the households that answered in both, by the breakdown where there is one; ``homes``
    how many homes there are in each estate within the question's filters.
    """

    earlier: Survey | None = None
    method: Survey | None = None
    earlier_method: Survey | None = None
    overlap: Overlap | None = None
    homes: Mapping[Group, int] | None = None


def find(
    question: Question,
    survey: Survey,
    earlier: Survey | None,
    measures: Sequence[Measure],
    dimensions: Sequence[Dimension],
    smallest_base: int,
    notes: Sequence[str] = (),
    divided: Divided = Divided(),
) -> Findings:
    """Estimates, distributions, changes and groups for one question, with what the reader must know of their making.

    ``survey`` is counted by the question's breakdown where it has one; ``earlier`` needs no breakdown.
    """
    by = () if question.breakdown is None else (question.breakdown,)
    headline = {e.measure: e for e in shares(survey, measures, (), smallest_base)}
    groups = _by_measure(shares(survey, measures, by, smallest_base) if by else [])
    moved = changes_of(headline.values(), survey, earlier, measures, (), smallest_base, divided.overlap)
    shifted = [m for m in measures if m.code in moved and moved[m.code][0].verdict is Verdict.DIFFERENTLY]
    each = [estimate for found in groups.values() for estimate in found]
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
        changes=MappingProxyType({code: found[0] for code, found in moved.items()}),
        groups=groups,
        sample=_sample(survey),
        notes=(*method_notes(survey), *_of_the_earlier(survey, earlier), *notes),
        group_changes=MappingProxyType(
            group_changes(each, survey, divided.earlier, measures, by, smallest_base, divided.overlap)
        ),
        against_rest=MappingProxyType(against_rest(survey, measures, by[0], smallest_base) if by else {}),
        within_method=MappingProxyType(within_method(divided.method, divided.earlier_method, shifted, smallest_base)),
        associations=MappingProxyType(associations(survey, measures, by[0], smallest_base) if by else {}),
        small_areas=MappingProxyType(_drawn(groups, headline, by, divided.homes, smallest_base)),
        weighing=None if survey.calibration is None else survey.calibration.weighing,
    )


def _of_the_earlier(survey: Survey, earlier: Survey | None) -> tuple[str, ...]:
    """What is to be known of the earlier wave's making and does not hold of the later's: changes rest on both."""
    if earlier is None:
        return ()
    said = method_notes(survey)
    return tuple(f"{earlier.wave.name}: {note}" for note in method_notes(earlier) if note not in said)


def _by_measure(rows: Sequence[Row]) -> Mapping[str, tuple[Row, ...]]:
    gathered: dict[str, list[Row]] = {}
    for row in rows:
        gathered.setdefault(row.measure, []).append(row)
    return MappingProxyType({code: tuple(found) for code, found in gathered.items()})


def _drawn(
    groups: Mapping[str, Sequence[Estimate]],
    headline: Mapping[str, Estimate],
    by: tuple[str, ...],
    homes: Mapping[Group, int] | None,
    smallest_base: int,
) -> dict[str, SmallAreas]:
    """Every estate drawn towards the mean of all, by measure code; nothing for another breakdown."""
    if by != (DRAWN,):
        return {}
    return {
        code: small_areas(found, headline[code], homes, weights_differ(found), smallest_base)
        for code, found in groups.items()
    }


def _sample(survey: Survey) -> SampleCheck:
    households = survey.wave.populations.get(survey.tenure_group)
    census = survey.wave.sample_kind == "census"
    return sample_check(survey.tenure_group, int(survey.strata["n"].sum()), households, census)
