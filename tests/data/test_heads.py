"""Heads kept as plain arrays: the same after a round trip, refused when damaged."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from analysis.text.features import Registers, from_rules
from analysis.text.reading import READ, HeadSet, sift
from analysis.text.training import Examples, fit, likely
from data.heads import HEADS, HeadsError, load_heads, save_heads
from data.language import PROBES, REFERENCE, labelled_comments, load_language


@pytest.fixture(scope="module")
def examples():
    """Our own probes as a trainer sees them, without vectors."""
    language = load_language()
    assert isinstance(language.registers, Registers)
    comments = labelled_comments(PROBES)
    sifted = [sift(one.text, one.question, language) for one in comments]
    texts = [one.redacted.text[:READ] for one in sifted]
    looked_for = np.ones((len(texts), 3), dtype=bool)
    return Examples(comments, texts, from_rules(sifted, language.registers), None, looked_for, np.ones(len(texts)))


@pytest.fixture(scope="module")
def trained(examples):
    return fit(examples)


def test_the_same_comments_give_the_same_heads(examples, trained):
    again = fit(examples)
    assert again.labels == trained.labels
    assert np.array_equal(again.counted, trained.counted) and np.array_equal(again.bias, trained.bias)


def test_heads_learn_what_they_are_shown(examples, trained):
    said = likely(trained, examples)
    tones = [(label, place) for label, place in trained.named("tone:")]
    best = [max(tones, key=lambda tone: row[tone[1]])[0] for row in said]
    assert np.mean([tone == one.tone for tone, one in zip(best, examples.labelled, strict=True)]) > 0.9
    assert said[:, [place for _, place in tones]].sum(axis=1) == pytest.approx(1)


def test_kept_and_read_back_they_say_the_same_to_a_hundredth(tmp_path, examples, trained):
    save_heads(tmp_path, HeadSet(trained, trained), {"lexical": {"comments": 150}})
    back = load_heads(tmp_path)
    assert back.lexical.labels == trained.labels
    assert np.abs(likely(back.lexical, examples) - likely(trained, examples)).max() < 0.01


def test_a_folder_without_heads_holds_none(tmp_path):
    assert load_heads(tmp_path) is None


@pytest.mark.parametrize("damage", ["cut", "missing", "not json", "a pickle", "empty", "a list", "a label less"])
def test_damaged_heads_are_refused_with_the_remedy(tmp_path, damage):
    folder = tmp_path / HEADS
    shutil.copytree(REFERENCE / HEADS, folder)
    if damage == "cut":
        (folder / "lexical.npz").write_bytes((folder / "lexical.npz").read_bytes()[:1_000])
    elif damage == "missing":
        (folder / "meaning.npz").unlink()
    elif damage == "not json":
        (folder / "lexical.json").write_text("{")
    elif damage == "empty":
        (folder / "lexical.npz").write_bytes(b"")
    elif damage == "a list":
        (folder / "lexical.json").write_text("[]")
    elif damage == "a label less":
        said = json.loads((folder / "lexical.json").read_text())
        (folder / "lexical.json").write_text(json.dumps({**said, "labels": said["labels"][1:]}))
    else:
        with (folder / "lexical.npz").open("wb") as file:
            np.savez(file, dense=np.array([object()], dtype=object))
    with pytest.raises(HeadsError, match="shipped"):
        load_heads(folder)


def test_the_shipped_heads_know_every_topic_and_are_small():
    language = load_language()
    for heads in (language.heads.with_meaning, language.heads.lexical):
        assert {topic for topic, _ in heads.named("topic:")} == set(language.topics.topics)
        assert len(heads.named("kind:")) == 13 and len(heads.named("source:")) == 7 and len(heads.named("form:")) == 9
    assert sum(path.stat().st_size for path in (REFERENCE / HEADS).iterdir()) < 6_000_000
    assert json.loads((REFERENCE / HEADS / "meaning.json").read_text())["about"]["comments"] > 4_000
