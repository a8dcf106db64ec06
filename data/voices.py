"""Tenants' words, read from a generation and the readings beside it: counted, or row by row and redacted.

A function here never gives a comment that has not been read: what is not redacted yet does not leave.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlglot import exp

from analysis.model import UNSURE, ClauseTone, Comment, Danger, Mention, Question, Scope, Strength, Told, Tone
from analysis.voices import SET_ASIDE, UNSURE_TONE
from data.generation import Generation, NotHeld
from data.selection import NOT_RECORDED, inside, literal, named, quoted, seen

# Records that hold words: what their channel is called, and the day that places them in time.
CHANNELS = {
    "complaints": ("complaint", "made"),
    "contacts": ("contact", "day"),
    "repairs": ("repair", "raised"),
    "hazards": ("hazard", "reported"),
}
# What was read in a text, as the SQL of comments carries it and as a row of comments shows it.
READ_COLUMNS = (
    "text_key", "redacted", "tone", "score", "tone_reasons", "confidence", "clauses", "topics", "sensitive", "flags",
    "danger", "told", "strengths", "set_aside", "corrected",
)  # fmt: skip
READ = ", ".join(f"g.{name}" for name in READ_COLUMNS)
SHOWN = ", ".join(f"v.{name}" for name in READ_COLUMNS)
COMMENT_ID = "md5(concat_ws('|', c.wave, c.respondent, c.question))[:12]"  # of a comment in a survey, rows called c
TONE = (
    f"case when v.set_aside <> '' then '{SET_ASIDE}' when v.confidence < {UNSURE} then '{UNSURE_TONE}' else v.tone end"
)
UNPLACED = "v.redacted is not null and coalesce(v.set_aside, '') = '' and coalesce(len(v.topics), 0) = 0"
EVERY_TEXT = " union all ".join(
    ["select text_key, question, text from comments"]
    + [f"select text_key, '', text from {kind} where text is not null and text_key is not null" for kind in CHANNELS]
)


@dataclass(frozen=True)
class Chosen:
    """Which comments are wanted: every condition that is given has to hold."""

    topic: str | None = None
    polarity: str | None = None  # how the topic is spoken of
    also: str | None = None  # another topic in the same comment
    tone: str | None = None
    strength: str | None = None
    among: tuple[str, ...] = ()  # any of these topics
    danger: bool = False  # possible dangers, emergencies first
    unplaced: bool = False  # read, and no topic found
    set_aside: bool = False
    judged: bool = False  # tells of being judged
    source: str | None = None  # … by whom
    form: str | None = None  # … how
    longest: bool = False  # the longest first, not the newest
    ids: tuple[str, ...] | None = None  # these comments, whatever they say


EVERY = Chosen()


def tone_cells(generation: Generation, question: Question, dims: tuple[str, ...], readings: str) -> pd.DataFrame:
    """Comments counted by dims and tone: columns dims…, tone (missing: not yet read), n comments.

    A tone may also be "unsure" (the reader abstained) or "set aside" (blank, not in English, no words).
    """
    return generation.frame(
        f"select {_levels(dims)} {TONE} as tone, count(*) as n "
        f"from {_voices(generation, question, readings)} group by all"
    )


def commenters(generation: Generation, question: Question, dims: tuple[str, ...], readings: str) -> pd.DataFrame:
    """Respondents who wrote anything: columns dims…, n."""
    return generation.frame(
        f"select {_levels(dims)} count(distinct v.respondent) as n from {_voices(generation, question, readings)} "
        "group by all"
    )


def topic_cells(generation: Generation, question: Question, dims: tuple[str, ...], readings: str) -> pd.DataFrame:
    """Comments counted by dims, topic and how it was spoken of: columns dims…, topic, polarity, n."""
    return generation.frame(
        f"select {_levels(dims)} t.topic as topic, t.polarity as polarity, count(*) as n "
        f"from {_voices(generation, question, readings)}, unnest(v.topics) as u(t) group by all"
    )


def strength_cells(
    generation: Generation, question: Question, readings: str, dims: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Comments that tell of a strength, by dims and its kind: columns dims…, kind, n; the most told of first."""
    return generation.frame(
        f"select {_levels(dims)} s.kind as kind, count(distinct v.comment_id) as n "
        f"from {_voices(generation, question, readings)}, unnest(v.strengths) as u(s) "
        "where coalesce(v.set_aside, '') = '' group by all order by n desc, kind"
    )


def told_cells(generation: Generation, question: Question, readings: str) -> pd.DataFrame:
    """Comments that tell of being judged: columns what ("told", "source", "form"), code ("" of "told"), n."""
    return generation.frame(
        f"with judged as (select v.told as told from {_voices(generation, question, readings)} "
        "where v.told is not null and coalesce(v.set_aside, '') = '') "
        "select 'told' as what, '' as code, count(*) as n from judged union all "
        "select 'source', code, count(*) from (select unnest(list_distinct(told.sources)) as code from judged) "
        "group by 2 union all select 'form', code, count(*) from "
        "(select unnest(list_distinct(told.forms)) as code from judged) group by 2 order by 1, 3 desc, 2"
    )


def told_keys(generation: Generation, question: Question, readings: str) -> frozenset[str]:
    """The keys of the comments within a question that tell of being judged; no words."""
    found = generation.rows(
        f"select distinct v.text_key from {_voices(generation, question, readings)} where v.told is not null"
    )
    return frozenset(key for (key,) in found)


def untold_keys(generation: Generation, question: Question, readings: str) -> frozenset[str]:
    """The keys of the comments within a question that have been read and do not tell of being judged; no words."""
    found = generation.rows(
        f"select distinct v.text_key from {_voices(generation, question, readings)} "
        "where v.redacted is not null and v.told is null"
    )
    return frozenset(key for (key,) in found)


def open_questions(generation: Generation, question: Question, readings: str) -> tuple[str, ...]:
    """The questions that the comments within a question answer, word for word, in the order of the alphabet."""
    found = generation.rows(
        f"select distinct v.question from {_voices(generation, question, readings)} "
        "where coalesce(v.question, '') <> '' order by 1"
    )
    return tuple(asked for (asked,) in found)


def pair_cells(generation: Generation, question: Question, topic: str, readings: str) -> pd.DataFrame:
    """Comments about a topic by what else they are about: columns other, n."""
    return generation.frame(
        f"select t as other, count(*) as n from {_voices(generation, question, readings)}, "
        "unnest(list_distinct(list_transform(v.topics, lambda t: t.topic))) as u(t) "
        f"where {' and '.join(about(topic, None))} and t <> {literal(topic)} group by 1 order by 2 desc, 1"
    )


def besides_cells(generation: Generation, question: Question, readings: str) -> pd.DataFrame:
    """Comments to be read besides shares, counted: columns what ("danger", "unplaced", "set aside"), which, n."""
    return generation.frame(
        f"with everyone as (select * from {_voices(generation, question, readings)}) "
        "select 'danger' as what, v.danger.severity as which, count(*) as n from everyone v where v.danger is not null "
        f"group by all union all select 'unplaced', '', count(*) from everyone v where {UNPLACED} "
        "union all select 'set aside', v.set_aside, count(*) from everyone v where v.set_aside <> '' group by all"
    )


def comments(
    generation: Generation,
    question: Question,
    readings: str,
    smallest_base: int,
    topic: str | None = None,
    tone: str | None = None,
    limit: int = 50,
    offset: int = 0,
    chosen: Chosen = EVERY,
) -> list[Comment]:
    """Comments already read, redacted, newest first: those in the filters and scope, about a topic, of a tone, or as
    chosen otherwise.

    None where fewer than ``smallest_base`` people within the filters and scope wrote: their words would be as good as
    signed. A comment is without its estate, or its tenure there, where fewer than that many answered in it.
    """
    enough = f"(select count(distinct respondent) from everyone where redacted is not null) >= {int(smallest_base)}"
    wanted = ["v.redacted is not null", enough, *about(topic, tone), *_wanted(chosen)]
    rows = generation.rows(
        f"with everyone as (select * from {_voices(generation, question, readings)}) "
        "select v.comment_id, v.question, v.date, v.estate::varchar, v.tenure::varchar, v.of_estate, v.of_tenure, "
        f"{SHOWN} from everyone v "
        f"where {' and '.join(wanted)} order by {_order(chosen)}v.date desc nulls last, v.comment_id "
        f"limit {int(limit)} offset {int(offset)}"
    )
    return [comment_of(row, smallest_base) for row in rows]


def record_comments(
    generation: Generation,
    kind: str,
    scope: Scope,
    readings: str,
    smallest_base: int,
    topic: str | None = None,
    tone: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int = 50,
    offset: int = 0,
    only: Sequence[str] | None = None,
) -> list[Comment]:
    """What was written in complaints, contacts, repairs or hazard cases: read already, redacted, newest first.

    None where fewer than ``smallest_base`` tenancies wrote in the scope and period; without its estate where fewer
    wrote there. Of contacts only those in which somebody listened. ``only`` names the ids wanted, which changes nothing
    of what is withheld. Raises NotHeld for a kind that holds no words.
    """
    if kind not in CHANNELS:
        raise NotHeld(f"No words are held in '{kind}', only in {', '.join(CHANNELS)}.")
    channel, day = CHANNELS[kind]
    enough = f"(select count(distinct who) from everyone where redacted is not null) >= {int(smallest_base)}"
    wanted = ["v.redacted is not null", enough, *about(topic, tone)]
    if only is not None:
        wanted.append("list_contains(?::varchar[], v.comment_id)")
    rows = generation.rows(
        f"with everyone as ({_recorded(kind, day, scope, readings)}) "
        "select v.comment_id, '', v.day, v.estate, null, (select count(distinct e.who) from everyone e where "
        f"e.estate is not distinct from v.estate), 0, {SHOWN} "
        f"from everyone v where {' and '.join(wanted)} order by v.day desc nulls last, v.comment_id "
        f"limit {int(limit)} offset {int(offset)}",
        [since or date.min, until or date.max, *([] if only is None else [list(only)])],
    )
    return [comment_of(row, smallest_base, channel) for row in rows]


def record_id(kind: str, rows: str) -> str:
    """SQL for the id of a comment in a record; ``rows`` is what its rows are called."""
    return f"md5(concat_ws('|', {literal(kind)}, {rows}.reference, {rows}.row))[:12]"


def _recorded(kind: str, day: str, scope: Scope, readings: str) -> str:
    """The words of one kind of record in a scope and, by two values, a period, each with its reading if any."""
    heard = " and t.listening is distinct from false" if kind == "contacts" else ""
    return (
        f"select {record_id(kind, 't')} as comment_id, t.{day} as day, "
        f"t.estate, coalesce(t.tenancy_ref, t.home, t.reference) as who, {READ} "
        f"from (select * from {kind} where {inside(scope).sql('duckdb')}) t "
        f"left join ({readings}) g on g.text_key = t.text_key where t.text is not null "
        f"and coalesce(t.{day}, date '0001-01-01') between ? and ?{heard}"
    )


def unread(generation: Generation, readings: str, limit: int) -> list[tuple[str, str, str]]:
    """Up to ``limit`` distinct (text_key, question, text) that no reading covers. For the labelling stage only."""
    return generation.rows(
        f"select c.text_key, any_value(c.question), any_value(c.text) from ({EVERY_TEXT}) c "
        f"anti join ({readings}) g on g.text_key = c.text_key group by 1 order by 1 limit {int(limit)}"
    )


def unread_count(generation: Generation, readings: str) -> int:
    """How many distinct texts no reading covers yet, in surveys and records."""
    ((n,),) = generation.rows(
        f"select count(distinct c.text_key) from ({EVERY_TEXT}) c anti join ({readings}) g on g.text_key = c.text_key"
    )
    return int(n)


def text_count(generation: Generation) -> int:
    """How many distinct texts are held, in surveys and records."""
    ((n,),) = generation.rows(f"select count(distinct text_key) from ({EVERY_TEXT})")
    return int(n)


def comment_count(generation: Generation) -> int:
    """How many comments in surveys are held."""
    ((n,),) = generation.rows("select count(*) from comments")
    return int(n)


def about(topic: str | None, tone: str | None) -> list[str]:
    """The conditions of a topic and a tone on comments called v: parts of a where."""
    wanted = []
    if topic:
        wanted.append(f"list_contains(list_transform(v.topics, lambda t: t.topic), {literal(topic)})")
    if tone:
        wanted.append(f"{TONE} = {literal(tone)}")
    return wanted


def _wanted(chosen: Chosen) -> list[str]:
    """The conditions of a choice on comments called v."""
    found = about(chosen.topic, chosen.tone) + about(chosen.also, None)
    if chosen.topic and chosen.polarity:
        spoken = f"t.topic = {literal(chosen.topic)} and t.polarity = {literal(chosen.polarity)}"
        found.append(f"len(list_filter(v.topics, lambda t: {spoken})) > 0")
    if chosen.strength:
        found.append(f"list_contains(list_transform(v.strengths, lambda s: s.kind), {literal(chosen.strength)})")
    if chosen.among:
        listed = ", ".join(literal(topic) for topic in chosen.among)
        found.append(f"list_has_any(list_transform(v.topics, lambda t: t.topic), [{listed}])")
    if chosen.ids is not None:
        found.append(f"list_contains([{', '.join(map(literal, chosen.ids))}]::varchar[], v.comment_id)")
    if chosen.danger:
        found.append("v.danger is not null")
    if chosen.unplaced:
        found.append(UNPLACED)
    if chosen.judged or chosen.source or chosen.form:
        found.append("v.told is not null and coalesce(v.set_aside, '') = ''")
    if chosen.source:
        found.append(f"list_contains(v.told.sources, {literal(chosen.source)})")
    if chosen.form:
        found.append(f"list_contains(v.told.forms, {literal(chosen.form)})")
    if chosen.set_aside:
        found.append("v.set_aside <> ''")
    return found


def _order(chosen: Chosen) -> str:
    """What comes before the newest in the order of comments called v."""
    if chosen.danger:
        return "v.danger.severity = 'emergency' desc, "
    return "length(v.redacted) desc, " if chosen.longest else ""


def _levels(dims: tuple[str, ...]) -> str:
    return "".join(f"{named(exp.column(key, quoted=True)).sql('duckdb')} as {quoted(key)}, " for key in dims)


def _voices(generation: Generation, question: Question, readings: str) -> str:
    """The comments a question may see, each with its respondent's place and its reading where there is one."""
    for key, _ in question.filters:
        generation.dimension(key)
    where = seen(generation.when(question.wave), question.tenure_group, question.scope, question.filters, counted=False)
    return (
        f"(select r.*, c.question, {COMMENT_ID} as comment_id, {READ} "
        "from (select *, count(*) over (partition by estate) as of_estate, "
        "count(*) over (partition by estate, tenure) as of_tenure "
        f"from responses where {where.sql('duckdb')}) r join comments c "
        "on c.wave = r.wave::varchar and c.respondent = r.respondent "
        f"left join ({readings}) g on g.text_key = c.text_key) v"
    )


def comment_of(row: tuple[Any, ...], smallest_base: int, channel: str = "survey") -> Comment:
    """A row as a comment: id, question, day, estate, tenure, how many are in each of both, then READ_COLUMNS."""
    key, question, when, estate, tenure, of_estate, of_tenure = row[:7]
    was = dict(zip(READ_COLUMNS, row[7:], strict=True))
    place = (("estate", estate or NOT_RECORDED), ("tenure", tenure or NOT_RECORDED))
    return Comment(
        comment_id=key,
        channel=channel,
        question=question,
        when=when if isinstance(when, date) else None,
        place=place[: (of_estate >= smallest_base) + (of_tenure >= smallest_base)],
        text=was["redacted"],
        tone=_tone(was),
        mentions=tuple(_mention(topic) for topic in was["topics"] or ()),
        sensitive=bool(was["sensitive"]),
        text_key=was["text_key"] or "",
        flags=tuple(was["flags"] or ()),
        danger=_danger(was["danger"]),
        told=_told(was["told"]),
        strengths=tuple(
            Strength(s["kind"], (s["from"], s["to"]), tuple(s["reasons"] or ())) for s in was["strengths"] or ()
        ),
        corrected=tuple(was["corrected"] or ()),
    )


def _tone(was: Mapping[str, Any]) -> Tone:
    clauses = tuple(ClauseTone(clause["from"], clause["to"], clause["value"]) for clause in was["clauses"] or ())
    sure = 1.0 if was["confidence"] is None else was["confidence"]
    return Tone(was["tone"], float(was["score"]), tuple(was["tone_reasons"] or ()), sure, clauses)


def _mention(topic: Mapping[str, Any]) -> Mention:
    sure = 1.0 if topic["confidence"] is None else topic["confidence"]
    return Mention(topic["topic"], topic["polarity"], tuple(topic["reasons"] or ()), _spans(topic["spans"]), sure)


def _danger(was: Mapping[str, Any] | None) -> Danger | None:
    if was is None:
        return None
    kinds, reasons = tuple(was["kinds"]), tuple(was["reasons"] or ())
    return Danger(kinds, was["severity"], bool(was["vulnerable"]), _spans(was["spans"]), reasons, was["confidence"])


def _told(was: Mapping[str, Any] | None) -> Told | None:
    if was is None:
        return None
    reasons = tuple(was["reasons"] or ())
    return Told(tuple(was["sources"]), tuple(was["forms"]), _spans(was["spans"]), reasons, was["confidence"])


def _spans(spans: Sequence[Mapping[str, int]] | None) -> tuple[tuple[int, int], ...]:
    return tuple((span["from"], span["to"]) for span in spans or ())
