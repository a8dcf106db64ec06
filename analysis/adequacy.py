"""Enough answers for the regulator, while fieldwork is still going on: how many more, and from where."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from analysis.model import StillNeeded
from analysis.survey.sampling import BANDS, accuracy_target, margin_of_error, required_sample


def still_needed(
    tenure_group: str,
    responses: int,
    population: int,
    homes: Mapping[str, int] | None = None,
    answers: Mapping[str, int] | None = None,
) -> StillNeeded:
    """How many more answers reach the regulator's sample, and how many short each group of homes is.

    ``homes`` and ``answers`` by group (estates, say): a group's part of the sample is its part of the homes, rounded
    up;
    groups that have it are left out. Raises ValueError for no homes or more answers than homes.
    """
    if population <= 0 or responses > population:
        raise ValueError(f"{responses:,} answers from {population:,} homes: check the number of homes.")
    target = accuracy_target(population)
    required = math.ceil(required_sample(population, target))
    where = _short(required, homes or {}, answers or {})
    return StillNeeded(
        tenure_group=tenure_group,
        responses=responses,
        population=population,
        required=required,
        more=max(required - responses, 0),
        margin=margin_of_error(responses, population),
        target=target,
        where=MappingProxyType(where if responses < required else {}),
        census_enough=target == BANDS[0].margin,
    )


def filtered_margin(answers: int, asked: int, responses: int, population: int) -> float | None:
    """The margin of a measure only some are asked: z √(p(1-p)/n · (N-n)/(N-1)) with N the part of the homes that pass
    the filter, judged by the part of the responses that did. A fraction; None without answers.
    """
    if not responses or not answers:
        return None
    return margin_of_error(answers, max(round(population * asked / responses), answers))


def _short(required: int, homes: Mapping[str, int], answers: Mapping[str, int]) -> dict[str, int]:
    """Answers each group is short of, the shortest first."""
    whole = sum(homes.values())
    if not whole:
        return {}
    found = {group: math.ceil(required * n / whole) - answers.get(group, 0) for group, n in homes.items()}
    return dict(sorted(((g, n) for g, n in found.items() if n > 0), key=lambda pair: (-pair[1], pair[0])))
