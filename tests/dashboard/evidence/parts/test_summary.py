"""The pack in short: what is sure is named, what is not is counted, and what cannot be said is said."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from small_material import said, small_material
from small_records import generation_of, homes_on
from small_years import BY_METHOD, SHARED_OWNERS, TODAY, surveys

from dashboard import words
from dashboard.evidence.as_pdf import as_pdf
from dashboard.evidence.blocks import Document, Figure, Heading, TableBlock
from dashboard.evidence.parts.summary import blocks

MEASURED = "update responses set TP05 = 5, TP06 = case when respondent % 10 = 0 then 5 else 2 end"
MORE_SATISFIED = "update responses set TP01 = case when respondent % 20 = 0 then 1 else 5 end"
ONLINE = "update responses set method = 'internet' where respondent % 2 = 0"


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    generation = surveys(
        tmp_path_factory.mktemp("years"), {"2024": (MEASURED,), "2025": (MEASURED, MORE_SATISFIED)}, 400
    )
    yield small_material(generation, tmp_path_factory.mktemp("home"), clock=TODAY)
    generation.close()


def test_each_tenure_group_begins_with_overall_satisfaction_as_the_screen_has_it(material):
    found = material.findings("LCRA").headline["TP01"]
    assert blocks(material)[0] == Heading(f"Renters (LCRA): {words.headline(found, None)}", 2)
    assert words.headline(found, None).startswith("95% satisfied (")
    assert "From the answers of 400 tenants" in said(blocks(material))


def test_what_surely_moved_is_named_and_the_rest_counted(material):
    told = said(blocks(material))
    assert "Since 2024 surely moved: TP01 Overall satisfaction +20.0 points (" in told
    assert "Real change: 1 measure. Could be chance: 2 measures." in told


def test_the_highest_and_the_lowest_stand_with_range_and_base(material):
    found = material.findings("LCRA").headline
    told = said(blocks(material))
    assert f"Highest: TP05 Home is safe, {words.in_words(found['TP05'])}." in told
    assert f"Lowest: TP06 Listens and acts, {words.in_words(found['TP06'])}." in told


def test_what_cannot_be_said_names_what_nobody_entered_and_that_homes_are_not_known(material):
    told = said(blocks(material))
    assert "14 of the 14 management figures of 2025/26" in told
    assert "No list of homes is held" in told
    assert "What those think who did not answer." in told


def test_a_change_in_the_way_of_asking_is_among_what_cannot_be_said(tmp_path):
    generation = surveys(tmp_path, {"2024": (), "2025": (ONLINE, MORE_SATISFIED, BY_METHOD)}, 400)
    told = said(blocks(small_material(generation, tmp_path, clock=TODAY)))
    assert "since 2024: asked differently." in told and "No measure surely rose or fell since 2024." in told
    assert "Whether TP01 of renters (LCRA) rose or fell since 2024: people were asked in other ways." in told
    generation.close()


def test_homes_that_said_nothing_are_told_of_with_the_number_of_homes(tmp_path):
    homes = [*homes_on("Ash Court", 60), *homes_on("Beech Row", 60), *homes_on("Elm Rise", 30)]
    generation = generation_of(tmp_path, {"homes": [{**home, "row": n} for n, home in enumerate(homes)]})
    told = said(blocks(small_material(generation, tmp_path)))
    assert "27% (40 of 150) of the homes answered and speak for the other 110." in told
    assert "No answer from 1 estate with 30 homes" in told
    generation.close()


def test_a_measure_too_few_answered_is_told_with_the_reason(tmp_path):
    generation = generation_of(tmp_path, {}, "update responses set TP12 = case when respondent < 5 then 2 end")
    told = said(blocks(small_material(generation, tmp_path)))
    assert "What renters (LCRA) said on TP12: fewer than 10 answers." in told
    generation.close()


def test_overall_satisfaction_that_was_not_asked_does_not_stop_the_others(tmp_path):
    generation = generation_of(tmp_path, {}, "update responses set TP05 = TP01, TP01 = null")
    told = blocks(small_material(generation, tmp_path))
    assert told[0].text.startswith("Renters (LCRA)") and not any(isinstance(b, Figure | TableBlock) for b in told)
    assert "TP01" in said(told)
    generation.close()


def test_both_tenure_groups_are_one_page(tmp_path):
    halves = f"{SHARED_OWNERS} respondent > 200"
    generation = surveys(tmp_path, {"2024": (MEASURED, halves), "2025": (MEASURED, halves)}, 400)
    told = (Heading("In short"), *blocks(small_material(generation, tmp_path, clock=TODAY)))
    pages = PdfReader(io.BytesIO(as_pdf(Document("T", "", "A", TODAY, told)))).pages
    assert len(pages) == 3, "cover, contents, and the page itself"
    generation.close()


def test_of_one_estate_nothing_is_told_that_is_of_the_whole_landlord(tmp_path):
    generation = surveys(tmp_path, {"2025": (MEASURED,)}, 400)
    told = said(blocks(small_material(generation, tmp_path, estate="Ash Court", clock=TODAY)))
    assert "From the answers of 200 tenants" in told
    assert "margin" not in told and "landlords" not in told and "management figures" not in told
    generation.close()
