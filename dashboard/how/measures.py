"""How shares of the perception measures were made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.model import Findings
from dashboard import words
from dashboard.how import How, behind

MADE_OF_MEASURES = (
    "Each share counts the two best of the five answers. The range is a 95% interval on the effective number of "
    "answers: Wilson's from 30 answers, Korn and Graubard's below."
)
LEFT_OUT_OF_MEASURES = "Not applicable, don't know, refused and blank, as the regulator asks."

THROUGH_SURVEYS = (
    "Each survey is set against the nearest earlier one it may be compared with: of the same kind, at the same time of "
    "year. A change is real where its own 95% interval leaves out no change (Newcombe's method), and asked differently "
    "where the mix of methods moved by more than 10 points, which is our house rule."
)


def of_measures(found: Findings, codes: Sequence[str] = ()) -> How:
    """How the shares of some measures (none named: of all) were made, each with its exact wording."""
    chosen = [measure for measure in found.measures if not codes or measure.code in codes]
    return How(
        counted=tuple(f"{measure.code}: {measure.wording}" for measure in chosen),
        who=words.survey_sentence(found.wave),
        base="Everybody who gave one of the five answers.",
        sums=MADE_OF_MEASURES,
        left_out=(LEFT_OUT_OF_MEASURES,),
        behind=behind(found.question),
        asked=found.question,
        besides=found.notes,
    )


def of_surveys(every: Sequence[Findings]) -> How:
    """How measures were followed through several surveys, the last one's wording first."""
    *before, last = every
    own = of_measures(last)
    names = tuple(found.wave.name for found in reversed(every))
    return replace(
        own,
        who=" ".join(words.survey_sentence(found.wave) for found in (last, *reversed(before))),
        base="In each survey, everybody who gave one of the five answers.",
        sums=f"{own.sums} {THROUGH_SURVEYS}",
        behind=tuple(("survey", name) for name in names),
    )
