"""How the wording of the landlord's own letters was counted."""

from __future__ import annotations

from dashboard.how import How
from dashboard.words.letters import LIMITS

COUNTED = (
    "Phrases of the register of wording found in templates and replies: those that blame, dismiss, threaten, talk down "
    "or stigmatise."
)
READING_AGE = "The reading age of each letter, from the length of its words and sentences."
WHO = "The letters that were brought in under Our own letters: templates, and replies that were sent."
EVERY = "Every letter that could be read; a count, so there is no margin."
SKIPPED = "Letters that could not be read, findings a person set aside, and names, which are taken out before reading."


def of_wordings() -> How:
    """How wordings of each kind were counted."""
    return How((COUNTED,), WHO, EVERY, LIMITS, (SKIPPED,))


def of_reading_ages() -> How:
    """How hard each letter is to read."""
    return How((READING_AGE,), WHO, EVERY, LIMITS, (SKIPPED,))
