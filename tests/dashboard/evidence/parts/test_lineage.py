"""How each figure was made: every one once, those made alike together, nothing told twice."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from small_records import generation_of

from analysis.model import Audience
from dashboard import packs
from dashboard.charts.chart import Table
from dashboard.evidence.blocks import Document, Heading, Paragraph, TableBlock
from dashboard.evidence.making import making
from dashboard.evidence.material import Material
from dashboard.evidence.pack import document_of
from dashboard.evidence.parts import lineage
from dashboard.evidence.sections import section
from dashboard.how import How
from data.readings import Readings
from data.settings import Settings

ENTRY = re.compile(r"((?:Figure|Table)[^(]*) \(([^)]+)\): ")
PLAIN = Table(("A",), (("1",),), ("a",), ((1,),))


class FakeMaterial:
    """Nothing but whether long tables are printed; no figure here stands on a file."""

    def __init__(self, full: bool) -> None:
        self.in_full = full


def figure(key, sums):
    return TableBlock(key, "A table", PLAIN, ("Held",), how=How(("Something.",), "Somebody", "Everybody", sums))


def told(*before, full=True):
    """The texts of the part that tells of the blocks before it."""
    return [block.text for block in lineage.after(FakeMaterial(full), before)]


CLOCK = datetime(2024, 11, 29, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def generation(tmp_path_factory):
    generation = generation_of(tmp_path_factory.mktemp("lineage"), {})
    yield generation
    generation.close()


@pytest.fixture
def document(generation, tmp_path):
    def of(audience=Audience.REGULATOR, sections=("measures", "places", "quality", "lineage")) -> Document:
        asked = packs.asked_for(generation, "regulator", CLOCK, audience=audience, sections=sections)
        made = Material(asked, generation, Readings(tmp_path / "read", "1"), Settings(tmp_path), tmp_path)
        return document_of(made, lambda how_far, doing: None)

    return of


def said(document):
    """The texts of the last part."""
    begun = max(n for n, block in enumerate(document.blocks) if isinstance(block, Heading) and block.level == 1)
    return [block.text for block in document.blocks[begun:] if isinstance(block, Paragraph | Heading)]


def entries(document):
    """Of each line of figures made alike, the names and the ids."""
    return [found.groups() for text in said(document) if (found := ENTRY.match(text))]


def test_every_printed_figure_stands_once_by_its_id_and_by_its_name(document):
    made = document()
    ids = [id_ for _, ids in entries(made) for id_ in ids.split(", ")]
    assert len(ids) == len(set(ids)) and sorted(ids) == sorted(block.key for block in made.keyed if block.printed)
    names = " ".join(names for names, _ in entries(made))
    assert "Table 1" in names and "Data" not in names


def test_figures_kept_as_data_are_counted_and_told_of_in_the_file_alone(document):
    made = document()
    n = sum(not block.printed for block in made.keyed)
    assert n and f"Kept as data alone and told of there only: {n} figure" in said(made)[1]
    rows = making(made).rows
    assert {row[0] for row in rows} == {block.key for block in made.keyed}


def test_a_question_is_worded_once_and_a_file_is_given_once_by_its_sum(document):
    texts = said(document())
    assert sum("Taking everything into account" in text for text in texts) == 1
    assert sum("small.csv, SHA-256 000000000000…" in text for text in texts) == 1


def test_what_holds_for_several_is_one_note_that_each_of_them_names():
    first, second = (figure("a-1", "Of homes. No margin."), figure("a-2", "Of people. No margin."))
    texts = told(Heading("A part"), first, second)
    assert "Table 1 (a-1): Worked out: Of homes. Note 1." in texts
    assert "Table 2 (a-2): Worked out: Of people. Note 1." in texts
    assert "Note 1. Counted: Something. Asked of: Somebody. Out of: Everybody. Worked out: No margin." in texts


def test_a_measure_that_a_printed_table_words_in_full_is_not_worded_again():
    how = How(("BS01 Gas safety: Homes checked ÷ homes.",), "Nobody", "Homes", "A sum")
    plain = Table(("What", "Of", "By"), (("BS01 Gas safety", "Homes checked", "homes"),), ("a", "b", "c"), ())
    texts = told(Heading("A part"), TableBlock("a-1", "Rules", plain, ("Held",), how=how))
    assert "BS01: in full in Table 1." in texts


def test_a_short_pack_tells_the_first_sentence_of_each_and_says_where_all_is():
    several = [figure(f"a-{n}", f"Sum {n}. More of it.") for n in range(20)]
    short = told(Heading("A part"), *several, full=False)
    assert lineage.IN_SHORT in short[0] and not any("More of it" in text for text in short)
    assert any("More of it" in text for text in told(Heading("A part"), *several))


def test_what_else_is_to_be_known_is_told_in_full_packs_only_and_not_as_left_out():
    several = [figure(f"a-{n}", f"Sum {n}.") for n in range(20)]
    several[0] = replace(several[0], how=replace(several[0].how, besides=("Rules are provisional.",)))
    assert any("Also to know: Rules are provisional." in text for text in told(Heading("A part"), *several))
    assert not any("provisional" in text for text in told(Heading("A part"), *several, full=False))


def test_the_public_is_not_given_the_names_of_files(document):
    texts = said(document(Audience.PUBLIC))
    assert not any("small.csv" in text for text in texts)
    assert any("SHA-256 000000000000…" in text for text in texts)


def test_a_document_without_figures_says_so(document):
    assert said(document(sections=("lineage",)))[-1] == lineage.NO_FIGURES


def test_a_figure_that_does_not_say_how_it_was_made_is_told_of():
    unsaid = TableBlock("a", "A table", PLAIN)
    assert f"Table 1 (a): {lineage.NOT_SAID}" in told(Heading("A part"), unsaid)


def test_it_comes_last_of_the_parts():
    assert section("lineage").after is lineage.after
