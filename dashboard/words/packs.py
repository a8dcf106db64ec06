"""Evidence packs as sentences: what a profile means, what is under way, what came of it, what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from analysis.model import Audience
from dashboard.words.audiences import NAMES
from dashboard.words.files import british_moment
from dashboard.words.shares import people, sentence_case
from dashboard.words.surveys import group_of, listed
from data.packs.kept import KeptPack
from data.packs.kinds import pack_kind

WHAT_FOR = (
    "A pack is a file to hand over: a document as PDF and Word, a workbook, and every figure as CSV, in one zip with a "
    "manifest that says how each figure was made. It is made on this computer and can be made again, the same."
)
PROFILES: Mapping[Audience, str] = {
    Audience.INTERNAL: (
        "What could give away what a few people said is shown with a warning. It does not leave the landlord. Quotes "
        "approved for the board may stand in it."
    ),
    Audience.REGULATOR: (
        "What could give away what a few people said is withheld in every table at once, and what was withheld is "
        "listed with the reason."
    ),
    Audience.PUBLIC: (
        "Withheld as for the regulator. No special category data, no log of requests, and only quotes two people "
        "approved for the public, without an estate."
    ),
}
NAME_NOT_SET = (
    'The landlord\'s name is not set, and the cover will say so. Write landlord = "…" in settings.toml, then start '
    "Tenant Voice again."
)
LOOK_FIRST = "Look at the pages first. Nothing is kept of a look."
EARLIER_CHOICE = "These pages are of an earlier choice. Look again to see this one."
CANCELLED = "Cancelled. Nothing was kept of it and nothing is running."
NO_PARTS = "Choose at least one part."
NO_GROUP = "Choose renters, shared owners or both."
NONE_KEPT = "No pack has been made yet."
ESTATE_WANTED = "This pack is of one estate, and no estate is held."
WHOLE = "the whole landlord"


def profile_name(audience: Audience) -> str:
    """Who a pack is for, as a choice.

    >>> profile_name(Audience.INTERNAL), profile_name(Audience.REGULATOR)
    ('Us, inside', 'The regulator')
    """
    return sentence_case(NAMES[audience])


def for_whom(audience: Audience) -> str:
    """Who a ready-made pack is for unless said otherwise.

    >>> for_whom(Audience.PUBLIC)
    'Usually for the public.'
    """
    return f"Usually for {NAMES[audience]}."


def under_way(what: str, who: str, begun: datetime) -> str:
    """What is being done, by whom and since when.

    >>> from datetime import UTC
    >>> under_way("Board", "Jo", datetime(2026, 11, 29, 9, 5, tzinfo=UTC))
    'Board, asked for by Jo (name as given), begun at 09:05 UTC.'
    """
    by = f", asked for by {who} (name as given)" if who else ""
    return f"{what}{by}, begun at {begun:%H:%M} UTC."


def kept_title(kept: KeptPack) -> str:
    """What a kept pack is called."""
    return f"Pack {kept.number}: {pack_kind(kept.kind).title}"


def kept_facts(kept: KeptPack) -> str:
    """What a kept pack is of, for whom, by whom, when, and from which generation."""
    asked = kept.asked
    place = listed([value for _, values in asked.get("filters", ()) for value in values]) or WHOLE
    whom = " and ".join(group_of(group) for group in asked.get("groups", ()))
    by = f" by {kept.who} (name as given)" if kept.who else ""
    return (
        f"{asked.get('wave') or 'No survey'}: {place}, {whom}; for {NAMES[Audience(asked['audience'])]}. "
        f"Made {british_moment(str(asked['clock']))}{by}, from generation {int(kept.generation.split('.')[0])}."
    )


def kept_marks(kept: KeptPack) -> str:
    """What a kept pack is known by."""
    return f"Seal {kept.seal}. {people(len(kept.sizes), 'file', 'files')} in the zip."


def made(number: int, title: str) -> str:
    """What is said once a pack is made.

    >>> made(3, "Board")
    'Pack 3 is made: Board. It is kept below.'
    """
    return f"Pack {number} is made: {title}. It is kept below."


def same_again(number: int, same: bool, differs: Sequence[str]) -> str:
    """What came of making a pack again.

    >>> same_again(3, True, ())
    'Pack 3 was made again and is the same to the byte.'
    """
    if same:
        return f"Pack {number} was made again and is the same to the byte."
    return f"Pack {number} was made again and is not the same. {' '.join(differs)}".strip()


def page_alt(number: int, pages: int, title: str) -> str:
    """The words of a picture of a page, for those who cannot see it.

    >>> page_alt(2, 9, "Board")
    'Page 2 of 9 of a look at: Board. The PDF has the same as text.'
    """
    return f"Page {number} of {pages} of a look at: {title}. The PDF has the same as text."
