from __future__ import annotations

import pytest

from analysis.text.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def words():
    return Vocabulary(
        frozenset(["house", "stair", "lift", "receive", "plaster", "hop", "cafe"]), frozenset(["hounslow"])
    )


@pytest.mark.parametrize(
    "word", ["house", "houses", "housing", "hopped", "stairlift", "recieve", "replastered", "café", "hounslow", "he's"]
)
def test_words_their_endings_compounds_and_slips_are_ordinary(words, word):
    assert not Vocabulary(words.words | {"he"}, words.exact).strange(word)


@pytest.mark.parametrize("word", ["tsering", "oluchi", "dilnoza", "hyun-woo"])
def test_what_is_no_word_is_strange(words, word):
    assert words.strange(word)


@pytest.mark.parametrize("word", ["bldg", "xx", "a1", ""])
def test_short_forms_and_figures_are_not(words, word):
    assert not words.strange(word)


def test_a_slip_of_a_word_is_not_listed_though_it_is_not_strange(words):
    assert words.unlisted("recieve") and not words.strange("recieve")
