"""What leaves the house: a note to the landlord's own staff is told to other readers as the fact it stands for.

One place decides it, for every part of a pack. Where a note has no fact for a reader, nothing is told in its stead.
"""

from __future__ import annotations

import re

from analysis.model import Audience
from dashboard.words.complaints import STAGE_TWO

# What staff are told, and what a reader is.
FACTS: tuple[tuple[str, str], ...] = (
    (" Check before you publish.", ""),
    (
        STAGE_TWO,
        "Provisional: stage two complaints are judged by a reply time of 20 working days, which has not been confirmed "
        "against the Code's own words.",
    ),
    (
        "This list is from memory of the Code: check it against the Code's own words before you publish.",
        "Provisional: this list has not been confirmed against the Code's own words.",
    ),
    (
        "check against the portal before anything is sent. The return's own form was not to hand.",
        "the return's own form was not to hand, so the order is provisional.",
    ),
    (" People can: comments are drawn at random under Data and packs, Checking the reader.", ""),
)
_PAGES = re.compile(r" ?Why it is done so: docs/method/.*? of the program's documentation\.")


def outward(text: str, audience: Audience) -> str:
    """The text as it stands for its readers: inside as it is, outside without notes to staff; "" where nothing is left.

    >>> outward("Provisional: last year's rules. Check before you publish.", Audience.PUBLIC)
    "Provisional: last year's rules."
    >>> outward("Counted. Why it is done so: docs/method/scales.md of the program's documentation.", Audience.REGULATOR)
    'Counted.'
    >>> outward("Check before you publish.", Audience.INTERNAL)
    'Check before you publish.'
    """
    if audience is Audience.INTERNAL:
        return text
    for inside, outside in FACTS:
        text = text.replace(inside, outside)
    return _PAGES.sub("", text)
