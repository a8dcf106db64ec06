"""Comments with nothing to read: blanks, signs without words, other languages. Each is set aside with its reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

NOTHING, NO_WORDS, NOT_ENGLISH = "nothing to read", "no words", "not in English"
FEWEST_WORDS = 4  # a shorter text is never said to be in another language
FEWEST_LETTERS = 6  # of another script
FEWEST_SIGNS = 3  # little words of another language
CLEARLY = 2.0  # times as many little words of another language as of English

_MARKS = re.compile(r"\[[a-z\- A-Z]{1,20}\]")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_RATING = re.compile(r"\d{1,3}\s?(?:/|out of)\s?\d{1,3}|\d{1,3}\s?%")
_ENGLISH = "english"


@dataclass(frozen=True)
class BlankWords:
    """Answers that say nothing, and the little words by which a language is known."""

    blank: frozenset[str]
    answer: frozenset[str]  # says something where the question asks what is good or could be better
    asks: frozenset[str]  # words of such questions
    tongues: Mapping[str, frozenset[str]]  # language → its little words; "english" among them

    @cached_property
    def most(self) -> int:
        """How many words the longest answer has that says nothing."""
        return max((len(answer.split()) for answer in self.blank | self.answer), default=0)


def set_aside(text: str, question: str, register: BlankWords) -> str:
    """Why a tidied text is not read for meaning; "" where it is. Emoji count as said, and so does "10/10"."""
    said = _MARKS.sub(" ", text) if "[" in text else text
    words = _WORD.findall(said.lower())
    if not words:
        if _RATING.search(said) or any(map(_pictures, said)):
            return ""
        return NO_WORDS if any(map(str.isalnum, text)) or len(said.strip()) > 1 else NOTHING
    if len(words) <= register.most and _says_nothing(words, question, register) and not any(map(_pictures, said)):
        return NOTHING
    if (not said.isascii() and _other_script(said)) or (
        len(words) >= FEWEST_WORDS and _other_tongue(words, register.tongues)
    ):
        return NOT_ENGLISH
    return ""


def tongue(text: str, tongues: Mapping[str, frozenset[str]]) -> str:
    """The language whose little words a text holds most of; "" where it holds none. A guess, for long enough texts."""
    words = _WORD.findall(text.lower())
    counts = {name: sum(word in little for word in words) for name, little in tongues.items()}
    best = max(counts, key=lambda name: counts[name], default="")
    return best if best and counts[best] else ""


def _says_nothing(words: list[str], question: str, register: BlankWords) -> bool:
    plain = " ".join(words).replace("'", "").replace("-", " ")
    if plain in register.blank:
        return True
    if plain not in register.answer:
        return False
    asked = set(_WORD.findall(question.lower()))
    return register.asks.isdisjoint(asked)


def _pictures(sign: str) -> bool:
    """Whether a sign is an emoji or another picture."""
    return sign > "\u203b" and unicodedata.category(sign) == "So"


def _other_script(text: str) -> bool:
    """Whether most letters of a text are of a script that English is not written in."""
    letters = [sign for sign in text if sign.isalpha()]
    foreign = sum(sign > "\u02ff" and not "\u1e00" <= sign <= "\u1eff" for sign in letters)
    return foreign >= FEWEST_LETTERS and foreign > len(letters) / 2


def _other_tongue(words: list[str], tongues: Mapping[str, frozenset[str]]) -> bool:
    """Whether another language's little words are many, and far more than those of English."""
    english = sum(map(tongues[_ENGLISH].__contains__, words))
    if english * 4 > len(words):
        return False
    most = max(
        (sum(word in little for word in words) for name, little in tongues.items() if name != _ENGLISH), default=0
    )
    return most >= FEWEST_SIGNS and most >= CLEARLY * max(english, 1) and most * 6 >= len(words)
