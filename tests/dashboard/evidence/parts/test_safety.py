"""Hazards by severity and clock, what is open, what is only expected of the law, promises without names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_material import keys, said, small_material, table
from small_records import generation_of, homes_on

from analysis.model import Audience
from dashboard.evidence.parts.safety import NO_HAZARDS, NO_PROMISES, NO_REPAIRS, NOT_OF_A_PART, blocks


def hazard(number, severity, reported, group="LCRA", **more):
    return {
        "reference": f"H{number}", "severity": severity, "kind": "Damp", "reported": reported, "estate": "Ash Court",
        "tenure": "General needs", "tenure_group": group, **more,
    }  # fmt: skip


# Significant: seen in 2 working days and safe in 2 more; seen after 29 days and safe the same day; open and overdue by
# the tracker's own day. An emergency safe the next day. A leaseholder's, which the law is not about.
HAZARDS = (
    hazard(1, "significant", "2024-06-03", inspected="2024-06-05", made_safe="2024-06-07"),
    hazard(2, "significant", "2024-06-03", inspected="2024-07-02", made_safe="2024-07-02"),
    hazard(3, "significant", "2024-11-01", investigation_due="2024-11-15"),
    hazard(4, "emergency", "2024-06-03", inspected="2024-06-03", made_safe="2024-06-04"),
    hazard(5, "significant", "2024-06-03", "outside", inspected="2024-09-03", made_safe="2024-09-03"),
)
PROMISES = (
    {"reference": "C1", "complaint": "C1", "stage": 1, "made": "2024-05-01", "promise": "Mr Alder gets a new door",
     "promise_due": "2024-06-01", "tenure_group": "LCRA", "estate": "Ash Court"},
    {"reference": "C2", "complaint": "C2", "stage": 1, "made": "2024-05-01", "promise": "A call back",
     "promise_due": "2024-06-01", "promise_done": "2024-05-20", "tenure_group": "LCRA", "estate": "Ash Court"},
)  # fmt: skip


@pytest.fixture(scope="module")
def generation(tmp_path_factory):
    rows = {"hazards": HAZARDS, "complaints": PROMISES, "homes": homes_on("Ash Court", 40)}
    generation = generation_of(tmp_path_factory.mktemp("safety"), rows)
    yield generation
    generation.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


def test_hazards_are_counted_by_severity_and_their_clocks_are_of_renters_only(generation, home):
    made = blocks(small_material(generation, home))
    assert table(made, "safety-hazards") == (("Emergency", "0", "1"), ("Significant", "1", "3"))
    seen, safe = table(made, "safety-clocks")
    assert seen[1:] == ("3", "1", "1 of 3"), "one in time, one late, one still open after ten working days"
    # Emergency by the next day; 5 June + 5 working days; 2 July the same day; the open one's time is over.
    assert safe[1:] == ("4", "3", "3 of 4")
    assert "outside Awaab's Law" in said(made)


def test_what_is_open_is_as_of_the_day_of_the_pack_and_by_the_trackers_own_day(generation, home):
    made = blocks(small_material(generation, home))
    assert "Open on 29 November 2024\n1 hazard case is open: 1 significant." in said(made)
    assert table(made, "safety-open") == (("Significant", "1", "0", "1", "0", "28 days"),)


def test_a_phase_nobody_confirmed_is_marked_as_expected(generation, home):
    made = blocks(small_material(generation, home))
    assert [row[3] for row in table(made, "safety-law-phases")][:2] == ["In force", "Expected, not confirmed"]
    expected = "shown as expected on 30 November 2026 until somebody confirms the legislation"
    assert expected not in said(made), "the part on quality says so, once in a pack"
    alone = small_material(generation, home)
    alone.asked = replace(alone.asked, sections=("safety",))
    assert expected in said(blocks(alone))


def test_a_short_pack_prints_clocks_and_repairs_and_keeps_the_rest_as_data(generation, home):
    of_board, of_regulator = (
        {block.key: block.printed for block in blocks(small_material(generation, home, kind)) if hasattr(block, "key")}
        for kind in ("board", "regulator")
    )
    assert set(of_board) == set(of_regulator), "nothing is lost"
    assert of_board["safety-clocks"] and not of_board["safety-law-steps"] and all(of_regulator.values())


def test_promises_are_counted_and_nobodys_words_are_in_the_document(generation, home):
    made = blocks(small_material(generation, home))
    assert table(made, "safety-promises") == (("Overdue", "1"), ("Kept", "1"))
    everything = said(made) + str([table(made, key) for key in keys(made)])
    assert "Alder" not in everything and "door" not in everything


def test_outside_nothing_is_told_of_a_part_of_the_landlord(generation, home):
    made = blocks(small_material(generation, home, audience=Audience.REGULATOR, estate="Ash Court"))
    assert made[0].text == NOT_OF_A_PART
    assert keys(made) == ["safety-law-phases", "safety-law-steps"]


def test_without_records_it_says_so_rather_than_nought(tmp_path):
    generation = generation_of(tmp_path / "store", {})
    told = said(blocks(small_material(generation, tmp_path)))
    generation.close()
    assert all(sentence in told for sentence in (NO_HAZARDS, NO_REPAIRS, NO_PROMISES))
