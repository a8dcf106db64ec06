"""How each figure was made: every one once, those made alike together, nothing told twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from small_records import generation_of

from analysis.model import Audience
from dashboard import packs
from dashboard.evidence.blocks import Document, Heading, Paragraph, TableBlock
from dashboard.evidence.material import Material
from dashboard.evidence.pack import document_of
from dashboard.evidence.parts import lineage
from dashboard.evidence.sections import section
from data.readings import Readings
from data.settings import Settings

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


def test_every_figure_stands_once_by_its_id_and_by_its_name(document):
    made = document()
    ids = [id_ for text in said(made) if text.startswith("In the manifest: ")
           for id_ in text.removeprefix("In the manifest: ").split(".")[0].split(", ")]  # fmt: skip
    assert len(ids) == len(set(ids)) and sorted(ids) == sorted(block.key for block in made.keyed)


def test_a_question_is_worded_once_and_a_file_is_given_by_its_sum(document):
    texts = said(document())
    assert sum("Taking everything into account" in text for text in texts) == 1
    assert any("small.csv, SHA-256 000000000000…" in text for text in texts)


def test_the_public_is_not_given_the_names_of_files(document):
    texts = said(document(Audience.PUBLIC))
    assert not any("small.csv" in text for text in texts)
    assert any("SHA-256 000000000000…" in text for text in texts)


def test_a_document_without_figures_says_so(document):
    assert said(document(sections=("lineage",)))[-1] == lineage.NO_FIGURES


def test_a_figure_that_does_not_say_how_it_was_made_is_told_of(document):
    table = next(block for block in document().blocks if isinstance(block, TableBlock))
    unsaid = TableBlock("a", "A table", table.table)
    blocks = lineage.after(None, (Heading("A part"), unsaid))
    assert blocks[-1].text == f"In the manifest: a. {lineage.NOT_SAID}"


def test_it_comes_last_of_the_parts():
    assert section("lineage").after is lineage.after
