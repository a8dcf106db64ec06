"""House numbers with their street, and flats with their block, as tenants and call handlers write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.text.tokens import Token

FURTHEST = 5  # a street's own word stands at most this many words after the number: "116 Purley Gate Lane"

_NUMBER = re.compile(r"\d{1,4}[a-z]?(?:[/-]\d{1,4}[a-z]?)?\Z")
_JOINED = re.compile(r"(?:'s)?[ ,.#]{0,3}\Z", re.IGNORECASE)
_NUMBERED = ("number", "no", "num", "nr", "nos")
_AT = ("at", "from", "in", "of", "to", "and", "neighbour", "neighbours")


@dataclass(frozen=True)
class AddressWords:
    """Kinds of street and block, kinds of dwelling, and words that show a number only counts something."""

    streets: frozenset[str]
    units: frozenset[str]
    counts: frozenset[str]


def addresses(words: list[Token], register: AddressWords) -> Iterator[tuple[int, int]]:
    """Where each address begins and ends in the text; a block or street without a number is none."""
    if not any(word.word[0].isdigit() for word in words):
        return
    i = 0
    while i < len(words):
        last = _unit(words, i, register) or _house(words, i, register) or _numbered(words, i)
        if last is None:
            i += 1
            continue
        yield words[i].start, words[last].end
        i = last + 1


def _unit(words: list[Token], i: int, register: AddressWords) -> int | None:
    """The last word of "Flat 22 Beckford Tower", "flat 3, 9 Elm Road" or a bare "Flat 7"."""
    if words[i].lower not in register.units or not _number(words, i + 1):
        return None
    block = _street(words, i + 1, register)
    house = _house(words, i + 2, register) if i + 2 < len(words) and _close(words, i + 2) else None
    if block or house:
        return max(block or 0, house or 0)
    after = words[i + 2] if i + 2 < len(words) and words[i + 2].gap == " " else None
    counted = after is not None and after.lower in register.counts and after.lower not in _AT
    return None if counted and words[i].word.islower() else _capitals(words, i + 1)


def _house(words: list[Token], i: int, register: AddressWords) -> int | None:
    """The last word of "14 Fennel Close", "12b larch court" or "9 The Maltings"."""
    if not _number(words, i):
        return None
    if i + 2 < len(words) and words[i + 1].word == "The" and words[i + 2].word[0].isupper():
        return i + 2
    return _street(words, i, register)


def _street(words: list[Token], number: int, register: AddressWords) -> int | None:
    """The kind of street or block that ends the run of words after a number, the furthest one if capitals go on."""
    found = None
    for j in range(number + 1, min(number + 1 + FURTHEST, len(words))):
        word = words[j]
        if (
            _new_start(words, j, number)
            or not _close(words, j)
            or (word.lower in register.counts and not word.word[0].isupper())
        ):
            break
        if found and not word.word[0].isupper():
            break
        if j > number + 1 and word.lower in register.streets:
            found = j
    return found


def _new_start(words: list[Token], j: int, number: int) -> bool:
    """Whether a capital after a comma starts something new after words in small letters: "2 cats, Ash Court"."""
    return j > number + 1 and "," in words[j].gap and words[j].word[0].isupper() and words[j - 1].word.islower()


def _capitals(words: list[Token], last: int) -> int:
    """The last of up to three capital words after a flat's number: a block whose kind we do not know."""
    for j in range(last + 1, min(last + 4, len(words))):
        if words[j].gap not in (" ", ", ") or not words[j].word[0].isupper() or words[j].word.isupper():
            break
        last = j
    return last


def _numbered(words: list[Token], i: int) -> int | None:
    """The number of "the lad at number 32": a neighbour's door."""
    if words[i].lower not in _NUMBERED or not _number(words, i + 1) or i == 0:
        return None
    return i + 1 if words[i - 1].lower in _AT else None


def _number(words: list[Token], i: int) -> bool:
    return i < len(words) and bool(_NUMBER.match(words[i].lower)) and (i == 0 or "£" not in words[i].gap)


def _close(words: list[Token], i: int) -> bool:
    return bool(_JOINED.match(words[i].gap)) and ". " not in words[i].gap
