"""A small incoming survey for tests: the tables an intake leaves, made by hand."""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb

MEASURES = ", ".join(f"TP{n:02d} tinyint" for n in range(1, 13))
QUESTION = "Why do you say that?"
TABLES = f"""
create table responses (
    wave varchar, row bigint, respondent bigint, tenure_group varchar, tenure varchar, estate varchar, block varchar,
    age_band varchar, method varchar, date date, stratum varchar, weight double, counts boolean,
    may_attribute boolean, household varchar, repair_12m boolean, complaint_12m boolean, communal boolean,
    {MEASURES}, c_area varchar);
create table comments (
    wave varchar, respondent bigint, row bigint, question varchar, text varchar, text_key varchar);
create table dimensions (key varchar, label varchar, heading varchar, special boolean);
create table waves (
    name varchar, fieldwork_from date, fieldwork_to date, reporting_year varchar, collector varchar,
    sample_kind varchar, "population_LCRA" bigint, "population_LCHO" bigint);
create table strata (wave varchar, stratum varchar, tenure_group varchar, population bigint);
create table problems (
    "row" bigint, "column" varchar, value varchar, rule varchar, what varchar, remedy varchar, owner varchar,
    stops varchar);
insert into dimensions values
    ('estate', 'Estate', 'Estate', false), ('tenure', 'Tenure', 'Tenure', false), ('c_area', 'Area', 'Area', false);
"""


@dataclass
class SmallIncoming:
    connection: duckdb.DuckDBPyConnection
    name: str = "small.csv"
    sha256: str = "0" * 64
    facts: dict[str, object] = field(default_factory=lambda: {"rows_in": 0})
    scores: dict[str, float] = field(default_factory=lambda: {"completeness": 1.0})


def small_incoming(
    wave: str = "2024", answers: int = 40, estates: tuple[str, ...] = ("Ash Court", "Beech Row"), **named: str
) -> SmallIncoming:
    """LCRA respondents spread evenly over the estates, three in four satisfied, each with one comment; 400 homes."""
    con = duckdb.connect()
    con.execute(TABLES)
    con.execute(
        "insert into responses (wave, row, respondent, tenure_group, tenure, estate, method, date, stratum, weight, "
        "counts, may_attribute, TP01, c_area) select ?, n + 1, n, 'LCRA', 'General needs', ?[1 + n % ?], 'telephone', "
        "date '2024-05-01', 'LCRA', 1.0, true, false, case when n % 4 = 0 then 1 else 4 end, 'North' "
        "from range(1, ?) as numbers(n)",
        [wave, list(estates), len(estates), answers + 1],
    )
    con.execute(
        "insert into comments select wave, respondent, row, ?, t, md5(? || chr(31) || t) from "
        "(select *, 'the repair was quick, number ' || respondent as t from responses)",
        [QUESTION, QUESTION],
    )
    con.execute(
        "insert into waves values (?, date '2024-05-01', date '2024-06-30', '2024/25', 'An agency', 'random', "
        "400, null)",
        [wave],
    )
    con.execute("insert into strata values (?, 'LCRA', 'LCRA', 400)", [wave])
    return SmallIncoming(con, **named)
