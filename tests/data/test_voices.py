"""What may be read of tenants' words, and where a handful of people is kept from being told apart."""

from __future__ import annotations

import pytest
from small_survey import QUESTION, small_incoming

from analysis.model import WHOLE_LANDLORD, Question, Reading, Redacted, Scope, Tone
from analysis.text.reading import text_key
from data.readings import Readings
from data.store import Store
from data.voices import commenters, comments, tone_cells, unread_count

EVERYBODY = Question("2024", "LCRA", WHOLE_LANDLORD)


def published(tmp_path, *changes, answers=40):
    """A store of 40 respondents on two estates, each of whom wrote once, after some changes to its tables."""
    incoming = small_incoming(answers=answers)
    for change in changes:
        incoming.connection.execute(change)
    return Store(tmp_path, "real").publish(incoming)


def read_by(tmp_path, people):
    """Readings of what these respondents wrote: number 3 wrote the only cross words."""
    readings = Readings(tmp_path / "readings", "v1")
    readings.keep(
        [
            Reading(
                text_key(QUESTION, f"the repair was quick, number {n}"),
                Redacted(f"redacted {n}"),
                Tone("negative" if n == 3 else "positive", 0.5),
                (),
                False,
                "v1",
            )
            for n in people
        ]
    )
    return readings.select()


def test_what_is_not_read_yet_is_counted_and_never_given(tmp_path):
    generation, readings = published(tmp_path), read_by(tmp_path, range(1, 13))
    assert unread_count(generation, readings) == 28
    found = comments(generation, EVERYBODY, readings, 10)
    assert sorted(comment.text for comment in found) == sorted(f"redacted {n}" for n in range(1, 13))
    assert not any("quick" in str(comment) for comment in found)


def test_words_of_fewer_people_than_the_smallest_base_are_not_given(tmp_path):
    generation, readings = published(tmp_path), read_by(tmp_path, range(1, 10))
    assert comments(generation, EVERYBODY, readings, 10) == []
    assert len(comments(generation, EVERYBODY, readings, 9)) == 9


def test_a_handful_that_wrote_much_is_still_a_handful(tmp_path):
    generation = published(tmp_path, "update comments set respondent = 1 + respondent % 9")
    assert comments(generation, EVERYBODY, read_by(tmp_path, range(1, 41)), 10) == []


def test_a_filter_that_leaves_a_handful_gives_no_words(tmp_path):
    generation = published(tmp_path, "update responses set estate = 'Cedar Way' where respondent < 8")
    readings = read_by(tmp_path, range(1, 41))
    few = Question("2024", "LCRA", WHOLE_LANDLORD, filters=(("estate", ("Cedar Way",)),))
    many = Question("2024", "LCRA", WHOLE_LANDLORD, filters=(("estate", ("Beech Row",)),))
    assert comments(generation, few, readings, 10) == []
    assert len(comments(generation, many, readings, 10)) == 16


def test_a_topic_or_tone_may_be_rare_where_many_wrote(tmp_path):
    generation, readings = published(tmp_path), read_by(tmp_path, range(1, 41))
    (cross,) = comments(generation, EVERYBODY, readings, 10, tone="negative")
    assert cross.text == "redacted 3"


def test_a_comment_is_without_a_place_in_which_few_answered(tmp_path):
    generation = published(
        tmp_path,
        "update responses set estate = 'Cedar Way' where respondent < 8",
        "update responses set tenure = 'Sheltered' where estate = 'Beech Row' and respondent > 32",
    )
    found = comments(generation, EVERYBODY, read_by(tmp_path, range(1, 41)), 10)
    assert {comment.place for comment in found} == {
        (),  # Cedar Way, and where both are rare
        (("estate", "Beech Row"),),  # the few in sheltered homes
        (("estate", "Beech Row"), ("tenure", "General needs")),
        (("estate", "Ash Court"), ("tenure", "General needs")),
    }
    assert sum(comment.place == () for comment in found) == 7


@pytest.mark.parametrize(("scope", "heard"), [(Scope("nobody"), 0), (Scope("a patch", ("Ash Court",)), 20)])
def test_a_scope_binds_every_reading_of_words(tmp_path, scope, heard):
    generation, readings = published(tmp_path), read_by(tmp_path, range(1, 41))
    asked = Question("2024", "LCRA", scope)
    assert len(comments(generation, asked, readings, 10)) == heard
    assert int(tone_cells(generation, asked, (), readings)["n"].sum()) == heard
    assert int(commenters(generation, asked, (), readings)["n"].sum()) == heard
