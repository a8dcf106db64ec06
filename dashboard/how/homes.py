"""How it was counted who can be reached, and how it was worked out where the next calls should go."""

from __future__ import annotations

from analysis.model import Question
from dashboard.how import How

CELLS = (
    "Homes are told apart by estate, tenure, age band and length of tenancy only, put together until no group has "
    "fewer than 30. Half of the calls go to groups with too few answers to be shown, the others one by one to where "
    "an answer narrows the figure most."
)
LEFT_OUT = (
    "Empty homes, whoever is not to be contacted or objects (domestic abuse, a legal claim or a death among "
    "the reasons where a file says so) and homes whose tenant the survey found to have died."
)
ANSWERED_TOO = "Homes that answered may be called too: a list without them would tell who answered."


def of_reachable() -> How:
    """How it was counted how tenancies can be reached."""
    return How(
        counted=(
            "Running tenancies by whether an e-mail address, a mobile number or an account of the portal is known.",
        ),
        who="Tenants on the list of tenancies and people; of what was said, only that it is there.",
        base="Running tenancies whose home is on the list of homes.",
        sums="Counted, not estimated: there is no margin.",
        left_out=("Groups too small to be told of.",),
        behind=(("people", None), ("homes", None)),
    )


def of_call_plan(asked: Question) -> How:
    """How it was worked out where the next calls should go."""
    return How(
        counted=("Calls that would add most: to a first figure of quiet groups, and to how narrow the whole one is.",),
        who="Homes of this tenure group on the list of homes.",
        base="Every home that may be called.",
        sums=CELLS,
        left_out=(LEFT_OUT,),
        behind=(("homes", None), ("survey", asked.wave), ("sample", asked.wave), ("people", None)),
        asked=asked,
        besides=(ANSWERED_TOO,),
    )
