"""The list of contents stays on one page, and the document's own parts are always in it."""

from __future__ import annotations

from collections.abc import Sequence

from small_documents import document

from dashboard.evidence.blocks import Document, Heading
from dashboard.evidence.contents import ROOM, has_contents, listed


def of_parts(parts: int, *within: str) -> Document:
    """A document of so many parts, the last an appendix, each with these headings in it."""
    blocks = [b for n in range(parts) for b in (Heading(f"Part {n}"), *(Heading(w.format(n=n), 2) for w in within))]
    return document(*blocks, appendix=f"Part {parts - 1}")


def texts(made: Document) -> Sequence[str]:
    return [heading.text for heading, there in zip(made.headings, listed(made), strict=True) if there]


def test_a_short_document_lists_two_levels():
    made = document(Heading("A"), Heading("B", 2), Heading("C", 3))
    assert texts(made) == ["A", "B"]


def test_where_there_is_no_room_headings_of_the_appendix_go_first():
    made = of_parts(11, "Own {n}", "Renters", "Owners")
    assert sum(listed(made)) == 41 <= ROOM
    assert texts(made)[-2:] == ["Owners", "Part 10"]


def test_then_headings_of_many_parts_and_then_all_but_the_parts():
    assert texts(of_parts(15, "Own {n}", "Renters", "Owners"))[:4] == ["Part 0", "Own 0", "Part 1", "Own 1"]
    assert texts(of_parts(30, "Own {n}", "Renters")) == [f"Part {n}" for n in range(30)]


def test_a_brief_and_a_document_of_two_headings_have_none():
    assert not has_contents(document(Heading("A"), Heading("B")))
    assert has_contents(document(Heading("A"), Heading("B"), Heading("C")))
    assert not has_contents(document(Heading("A"), Heading("B"), Heading("C"), brief=True))
