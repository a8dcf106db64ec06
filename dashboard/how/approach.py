"""How the shares beside one another in the summary of approach were made."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Question
from dashboard.how import How, behind
from dashboard.words import group_of


def of_levels(asked: Question, characteristics: Sequence[str]) -> How:
    """How answers and homes were set beside one another by some characteristics."""
    named = ", ".join(characteristics)
    return How(
        counted=(f"Answers and homes of each level of: {named}.",),
        who=f"Everybody whose answers count in {asked.wave}, and every home of {group_of(asked.tenure_group)}.",
        base="Of the answers: those that say the characteristic. Of the homes: those of which it is known.",
        sums="Plain counts before any weights, so there is no margin: neither side is a sample of the other's shares.",
        left_out=("Characteristics most answers or homes do not say.",),
        behind=(*behind(asked)[:1], ("homes", None)),
        asked=asked,
    )


def of_items(wave: str, asked: Sequence[Question]) -> How:
    """How the list of items was put together."""
    return How(
        counted=("Each item of the summary of approach: what is counted of it, and what the landlord said.",),
        who=f"The survey {wave}, each tenure group by itself.",
        base="Eleven items, put together from landlords' own summaries, to be checked against the regulator's text.",
        sums="An item is complete where it can be told from what is held or the landlord has said it.",
        behind=(("survey", wave),),
        asked=asked[0] if asked else None,
    )
