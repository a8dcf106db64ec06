"""The tables the store reads (responses, comments, dimensions, waves, strata), from rows read and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from data.columns.days import AGE_BANDS, OLDEST_AGE, OLDEST_BAND
from data.columns.mapping import Mapping as Said
from data.columns.questions import FILTERS
from data.columns.recognition import FILTER_OF
from data.columns.resolution import Resolved
from data.columns.spellings import fields
from data.registers import reporting_year_of
from data.selection import quoted
from data.sources.items import item_columns
from data.sources.survey import MEASURES, Connection, age_in_years, characteristic_keys, fieldwork_of

FROM_HOMES = "(from the list of homes)"  # in place of a heading


class Known(Protocol):
    """What the list of homes said of the respondents: columns it filled, and those the file had not (key, label)."""

    @property
    def filled(self) -> Mapping[str, int]: ...
    @property
    def added(self) -> Mapping[str, str]: ...


def incoming_tables(con: Connection, place: Resolved, mapping: Said, waves: Sequence[str], known: Known) -> None:
    """Tables responses, comments, dimensions, waves and strata, of the rows in ``staged`` that are not in ``held``."""
    _responses(con, place, known)
    _comments(con, place)
    _dimensions(con, place, known)
    _waves(con, mapping, waves)
    _strata(con, place, mapping)


def _responses(con: Connection, place: Resolved, known: Known) -> None:
    above = con.execute("select coalesce(min(row), 1) - 1 from raw").fetchall()[0][0]  # rows above the first respondent
    answers = [
        f"case when {FILTER_OF[code]} = false then -2::TINYINT else {code} end as {code}"
        if code in FILTER_OF and code in place.fields
        else code
        for code in MEASURES
    ]
    characteristics = [*characteristic_keys(place).values(), *known.added]
    items = [f"staged_items.{quoted(code)}" for code in item_columns(place)]
    staged = "staged join staged_items using (row)" if items else "staged"
    con.execute(
        f"""
        create table responses as
        select wave, row, row - $above as respondent, tenure_group, tenure, estate, block,
               coalesce(age_band_given, {_age_band()}) as age_band, method, date, stratum, weight,
               not exists (select 1 from second_responses as s where s.row = staged.row) as counts,
               may_attribute, case when may_attribute then household end as household,
               {", ".join([*FILTERS, *answers, *characteristics, *items])}
        from {staged} where not exists (select 1 from held where held.row = staged.row)
    """,
        {"above": above},
    )


def _age_band() -> str:
    age = age_in_years()
    bands = " ".join(f"when {age} between {low} and {high} then '{low}–{high}'" for low, high in AGE_BANDS)
    return f"case {bands} when {age} between {OLDEST_BAND} and {OLDEST_AGE} then '{OLDEST_BAND}+' end"


def _comments(con: Connection, place: Resolved) -> None:
    con.execute(
        "create table comments (wave VARCHAR, respondent BIGINT, row BIGINT, question VARCHAR, text VARCHAR, "
        "text_key VARCHAR)"
    )
    for question, position in place.comments.items():
        con.execute(
            f"""insert into comments
                select wave, respondent, row, $question, trim(c{position}),
                       md5($question || chr(31) || trim(c{position}))
                from responses join raw using (row) where trim(c{position}) <> ''""",
            {"question": question},
        )


def _dimensions(con: Connection, place: Resolved, known: Known) -> None:
    keys = characteristic_keys(place)
    ages = next((name for name in ("age_band", "age", "dob") if name in place.fields), "")
    rows: list[tuple[str, str, str, bool]] = [
        (name, fields()[name].label, place.headings[place.fields[name]], False)
        for name in ("estate", "block", "tenure", "method")
        if name in place.fields
    ]
    rows += [("age_band", fields()["age_band"].label, place.headings[place.fields[ages]], False)] if ages else []
    rows += [
        (keys[label], label, place.headings[position], label in place.special)
        for label, position in place.characteristics.items()
    ]
    there = {key for key, *_ in rows}
    labels = {name: fields()[name].label for name in ("estate", "block", "tenure", "age_band")} | dict(known.added)
    rows += [(key, labels[key], FROM_HOMES, False) for key in known.filled if key in labels and key not in there]
    con.execute("create table dimensions (key VARCHAR, label VARCHAR, heading VARCHAR, special BOOLEAN)")
    if rows:
        con.executemany("insert into dimensions values (?, ?, ?, ?)", rows)


def _waves(con: Connection, mapping: Said, waves: Sequence[str]) -> None:
    con.execute(
        "create table waves (name VARCHAR, fieldwork_from DATE, fieldwork_to DATE, reporting_year VARCHAR, "
        "collector VARCHAR, sample_kind VARCHAR, population_LCRA BIGINT, population_LCHO BIGINT)"
    )
    found = con.execute("select wave, min(date), max(date) from responses group by 1").fetchall()
    days = {wave: (first, last) for wave, first, last in found}
    for wave in waves:
        facts = mapping.facts_of(wave)
        first, last = fieldwork_of(facts) or days.get(wave, (None, None))
        con.execute(
            "insert into waves values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                wave,
                first,
                last,
                reporting_year_of(last) if last else None,
                facts.collector,
                facts.sample_kind,
                facts.population.get("LCRA"),
                facts.population.get("LCHO"),
            ],
        )


def _strata(con: Connection, place: Resolved, mapping: Said) -> None:
    """Strata as the file has them; without any, each tenure group is one, of the population given for it."""
    con.execute("""
        create table strata as
        select wave, stratum, tenure_group,
               case when min(stratum_population) = max(stratum_population)
                     and count(stratum_population) = count(*) and min(stratum_population) >= 1
                    then min(stratum_population)::BIGINT end as population
        from staged where row in (select row from responses) group by all order by all
    """)
    if "stratum" not in place.fields:
        con.execute("""
            update strata set population = case strata.tenure_group
                when 'LCRA' then waves.population_LCRA when 'LCHO' then waves.population_LCHO end
            from waves where waves.name = strata.wave and strata.population is null
        """)


def forget_workings(con: Connection) -> None:
    """Drop every table but the incoming ones: they hold references and texts that are not kept."""
    kept = {"responses", "comments", "dimensions", "waves", "strata", "problems"}
    con.execute("drop view if exists raw")
    for (table,) in con.execute("select table_name from duckdb_tables()").fetchall():
        if table not in kept:
            con.execute(f'drop table "{table}"')
