"""Complaints of the year: two totals, in time, never offered, and what is for the landlord to write."""

from __future__ import annotations

import pytest
from small_material import keys, said, small_material, table
from small_records import generation_of, homes_on

from analysis.model import Audience
from dashboard.evidence.parts.complaints import FOR_THE_REPORT, NOT_HELD, NOT_OF_A_PART, TOTAL_LEFT_OUT, blocks
from data.packs.complaint_report import complaint_report


def complaint(number, made, responded=None, group="LCRA", stage=1, **more):
    reference = f"{group}{stage}-{number}"
    return {
        "reference": reference, "complaint": reference, "stage": stage, "made": made, "acknowledged": made,
        "responded": responded, "refused": False, "withdrawn": False, "record_type": "complaint", "route": "normal",
        "category": "Repairs", "estate": "Ash Court", "tenure": "General needs", "tenure_group": group, **more,
    }  # fmt: skip


# 2024/25: twenty stage one of renters (12 in time, 8 late), one stage two; two of shared owners, three of leaseholders;
# one refused, one service request, and one of the year before.
COMPLAINTS = (
    *(complaint(n, "2024-05-01", "2024-05-10") for n in range(12)),
    *(complaint(n, "2024-06-03", "2024-08-30") for n in range(12, 20)),
    complaint(20, "2024-07-01", None, stage=2),
    *(complaint(n, "2024-05-01", "2024-05-10", "LCHO") for n in range(2)),
    *(complaint(n, "2024-05-01", "2024-05-10", "outside") for n in range(3)),
    complaint(90, "2024-05-01", refused=True),
    complaint(91, "2024-05-01", record_type="service request"),
    complaint(92, "2024-03-01", "2024-03-05"),
)
HOMES = (
    *homes_on("Ash Court", 400),
    *homes_on("Ash Court", 100, "LCHO"),
    *homes_on("Ash Court", 50, "outside"),
)


@pytest.fixture(scope="module")
def generation(tmp_path_factory):
    generation = generation_of(tmp_path_factory.mktemp("complaints"), {"complaints": COMPLAINTS, "homes": HOMES})
    yield generation
    generation.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


def test_the_published_measures_and_the_ombudsmans_total_stand_apart(generation, home):
    rows = table(blocks(small_material(generation, home)), "complaints-rates")
    # 20 of 400 renters' homes are 50.0 for every 1,000; 2 of 100 are 20.0; the year before is in none of them.
    assert rows[0][:5] == ("Renters (LCRA)", "Stage one (CH01_1)", "20", "400", "50.0")
    assert rows[2][:5] == ("Shared owners (LCHO)", "Stage one (CH01_1)", "2", "100", "20.0")
    assert rows[4][:3] == ("Leaseholders and others", "Stage one", "3")
    assert rows[-2][:5] == ("Every resident, leaseholders too", "Stage one", "25", "–", "–")
    assert rows[-1][:3] == ("Every resident, leaseholders too", "Stage two", "1")


@pytest.mark.parametrize("audience", [Audience.REGULATOR, Audience.PUBLIC])
def test_outside_a_handful_of_leaseholders_is_in_no_total_it_could_be_worked_out_from(generation, home, audience):
    made = blocks(small_material(generation, home, audience=audience))
    rates, timed = table(made, "complaints-rates"), table(made, "complaints-in-time")
    assert [(row[0], row[2], row[-1]) for row in (rates[2], rates[4], rates[-2])] == [
        ("Shared owners (LCHO)", "2", ""),  # a published measure
        ("Leaseholders and others", "–", "fewer than 10"),
        ("Every resident, leaseholders too", "–", "it could give away a few people"),
    ]
    assert [row[2:] for row in timed if row[0] == "Leaseholders and others"] == [
        ("–", "–", "–", "–", "fewer than 10 stage one complaints")
    ]
    assert TOTAL_LEFT_OUT in said(made) and TOTAL_LEFT_OUT not in said(blocks(small_material(generation, home)))


def test_in_time_is_out_of_those_made_and_counted_out_where_they_are_few(generation, home):
    rows = table(blocks(small_material(generation, home)), "complaints-in-time")
    assert rows[0][:4] == ("Renters (LCRA)", "Stage one (CH02_1)", "20", "12 of 20")
    assert rows[1][2:4] == ("1", "0 of 1")


def test_what_was_refused_is_told_and_not_counted(generation, home):
    assert "Recorded but not counted as complaints: 1 service requests, 1 refused." in said(
        blocks(small_material(generation, home))
    )


def test_a_year_that_is_not_over_says_its_rates_are_not_those_to_publish(generation, home):
    assert "1 April 2024 to 31 March 2025 is not over on 29 November 2024" in said(
        blocks(small_material(generation, home))
    )


def test_overdue_is_as_of_the_day_of_the_pack(generation, home):
    told = said(blocks(small_material(generation, home)))
    assert "Overdue on 29 November 2024\n1 complaint is overdue.\nOf those overdue: stage two 1." in told


def test_a_part_of_the_landlord_tells_nobody_outside_what_is_overdue(generation, home):
    told = said(blocks(small_material(generation, home, audience=Audience.REGULATOR, estate="Ash Court")))
    assert NOT_OF_A_PART in told and "overdue." not in told.replace(NOT_OF_A_PART, "")


def test_few_complaints_are_not_told_by_topic(generation, home):
    made = blocks(small_material(generation, home))
    assert "complaints-lcra-topics" in keys(made) and "complaints-lcho-topics" not in keys(made)
    assert "Shared owners (LCHO): not shown by topic or by month: fewer than 10." in said(made)


def test_the_annual_report_names_what_the_landlord_has_to_write(generation, home):
    made = blocks(small_material(generation, home, "complaints"))
    rows = table(made, "complaints-report")
    assert [(row[0], row[2]) for row in rows] == [(item.title, item.belongs) for item in complaint_report().items]
    assert complaint_report().note in said(made), "what is from memory says so"
    assert "complaints-report" not in keys(blocks(small_material(generation, home, "board")))


def test_the_annual_report_opens_with_whom_it_is_for_and_the_year_in_words(generation, home):
    told = said(blocks(small_material(generation, home, "complaints"))).splitlines()
    assert told[0] == FOR_THE_REPORT and "from 1 April 2024 to 31 March 2025" in told[1]
    short = told[told.index("The year in short") + 1]
    assert short.startswith(
        "Renters (LCRA). Stage one (CH01_1): 50.0 for every 1,000 homes (20 complaints, 400 homes)."
    )
    assert "12 of 20" in short, "in time stands beside how many"
    assert FOR_THE_REPORT not in said(blocks(small_material(generation, home, "board")))


def test_a_short_pack_prints_the_two_tables_and_keeps_the_rest_as_data(generation, home):
    of_board, of_regulator = (
        {block.key: block.printed for block in blocks(small_material(generation, home, kind)) if hasattr(block, "key")}
        for kind in ("board", "regulator")
    )
    assert set(of_board) == set(of_regulator), "nothing is lost"
    assert of_board["complaints-rates"] and of_board["complaints-in-time"]
    assert not of_board["complaints-lcra-months"] and all(of_regulator.values())


def test_what_was_set_aside_is_told_once(generation, home):
    assert "Set aside" not in said(blocks(small_material(generation, home)))


def test_without_complaints_there_is_no_nought_and_the_report_still_says_what_it_has_to_hold(tmp_path):
    generation = generation_of(tmp_path / "store", {})
    told = blocks(small_material(generation, tmp_path, "complaints"))
    generation.close()
    assert NOT_HELD in said(told) and keys(told) == ["complaints-report"]


def test_contacts_that_sound_dissatisfied_are_no_count_of_failures(generation, home):
    assert "No contacts of tenants with words are held for these days." in said(
        blocks(small_material(generation, home))
    )
