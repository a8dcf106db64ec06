"""Vectors are kept once, come back within a hundredth, and stand apart by model."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest

from data.vectors import Vectors, vector_key


@pytest.fixture
def vectors(tmp_path):
    return Vectors(tmp_path / "vectors", "m1")


def some(n, seed=1):
    found = np.random.default_rng(seed).normal(size=(n, 384)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_vectors_come_back_in_the_order_asked_and_near_what_was_kept(vectors):
    made = some(3)
    assert vectors.keep(["a", "b", "c"], made) == 3
    found, there = Vectors(vectors.root, "m1").of(["c", "nobody", "a"])
    assert there.tolist() == [True, False, True]
    assert np.abs(found[[0, 2]] @ made.T - made[[2, 0]] @ made.T).max() < 0.01
    assert not found[1].any()


def test_a_text_is_kept_once(vectors):
    vectors.keep(["a", "b"], some(2))
    assert vectors.keep(["b", "c"], some(2, seed=2)) == 1
    assert len(vectors) == 3
    found, _ = vectors.of(["b"])
    assert np.allclose(found[0], some(2)[1], atol=0.005)


def test_nothing_kept_gives_nothing(vectors):
    found, there = vectors.of(["a"])
    assert (found.shape, there.tolist()) == ((1, 0), [False])
    assert len(vectors) == 0


def test_what_another_writes_is_seen_and_other_models_are_forgotten(vectors):
    before = vectors.fingerprint()
    Vectors(vectors.root, "m1").keep(["a"], some(1))
    Vectors(vectors.root, "m0").keep(["a"], some(1))
    assert len(vectors) == 1
    assert vectors.fingerprint() != before
    vectors.forget_other_models()
    assert [folder.name for folder in vectors.root.iterdir()] == ["m1"]


def test_the_key_is_duckdbs_own():
    text = "damp in [name]'s room – again"
    ((key,),) = duckdb.connect().execute("select md5(?)", [text]).fetchall()
    assert key == vector_key(text)
