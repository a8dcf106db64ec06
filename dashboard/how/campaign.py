"""How the progress of a contact campaign was counted."""

from __future__ import annotations

from dashboard.how import How
from dashboard.words import campaign as said

ON_THE_LISTS = "Homes on the campaign's lists, drawn within the groups it was begun for."
EVERY_HOME = "Every home on the lists; of groups too small to be told of nothing is said."
ASIDE = "Homes not to be called: who refused, objects, or where something said since sets them aside."


def of_campaign(counted: str, sums: str) -> How:
    """How homes of a campaign were counted: what, and by which rule."""
    return How((counted,), ON_THE_LISTS, EVERY_HOME, sums, (ASIDE,), (("homes", None),), besides=(said.NEVER_ANSWERED,))


def of_calls() -> How:
    """How homes were counted by their last call."""
    return of_campaign("Homes by what became of the last call.", said.BY_HOMES)


def of_knowledge() -> How:
    """How it was counted what is known of the homes reached."""
    return of_campaign("Fields known and confirmed, before the campaign and now.", said.KNOWN_OF)


def of_coverage() -> How:
    """How it was counted who has been heard from."""
    return of_campaign("Homes heard from before the campaign, and now.", said.HEARD_OF)
