"""What the words mean: the terms that the document uses, and no others."""

from __future__ import annotations

import pytest
from small_material import small_material
from small_records import generation_of

from dashboard.evidence.blocks import Heading, Note, Paragraph, Quote
from dashboard.evidence.parts.glossary import NONE_USED, after


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    generation = generation_of(tmp_path_factory.mktemp("glossary"), {})
    yield small_material(generation, tmp_path_factory.mktemp("home"))
    generation.close()


def test_the_terms_used_before_are_explained_in_the_order_of_the_alphabet(material):
    before = (Heading("Renters (LCRA)"), Paragraph("Stage one (CH01_1): withheld."), Note("Awaab's Law"))
    (block,) = after(material, before)
    assert [row[0] for row in block.table.rows] == [
        "Awaab's Law",
        "CH01",
        "Disclosure control",
        "LCRA",
        "Stage one and stage two",
    ]


def test_a_tenants_own_words_need_no_explaining(material):
    assert after(material, (Quote("A census of my complaint", "a tenant"),)) == (Paragraph(NONE_USED),)
