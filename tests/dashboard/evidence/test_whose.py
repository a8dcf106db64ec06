"""The landlord's name stands in sentences and questions wherever one is set."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_material import keyed, small_material
from small_years import TODAY, surveys

from analysis.model import Audience
from dashboard.charts.chart import Table
from dashboard.evidence.blocks import Note, Paragraph, TableBlock
from dashboard.evidence.parts.measures import blocks
from dashboard.evidence.whose import NAME_NOT_SET, landlord_of, named_for
from dashboard.how import How
from dashboard.words.complaints import STAGE_TWO
from dashboard.words.method import more_in
from data.packs.complaint_report import complaint_report
from data.packs.returned import return_rules
from data.registers import provisional_note
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


@pytest.mark.parametrize("audience", [Audience.REGULATOR, Audience.PUBLIC])
def test_a_note_to_staff_leaves_the_house_as_the_fact_it_stands_for(material, audience):
    report, rules = complaint_report().note, provisional_note("2026/27")
    how = How(("Asked",), "Tenants", "Answers", "Counted.", (rules,))
    table = TableBlock("a-table", "A table", Table(("A",), (("1",),), ("a",), ((1,),)), (return_rules().note,), how=how)
    told = (Note(rules), Paragraph(STAGE_TWO), Note(report), Paragraph(more_in("complaints")), table)
    assert named_for(told, material) == told, "inside as it is"
    material.asked = replace(material.asked, audience=audience)
    outside = named_for(told, material)
    assert len(outside) == 4, "a page of the program's documentation is named inside only"
    assert str(outside).count("Provisional: ") == 4, "the fact is told"
    for staff in ("Check before", "check it", "check against", "from memory", "docs/method"):
        assert staff in str(told) and staff not in str(outside)
