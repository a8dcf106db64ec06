"""A check that is blind: drawn at random, shown without labels, answered once, set against what the reader read."""

from __future__ import annotations

from collections import Counter

import pytest
from small_records import generation_of

from analysis.checking import Labels, accuracy, between_people
from analysis.model import WHOLE_LANDLORD, Mention, Reading, Redacted, Scope, Tone
from data.blind import Blind
from data.corrections import CannotCorrect, Corrections
from data.generation import NotHeld
from data.ledger import Ledger
from data.readings import Readings
from data.voices import unread

PESTS = {"pests": "negative"}
COMPLAINT = {"reference": "C1", "row": 1, "stage": 1, "tenancy_ref": "T1", "estate": "Ash Court"}


def read(key, text):
    """What the reader read: pests and criticism in every comment, and that it is not sure of number 3."""
    sure = 0.2 if text.endswith(" 3") else 0.9
    return Reading(
        key,
        Redacted(f"redacted {text}"),
        Tone("negative", -0.5, (), sure),
        (Mention("pests", "negative"),),
        False,
        "v1",
    )


@pytest.fixture
def held(tmp_path):
    rows = {"complaints": [{**COMPLAINT, "text": "the lift", "text_key": "lift", "tenure": "Sheltered"}]}
    change = "update responses set age_band = case when respondent <= 30 then '25 to 34' else '75 and over' end"
    generation = generation_of(tmp_path, rows, change)
    yield generation
    generation.close()


@pytest.fixture
def readings(held, tmp_path):
    kept = Readings(tmp_path / "readings", "v1")
    kept.keep([read(key, text) for key, _, text in unread(held, kept.select(), 100)])
    return kept


@pytest.fixture
def blind(tmp_path, readings):
    return Blind(tmp_path, readings)


def draw(blind, held, number=41, seed=1, scope=WHOLE_LANDLORD):
    return blind.draw(held, scope, number, seed, "Jo Bloggs", 10)


def answer_all(blind, who, labels, most=100):
    for _ in range(most):
        shown = blind.next_for(who)
        if shown is None:
            return
        blind.answer(shown.text_key, who, labels(shown) if callable(labels) else labels)


def test_a_sample_is_drawn_by_its_seed_and_never_the_same_comment_twice(blind, held, tmp_path, readings):
    assert vars(draw(blind, held, 12)) == {"draw": 1, "comments": 12, "of": 41, "seed": 1}
    first = blind.keys()
    draw(blind, held, 12, seed=1)
    assert (len(first), len(blind.keys())) == (12, 24)
    other = Blind(tmp_path / "other", readings)
    draw(other, held, 12)
    assert other.keys() == first
    third = Blind(tmp_path / "third", readings)
    draw(third, held, 12, seed=2)
    assert third.keys() != first
    assert [line.detail["who"] for line in Ledger(tmp_path).of("draw check")] == ["Jo Bloggs"] * 2


def test_every_comment_is_as_likely_as_any_other(held, readings, tmp_path):
    times = Counter()
    for seed in range(60):
        one = Blind(tmp_path / str(seed), readings)
        draw(one, held, 10, seed=seed)
        times.update(one.keys())
    # 600 draws over 41 comments: 14.6 each, with a standard deviation of 3.3
    assert len(times) == 41
    assert max(times.values()) < 14.6 + 4.5 * 3.3


def test_what_is_shown_holds_no_label_and_no_place(blind, held):
    draw(blind, held)
    shown = blind.next_for("Ann")
    assert set(vars(shown)) == {"text_key", "question", "channel", "text", "place"}
    assert shown.text.startswith("redacted ")


def test_a_name_taken_out_by_a_person_is_not_shown_here_either(blind, held, readings, tmp_path):
    draw(blind, held)
    Corrections(tmp_path, readings).hide("lift", "lift", "person", "Jo")
    shown = []
    answer_all(blind, "Ann", lambda one: shown.append(one.text) or Labels("negative", {}))
    assert len(shown) == 41
    assert not [text for text in shown if "lift" in text]


def test_two_people_go_the_same_way_and_each_answers_once(blind, held):
    draw(blind, held, 10)
    first = blind.next_for("Ann")
    blind.answer(first.text_key, "Ann", Labels("negative", PESTS))
    assert blind.next_for(" bo ").text_key == first.text_key
    assert blind.next_for("Ann").place == 2
    with pytest.raises(CannotCorrect, match="first answer stands"):
        blind.answer(first.text_key, "ANN", Labels("positive", {}))
    assert blind.answers() == {"Ann": {first.text_key: Labels("negative", PESTS)}}
    progress = blind.progress()
    assert (progress.drawn, progress.checked, dict(progress.by)) == (10, 1, {"Ann": 1})


@pytest.mark.parametrize(
    ("labels", "why"),
    [
        (Labels("cross", {}), "no tone 'cross'"),
        (Labels("unsure", {}), "no tone 'unsure'"),
        (Labels("negative", {"dragons": "negative"}), "no topic 'dragons'"),
        (Labels("negative", {"pests": "bad"}), "no polarity 'bad'"),
    ],
)
def test_an_answer_that_means_nothing_is_refused(labels, why, blind, held):
    draw(blind, held)
    with pytest.raises(CannotCorrect, match=why):
        blind.answer(blind.next_for("Ann").text_key, "Ann", labels)
    with pytest.raises(NotHeld, match="not drawn"):
        blind.answer("elsewhere", "Ann", Labels("negative", {}))
    assert blind.progress().checked == 0


def test_scores_are_the_readers_own_whatever_was_put_right_since(blind, held, readings, tmp_path):
    draw(blind, held)
    answer_all(blind, "Ann", Labels("positive", {}))
    for key in sorted(blind.keys()):
        Corrections(tmp_path, readings).correct(key, "topics", {}, "Jo")
    found = accuracy(blind.checked(held))
    assert (found.checked, found.unsure, found.tone.base, found.tone.value) == (41, 1, 40, 0.0)
    assert (found.topics.precision.value, found.topics.precision.base) == (0.0, 41)


def test_scores_by_slice_stand_once_thirty_are_checked(blind, held):
    draw(blind, held)
    answer_all(blind, "Ann", Labels("negative", PESTS))
    slices = accuracy(blind.checked(held)).slices
    assert slices["age_band"]["25 to 34"].topics.f1.value == 1
    assert (slices["age_band"]["75 and over"].checked, slices["age_band"]["75 and over"].tone.value) == (10, None)
    assert {level: each.checked for level, each in slices["channel"].items()} == {"survey": 40, "complaint": 1}
    assert {level: each.checked for level, each in slices["tenure"].items()} == {"General needs": 40, "Sheltered": 1}
    assert {level: each.checked for level, each in slices["length"].items()} == {"under 8 words": 41}


def test_the_first_persons_answer_counts_and_two_are_compared(blind, held):
    draw(blind, held, 20)
    answer_all(blind, "Ann", Labels("negative", PESTS))
    answer_all(blind, "Bo", lambda shown: Labels("negative" if shown.place > 5 else "mixed", {}))
    found = accuracy(blind.checked(held))
    assert (found.checked, found.topics.f1.value) == (20, 1.0)
    people = between_people(blind.answers())
    assert (people.people, people.both, people.tone_agreed.value) == (("Ann", "Bo"), 20, 0.75)


def test_a_scope_binds_the_draw_and_a_handful_is_not_drawn_from(blind, held):
    assert draw(blind, held, scope=Scope("a patch", ("Beech Row",))).of == 20
    with pytest.raises(NotHeld, match="Fewer than 10 comments"):
        draw(blind, held, scope=Scope("nobody"))
    with pytest.raises(CannotCorrect, match="not 0"):
        draw(blind, held, 0)


def test_nothing_drawn_is_nothing_to_check(blind, held):
    assert blind.next_for("Ann") is None
    assert (blind.progress().drawn, blind.checked(held), dict(blind.answers())) == (0, (), {})
