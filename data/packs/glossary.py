"""The terms that packs use, explained in plain words, from their register; and which of them occur in some texts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REGISTER = Path(__file__).parents[1] / "reference" / "glossary.toml"


@dataclass(frozen=True)
class Term:
    """A term as it is called, how it occurs in a text, and what it means."""

    name: str
    words: tuple[str, ...]
    means: str


@cache
def glossary() -> tuple[Term, ...]:
    """Every term of the register, in the order of the alphabet."""
    with REGISTER.open("rb") as file:
        rows = tomllib.load(file)["term"]
    terms = (Term(row["name"], tuple(row.get("words", (row["name"],))), row["means"]) for row in rows)
    return tuple(sorted(terms, key=lambda term: (term.name.casefold(), term.name)))


def terms_in(texts: Iterable[str]) -> tuple[Term, ...]:
    """The terms of the register that occur in some texts, in the order of the alphabet.

    >>> [term.name for term in terms_in(["Stage one (CH01_1), of renters (LCRA)", "withheld"])]
    ['CH01', 'Disclosure control', 'LCRA', 'Stage one and stage two']
    """
    everything = "\n".join(texts)
    return tuple(term for term in glossary() if any(_pattern(word).search(everything) for word in term.words))


@cache
def _pattern(word: str) -> re.Pattern[str]:
    """A word as a whole; one in capitals is looked for in capitals, so that "lcra" in a file's name is none."""
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", 0 if word.isupper() else re.IGNORECASE)
