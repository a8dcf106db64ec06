"""A small survey that asks whether tenants feel judged: renters on two estates, and shared owners."""

from __future__ import annotations

from pathlib import Path

from incoming_records import small_records
from small_survey import SmallIncoming, small_incoming

from data.generation import Generation
from data.store import Store

COLUMNS = ("ST01", "ST02:police", "ST02:other", "ST05", "ST06")


def judged_incoming(answers: int = 80, wave: str = "2024") -> SmallIncoming:
    """Renters spread over two estates. Every third says yes to ST01, number 1 is blank, number 2 would not say; TP08 is
    agreed with by three in four; of those who said yes half name the police; every fourth was made to feel embarrassed.
    Ten shared owners answer ST05 and ST06.
    """
    found = small_incoming(wave=wave, answers=answers)
    con = found.connection
    for column in COLUMNS:
        con.execute(f'alter table responses add column "{column}" tinyint')
    con.execute("alter table responses add column c_length varchar")
    con.execute("insert into dimensions values ('c_length', 'Length of tenancy', 'Length', false)")
    con.execute(
        "update responses set TP08 = case when respondent % 4 = 0 then 2 else 5 end, "
        "ST01 = case when respondent = 1 then null when respondent = 2 then -1 when respondent % 3 = 0 then 5 "
        "when respondent % 3 = 1 then 1 else 3 end, "
        "ST05 = case when respondent % 4 = 0 then 5 else 1 end, ST06 = 4, c_length = 'Under 1 year'"
    )
    con.execute(
        'update responses set "ST02:police" = case when ST01 is null then null when ST01 <> 5 then -2 '
        'when respondent % 2 = 0 then 5 else 1 end, "ST02:other" = case when ST01 = 5 then 1 when ST01 is not null '
        "then -2 end"
    )
    con.execute(
        "insert into responses (wave, row, respondent, tenure_group, tenure, estate, method, date, stratum, weight, "
        'counts, may_attribute, TP01, TP08, ST01, ST05, ST06, "ST02:police", c_area) '
        "select ?, 1000 + n, 1000 + n, 'LCHO', 'Shared ownership', 'Ash Court', 'telephone', date '2024-05-01', "
        "'LCHO', 1.0, true, false, 4, 4, -2, 1, 4, -2, 'North' from range(1, 31) as numbers(n)",
        [wave],
    )
    con.execute("insert into strata values (?, 'LCHO', 'LCHO', 100)", [wave])
    return found


def judged_generation(folder: Path, answers: int = 80, teams: tuple[dict[str, object], ...] = ()) -> Generation:
    """The survey published, with a file of teams where one is given."""
    store = Store(folder, "real")
    held = store.publish(judged_incoming(answers))
    if teams:
        held.close()
        held = store.publish(small_records(sha256="b" * 64, teams=teams))
    return held
