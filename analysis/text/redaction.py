"""Personal details taken out of tenants' words before anybody sees them. Not anonymity: see docs/method/text.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from analysis.model import Redacted
from analysis.text.addresses import AddressWords, addresses
from analysis.text.characters import figures_in
from analysis.text.names import NameWords, names
from analysis.text.tokens import tokens

BLANK = "\x00"  # stands for a detail already found, so that no later rule reads it again; tidy() has removed others


class Span(NamedTuple):
    """Where a personal detail stands in a text, and what kind it is."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Pattern:
    """A kind of detail recognised by its shape; ``keep`` is the group taken out (0: all that matched).

    One of ``when``, in small letters, and as many ``figures`` must be in the text too: quick to look for, and most
    comments hold none of them.
    """

    kind: str
    find: re.Pattern[str]
    when: tuple[str, ...]
    keep: int = 0
    figures: int = 0


@dataclass(frozen=True)
class RedactionRules:
    """What to look for, and the bracket that stands for each kind afterwards."""

    patterns: tuple[Pattern, ...]
    addresses: AddressWords
    names: NameWords
    brackets: Mapping[str, str]

    @cached_property
    def by_figures(self) -> tuple[tuple[Pattern, ...], ...]:
        """The patterns that a text with no figure can hold, with one, with two …; the last for as many or more."""
        most = max((pattern.figures for pattern in self.patterns), default=0)
        return tuple(tuple(one for one in self.patterns if one.figures <= n) for n in range(most + 1))


def redact(text: str, rules: RedactionRules) -> Redacted:
    """The text (already tidied) with each personal detail replaced by its bracket, and how many of each kind."""
    spans = details(text, rules)
    if not spans:
        return Redacted(text, {})
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], rules.brackets[span.kind]]
        at = span.end
    pieces.append(text[at:])
    return Redacted("".join(pieces), dict(Counter(span.kind for span in spans)))


def details(text: str, rules: RedactionRules) -> tuple[Span, ...]:
    """Every personal detail in a tidied text, in order of place, none overlapping another."""
    found: list[Span] = []
    lower = text.lower()
    figures = figures_in(text)
    for pattern in rules.by_figures[min(figures, len(rules.by_figures) - 1)]:
        if _there(pattern.when, lower):
            places = [Span(*m.span(pattern.keep), pattern.kind) for m in pattern.find.finditer(text)]
            if places:
                text = _blanked(text, places, found)
    words = tokens(text)
    places = [Span(*place, "address") for place in addresses(words, rules.addresses)]
    if places:
        text = _blanked(text, places, found)
        words = tokens(text)
    found += [Span(*place, "person") for place in names(words, text, rules.names)]
    return tuple(sorted(found))


def _there(signs: tuple[str, ...], lower: str) -> bool:
    """Whether one of the signs is in the text, or none is looked for."""
    for sign in signs:  # a generator would take twice as long, and this is asked forty times a comment
        if sign in lower:
            return True
    return not signs


def _blanked(text: str, spans: list[Span], found: list[Span]) -> str:
    """The text with these spans, in order of place, blanked out; each is added to what was found."""
    found += spans
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], BLANK * (span.end - span.start)]
        at = span.end
    return "".join([*pieces, text[at:]])
