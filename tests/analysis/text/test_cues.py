from __future__ import annotations

import pytest

from analysis.text.clauses import clauses
from analysis.text.cues import cues, signals


def found(language, text: str) -> dict[str, str]:
    """Kinds of danger that words show, each with why it does not count (or "")."""
    return {cue.kind: cue.aside for cue in cues(clauses(text), language.registers.dangers) if cue.strength != "weak"}


@pytest.mark.parametrize(
    "text, kind",
    [
        ("I can smell gas in the kitchen", "gas_co"),
        ("sparks coming out the socket", "electrical"),
        ("black mould all over the bedroom", "damp_mould"),
        ("smoke alarm has been beeping for a week", "fire"),
        ("sewage in the bath", "water_hygiene"),
    ],
)
def test_words_of_a_danger_show_its_kind(language, text, kind):
    assert found(language, text)[kind] == ""


@pytest.mark.parametrize(
    "text, kind, aside",
    [
        ("no mould since the new fan", "damp_mould", "denied"),
        ("The mould has been sorted now", "damp_mould", "mended"),
        ("what happens if there is a smell of gas", "gas_co", "supposed"),
    ],
)
def test_a_danger_denied_mended_or_supposed_does_not_count(language, text, kind, aside):
    assert found(language, text)[kind] == aside


def test_a_sign_stands_where_it_was_written(language):
    text = "Lovely flat. There is black mould - everywhere"
    (first, *_) = [cue for cue in cues(clauses(text), language.registers.dangers) if cue.kind == "damp_mould"]
    assert text[slice(*first.place)].lower() in text.lower() and "mould" in text[slice(*first.place)]


def test_signals_count_apart_what_counts_and_what_does_not(language):
    register = language.registers.dangers
    plain = signals(cues(clauses("black mould"), register), register)
    denied = signals(cues(clauses("no mould"), register), register)
    assert len(plain) == len(denied) == 2 * len(register.kinds) * len(register.strengths)
    assert plain != denied and sum(plain) >= 1 and sum(denied) >= 1


@pytest.mark.parametrize(
    "text, kind",
    [
        ("No rush but there is a smell of gas in the hall", "gas_co"),
        ("Not being funny but the socket is buzzing", "electrical"),
        ("the flame on the boiler is orange not blue", "gas_co"),
    ],
)
def test_a_shrug_denies_nothing(language, text, kind):
    assert found(language, text)[kind] == ""


@pytest.mark.parametrize("text", ["There was a smell of gas. All sorted now.", "We had a smell of gas last winter"])
def test_what_was_put_right_in_the_next_breath_or_long_ago_does_not_count(language, text):
    assert found(language, text)["gas_co"] == "mended"


def test_words_after_a_mending_of_something_else_leave_the_danger(language):
    assert found(language, "There is a smell of gas. The gate was fixed yesterday by your man")["gas_co"] == ""


def test_the_same_words_are_one_sign(language):
    register = language.registers.dangers
    of_gas = [cue for cue in cues(clauses("a smell of gas"), register) if cue.strength == "emergency"]
    assert len(of_gas) == 1
