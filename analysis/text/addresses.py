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
_AT = ("at", "of", "neighbour", "neighbours", "live", "lives")
_NOT_AT = ("from", "in", "to", "and")
_LETTERED = re.compile(r"\d{1,3}[a-h]\Z")  # "its 22b": a door, where a number alone may be anything
_DOOR = ("at", "from", "its", "it's")


@dataclass(frozen=True)
class AddressWords:
    """Kinds of street and block, kinds of dwelling, and words that show a number only counts something."""

    streets: frozenset[str]
    capital_streets: frozenset[str]  # everyday words: only with a capital
    others: frozenset[str]  # capital words after a number that are no street
    units: frozenset[str]
    alone: frozenset[str]  # dwellings that a number alone makes an address of
    counts: frozenset[str]

    def street(self, word: Token, after_comma: bool = False) -> bool:
        """Whether a word is a kind of street or block; after "Section 20," an everyday word is none."""
        everyday = word.word[0].isupper() and not after_comma and word.lower in self.capital_streets
        return everyday or word.lower in self.streets


def addresses(words: list[Token], register: AddressWords) -> Iterator[tuple[int, int]]:
    """Where each address begins and ends in the text; a block or street without a number is none."""
    figures = [i for i, word in enumerate(words) if word.word[0].isdigit()]
    done = -1  # the last word of the address before
    for i in sorted({near for at in figures for near in (at - 1, at) if near >= 0}):  # each begins at or before one
        if i <= done:
            continue
        last = _unit(words, i, register) or _house(words, i, register) or _numbered(words, i, register)
        if last is not None:
            first = i - 2 if _lettered_block(words, i) else _named_house(words, i, register)
            yield words[first].start, words[last].end
            done = last


def _named_house(words: list[Token], i: int, register: AddressWords) -> int:
    """Where a house's own name begins before its number, "Old Toll House, 1 Bridge Lane"; else the number's place."""
    if i < 2 or words[i].gap != ", " or not words[i - 1].word[0].isupper() or not register.street(words[i - 1]):
        return i
    first = i - 1
    while first > max(0, i - 5) and words[first].gap == " " and words[first - 1].word[0].isupper():
        first -= 1
    return first if first < i - 1 else i


def _lettered_block(words: list[Token], i: int) -> bool:
    """Whether "block C" stands before a flat."""
    return i > 1 and words[i - 2].lower == "block" and len(words[i - 1].word) == 1 and _close(words, i)


def _unit(words: list[Token], i: int, register: AddressWords) -> int | None:
    """The last word of "Flat 22 Beckford Tower", "flat 3, 9 Elm Road" or a bare "Flat 7"."""
    if words[i].lower not in register.units or not _number(words, i + 1):
        return None
    block = _street(words, i + 1, register) or _the(words, i + 1, register)
    house = _house(words, i + 2, register) if i + 2 < len(words) and _close(words, i + 2) else None
    if block or house:
        return max(block or 0, house or 0)
    after = words[i + 2] if i + 2 < len(words) and words[i + 2].gap == " " else None
    counted = after is not None and after.lower in register.counts and after.lower not in (*_AT, *_NOT_AT)
    if counted and words[i].word.islower():
        return None
    last = _capitals(words, i + 1)
    return last if last > i + 1 or words[i].lower in register.alone else None


def _the(words: list[Token], number: int, register: AddressWords) -> int | None:
    """The last word of "the old bakery" after a number, in small letters, where a piece of the text ends with it."""
    if number + 1 >= len(words) or words[number + 1].lower != "the" or not _close(words, number + 1):
        return None
    for j in range(number + 2, min(number + 5, len(words))):
        if words[j].gap != " ":
            return None
        ends = j + 1 == len(words) or words[j + 1].gap[:1] in (",", ".", "\n", ";")
        if ends and words[j].lower in register.streets | register.capital_streets:
            return j
    return None


def _house(words: list[Token], i: int, register: AddressWords) -> int | None:
    """The last word of "14 Fennel Close", "12b larch court" or "9 The Maltings"."""
    if not _number(words, i):
        return None
    if i + 2 < len(words) and words[i + 1].word == "The" and words[i + 2].word[0].isupper():
        return _capitals(words, i + 1)
    return _street(words, i, register) or _the(words, i, register) or _capital_street(words, i, register)


def _capital_street(words: list[Token], number: int, register: AddressWords) -> int | None:
    """The last of two or three capital words after a number, where nothing else stands beside: "70 Mill Leat,"."""
    before = words[number].gap.strip(" ")
    if number and not before and words[number - 1].lower not in (*_DOOR, "of", "is", "re"):
        return None
    last = number
    for j in range(number + 1, min(number + 4, len(words))):
        word = words[j]
        if word.gap != " " or not word.word[0].isupper() or word.word.isupper() or word.lower in register.others:
            break
        last = j
    ends = last + 1 == len(words) or words[last + 1].gap[:1] in (",", ".", "\n", ";")
    known = ends and "\x00" in words[last + 1].gap if last + 1 < len(words) else False  # a postcode stands after
    return last if ends and last > number + (0 if known else 1) else None


def _street(words: list[Token], number: int, register: AddressWords) -> int | None:
    """The kind of street or block that ends the run of words after a number, the furthest one if capitals go on."""
    found = None
    for j in range(number + 1, min(number + 1 + FURTHEST, len(words))):
        word = words[j]
        if _new_start(words, j, number) or not _close(words, j) or (found and not word.word[0].isupper()):
            break
        if j > number + 1 and register.street(word, after_comma="," in words[number + 1].gap):
            found = j
        elif word.lower in register.counts and not word.word[0].isupper() and (j > number + 1 or word.lower != "st"):
            break
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


def _numbered(words: list[Token], i: int, register: AddressWords) -> int | None:
    """The number of "the lad at number 32" or "at 22b": a neighbour's door; or "no 14 Lower Bank St"."""
    if words[i].lower in _NUMBERED and _number(words, i + 1):
        street = _street(words, i + 1, register)
        return street or (i + 1 if i and words[i - 1].lower in _AT else None)
    lettered = i > 0 and _LETTERED.match(words[i].lower) and words[i - 1].lower in _DOOR and words[i].gap == " "
    return i if lettered else None


def _number(words: list[Token], i: int) -> bool:
    return i < len(words) and bool(_NUMBER.match(words[i].lower)) and (i == 0 or "£" not in words[i].gap)


def _close(words: list[Token], i: int) -> bool:
    return bool(_JOINED.match(words[i].gap)) and ". " not in words[i].gap
