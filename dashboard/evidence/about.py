"""What stands with every figure of a survey: the measures put, whose answers it is made of, where they are from."""

from __future__ import annotations

from analysis.model import Estimate, Findings, Measure
from dashboard import words
from dashboard.evidence.captions import INVENTED


def told_rows(found: Findings) -> list[tuple[Measure, Estimate]]:
    """The measures that were put to this tenure group, in the regulator's order, those withheld too."""
    return [
        (measure, found.headline[measure.code])
        for measure in found.measures
        if measure.code in found.headline and found.question.tenure_group in measure.tenures
    ]


def about_of(found: Findings) -> tuple[str, str]:
    """Which answers a figure is made of, and which survey it is from: printed under every figure."""
    return (words.shown_for(found.question, {d.key: d.label for d in found.dimensions}), _source(found))


def key_of(found: Findings, section: str = "measures") -> str:
    """How keys of a tenure group's figures begin."""
    return f"{section}-{found.question.tenure_group.lower()}"


def _source(found: Findings) -> str:
    provisional = sorted({measure.year for measure in found.measures if measure.provisional})
    rules = f" Provisional rules for {', '.join(provisional)}, carried from an earlier year." if provisional else ""
    invented = f" {INVENTED}" if found.wave.invented else ""
    return f"{words.survey_sentence(found.wave)}{rules}{invented}"
