"""A survey's table of text, once its mapping is settled, as the incoming tables the store reads.

``stage`` reads every cell into ``staged``; after the checks ``incoming_tables`` keeps the rows that no rule stops.
Headings and values never enter a statement: columns go by position, values by joined tables and parameters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

import duckdb

from data.columns.days import OLDEST_AGE, YOUNGEST_AGE
from data.columns.items import is_item_field
from data.columns.mapping import SPLITS, WaveFacts
from data.columns.mapping import Mapping as Said
from data.columns.meanings import AN_AGE
from data.columns.questions import A_YEAR, FILTERS, Understood
from data.columns.resolution import Resolved, is_measure
from data.columns.spellings import BLANK, age_band_spelled, not_recorded, whole_number

MEASURES = tuple(f"TP{number:02d}" for number in range(1, 13))
LONGEST_TEXT = 200  # characters of an estate, a block or a characteristic
_DAY_TEXT = r"regexp_replace(trim({column}), '[ T]+\d{{1,2}}:\d{{2}}.*$', '')"
_APRIL = "date_trunc('month', {day}) - interval 3 month"  # a reporting year begins on 1 April
_REPORTING_YEAR = f"strftime({_APRIL}, '%Y/') || right(strftime({_APRIL} + interval 1 year, '%Y'), 2)"

Connection = duckdb.DuckDBPyConnection


# ── Values, for their meaning to be settled ──────────────────────────────────────────────────────


def values_of(con: Connection, place: Resolved, mapping: Said) -> dict[str, dict[str, int]]:
    """How often each value stands in each column whose values have meanings; dates without their time of day."""
    wanted = {
        name: position
        for name, position in place.fields.items()
        if is_measure(name)
        or is_item_field(name)
        or name in (*FILTERS, "may_attribute", "tenure", "method", "wave", "quarter", "age", "age_band")
    }
    found = {name: _counted(con, f"c{position}") for name, position in wanted.items()}
    if "quarter" in place.fields and mapping.wave.split == SPLITS[0]:
        name = mapping.wave.name.replace("'", "''")
        found["wave"] = _counted(con, _wave(place, mapping).replace("$wave", f"'{name}'"))
    for name in ("date", "dob"):
        if name in place.fields:
            found[name] = _counted(con, day_text(place.fields[name]))
    if "tenure" not in place.fields:
        found["tenure"] = {BLANK: _count(con, "select count(*) from raw")}
    return {
        name: {value: count for value, count in counts.items() if name == "tenure" or value != BLANK}
        for name, counts in found.items()
    }


def day_text(position: int) -> str:
    """The day of a date column, as text without a time."""
    return f"case when contains(c{position}, ':') then {_DAY_TEXT.format(column=f'c{position}')} else c{position} end"


def _counted(con: Connection, expression: str) -> dict[str, int]:
    """Each value with its count, the most frequent first; empty cells and cells of spaces under BLANK."""
    rows = con.execute(f"select {expression} as value, count(*) from raw group by 1 order by 2 desc, 1").fetchall()
    counts: dict[str, int] = {}
    for value, count in rows:
        key = str(value) if value and str(value).strip() else BLANK
        counts[key] = counts.get(key, 0) + int(count)
    return counts


def _count(con: Connection, query: str) -> int:
    found = con.execute(query).fetchone()
    return int(found[0]) if found else 0


def repeated_differently(con: Connection, place: Resolved, mapping: Said) -> int:
    """How many respondent numbers stand over different answers within a wave."""
    if "respondent" not in place.fields:
        return 0
    number, wave = _text(place, "respondent"), _wave(place, mapping).replace("$wave", "''")
    con.execute(f"""
        create or replace temp table numbers_twice as
        select {number} as number, {wave} as wave from raw where {number} is not null group by all having count(*) > 1
    """)
    cells = ", ".join(f"raw.c{position}" for position in place.used)
    return _count(
        con,
        f"""
        select count(*) from (
            select number from raw join numbers_twice on {number} = number and ({wave}) is not distinct from wave
            group by number, wave having count(distinct hash({cells})) > 1)
    """,
    )


# ── Every cell, read ─────────────────────────────────────────────────────────────────────────────


def stage(con: Connection, place: Resolved, mapping: Said, read: Understood, wave: str) -> None:
    """Table ``staged``: a row per row of ``raw``, with every field read. Answers are as given, before the filters."""
    joins = _Joins(con, place)
    for code, meant in read.answers.items():
        joins.values(code, meant.known, "TINYINT")
    for name, answers in read.yes_no.items():
        joins.values(name, {**dict.fromkeys(answers.unknown, False), **answers.known}, "BOOLEAN")
    tenures = {"" if value == BLANK else value: tenure for value, tenure in read.tenure.known.items()}
    joins.values("tenure", {value: label for value, (label, _) in tenures.items()}, "VARCHAR", blank=True)
    joins.values("tenure_group", {value: group for value, (_, group) in tenures.items()}, "VARCHAR", blank=True)
    joins.values("method", read.method.known, "VARCHAR")
    for name, days in read.days.items():
        joins.values(name, dict(days), "DATE")
    joins.values("age_band", _bands(con, place), "VARCHAR")
    for name, position in _named_places(place).items():
        joins.values(name, _spelled_alike(con, position), "VARCHAR", position=position)
    joins.values("age", _ages(con, place, mapping), "INTEGER")
    named = _wave(place, mapping, joins.said("date", "DATE"))
    con.execute(
        f"create table staged as select raw.row, {named} as wave, "
        f"{', '.join(_columns(place, mapping, joins))} from raw {joins.clause}",
        {"wave": wave} if "$wave" in named else {},
    )


class _Joins:
    """Small tables of values and their meanings, to be joined to ``raw``."""

    def __init__(self, con: Connection, place: Resolved) -> None:
        self._con, self._place = con, place
        self._clauses: list[str] = []
        self.names: set[str] = set()

    def values(
        self, name: str, meanings: Mapping[str, object], kind: str, blank: bool = False, position: int | None = None
    ) -> None:
        """A field's values with what they mean; ``blank``: an empty cell has a meaning too, under ""."""
        if not meanings:
            return
        if position is None:
            position = self._place.fields.get("tenure" if name == "tenure_group" else name)
        table = f"m_{name}"
        self._con.execute(
            f"create temp table {table} as select unnest($values::VARCHAR[]) as value, unnest($said::{kind}[]) as said",
            {"values": list(meanings), "said": list(meanings.values())},
        )
        cell = "''" if position is None else day_text(position) if kind == "DATE" else f"raw.c{position}"
        cell = f"coalesce(trim({cell}), '')" if blank else cell
        if blank:
            self._con.execute(f"update {table} set value = trim(value)")
            self._con.execute(f"create or replace temp table {table} as select distinct on (value) * from {table}")
        self._clauses.append(f"left join {table} on {table}.value = {cell}")
        self.names.add(name)

    @property
    def clause(self) -> str:
        return " ".join(self._clauses)

    def said(self, name: str, kind: str) -> str:
        """What a field's value means, or NULL where the file has no such column."""
        return f"m_{name}.said" if name in self.names else f"NULL::{kind}"


def _named_places(place: Resolved) -> dict[str, int]:
    """Where estates, blocks and other characteristics stand, by the column each is kept in."""
    keys = characteristic_keys(place)
    named = {name: place.fields[name] for name in ("estate", "block") if name in place.fields}
    return named | {keys[label]: position for label, position in place.characteristics.items()}


def _spelled_alike(con: Connection, position: int) -> dict[str, str]:
    """Cells whose text differs from another's in capitals and spaces only, with the spelling most cells have."""
    counted = {cell: count for cell, count in _counted(con, f"c{position}").items() if cell != BLANK}
    names = {cell: " ".join(cell.split())[:LONGEST_TEXT] for cell in counted}
    alike: dict[str, Counter[str]] = {}
    for cell, name in names.items():
        alike.setdefault(name.casefold(), Counter())[name] += counted[cell]
    most = {fold: max(found, key=lambda name: (found[name], name)) for fold, found in alike.items()}
    return {cell: most[name.casefold()] for cell, name in names.items() if most[name.casefold()] != cell.strip(" ")}


def _columns(place: Resolved, mapping: Said, joins: _Joins) -> Iterable[str]:
    group = joins.said("tenure_group", "VARCHAR")
    yield f"{group} as tenure_group"
    yield f"{joins.said('tenure', 'VARCHAR')} as tenure"
    for name in ("estate", "block"):
        yield f"coalesce({joins.said(name, 'VARCHAR')}, {_text(place, name)}) as {name}"
    yield f"{joins.said('date', 'DATE')} as date"
    yield f"{joins.said('age_band', 'VARCHAR')} as age_band_given"
    yield f"{joins.said('age', 'INTEGER')} as age"
    yield f"{joins.said('dob', 'DATE')} as dob"
    yield f"coalesce({joins.said('method', 'VARCHAR')}, {_text(place, 'method')}) as method"
    yield f"coalesce({_text(place, 'stratum')}, {group}) as stratum"
    yield f"try_cast({_text(place, 'stratum_population')} as DOUBLE) as stratum_population"
    yield f"{_weight(place, group)} as weight"
    yield f"coalesce({joins.said('may_attribute', 'BOOLEAN')}, false) as may_attribute"
    yield f"{_text(place, 'household')} as household"
    yield f"{_text(place, 'respondent')} as respondent_id"
    yield f"{_last_day(mapping)} as last_day_of_fieldwork"
    for name in FILTERS:
        yield f"{joins.said(name, 'BOOLEAN')} as {name}"
    for code in MEASURES:
        yield f"{joins.said(code, 'TINYINT')} as {code}"
    for label, position in place.characteristics.items():
        key = characteristic_keys(place)[label]
        text = f"nullif(left(trim(raw.c{position}), {LONGEST_TEXT}), '')"
        yield f"coalesce({joins.said(key, 'VARCHAR')}, {text}) as {key}"


def _text(place: Resolved, name: str) -> str:
    position = place.fields.get(name)
    return "NULL::VARCHAR" if position is None else f"nullif(left(trim(raw.c{position}), {LONGEST_TEXT}), '')"


def _weight(place: Resolved, group: str) -> str:
    """The weight that belongs to the tenure group; 1 where the file has none for it; NULL where it is not a weight."""
    one = _number(place, "weight")
    by_group = {name: _number(place, f"weight_{name}", one) for name in ("LCRA", "LCHO")}
    cases = " ".join(f"when '{name}' then {number}" for name, number in by_group.items())
    return f"case {group} {cases} else coalesce({one}, 1.0) end"


def _number(place: Resolved, name: str, otherwise: str = "1.0::DOUBLE") -> str:
    position = place.fields.get(name)
    return otherwise if position is None else f"try_cast(trim(raw.c{position}) as DOUBLE)"


def _last_day(mapping: Said) -> str:
    """The day by which ages are reckoned where a response has no date."""
    days = fieldwork_of(mapping.wave)
    return f"DATE '{days[1].isoformat()}'" if days else "NULL::DATE"


def _wave(place: Resolved, mapping: Said, day: str = "NULL::DATE") -> str:
    """The wave of a row: its own column, its quarter with its year where quarters are waves, else the one name."""
    named, quarter = _text(place, "wave"), _text(place, "quarter")
    if not ("quarter" in place.fields and mapping.wave.split == SPLITS[0]):
        return named if "wave" in place.fields else "$wave"
    if "wave" in place.fields:
        return f"concat_ws(' ', {named}, {quarter})"
    if mapping.wave.name:
        return f"$wave || ' ' || {quarter}"
    year = f"coalesce({_REPORTING_YEAR.format(day=day)} || ' ', '')"
    return f"case when regexp_matches({quarter}, '{A_YEAR}') then {quarter} else {year} || {quarter} end"


def _bands(con: Connection, place: Resolved) -> dict[str, str]:
    if "age_band" not in place.fields:
        return {}
    values = _counted(con, f"c{place.fields['age_band']}")
    return {value: age_band_spelled(value) or value.strip() for value in values if not not_recorded(value)}


def _ages(con: Connection, place: Resolved, mapping: Said) -> dict[str, int]:
    if "age" not in place.fields:
        return {}
    said = mapping.values.get("age", {})
    numbers = {value: whole_number(value) for value in _counted(con, f"c{place.fields['age']}")}
    return {v: int(n) for v, n in numbers.items() if n and said.get(n, AN_AGE) == AN_AGE}


def characteristic_keys(place: Resolved) -> dict[str, str]:
    """The column each characteristic is kept in: c_ and its label in plain letters, no two alike."""
    keys: dict[str, str] = {}
    for label in place.characteristics:
        slug = "c_" + (re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:40] or "group")
        taken = sum(key == slug or re.fullmatch(rf"{slug}_\d+", key) is not None for key in keys.values())
        keys[label] = f"{slug}_{taken + 1}" if taken else slug
    return keys


def age_in_years() -> str:
    """SQL for a respondent's age: as given, or from the date of birth on the day of the response."""
    return "coalesce(age, date_sub('year', dob, coalesce(date, last_day_of_fieldwork)))"


def impossible_age() -> str:
    """SQL that is true of an age no respondent has."""
    return f"({age_in_years()} not between {YOUNGEST_AGE} and {OLDEST_AGE})"


def fieldwork_of(facts: WaveFacts) -> tuple[date, date] | None:
    """The first and last day of fieldwork the analyst gave, or None."""
    if facts.fieldwork is None:
        return None
    first, last = facts.fieldwork
    return date.fromisoformat(first), date.fromisoformat(last)
