"""The regulator's return in documents and files: both numbers, rounded as asked, checked, and the same to the byte."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from small_material import small_material
from small_records import generation_of, homes_on

from analysis.model import Audience
from dashboard import packs
from dashboard.evidence.blocks import Heading, Note, Paragraph, TableBlock
from dashboard.evidence.material import Material
from dashboard.evidence.parts import regulator_return as part
from dashboard.evidence.returned import returned
from data.management import Entries
from data.packs.approach import Approach
from data.readings import Readings
from data.settings import Settings

CLOCK = datetime(2025, 11, 29, 12, tzinfo=UTC)
LISTED = [*homes_on("Ash Court", 100), *homes_on("Beech Row", 300)]
HOMES = [{**home, "row": n} for n, home in enumerate(LISTED)]


def material_of(generation, home, audience=Audience.INTERNAL):
    return small_material(generation, home, "regulator", audience, clock=CLOCK)


@pytest.fixture
def held(tmp_path):
    """40 answers of renters (30 satisfied) and a list of 400 homes."""
    generation = generation_of(tmp_path / "store", {"homes": HOMES})
    yield generation
    generation.close()


@pytest.fixture
def weighed(tmp_path):
    """The same with weights in the file: who is dissatisfied counts three times as much."""
    generation = generation_of(tmp_path / "store", {"homes": HOMES}, "update responses set weight = 3 where TP01 = 1")
    yield generation
    generation.close()


def said(blocks):
    return " ".join(block.text for block in blocks if isinstance(block, Paragraph | Note | Heading))


def table(blocks, key):
    return next(block.table for block in blocks if isinstance(block, TableBlock) and block.key == key)


def field(material, name, group="LCRA"):
    rows = returned(material).fields
    return next(row for row in rows if name in {place.name for place in row.field.places.values()})


def test_a_measure_is_told_with_both_numbers_and_one_decimal(held, tmp_path):
    rows = {row[0]: row for row in table(part.blocks(material_of(held, tmp_path)), "return-lcra-measures").rows}
    assert rows["TP01 Overall satisfaction"] == ("TP01 Overall satisfaction", "30", "40", "75.0%", "40")


def test_a_weighted_survey_is_returned_by_weighted_counts_that_add_up_to_the_answers(weighed, tmp_path):
    """30 at weight 1 and 10 at weight 3, scaled to 40 answers: 20 of 40, by hand. Unweighted 30 of 40."""
    material = material_of(weighed, tmp_path)
    share = field(material, "TP01_Satisfied_Calc_LCRA")
    assert (share.value, share.numerator, share.denominator) == (50.0, pytest.approx(20), pytest.approx(40))
    assert field(material, "TP01_FS_LCRA").value == 20.0 and field(material, "TP01_VD_LCRA").value == 20.0
    assert (
        field(material, "Unweighted_TP01_FS_a").value == 30
        and field(material, "Unweighted_Prop_Satisfied_a").value == 75.0
    )
    assert field(material, "Weighting_used_a").value == "Yes"
    assert "does not say by what" in field(material, "Weighting_characteristic1_a").note
    Approach(tmp_path).say(material.asked.wave, "f", "By age and stock type.", "Sam")
    told = field(material_of(weighed, tmp_path), "Weighting_characteristic1_a")
    assert told.note == "as said under item f of the summary of approach: By age and stock type."


def test_a_survey_without_weights_says_so_and_leaves_their_fields_empty(held, tmp_path):
    material = material_of(held, tmp_path)
    assert field(material, "Weighting_used_a").value == "No" and field(material, "TP01_FS_LCRA").value == 30
    assert field(material, "Unweighted_TP01_FS_a").value is None
    assert field(material, "Responses_Telephone_a").value == 40 and field(material, "Responses_Postal_a").value == 0
    assert field(material, "Census_or_Sample_a").value == "Sample"


def test_what_is_not_held_is_for_a_person_and_never_guessed(held, tmp_path):
    material = material_of(held, tmp_path)
    assert (
        field(material, "TP05_Satisfied_Calc_LCRA").value is None and field(material, "TP05_Satisfied_Calc_LCRA").note
    )
    assert "summary of approach, h." in field(material, "Excluded_tens_a").note
    blocks = part.blocks(material)
    assert "Numbers that nobody has given yet: BS01, BS02" in said(blocks)
    assert "check against the portal" in said(blocks)


def repair(number, priority="routine", group="LCRA", raised=date(2024, 5, 1), done=date(2024, 5, 9), **more):
    return {"reference": f"R{number}{priority}{group}{raised}", "raised": raised, "completed": done, "due": None,
            "priority": priority, "tenure_group": group, "cancelled": False, **more}  # fmt: skip


def test_responsive_repairs_are_counted_from_the_repairs_held(tmp_path):
    """Of renters 3 routine and 2 emergency raised, 1 cancelled and 1 open; 1 of the year before done in it."""
    rows = [
        *(repair(n) for n in range(2)), repair(3, done=None), repair(4, "emergency"),
        repair(5, "emergency", done=None, cancelled=True), repair(6, "planned"), repair(7, group="LCHO"),
        repair(8, priority=None), repair(9, raised=date(2024, 3, 20), done=date(2024, 4, 2)),
    ]  # fmt: skip
    generation = generation_of(tmp_path / "store", {"homes": HOMES, "repairs": rows})
    material = material_of(generation, tmp_path)
    assert field(material, "Repairs_Raised", "combined").value == 5
    assert field(material, "Repairs_Calculated_Value", "combined").value == 4
    told = said(part.blocks(material))
    generation.close()
    assert (
        "Responsive repairs raised in the year: 5; Responsive repairs completed in the year: 4. From the repairs"
        in told
    )
    assert "closed for another reason" in told.partition("no file that is held says them")[2]
    assert "raised" not in told.partition("no file that is held says them")[2]


def test_without_repairs_held_how_many_there_were_is_for_the_landlord_to_say(held, tmp_path):
    told = said(part.blocks(material_of(held, tmp_path))).partition("no file that is held says them")[2]
    assert "Responsive repairs raised in the year" in told


def test_entries_of_the_records_are_told_and_checked(held, tmp_path):
    entries = Entries(tmp_path)
    entries.enter("2024/25", "BS01", "combined", 390, 400, "Sam Ode")
    entries.enter("2024/25", "BS02", "combined", 401, 400, "Sam Ode")
    blocks = part.blocks(material_of(held, tmp_path))
    rows = {row[0]: row for row in table(blocks, "return-records").rows}
    assert rows["BS01 Gas safety checks"][2:] == ("390", "400", "97.5%")
    failing = {row[0]: row for row in table(blocks, "return-not-passed").rows}
    assert "BS02" in failing["The numerator is not above the denominator"][2]
    assert failing["The sample is as large as the regulator requires"][2] == "196 required, 40 achieved"
    assert "Sam Ode" in said(blocks)
    assert "Sam Ode" not in said(part.blocks(material_of(held, tmp_path, Audience.PUBLIC)))


def test_remedies_are_for_the_landlords_own_people(held, tmp_path):
    remedy = "Collect more answers"
    inside, regulator, public = (
        table(part.blocks(material_of(held, tmp_path, audience)), "return-not-passed")
        for audience in (Audience.INTERNAL, Audience.REGULATOR, Audience.PUBLIC)
    )
    assert any(row[3].startswith(remedy) for row in inside.rows)
    assert regulator.rows == public.rows == tuple(row[:3] for row in inside.rows)
    kept = [
        part._every_check(returned(material), material.asked.audience)
        for material in (material_of(held, tmp_path, Audience.REGULATOR), material_of(held, tmp_path, Audience.PUBLIC))
    ]
    assert not any(remedy in str(row) for block in kept for row in block.table.rows)
    assert "Passed" in {row[0] for row in kept[0].table.rows}
    assert kept[1].table.rows == public.rows, "the public is told what is missing or doubtful, not what was looked at"
    assert "checks were made" not in said(part.blocks(material_of(held, tmp_path, Audience.PUBLIC)))


def test_the_public_is_not_told_to_check_or_to_fill_in(held, tmp_path):
    inside, public = (
        said(part.blocks(material_of(held, tmp_path, each))) for each in (Audience.INTERNAL, Audience.PUBLIC)
    )
    for told in ("check against the portal", "For the landlord to fill in"):
        assert told in inside and told not in public
    assert "as they are prepared for the regulator" in public


def test_a_year_that_is_not_over_and_rules_that_are_provisional_are_marked(tmp_path):
    generation = generation_of(
        tmp_path / "store",
        {},
        "update waves set fieldwork_from = date '2026-05-01', fieldwork_to = date '2026-06-30', "
        "reporting_year = '2026/27'",
    )
    try:
        asked = packs.asked_for(generation, "regulator", datetime(2026, 11, 29, 12, tzinfo=UTC))
        material = Material(asked, generation, Readings(tmp_path / "r", "1"), Settings(tmp_path), tmp_path)
        notes = " ".join(block.text for block in part.blocks(material) if isinstance(block, Note))
        assert "The year is not over: 2026/27 runs until 31 March 2027" in notes and "Provisional" in notes
    finally:
        generation.close()


def test_the_files_are_a_workbook_and_a_csv_the_same_to_the_byte(held, tmp_path):
    material = material_of(held, tmp_path)
    made, again = part.files(material), part.files(material_of(held, tmp_path))
    assert list(made) == ["return/return.xlsx", "return/return.csv"] and dict(made) == dict(again)
    rows = list(csv.reader(io.StringIO(made["return/return.csv"].decode("utf-8-sig"))))
    assert rows[0][:6] == ["number", "part", "whose", "field", "name in the return", "data point"]
    by_name = {row[4]: row for row in rows if len(row) > 4}
    assert by_name["TP01_Satisfied_Calc_LCRA"][7:12] == ["75.0", "%", "30.0", "40.0", "75.0"]
    assert by_name["TP01_Satisfied_Calc_LCRA"][5] == "DP_TSML201"
    assert made["return/return.xlsx"][:2] == b"PK"


def test_the_return_is_of_the_whole_landlord_whatever_a_pack_is_narrowed_to(held, tmp_path):
    asked = packs.asked_for(held, "regulator", CLOCK, estate="Ash Court")
    material = Material(asked, held, Readings(tmp_path / "r", "1"), Settings(tmp_path), tmp_path)
    assert field(material, "TP01_Satisfied_Calc_LCRA").denominator == 40
