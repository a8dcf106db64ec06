from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text.grams import learned, pieces, weighed, words


def by_hand(text: str) -> int:
    """How many runs of 2 to 5 letters a word with a space at either end has, over all words."""
    found = 0
    for word in text.split():
        padded = f" {word} "
        found += sum(max(0, len(padded) - size + 1) for size in (2, 3, 4, 5))
    return found


@pytest.mark.parametrize("text", ["a", "damp", "the boiler is off", "  two   spaces ", ""])
def test_pieces_stay_inside_words(text):
    rows, hashes = pieces([text])
    assert len(rows) == len(hashes) == by_hand(text)


def test_words_and_pairs_stay_inside_their_text():
    rows, _ = words(["damp in here", "damp"])
    assert np.bincount(rows).tolist() == [3 + 2, 1]


def test_the_same_piece_has_the_same_hash_wherever_it_stands():
    together = pieces(["mould", "no mould here"])
    alone = set(pieces(["mould"])[1].tolist())
    assert alone <= set(together[1][together[0] == 1].tolist())


def test_a_row_has_length_one_and_a_rare_word_weighs_more():
    texts = ["damp here", "damp there", "damp rats"]
    vocabulary = learned(*words(["damp", "damp", "rats"]), 3, 1, 10)
    matrix = weighed(*words(texts), 3, vocabulary)
    assert np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel() == pytest.approx(1, abs=1e-6)
    assert sorted(matrix[2].data) == sorted(matrix[2].data, reverse=False) and len(matrix[2].data) == 2
    assert matrix[2].data.max() > matrix[2].data.min()


def test_a_text_of_unknown_words_is_a_row_of_nothing():
    vocabulary = learned(*words(["damp"]), 1, 1, 10)
    assert weighed(*words(["zorbledy", ""]), 2, vocabulary).nnz == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=6))
def test_whatever_is_written_is_counted(texts):
    vocabulary = learned(*pieces(["damp and mould"]), 1, 1, 1_000)
    assert weighed(*pieces(texts), len(texts), vocabulary).shape == (len(texts), len(vocabulary))
