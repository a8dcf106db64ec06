"""The sentence model: found, checked, the same every time."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from data import embedding
from data.embedding import MODEL, TOKENISER, WIDTH, Embedder, NoModel, find_model
from data.meanings import Meanings
from data.vectors import Vectors


@pytest.fixture(scope="module")
def embedder():
    found = find_model()
    assert not isinstance(found, NoModel), found.why
    return Embedder(found)


def test_a_text_means_the_same_alone_and_among_others(embedder):
    alone = embedder(["black mould in the bedroom"])
    among = embedder(["ok", "black mould in the bedroom", "word " * 400])
    assert np.array_equal(alone[0], among[1])
    assert among.shape == (3, WIDTH) and np.linalg.norm(among, axis=1) == pytest.approx(1, abs=1e-5)


def test_what_is_alike_in_meaning_is_near(embedder):
    mould, damp, thanks = embedder(["black mould on the wall", "the walls are damp", "thank you for the flowers"])
    assert mould @ damp > mould @ thanks


def test_a_model_that_is_not_the_one_is_refused_by_name(tmp_path):
    shutil.copytree(find_model(), tmp_path / "model")
    (tmp_path / "model" / TOKENISER).write_bytes(b"{}")
    assert TOKENISER in find_model(str(tmp_path / "model")).why
    (tmp_path / "model" / MODEL).unlink()
    find_model.cache_clear()
    assert "missing" in find_model(str(tmp_path / "model")).why


def test_without_the_package_the_remedy_is_said(monkeypatch):
    monkeypatch.setattr(embedding, "distribution_files", lambda name: None)
    find_model.cache_clear()
    assert "make setup" in find_model().why
    find_model.cache_clear()


def test_each_text_is_asked_of_the_model_once(tmp_path):
    asked: list[str] = []

    def model(texts):
        asked.extend(texts)
        return np.eye(3, dtype=np.float32)[[len(text) % 3 for text in texts]]

    first = Meanings(Vectors(tmp_path, "m"), model)(["a", "bb", "a"])
    again = Meanings(Vectors(tmp_path, "m"), model)(["bb", "ccc"])
    assert asked == ["a", "bb", "ccc"]
    assert np.array_equal(first[0], first[2]) and np.array_equal(first[1], again[0])
