"""How weights were made, and what they change."""

from __future__ import annotations

from analysis.model import Measure, Weighing
from dashboard.how import How
from dashboard.words.weights import cost, merged, weighed_by
from data.weighing import regulators_names

RAKED = (
    "Weights make the answers of each level count for as many homes as there are, one characteristic after the other "
    "until all fit (raking)."
)
LEVELS = "Homes, answers and the sum of weights of each level of the characteristics weighed by."


def of_weights(how: Weighing, measures: tuple[Measure, ...] = ()) -> How:
    """How weights were made: the levels themselves, or what some measures become by them."""
    return How(
        counted=tuple(f"{measure.code}: {measure.wording}" for measure in measures) or (LEVELS,),
        who=f"Everybody whose answers count in {how.wave}, {how.tenure_group}.",
        base="Everybody who gave one of the five answers." if measures else "Answers that count in the measures.",
        sums=" ".join((RAKED, weighed_by(regulators_names(how), how.source), *cost(how))),
        behind=(("survey", how.wave), ("homes", None)),
        besides=(*merged(how), *how.notes),
    )
