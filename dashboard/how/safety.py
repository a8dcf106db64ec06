"""How figures of hazards, repairs and promises were made."""

from __future__ import annotations

from analysis.model import Question
from analysis.model.fair import Outcome
from dashboard.how import How
from dashboard.words import safety as said

AS_RECORDED = "Counted: every case the landlord's own file has, not a sample, so there is no margin of error."
TRACKER = "The landlord's own tracker of damp and hazards, as its last file had it; nobody was asked a question."


def of_hazards(asked: Question) -> How:
    """How hazard cases were counted by severity."""
    return How(
        counted=("Hazard cases reported in the period, by the severity the tracker gives, open or made safe.",),
        who=TRACKER,
        base="Every hazard case reported in the period, of every tenure.",
        sums=AS_RECORDED,
        left_out=("Cases without a day on which they were reported.",),
        behind=(("hazards", None),),
        asked=asked,
    )


def of_open_cases(asked: Question) -> How:
    """How hazard cases that are open now were counted."""
    return How(
        counted=("Hazard cases without a day on which they were made safe, whenever they were reported.",),
        who=TRACKER,
        base="Every case that is open, of every tenure.",
        sums=f"{AS_RECORDED} {said.OWN_DAY}",
        behind=(("hazards", None),),
        asked=asked,
    )


def of_clocks(outcomes: tuple[Outcome, ...], asked: Question) -> How:
    """How hazards looked into and made safe in time were counted."""
    return How(
        counted=tuple(f"{each.title}. {each.means}" for each in outcomes),
        who=TRACKER,
        base="Cases of renters reported in the period whose time is over, or for which the thing was done.",
        sums=f"{AS_RECORDED} {said.RENTERS_ONLY}",
        left_out=("Cases of shared owners and leaseholders, and those whose time is not over.",),
        behind=(("hazards", None), ("homes", None)),
        asked=asked,
    )


def of_repairs(asked: Question) -> How:
    """How repairs were counted by month, and by their target day."""
    return How(
        counted=(
            "Repairs raised, by the month raised, and completed, by the month completed.",
            "Of repairs completed that had a target day, those completed by it.",
        ),
        who="The landlord's own repairs system; nobody was asked a question.",
        base="Repairs of the period; a share is out of those completed with a target day known.",
        sums="Counted: every repair recorded, not a sample, so there is no margin of error.",
        behind=(("repairs", None),),
        asked=asked,
        besides=("Cancelled repairs are raised and never completed.",),
    )


def of_promises(asked: Question) -> How:
    """How promises were counted."""
    return How(
        counted=("Promises made in replies to complaints, by whether the file says they were kept, and by when.",),
        who="Replies to complaints, as the landlord recorded what they promised.",
        base="Every promise recorded, whenever it was made.",
        sums="Counted: every promise recorded, not a sample, so there is no margin of error.",
        behind=(("complaints", None),),
        asked=asked,
    )


def of_the_law(source: str) -> How:
    """What a table of the law is: nothing is counted in it."""
    return How(
        counted=("What the law asks, as its register has it; nothing is counted here.",),
        who="Nobody was asked.",
        base="None: these are rules, not figures.",
        sums=f"From {source}.",
    )
