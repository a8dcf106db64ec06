"""A name of an estate nobody knows is shown with a match offered; a person decides, and may take it back."""

from __future__ import annotations

import pytest
from incoming_records import small_homes, small_records
from small_survey import small_incoming

from analysis.model import WHOLE_LANDLORD, Scope
from data.estates import Estates, nearest
from data.store import Store


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path, "real")


def names(found):
    return {each.name: each.offered for each in found}


def test_names_that_are_not_in_the_list_of_homes_are_offered_the_nearest_that_is(store, tmp_path):
    store.publish(small_incoming(answers=4, estates=("Lantern Moor", "Ash Court")))
    store.publish(small_homes())
    held = store.publish(small_records(hazards=[{"estate": "Far Away"}, {"estate": "lantern-moor"}]))
    found = Estates(tmp_path).unknown(held, WHOLE_LANDLORD)
    assert names(found) == {"Lantern Moor": "Lanternmoor", "Far Away": "", "lantern-moor": "Lanternmoor"}
    assert (dict(found[0].rows), found[0].score) == ({"survey": 2}, 1.0)


def test_without_a_list_of_homes_the_newest_wave_says_what_is_known(store, tmp_path):
    store.publish(small_incoming("2024", 4, ("Lantern Moor", "Ash Court")))
    newer = small_incoming("2025", 4, ("Lanternmoor", "Ash Court"), sha256="1" * 64)
    newer.connection.execute("update waves set fieldwork_to = date '2025-06-30'")
    assert names(Estates(tmp_path).unknown(store.publish(newer), WHOLE_LANDLORD)) == {"Lantern Moor": "Lanternmoor"}


def test_what_is_settled_is_offered_no_more_until_it_is_taken_back(store, tmp_path):
    estates = Estates(tmp_path)
    store.publish(small_homes())
    held = store.publish(small_records(hazards=[{"estate": name} for name in ("A", "B", "Own")]))
    estates.is_another("A", "C")
    estates.is_another("B", "C")
    estates.is_its_own("Own")
    held = store.remake("names of estates")
    assert [name for (name,) in held.rows("select estate from hazards order by estate_given")] == ["C", "C", "Own"]
    assert estates.unknown(held, WHOLE_LANDLORD) == ()
    assert estates.take_back("B") and not estates.take_back("B")
    assert names(estates.unknown(store.remake("names of estates"), WHOLE_LANDLORD)) == {"B": ""}


def test_a_scope_binds_the_names_shown(store, tmp_path):
    store.publish(small_homes())
    held = store.publish(small_records(hazards=[{"estate": "A"}, {"estate": "B"}]))
    assert names(Estates(tmp_path).unknown(held, Scope("a patch", ("B",)))) == {"B": ""}


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("St. Johns", "St John's"),
        ("Ash Crt", "Ash Court"),
        ("Oak Court", ""),
        ("Phase 12", "Phase 12 Estate"),
        ("Phase 1", ""),
        ("", ""),
    ],
)
def test_near_is_near_in_spelling_and_never_in_a_number(name, offered):
    assert nearest(name, ["St John's", "Ash Court", "Phase 12 Estate"])[0] == offered
