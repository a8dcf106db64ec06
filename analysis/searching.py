"""Looking for words in many texts at once: what a person may ask, and an index that answers it.

``damp mould`` both words; ``damp OR mould`` either; ``"black mould"`` a phrase; ``-window`` without it; ``condens*``
any word that begins so; brackets group. Capitals, accents, apostrophes and plurals make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

LONGEST_QUERY = 1_000  # characters
SHORTEST_STEM = 2  # letters before a *
REMEMBERED = 200_000  # words whose plain form is kept at hand
MARK = "\0"  # what stands for a bracket that redaction left: a place in the text that no query finds
AND, OR, NOT = "AND", "OR", "NOT"
_PIECE = re.compile(r"\[[\w -]{1,30}\]|[^\W_]+(?:'[^\W_]+)*")
_ASKED = re.compile(
    r'\s*(?:(?P<phrase>"[^"]*")|(?P<open>"[^"]*)$|(?P<sign>[()])|(?P<minus>-(?=\S))|(?P<word>[^\s()"]+))'
)
_QUOTES = str.maketrans({**dict.fromkeys("‘’‛′ʼ`´", "'"), **dict.fromkeys("“”„‟″«»", '"')})
_IRREGULAR = {
    "children": "child", "people": "person", "men": "man", "women": "woman", "mice": "mouse", "feet": "foot",
    "teeth": "tooth", "shelves": "shelf", "knives": "knife", "wives": "wife", "thieves": "thief", "halves": "half",
    "gases": "gas", "buses": "bus", "viruses": "virus", "bonuses": "bonus", "geese": "goose", "lice": "louse",
    "rooves": "roof", "wolves": "wolf", "scarves": "scarf", "lives": "life",
    **{word: word for word in ("news", "gas", "has", "his", "its", "was", "yes")},
}  # fmt: skip

Marks = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int32]


class QueryError(ValueError):
    """A query that cannot be understood; the text says where and what to write."""


# ── What may be asked ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Words:
    """A word, or several that stand one after another. One that ends in ``*`` is the beginning of a word."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class All:
    """Every one of the parts."""

    parts: tuple[Query, ...]


@dataclass(frozen=True)
class Either:
    """At least one of the parts."""

    parts: tuple[Query, ...]


@dataclass(frozen=True)
class Without:
    """Texts in which the part is not."""

    part: Query


Query = Words | All | Either | Without


class _Sign(NamedTuple):
    kind: str  # phrase, word, sign, minus
    text: str


def query(asked: str) -> Query:
    """What a person asked for. Raises QueryError where it cannot be understood.

    >>> query('"black moulds" -window')
    All(parts=(Words(words=('black', 'mould')), Without(part=Words(words=('window',)))))
    """
    if len(asked) > LONGEST_QUERY:
        raise QueryError(f"A search may be {LONGEST_QUERY:,} characters long; this one has {len(asked):,}.")
    signs = _signs(asked.translate(_QUOTES))
    if not signs:
        raise QueryError("There is nothing to look for. Write a word, such as: damp")
    _refuse_brackets(signs)
    found, left = _either(signs)
    assert not left, "brackets were counted"
    if not _asks_for_something(found):
        raise QueryError("This only says what to leave out. Add a word to look for before the minus.")
    return found


def _signs(asked: str) -> list[_Sign]:
    """The pieces of a query in order, each as it is meant."""
    found = []
    for match in _ASKED.finditer(asked.rstrip()):
        kind, text = match.lastgroup or "word", match[match.lastgroup or 0]
        if kind == "open":
            raise QueryError(
                f'The quotation mark before {text[1:30].strip() or "nothing"} is not closed. Add another ".'
            )
        if kind == "word" and text in (AND, OR, NOT):
            kind = "sign"
        if kind in ("sign", "minus") or _asked_words(text):
            found.append(_Sign(kind, text))
        elif kind == "phrase":
            raise QueryError(f"There is no word between the quotation marks in {text}.")
    return found


def _refuse_brackets(signs: Sequence[_Sign]) -> None:
    depth = 0
    for sign in signs:
        depth += {"(": 1, ")": -1}.get(sign.text, 0) if sign.kind == "sign" else 0
        if depth < 0:
            raise QueryError("A bracket is closed that was never opened. Take the ) away, or add a ( before it.")
        if depth > 20:
            raise QueryError("There are more than 20 brackets within one another. Write the search in a simpler way.")
    if depth:
        raise QueryError("A bracket is not closed. Add a ) at the end.")


def _either(signs: list[_Sign]) -> tuple[Query, list[_Sign]]:
    """Parts parted by OR, up to a closing bracket or the end; and what is left."""
    part, left = _all(signs)
    parts = [part]
    while left and left[0] == ("sign", OR):
        part, left = _all(left[1:])
        parts.append(part)
    return (parts[0] if len(parts) == 1 else Either(tuple(parts))), left


def _all(signs: list[_Sign]) -> tuple[Query, list[_Sign]]:
    """Parts that all have to be there: side by side, or with AND between."""
    part, left = _one(signs)
    parts = [part]
    while left and left[0] not in (("sign", OR), ("sign", ")")):
        if left[0] == ("sign", AND):
            left = left[1:]
        part, left = _one(left)
        parts.append(part)
    return (parts[0] if len(parts) == 1 else All(tuple(parts))), left


def _one(signs: list[_Sign]) -> tuple[Query, list[_Sign]]:
    """One word, phrase or bracket, or what to leave out."""
    turned = False
    while signs and (signs[0].kind == "minus" or signs[0] == ("sign", NOT)):
        turned, signs = not turned, signs[1:]
    if not signs or signs[0] in (("sign", OR), ("sign", AND), ("sign", ")")):
        raise QueryError("A word is missing: AND, OR, NOT, the minus and brackets need one after them.")
    sign, left = signs[0], signs[1:]
    found: Query
    if sign == ("sign", "("):
        found, left = _either(left)
        left = left[1:]  # its closing bracket
    else:
        found = Words(_asked_words(sign.text))
    return (Without(found) if turned else found), left


def _asked_words(text: str) -> tuple[str, ...]:
    """The words of a piece of a query, in their plain form.

    >>> _asked_words('"Tenant\\'s follow-ups"'), _asked_words("condens*")
    (('tenant', 'follow', 'up'), ('condens*',))
    """
    words: list[str] = []
    for match in re.finditer(r"([^\W_]+(?:'[^\W_]+)*)(\*?)", text):
        word, star = match.groups()
        if star and len(word) < SHORTEST_STEM:
            raise QueryError(f"{word}* is too short: write at least {SHORTEST_STEM} letters before the *.")
        words.append(_bare(word) + star if star else plain(word))
    return tuple(words)


def _asks_for_something(part: Query) -> bool:
    """Whether a text has to hold something: of all parts one has to, of parts parted by OR each."""
    if isinstance(part, All):
        return any(_asks_for_something(each) for each in part.parts)
    if isinstance(part, Either):
        return all(_asks_for_something(each) for each in part.parts)
    return isinstance(part, Words) or (isinstance(part.part, Without) and _asks_for_something(part.part.part))


# ── Words in their plain form ────────────────────────────────────────────────────────────────────


@lru_cache(REMEMBERED)
def plain(word: str) -> str:
    """A word as it is compared: lower case, no accents or apostrophes, singular.

    >>> [plain(word) for word in ("Tenants'", "didn't", "batteries", "boxes", "Children", "gas", "glass", "café")]
    ['tenant', 'didnt', 'battery', 'box', 'child', 'gas', 'glass', 'cafe']
    """
    bare = _bare(word)
    if bare in _IRREGULAR:
        return _IRREGULAR[bare]
    if (len(bare) > 2 and bare.endswith("s") and not bare.endswith(("ss", "us", "is"))) or bare.endswith("sss"):
        bare = bare[:-1]  # sss: boss's
        bare = _IRREGULAR.get(bare, bare)  # children's
    if len(bare) > 3 and bare.endswith("ie"):  # batteries; so that movie and movies agree, all -ie become -y
        return bare[:-2] + "y"
    if len(bare) > 3 and bare.endswith(("xe", "che", "she", "sse", "ze", "oe")):  # boxes, aches: the e goes of both
        return bare[:-1]
    return bare


def _bare(word: str) -> str:
    """Lower case without accents and apostrophes."""
    lower = word.lower().replace("'", "")
    if lower.isascii():
        return lower
    return "".join(sign for sign in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(sign))


def plain_words(text: str) -> list[str]:
    """The words of a redacted text in order, in their plain form; each bracket of redaction is one ``MARK``.

    >>> plain_words("The boiler's gone, [name]!")
    ['the', 'boiler', 'gone', '\\x00']
    """
    return [MARK if piece[0] == "[" else plain(piece) for piece in _PIECE.findall(text.translate(_QUOTES))]


def places(asked: Query, text: str) -> tuple[tuple[int, int], ...]:
    """Where the words that were asked for stand in a text, to be marked; in order, none of them twice."""
    pieces = [(match.start(), match.end()) for match in _PIECE.finditer(text.translate(_QUOTES))]
    words = plain_words(text)
    shown = set()
    for wanted in _wanted(asked):
        for first in range(len(words) - len(wanted) + 1):
            if all(_fits(word, sought) for word, sought in zip(words[first:], wanted, strict=False)):
                shown.update(pieces[first : first + len(wanted)])
    return tuple(sorted(shown))


def _wanted(asked: Query) -> Iterator[tuple[str, ...]]:
    """Every word and phrase a query asks for, without what it leaves out."""
    if isinstance(asked, Words):
        yield asked.words
    elif not isinstance(asked, Without):
        for part in asked.parts:
            yield from _wanted(part)


def _fits(word: str, sought: str) -> bool:
    return word.startswith(sought[:-1]) if sought.endswith("*") else word == sought


# ── The index ────────────────────────────────────────────────────────────────────────────────────


class Spelled(Protocol):
    """Words by their number: a tuple of them, or one that makes each a text only as it is looked at."""

    def __len__(self) -> int: ...
    def __getitem__(self, number: int, /) -> str: ...


@dataclass(frozen=True)
class WordIndex:
    """Where each word stands in many texts, laid end to end with a gap (-1) after each.

    ``said`` is the number of the word at each place; ``by_word`` holds the places word by word, those of word ``w``
    from ``starts[w]`` up to ``starts[w + 1]``; ``text_of`` is the text each place is in.
    """

    vocabulary: Spelled  # in alphabetical order
    said: Numbers
    by_word: Numbers
    starts: npt.NDArray[np.int64]
    text_of: Numbers
    texts: int

    def holding(self, asked: Query) -> Marks:
        """For each text whether it is what was asked for."""
        if isinstance(asked, Words):
            return self._with_words(asked.words)
        if isinstance(asked, Without):
            return ~self.holding(asked.part)
        marks = [self.holding(part) for part in asked.parts]
        return np.logical_and.reduce(marks) if isinstance(asked, All) else np.logical_or.reduce(marks)

    def _with_words(self, words: tuple[str, ...]) -> Marks:
        marks = np.zeros(self.texts, dtype=np.bool_)
        sought = [self._numbers(word) for word in words]
        rarest = min(range(len(words)), key=lambda at: self._standing(sought[at]))
        begun = self._places(sought[rarest]).astype(np.int64) - rarest
        begun = begun[(begun >= 0) & (begun + len(words) <= len(self.said))]
        for at, numbers in enumerate(sought):
            if at != rarest:
                begun = begun[_among(self.said[begun + at], numbers)]
        marks[self.text_of[begun]] = True
        return marks

    def _numbers(self, word: str) -> range:
        """The words of the vocabulary that are meant: one, or those with that beginning. They stand side by side."""
        stem = word.removesuffix("*")
        first = bisect_left(self.vocabulary, stem)  # no table of all words: a process's first search would wait for it
        if word != stem:
            return range(first, bisect_left(self.vocabulary, stem + chr(0x10FFFF)))
        there = first < len(self.vocabulary) and self.vocabulary[first] == word
        return range(first, first + there)

    def _standing(self, numbers: range) -> int:
        """How many places the words stand in."""
        return int(self.starts[numbers.stop] - self.starts[numbers.start]) if numbers else 0

    def _places(self, numbers: range) -> Numbers:
        return self.by_word[self.starts[numbers.start] : self.starts[numbers.stop]] if numbers else self.by_word[:0]


def word_index(texts: Sequence[str]) -> WordIndex:
    """The index of these texts, in their order."""
    number: dict[str, int] = {}
    said: list[int] = []
    lengths = []
    for text in texts:
        before = len(said)
        said += [-1 if word == MARK else number.setdefault(word, len(number)) for word in plain_words(text)]
        said.append(-1)
        lengths.append(len(said) - before)
    vocabulary = sorted(number)
    rank = np.empty(len(number) + 1, dtype=np.int32)
    rank[[number[word] for word in vocabulary]] = np.arange(len(vocabulary))
    rank[-1] = -1  # of a gap
    numbers = rank[np.array(said, dtype=np.int32)] if said else np.zeros(0, dtype=np.int32)
    order = np.argsort(numbers, kind="stable").astype(np.int32)
    starts = np.searchsorted(numbers[order], np.arange(len(vocabulary) + 1)).astype(np.int64)
    text_of = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    return WordIndex(tuple(vocabulary), numbers, order, starts, text_of, len(texts))


def _among(words: Numbers, numbers: range) -> Marks:
    return np.asarray((words >= numbers.start) & (words < numbers.stop)) if numbers else np.zeros(len(words), np.bool_)


# ── One text, without an index ───────────────────────────────────────────────────────────────────


def found_in(asked: Query, text: str) -> bool:
    """Whether one text is what was asked for: the same answer as the index, word by word."""
    return _found(asked, plain_words(text))


def _found(asked: Query, words: Sequence[str]) -> bool:
    if isinstance(asked, Words):
        length = len(asked.words)
        runs = (words[first : first + length] for first in range(len(words) - length + 1))
        return any(all(map(_fits, run, asked.words)) for run in runs)
    if isinstance(asked, Without):
        return not _found(asked.part, words)
    return (all if isinstance(asked, All) else any)(_found(part, words) for part in asked.parts)
