"""The labelled comments keep their own rules: fields, codes, exact details, no two alike."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from data.language import load_language
from data.registers import topic_titles

FOLDER = Path(__file__).parents[2] / "data" / "reference" / "labelled"
FILES = sorted(FOLDER.glob("*.jsonl"))
CORPUS = [file for file in FILES if file.name.startswith("corpus-")]
LATER = [file for file in FILES if file.name.startswith("w12_")]
FIELDS = {"id", "channel", "question", "text", "sentiment", "topics", "stigma", "hazard", "pii", "hard"}
LOOKED_FOR = {"strengths", "flags"}  # in some comments only
CHANNELS = {
    *("survey_open_text", "phone_note", "complaint_email", "complaint_letter", "web_form", "sms", "social_post"),
}
TONES = {"positive", "negative", "mixed", "neutral"}
POLARITIES = TONES - {"mixed"}
SOURCES = {
    *("landlord_staff", "contractor", "neighbours_public", "media_politics", "other_services", "design_place", "self"),
}
FORMS = {
    *("assumption", "disrespect", "not_believed", "second_class_service", "place_reputation", "segregation"),
    *("concealment", "fear_of_complaining", "voice_denied"),
}
HAZARDS = {
    *("damp_mould", "excess_cold", "excess_heat", "fire", "electrical", "gas_co", "falls", "structural"),
    *("water_hygiene", "security", "pests", "asbestos", "lift"),
}
DETAILS = {"person", "address", "postcode", "phone", "email", "nino", "dob", "reference"}
FLAGS = {"health", "accusation", "religion", "ethnicity", "sexuality", "politics"}
EACH = pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])


@cache
def comments(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@EACH
def test_every_label_is_one_the_rules_know(file):
    for row in comments(file):
        assert set(row) <= FIELDS | LOOKED_FOR, row["id"]
        assert row["channel"] in CHANNELS, row["id"]
        assert bool(row["question"]) == (row["channel"] == "survey_open_text"), row["id"]
        assert row["sentiment"] in TONES, row["id"]
        assert {topic["topic"] for topic in row["topics"]} <= set(topic_titles()), row["id"]
        assert {topic["polarity"] for topic in row["topics"]} <= POLARITIES, row["id"]
        assert len({topic["topic"] for topic in row["topics"]}) == len(row["topics"]) <= 5, row["id"]


@EACH
def test_stigma_and_hazards_are_coded_by_the_rules(file):
    for row in comments(file):
        stigma, hazard = row.get("stigma"), row.get("hazard")
        if stigma:
            assert stigma["source"], row["id"]
            assert set(stigma["source"]) <= SOURCES, row["id"]
            assert set(stigma["form"]) <= FORMS, row["id"]
        if hazard:
            assert hazard["kinds"], row["id"]
            assert set(hazard["kinds"]) <= HAZARDS, row["id"]
            assert hazard["severity"] in ("emergency", "significant"), row["id"]
            assert hazard["vulnerable"] in (True, False), row["id"]


@EACH
def test_strengths_and_flags_are_looked_for_together_and_of_known_kinds(file):
    for row in comments(file):
        assert ("strengths" in row) == ("flags" in row), row["id"]
        assert set(row.get("strengths", ())) <= set(load_language().strengths.kinds), row["id"]
        assert set(row.get("flags", ())) <= FLAGS, row["id"]


@EACH
def test_every_personal_detail_stands_in_its_text(file):
    for row in comments(file):
        for detail in row["pii"]:
            assert detail["kind"] in DETAILS, row["id"]
            assert detail["text"], row["id"]
            assert detail["text"] in row["text"], row["id"]


@EACH
def test_comments_are_as_long_as_people_write(file):
    # "N/A" is one word; people write it.
    assert all(1 <= len(row["text"].split()) <= 240 for row in comments(file))


def test_no_two_comments_are_alike():
    texts = Counter(" ".join(row["text"].casefold().split()) for file in FILES for row in comments(file))
    assert not [text for text, times in texts.items() if times > 1]
    ids = Counter(row["id"] for file in FILES for row in comments(file))
    assert not [name for name, times in ids.items() if times > 1]


def test_no_long_comments_of_the_corpus_begin_alike():
    """A template would: the first six words of two comments are never the same."""
    begun = Counter(" ".join(words[:6]).casefold() for words in _words(CORPUS + LATER) if len(words) > 6)
    assert not [start for start, times in begun.items() if times > 1]


def test_the_corpus_holds_fifteen_hundred_comments_on_every_topic():
    rows = [row for file in CORPUS for row in comments(file)]
    assert len(rows) >= 1_500
    topics = Counter(topic["topic"] for row in rows for topic in row["topics"])
    assert set(topics) == set(topic_titles())
    assert min(topics.values()) >= 25
    assert {source for row in rows if row["stigma"] for source in row["stigma"]["source"]} == SOURCES
    assert {form for row in rows if row["stigma"] for form in row["stigma"]["form"]} == FORMS
    assert {kind for row in rows if row["hazard"] for kind in row["hazard"]["kinds"]} == HAZARDS


def test_the_later_files_hold_a_hundred_comments_each_and_emergencies_to_be_found():
    assert {file.stem for file in LATER} == {"w12_survey", "w12_complaints", "w12_contacts", "w12_short"}
    assert min(len(comments(file)) for file in LATER) >= 100
    rows = [row for file in LATER for row in comments(file)]
    assert {source for row in rows if row["stigma"] for source in row["stigma"]["source"]} == SOURCES
    assert {form for row in rows if row["stigma"] for form in row["stigma"]["form"]} == FORMS
    assert {kind for row in rows if row["hazard"] for kind in row["hazard"]["kinds"]} == HAZARDS
    assert {detail["kind"] for row in rows for detail in row["pii"]} == DETAILS
    assert sum(row["hazard"]["severity"] == "emergency" for row in rows if row["hazard"]) >= 40


def test_telephones_and_insurance_numbers_are_of_ranges_nobody_has():
    for row in (row for file in CORPUS + LATER for row in comments(file)):
        for detail in row["pii"]:
            figures = "".join(sign for sign in detail["text"] if sign.isdigit())
            if detail["kind"] == "phone" and len(figures) >= 10:
                national = figures.removeprefix("44").lstrip("0")
                assert national.startswith(("7700900", "2079460", "1")), row["id"]
            if detail["kind"] == "email":
                assert "example" in detail["text"].lower(), row["id"]


def _words(files: list[Path]) -> list[list[str]]:
    return [row["text"].split() for file in files for row in comments(file)]
