"""Every value is held to nltk's own analyser: nltk is imported here, and nowhere that comments are read."""

from __future__ import annotations

import random

import pytest
from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

from data.language import labelled_comments


class Words:
    """What nltk's analyser reads of a text."""

    def __init__(self, words, capitals):
        self.words_and_emoticons, self.is_cap_diff = words, capitals


@pytest.fixture(scope="module")
def valences(language):
    return language.registers.tone.valences


@pytest.fixture(scope="module")
def nltk_valence(valences):
    analyser = SentimentIntensityAnalyzer.__new__(SentimentIntensityAnalyzer)  # its constructor looks for a download
    analyser.lexicon, analyser.constants = valences.lexicon, VaderConstants()
    analyser.constants.NEGATE = valences.negations
    return lambda words, place, capitals: analyser.sentiment_valence(
        0, Words(words, capitals), words[place], place, []
    )[0]


def test_the_words_that_bend_a_value_are_nltks(valences):
    constants = VaderConstants()
    assert valences.negations >= constants.NEGATE
    assert valences.emphasis == constants.BOOSTER_DICT
    assert valences.idioms == constants.SPECIAL_CASE_IDIOMS


def test_words_of_tenants_have_the_value_nltk_gives_them(valences, nltk_valence):
    met = 0
    for comment in labelled_comments():
        words = comment.text.replace(".", " ").replace(",", " ").split()
        lower = [word.lower() for word in words]
        for place, word in enumerate(lower):
            if word in valences.lexicon:
                met += 1
                for capitals in (False, True):
                    assert valences.valence(words, lower, place, capitals) == nltk_valence(words, place, capitals)
    assert met > 300


def test_words_in_any_company_have_the_value_nltk_gives_them(valences, nltk_valence):
    rng = random.Random(6)
    known = sorted(valences.lexicon)
    company = [*sorted(valences.negations), *valences.emphasis, "the", "least", "at", "never", "so", "this", "don't"]
    company += [word for idiom in (*valences.idioms, "sort of", "kind of") for word in idiom.split()]
    for _ in range(20_000):
        words = [rng.choice(rng.choice((known, company))) for _ in range(rng.randint(1, 7))]
        words = [word.upper() if rng.random() < 0.1 else word for word in words]
        lower, capitals = [word.lower() for word in words], rng.random() < 0.5
        for place, word in enumerate(lower):
            if word in valences.lexicon:
                found = valences.valence(words, lower, place, capitals)
                assert found == nltk_valence(words, place, capitals), (words, place, capitals)
