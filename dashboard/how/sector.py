"""How our measures were set beside those of other landlords, and how any landlord's place was found."""

from __future__ import annotations

from dataclasses import replace

from analysis.model import Compared, Findings
from dashboard.how import How
from dashboard.how.measures import of_measures
from dashboard.words import standing as said

EVERY_LANDLORD = "Every landlord whose tenant satisfaction measures the Regulator of Social Housing published."
PUBLISHED = "Tenant satisfaction measures as each landlord reported them to the Regulator of Social Housing, {year}."
QUARTILES = (
    "Landlords in order of each measure: a quarter are at or below the lower quartile, half at or below the median. "
    "Our own place is told only as far as our range allows."
)
RANKED = (
    "Each landlord's share is drawn many times from its own uncertainty, and all are ranked each time. A place is told "
    "as the range that holds in 95 of 100 draws. Renters and shared owners are never put together."
)
FUNNEL = (
    "Between the dashed lines a landlord differs from all together no more than chance and the ways in which landlords "
    "differ anyway would make it differ. Outside is a reason to ask why, not a verdict."
)
MOVED = "The share of one year less that of the year before, with a 95% interval from both years' numbers of answers."
MANAGED = "As reported, from the landlord's own records; counts of everything, so there is no margin."
THEIR_ANSWERS = "The answers each landlord reported, each landlord counting once."
NOT_REPORTED = "Landlords that reported none, and those too few to compare with."


def of_ours_beside(found: Findings, year: str) -> How:
    """How our own measures were set beside the quartiles of other landlords."""
    own = of_measures(found)
    return replace(
        own,
        who=f"{own.who} Beside it: {EVERY_LANDLORD}",
        sums=f"{own.sums} {QUARTILES}",
        left_out=(*own.left_out, NOT_REPORTED),
        counted=(*own.counted, PUBLISHED.format(year=year)),
    )


def of_landlord(found: Compared, sums: str = RANKED) -> How:
    """How one landlord of the sector was set beside its peers: by ranks unless ``sums`` says otherwise."""
    return How(
        counted=(PUBLISHED.format(year=found.year), f"Of {found.tenure_group} homes, by {found.name} and others."),
        who=EVERY_LANDLORD,
        base=THEIR_ANSWERS,
        sums=sums,
        left_out=(NOT_REPORTED,),
        besides=(said.SOURCE, f"File: {found.source}."),
    )
