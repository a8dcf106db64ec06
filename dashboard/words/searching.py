"""What a search found, and what it did not look through, as sentences."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.words.shares import COMMENTS, count, people
from data.searching import Found

CHANNELS = {
    "survey": "surveys",
    "complaint": "complaints",
    "contact": "contacts",
    "repair": "repairs",
    "hazard": "hazard reports",
}
CHANNEL_OF = {
    "survey": "survey",
    "complaint": "complaint",
    "contact": "contact",
    "repair": "repair",
    "hazard": "hazard report",
}
HOW = (
    'Both words: damp mould. Either: damp OR mould. Phrase: "black mould". Without: damp -window. Beginning with: '
    "condens*. Capitals, apostrophes and plurals make no difference."
)
MEANING = (
    "By meaning nothing is found or not found: these are the nearest, the nearest first. How near is a number a "
    "computer gives; read them."
)
TRY = "Every word has to stand in a comment. Try fewer words, *something like this*, or *everything held*."
NOT_A_MEASURE = "How many comments hold a word is not how many tenants think so."


def matched(found: Found) -> str:
    """How many comments were found, by channel and tenure group, which are never added up.

    >>> from types import MappingProxyType
    >>> n = MappingProxyType({("survey", "LCRA"): 1200, ("survey", "LCHO"): 3, ("complaint", "not recorded"): 1})
    >>> matched(Found((), n, 5000, 0, (), (), 0, 0))
    'Found in surveys, LCRA: 1,200; surveys, LCHO: 3; complaints, tenure not known: 1. Looked through: 5,000 comments.'
    >>> matched(Found((), MappingProxyType({}), 1, 0, (), (), 0, 0))
    'Nothing was found. Looked through: 1 comment.'
    """
    said = [f"{_named(*group)}: {count(n)}" for group, n in found.matched.items()]
    told = f"Found in {'; '.join(said)}" if said else "Nothing was found"
    return f"{told}. Looked through: {people(found.searched, *COMMENTS)}."


def limits(found: Found) -> Iterator[str]:
    """What was not looked through, and why; nothing where everything was.

    >>> from types import MappingProxyType
    >>> for line in limits(Found((), MappingProxyType({}), 9, 2, ("2024, LCHO",), ("repair",), 1, 4)):
    ...     print(line)
    Not looked through: 2 comments that are not read yet.
    Not looked through, for too few people wrote there: 2024, LCHO.
    Not looked through, for they do not hold what was chosen by: repairs.
    Not looked through: 1 comment without a date.
    Left out of a search by meaning: 4 comments whose meaning is not worked out yet.
    """
    if found.unread:
        yield f"Not looked through: {_comments(found.unread)} not read yet."
    if found.too_few:
        yield f"Not looked through, for too few people wrote there: {'; '.join(map(_channel, found.too_few))}."
    if found.left_out:
        channels = ", ".join(map(_channel, found.left_out))
        yield f"Not looked through, for they do not hold what was chosen by: {channels}."
    if found.undated:
        yield f"Not looked through: {people(found.undated, *COMMENTS)} without a date."
    if found.without_meaning:
        left = people(found.without_meaning, *COMMENTS)
        yield f"Left out of a search by meaning: {left} whose meaning is not worked out yet."


def _comments(n: int) -> str:
    return f"{people(n, *COMMENTS)} that {'is' if n == 1 else 'are'}"


def _channel(name: str) -> str:
    return CHANNELS.get(name, name)


def _named(channel: str, tenure_group: str) -> str:
    """A channel with its tenure group, or that it is not known: the same channel may stand there twice."""
    known = tenure_group in ("LCRA", "LCHO", "outside")
    return f"{_channel(channel)}, {tenure_group if known else 'tenure not known'}"
