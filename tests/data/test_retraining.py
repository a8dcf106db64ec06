"""Heads taught by what people put right: measured, kept, read with, forgotten."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from analysis.text.reading import read
from data import retraining
from data.heads import forget_heads, own_heads
from data.language import labelled_comments, load_language, reader_version
from data.retraining import CannotTeach, keep, teach
from data.taught import Taught

# What only this landlord's tenants say: a nickname of their repairs firm stands for late repairs.
SAYING = "the {} lot again"
PLACES = ("Ash", "Elm", "Oak", "Fir", "Yew", "Bay", "Hazel", "Holly", "Lime", "Pine", "Plane", "Beech")


@pytest.fixture
def corrected(tmp_path, monkeypatch):
    """A landlord of whom people put right two dozen comments, and fewer shipped comments, to be quick."""
    monkeypatch.setenv("TENANT_VOICE_HOME", str(tmp_path))
    said = [
        Taught(f"{SAYING.format('snagsters')}, {place} block {n}", "", "negative", {"repairs_time": "negative"})
        for place in PLACES
        for n in (1, 2)
    ]
    monkeypatch.setattr(retraining, "labelled_by_people", lambda store: said)
    shipped = list(labelled_comments())
    monkeypatch.setattr(retraining, "_shipped_comments", lambda: (shipped, [True] * len(shipped)))
    monkeypatch.setattr(retraining, "load_embedder", lambda *_: retraining.NoModel("left out of this test"))
    return said


def about(text: str) -> set[str]:
    return {mention.topic for mention in read(text, "", load_language()).mentions}


def test_taught_kept_and_forgotten(corrected):
    asked = "snagsters lot again at Rowan"
    before = reader_version()
    assert "repairs_time" not in about(asked)
    lesson = teach(SimpleNamespace(), "", lambda share, doing: None)
    assert lesson.taught == len(corrected) and lesson.topics_after.yes > lesson.topics_before.yes and lesson.better
    assert reader_version() == before  # nothing is kept unasked
    keep(lesson)
    assert reader_version() != before and "repairs_time" in about(asked)
    assert forget_heads(own_heads())
    assert reader_version() == before and "repairs_time" not in about(asked)


def test_too_few_teach_nothing(corrected, monkeypatch):
    monkeypatch.setattr(retraining, "labelled_by_people", lambda store: corrected[:19])
    with pytest.raises(CannotTeach, match="20 or more"):
        teach(SimpleNamespace(), "", lambda share, doing: None)


def test_what_nobody_said_of_a_comment_is_not_learned(corrected, monkeypatch):
    only_tone = [one._replace(topics=None) for one in corrected]
    monkeypatch.setattr(retraining, "labelled_by_people", lambda store: only_tone)
    lesson = teach(SimpleNamespace(), "", lambda share, doing: None)
    assert lesson.topics_after.n == 0 and lesson.tone_after.n == len(corrected)
