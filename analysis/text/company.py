"""What the words beside a word say of it: that a name follows, that it names a place, a pet or a saying."""

from __future__ import annotations

from analysis.text.name_words import NameWords, titled
from analysis.text.tokens import Token

_LOWER_PLACES = frozenset(["road", "street", "avenue", "court", "block", "estate", "park", "lane", "close", "terrace"])
_TIMES = frozenset(
    [
        "in",
        "since",
        "of",
        "until",
        "till",
        "last",
        "next",
        "this",
        "early",
        "late",
        "mid",
        "every",
        "each",
        "all",
        "during",
    ]
)
_PET_REACH = 4  # words before "called" in which a pet may stand: "a cat here, she is called Grace"


def announced(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether the words before say that a name follows: "my neighbour", "spoke to", "Regards,"."""
    if i == 0:
        return False
    gap, before = words[i].gap, words[i - 1]
    if before.lower in lists.closings and gap.strip() in ("", ",", "-", ".", "!"):
        return gap.strip() not in (".", "!") or "\n" in gap
    if gap not in (" ", ", ", ": ", " - ", ":", " ("):
        return False
    if before.lower in lists.announce:
        return True
    return i > 1 and gap == " " and f"{words[i - 2].lower} {before.lower}" in lists.announce_pairs


def titled_before(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether a title stands before: "Mr", "Cllr"."""
    if i == 0 or words[i].gap not in (" ", ". ", "."):
        return False
    title = words[i - 1]
    illness = title.word == "MS" and (not titled(words[i]) or words[i].gap != " ")
    if title.lower not in lists.titles or illness:
        return False
    if title.lower not in lists.capital_titles or (title.word[0].isupper() and titled(words[i])):
        return True
    return title.lower in ("dr", "pc", "miss") and (words[i].lower in lists.given or words[i].lower in lists.family)


def is_place(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether this is part of the name of a place or body: "Keir Hardie Court", "St Jude's"."""
    if i and words[i].gap in (" ", ". ") and words[i - 1].lower in lists.before_places and titled(words[i - 1]):
        return True
    capital = titled(words[i])
    for j in range(i + 1, min(i + 3, len(words))):
        if words[j].gap != " ":
            return False
        if titled(words[j]):
            if words[j].lower in lists.things:
                return True
        elif words[j].lower in (_LOWER_PLACES if capital else lists.streets):
            return True
        if not titled(words[j]):
            return False
    return False


def month(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether a month or season stands where a time does: "in May", "14 May", "last summer"."""
    if i == 0 or words[i].lower not in lists.calendar or words[i].gap != " ":
        return False
    before = words[i - 1].lower
    return before in _TIMES or before[0].isdigit()


def of_team(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether the words after say at which desk somebody sits: "Dawn in income", "jo from housing"."""
    if i + 2 >= len(words) or words[i + 1].lower not in ("from", "in", "at", "on") or words[i + 1].gap != " ":
        return False
    if words[i + 2].lower in ("your", "our", "their", "my", "this", "a"):  # "Faith in your repairs team"
        return False
    return any(words[j].lower in lists.teams for j in range(i + 2, min(i + 6, len(words))) if words[j].gap == " ")


def apposed(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether the words after say who somebody is: "Piet, the joiner", "patience, our scheme manager"."""
    if i + 2 >= len(words) or words[i + 1].lower not in ("the", "our", "my", "your", "their", "a", "who"):
        return False
    if words[i + 1].lower == "who":
        return words[i].word[0].isupper()
    reach = range(i + 2, min(i + 5, len(words)))
    return words[i + 1].gap in (" ", ", ", " - ", " (") and any(words[j].lower in lists.roles for j in reach)


def pet(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether this is what a pet is called."""
    if i == 0 or words[i - 1].lower not in ("called", "named", "is", "it"):
        return False
    before = [words[j].lower for j in range(max(0, i - 2 - _PET_REACH), i - 1)]
    named_it = words[i - 1].lower == "it" and before[-1:] == ["named"]
    return named_it or (words[i - 1].lower in ("called", "named") and not lists.pets.isdisjoint(before))


def kept_saying(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether this is part of a saying, or a person everybody knows: "Tom, Dick and Harry", "Robin Hood"."""
    for parts, place in lists.sayings.get(words[i].lower, ()):
        first = i - place
        if first >= 0 and tuple(word.lower for word in words[first : first + len(parts)]) == parts:
            return True
    return False
