"""Everything one reader is given of the answers, in however many tables: what was told, and what is withheld besides.

Every road to figures ends in ``disclosed``. Whoever makes many figures for one reader says so (``to_one_reader``), and
each figure is noted on its way out; ``evidence/together`` then looks at all of them at once. It stands beside the roads
and is not handed down each of them: one that forgot to hand it on would undo the others' silence unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from analysis.model import Audience, Comparison, Estimate, Filters, Findings, Group, Question, Scope, Voices
from analysis.survey.disclosure import OUTSIDE_REASON, Protector, protect, protect_voices
from analysis.survey.suppression import Rule
from analysis.survey.tables_together import View, view_of
from analysis.survey.views import Choice

COMMENTS, PEOPLE = "comments", "people"  # what views of tenants' words are of
Answer = TypeVar("Answer")
TOGETHER = "together"  # by what a view gives few people away: the other tables

Place = tuple[str, str, Scope]  # wave, tenure group, scope: whose answers
Of = tuple[Place, str]  # … and to which question, or "comments" or "people"


@dataclass
class Given:
    """What one reader was given: by question every view told and every view withheld, and every figure's standing.

    ``standing``: by question and view why a figure was withheld ("" where it was told), and with what caution it was
    told. ``besides``: views withheld for the sake of the other tables. ``words``: where tenants' words were asked for,
    the question and what was read. ``alone``: answers as they would stand alone, which no other table changes.
    """

    told: dict[Of, set[View]] = field(default_factory=dict)
    withheld: dict[Of, set[View]] = field(default_factory=dict)
    standing: dict[tuple[Of, View], tuple[str, str]] = field(default_factory=dict)
    rules: dict[Of, Rule] = field(default_factory=dict)
    words: dict[Place, tuple[Question, str]] = field(default_factory=dict)
    besides: dict[Of, set[View]] = field(default_factory=dict)
    alone: dict[Hashable, Any] = field(default_factory=dict)

    def begin_again(self) -> None:
        """Forget what was given, and keep what is withheld besides and how answers would stand alone."""
        for kept in (self.told, self.withheld, self.standing, self.rules, self.words):
            kept.clear()

    # On the way out

    def of_findings(self, found: Findings, rule: Rule) -> Findings:
        """Findings as this reader may have them beside everything else, noted."""
        asked = found.question
        place = _place(asked)
        before = place if found.earlier is None else _place(replace(asked, wave=found.earlier.name))
        if asked.audience is not Audience.INTERNAL and self.besides:
            found = protect(found, self._besides(place), self._besides(before), rule)
        for each in _now(found):
            self._note(place, asked.filters, each, rule)
        for each in _before(found):
            self._note(before, asked.filters, each, rule)
        return found

    def of_voices(self, heard: Voices, asked: Question, readings: str, rule: Rule) -> Voices:
        """Shares of comments as this reader may have them beside everything else, noted."""
        place = _place(asked)
        if asked.audience is not Audience.INTERNAL:
            heard = protect_voices(heard, Protector(asked.audience, asked.filters, self._besides(place), rule))
        self.words[place] = (replace(asked, filters=(), breakdown=None), readings)
        for group, each in ((), heard), *heard.groups.items():
            for kind in (COMMENTS, PEOPLE):
                view = view_of({**dict(asked.filters), **_chosen(group)})
                caution = next((share.caution for share in each.tones.values() if share.caution), "")
                self._note_view((place, kind), view, each.withheld or "", rule, caution or "")
        return heard

    def of_levels(
        self, asked: Question, key: str, levels: Mapping[str, tuple[str, ...]], codes: Iterable[str],
        leaks: set[tuple[str, str]], rule: Rule,
    ) -> set[tuple[str, str]]:  # fmt: skip
        """Which levels of a characteristic may not be told, by measure: ``leaks`` and those withheld besides; noted."""
        place, found = _place(asked), set(leaks)
        for code in codes:
            for level, several in levels.items():
                view = view_of({**dict(asked.filters), key: several})
                if several and view in self.besides.get((place, code), ()):
                    found.add((code, level))
                if several:
                    self._note_view((place, code), view, OUTSIDE_REASON if (code, level) in found else "", rule)
        return found

    def _besides(self, place: Place) -> dict[str, _WithheldBesides]:
        return {name: _WithheldBesides(frozenset(views)) for (at, name), views in self.besides.items() if at == place}

    def _note(self, place: Place, filters: Filters, found: Estimate, rule: Rule) -> None:
        view = view_of({**dict(filters), **_chosen(found.group)})
        self._note_view((place, found.measure), view, found.withheld or "", rule, found.caution or "")

    def _note_view(self, of: Of, view: View, why: str, rule: Rule, caution: str = "") -> None:
        (self.withheld if why == OUTSIDE_REASON else self.told).setdefault(of, set()).add(view)
        self.standing.setdefault((of, view), (why, caution))
        self.rules[of] = max(self.rules.get(of, rule), rule, key=lambda each: (each.minimum, each.alike))


@dataclass(frozen=True)
class _WithheldBesides:
    """Views of one question that the other tables leave no room for."""

    views: frozenset[View]

    def leak(self, chosen: Choice) -> tuple[str, ...] | None:
        """By what a view would give a few people away; None where it may be told."""
        return (TOGETHER,) if view_of(chosen) in self.views else None


# ── Who is given what ────────────────────────────────────────────────────────────────────────────

_given: ContextVar[Given | None] = ContextVar("given", default=None)


@contextmanager
def to_one_reader(given: Given) -> Iterator[Given]:
    """Note in ``given`` every figure made within, and withhold of each what it says."""
    token = _given.set(given)
    try:
        yield given
    finally:
        _given.reset(token)


def reader() -> Given | None:
    """Who the figures being made are given to together; None where each stands alone, as on a page."""
    return _given.get()


def once(asked: Hashable, make: Callable[[], Answer]) -> Answer:
    """What ``make`` makes: for one reader once of everything asked, else anew.

    It may depend on nothing but what is ``asked``, and may note nothing in what the reader is given.
    """
    together = reader()
    if together is None:
        return make()
    if asked not in together.alone:
        together.alone[asked] = make()
    found: Answer = together.alone[asked]
    return found


# ── What a figure is of ──────────────────────────────────────────────────────────────────────────


def _place(asked: Question) -> Place:
    return asked.wave, asked.tenure_group, asked.scope


def _chosen(group: Group) -> dict[str, tuple[str, ...]]:
    return {key: (level,) for key, level in group}


def _now(found: Findings) -> Iterator[Estimate]:
    """Every estimate of the wave asked about."""
    yield from found.headline.values()
    for groups in found.groups.values():
        yield from groups
    for compared in _compared(found):
        yield compared.after
    for areas in found.small_areas.values():
        yield from (area.direct for area in areas.areas)


def _before(found: Findings) -> Iterator[Estimate]:
    """Every estimate of the wave it is compared with."""
    yield from (compared.before for compared in _compared(found))


def _compared(found: Findings) -> Iterator[Comparison]:
    """Comparisons with the earlier wave; those with everyone else tell of the whole less a group, and no more."""
    yield from found.changes.values()
    for several in (*found.group_changes.values(), *found.within_method.values()):
        yield from several
