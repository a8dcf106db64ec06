"""Comments read in a CPU-second by one process, beside nltk's VADER alone on the same texts.

    python bench/labelling.py [TIMES]

Prints the median of five rounds; the ratio is what a machine cannot change.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

from analysis.text.reading import read
from data.language import labelled_comments, load_language, vader_lexicon

ROUNDS = 5


def main(times: int) -> None:
    """Measure both and print comments per CPU-second and their ratio."""
    comments = labelled_comments() * times
    language = load_language()
    analyser = SentimentIntensityAnalyzer.__new__(SentimentIntensityAnalyzer)
    analyser.lexicon, analyser.constants = vader_lexicon(), VaderConstants()
    ours = per_second(lambda: [read(c.text, c.question, language) for c in comments], len(comments))
    vaders = per_second(lambda: [analyser.polarity_scores(c.text) for c in comments], len(comments))
    letters = statistics.mean(len(c.text) for c in comments)
    print(f"comments: {len(comments)}, mean length {letters:.0f} characters")
    print(f"reader (redaction, tone, topics, flag): {ours:,.0f} a CPU-second")
    print(f"nltk VADER alone:                       {vaders:,.0f} a CPU-second")
    print(f"ratio: the reader takes {vaders / ours:.1f} times as long")


def per_second(work: Callable[[], object], pieces: int) -> float:
    """Pieces of work done in a CPU-second: the median of a few rounds, after one to warm up."""
    work()
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return pieces / statistics.median(spent)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
