"""Names that are words, written in small letters: "spoke to will", "mark came round", "grace and joy in repairs".

A small-letter "will" or "may" is nearly always the word, so a name has to be told by both sides of it.
"""

from __future__ import annotations

from analysis.text.name_words import NameWords, starts, titled
from analysis.text.tokens import Token

_MODALS = ("will", "may")
_AMOUNTS = ("max", "min", "may", "june", "april")


def announced_small(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether the words before say that somebody is named, and the words after do not make a verb of it."""
    if i == 0 or words[i].gap != " " or not _fit(words, i, lists):
        return False
    before = words[i - 1].lower
    if before == "by" and words[i].lower in lists.calendar:  # "fixed by may"
        return False
    pair = i > 1 and f"{words[i - 2].lower} {before}" in lists.warm_pairs
    if not pair and before not in lists.reaching and before not in lists.calling:
        return False
    if i + 1 < len(words) and words[i + 1].gap == " " and words[i + 1].word[0].isdigit() and not pair:
        return words[i].lower not in _AMOUNTS  # "chased mark 3 times", not "max 5 mins"
    if before in lists.calling and not _placed(words, i, lists):
        return False
    return not as_verb(words, i, lists)


def acting_small(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether it does at the head of a sentence what only a person does: "mark came round", "and joy rang"."""
    if i + 1 >= len(words) or words[i + 1].gap != " " or not _fit(words, i, lists) or words[i].lower in lists.calendar:
        return False
    if not starts(words, i) and words[i - 1].lower not in lists.heading:
        return False
    return words[i + 1].lower in lists.acting and words[i].lower not in lists.arriving


def joined_small(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether a word after a name and "and" is a second name: "grace and joy in the repairs team"."""
    if words[i - 1].lower not in ("and", "&", "n") or words[i].gap != " " or not _fit(words, i, lists):
        return False
    if words[i].lower in _MODALS and not _placed(words, i, lists):
        return False
    return _ends(words, i) or not as_verb(words, i, lists)


def _fit(words: list[Token], i: int, lists: NameWords) -> bool:
    return not titled(words[i]) and words[i].lower in lists.wordy and len(words[i].word) > 2


def _ends(words: list[Token], i: int) -> bool:
    """Whether the sentence, or a part of it, ends with this word."""
    return i + 1 >= len(words) or words[i + 1].gap != " "


def _placed(words: list[Token], i: int, lists: NameWords) -> bool:
    return _ends(words, i) or words[i + 1].lower in lists.after or words[i + 1].lower in lists.acting


def as_verb(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether it is a verb here, by the word after: "the caller will ring", "spoke to hope to get it moved"."""
    if _ends(words, i) or words[i].lower not in lists.verbs:
        return False
    return words[i + 1].lower in lists.after_verbs
