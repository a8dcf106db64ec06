from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.model import Mention
from analysis.text.clauses import clauses
from analysis.text.cues import cues
from analysis.text.deciding import strengths_of
from analysis.text.reading import read, sensitivities, text_key


def test_the_key_is_the_store_s_own():
    # select md5('Why?' || chr(31) || 'damp') in DuckDB
    assert text_key("Why?", "damp") == "a9aa48095ad3b5ee7c350cbb96a7c67f"


@pytest.mark.parametrize(
    "text, kind",
    [
        ("my asthma is worse", "health"),
        ("Im in a wheelchair", "disability"),
        ("since Ramadan", "religion"),
        ("because we are Somali", "ethnicity"),
        ("he shouted homophobic names", "sexuality"),
        ("next door is dealing", "accusation"),
        ("my ex has an injunction", "harm"),
    ],
)
def test_special_category_data_and_accusations_are_flagged(language, text, kind):
    assert kind in sensitivities(clauses(text), language.sensitive)
    assert read(text, "", language).sensitive


@pytest.mark.parametrize("text", ["Cut the grass more often", "Boiler is old and the windows rattle", "Very satisfied"])
def test_an_ordinary_comment_is_not_flagged(language, text):
    assert not read(text, "", language).sensitive


def test_a_complaint_of_nuisance_accuses_somebody(language):
    assert read("loud music until 4 every night from upstairs", "", language).sensitive


def test_a_reading_travels_between_processes(language):
    reading = read("Sandra fixed the lift", "", language)
    assert pickle.loads(pickle.dumps(reading)) == reading


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_whatever_is_written_is_read(language, text):
    reading = read(text, "Why?", language)
    assert reading.tone.label in ("positive", "negative", "mixed", "neutral")
    assert len({mention.topic for mention in reading.mentions}) == len(reading.mentions)


def test_a_hundred_thousand_letters_are_read(language):
    assert read("mould " * 17_000, "", language).tone.label == "negative"


GRUMBLE = "The fence at the front has been down since spring and nobody has told me when it will be put back. " * 12


@pytest.mark.parametrize(
    "sentence, kind",
    [("There is a strong smell of gas in the kitchen.", "gas_co"), ("The carbon monoxide alarm is going.", "gas_co")],
)
def test_an_emergency_is_not_lost_in_a_long_comment(language, sentence, kind):
    danger = read(GRUMBLE + sentence, "", language).danger
    assert danger and kind in danger.kinds and danger.severity == "emergency"


def test_health_far_down_a_letter_keeps_it_in_the_team(language):
    letter = GRUMBLE * 5 + "I have asthma."
    assert len(letter) > 4_100 and read(letter, "", language).flags == ("health",)


@pytest.mark.parametrize(
    "text, kind",
    [
        ("No rush at all, but the fuse box hums and is warm to touch", "electrical"),
        ("Sparks", "electrical"),
        ("ceiling came down in lounge", "structural"),
        ("Lovely office. Small thing: I can smell gas by the meter of an evening", "gas_co"),
    ],
)
def test_an_emergency_told_calmly_or_in_a_word_is_one(language, text, kind):
    danger = read(text, "", language).danger
    assert danger and kind in danger.kinds and danger.severity == "emergency"


@pytest.mark.parametrize("text", ["Boiler", "Lift!!!", "door"])
def test_a_word_that_only_names_a_thing_tells_of_no_danger(language, text):
    assert read(text, "", language).danger is None


def test_mould_is_acted_on_and_no_emergency(language):
    danger = read("black mould all over the bedroom wall again", "", language).danger
    assert danger and danger.severity == "significant"


@pytest.mark.parametrize(
    "text, kind",
    [
        ("no breakdown of the service charge", "health"),
        ("I am sick of waiting", "health"),
        ("thank god for that", "religion"),
        ("please polish the floors", "ethnicity"),
    ],
)
def test_words_that_only_look_sensitive_flag_nothing(language, text, kind):
    assert kind not in sensitivities(clauses(text), language.sensitive)


def test_a_sensitive_word_beside_one_that_only_looks_so_is_flagged(language):
    assert "health" in sensitivities(clauses("no breakdown of the bill and my asthma is worse"), language.sensitive)


def test_weaker_words_of_a_strength_need_their_topic_spoken_well_of(language):
    said = cues(clauses("food bank"), language.strengths)
    praised = Mention("community_strengths", "positive")
    assert strengths_of(said, (), language.strengths) == ()
    assert [one.kind for one in strengths_of(said, (praised,), language.strengths)] == ["groups"]
