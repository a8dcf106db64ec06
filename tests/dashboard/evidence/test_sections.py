"""Every part there is, in every pack and for every audience: says something, has its heading, tells how it was made."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from small_records import generation_of

from analysis.model import Audience
from dashboard import packs
from dashboard.evidence.blocks import Document, Figure, Heading, TableBlock
from dashboard.evidence.material import Material
from dashboard.evidence.sections import SECTIONS, Section
from data.packs import pack_kinds
from data.readings import Readings
from data.settings import Settings

CLOCK = datetime(2024, 11, 29, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def generation(tmp_path_factory):
    """A survey of 40 renters and nothing else: most parts have little to say."""
    generation = generation_of(tmp_path_factory.mktemp("sections"), {})
    yield generation
    generation.close()


@pytest.fixture(scope="module")
def material(generation, tmp_path_factory):
    def made(audience: Audience = Audience.INTERNAL, kind: str = "board") -> Material:
        home = tmp_path_factory.mktemp("home")
        asked = packs.asked_for(generation, kind, CLOCK, audience=audience)
        return Material(asked, generation, Readings(home / "readings", "1"), Settings(home), home)

    return made


def test_parts_are_named_once_and_belong_to_packs_there_are():
    assert len({section.key for section in SECTIONS}) == len(SECTIONS)
    assert {pack for section in SECTIONS for pack in section.packs} <= {kind.key for kind in pack_kinds()}


def test_a_part_that_gives_nothing_says_so(material):
    assert Section("empty", "Empty", lambda _: ()).of(material())[1].text == "There is nothing to say here: no figures."


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.key)
def test_a_part_begins_with_its_heading_and_tells_how_its_figures_were_made(section, audience, material):
    blocks = section.of(material(audience))
    assert blocks[0] == Heading(section.title) and len(blocks) > 1
    for block in blocks:
        if isinstance(block, Figure | TableBlock):
            assert block.about and block.how is not None and block.how.counted
            assert block.key.startswith(f"{section.key}-"), "a key begins with its part's"
    Document("T", "", "A", CLOCK, blocks)  # levels of headings, keys and tables are sound
