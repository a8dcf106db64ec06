"""How the figures of the regulator's return were made."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Findings, ManagementFigure
from dashboard.how import Behind, How, behind
from dashboard.words import survey_sentence

BOTH_NUMBERS = (
    "The numerator counts those who gave one of the two best answers, the denominator those who gave any of the five; "
    "both are weighted where the survey is. The share is one by the other, with one decimal."
)
LEFT_OUT = "Not applicable, don't know, refused and blank; and whoever said no to the question before it."
SUMS = (
    "The required sample and the margin are the regulator's own sums: p = 0.5, z = 1.96, with the finite population "
    "correction; weighting is ignored."
)


def of_survey(found: Findings, sums: str = BOTH_NUMBERS) -> How:
    """How the figures of one tenure group's survey were made."""
    return How(
        counted=tuple(f"{measure.code}: {measure.wording}" for measure in found.measures),
        who=survey_sentence(found.wave),
        base="Everybody who gave one of the five answers.",
        sums=sums,
        left_out=(LEFT_OUT,),
        behind=behind(found.question)[:1],
        asked=found.question,
        besides=found.notes,
    )


def of_records(figures: Sequence[ManagementFigure]) -> How:
    """How the management measures were made."""
    kinds: tuple[Behind, ...] = (("complaints", None), ("repairs", None), ("homes", None))
    return How(
        counted=tuple(
            dict.fromkeys(
                f"{m.code} {m.title}: {m.numerator} ÷ {m.denominator}." for m in (each.measure for each in figures)
            )
        ),
        who="The landlord's own records of the reporting year.",
        base="The denominator of each measure.",
        sums="One number by the other, as a percentage or for every 1,000 homes, with one decimal.",
        behind=kinds,
        besides=("Measures with nothing in the denominator are not applicable, never nought.",),
    )


def of_fields(found: Sequence[Findings], figures: Sequence[ManagementFigure]) -> How:
    """How every field of the return, and every check of it, was made."""
    records = of_records(figures)
    first = of_survey(found[0]) if found else records
    return How(
        counted=(*(first.counted if found else ()), *records.counted),
        who=f"{first.who} {records.who}" if found else records.who,
        base="As each field says.",
        sums=f"{BOTH_NUMBERS} {SUMS}",
        left_out=first.left_out,
        behind=(*(first.behind if found else ()), *records.behind),
        asked=first.asked,
        besides=tuple(dict.fromkeys((*first.besides, *records.besides))),
    )
