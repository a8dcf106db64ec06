"""The data's quality: owners, faults, what does not join, rows left out, what is provisional; no value of a file."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from incoming_records import small_homes, small_records
from small_material import keys, said, small_material, table
from small_survey import small_incoming

from analysis.model import Audience
from dashboard.evidence.parts.quality import FILES_INSIDE, NO_HOMES, OWNERS_INSIDE, blocks
from data.owners import Owners
from data.store import Store

TAKEN = datetime(2026, 9, 5, 9, 0, tzinfo=UTC)
CLOCK = datetime(2026, 9, 20, 12, tzinfo=UTC)
REPAIRS = (
    {"reference": "r1", "raised": "2024-05-01", "home_ref": "P-77"},
    {"reference": "r2", "raised": "2024-05-01", "home_ref": "P-404"},
    {"reference": "r3", "raised": "2024-05-01", "tenancy_ref": "T-404"},
    {"reference": "r4", "raised": "2024-05-01"},
)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    Owners(home).change("repairs", "Ada Alder", "ada@example.org", "month", 10)
    return home


@pytest.fixture(scope="module")
def generation(tmp_path_factory):
    """A survey, five homes and four repairs of six rows, one with a date that cannot be read."""
    repairs = small_records(name="jobs.csv", sha256="c" * 64, repairs=REPAIRS)
    repairs.facts = {"rows_in": 6, "rows_kept": 4, "left_out": {"blank_row": 2}, "profile": "jobs", "holds": "repairs"}
    repairs.connection.execute(
        "insert into problems values (3, 'Raised', '31/02/26', 'bad_date', 'The date cannot be read.', 'Mend it.', "
        "'head of repairs', 'row')"
    )
    store = Store(tmp_path_factory.mktemp("quality"), "real")
    store.publish(small_incoming(), TAKEN).close()
    store.publish(small_homes(), TAKEN).close()
    held = store.publish(repairs, TAKEN)
    yield held
    held.close()


def test_each_file_has_its_owner_its_age_and_its_faults(generation, home):
    made = blocks(small_material(generation, home, clock=CLOCK))
    files = {row[0]: row for row in table(made, "quality-files")}
    assert files["Repairs"][1:4] == ("Ada Alder", "4", "5 September 2026")
    assert ("Repairs: jobs.csv", "The date cannot be read.", "1") in {row[:3] for row in table(made, "quality-faults")}
    assert "Not held, so nothing in this document rests on them: " in said(made)


def test_a_pack_in_full_says_what_to_do_about_a_fault_too(generation, home):
    made = blocks(small_material(generation, home, "regulator", audience=Audience.INTERNAL, clock=CLOCK))
    assert "The date cannot be read. Mend it." in {row[1] for row in table(made, "quality-faults")}
    assert all(block.printed for block in made if hasattr(block, "key"))


def test_what_to_do_about_a_fault_stays_inside(generation, home):
    made = blocks(small_material(generation, home, "regulator", audience=Audience.REGULATOR, clock=CLOCK))
    assert "The date cannot be read." in {row[1] for row in table(made, "quality-faults")}
    assert "Mend it." not in str(made)


def test_an_owners_address_and_a_files_value_stand_nowhere(generation, home):
    made = blocks(small_material(generation, home, clock=CLOCK))
    everything = str(made)
    assert "Ada Alder" in everything
    assert "ada@example.org" not in everything and "31/02/26" not in everything and "P-404" not in everything


def test_what_does_not_join_is_counted_and_rows_left_out_have_their_reason(generation, home):
    made = blocks(small_material(generation, home, clock=CLOCK))
    assert "Rows that name a home or tenancy we do not hold: Repairs 2." in said(made)
    rows = {row[0]: row for row in table(made, "quality-rows")}
    assert rows["jobs.csv"][3:] == ("6", "4", "the row is empty (2)")


def test_the_public_is_told_neither_owners_nor_names_of_files(generation, home):
    made = blocks(small_material(generation, home, audience=Audience.PUBLIC, clock=CLOCK))
    assert OWNERS_INSIDE in said(made) and FILES_INSIDE in said(made)
    assert "Ada Alder" not in str(made) and "jobs.csv" not in str(made)
    assert "quality-files" in keys(made)


def test_a_provisional_year_and_an_unconfirmed_law_are_known_issues(tmp_path):
    incoming = small_incoming()
    incoming.connection.execute("update waves set fieldwork_to = date '2026-06-30', reporting_year = '2026/27'")
    held = Store(tmp_path, "real").publish(incoming)
    told = said(blocks(small_material(held, tmp_path, clock=CLOCK)))
    held.close()
    assert "Provisional: the rules of 2025/26 carried forward." in told
    assert "Awaab's Law: Phase 2 is shown as expected" in told
    assert NO_HOMES in told
