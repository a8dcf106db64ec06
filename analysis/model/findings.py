"""The whole answer to a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from analysis.model.asked import Measure, Question
from analysis.model.found import Association, Comparison, Distribution, Estimate, SampleCheck, SmallAreas
from analysis.model.sector import SectorFigures
from analysis.model.surveyed import Dimension, Wave, Weighing


def _none() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Findings:
    """Everything any face may quote about one Question, so that screen, pack and command line cannot disagree."""

    question: Question
    wave: Wave
    earlier: Wave | None
    measures: tuple[Measure, ...]
    dimensions: tuple[Dimension, ...]
    headline: Mapping[str, Estimate]  # by measure code
    distributions: Mapping[str, tuple[Distribution, ...]]  # by measure code: everyone first, then each group
    changes: Mapping[str, Comparison]
    groups: Mapping[str, tuple[Estimate, ...]]
    sample: SampleCheck
    notes: tuple[str, ...]  # what the reader must know about how this was made
    group_changes: Mapping[str, tuple[Comparison, ...]] = field(
        default_factory=_none
    )  # each group against its own earlier share
    against_rest: Mapping[str, tuple[Comparison, ...]] = field(
        default_factory=_none
    )  # each group (after) against everyone else (before)
    within_method: Mapping[str, tuple[Comparison, ...]] = field(
        default_factory=_none
    )  # where asked differently: the change by each method
    associations: Mapping[str, Association] = field(default_factory=_none)
    small_areas: Mapping[str, SmallAreas] = field(default_factory=_none)
    weighing: Weighing | None = None  # how the weights were raked here; None: as in the file
    sector: Mapping[str, SectorFigures] = field(default_factory=_none)
    disclosed: tuple[str, ...] = ()  # what could be worked out about a few people, and from what
