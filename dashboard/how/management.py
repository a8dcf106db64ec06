"""How the management measures were made: what is divided by what, and whether somebody entered it or it was counted."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import ManagementFigure
from dashboard.how import Behind, How

FROM: dict[str, tuple[Behind, ...]] = {
    "CH": (("complaints", None), ("homes", None)),
    "RP02": (("repairs", None), ("homes", None)),
}
WHO = "Nobody is asked: these are from the landlord's own records of {year}."
SUMS = (
    "The first number divided by the second, as a percentage or for every 1,000 homes. Both are counts of everything, "
    "so there is no margin. What somebody entered goes before what is counted from files."
)
NOTHING_THERE = "Where there is nothing to divide by, the measure is not applicable: never nought."
PLANNED = "RP02: planned work, and repairs without a target day."
REFUSED = "CH02 divides by the complaints made in the year, whether answered or not."
OTHERS = "Beside them the quartiles of all landlords as the regulator published them, each landlord counting once."


def of_management(figures: Sequence[ManagementFigure], beside: bool = False) -> How:
    """How the management measures of a year were made; ``beside``: with other landlords' figures."""
    year = figures[0].year if figures else ""
    measures = {figure.measure.code: figure.measure for figure in figures}
    return How(
        counted=tuple(f"{m.code} {m.title}: {m.numerator} ÷ {m.denominator}." for m in measures.values()),
        who=WHO.format(year=year),
        base="The second of the two numbers beside each figure.",
        sums=f"{SUMS} {OTHERS}" if beside else SUMS,
        left_out=(PLANNED,),
        behind=_files(figures),
        besides=(NOTHING_THERE, REFUSED),
    )


def _files(figures: Sequence[ManagementFigure]) -> tuple[Behind, ...]:
    """The files that what is counted here is counted from; none for what was entered."""
    counted = [f.measure.code for f in figures if f.source and f.entry is None]
    found = (file for begins, files in FROM.items() if any(c.startswith(begins) for c in counted) for file in files)
    return tuple(dict.fromkeys(found))
