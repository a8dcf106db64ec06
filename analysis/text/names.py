"""People's names in a comment: announced ("my neighbour Dave"), signed, or known for names.

No dictionary of names is whole, so a capital word that something announces is a name even if we never saw it; a name
we know needs no announcement; a name that is also a word (May, Will, Grace) needs one, or a capital inside a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from analysis.text.tokens import Token

LONGEST_NAME = 4  # words in one name
_IRISH = re.compile(r"O'[A-Z][a-z]{2}|Ma?c[A-Z][a-z]{2}")  # O'Donoghue, McKinley: names by their shape alone
_ENDS = frozenset(".!?:;\n(\"'…")


@dataclass(frozen=True)
class NameWords:
    """The lists that tell a name from a word; all in lower case."""

    given: frozenset[str]
    words: frozenset[str]  # names that are also words
    family: frozenset[str]
    calendar: frozenset[str]
    places: frozenset[str]
    titles: frozenset[str]
    capital_titles: frozenset[str]
    announce: frozenset[str]
    announce_pairs: frozenset[str]
    hint: frozenset[str]
    doing: frozenset[str]
    things: frozenset[str]
    never: frozenset[str]
    before_places: frozenset[str]
    particles: frozenset[str]
    nicknames: frozenset[str]
    be: frozenset[str]  # verbs that a month or season takes too
    speaking: frozenset[str]  # verbs that only a person does
    warm: frozenset[str]  # announce a name even in small letters
    closings: frozenset[str]
    public: frozenset[str]  # announce places as often as people
    before: frozenset[str]
    after: frozenset[str]
    streets: frozenset[str]

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word that can be a name without a capital."""
        return self.given | self.words | self.family | self.calendar


def names(words: list[Token], text: str, lists: NameWords) -> Iterator[tuple[int, int]]:
    """Where each name begins and ends; a title (Mr, Dr) stays outside. ``text`` has other details blanked with NUL."""
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(words):
        beside = bool(found) and found[-1][1] == i - 2 and _joined(words, i, lists)
        if beside or (_may_be(words, i, lists) and _is_name(words, i, text, lists)):
            last = _lengthened(words, i, lists)
            found.append((i, last))
            i = last
        i += 1
    taken = {j for first, last in found for j in range(first, last + 1)}
    yield from ((words[first].start, words[last].end) for first, last in found)
    yield from _again(words, taken, lists)


def _joined(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether a capital word after a name and "and" is another name: "Jarek and Dilnoza"."""
    word = words[i].lower
    if words[i - 1].lower != "and" or words[i].gap != " " or words[i - 1].gap != " " or not _titled(words[i]):
        return False
    return word not in lists.never | lists.things | lists.places and not _is_place(words, i, lists)


def _may_be(words: list[Token], i: int, lists: NameWords) -> bool:
    """A quick no for most words: small letters, no name we know, no title before."""
    word = words[i]
    if word.word[0].isupper() or word.lower in lists.known or not word.word.isalpha():
        return True
    return i > 0 and words[i - 1].lower in lists.titles


def _is_name(words: list[Token], i: int, text: str, lists: NameWords) -> bool:
    word = words[i].lower
    titled = _titled(words[i])
    if word[0].isdigit() or (not titled and word in lists.never):
        return _initial(words, i) and _titled_before(words, i, lists)
    if _titled_before(words, i, lists):
        return _fits_title(words, i, lists)
    if word in lists.titles and not _announced(words, i, lists):
        return False
    if _is_place(words, i, lists):
        return False
    if _initial(words, i):
        return _initialled(words, i, lists)
    if _part(word, lists.given) or _small_word_name(words, i, lists):
        return True
    if _announced(words, i, lists) and _fits_announcement(words, i, lists):
        return True
    if not titled or word in lists.never or word in lists.things:
        return False
    return _unannounced(words, i, text, lists)


def _unannounced(words: list[Token], i: int, text: str, lists: NameWords) -> bool:
    """A capital word that nothing announces: a name by its company."""
    word, inside = words[i].lower, not _starts(words, i)
    if _IRISH.match(words[i].word):
        return True
    after = words[i + 1] if i + 1 < len(words) and words[i + 1].gap == " " else None
    if after and _titled(after) and _part(after.lower, lists.family) and not _is_place(words, i + 1, lists):
        return True
    if word in lists.words and inside:
        return True
    if word in lists.words | lists.calendar and after and after.lower in lists.doing:
        return not (word in lists.calendar and after.lower in lists.be)
    if _part(word, lists.family) and word not in lists.places and inside and words[i - 1].lower in lists.hint:
        return True
    if word in lists.places or word in lists.calendar:
        return False
    if inside and after and after.lower in lists.speaking:
        return True
    return _signed(words, i, text, lists)


def _signed(words: list[Token], i: int, text: str, lists: NameWords) -> bool:
    """Whether one to three capital words stand alone at the end, or right before a number or address of theirs."""
    last = _lengthened(words, i, lists)
    rest = text[words[last].end :]
    beside = rest.lstrip(" ,:-(")[:1] == "\x00"
    if last > i:
        return _starts(words, i) and (beside or not rest.strip(" .,!x\n")) and i > 0
    on_own_line = i > 0 and "\n" in words[i].gap and not rest.strip(" .,!x\n")
    return on_own_line or (beside and not _starts(words, i))


def _titled_before(words: list[Token], i: int, lists: NameWords) -> bool:
    if i == 0 or words[i].gap not in (" ", ". ", "."):
        return False
    title = words[i - 1]
    if title.lower not in lists.titles or (title.word == "MS" and not _titled(words[i])):  # the illness
        return False
    if title.lower not in lists.capital_titles or (title.word[0].isupper() and _titled(words[i])):
        return True
    return title.lower in ("dr", "pc", "miss") and words[i].lower in lists.given | lists.family


def _fits_title(words: list[Token], i: int, lists: NameWords) -> bool:
    word = words[i].lower
    if word in lists.titles or word in lists.things or word in lists.doing:
        return False
    return word not in lists.never or _initial(words, i)


def _announced(words: list[Token], i: int, lists: NameWords) -> bool:
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


def _fits_announcement(words: list[Token], i: int, lists: NameWords) -> bool:
    word, before = words[i].lower, words[i - 1].lower
    if word in lists.things or word in lists.titles:
        return False
    if word in lists.nicknames and _titled(words[i]):
        return i + 1 < len(words) and words[i + 1].gap == " " and _titled(words[i + 1])
    if _titled(words[i]):
        return word not in lists.never and not (before in lists.public and word in lists.places | lists.calendar)
    if words[i].gap != " ":
        return False
    return _part(word, lists.family) or (before in lists.warm and word in lists.words | lists.calendar)


def _initialled(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether an initial begins a name: "T. Liddell", "D. A. Prentice-Hall", or "G Blewitt" where announced."""
    for j in range(i + 1, min(i + LONGEST_NAME, len(words))):
        if words[j].gap not in (". ", ".") and not (words[j].gap == " " and _announced(words, i, lists)):
            return False
        if not _initial(words, j):
            return _titled(words[j]) and words[j].lower not in lists.never and words[j].lower not in lists.things
    return False


def _small_word_name(words: list[Token], i: int, lists: NameWords) -> bool:
    """A name that is a word, in small letters, told by the words on both sides: "its summer at", "tell hope at"."""
    if i == 0 or i + 1 >= len(words) or words[i].lower not in lists.words | lists.calendar:
        return False
    return words[i - 1].lower in lists.before and words[i + 1].lower in lists.after and words[i + 1].gap == " "


def _lengthened(words: list[Token], i: int, lists: NameWords) -> int:
    """The last word of the name that begins here: more capitals, initials, particles, a known family name."""
    last = i
    for j in range(i + 1, min(i + LONGEST_NAME, len(words))):
        word, after_initial = words[j], len(words[j - 1].word) == 1
        if word.gap != " " and not (after_initial and word.gap in (". ", ".")):
            break
        if word.lower in lists.particles and j + 1 < len(words) and _titled(words[j + 1]):
            continue
        if not _goes_on(words, j, lists):
            break
        last = j
    return last


def _goes_on(words: list[Token], j: int, lists: NameWords) -> bool:
    word = words[j]
    if _initial(words, j) and word.word != "I":
        return True
    if word.lower in lists.never or word.lower in lists.things:
        return False
    if _titled(word):
        return True
    return _part(word.lower, lists.family) and word.lower not in lists.places


def _is_place(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether this is part of the name of a place or body: "Keir Hardie Court", "St Jude's"."""
    if i and words[i].gap in (" ", ". ") and words[i - 1].lower in lists.before_places and _titled(words[i - 1]):
        return True
    titled = _titled(words[i])
    for j in range(i + 1, min(i + 3, len(words))):
        if words[j].gap != " ":
            return False
        if words[j].lower in (lists.things if _titled(words[j]) else lists.streets if not titled else ()):
            return True
        if not _titled(words[j]):
            return False
    return False


def _again(words: list[Token], taken: set[int], lists: NameWords) -> Iterator[tuple[int, int]]:
    """The other places where a name already found stands; a name that is a word only as it was written."""
    if not taken:
        return
    exact = {words[j].word for j in taken if _titled(words[j])}
    plain = {words[j].lower for j in taken if len(words[j].word) > 2}
    plain -= lists.words | lists.calendar | lists.places | lists.never
    for j, word in enumerate(words):
        if j in taken or (word.lower not in plain and word.word not in exact):
            continue
        known = word.lower in plain or (not _starts(words, j) and word.lower not in lists.never)
        if known and not _is_place(words, j, lists):
            yield word.start, word.end


def _titled(token: Token) -> bool:
    """Whether a word has a capital as a name has it, and is no abbreviation in capitals."""
    return token.word[0].isupper() and any(map(str.islower, token.word))


def _initial(words: list[Token], i: int) -> bool:
    return len(words[i].word) == 1 and words[i].word.isupper()


def _starts(words: list[Token], i: int) -> bool:
    return i == 0 or not _ENDS.isdisjoint(words[i].gap)


def _part(word: str, known: frozenset[str]) -> bool:
    """Whether a word, or the first part of a double-barrelled one, is in a list of names."""
    return word in known or ("-" in word and word.split("-")[0] in known) or word.replace("'", "") in known
