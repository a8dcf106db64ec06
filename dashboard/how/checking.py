"""How it was measured how often the reader of comments is right."""

from __future__ import annotations

from dashboard.how import How

COUNTED = "What the computer read in a comment, beside what a person said of it without seeing that."
WHO = "Comments drawn at random from all of them, each checked by a person."
BASE = "The comments checked; of a topic, those in which a person, or the reader, found it."
LEFT_OUT = (
    "Corrections: this is what the reader itself read. Where two people checked a comment the first answer counts."
)
SUMS = (
    "Of those found, how many are right; of those there, how many are found; both in one. Ranges are 95% intervals; "
    "those of all topics together know that the topics of one comment go together."
)


def of_checking() -> How:
    """How every rate of being right was made."""
    return How((COUNTED,), WHO, BASE, SUMS, (LEFT_OUT,), (("survey", None),))
