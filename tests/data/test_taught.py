"""What people put right may teach a landlord's own heads; what is to check them may not."""

from __future__ import annotations

import pytest
from small_survey import QUESTION, small_incoming

from analysis.model import WHOLE_LANDLORD, Mention, Reading, Redacted, Tone
from data.blind import Blind
from data.corrections import Corrections
from data.language import reader_version
from data.readings import Readings
from data.store import Store
from data.taught import Taught, labelled_by_people
from data.voices import unread


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path, "real")
    made.publish(small_incoming()).close()
    return made


@pytest.fixture
def texts(store):
    """Every text, read: words → key."""
    readings, held = Readings(store.readings_folder, reader_version()), store.current()
    found = unread(held, readings.select(), 100)
    held.close()
    readings.keep(
        [
            Reading(key, Redacted(text.upper()), Tone("positive", 0.5), (Mention("pests", "negative"),), False, "v")
            for key, _, text in found
        ]
    )
    return {text.rpartition(" ")[2]: key for key, _, text in found}


def test_what_people_said_is_given_and_what_nobody_said_is_not_guessed(store, texts):
    corrections = Corrections(store.folder, Readings(store.readings_folder, reader_version()))
    corrections.correct(texts["1"], "tone", "mixed", "Jo")
    corrections.correct(texts["2"], "topics", {"repairs_time": "positive"}, "Jo")
    corrections.correct(texts["3"], "danger", {"kinds": ["fire"], "severity": "emergency"}, "Jo")
    corrections.take_back(corrections.correct(texts["4"], "tone", "neutral", "Jo").n, "Jo")
    assert sorted(labelled_by_people(store)) == [
        Taught("THE REPAIR WAS QUICK, NUMBER 1", QUESTION, "mixed", None),
        Taught("THE REPAIR WAS QUICK, NUMBER 2", QUESTION, None, {"repairs_time": "positive"}),
    ]


def test_comments_drawn_for_the_blind_check_teach_nothing(store, texts):
    readings = Readings(store.readings_folder, reader_version())
    held = store.current()
    Blind(store.folder, readings).draw(held, WHOLE_LANDLORD, 20, 1, "Ann", 10)
    held.close()
    for key in texts.values():
        Corrections(store.folder, readings).correct(key, "tone", "mixed", "Jo")
    assert len(labelled_by_people(store)) == 20


def test_nothing_held_teaches_nothing(tmp_path):
    assert labelled_by_people(Store(tmp_path, "real")) == []
