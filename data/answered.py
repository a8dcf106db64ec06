"""Whole respondents' answers, for the statistics that counted cells do not hold: what goes with what.

Only answers and weights: no reference to a home or a person, no place, no date, no word. For ``dashboard.answers``,
which turns them into figures at once; never for a page.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.model import Question
from data.generation import Generation, NotHeld
from data.selection import quoted, seen


def answers_given(generation: Generation, question: Question, measures: Sequence[str]) -> pd.DataFrame:
    """The answers of every counted respondent within the question's wave, tenure group, filters and scope.

    A row a respondent, always in the same order: ``weight`` (that made here, where weights were made) and a column for
    each measure, 5 (best) to 1, 0 not applicable, -1 refused, -2 not asked, missing for blank. Raises NotHeld for a
    measure without a column, a wave or a filter that is not there.
    """
    unknown = [code for code in measures if code not in generation.measure_codes]
    if unknown:
        held = ", ".join(generation.measure_codes) or "none"
        raise NotHeld(f"No answers are held to {', '.join(unknown)}. The measures held are: {held}.")
    for key, _ in question.filters:
        generation.dimension(key)
    wave, group = generation.wave(question.wave), question.tenure_group
    source = generation.weights.source(wave.name, group)
    where = seen(generation.when(wave.name), group, question.scope, question.filters, counted=True)
    columns = "".join(f", {quoted(code)}::double as {quoted(code)}" for code in measures)
    return generation.frame(
        f"select ({source.weight})::double as weight{columns} from {source.table} where {where.sql('duckdb')} "
        "order by respondent, row"
    )
