"""Reading ages against published figures, long sentences, sentences that do not say who acts."""

from __future__ import annotations

import pytest

from analysis.letters.readability import reading_age, says_no_doer, spoken_syllables
from data.letters.reading import syllables

CAT = "The cat sat on the mat."  # 6 words of one syllable: 0.39 x 6 + 11.8 - 15.59 = -1.45, by hand
# The example of the Wikipedia article on the test: 13 words, 24 syllables, grade 11.3.
PLATYPUS = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."


def test_the_grade_is_flesch_and_kincaids():
    age = reading_age([CAT] * 20, syllables)
    assert (age.words, age.sentences) == (120, 20)
    assert age.grade == pytest.approx(-1.45)
    assert age.value == pytest.approx(3.55)


def test_syllables_that_are_handed_in_give_the_published_grade_and_our_own_count_comes_within_one():
    told = {"The": 1, "Australian": 3, "platypus": 3, "seemingly": 3, "hybrid": 2, "mammal": 2, "reptilian": 3,
            "creature": 2}  # fmt: skip
    spoken = {word.lower(): n for word, n in told.items()}
    assert reading_age([PLATYPUS] * 8, lambda word: spoken.get(word, 1)).grade == pytest.approx(11.3, abs=0.05)
    assert reading_age([PLATYPUS] * 8, syllables).grade == pytest.approx(11.3, abs=1)


def test_fewer_than_a_hundred_words_have_no_reading_age_and_the_reason():
    age = reading_age([PLATYPUS], syllables)
    assert (age.value, age.withheld) == (None, "fewer than 100 words")


@pytest.mark.parametrize(
    "word, n",
    [("repaired", 2), ("advised", 2), ("reviewed", 2), ("inspected", 3), ("reported", 3), ("arranged", 2),
     ("failed", 1), ("walked", 1), ("drying", 2), ("condensation", 4), ("tenancy", 3), ("mould", 1), ("caused", 1),
     ("tenant's", 2), ("needed", 2), ("delayed", 2), ("notified", 3), ("red", 1)],
)  # fmt: skip
def test_syllables_are_those_that_are_spoken(word, n):
    assert spoken_syllables(word, syllables) == n


@pytest.mark.parametrize(
    "clause, none",
    [
        ("your complaint has been reviewed", True),
        ("the repair was not carried out", True),
        ("it has been decided to close the case", True),
        ("an inspection will be undertaken", True),
        ("the lift was repaired by our contractor", False),
        ("we have reviewed your complaint", False),
        ("we are sorry", False),
        ("we are pleased to help", False),
        ("the office is closed", False),
        ("you are entitled to a reply", False),
    ],
)
def test_whether_a_clause_says_who_acts(words, clause, none):
    assert says_no_doer(clause.split(), words.states, words.participles) is none


def test_a_sentence_of_more_than_25_words_is_told_and_one_of_25_is_not(read):
    short, long = " ".join(["word"] * 25) + ".", " ".join(["word"] * 26) + "."
    found = read(short.capitalize(), long.capitalize())
    assert found.long_sentences == 1
    assert [(each.rule, each.place) for each in found.findings] == [("long_sentence", "paragraph 2")]


def test_a_letter_in_which_much_is_done_by_nobody_is_told_once(read):
    lines = ["It was decided.", "It was noted.", "The case was reviewed.", "We came.", "We rang."]
    found = read(*lines)
    assert found.passive == 3
    assert [each.rule for each in found.findings] == ["passive"]
    assert not read(*lines[2:]).findings


def test_a_letter_that_asks_for_much_schooling_is_told_as_a_whole(read):
    found = read(*[PLATYPUS] * 10)
    assert found.age.value > 15
    assert [(each.rule, each.place, each.phrase) for each in found.findings] == [("reading_age", "whole letter", "")]
