"""How it was counted what was withheld."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.how import How


def of_withheld(waves: Iterable[str]) -> How:
    """How figures withheld, and those shown with a caution, were counted."""
    return How(
        counted=("Figures of the surveys and of tenants' comments that the parts of this document asked for.",),
        who="Whoever answered or wrote, survey by survey and tenure group by tenure group.",
        base="Every figure asked for: one for each measure or count of comments, and each group.",
        sums="Counted one by one as they were made, each figure once however often it is printed.",
        left_out=("Complaints, repairs, hazards and homes, whose tables each say beside them what they withhold.",),
        behind=tuple(("survey", wave) for wave in waves),
    )
