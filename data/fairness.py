"""Answers and records by what people are: counted, for the figures of fair outcomes. Never a home, never a person.

What a person is comes from the survey's own column or, where there is none, from the list of tenancies: of the tenancy
a record names, then of the lead tenant of its home on that day. An answer is joined to a home only where the tenant
allowed it: of the others the reference was dropped when the file came in. Of whoever objects to the use of their data
nothing is taken. For ``dashboard.fairness``, which turns counts into figures at once and shows none of a few people.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

import pandas as pd

from analysis.model import Question, Scope, Survey
from analysis.model.fair import Characteristic, Outcome
from data.generation import Generation
from data.registers import REFERENCE
from data.selection import NOT_RECORDED, inside, literal, quoted, seen

COMPLAINTS = (
    "stage", "made", "acknowledged", "extended_to", "responded", "refused", "withdrawn", "record_type",
)  # fmt: skip
HAZARDS = ("reported", "severity", "inspected", "made_safe")
UNITS = "unit"  # whose records they are, as a number that means nothing elsewhere


@dataclass(frozen=True)
class Whose:
    """Whose records: a scope, a tenure group, and within it some tenures (none: every one)."""

    scope: Scope
    tenure_group: str
    tenures: tuple[str, ...] = ()


@cache
def characteristics() -> tuple[Characteristic, ...]:
    """What people may be looked at by, in the order of the register, whether or not anybody holds it."""
    return tuple(
        Characteristic(
            key,
            row["title"],
            row["protected"],
            row["strict"],
            tuple(row["answers"]),
            row["people"],
            row["unheld"],
        )
        for key, row in _register()["characteristic"].items()
    )


@cache
def record_outcomes() -> Mapping[str, Outcome]:
    """The outcomes that records tell of, by key, in the order of the register."""
    return MappingProxyType({key: Outcome(key, **row) for key, row in _register()["outcome"].items()})


@cache
def _register() -> dict[str, Any]:
    return tomllib.loads((REFERENCE / "fairness.toml").read_text(encoding="utf-8"))


# ── What is held ─────────────────────────────────────────────────────────────────────────────────


def answered_by(generation: Generation, characteristic: Characteristic) -> str | None:
    """The survey's own column of a characteristic, or None where it has none."""
    return next((name for name in characteristic.answers if name in generation.columns), None)


def told_of_people(generation: Generation, characteristic: Characteristic) -> str | None:
    """The column of the list of tenancies that holds a characteristic, or None where it has none."""
    return characteristic.people if characteristic.people in people_kinds(generation) else None


@lru_cache(maxsize=2)
def people_kinds(generation: Generation) -> Mapping[str, str]:
    """The columns of the list of tenancies and what each holds, as the engine calls it."""
    return MappingProxyType({name: kind for name, kind, *_ in generation.rows("describe people")})


def _said(generation: Generation, characteristic: Characteristic) -> str:
    """SQL for what a row p of the list of tenancies says of a characteristic; nothing of whoever objects."""
    column = f"p.{quoted(characteristic.people)}"
    yes_no = f"case when {column} then 'Yes' when not {column} then 'No' end"
    said = (
        yes_no if people_kinds(generation)[characteristic.people] == "BOOLEAN" else _unless_unsaid(f"{column}::varchar")
    )
    return f"case when p.objects is distinct from true then {said} end"


def says_nothing(level: str) -> bool:
    """Whether a level says nothing of what somebody is: not recorded, "prefer not to say"."""
    return level == NOT_RECORDED or level.strip().lower() in _register()["unsaid"]


def _unless_unsaid(text: str) -> str:
    """SQL for a text, missing where it says nothing of what somebody is: "prefer not to say"."""
    unsaid = ", ".join(literal(each) for each in _register()["unsaid"])
    return f"case when lower(trim({text})) not in ({unsaid}) then {text} end"


def held_of(generation: Generation, question: Question, on: date) -> pd.DataFrame:
    """How many running tenancies and how many answers each characteristic is known for.

    A row a characteristic: key, tenancies, tenancies_known, answers, answers_known, from_homes. Tenancies by their lead
    tenant; answers of the question's wave, tenure group and scope that count, its other filters aside.
    """
    every = characteristics()
    columns = [told_of_people(generation, each) for each in every]
    counts = ", ".join("0" if name is None else f"count({quoted(name)})" for name in columns)
    (people,) = generation.rows(f"select count(*), {counts} from ({_lead_tenants(question)}) p", [on, on])
    answers = _levels_of_answers(generation, replace(question, filters=()), every)
    return pd.DataFrame(
        {
            "key": [each.key for each in every],
            "tenancies": int(people[0]),
            "tenancies_known": [int(n) for n in people[1:]],
            "answers": len(answers),
            "answers_known": [int(answers[each.key].notna().sum()) for each in every],
            "from_homes": [answered_by(generation, each) is None for each in every],
        }
    )


def tenancies_and_answers(
    generation: Generation, question: Question, on: date, characteristic: Characteristic
) -> pd.DataFrame | None:
    """Running tenancies and answers by what the list of tenancies says of the tenant; None where it does not say.

    Columns: the characteristic's key (its level), homes (tenancies), issued (0) and answered: answers of the question's
    wave, tenure group and scope that count and may be joined to a home. Those not known are left out of both.
    """
    if told_of_people(generation, characteristic) is None:
        return None
    of, key = replace(characteristic, answers=()), characteristic.key
    people = generation.frame(
        f"select {_said(generation, of)} as {quoted(key)}, count(*) as homes from ({_lead_tenants(question)}) p "
        "group by 1 order by 1",
        [on, on],
    ).dropna()
    answers = _levels_of_answers(generation, replace(question, filters=()), [of])[key].value_counts()
    return people.assign(issued=0, answered=people[key].map(answers).fillna(0).astype("int64"))


def _lead_tenants(question: Question) -> str:
    """SQL for one row a tenancy running on a day (given twice), of its lead tenant, within a question's scope."""
    return (
        "select * from (select *, row_number() over (partition by coalesce(tenancy_ref, home, reference) "
        f"order by lead is distinct from true, row) as place from people where {_in(question.scope)} "
        f"and tenure_group = {literal(question.tenure_group)} "
        "and (start_day is null or start_day <= ?) and (end_day is null or end_day >= ?)) where place = 1"
    )


def _levels_of_answers(generation: Generation, question: Question, every: Sequence[Characteristic]) -> pd.DataFrame:
    """The level of every characteristic of each answer that counts; a column a key."""
    where = seen(generation.when(question.wave), question.tenure_group, question.scope, question.filters, counted=True)
    levels = ", ".join(f"{_level(generation, each)} as {quoted(each.key)}" for each in every)
    return generation.frame(
        f"select {levels} from {_with_tenants(generation, 'responses', where.sql('duckdb'), every)}"
    )


# ── Answers ──────────────────────────────────────────────────────────────────────────────────────


def survey_by(
    generation: Generation, question: Question, whole: Survey, characteristic: Characteristic, measures: Sequence[str]
) -> Survey | None:
    """A question's survey (``whole``) counted by a characteristic, whose key is the breakdown; None where nothing holds
    it. Raises NotHeld as ``Generation.survey``.
    """
    if answered_by(generation, characteristic) is None and told_of_people(generation, characteristic) is None:
        return None
    source = generation.weights.source(question.wave, question.tenure_group)
    where = seen(generation.when(question.wave), question.tenure_group, question.scope, question.filters, counted=True)
    key, asked = characteristic.key, [code for code in measures if code in generation.asked_in(question.wave)]
    rows = _with_tenants(generation, source.table, where.sql("duckdb"), [characteristic])
    raked = ["calibration"] if source.calibrated else []
    before = ", sum(before) as base" if source.calibrated else ""
    more = ", calibration, base" if source.calibrated else ""
    named = f"coalesce({_level(generation, characteristic)}, '{NOT_RECORDED}') as level"
    chosen = ", ".join(
        [named, "stratum::varchar as stratum", *raked, f"{source.weight} as weighs", "weight as before"]
        + [quoted(code) for code in asked]
    )
    groups = ", ".join(["level", "stratum", *raked])
    counted = " union all ".join(
        f"select {groups}, {literal(code)} as measure, {quoted(code)} as answer, count(*) as n, sum(weighs) as w, "
        f"sum(weighs * weighs) as ww{before} from chosen group by all"
        for code in asked
    )
    if not asked:
        return replace(whole, dims=(key,), cells=whole.cells.assign(**{key: pd.Series(dtype=object)}))
    cells = generation.frame(
        f"with chosen as materialized (select {chosen} from {rows}), counted as ({counted}) "
        f"select level as {quoted(key)}, stratum{more}, measure, answer, n, w, ww from counted order by all"
    )
    return replace(whole, dims=(key,), cells=cells.astype({"n": "int64", "w": "float64", "ww": "float64"}))


def _level(generation: Generation, characteristic: Characteristic) -> str:
    """SQL for the level of one characteristic of an answer."""
    own = answered_by(generation, characteristic)
    if own is not None:
        return _unless_unsaid(f"{quoted(own)}::varchar")
    if told_of_people(generation, characteristic) is None:
        return "null::varchar"
    return f"of_{characteristic.key}"


def _with_tenants(generation: Generation, table: str, where: str, wanted: Sequence[Characteristic]) -> str:
    """The responses of a table that a question sees, each with what its home's tenant was on the day of the answer."""
    joined = [each for each in wanted if answered_by(generation, each) is None and told_of_people(generation, each)]
    seen_rows = f"(select * from {table} where {where})"
    if not joined:
        return seen_rows
    who = ", ".join(f"'of_{each.key}': {_said(generation, each)}" for each in joined)
    picked = ", ".join(f"who.of_{each.key} as of_{each.key}" for each in joined)
    tenants = (
        f"select r.wave::varchar as of_wave, r.respondent as of_respondent, arg_min({{{who}}}, "
        "(p.lead is distinct from true, coalesce(p.row, 0))) as who "
        f"from (select wave, respondent, home, date from responses where {where} and home is not null "
        "and may_attribute) r "
        "join waves w on w.name = r.wave::varchar join people p on p.home = r.home "
        "where (p.start_day is null or p.start_day <= coalesce(r.date, w.fieldwork_to)) "
        "and (p.end_day is null or p.end_day >= coalesce(r.date, w.fieldwork_to)) group by 1, 2"
    )
    return (
        f"(select s.*, {picked} from {seen_rows} s left join ({tenants}) t "
        "on t.of_wave = s.wave::varchar and t.of_respondent = s.respondent)"
    )


# ── Records ──────────────────────────────────────────────────────────────────────────────────────


def complaints_by(generation: Generation, whose: Whose, begun: date, ended: date) -> pd.DataFrame:
    """Every stage of every complaint made in a period, with what its tenant was: a column a characteristic, ``unit``,
    and COMPLAINTS."""
    where = f"{_of(whose)} and made between $1 and $2"
    return _records(generation, "complaints", "made", where, COMPLAINTS, [begun, ended])


def hazards_by(generation: Generation, whose: Whose, begun: date, ended: date) -> pd.DataFrame:
    """Every hazard case reported in a period, with what its tenant was, ``unit``, and HAZARDS."""
    where = f"{_of(whose)} and reported between $1 and $2"
    return _records(generation, "hazards", "reported", where, HAZARDS, [begun, ended])


def repairs_by(generation: Generation, whose: Whose, begun: date, ended: date) -> pd.DataFrame:
    """Repairs of a period with a target day, counted by whose they are: a column a characteristic, n, and yes (done by
    the target day). Communal and cancelled jobs are left out, as those never completed are."""
    where = (
        f"{_of(whose)} and completed between $1 and $2 and due is not null "
        "and cancelled is distinct from true and communal is distinct from true"
    )
    query = _with_people(generation, "repairs", "raised", where, ("completed", "due"))
    keys = ", ".join(quoted(key) for key in _people_keys(generation))
    keys += ", " if keys else ""
    return generation.frame(
        f"select {keys} unit, count(*) as n, count(*) filter (completed <= due) as yes from ({query}) group by all "
        "order by unit",
        [begun, ended],
    ).drop(columns=UNITS)


def _records(
    generation: Generation, table: str, day: str, where: str, columns: Sequence[str], values: list[date]
) -> pd.DataFrame:
    found = generation.frame(_with_people(generation, table, day, where, columns), values)
    return found.assign(unit=pd.factorize(found[UNITS])[0])


def _people_keys(generation: Generation) -> tuple[str, ...]:
    return tuple(each.key for each in characteristics() if told_of_people(generation, each))


def _with_people(generation: Generation, table: str, day: str, where: str, columns: Sequence[str]) -> str:
    """The query of records with what the tenant was on the day: of the tenancy named, then of the lead tenant."""
    held = [each for each in characteristics() if told_of_people(generation, each)]
    who = "".join(f", '{each.key}': {_said(generation, each)}" for each in held)
    picked = "".join(f"who.{quoted(each.key)} as {quoted(each.key)}, " for each in held)
    kept = ", ".join(f"e.{quoted(name)}" for name in columns)
    return (
        f"with e as (select row_number() over () as id, * from {table} where {where}), "
        f"t as (select e.id, arg_min({{'reference': p.reference{who}}}, (p.tenancy_ref is distinct from e.tenancy_ref, "
        "p.lead is distinct from true, coalesce(p.row, 0))) as who from e join people p on p.home = e.home "
        f"where (p.start_day is null or p.start_day <= e.{quoted(day)}) "
        f"and (p.end_day is null or p.end_day >= e.{quoted(day)}) group by 1) "
        f"select {picked}coalesce(who.reference, e.home, e.tenancy_ref, 'row ' || e.id) as unit, "
        f"who is not null as joined_to_somebody, {kept} from e left join t using (id)"
    )


def _of(whose: Whose) -> str:
    among_them = f" and tenure in ({', '.join(map(literal, whose.tenures))})" if whose.tenures else ""
    return f"{_in(whose.scope)} and tenure_group = {literal(whose.tenure_group)}{among_them}"


def _in(scope: Scope) -> str:
    return inside(scope).sql("duckdb")
