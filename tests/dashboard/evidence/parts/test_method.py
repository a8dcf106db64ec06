"""How figures are made: the screen's own sentences, house rules marked as ours, and each part's sums once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from small_material import said, small_material
from small_records import generation_of

from dashboard.charts.chart import Table
from dashboard.evidence.blocks import Heading, TableBlock
from dashboard.evidence.parts.method import after, blocks
from dashboard.how import How
from dashboard.words.method import DOCUMENTS, OF_SHARES, OF_SMALL_AREAS

METHODS = Path(__file__).parents[4] / "docs" / "method"


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    generation = generation_of(tmp_path_factory.mktemp("method"), {})
    yield small_material(generation, tmp_path_factory.mktemp("home"), "complaints")
    generation.close()


def figure(key, sums):
    made = How(("Something",), "Somebody", "Everybody", sums)
    return TableBlock(key, "A table", Table(("A",), (("1",),), ("a",), ((1,),)), ("Shown for: 2024",), how=made)


def test_the_sentences_are_those_of_the_screen(material):
    told = said(blocks(material))
    assert all(sentence in told for sentence in OF_SHARES)
    assert OF_SMALL_AREAS[0] not in told, "no part tells of places"


def test_house_rules_are_marked_as_ours_and_say_the_landlords_own_numbers(material):
    (rules,) = [line for line in said(blocks(material)).splitlines() if line.startswith("These are ours")]
    assert "fewer than 10 answers" in rules and "fewer than 20" in rules and "more than 10 points" in rules


def test_what_no_part_of_the_pack_uses_is_not_told(material, monkeypatch):
    of_comments, of_staff, of_contacts = "What read the comments", "A place or a team served by", "offered a complaint"
    for sections, there in (
        (("measures", "return", "method"), (False, False, False)),
        (("measures", "complaints", "method"), (True, False, True)),
        (("places", "spoken", "method"), (True, True, False)),
    ):
        monkeypatch.setattr(material, "asked", replace(material.asked, sections=sections))
        told = said(blocks(material))
        assert tuple(each in told for each in (of_comments, of_staff, of_contacts)) == there
        assert "fewer than 10 answers" in told, "the rules of every pack stay"


BEFORE = (
    Heading("Complaints"),
    figure("complaints-rates", "Counted. No margin."),
    figure("complaints-in-time", "Counted. Out of those made."),
    Heading("Requests"),
)


def test_where_each_figure_is_told_of_the_sums_are_not_told_again(material):
    heading, told = after(material, BEFORE)
    assert heading == Heading("Where more is told", 2)
    assert told.text.endswith("Why it is done so: docs/method/complaints.md of the program's documentation.")


def test_else_each_part_tells_its_sums_once_and_where_more_is_told(material, monkeypatch):
    alone = tuple(part for part in material.asked.sections if part != "lineage")
    monkeypatch.setattr(material, "asked", replace(material.asked, sections=alone))
    assert [block.text for block in after(material, BEFORE)] == [
        "Part by part",
        "Complaints",
        "Counted. No margin. Out of those made.",
        "Why it is done so: docs/method/complaints.md of the program's documentation.",
    ]
    assert after(material, ()) == ()


def test_the_documents_named_are_there():
    pages = {page for names in DOCUMENTS.values() for page in names}
    assert {page for page in pages if not (METHODS / f"{page}.md").is_file()} == set()
