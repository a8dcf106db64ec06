"""nltk's VADER, given its lexicon. A module of its own because nltk takes seconds to import and most commands read
nothing: it is imported when the first comment is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants


class Words(NamedTuple):
    """What nltk's analyser reads of a text."""

    words_and_emoticons: list[str]
    is_cap_diff: bool


class Valences(SentimentIntensityAnalyzer):
    """nltk's analyser given its lexicon, since its own constructor looks for a downloaded one."""

    def __init__(self, lexicon: Mapping[str, float], negations: frozenset[str]) -> None:
        self.lexicon = lexicon
        self.constants = VaderConstants()
        self.constants.NEGATE = self.constants.NEGATE | negations

    def valence(self, words: list[str], place: int, capitals: bool) -> float:
        """The value of one word, -4 to 4 or a little beyond, bent by the words before it.

        ``capitals``: some words of the text, but not all, stand in capitals, so that those shout.
        """
        (value,) = self.sentiment_valence(0, Words(words, capitals), words[place], place, [])
        return float(value)
