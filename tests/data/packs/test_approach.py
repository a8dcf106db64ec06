"""The summary of approach: its register, and what was said of it, kept by wave and taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from data.packs.approach import Approach, CannotSay, approach_item, approach_items, approach_note

WAVE, BEFORE = "Autumn 2025", "Autumn 2024"


@pytest.fixture
def approach(tmp_path):
    return Approach(tmp_path)


def test_the_register_has_the_eleven_items_in_order_and_says_the_list_is_to_be_checked():
    assert "".join(item.key for item in approach_items()) == "abcdefghijk"
    assert "checked against the regulator's text" in approach_note()
    assert all(item.asks and item.say and item.source for item in approach_items())
    assert {item.needs for item in approach_items()} == {"always", "unless", "may"}
    assert [item.key for item in approach_items() if not item.computed] == ["h", "j"]
    assert all(item.needs == "always" for item in approach_items() if not item.computed)


def test_the_last_said_is_in_use_and_can_be_taken_back(approach):
    approach.say(WAVE, "j", "A prize draw.", "Sam", datetime(2025, 11, 1, 9, tzinfo=UTC))
    approach.say(WAVE, "j", "A prize\n draw for £100.", " Bo ")
    assert (approach.of(WAVE)["j"].text, approach.of(WAVE)["j"].by) == ("A prize draw for £100.", "Bo")
    assert [said.by for said in approach.history(WAVE)] == ["Bo", "Sam"]
    assert approach.history(WAVE)[1].at == "2025-11-01T09:00:00+00:00"
    assert approach.undo(WAVE).by == "Bo"
    assert approach.of(WAVE)["j"].text == "A prize draw."
    approach.undo(WAVE)
    assert approach.of(WAVE) == {}
    with pytest.raises(CannotSay, match="nothing to take back"):
        approach.undo(WAVE)


def test_what_was_said_before_is_proposed_and_counts_only_once_it_is_said_again(approach):
    approach.say("Autumn 2023", "j", "Nothing.", "Sam")
    approach.say(BEFORE, "j", "A prize draw.", "Sam")
    approach.say(BEFORE, "h", "None.", "Sam")
    approach.say(WAVE, "h", "Two, both in hospital for long.", "Sam")
    found = approach.proposed(WAVE, ("Autumn 2023", BEFORE))
    assert {key: said.text for key, said in found.items()} == {"j": "A prize draw."}
    assert "j" not in approach.of(WAVE)


@pytest.mark.parametrize(
    ("texts", "by", "message"),
    [
        ({"j": "A prize draw."}, " ", "A name is needed"),
        ({"j": " "}, "Sam", "j, Incentives: nothing is written. Say what was offered"),
        ({"j": "x" * 2_001}, "Sam", "2,001 letters"),
        ({"g": "None.", "z": "None."}, "Sam", "There is no item 'z'. There are: a, b, c"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is(approach, texts, by, message):
    with pytest.raises(CannotSay, match=message):
        approach.say_all(WAVE, texts, by)
    assert approach.of(WAVE) == {}


def test_an_item_is_named_by_its_letter():
    assert approach_item(" J ").title == "Incentives"
