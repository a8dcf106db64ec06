"""The lists that tell a name from a word, and what a single word of a text is by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.text.remembered import Remembered
from analysis.text.tokens import Token
from analysis.text.vocabulary import Vocabulary

# What one look at a word says, whatever stands beside it; any of them together.
NEVER = 1  # it is no name
ONLY_TITLED = 2  # … unless a title stands before it: "The", "Repairs"
MAY_BE = 4  # it may be one with nothing to announce it
TITLE, ANNOUNCES = 8, 16  # what comes after it may be one
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
    bodies: frozenset[str]  # companies, charities, makers
    strong: frozenset[str]  # announce an unknown word in small letters too
    weak: frozenset[str]  # announce an ordinary word as often as a name: "dear neighbour", "passed to Estates"
    roles: frozenset[str]  # after a name: "Piet, the joiner"
    teams: frozenset[str]  # "Dawn in income", "jo from housing"
    where: frozenset[str]  # before a place we do not know: "in Xton"
    manner: frozenset[str]  # "mark was lovely"
    pets: frozenset[str]  # "a cat called Grace"
    idioms: frozenset[str]  # sayings and well-known people: "Tom, Dick and Harry"
    short_family: frozenset[str]  # family names that are also little words: "Mr Thanh Do"
    informal: frozenset[str]  # short forms and dialect that no dictionary has
    ordinary: Vocabulary
    # Beside a name that is a word, in small letters: what announces it, what it does, and what makes a verb of it.
    warm_pairs: frozenset[str]
    reaching: frozenset[str]
    calling: frozenset[str]
    heading: frozenset[str]
    acting: frozenset[str]
    arriving: frozenset[str]
    verbs: frozenset[str]
    after_verbs: frozenset[str]

    @cached_property
    def sayings(self) -> Mapping[str, tuple[tuple[tuple[str, ...], int], ...]]:
        """Word → the idioms it stands in, each with its place there."""
        found: dict[str, tuple[tuple[tuple[str, ...], int], ...]] = {}
        for saying in self.idioms:
            parts = tuple(word.removesuffix("'s") for word in saying.split())
            for place, part in enumerate(parts):
                found[part] = (*found.get(part, ()), (parts, place))
        return found

    @cached_property
    def looks(self) -> Remembered[int]:
        """What one look at each word says."""
        return Remembered(self._look)

    @cached_property
    def _only_titled(self) -> frozenset[str]:
        return frozenset(word for word in self.never - self.nicknames if not part(word, self.given))

    def _look(self, word: str) -> int:
        lower, capital = word.lower(), _capital(word)
        look = TITLE * (lower in self.titles) | ANNOUNCES * (lower in self.strong)
        if capital and lower in self._only_titled:
            return look | ONLY_TITLED
        if not capital and lower in self.never and not _initial(word):
            return look | NEVER
        return look | MAY_BE * (word[0].isupper() or lower in self.known or not word.isalpha())

    @cached_property
    def wordy(self) -> frozenset[str]:
        """Names that are words, months or seasons as well."""
        return self.words | self.calendar

    @cached_property
    def things_or_never(self) -> frozenset[str]:
        """What is no part of a name, capital or not."""
        return self.never | self.things

    @cached_property
    def no_person(self) -> frozenset[str]:
        """What is no person unless something says so."""
        return self.never | self.things | self.places | self.bodies

    @cached_property
    def as_written(self) -> frozenset[str]:
        """Names that are a person's only where they are written as one was found."""
        return self.wordy | self.places | self.never | self.ordinary.words

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word that can be a name without a capital."""
        return self.given | self.words | self.family | self.calendar

    def strange(self, token: Token) -> bool:
        """Whether a word is no English word, nor a place or maker we know."""
        return len(token.lower) > 2 and not token.word[1].isupper() and self.ordinary.strange(token.lower)

    def person(self, token: Token) -> bool:
        """Whether a word may be part of a name by itself: a name we know, or a capital word that is no word at all."""
        word = token.lower
        if part(word, self.given) or word in self.words or part(word, self.family):
            return True
        return titled(token) and self.strange(token)


def titled(token: Token) -> bool:
    """Whether a word has a capital as a name has it, and is no abbreviation in capitals."""
    return _capital(token.word)


def initial(token: Token) -> bool:
    """Whether a word is one capital letter."""
    return _initial(token.word)


def starts(words: list[Token], i: int) -> bool:
    """Whether a sentence, or something like one, begins with this word."""
    return i == 0 or not _ENDS.isdisjoint(words[i].gap)


def part(word: str, known: frozenset[str]) -> bool:
    """Whether a word, or the first part of a double-barrelled one, is in a list of names."""
    if "'" in word and word[:2] in ("o'", "d'"):
        return word.replace("'", "") in known
    return word in known or ("-" in word and word.split("-")[0] in known)


def _capital(word: str) -> bool:
    return word[0].isupper() and any(map(str.islower, word))


def _initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()
