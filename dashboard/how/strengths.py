"""How figures of what tenants are proud of and good at were made."""

from __future__ import annotations

from analysis.model import Question, Wave
from dashboard import words
from dashboard.how import How, behind
from dashboard.how.spoken import BY_A_COMPUTER, NOT_READ, WROTE
from dashboard.words import spoken, strengths

TOLD = "Comments that tell of a strength, in five kinds: {kinds}."
BASE = "Of the comments read. A comment may tell of several kinds, so they do not add up to a whole."
PLACES_BASE = "In each place, of the comments read there."
REGISTER = "What people put into the register of what each place has already, by kind; no name of any."
WHO_REGISTER = "People of the landlord, by hand or from a list; names as given."
EVERY = "Everything in the register now: a count, so there is no margin."
TAKEN_OUT = "What was taken out of the register."


def of_strengths(asked: Question, wave: Wave, kinds: str) -> How:
    """How shares of comments that tell of each kind of strength were made."""
    return How(
        (TOLD.format(kinds=kinds),), WROTE.format(survey=words.survey_sentence(wave)), BASE,
        f"{spoken.STRENGTHS} {BY_A_COMPUTER}", (NOT_READ,), behind(asked), asked,
    )  # fmt: skip


def of_places(asked: Question, wave: Wave, kind: str) -> How:
    """How one kind of strength was counted place by place."""
    return How(
        (TOLD.format(kinds=kind),), WROTE.format(survey=words.survey_sentence(wave)), PLACES_BASE,
        f"{strengths.BY_PLACE} {BY_A_COMPUTER}", (NOT_READ,), behind(asked), asked, (strengths.PRAISE,),
    )  # fmt: skip


def of_register() -> How:
    """How what each place has was counted."""
    return How((REGISTER,), WHO_REGISTER, EVERY, "A count of entries.", (TAKEN_OUT,))
