"""Names that are words, in small letters: taken out where both sides tell of a person, left where the word is meant."""

from __future__ import annotations

import pytest

from analysis.text.redaction import redact
from analysis.text.tidy import tidy


@pytest.fixture
def cleaned(language):
    """What a comment reads like after redaction."""
    return lambda text: redact(tidy(text), language.redaction).text


@pytest.mark.parametrize(
    "said, shown",
    [
        ("spoke to will yesterday", "spoke to [name] yesterday"),
        ("spoke to mark about it and he will ring", "spoke to [name] about it and he will ring"),
        ("mark came round friday", "[name] came round friday"),
        ("and joy rang me back", "and [name] rang me back"),
        ("thanks to grace and joy for the flowers", "thanks to [name] and [name] for the flowers"),
        ("caller rose asking re rent", "caller [name] asking re rent"),
        ("text rob re the gate", "text [name] re the gate"),
        ("ring dawn in income", "ring [name] in income"),
    ],
)
def test_a_small_letter_name_that_is_a_word_is_taken_out(cleaned, said, shown):
    assert cleaned(said) == shown


@pytest.mark.parametrize(
    "text",
    [
        "I will ring tomorrow",
        "there's a mark on the wall",
        "a mark came up on the wall",
        "the caller will ring back",
        "tenant may be out",
        "i was told will be fixed by may",
        "the bill came late and rent rose again",
        "hope you can help, thank you for your patience",
        "losing faith in you",
        "the grant came through",
        "phone max 5 mins",
        "it was a joy to live here",
    ],
)
def test_the_same_words_as_words_are_left(cleaned, text):
    assert cleaned(text) == text
