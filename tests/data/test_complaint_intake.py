"""Stages of complaints, and contacts without a reference, as they come out of real files."""

from __future__ import annotations

from datetime import date

from incoming_records import small_records
from record_files import listed, table, taken, write_csv
from small_survey import small_incoming

from analysis.model import WHOLE_LANDLORD, Scope
from data.columns.mapping import mapping_of
from data.hearing import staff_of_estates
from data.intake import take_in
from data.records import special_counts
from data.store import Store

TODAY = date(2026, 11, 25)


def test_a_first_stage_that_names_a_related_case_is_a_complaint_of_its_own(tmp_path):
    rows = [
        ("Case Number", "Related case", "Stage", "Date Received", "Acknowledged", "Property Ref"),
        ("C1", "", "Stage 1", "13/05/2026", "14/05/2026", "P1"),
        ("C2", "C1", "Stage 1", "15/06/2026", "16/06/2026", "P1"),
        ("C3", "C1", "Stage 2", "17/06/2026", "18/06/2026", "P1"),
    ]
    assert table(taken(tmp_path, "complaints", rows), "reference, complaint, stage") == [
        ("C1", "C1", 1), ("C2", "C2", 1), ("C3", "C1", 2),
    ]  # fmt: skip


def test_a_second_stage_answered_without_a_day_on_which_it_was_asked_for_is_listed(tmp_path):
    headings = ("Ref", "Date received", "Stage 1 acknowledged", "Stage 1 responded", "Stage 2 received",
                "Stage 2 acknowledged", "Stage 2 responded", "Property Ref")  # fmt: skip
    rows = [
        headings,
        ("W1", "13/05/2026", "14/05/2026", "20/05/2026", "", "15/06/2026", "13/07/2026", "P1"),
        ("W2", "13/05/2026", "14/05/2026", "20/05/2026", "14/06/2026", "15/06/2026", "13/07/2026", "P2"),
    ]
    assert listed(taken(tmp_path, "complaints", rows)) == [(2, "Stage 2 responded", "", "stage_2_without_day")]
    without = [[cell for at, cell in enumerate(row) if at != 4] for row in rows]
    assert [line[3] for line in listed(taken(tmp_path, "complaints", without))] == ["stage_2_without_day"] * 2


def test_contacts_without_a_reference_that_stand_in_two_exports_count_once(tmp_path):
    headings = ("Contact Date", "Contact Method", "Property Ref", "Notes")
    every = [(f"{n}/05/2026", "Phone", f"P{n}", f"said {n}") for n in range(13, 29)]
    store = Store(tmp_path / "store", "real")
    for name, rows in (("april.csv", every[:10]), ("may.csv", [*every[5:], every[15]])):
        path = write_csv(tmp_path, [headings, *rows], name)
        held = store.publish(take_in(path, mapping_of({}), holds="contacts", today=TODAY))
    # Sixteen of them, and one that stands twice in one file: two calls alike on one day.
    assert held.held_rows()["contacts"] == 17


def test_of_a_team_too_small_to_be_kept_the_estate_is_known_to_be_served_by_few(tmp_path):
    rows = [
        ("Team", "Estate", "Officers", "Vacancies"),
        *((f"Team {name}", f"{name} Court", "7", "1") for name in ("Ash", "Beech", "Cedar", "Elm")),
        ("Dave and Jo", "Fir Court", "2", "0"),
        ("Dave and Jo", "Ash Court", "2", "0"),
    ]
    incoming = taken(tmp_path, "teams", rows)
    assert table(incoming, "team, officers, vacancies", order="row nulls last")[4:] == [(None, None, None)] * 2
    held = Store(tmp_path / "store", "real").publish(incoming)
    assert staff_of_estates(held, Scope("two", ("Ash Court", "Fir Court"))) == {"Ash Court": 7, "Fir Court": 0}
    assert staff_of_estates(held, Scope("nobody")) == {}


def test_two_small_groups_of_a_special_category_are_not_given_away_by_what_is_left(tmp_path):
    # 60, 40, 4 and 3 people: the last two are seven together, so the 40 are hidden with them.
    levels = ["a"] * 60 + ["b"] * 40 + ["c"] * 4 + ["d"] * 3
    people = [{"reference": f"p{n}", "tenancy_ref": f"T{n}", "c_faith": level} for n, level in enumerate(levels)]
    held = Store(tmp_path / "store", "real").publish(small_records(people=people))
    found = special_counts(held, "c_faith", WHOLE_LANDLORD, TODAY)
    assert found["level"][found["people"].notna()].tolist() == ["a"]


def test_one_household_answering_in_two_quarters_counts_once_though_its_reference_is_padded(tmp_path):
    store = Store(tmp_path / "store", "real")
    store.publish(small_records(homes=[{"home": "123", "estate": "Ash Court", "tenure_group": "LCRA"}]))
    for number, (name, household, months) in enumerate((("A", "000123", 0), ("B", "123", 60)), start=3):
        incoming = small_incoming(wave=name, sha256=str(number) * 64)
        incoming.connection.execute(
            f"update responses set household = case when respondent = 1 then '{household}' end, may_attribute = true, "
            f"date = date '2026-04-15' + {months}"
        )
        held = store.publish(incoming)
    assert held.household_repeats("April to June 2026 (Q1 2026/27)") == 1
