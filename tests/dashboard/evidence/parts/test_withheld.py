"""What was withheld and why: one reason outside, cautions inside, quotes nobody approved, what tenants see first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from small_records import generation_of

from analysis.model import Audience
from dashboard import packs
from dashboard.evidence import together
from dashboard.evidence.blocks import TableBlock
from dashboard.evidence.material import Material
from dashboard.evidence.parts import withheld
from data.readings import Readings
from data.settings import Settings

CLOCK = datetime(2024, 11, 29, 12, tzinfo=UTC)
FEW = (
    "update responses set estate = 'Cedar Close' where respondent < 4",
    "update responses set TP01 = 1 + respondent % 5",
)


@pytest.fixture(scope="module")
def generation(tmp_path_factory):
    """Three renters of Cedar Close, and two estates of many."""
    generation = generation_of(tmp_path_factory.mktemp("withheld"), {}, *FEW)
    yield generation
    generation.close()


@pytest.fixture
def made(generation, tmp_path):
    def of(audience, by="estate", **settings):
        asked = packs.asked_for(generation, "regulator", CLOCK, audience=audience, sections=("withheld",))
        chosen = replace(Settings(tmp_path), **settings)
        material = Material(asked, generation, Readings(tmp_path / "read", "1"), chosen, tmp_path)
        together.settled(material, lambda: material.findings("LCRA", by, measures=("TP01",)))
        return material

    return of


def text_of(blocks):
    return " ".join(block.text for block in blocks if hasattr(block, "text"))


def test_outside_one_reason_stands_for_all_and_none_is_named(made):
    material = made(Audience.PUBLIC)
    blocks = withheld.blocks(material)
    reasons, table = [block for block in blocks if isinstance(block, TableBlock)]
    assert reasons.printed and not table.printed
    rows = [row for row in table.table.file_rows if row[0] == "Measures, by estate" and "give away" in row[5]]
    assert [(row[3], row[4]) for row in rows] == [(rows[0][3], 2)]  # Cedar Close, and one that keeps it company
    assert ("Renters (LCRA)", "2", "Measures: by estate 2.") in {row[1:] for row in reasons.table.rows}
    assert "Cedar Close" not in str(blocks)
    assert withheld.TOGETHER in text_of(blocks)


def test_inside_figures_are_counted_by_their_own_reasons_and_cautions(made):
    rows = withheld.withheld_of(made(Audience.INTERNAL))
    whys = {row["why"] for row in rows if row["figures"] == "Measures, by estate"}
    assert "fewer than 10 answers" in whys
    assert all(row["not_told"] <= row["asked_for"] for row in rows)


def test_where_nothing_is_withheld_it_says_so(made):
    assert withheld.NOTHING in text_of(withheld.blocks(made(Audience.INTERNAL, by=None, smallest_base=1)))


def test_answers_on_being_judged_that_wait_for_tenants_are_told_of(made):
    waiting = replace(Settings(CLOCK).stigma, tenants_see_results_first=date(2025, 1, 1))
    assert "held back until tenants have seen the results first" in text_of(
        withheld.blocks(made(Audience.REGULATOR, stigma=waiting))
    )


def test_the_public_is_told_that_special_categories_are_left_out(made):
    assert withheld.SPECIAL in text_of(withheld.blocks(made(Audience.PUBLIC)))
    assert withheld.SPECIAL not in text_of(withheld.blocks(made(Audience.REGULATOR)))
