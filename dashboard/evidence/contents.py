"""Which headings the list of contents has, so that it stays on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dashboard.evidence.blocks import Document, Heading

CONTENTS_FROM = 3  # headings: a document of fewer needs no list of them
ROOM = 42  # lines of a page


def has_contents(document: Document) -> bool:
    """Whether a document has a list of contents."""
    return len(document.headings) >= CONTENTS_FROM and not document.brief


def listed(document: Document) -> tuple[bool, ...]:
    """For each heading whether it stands in the contents: two levels where they have room on a page.

    Where they have not, headings of how figures were made go first, then those that say the same in several parts, then
    all but the parts' own.
    """
    ways = list(_ways(document))
    return next((way for way in ways if sum(way) <= ROOM), ways[-1])


def _ways(document: Document) -> Iterator[tuple[bool, ...]]:
    headings, part = document.headings, ""
    repeated = {text for text, times in Counter(heading.text for heading in headings).items() if times > 1}
    of_appendix = []
    for heading in headings:
        part = heading.text if heading.level == 1 else part
        of_appendix.append(part == document.appendix != "" and heading.level > 1)
    yield tuple(heading.level <= 2 for heading in headings)
    yield tuple(h.level <= 2 and not out for h, out in zip(headings, of_appendix, strict=True))
    yield tuple(
        h.level == 1 or (_second(h) and not out and h.text not in repeated)
        for h, out in zip(headings, of_appendix, strict=True)
    )
    yield tuple(heading.level == 1 for heading in headings)


def _second(heading: Heading) -> bool:
    return heading.level == 2
