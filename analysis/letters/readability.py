"""How hard a letter is to read: reading age, long sentences, sentences that do not say who does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis.letters.sentences import spoken_words
from analysis.model.letters import ReadingAge

FEWEST_WORDS = 100  # Flesch's own samples were of a hundred words (A new readability yardstick, 1948)
YEARS = 5  # an American school grade and five is the age of those in it
BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "isnt", "arent", "wasnt", "werent"})
MOST_BETWEEN = 2  # words between a form of "to be" and what was done: "was not yet inspected"
BETWEEN = frozenset(
    {"not", "never", "also", "still", "now", "then", "already", "always", "recently", "yet", "being", "been"}
)

Syllables = Callable[[str], int]


def reading_age(sentences: Sequence[str], syllables: Syllables) -> ReadingAge:
    """Flesch-Kincaid grade and five years; withheld below 100 words.

    Grade = 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid, Fishburne, Rogers and Chissom 1975).
    """
    said = [words for sentence in sentences if (words := spoken_words(sentence))]
    n = sum(map(len, said))
    if n < FEWEST_WORDS:
        return ReadingAge(None, None, n, len(said), f"fewer than {FEWEST_WORDS} words")
    spoken = sum(spoken_syllables(word, syllables) for words in said for word in words)
    grade = 0.39 * n / len(said) + 11.8 * spoken / n - 15.59
    return ReadingAge(grade + YEARS, grade, n, len(said))


def spoken_syllables(word: str, syllables: Syllables) -> int:
    """Syllables of a word; the ending -ed is silent after most letters, which a count of vowels does not know.

    ``syllables`` is the counter handed in.
    """
    plain = word.lower().removesuffix("'s")
    counted = max(1, syllables(plain))
    if plain.endswith("ying") and counted == 1:
        return 2
    if plain.endswith("ed") and len(plain) > 4 and plain[-3] not in "td":
        silent = max(syllables(plain[:-2]), syllables(plain[:-1]))  # "repaired" as "repair", "handled" as "handle"
        return max(1, min(counted, silent))
    return counted


def says_no_doer(lower: Sequence[str], states: frozenset[str], participles: frozenset[str]) -> bool:
    """Whether a clause says that something was done, and not by whom: a form of "to be", a participle, no "by".

    ``lower`` are its words in small letters, without apostrophes.
    """
    for at, word in enumerate(lower):
        if word not in BE:
            continue
        for place in range(at + 1, min(at + 2 + MOST_BETWEEN, len(lower))):
            done = lower[place]
            if done in participles or (done.endswith("ed") and len(done) > 3 and done not in states):
                if "by" not in lower[place + 1 : place + 5] and done not in ("been", "being"):
                    return True
            elif not (done in BETWEEN or done.endswith("ly")):
                break
    return False
