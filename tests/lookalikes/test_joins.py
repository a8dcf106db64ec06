"""The look-alike files together: every record finds its home, or is counted as finding none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lookalike_answers import TODAY, answers_to

from analysis.model import WHOLE_LANDLORD
from data.columns.mapping import mapping_of
from data.estates import Estates
from data.generation import Generation
from data.intake import take_in
from data.store import Store

LOADED = (
    ("08_homes_and_people.xlsx", "homes"),
    ("08_homes_and_people.xlsx", "people"),
    ("01_agency_workbook.xlsx", "survey"),
    ("02_issued_sample.csv", "sample"),
    ("04_complaints_export.xlsx", "complaints"),
    ("05_contacts_report.csv", "contacts"),
    ("06_dialler.csv", "contacts"),
    ("07_repairs.csv", "repairs"),
    ("09_damp_tracker.xlsx", "hazards"),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Store:
    return Store(tmp_path_factory.mktemp("store"), "real")


@pytest.fixture(scope="module")
def generation(files, store) -> Iterator[Generation]:
    """Everything published to one store, homes first."""
    for name, holds in LOADED:
        incoming = take_in(files.path(name), mapping_of(answers_to(name, holds)), holds=holds, today=TODAY)
        store.publish(incoming).close()
        incoming.close()
    held = store.current()
    assert held is not None
    yield held
    held.close()


def joined(generation: Generation, table: str, where: str = "true") -> dict[str, int]:
    return dict(generation.rows(f"select joined, count(*) from {table} where {where} group by 1"))


def test_padded_keys_join_exactly_lost_noughts_once_normalised_and_blocks_to_their_block(generation, files):
    planted = files.made["07_repairs.csv"].planted
    assert joined(generation, "repairs") == {
        "exact": planted["padded"],
        "normalised": planted["noughts_lost"],
        "block": planted["communal"],
        "none": planted["no_such_home"],
    }


def test_a_communal_job_has_its_block_and_estate_and_no_home(generation, files):
    found = generation.rows(
        "select count(*), count(home), count(block), count(estate) from repairs where joined = 'block'"
    )
    communal = files.made["07_repairs.csv"].planted["communal"]
    assert found == [(communal, 0, communal, communal)]


def test_tenancies_without_their_noughts_join_to_the_home_of_the_tenancy(generation):
    assert joined(generation, "sample") == {"tenancy": 280}
    assert joined(generation, "contacts", "campaign is not null") == {"tenancy": 200}


def test_contacts_join_by_their_place(generation):
    assert joined(generation, "contacts", "campaign is null") == {"exact": 200}


def test_complaints_join_to_their_home_and_bear_its_tenure(generation):
    assert joined(generation, "complaints") == {"exact": 72}
    assert generation.rows("select count(*) from complaints where tenure_group is null") == [(0,)]


def test_hazards_join_by_their_address_however_it_is_typed(generation):
    assert joined(generation, "hazards") == {"address": 33}


def test_a_request_not_to_be_contacted_is_kept_for_ever_and_holds_for_the_whole_tenancy(generation, files):
    planted = files.made["08_homes_and_people.xlsx"].planted
    found = generation.rows("select count(*) from people where do_not_contact")
    assert found == [(planted["of_their_tenancies"],)]
    kept = generation.rows("select count(distinct tenancy_key) from refusals where what = 'do not contact'")
    assert kept == [(planted["do_not_contact"],)]


def test_an_estate_spelt_another_way_is_offered_its_match_and_a_renamed_one_has_to_be_told(generation, store):
    found = {each.name: each.offered for each in Estates(store.folder).unknown(generation, WHOLE_LANDLORD)}
    assert found == {"Lanternmoor": "Lantern Moor", "Thimble Green": ""}


def test_a_match_that_was_said_is_remembered_for_answers_and_records(generation, store):
    estates = Estates(store.folder)
    estates.is_another("Lanternmoor", "Lantern Moor")
    estates.is_another("Thimble Green", "Bobbin Fields")
    matched = store.remake("estates matched")
    names = matched.rows("select distinct estate from responses where estate ilike '%moor' or estate like 'T%'")
    assert names == [("Lantern Moor",)]
    assert estates.unknown(matched, WHOLE_LANDLORD) == ()
    matched.close()
