"""The asset register: kept with a name as given, changed by one at a time, undone, and nobody named in it."""

from __future__ import annotations

import pytest

from data.assets import CHANGED, Assets, CannotKeep, Words, asset_kinds, kind_of
from data.corrections import CannotCorrect
from data.generation import NotHeld
from data.ledger import Ledger
from data.registers import strength_titles

ESTATES = ("Ash Court", "Beech Row")
HALL = Words("hall", "St Mary's hall", "Ash Court", "Room for sixty, with a kitchen")


@pytest.fixture
def register(tmp_path):
    return Assets(tmp_path)


def test_an_asset_is_kept_with_who_said_so_and_read_back(register):
    kept = register.add(HALL, " Jo  Bloggs ", ESTATES)
    assert (kept.words, kept.by) == (HALL, "Jo Bloggs")
    assert register.standing() == (kept,)


def test_the_ledger_holds_what_was_done_and_none_of_the_words(register, tmp_path):
    register.add(HALL, "Jo", ESTATES)
    (line,) = Ledger(tmp_path).entries()
    assert line.action == "add asset" and set(line.detail) == {"asset", "who", "digest"}
    assert "hall" not in str(line.detail)


def test_a_change_is_undone_step_by_step_until_it_was_never_there(register):
    kept = register.add(HALL, "Jo", ESTATES)
    other = Words("hall", "St Mary's hall", "", "Closed on Mondays")
    changed = register.change(kept.asset_id, other, "Bo", kept.digest, ESTATES)
    assert (changed.words, changed.by) == (other, "Bo")
    assert register.withdraw(kept.asset_id, "Bo").withdrawn == "it is gone" and not register.standing()
    assert register.undo(kept.asset_id, "Jo").words == other
    assert register.undo(kept.asset_id, "Jo").words == HALL
    assert register.undo(kept.asset_id, "Jo") is None and not register.every()
    assert len(register.history(kept.asset_id)) == 6
    with pytest.raises(NotHeld):
        register.undo(kept.asset_id, "Jo")


def test_who_read_older_words_does_not_write_over_newer_ones(register):
    kept = register.add(HALL, "Jo", ESTATES)
    register.change(kept.asset_id, Words("hall", "The hall", "Ash Court"), "Bo", kept.digest, ESTATES)
    with pytest.raises(CannotKeep, match=CHANGED):
        register.change(kept.asset_id, Words("hall", "My hall", "Ash Court"), "Jo", kept.digest, ESTATES)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (Words("dragon", "Lair", ""), "no kind 'dragon'"),
        (Words("hall", "  ", ""), "Name it"),
        (Words("hall", "Hall", "Elm Rise"), "no estate 'Elm Rise'"),
        (Words("group", "Choir, 07700 900123", ""), "personal detail"),
        (Words("group", "Choir", "", "Ask Mrs Joan Smith"), "personal detail"),
        (Words("group", "Choir", "", "Write to choir@example.com"), "personal detail"),
        (Words("group", "Choir", "", "la " * 200), "up to 400 letters"),
    ],
)
def test_what_will_not_do_is_refused_with_the_reason_and_not_kept(register, words, why):
    with pytest.raises(CannotKeep, match=why):
        register.add(words, "Jo", ESTATES)
    assert not register.every()


def test_a_name_is_needed(register):
    with pytest.raises(CannotCorrect):
        register.add(HALL, " ", ESTATES)


def test_the_same_name_on_the_same_estate_is_one_asset(register):
    register.add(HALL, "Jo", ESTATES)
    with pytest.raises(CannotKeep, match="in the register already"):
        register.add(Words("group", "ST MARY'S HALL", "Ash Court"), "Bo", ESTATES)
    register.add(Words("hall", "St Mary's hall", "Beech Row"), "Bo", ESTATES)
    assert [asset.words.estate for asset in register.standing()] == ["Ash Court", "Beech Row"]


def test_many_are_kept_all_or_none(register):
    with pytest.raises(CannotKeep):
        register.add_all([HALL, Words("dragon", "Lair", "")], "Jo", ESTATES)
    assert not register.every()
    assert register.add_all([HALL, Words("green", "The green", "")], "Jo", ESTATES) == 2


def test_every_kind_is_spelled_and_belongs_to_a_strength():
    for key, kind in asset_kinds().items():
        assert kind_of(kind.title.upper()) == key
        assert kind.strength in strength_titles()
