"""A person may take more out of a comment; no way leads a word back in."""

from __future__ import annotations

import random

import pytest

from analysis.hiding import TAKEN_OUT, NotThere, both_hidden, hidden, only_hides

MARKS = ("[name]", "[address]")


def test_words_go_wherever_they_stand_but_not_inside_another_word():
    after = hidden("Jo came. JO's van, not Joanne's. Banjo.", "jo", "[name]", MARKS)
    assert after == "[name] came. [name]'s van, not Joanne's. Banjo."


def test_a_mark_that_stands_already_is_left_whole():
    assert hidden("[name] is a name", "name", "[address]", MARKS) == "[name] is a [address]"


@pytest.mark.parametrize("words", ["Sam", "", "  ", "...", "[name]"])
def test_words_that_do_not_stand_there_are_refused_without_repeating_them(words):
    with pytest.raises(NotThere) as refused:
        hidden("Ask Jo (or [name])", words, "[name]", MARKS)
    assert "Sam" not in str(refused.value)


@pytest.mark.parametrize(
    ("before", "after", "fits"),
    [
        ("Ask Jo at four", "Ask [name] at four", True),
        ("Ask Jo at four", "Ask at four", True),
        ("Ask [name] at four", "Ask Jo at four", False),
        ("Ask Jo at four", "four at Ask", False),
        ("Ask Jo", "Ask Jo Jo", False),
        ("Ask [sic]", "Ask [name]", True),
    ],
)
def test_what_only_hides(before, after, fits):
    assert only_hides(before, after, MARKS) is fits


def test_what_either_took_out_is_out():
    assert both_hidden("[name] and Sam fell", "Jo and [name] fell", MARKS) == "[name] and [name] fell"
    assert both_hidden("Flat 4 is cold", "[address] is cold", MARKS) == "[address] is cold"
    assert both_hidden("Jo fell", "fell", MARKS) == f"{TAKEN_OUT} fell"


def test_no_word_that_one_of_two_redactions_took_out_comes_back():
    drawn = random.Random(6)
    for _ in range(300):
        words = [drawn.choice("abcdefgh") * drawn.randint(1, 3) for _ in range(drawn.randint(1, 12))]
        one, other = (" ".join("[name]" if drawn.random() < 0.3 else word for word in words) for _ in range(2))
        left = both_hidden(one, other, MARKS)
        assert only_hides(one, left, MARKS)
        assert only_hides(other, left, MARKS)
