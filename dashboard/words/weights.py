"""Weights as sentences: what they were made to fit, what they cost, what they change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.model import Estimate, Weighing
from dashboard.words.changes import signed
from dashboard.words.shares import count, percent
from dashboard.words.surveys import listed

SAME = 0.0005  # a difference below it is none to a tenth of a point


def weighed_by(names: Sequence[str], source: str = "") -> str:
    """The characteristics of a weighing, in the regulator's own words, for the summary of approach.

    >>> weighed_by(("Age", "Stock type"), "the list of homes as at 1 November 2026")
    'Weighted by Age and Stock type (the list of homes as at 1 November 2026).'
    """
    named = " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    return f"Weighted by {named}{f' ({source})' if source else ''}."


def cost(how: Weighing) -> Iterator[str]:
    """What weights cost in certainty, and how uneven they are.

    >>> from types import MappingProxyType
    >>> how = Weighing("2025", "LCRA", (), 1000, 9, True, 0.0, 1.25, 800.0, 3.2, 0.4, 0.031, (0.3, 4.0))
    >>> for sentence in cost(how):
    ...     print(sentence)
    The 1,000 answers are then worth about 800.
    The largest weight is 3.2 times the mean, the smallest 0.4 times.
    3% of the weights were cut to lie between 0.3 and 4 times the mean.
    """
    yield f"The {count(how.base)} answers are then worth about {count(round(how.effective_base))}."
    yield f"The largest weight is {how.largest:.1f} times the mean, the smallest {how.smallest:.1f} times."
    if how.bounds and how.trimmed:
        low, high = how.bounds
        yield f"{percent(how.trimmed)} of the weights were cut to lie between {low:g} and {high:g} times the mean."
    elif how.bounds:
        yield "No weight had to be cut."


def merged(how: Weighing) -> Iterator[str]:
    """Which levels were counted together, and why.

    >>> from analysis.model import Margin
    >>> thin = dict.fromkeys(("Ash", "Elm"), "the smaller ones together")
    >>> margin = Margin("estate", {"Ash": 10.0}, "Estate", thin)
    >>> next(merged(Weighing("2025", "LCRA", (margin,), 9, 1, True, 0.0, 1.0, 9.0, 1.0, 1.0)))
    'Estate: Ash, Elm counted as the smaller ones together, since few answered from there.'
    """
    for margin in how.margins:
        together: dict[str, list[str]] = {}
        for level, to in margin.merged.items():
            together.setdefault(to, []).append(level)
        for to, levels in together.items():
            yield f"{margin.label}: {listed(levels)} counted as {to}, since few answered from there."


def effect(estimate: Estimate) -> str:
    """A share weighted beside unweighted.

    >>> effect(Estimate(0.712, 0.68, 0.74, 1000, yes=700))
    '71.2% weighted, 70.0% unweighted: +1.2 points'
    """
    if estimate.value is None or estimate.unweighted is None:
        return f"withheld ({estimate.withheld})"
    difference = estimate.value - estimate.unweighted
    if abs(difference) < SAME:
        return f"{estimate.value:.1%}, weighted or not"
    return f"{estimate.value:.1%} weighted, {estimate.unweighted:.1%} unweighted: {signed(difference)} points"
