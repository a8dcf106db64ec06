"""What each audience is given: inside, a warning where a few people's answers could be worked out; outside, nothing.

The one rule for screen, export and command line. Which views may be told is reckoned in ``views``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Protocol, TypeVar

from analysis.model import (
    Association,
    Audience,
    Comparison,
    Dimension,
    Distribution,
    Estimate,
    Filters,
    Findings,
    Group,
    SmallArea,
    SmallAreas,
    Theme,
    Verdict,
    Voices,
)
from analysis.survey.suppression import Rule
from analysis.survey.views import Choice

OUTSIDE_REASON = "it could give away what a few people said"
ALIKE = "everyone here said the same, so this tells what each of them said"
HOW_TO_PASS_ON = "For figures that may be passed on, choose the regulator or the public as who will see them."
NAMED = 12  # groups named in one sentence

Row = TypeVar("Row")
Leak = tuple[str, ...] | None  # what Views.leak gives


class TellsWhat(Protocol):
    """Whatever knows which views of one question may be told: ``Views``, or what the other tables leave room for."""

    def leak(self, chosen: Choice, /) -> Leak:
        """By which characteristics a view would give a few people away; None where it may be told."""
        ...


@dataclass(frozen=True)
class Protector:
    """What one audience may be given of one wave: ``views`` by measure, under a question's filters.

    A measure without views was answered by nobody and has nothing to give away.
    """

    audience: Audience
    filters: Filters
    views: Mapping[str, TellsWhat]
    rule: Rule
    _known: dict[tuple[str, Group], Leak] = field(default_factory=dict, compare=False, repr=False)

    @property
    def outside(self) -> bool:
        """Whether figures are withheld, not only warned of."""
        return self.audience is not Audience.INTERNAL

    def leak(self, measure: str, group: Group) -> Leak:
        """By which characteristics a figure would give a few people away; None where it may be told."""
        views = self.views.get(measure)
        if views is None:
            return None
        if (measure, group) not in self._known:
            chosen = {**dict(self.filters), **{key: (level,) for key, level in group}}
            self._known[measure, group] = views.leak(chosen)
        return self._known[measure, group]

    def estimate(self, found: Estimate) -> Estimate:
        """An estimate as this audience may have it."""
        leak = self.leak(found.measure, found.group)
        if self.outside:
            return found if leak is None else withheld_outside(found)
        if found.withheld or found.value is None:
            return found
        if found.yes in (0, found.base):
            return replace(found, caution=ALIKE)
        return replace(found, caution=could_be_worked_out(self.rule)) if leak else found

    def distribution(self, found: Distribution) -> Distribution:
        """A distribution as this audience may have it."""
        if not self.outside or self.leak(found.measure, found.group) is None:
            return found
        return Distribution(found.measure, found.group, None, None, 0, None, None, None, None, OUTSIDE_REASON)


def could_be_worked_out(rule: Rule) -> str:
    """The caution on a figure that gives others away."""
    return f"with the figures round it, what fewer than {rule.minimum} people said could be worked out"


def withheld_outside(found: Estimate) -> Estimate:
    """An estimate not told outside: not even its base (0), from which others could be worked out.

    One reason for all, since which groups are few, and which are withheld for others' sake, would narrow them down.
    """
    return Estimate(None, None, None, base=0, withheld=OUTSIDE_REASON, measure=found.measure, group=found.group)


# ── Findings ─────────────────────────────────────────────────────────────────────────────────────


def protect(found: Findings, now: Mapping[str, TellsWhat], before: Mapping[str, TellsWhat], rule: Rule) -> Findings:
    """Findings as the question's audience may have them, with what they could give away in ``disclosed``.

    ``now`` and ``before``: the views of each measure of the wave asked about and of the one it is compared with,
    counted by every filter, the breakdown and whatever else groups are told by.
    """
    asked = found.question
    own = Protector(asked.audience, asked.filters, now, rule)
    past = Protector(asked.audience, asked.filters, before, rule)
    groups = {code: tuple(map(own.estimate, each)) for code, each in found.groups.items()}
    headline = {code: own.estimate(each) for code, each in found.headline.items()}
    return replace(
        found,
        headline=MappingProxyType(headline),
        groups=MappingProxyType(groups),
        distributions=_each(found.distributions, own.distribution),
        changes=MappingProxyType({code: _comparison(each, past, own) for code, each in found.changes.items()}),
        group_changes=_each(found.group_changes, lambda each: _comparison(each, past, own)),
        within_method=_each(found.within_method, lambda each: _comparison(each, past, own)),
        against_rest=_each(found.against_rest, lambda each: _against_rest(each, own)),
        associations=MappingProxyType(
            {code: _association(each, headline.get(code), own) for code, each in found.associations.items()}
        ),
        small_areas=MappingProxyType({code: _small_areas(each, own) for code, each in found.small_areas.items()}),
        disclosed=tuple(_sentences(found.dimensions, own, past, headline, groups, found.changes)),
    )


def _each(found: Mapping[str, Sequence[Row]], change: Callable[[Row], Row]) -> Mapping[str, tuple[Row, ...]]:
    return MappingProxyType({code: tuple(map(change, each)) for code, each in found.items()})


def _comparison(found: Comparison, past: Protector, own: Protector) -> Comparison:
    return _compared(found, past.estimate(found.before), own.estimate(found.after))


def _against_rest(found: Comparison, own: Protector) -> Comparison:
    """A group against everyone else, whose figure is the whole's less the group's: both are told or neither is."""
    after = own.estimate(found.after)
    gone = after.withheld == OUTSIDE_REASON
    return _compared(found, withheld_outside(found.before) if gone else found.before, after)


def _compared(found: Comparison, before: Estimate, after: Estimate) -> Comparison:
    """A comparison of estimates as they may be told; without one of them there is nothing to compare."""
    if OUTSIDE_REASON not in (before.withheld, after.withheld):
        return replace(found, before=before, after=after)
    why = f"{OUTSIDE_REASON[0].upper()}{OUTSIDE_REASON[1:]}."
    return Comparison(before, after, None, None, None, Verdict.TOO_FEW, why, family=found.family, level=found.level)


def _association(found: Association, headline: Estimate | None, own: Protector) -> Association:
    """A test of all groups. Outside without its base, which leaves the groups of a few out of the whole."""
    if not own.outside:
        return found
    if headline is not None and headline.withheld == OUTSIDE_REASON:
        return replace(found, base=0, f=None, df=None, p=None, withheld=OUTSIDE_REASON)
    return replace(found, base=0)


def _small_areas(found: SmallAreas, own: Protector) -> SmallAreas:
    return replace(found, areas=tuple(_small_area(each, own) for each in found.areas))


def _small_area(found: SmallArea, own: Protector) -> SmallArea:
    direct = own.estimate(found.direct)
    if direct.withheld != OUTSIDE_REASON:
        return replace(found, direct=direct)
    return SmallArea(found.group, direct, None, None, None, None, homes=found.homes, withheld=OUTSIDE_REASON)


# ── In sentences ─────────────────────────────────────────────────────────────────────────────────


def _sentences(
    dimensions: Sequence[Dimension],
    own: Protector,
    past: Protector,
    headline: Mapping[str, Estimate],
    groups: Mapping[str, Sequence[Estimate]],
    changes: Mapping[str, Comparison],
) -> Iterator[str]:
    if own.outside:
        yield from _withheld_sentences(headline, groups)
        return
    labels = {dimension.key: dimension.label.lower() for dimension in dimensions}
    whole = _by_what(leak for code in headline if (leak := own.leak(code, ())))
    earlier = _by_what(leak for code in changes if (leak := past.leak(code, ())))
    divided = [each for found in groups.values() for each in found]
    several = len(headline) > 1
    told = _named((each for each in divided if each.caution == could_be_worked_out(own.rule)), several)
    alike = _named((each for each in divided if each.caution == ALIKE), several)
    few = f"what fewer than {own.rule.minimum} people said"
    if whole or earlier:
        when = "" if whole else " of the earlier survey"
        names = " and ".join(labels.get(key, key) for key in whole or earlier)
        yield f"Beside the same figures{when} with one {names} more or less, {few} could be worked out from these."
    if told:
        yield f"From these figures together {few} could be worked out. Those that give them away: {told}."
    if alike:
        yield f"Everyone said the same, so the figure tells what each of them said: {alike}."
    if whole or earlier or told or alike:
        yield f"Do not pass them on as they are. {HOW_TO_PASS_ON}"


def _withheld_sentences(headline: Mapping[str, Estimate], groups: Mapping[str, Sequence[Estimate]]) -> Iterator[str]:
    if any(each.withheld == OUTSIDE_REASON for each in headline.values()):
        yield "With these filters some figures could give away what a few people said, so they are withheld."
    told = [each.withheld != OUTSIDE_REASON for found in groups.values() for each in found]
    if not all(told):
        hidden, of = told.count(False), len(told)
        yield f"Withheld, so that nobody can work out what a few people said: {hidden:,} of {of:,} figures of groups."


def _by_what(leaks: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return next(leaks, ())


def _named(estimates: Iterator[Estimate], several: bool) -> str:
    """Groups by name, the first few; of several measures each with those it is about."""
    measures: dict[str, list[str]] = {}
    for each in estimates:
        measures.setdefault(", ".join(level for _, level in each.group), []).append(each.measure)
    names = [f"{name} ({', '.join(codes)})" if several else name for name, codes in sorted(measures.items())]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


# ── Tenants' words ───────────────────────────────────────────────────────────────────────────────


def protect_voices(heard: Voices, own: Protector) -> Voices:
    """Shares of comments as an audience may have them: of everyone and of each group.

    ``own.views``: "comments" by tone and "people" who wrote; a view that gives away either is not told.
    """
    groups = {group: _voices(each, own, group) for group, each in heard.groups.items()}
    return replace(_voices(heard, own, ()), groups=MappingProxyType(groups))


def _voices(heard: Voices, own: Protector, group: Group) -> Voices:
    leaks = [leak for kind in own.views if (leak := own.leak(kind, group)) is not None]
    if not leaks or (heard.withheld and not own.outside):
        return heard
    if own.outside:
        hidden = {tone: withheld_outside(share) for tone, share in heard.tones.items()}
        return Voices(0, 0, 0, MappingProxyType(hidden), (), heard.groups, OUTSIDE_REASON)
    caution = could_be_worked_out(own.rule)
    tones = {tone: replace(share, caution=caution) for tone, share in heard.tones.items()}
    themes = tuple(_with_caution(theme, caution) for theme in heard.themes)
    return replace(heard, tones=MappingProxyType(tones), themes=themes)


def _with_caution(theme: Theme, caution: str) -> Theme:
    return replace(theme, share=replace(theme.share, caution=caution))
