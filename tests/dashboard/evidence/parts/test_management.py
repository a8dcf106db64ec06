"""The management measures of a pack: both numbers, where from, what does not fit, what is missing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from small_material import keyed, said, small_material
from small_years import TODAY, surveys

from analysis.model import Audience
from dashboard.evidence.blocks import Note
from dashboard.evidence.parts.management import blocks, figures_of
from data.management import Entries

YEAR = "2025/26"
AT = datetime(2026, 5, 1, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def generation(tmp_path_factory):
    held = surveys(tmp_path_factory.mktemp("survey"), {"2025": ()})
    yield held
    held.close()


def rows_of(told):
    return {(row[0].split()[0], row[1]): row for row in keyed(told)["management-table"].table.rows}


def test_what_was_entered_stands_with_both_numbers_its_source_and_other_landlords(generation, tmp_path):
    Entries(tmp_path).enter(YEAR, "BS01", "combined", 9990, 10000, "Sam", AT)
    told = blocks(small_material(generation, tmp_path, clock=TODAY))
    row = rows_of(told)["BS01", "Renters and shared owners together"]
    others = keyed(told)["management-sector-table"].table.rows[0][3:5]
    assert row[2:] == ("99.9%", "9,990 of 10,000", *others)
    assert "BS01: entered by Sam on 2026-05-01." in said(told).splitlines()
    assert "BS01: 10 homes outstanding." in said(told).splitlines()
    beside = keyed(told)["management-sector-table"].table.rows
    assert [each[0] for each in beside] == ["BS01 Gas safety checks"], "only what there is a figure of our own for"
    assert beside[0][2] == "99.9%"


def test_what_is_missing_is_said_and_never_nought(generation, tmp_path):
    told = blocks(small_material(generation, tmp_path, clock=TODAY))
    table = keyed(told)["management-table"]
    assert len(table.table.file_rows) == 18 and not table.table.rows and not table.printed
    assert all(row[4] is None and row[9] == "neither entered nor counted" for row in table.table.file_rows)
    (missing,) = [text for text in said(told).splitlines() if text.startswith("Not told for 2025/26")]
    assert "RP01 Homes that do not meet the Decent Homes Standard; RP02_1" in missing and "How are we doing" in missing
    assert "management-sector-table" not in keyed(told)


def test_a_measure_that_only_one_tenure_group_lacks_says_which(generation, tmp_path):
    Entries(tmp_path).enter(YEAR, "CH02_2", "LCRA", 40, 42, "Sam", AT)
    told = said(blocks(small_material(generation, tmp_path, clock=TODAY)))
    assert "CH02_2 Stage two complaints answered in time (LCHO)" in told


def test_outside_nobody_is_told_where_to_enter_it(generation, tmp_path):
    told = said(blocks(small_material(generation, tmp_path, audience=Audience.PUBLIC, clock=TODAY))).splitlines()
    assert not any("How are we doing" in text for text in told)


def test_the_public_is_not_told_who_entered_a_value(generation, tmp_path):
    Entries(tmp_path).enter(YEAR, "BS01", "combined", 9990, 10000, "Sam Smith", AT)
    told = blocks(small_material(generation, tmp_path, audience=Audience.PUBLIC, clock=TODAY))
    assert "BS01: entered from the landlord's own records on 2026-05-01." in said(told).splitlines()
    assert not any("Sam" in str(cell) for b in keyed(told).values() for row in b.table.file_rows for cell in row)


def test_what_does_not_fit_is_a_note(generation, tmp_path):
    Entries(tmp_path).enter(YEAR, "BS01", "combined", 11000, 10000, "Sam", AT)
    told = blocks(small_material(generation, tmp_path, clock=TODAY))
    notes = [block.text for block in told if isinstance(block, Note)]
    assert "BS01: The numerator, 11,000, is larger than the denominator, 10,000." in notes


def test_a_year_that_is_not_over_says_so(generation, tmp_path):
    early = datetime(2025, 11, 29, 12, tzinfo=UTC)
    told = said(blocks(small_material(generation, tmp_path, clock=early))).splitlines()
    assert (
        "2025/26 ends on 31 March 2026: what is counted from files is of the year so far. Rates for every 1,000 homes "
        "are not scaled up, so they cannot be set against another landlord's of a whole year." in told
    )
    assert not any(
        "so far" in text for text in said(blocks(small_material(generation, tmp_path, clock=TODAY))).splitlines()
    )


def test_provisional_rules_are_marked(tmp_path):
    generation = surveys(tmp_path, {"2026": ()})
    notes = [
        block.text for block in blocks(small_material(generation, tmp_path, clock=TODAY)) if isinstance(block, Note)
    ]
    assert notes and notes[0].startswith("Provisional")
    generation.close()


def test_a_year_whose_rules_are_not_held_says_so(tmp_path):
    generation = surveys(tmp_path, {"2024": ("update waves set reporting_year = '2019/20'",)})
    told = said(blocks(small_material(generation, tmp_path, clock=TODAY))).splitlines()
    assert told == [
        "There is nothing to say here: the rules of 2019/20, by which these measures are counted, are not held."
    ]
    generation.close()


def test_the_figures_are_those_of_the_folder_and_the_day_of_the_pack(generation, tmp_path):
    other = tmp_path / "other"
    Entries(other).enter(YEAR, "BS01", "combined", 1, 2, "Sam", AT)
    assert {figure.numerator for figure in figures_of(small_material(generation, tmp_path, clock=TODAY))} == {None}
    assert 1 in {figure.numerator for figure in figures_of(small_material(generation, other, clock=TODAY))}


def test_the_rules_are_printed_in_full_packs_and_kept_beside_the_others(generation, tmp_path):
    full, short = (
        keyed(blocks(small_material(generation, tmp_path, kind, clock=TODAY))) for kind in ("regulator", "board")
    )
    assert full["management-rules-table"].printed and not short["management-rules-table"].printed
