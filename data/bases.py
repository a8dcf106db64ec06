"""How many gave each answer, by characteristics: what says whether a figure would give a few people away.

Counts of everyone in scope, whatever the filters: for the rule of ``analysis.survey.disclosure`` and never for a page.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from sqlglot import exp

from analysis.model import Scope
from data.generation import Generation
from data.selection import literal, named, quoted, seen


def answers_by(
    generation: Generation,
    keys: Sequence[str],
    measures: Sequence[str],
    scope: Scope,
    wave: str,
    tenure_group: str,
) -> pd.DataFrame:
    """Counted respondents who gave one of the five answers: columns keys…, measure, answer, n.

    Raises NotHeld for a characteristic respondents are not divided by.
    """
    chosen = [*(generation.dimension(key).key for key in keys), *measures]
    if not measures:
        return pd.DataFrame(columns=[*keys, "measure", "answer", "n"])
    where = seen(generation.when(wave), tenure_group, scope, (), counted=True).sql("duckdb")
    own = "".join(f"{quoted(key)}, " for key in keys)
    counted = " union all ".join(
        f"select {own}{literal(code)} as measure, {quoted(code)} as answer, count(*) as n from chosen "
        f"where {quoted(code)} between 1 and 5 group by all"
        for code in measures
    )
    return generation.frame(
        f"with chosen as materialized (select {', '.join(map(quoted, chosen))} from responses where {where}), "
        f"counted as ({counted}) select {''.join(_level(key) for key in keys)}measure, answer, n from counted"
    )


def each_answer(
    generation: Generation, keys: Sequence[str], measures: Sequence[str], scope: Scope, wave: str, tenure_group: str
) -> pd.DataFrame:
    """As ``answers_by``, answer by answer: columns respondent, keys…, measure, answer. It never leaves the rule.

    ``respondent`` tells one from another across waves and periods. Raises NotHeld as ``answers_by``.
    """
    chosen = [generation.dimension(key).key for key in keys]
    if not measures:
        return pd.DataFrame(columns=["respondent", *chosen, "measure", "answer"])
    where = seen(generation.when(wave), tenure_group, scope, (), counted=True).sql("duckdb")
    rows = generation.frame(
        f"select concat_ws(' ', wave, respondent) as respondent, {''.join(map(_level, chosen))}"
        f"{', '.join(map(quoted, measures))} from responses where {where}"
    )
    found = rows.melt(["respondent", *chosen], list(measures), var_name="measure", value_name="answer")
    return found[found["answer"].between(1, 5)]


def coarser(
    generation: Generation, keys: Sequence[str], scope: Scope, wave: str, tenure_group: str
) -> dict[str, tuple[str, ...]]:
    """For each characteristic the coarser ones whose levels each hold whole levels of it, as regions do estates.

    Looked for among everyone who answered, second answers of a household too. Raises NotHeld for a characteristic that
    is not there.
    """
    keys = [generation.dimension(key).key for key in keys]
    where = seen(generation.when(wave), tenure_group, scope, (), counted=False).sql("duckdb")
    ways = [dimension.key for dimension in generation.dimensions]
    each = ", ".join(f"count(distinct {_text(way)})" for way in ways)
    if not keys:
        return {}
    (levels,) = generation.rows(f"select {each} from responses where {where}")
    size = dict(zip(ways, levels, strict=True))
    found = {}
    for key in keys:
        inside = [way for way in ways if 1 < size[way] < size[key]]
        if inside:
            most = ", ".join(f"max(n{place})" for place in range(len(inside)))
            held = ", ".join(f"count(distinct {_text(way)}) as n{place}" for place, way in enumerate(inside))
            (spread,) = generation.rows(
                f"select {most} from (select {held} from responses where {where} group by {_text(key)})"
            )
            found[key] = tuple(way for way, n in zip(inside, spread, strict=True) if n == 1)
    return {key: ways for key, ways in found.items() if ways}


def _text(key: str) -> str:
    return named(exp.column(key, quoted=True)).sql("duckdb")


def _level(key: str) -> str:
    return f"{_text(key)} as {quoted(key)}, "
