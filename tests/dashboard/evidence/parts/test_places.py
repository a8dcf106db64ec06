"""Results by place and group: withheld with the reason, apart only where it is sure, 600 estates and none left out."""

from __future__ import annotations

import pytest
from small_material import keyed, said, small_material
from small_years import SHARED_OWNERS, TODAY, surveys

from analysis.model import Audience
from dashboard.evidence.blocks import Document, Heading
from dashboard.evidence.parts.places import MOST_DRAWN_IN_SHORT, MOST_ROWS_IN_SHORT, blocks
from dashboard.words.evidence import with_base

THREE = ("Ash Court", "Beech Row", "Cedar Way")
SAD_ASH = "update responses set TP01 = case when estate = 'Ash Court' then 2 when respondent % 4 = 1 then 1 else 5 end"
FEW_ON_CEDAR = "delete from responses where estate = 'Cedar Way' and respondent > 12"
ALSO_SAFE = "update responses set TP05 = TP01"


@pytest.fixture(scope="module")
def generation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("places")
    held = surveys(folder, {"2024": (), "2025": (SAD_ASH, FEW_ON_CEDAR, ALSO_SAFE)}, 300, THREE)
    yield held
    held.close()


@pytest.fixture(scope="module")
def made(generation, tmp_path_factory):
    def of(kind: str, audience: Audience = Audience.INTERNAL, estate: str = ""):
        home = tmp_path_factory.mktemp("home")
        return small_material(generation, home, kind, audience, estate, clock=TODAY)

    return of


def test_the_groups_that_are_not_shown_are_named_with_the_reason(made):
    assert "Not shown, fewer than 10 answers: 1 group (Cedar Way)." in said(blocks(made("board")))


def test_a_place_that_stands_apart_is_told_with_its_gap_and_the_rest_are_in_the_table(made):
    material = made("board")
    told = blocks(material)
    assert "Ash Court: 0% satisfied, against" in said(told)
    rows = {row[0]: row for row in keyed(told)["places-lcra-estate-table"].table.rows}
    assert rows["Ash Court"][-1] == "real change" and set(rows) == {"Ash Court", "Beech Row"}
    kept = {row[0]: row for row in keyed(told)["places-lcra-estate-table"].table.file_rows}
    found = material.findings("LCRA", "estate").groups["TP01"]
    assert {e.group[0][1]: e.value for e in found} == {name: row[1] for name, row in kept.items()}
    assert kept["Cedar Way"][6] == "fewer than 10 answers"


def test_a_board_is_told_of_estates_and_otherwise_only_what_surely_stands_apart(made):
    board, regulator = keyed(blocks(made("board"))), keyed(blocks(made("regulator")))
    assert "places-lcra-estate-measures-1-table" in regulator and "places-lcra-estate-moved-table" in regulator
    assert not any("measures" in key or "moved" in key for key in board)
    apart, at_length = (told["places-lcra-apart-table"].table for told in (board, regulator))
    assert ("Estate: Ash Court", "TP01, TP05", "–") in apart.rows
    assert ("Estate: Ash Court", "TP05 Home is safe") in {row[:2] for row in at_length.rows}
    assert apart.file_rows == at_length.file_rows, "the file of either has every figure"


def test_an_estate_is_drawn_and_other_ways_are_a_table_in_full(made):
    full = keyed(blocks(made("regulator")))
    assert full["places-lcra-estate-drawn"].printed if "places-lcra-estate-drawn" in full else True
    printed = [key for key, block in full.items() if block.printed]
    assert printed and not any("moved" in key or "measures" in key for key in printed)
    short = keyed(blocks(made("board")))
    assert not short["places-lcra-estate-table"].printed and short["places-lcra-apart-table"].printed


def test_a_short_pack_draws_estates_only_where_one_surely_stands_apart(tmp_path):
    generation = surveys(tmp_path, {"2025": ()}, 300, THREE)
    for kind, printed in (("board", False), ("regulator", True)):
        told = keyed(blocks(small_material(generation, tmp_path, kind, clock=TODAY)))
        shown = [key for key, block in told.items() if key.startswith("places-lcra-estate") and block.printed]
        assert bool(shown) == printed and "places-lcra-estate-table" in told
    generation.close()


def test_of_many_groups_apart_a_short_pack_prints_those_that_stand_apart_on_most(made):
    table = keyed(blocks(made("board")))["places-lcra-apart-table"].table
    assert len(table.rows) <= MOST_ROWS_IN_SHORT and ("Estate: Ash Court", "TP01, TP05", "–") in table.rows


def test_every_measure_stands_side_by_side_with_base_range_and_whether_it_surely_differs(made):
    material = made("regulator")
    table = keyed(blocks(material))["places-lcra-estate-measures-1-table"].table
    ash = next(row for row in table.rows if row[0] == "Ash Court")
    found = next(e for e in material.findings("LCRA", "estate").groups["TP01"] if e.group[0][1] == "Ash Court")
    assert table.headings[1] == "TP01 Overall satisfaction"
    assert ash[1] == f"{with_base(found)}, surely lower"


def test_one_group_is_nothing_to_compare(made):
    told = said(blocks(made("regulator")))
    assert "Everybody is in one group here (North), so there is nothing to set beside it." in told


def test_outside_what_could_give_a_few_away_is_withheld_and_said(made):
    material = made("regulator", Audience.PUBLIC)
    told = blocks(material)
    found = material.findings("LCRA", "estate").groups["TP01"]
    assert any(each.withheld == "it could give away what a few people said" for each in found)
    assert "it could give away what a few people said" in said(told)
    cedar = [
        row
        for key, block in keyed(told).items()
        if "moved" not in key
        for row in block.table.file_rows
        if "Cedar Way" in row
    ]
    assert cedar and all(isinstance(cell, str | None) for row in cedar for cell in row), "not even how many answered"


def test_a_pack_of_one_estate_is_not_divided_by_estate(made):
    told = keyed(blocks(made("regulator", estate="Beech Row")))
    assert not any("-estate-" in key for key in told)


def test_a_special_category_is_never_a_way_of_dividing(tmp_path):
    special = "insert into dimensions values ('c_area2', 'Ethnicity', 'Ethnicity', true)"
    generation = surveys(tmp_path, {"2025": ("alter table responses add column c_area2 varchar", special)})
    assert "Ethnicity" not in said(blocks(small_material(generation, tmp_path, "regulator", clock=TODAY)))
    generation.close()


def test_without_any_way_of_dividing_people_that_is_said(tmp_path):
    generation = surveys(tmp_path, {"2025": ("delete from dimensions",)})
    told = said(blocks(small_material(generation, tmp_path, clock=TODAY)))
    assert told == "The survey holds no estate, tenure or other characteristic to divide people by."
    generation.close()


def test_tenure_groups_are_told_apart(tmp_path):
    generation = surveys(tmp_path, {"2025": (f"{SHARED_OWNERS} respondent > 200",)}, 300, THREE)
    told = keyed(blocks(small_material(generation, tmp_path, clock=TODAY)))
    renters, owners = (told[f"places-{group}-estate-table"].table.file_rows for group in ("lcra", "lcho"))
    assert sum(row[4] for row in renters) == 200 and sum(row[4] for row in owners) == 100
    generation.close()


def test_600_estates_are_all_in_the_table_and_the_chart_says_which_it_shows(tmp_path):
    estates = tuple(f"Estate {n:03d} with a name" for n in range(600))
    changes = (
        "update responses set TP01 = case when (respondent // 600) % 4 = 0 then 1 else 4 end",
        "update responses set TP01 = 1 where estate = 'Estate 599 with a name'",
        'update waves set "population_LCRA" = 90000',
        "update strata set population = 90000",
    )
    generation = surveys(tmp_path, {"2025": changes}, 600 * 32, estates)
    told = blocks(small_material(generation, tmp_path, clock=TODAY))
    figures = keyed(told)
    chart = figures["places-lcra-estate-drawn"].chart
    assert len(chart.labels) == MOST_DRAWN_IN_SHORT and "Estate 599 with a name" in chart.labels
    assert len(figures["places-lcra-estate-table"].table.rows) == 600
    assert "The chart shows 12 of 600 estates" in said(told)
    assert chart.table == figures["places-lcra-estate-drawn-table"].table, "its figures are kept whole"
    Document("T", "", "A", TODAY, (Heading("Places"), *told))
    generation.close()
