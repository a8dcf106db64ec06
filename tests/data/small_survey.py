"""A small incoming survey for tests: the contract's tables, made by hand."""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb

TPS = ", ".join(f"TP{n:02d} tinyint" for n in range(1, 13))


@dataclass
class SmallIncoming:
    connection: duckdb.DuckDBPyConnection
    name: str = "small.csv"
    sha256: str = "0" * 64
    facts: dict[str, object] = field(default_factory=lambda: {"rows_in": 0})
    scores: dict[str, float] = field(default_factory=lambda: {"completeness": 1.0})


def small_incoming(
    wave: str = "2024", answers: int = 40, estates: tuple[str, ...] = ("Ash Court", "Beech Row"), **named
):
    """``answers`` LCRA respondents spread over the estates, three in four satisfied, one comment each."""
    con = duckdb.connect()
    con.execute(
        "create table responses (wave varchar, row bigint, respondent bigint, tenure_group varchar, tenure varchar, "
        "estate varchar, block varchar, age_band varchar, method varchar, date date, stratum varchar, weight double, "
        "counts boolean, may_attribute boolean, household varchar, repair_12m boolean, complaint_12m boolean, "
        f"communal boolean, {TPS}, c_area varchar)"
    )
    con.execute(
        "create table comments (wave varchar, respondent bigint, row bigint, question varchar, text varchar, text_key varchar)"
    )
    for n in range(1, answers + 1):
        con.execute(
            "insert into responses (wave, row, respondent, tenure_group, tenure, estate, method, date, stratum, weight, "
            "counts, may_attribute, TP01, c_area) values (?, ?, ?, 'LCRA', 'General needs', ?, 'telephone', "
            "date '2024-05-01', 'LCRA', 1.0, true, false, ?, 'North')",
            [wave, n + 1, n, estates[n % len(estates)], 4 if n % 4 else 1],
        )
        con.execute(
            "insert into comments select ?, ?, ?, 'Why do you say that?', t, md5('Why do you say that?' || chr(31) || t) "
            "from (select 'the repair was quick, number ' || ? as t)",
            [wave, n, n + 1, n],
        )
    con.execute("create table dimensions (key varchar, label varchar, heading varchar, special boolean)")
    con.execute(
        "insert into dimensions values ('estate', 'Estate', 'Estate', false), ('tenure', 'Tenure', 'Tenure', false), ('c_area', 'Area', 'Area', false)"
    )
    con.execute(
        "create table waves (name varchar, fieldwork_from date, fieldwork_to date, reporting_year varchar, "
        'collector varchar, sample_kind varchar, "population_LCRA" bigint, "population_LCHO" bigint)'
    )
    con.execute(
        "insert into waves values (?, date '2024-05-01', date '2024-06-30', '2024/25', 'An agency', 'random', 400, null)",
        [wave],
    )
    con.execute(
        "create table strata (wave varchar, stratum varchar, tenure_group varchar, population bigint)"
    )
    con.execute("insert into strata values (?, 'LCRA', 'LCRA', 400)", [wave])
    con.execute(
        'create table problems ("row" bigint, "column" varchar, value varchar, rule varchar, what varchar, '
        "remedy varchar, owner varchar, stops varchar)"
    )
    return SmallIncoming(con, **named)
