"""nltk's VADER as it comes: the transparent floor that every measurement of the reader stands beside.

Imported only where the reader is measured: nltk brings scikit-learn with it, two seconds and 100 MB.
"""

from __future__ import annotations

from collections.abc import Iterable

from data.language import vader_lexicon

CLEAR = 0.05  # of the compound value, from which VADER's authors call a text positive or negative


def vader_tones(texts: Iterable[str]) -> tuple[str, ...]:
    """positive, negative or neutral for each text, by nltk's own analyser over VADER's own lexicon; it knows no mixed.

    The cut is that of Hutto and Gilbert (2014). Raises LexiconError where the lexicon is not installed.
    """
    from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

    # Its own way of starting looks for a lexicon that nltk would have to download.
    analyser = SentimentIntensityAnalyzer.__new__(SentimentIntensityAnalyzer)
    analyser.lexicon, analyser.constants = vader_lexicon(), VaderConstants()
    return tuple(_tone(analyser.polarity_scores(text)["compound"]) for text in texts)


def _tone(compound: float) -> str:
    """
    >>> [_tone(value) for value in (0.05, 0.0, -0.3)]
    ['positive', 'neutral', 'negative']
    """
    return "positive" if compound >= CLEAR else "negative" if compound <= -CLEAR else "neutral"
