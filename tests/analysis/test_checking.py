"""How right the reader is, and how far two people agree: against figures worked by hand and by other programs."""

from __future__ import annotations

import pytest
from nltk.metrics.agreement import AnnotationTask
from statsmodels.stats.inter_rater import cohens_kappa

from analysis.checking import Checked, Labels, accuracy, between_people, kappa, ratio
from analysis.survey.estimates import plain_shares


def one(found="negative", given="negative", topics=(), really=(), **slices):
    named = {"danger": False, "told": False}
    return Checked(
        Labels(found, dict.fromkeys(topics, "negative"), **named),
        Labels(given, dict.fromkeys(really, "negative"), **named),
        slices,
    )


def test_precision_and_recall_of_a_topic_are_counted_by_hand():
    checked = [one(topics=["pests"], really=["pests"])] * 6
    checked += [one(topics=["pests"])] * 2 + [one(really=["pests"])] * 4 + [one()] * 8
    pests = accuracy(checked).by_topic["pests"]
    assert (pests.precision.value, pests.precision.base, pests.precision.yes) == (0.75, 8, 6)
    assert (pests.recall.value, pests.recall.base) == (0.6, 10)
    assert pests.f1.value == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))
    assert pests.f1.base == 12
    (half,) = plain_shares([("", ())], [6], [12], smallest_base=1)  # 6 right of the 12 where either said it
    assert (pests.f1.low, pests.f1.high) == pytest.approx([2 * s / (1 + s) for s in (half.low, half.high)])


def test_a_topic_nobody_spoke_of_has_its_reason():
    found = accuracy([one(topics=["pests"])] * 3).by_topic["pests"]
    assert found.recall.withheld == "no comments checked that tell of it"
    assert found.precision.value == 0


@pytest.mark.parametrize("n", [8, 10, 29, 30, 45, 200])
def test_one_decision_a_comment_is_a_plain_share(n):
    (plain,) = plain_shares([("", ())], [n // 3], [n], smallest_base=1)
    found = ratio([1] * (n // 3) + [0] * (n - n // 3), [1] * n, "comments")
    assert (found.value, found.base, found.yes) == (plain.value, n, n // 3)
    assert (found.low, found.high) == pytest.approx((plain.low, plain.high), abs=1e-9)


def test_decisions_of_one_comment_that_go_together_do_not_narrow_the_range():
    alone = ratio([1] * 20 + [0] * 20, [1] * 40, "comments")
    together = ratio([4] * 20 + [0] * 20, [4] * 40, "comments")
    assert (together.value, together.base, together.yes) == (0.5, 40, None)
    assert (together.low, together.high) == pytest.approx((alone.low, alone.high))


def test_a_tone_the_reader_would_not_say_is_counted_apart():
    found = accuracy([one("unsure")] * 5 + [one()] * 30 + [one("positive")] * 10)
    assert (found.checked, found.unsure, found.tone.base, found.tone.value) == (45, 5, 40, 0.75)
    assert set(found.tones) == {"negative", "positive"}


def test_a_slice_is_told_of_once_thirty_are_checked():
    checked = [one(topics=["pests"], really=["pests"], tenure="Sheltered")] * 29 + [one(tenure="General needs")] * 30
    tenure = accuracy(checked).slices["tenure"]
    assert tenure["Sheltered"].tone.withheld == "fewer than 30 comments checked"
    assert tenure["Sheltered"].topics.f1.withheld == "fewer than 30 comments checked"
    assert (tenure["Sheltered"].checked, tenure["General needs"].tone.value) == (29, 1.0)


def test_polarity_is_of_topics_found_rightly_only():
    said = Checked(
        Labels("mixed", {"pests": "negative", "asb_noise": "positive"}), Labels("mixed", {"pests": "positive"}), {}
    )
    found = accuracy([said, one(topics=["pests"], really=["pests"])]).polarity
    assert (found.value, found.base) == (0.5, 2)


# ── Two people ───────────────────────────────────────────────────────────────────────────────────

TONES = [("negative", "negative")] * 20 + [("positive", "negative")] * 5 + [("negative", "positive")] * 10
TONES += [("positive", "positive")] * 15


def test_kappa_is_the_textbooks():
    found = kappa([[pair] for pair in TONES])  # 20, 5, 10, 15 of 50: agreed .7, chance .5
    assert (found.value, found.agreed, found.base) == (pytest.approx(0.4), 0.7, 50)
    others = cohens_kappa([[20, 10], [5, 15]])
    assert (found.low, found.high) == pytest.approx((others.kappa_low, others.kappa_upp), abs=0.015)


def test_kappa_of_many_labels_agrees_with_nltk():
    pairs = [(a, b) for a in "abcd" for b in "abcd" for _ in range(1 + 5 * (a == b))]
    task = AnnotationTask([(who, n, pair[who]) for n, pair in enumerate(pairs) for who in (0, 1)])
    assert kappa([[pair] for pair in pairs]).value == pytest.approx(task.kappa())


def test_where_both_always_say_the_same_there_is_no_kappa_and_a_reason():
    found = kappa([[("negative", "negative")]] * 10)
    assert (found.value, found.agreed) == (None, 1.0)
    assert "chance" in found.withheld
    assert "fewer than two" in kappa([[("a", "b")]]).withheld


def test_the_two_people_with_most_in_common_are_compared():
    a = {str(n): Labels("negative", {"pests": "negative"}) for n in range(12)}
    b = {str(n): Labels("negative" if n < 9 else "positive", {"pests": "negative"} if n % 2 else {}) for n in range(12)}
    c = {"0": Labels("positive", {})}
    found = between_people({"Ann": a, "Bo": b, "Cy": c})
    assert (found.people, found.both) == (("Ann", "Bo"), 12)
    assert found.tone_agreed.value == 0.75
    assert found.topics_f1.value == pytest.approx(2 * 6 / (12 + 6))
    assert found.by_topic["pests"].agreed == 0.5


def test_nobody_in_common_is_no_agreement():
    assert between_people({"Ann": {"1": Labels("mixed", {})}, "Bo": {"2": Labels("mixed", {})}}) is None
    assert between_people({}) is None
