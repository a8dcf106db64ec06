"""Enough answers for the regulator, while fieldwork is still going on: how many more, and from where."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import accumulate
from types import MappingProxyType

from analysis.model import StillNeeded
from analysis.survey.sampling import BANDS, accuracy_target, margin_of_error, required_sample

ROUNDING = 1e-9  # so that 7 whole answers are not 6 and a remainder


def still_needed(
    tenure_group: str,
    responses: int,
    population: int,
    homes: Mapping[str, int] | None = None,
    answers: Mapping[str, int] | None = None,
) -> StillNeeded:
    """How many more answers reach the regulator's sample, and from which groups of homes they should come.

    ``homes`` and ``answers`` by group (estates, say): the answers still needed are shared out so that the answers of
    those short come as near to their part of the homes as may be. They add up to ``more``, and no group is asked for
    more than its homes; groups that have their part are left out. Raises ValueError for no homes or more answers than
    homes.
    """
    if population <= 0 or responses > population:
        raise ValueError(f"{responses:,} answers from {population:,} homes: check the number of homes.")
    target = accuracy_target(population)
    required = math.ceil(required_sample(population, target))
    more = max(required - responses, 0)
    return StillNeeded(
        tenure_group=tenure_group,
        responses=responses,
        population=population,
        required=required,
        more=more,
        margin=margin_of_error(responses, population),
        target=target,
        where=MappingProxyType(shared_out(more, homes or {}, answers or {})),
        census_enough=target == BANDS[0].margin,
    )


def filtered_margin(answers: int, asked: int, responses: int, population: int) -> float | None:
    """The margin of a measure only some are asked: z √(p(1-p)/n · (N-n)/(N-1)) with N the part of the homes that pass
    the filter, judged by the part of the responses that did. A fraction; None without answers.
    """
    if not responses or not answers:
        return None
    return margin_of_error(answers, max(round(population * asked / responses), answers))


def shared_out(more: int, homes: Mapping[str, int], answers: Mapping[str, int]) -> dict[str, int]:
    """From which groups a number of further answers should come, most first.

    Water is filled into the lowest: with c the part of the homes that answers which Σ max(c · homes - answers, 0) =
    more gives, every group short of c is brought up to it. Whole answers by the largest remainder.

    >>> shared_out(143, {"Ash": 5_000, "Elm": 5_500, "Oak": 100}, {"Ash": 300, "Elm": 526})
    {'Ash': 134, 'Oak': 9}
    """
    groups = sorted((g for g, n in homes.items() if n > 0), key=lambda g: (answers.get(g, 0) / homes[g], g))
    if not more or not groups:
        return {}
    filled = zip(accumulate(homes[g] for g in groups), accumulate(answers.get(g, 0) for g in groups), strict=True)
    level = min(1.0, min((more + answered) / stock for stock, answered in filled))
    wanted = {g: max(level * homes[g] - answers.get(g, 0), 0.0) for g in groups}
    found = {g: math.floor(n + ROUNDING) for g, n in wanted.items()}
    left = round(sum(wanted.values())) - sum(found.values())
    for group in sorted(groups, key=lambda g: (found[g] - wanted[g], g))[:left]:
        found[group] += 1
    return dict(sorted(((g, n) for g, n in found.items() if n > 0), key=lambda pair: (-pair[1], pair[0])))
