from __future__ import annotations

import pytest

from analysis.text.reading import read

WELL, BETTER, WHY = "What do we do well?", "What could we do better?", "Why do you say that?"


@pytest.fixture
def tone(rules):
    return lambda text, question=WHY: read(text, question, rules).tone


@pytest.mark.parametrize(
    "text, label",
    [
        ("Mould all over the bedroom wall", "negative"),
        ("There is a leak under the sink", "negative"),
        ("no heating since Friday", "negative"),
        ("I am still waiting", "negative"),
        ("treated like second class citizens", "negative"),
        ("Brilliant service, the lad was very helpful", "positive"),
        ("cant fault them", "positive"),
        ("not bad at all", "positive"),
        ("My complaint was dealt with quickly", "positive"),
        ("no mould since you fixed it, thanks", "positive"),
        ("Had mice last year. Your man sorted it, not seen one since", "positive"),
        ("Staff are lovely but I waited 14 months for a window", "mixed"),
        ("Can you tell me when the bins go out?", "neutral"),
        ("No issues to report", "neutral"),
    ],
)
def test_words_mean_what_tenants_mean(tone, text, label):
    assert tone(text).label == label


@pytest.mark.parametrize(
    "question, label", [(BETTER, "positive"), (WELL, "negative"), ("Is there anything else?", "neutral")]
)
@pytest.mark.parametrize("answer", ["Nothing", "nothing really", "nowt"])
def test_nothing_means_what_was_asked(tone, answer, question, label):
    assert tone(answer, question).label == label


def test_a_bare_list_of_what_is_good_is_praise(tone):
    assert tone("the youth club and the caretaker", WELL).label == "positive"


def test_an_answer_to_what_could_be_better_is_criticism_unless_it_only_suggests(tone):
    assert tone("ring us when the lift is off", BETTER).label == "negative"
    assert tone("Maybe put the bin days on the noticeboard", BETTER).label == "neutral"


def test_the_reasons_are_the_tenant_s_own_words_strongest_first(tone):
    assert tone("Lovely staff, filthy stairs and a total SHAMBLES").reasons[:1] == ("SHAMBLES",)


def test_the_reasons_of_praise_hold_no_criticism(tone):
    assert "slow" not in tone("Brilliant, fantastic, excellent, bit slow").reasons


@pytest.mark.parametrize("text", ["", "   ", "?", "👍", "[name]", "." * 500])
def test_a_comment_without_words_is_read_without_complaint(tone, text):
    assert -1 <= tone(text).score <= 1


def test_the_score_has_the_sign_of_what_was_felt(tone):
    assert tone("wonderful").score > 0 > tone("disgraceful").score


@pytest.mark.parametrize(
    "answer, question, label",
    [
        ("Bins", BETTER, "negative"),
        ("Bins", WELL, "positive"),
        ("Everything", BETTER, "negative"),
        ("Everything", WELL, "positive"),
        ("More benches", BETTER, "neutral"),
        ("windows please", BETTER, "neutral"),
        ("Not very", "How safe do you feel at home?", "negative"),
        ("Yes always", "Do you feel listened to?", "positive"),
        ("where do I start", BETTER, "negative"),
    ],
)
def test_a_bare_answer_means_what_was_asked(tone, answer, question, label):
    assert tone(answer, question).label == label
