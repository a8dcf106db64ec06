"""How a figure was made, as a reader is told it: a few short lines, the same on screen and in every document."""

from __future__ import annotations

from dashboard.how import Behind, How
from data.columns.kinds import kind

ASKED, WHO, BASE, LEFT_OUT, SUMS, BESIDES, FILES = HEADINGS = (
    "What was asked or counted",
    "Who was asked",
    "Out of",
    "Left out",
    "How it was worked out",
    "Also to know",
    "Files it stands on",
)


def lines(how: How) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is told of a figure under each heading, in the order it is told in; nothing under one it has nothing for.

    >>> lines(How(("TP01: How satisfied are you?",), "Renters", "Everybody who answered.", "A share.", (), ()))[0]
    ('What was asked or counted', ('TP01: How satisfied are you?',))
    """
    told = (
        (ASKED, how.counted),
        (WHO, (how.who,)),
        (BASE, (how.base,)),
        (LEFT_OUT, how.left_out),
        (SUMS, (how.sums,)),
        (BESIDES, how.besides),
        (FILES, tuple(map(file_named, how.behind))),
    )
    return tuple((heading, tuple(filter(None, said))) for heading, said in told if any(said))


def file_named(behind: Behind) -> str:
    """A kind of file as people call it, with its wave where it is of one.

    >>> file_named(("survey", "Autumn 2025")), file_named(("homes", None))
    ('Survey, Autumn 2025', 'Homes')
    """
    holds, wave = behind
    return f"{kind(holds).label}, {wave}" if wave else kind(holds).label
