from __future__ import annotations

import pytest

from analysis.text.evaluation import Labelled, Score, agreement, evaluate, redaction_agreement
from data.language import PROBES, labelled_comments


def test_precision_recall_and_f1_by_hand():
    score = Score(right=6, wrong=2, missed=4)
    assert (score.precision, score.recall, score.f1) == (0.75, 0.6, pytest.approx(12 / 18))


def test_nothing_to_divide_by_gives_no_share():
    assert (Score().precision, Score().recall, Score().f1) == (None, None, None)


def test_micro_counts_decisions_and_macro_counts_labels():
    # a: 3 right; b: 1 missed, 1 wrong. micro 6/8; macro (1 + 0) / 2
    task = agreement([({"a"}, {"a"}), ({"a"}, {"a"}), ({"a", "b"}, {"a"}), (set(), {"b"})])
    assert (task.micro.f1, task.macro_f1) == (0.75, 0.5)


def test_a_detail_half_taken_out_is_missed(language):
    comment = Labelled("told sandra zorbledy", "", "neutral", {}, (("person", "sandra zorbledy"),))
    assert redaction_agreement([comment], language).by_label["person"] == Score(missed=1)


def test_a_label_that_does_not_stand_in_its_comment_is_refused(language):
    with pytest.raises(ValueError, match="person"):
        redaction_agreement([Labelled("hello", "", "neutral", {}, (("person", "Dave"),))], language)


# Floors, with a margin below what docs/method/words.md reports. The words were chosen with these comments in view,
# so they guard against breaking something; they do not say how well unseen comments are read.
def test_the_reader_agrees_with_the_labels_it_was_made_with(language):
    found = evaluate(labelled_comments(), language)
    assert found.comments == 300
    assert found.tone.micro.f1 > 0.74 and found.tone.macro_f1 > 0.66
    assert found.topics.micro.f1 > 0.70 and found.topics.macro_f1 > 0.68
    assert found.redaction.micro.recall > 0.97 and found.redaction.micro.precision > 0.95


def test_the_reader_agrees_with_our_own_probes(language):
    found = evaluate(labelled_comments(PROBES), language)
    assert found.comments == 150
    assert found.tone.micro.f1 > 0.80
    assert found.topics.micro.f1 > 0.70
    assert found.redaction.micro.recall > 0.95
