"""The landlord's name stands in sentences and questions wherever one is set."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_material import keyed, small_material
from small_years import TODAY, surveys

from dashboard.evidence.blocks import Paragraph
from dashboard.evidence.parts.measures import blocks
from dashboard.evidence.whose import NAME_NOT_SET, landlord_of, named_for
from data.settings import Settings


@pytest.fixture
def material(tmp_path):
    generation = surveys(tmp_path, {"2025": ()})
    yield small_material(generation, tmp_path, clock=TODAY)
    generation.close()


def test_questions_have_the_name_that_is_set(material):
    material.settings = replace(material.settings, landlord="Acorn Homes")
    told = keyed(named_for(blocks(material), material))["measures-lcra-shares"].how
    asked = " ".join(told.counted)
    assert "service provided by Acorn Homes?" in asked and "[landlord]" not in asked
    assert landlord_of(material) == "Acorn Homes"


def test_without_a_name_the_place_for_it_stays(material):
    asked = Paragraph("Has [landlord] carried out a repair?")
    assert material.settings == Settings(material.settings.home)
    assert named_for((asked,), material) == (asked,) and landlord_of(material) == NAME_NOT_SET
