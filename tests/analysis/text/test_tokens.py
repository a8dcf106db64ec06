from __future__ import annotations

import pytest

from analysis.text.characters import capitals_in, figures_in, letters_in
from analysis.text.remembered import LONGEST, MOST, Remembered
from analysis.text.tokens import tokens


def test_words_stand_where_they_are_said_to_and_gaps_fill_the_rest():
    text = "Mr O'Neill's flat, 12b/3 – the Smiths' (café)."
    found = tokens(text)
    assert [text[word.start : word.end] for word in found] == [word.word for word in found]
    end = 0
    for word in found:
        assert word.gap == text[end : word.start]
        end = word.end


def test_a_possessive_is_left_outside_its_word_and_stands_before_the_next():
    found = tokens("Dave's mum'S cat's")
    assert [word.word for word in found] == ["Dave", "mum", "cat"]
    assert [word.gap for word in found] == ["", "'s ", "'S "]


@pytest.mark.parametrize(
    "text, figures, letters, capitals",
    [
        ("Flat 12B, NW1", 3, 7, 4),
        ("Flat ١٢, É", 2, 5, 1),  # figures of another script; only A to Z are counted as capitals
        ("a_b\ud800", 0, 2, 0),
        ("", 0, 0, 0),
    ],
)
def test_characters_are_counted_whatever_the_script(text, figures, letters, capitals):
    assert (figures_in(text), letters_in(text), capitals_in(text)) == (figures, letters, capitals)


def test_what_is_remembered_is_found_once_and_never_grows_without_end():
    asked = []
    remembered = Remembered(lambda word: asked.append(word) or len(word))
    assert [remembered["damp"], remembered["damp"]] == [4, 4]
    assert asked == ["damp"]
    assert remembered["x" * (LONGEST + 1)] == LONGEST + 1 and len(remembered) == 1
    for n in range(MOST + 5):
        remembered[str(n)]
    assert len(remembered) <= MOST
