"""What groups of comments are called."""

from __future__ import annotations

from analysis.themes.titles import distinctive, phrases, title

EMPTY = frozenset(["the", "is", "in", "and", "a", "my", "of", "it", "was", "on", "to", "for", "we"])
MOULD = [
    "Black mould in the bedroom",
    "black mould on my wall",
    "the wall is black, mould",
    "Black mould. Wet wall",
] * 2
RENT = ["service charge went up", "my service charge", "The Service Charge letter", "a charge for service"] * 2


def called(groups, others=()):
    return distinctive(
        [[phrases(text, EMPTY) for text in group] for group in groups], [phrases(t, EMPTY) for t in others]
    )


def test_a_group_is_called_by_what_stands_in_it_and_not_in_the_others():
    mould, rent = called([MOULD, RENT], ["the bedroom door", "letter from my mum"])
    assert mould[0] == "black mould"
    assert "wall" in mould
    assert rent[0] == "service charge"
    assert title(mould).startswith("Black mould, wall")


def test_the_order_of_texts_and_groups_changes_no_title():
    one = called([MOULD, RENT])
    assert called([RENT[::-1], MOULD[::-1]]) == one[::-1]


def test_no_phrase_begins_or_ends_with_an_empty_word_or_crosses_a_stop_or_a_bracket():
    found = phrases("The end of terrace, [name] 24 flats didn't fit the tenants' hall", EMPTY)
    assert "end of terrace" in found
    assert {"tenants", "hall", "flats"} <= found
    assert not any(phrase.split()[0] in EMPTY or phrase.split()[-1] in EMPTY for phrase in found)
    assert not {"name", "24", "didn't", "24 flats", "terrace flats"} & found


def test_what_stands_in_a_few_comments_names_nothing():
    (few,) = called([["damp cellar", "cold attic", "warm hall"]])
    assert few == ()
