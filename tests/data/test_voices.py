"""What may be read of tenants' words, and where a handful of people is kept from being told apart."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from small_records import generation_of
from small_survey import QUESTION, small_incoming

from analysis.model import (
    WHOLE_LANDLORD,
    Danger,
    Mention,
    Question,
    Reading,
    Redacted,
    Scope,
    Strength,
    Tone,
)
from analysis.text.reading import text_key
from data.generation import NotHeld
from data.readings import Readings
from data.store import Store
from data.voices import (
    Chosen,
    besides_cells,
    commenters,
    comments,
    pair_cells,
    record_comments,
    strength_cells,
    text_count,
    tone_cells,
    unread,
    unread_count,
)

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


# ── Words in records ─────────────────────────────────────────────────────────────────────────────


def record_key(channel, text):
    return hashlib.md5(f"{channel}\x1f{text}".encode(), usedforsecurity=False).hexdigest()


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """Twelve tenancies complained on Ash Court, three on Beech Row; one contact was an arrears call."""
    folder = tmp_path_factory.mktemp("recorded")
    said = [f"the lift again, number {n}" for n in range(15)]
    rows = {
        "complaints": [
            {"reference": f"C{n}", "row": n, "stage": 1, "made": f"2026-10-{n + 1:02d}", "tenancy_ref": f"T{n}",
             "estate": "Ash Court" if n < 12 else "Beech Row", "text": text, "text_key": record_key("complaint", text)}
            for n, text in enumerate(said)
        ],
        "contacts": [
            {"reference": "K1", "listening": False, "text": "rent", "text_key": record_key("contact", "rent")},
            {"reference": "K2", "text": None, "text_key": None},
        ],
    }  # fmt: skip
    generation = generation_of(folder, rows)
    readings = Readings(folder / "readings", "v1")
    readings.keep(
        [
            Reading(record_key("complaint", text), Redacted(f"redacted {n}"), Tone("negative", -0.5), (), False, "v1")
            for n, text in enumerate(said)
        ]
    )
    yield generation, readings.select()
    generation.close()


def test_words_in_records_are_read_too_and_have_no_question(recorded):
    generation, readings = recorded
    assert (unread_count(generation, readings), text_count(generation)) == (41, 56)  # 40 in the survey, 1 in a contact
    assert (record_key("contact", "rent"), "", "rent") in unread(generation, readings, 100)


def test_words_of_complaints_leave_redacted_newest_first_and_without_a_place_of_few(recorded):
    generation, readings = recorded
    found = record_comments(generation, "complaints", WHOLE_LANDLORD, readings, 10)
    assert [comment.text for comment in found] == [f"redacted {n}" for n in range(14, -1, -1)]
    assert {(comment.channel, comment.question) for comment in found} == {("complaint", "")}
    assert [comment.place for comment in found[:3]] == [()] * 3
    assert found[3].place == (("estate", "Ash Court"),)
    october = record_comments(
        generation, "complaints", WHOLE_LANDLORD, readings, 10, since=date(2026, 10, 2), until=date(2026, 10, 12)
    )
    assert len(october) == 11
    assert len(record_comments(generation, "complaints", WHOLE_LANDLORD, readings, 10, tone="positive")) == 0


@pytest.mark.parametrize(
    ("kind", "scope"),
    [("complaints", Scope("nobody")), ("complaints", Scope("a patch", ("Beech Row",))), ("contacts", WHOLE_LANDLORD)],
)
def test_words_in_records_of_a_handful_or_outside_the_scope_are_not_given(recorded, kind, scope):
    assert record_comments(recorded[0], kind, scope, recorded[1], 2 if kind == "contacts" else 10) == []


def test_a_kind_that_holds_no_words_is_refused(recorded):
    with pytest.raises(NotHeld, match="complaints, contacts, repairs, hazards"):
        record_comments(recorded[0], "people", WHOLE_LANDLORD, recorded[1], 10)


# ── Chosen comments ──────────────────────────────────────────────────────────────────────────────


def read_variously(tmp_path):
    """Readings of 40 comments: topics, dangers, strengths and one that is set aside, told by respondent."""
    repairs, praised, damp = Mention("repairs", "negative"), Mention("repairs", "positive"), Mention("damp", "negative")
    mentions = {1: (repairs,), 2: (repairs, damp), 3: (praised,), 4: (damp,)}
    dangers = {2: Danger(("damp_mould",), "significant", False), 5: Danger(("gas_co",), "emergency", True)}
    strengths = {3: (Strength("staff", (0, 5)),), 6: (Strength("place"), Strength("place"))}
    readings = Readings(tmp_path / "readings", "v1")
    readings.keep(
        [
            Reading(
                text_key(QUESTION, f"the repair was quick, number {n}"),
                Redacted(f"redacted {n}" + " and more" * (n == 7)),
                Tone("neutral", 0.0),
                mentions.get(n, ()),
                False,
                "v1",
                set_aside="not in English" if n == 8 else "",
                danger=dangers.get(n),
                strengths=strengths.get(n, ()),
            )
            for n in range(1, 41)
        ]
    )
    return readings.select()


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        (Chosen(topic="repairs"), {1, 2, 3}),
        (Chosen(topic="repairs", polarity="negative"), {1, 2}),
        (Chosen(topic="repairs", also="damp"), {2}),
        (Chosen(among=("damp", "pests")), {2, 4}),
        (Chosen(strength="staff"), {3}),
        (Chosen(danger=True), {2, 5}),
        (Chosen(set_aside=True), {8}),
    ],
)
def test_comments_are_chosen_by_what_was_read_in_them(tmp_path, chosen, numbers):
    generation, readings = published(tmp_path), read_variously(tmp_path)
    found = comments(generation, EVERYBODY, readings, 10, chosen=chosen)
    assert {int(comment.text.split()[1]) for comment in found} == numbers


def test_those_in_no_topic_are_the_read_without_one_and_not_those_set_aside(tmp_path):
    generation, readings = published(tmp_path), read_variously(tmp_path)
    found = comments(generation, EVERYBODY, readings, 10, chosen=Chosen(unplaced=True), limit=100)
    assert {int(comment.text.split()[1]) for comment in found} == set(range(1, 41)) - {1, 2, 3, 4, 8}


def test_an_emergency_comes_first_and_the_longest_first_where_asked(tmp_path):
    generation, readings = published(tmp_path), read_variously(tmp_path)
    dangers = comments(generation, EVERYBODY, readings, 10, chosen=Chosen(danger=True))
    assert [comment.text for comment in dangers] == ["redacted 5", "redacted 2"]
    (longest,) = comments(generation, EVERYBODY, readings, 10, chosen=Chosen(longest=True), limit=1)
    assert longest.text == "redacted 7 and more"


def test_chosen_comments_of_a_handful_of_people_are_not_given(tmp_path):
    generation, readings = published(tmp_path, answers=9), read_variously(tmp_path)
    assert comments(generation, EVERYBODY, readings, 10, chosen=Chosen(danger=True)) == []


def test_strengths_pairs_and_what_is_to_be_read_besides_are_counted_once_a_comment(tmp_path):
    generation, readings = published(tmp_path), read_variously(tmp_path)
    told = strength_cells(generation, EVERYBODY, readings)
    assert dict(zip(told["kind"], told["n"], strict=True)) == {"staff": 1, "place": 1}
    pairs = pair_cells(generation, EVERYBODY, "damp", readings)
    assert dict(zip(pairs["other"], pairs["n"], strict=True)) == {"repairs": 1}
    besides = besides_cells(generation, EVERYBODY, readings)
    assert sorted(besides.itertuples(index=False, name=None)) == [
        ("danger", "emergency", 1), ("danger", "significant", 1), ("set aside", "not in English", 1),
        ("unplaced", "", 35),
    ]  # fmt: skip
    nowhere = Question("2024", "LCRA", Scope("nothing", ()))
    assert besides_cells(generation, nowhere, readings)["n"].sum() == 0
