"""References to homes give a survey estates and bands at intake; then they go, unless the tenant said otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.columns.mapping import mapping_of
from data.generation import Generation
from data.intake import take_in
from data.store import Store

HOMES = """prop_ref,Estate,Tenure Type,Property Type
H1,Ash Court,General needs,Flat
H2,Ash Court,General needs,House
H3,Elm Row,General needs,House
"""
SURVEY = """URN,Property Ref,InterviewDate,Attributable Y/N,TP01
1,H1,2025-05-06,No,Very satisfied
2,H2,2025-05-07,Yes,Fairly satisfied
3,H3,2025-05-08,No,Very dissatisfied
4,h1 ,2025-05-09,No,Fairly satisfied
5,H9,2025-05-10,No,Fairly satisfied
"""
ANSWERS = {"values": {"tenure": {"(blank)": "General needs"}}, "wave": {"name": "Spring 2025"}}


@pytest.fixture(scope="module")
def generation(tmp_path_factory) -> Iterator[Generation]:
    folder = tmp_path_factory.mktemp("attribution")
    store = Store(folder / "landlord", "real")
    homes, survey = folder / "homes.csv", folder / "survey.csv"
    homes.write_text(HOMES, encoding="utf-8")
    survey.write_text(SURVEY, encoding="utf-8")
    _publish(store, homes, "homes")
    held = _publish(store, survey, "survey")
    yield held
    held.close()


def _publish(store: Store, file: Path, holds: str) -> Generation:
    held = store.current_name()
    mapping = mapping_of(ANSWERS if holds == "survey" else {})
    incoming = take_in(file, mapping, holds=holds, generation=store.generations_folder / held if held else None)
    try:
        return store.publish(incoming)
    finally:
        incoming.close()


def test_the_estate_is_known_of_those_who_may_not_be_attributed(generation):
    found = dict(generation.rows("select row, estate::varchar from responses order by row"))
    assert found == {2: "Ash Court", 3: "Ash Court", 4: "Elm Row", 5: "Ash Court", 6: None}


def test_their_reference_is_kept_nowhere(generation):
    assert generation.rows("select row, household from responses where household is not null") == [(3, "H2")]


def test_the_property_type_becomes_a_way_to_divide(generation):
    assert generation.dimension("c_property_type").label == "Property type"
    found = dict(generation.rows("select row, c_property_type::varchar from responses order by row"))
    assert found == {2: "Flat", 3: "House", 4: "House", 5: "Flat", 6: None}


def test_a_second_answer_of_one_home_does_not_count_though_its_reference_is_spelled_otherwise(generation):
    assert generation.rows("select row from responses where not counts") == [(5,)]


def test_the_file_says_how_many_references_were_found(generation):
    notes = next(file for file in generation.files() if file.holds == "survey").facts["notes"]
    assert "Of 5 references to a home or tenancy, 4 are in the list of homes held." in notes
