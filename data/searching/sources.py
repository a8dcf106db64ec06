"""Where comments come from: each channel as SQL, with the scope, filters and period of a search."""

from __future__ import annotations

from dataclasses import dataclass

import sqlglot.dialects.duckdb  # noqa: F401 (at start, so that no first search waits for it)
from sqlglot import exp

from data.generation import Generation
from data.searching.asked import SURVEY, Search
from data.selection import among, equals, inside, literal
from data.voices import CHANNELS

KINDS = {channel: (kind, day) for kind, (channel, day) in CHANNELS.items()}
RECORD_FILTERS = ("estate", "tenure")  # ways of dividing that records know as well


@dataclass(frozen=True)
class Source:
    """The comments of one channel as SQL: the rows, what each is called there, and how many people are in a place."""

    channel: str
    rows: str
    people: str  # the same rows, those of people who wrote nothing among them
    undated: str
    text_key: str
    key: str
    comment_id: str
    question: str
    who: str
    day: str
    block: str  # what the smallest base holds for: a tenure group of a survey, or the whole channel
    name: str
    tenure_group: str
    estate: str
    tenure: str
    places: str
    placed: str
    of_estate: str
    of_tenure: str


def sources_of(search: Search, generation: Generation) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """The channels to look through, and those that do not hold what was chosen by."""
    for key, _ in search.filters:
        generation.dimension(key)
    if search.wave is not None:
        generation.wave(search.wave)
    records = [channel for channel in search.channels if channel != SURVEY]
    known = search.wave is None and all(key in RECORD_FILTERS for key, _ in search.filters)
    sources = [_survey(search, generation)] if SURVEY in search.channels else []
    sources += [_record(search, channel) for channel in records if known]
    return tuple(sources), () if known else tuple(records)


def _survey(search: Search, generation: Generation) -> Source:
    where = _where(search, () if search.wave is None else (generation.when(search.wave),))
    dated, undated = (f"({where.sql('duckdb')}){part}" for part in _days(search, "date"))
    joined = "on c.wave = r.wave::varchar and c.respondent = r.respondent"
    return Source(
        channel=SURVEY,
        rows=f"(select * from responses where {dated}) r join comments c {joined}",
        people=f"(select * from responses where {dated}) r",
        undated=f"(select * from responses where {undated}) r join comments c {joined}",
        text_key="c.text_key",
        key="hash(c.wave, c.respondent, c.question)",
        comment_id="md5(concat_ws('|', c.wave, c.respondent, c.question))[:12]",
        question="c.question",
        who="r.respondent",
        day="r.date",
        block="hash(r.wave, r.tenure_group)",
        name="concat_ws(', ', r.wave::varchar, r.tenure_group::varchar)",
        tenure_group="r.tenure_group::varchar",
        estate="r.estate::varchar",
        tenure="r.tenure::varchar",
        places=(
            "select wave, tenure_group, estate, tenure, n as of_tenure, "
            "sum(n) over (partition by wave, tenure_group, estate) as of_estate from "
            f"(select wave, tenure_group, estate, tenure, count(*) as n from responses where {dated} group by all)"
        ),
        placed=(
            "join places p on p.wave = r.wave and p.tenure_group is not distinct from r.tenure_group "
            "and p.estate is not distinct from r.estate and p.tenure is not distinct from r.tenure"
        ),
        of_estate="p.of_estate",
        of_tenure="p.of_tenure",
    )


def _record(search: Search, channel: str) -> Source:
    kind, day = KINDS[channel]
    dated, undated = (f"({_where(search).sql('duckdb')}){part}" for part in _days(search, day))
    written = "text is not null" + (" and listening is distinct from false" if kind == "contacts" else "")
    who = "coalesce(t.tenancy_ref, t.home, t.reference)"
    return Source(
        channel=channel,
        rows=f"(select * from {kind} where {dated} and {written}) t",
        people=f"(select * from {kind} where {dated} and {written}) t",
        undated=f"(select * from {kind} where {undated} and {written}) t",
        text_key="t.text_key",
        key="hash(t.reference, t.row)",
        comment_id=f"md5(concat_ws('|', {literal(kind)}, t.reference, t.row))[:12]",
        question="''",
        who=who,
        day=f"t.{day}",
        block="0",
        name=literal(channel),
        tenure_group="t.tenure_group::varchar",
        estate="t.estate",
        tenure="null",
        places=(
            f"select t.estate, count(distinct {who}) as of_estate from {kind} t where {dated} and {written} group by 1"
        ),
        placed="join places p on p.estate is not distinct from t.estate",
        of_estate="p.of_estate",
        of_tenure="0",
    )


def _where(search: Search, more: tuple[exp.Expr, ...] = ()) -> exp.Expr:
    """The rows chosen, whatever their day."""
    parts = [inside(search.scope), *more]
    parts += [among(exp.column(key, quoted=True), values) for key, values in search.filters]
    if search.tenure_group:
        parts.append(equals("tenure_group", search.tenure_group))
    return exp.and_(*parts)


def _days(search: Search, column: str) -> tuple[str, str]:
    """The end of a condition that keeps a period, and of one that keeps rows without a day."""
    ends = [f" and {column} >= date '{search.since.isoformat()}'"] if search.since else []
    ends += [f" and {column} <= date '{search.until.isoformat()}'"] if search.until else []
    return "".join(ends), f" and {column} is null"
