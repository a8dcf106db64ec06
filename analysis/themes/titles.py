"""What to call a group of comments: the phrases that stand in many of them and in few of the others."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

LONGEST = 3  # words of a phrase
FEWEST = 3  # comments of a group a phrase has to stand in
ENOUGH = 0.03  # and this part of them
PHRASES = 6  # kept of each group
IN_TITLE = 3
MOSTLY = 0.4  # of the comments with a phrase that have it in a longer one
LONGER = 1.5  # how much more a word more is worth: phrases read better than words
Empty = frozenset[str]
Said = frozenset[str]  # the phrases of one comment
_RUN = re.compile(r"[^,.;:!?()\[\]\"\n/–—-]+|\[[^\]]*\]")
_POSSESSIVE = re.compile(r"'s?$")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def phrases(text: str, empty: Empty) -> Said:
    """The phrases of a redacted text that could name a group: one to three words in lower case.

    ``empty`` are words that say nothing of what a comment is about: they begin and end no phrase.

    >>> sorted(phrases("The service charge went up, [name]", frozenset({"the", "went", "up"})))
    ['charge', 'service', 'service charge']
    """
    return frozenset(_phrases(text, empty))


def _phrases(text: str, empty: Empty) -> Iterator[str]:
    for run in _RUN.findall(text.replace("’", "'")):
        if run[0] == "[":
            continue
        words = [_POSSESSIVE.sub("", word.lower()) for word in _WORD.findall(run)]
        names = [_names(word, empty) for word in words]
        for first in range(len(words)):
            for last in range(first + 1, min(first + LONGEST, len(words)) + 1):
                if names[first] and names[last - 1]:
                    yield " ".join(words[first:last])


def _names(word: str, empty: Empty) -> bool:
    """Whether a word says what something is about; none with an apostrophe does (he'd, didn't)."""
    return len(word) > 2 and word.isalpha() and word not in empty


def distinctive(groups: Sequence[Sequence[Said]], others: Sequence[Said]) -> list[tuple[str, ...]]:
    """For each group of comments its most telling phrases, best first; ``others`` are of no group.

    A comment comes as its ``phrases``. A phrase counts once a comment (class TF-IDF): the part of the group it stands
    in, times how much rarer it is elsewhere. Ties go by the alphabet, so that the same comments give the same phrases
    in any order.
    """
    counts = [Counter(phrase for said in group for phrase in said) for group in groups]
    everywhere = Counter(phrase for said in others for phrase in said)
    for count in counts:
        everywhere.update(count)
    total = len(others) + sum(map(len, groups))
    return [_best(count, len(group), everywhere, total) for count, group in zip(counts, groups, strict=True)]


def _best(count: Counter[str], size: int, everywhere: Counter[str], total: int) -> tuple[str, ...]:
    least = max(FEWEST, ENOUGH * size)
    scored = [
        (_weight(n / size, (everywhere[phrase] - n + 0.5) / (total - size + 1), phrase), phrase)
        for phrase, n in count.items()
        if n >= least
    ]
    kept: list[str] = []
    for score, phrase in sorted(scored, key=lambda pair: (-pair[0], pair[1])):
        whole = _whole(phrase, count)
        if score > 0 and not any(_overlap(whole, other) for other in kept):
            kept.append(whole)
        if len(kept) == PHRASES:
            break
    return tuple(kept)


def _whole(phrase: str, count: Counter[str]) -> str:
    """The longer phrase a phrase is mostly a part of, if there is one: "black" is "black mould"."""
    longer = [other for other in count if f" {phrase} " in f" {other} " and count[other] >= MOSTLY * count[phrase]]
    return max(longer, key=lambda other: (count[other] * (1 + other.count(" ")), other), default=phrase)


def _weight(inside: float, outside: float, phrase: str) -> float:
    return inside * math.log(inside / outside) * (1 + LONGER * phrase.count(" "))


def _overlap(phrase: str, other: str) -> bool:
    """Whether two phrases share a word, in the singular or plural."""
    return bool({word.rstrip("s") for word in phrase.split()} & {word.rstrip("s") for word in other.split()})


def title(telling: Sequence[str]) -> str:
    """What to call a group, from its telling phrases.

    >>> title(("service charge", "statement", "rent", "letters"))
    'Service charge, statement, rent'
    """
    text = ", ".join(telling[:IN_TITLE])
    return text[:1].upper() + text[1:]
