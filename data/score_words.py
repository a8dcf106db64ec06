"""Answers and words of the same respondents, counted together: for the gap between what is ticked and what is written.

No reference, no person, no word: how many respondents of a place gave which answer to a measure and wrote so many
comments well and ill of what it is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.model import Question
from data.generation import Generation, NotHeld
from data.selection import NOT_RECORDED, literal, quoted, seen

COLUMNS = ("measure", "place", "stratum", "weight", "scored", "yes", "well", "ill", "both_ways", "n")


def answers_and_words(
    generation: Generation, question: Question, about: Mapping[str, Sequence[str]], readings: str, by: str | None = None
) -> pd.DataFrame:
    """Respondents who count, counted by what they ticked and wrote: COLUMNS.

    ``about``: the topics each measure is about. ``scored`` and ``yes`` are 1 or 0: whether one of the five answers was
    given, and whether it counts. ``well`` and ``ill``: how many of a respondent's comments speak only well, or only
    ill, of the measure's topics; ``both_ways``: how many do both. ``place`` is the level of ``by``, "" without one.
    Raises NotHeld for a measure, filter or way of dividing that is not there.
    """
    unknown = [code for code in about if code not in generation.measure_codes]
    if unknown:
        raise NotHeld(f"No answers are held to {', '.join(unknown)}.")
    for key in [*(key for key, _ in question.filters), *([by] if by else [])]:
        generation.dimension(key)
    if not about:
        return pd.DataFrame(columns=list(COLUMNS))
    source = generation.weights.source(question.wave, question.tenure_group)
    where = seen(generation.when(question.wave), question.tenure_group, question.scope, question.filters, counted=True)
    place = f"coalesce({quoted(by)}::varchar, '{NOT_RECORDED}')" if by else "''"
    codes = ", ".join(quoted(code) for code in about)
    pairs = ", ".join(f"({literal(topic)}, {literal(code)})" for code, topics in about.items() for topic in topics)
    counted = " union all ".join(
        f"select {literal(code)} as measure, place, stratum, weight, "
        f"({quoted(code)} between 1 and 5)::int as scored, ({quoted(code)} between 4 and 5)::int as yes, "
        "coalesce(well, 0)::int as well, coalesce(ill, 0)::int as ill, coalesce(both_ways, 0)::int as both_ways, "
        "count(*) as n from r left join w on w.wave = r.wave and w.respondent = r.respondent "
        f"and w.measure = {literal(code)} group by all"
        for code in about
    )
    return generation.frame(
        f"with r as materialized (select wave::varchar as wave, respondent, {place} as place, stratum::varchar as "
        f"stratum, ({source.weight})::double as weight, {codes} from {source.table} where {where.sql('duckdb')}), "
        f"about(topic, measure) as (values {pairs}), "
        "said as (select c.wave, c.respondent, c.row, c.question, about.measure, "
        "bool_or(t.polarity = 'positive') as well, bool_or(t.polarity = 'negative') as ill "
        f"from comments c join ({readings}) g on g.text_key = c.text_key, unnest(g.topics) as u(t) "
        "join about on about.topic = t.topic where coalesce(g.set_aside, '') = '' group by all), "
        "w as materialized (select wave, respondent, measure, count(*) filter (well and not ill) as well, "
        "count(*) filter (ill and not well) as ill, count(*) filter (well and ill) as both_ways from said "
        "group by all), "
        f"counted as ({counted}) select {', '.join(COLUMNS)} from counted order by all"
    )
