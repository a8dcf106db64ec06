from __future__ import annotations

import time

from analysis.text.repeats import same_words

PETITION = "We the undersigned tenants of the block ask that the lift be repaired before the winter and not after it."


def test_signs_and_capitals_make_no_difference():
    assert same_words(["Lift broken!", "lift  BROKEN", "Gate broken"]) == [0, 0, 1]


def test_a_pasted_text_with_a_word_changed_is_the_same():
    changed = "Hello. " + PETITION.replace("winter", "winters")
    assert same_words([PETITION, "The lift is out", changed]) == [0, 1, 0]


def test_short_comments_are_the_same_only_when_every_word_is():
    assert same_words(["the lift is out again", "the lift is out today"]) == [0, 1]


def test_comments_on_one_subject_are_not_the_same():
    other = "The lift has been out since the autumn and we ask that somebody comes before winter, not after."
    assert same_words([PETITION, other]) == [0, 1]


def test_pictures_are_told_apart():
    assert same_words(["👍", "😡", "👍", ""]) == [0, 1, 0, 2]


def test_ten_thousand_pasted_comments_take_well_under_a_second():
    begun = time.perf_counter()
    assert set(same_words([PETITION] * 10_000)) == {0}
    assert time.perf_counter() - begun < 0.8


def test_the_groups_are_the_same_on_every_run():
    texts = [f"{PETITION} {n % 7}" for n in range(200)]
    assert same_words(texts) == same_words(texts)
