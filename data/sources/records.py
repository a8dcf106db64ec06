"""A file of records as a table of text, once its mapping is settled, as one typed row a row of the file.

``stage_records`` reads every cell into ``staged``: a column for each field of the kind, NULL where the file has none.
Headings and values never enter a statement: columns go by position, values by joined tables and parameters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

import duckdb

from data.columns.days import AGE_BANDS, NO_YEAR, OLDEST_AGE, OLDEST_BAND, YOUNGEST_AGE
from data.columns.kinds import CODED, Kind, RecordField
from data.columns.mapping import Mapping as Said
from data.columns.record_values import RecordValues, tenure_for_all
from data.columns.resolution import Resolved
from data.columns.spellings import BLANK, not_recorded
from data.sources.details import NAMES_SOMEBODY, are_personal, without_details
from data.sources.markup import plain_texts
from data.sources.survey import LONGEST_TEXT, characteristic_keys, day_text

PLACES = ("estate", "block", "area", "stratum", "wave", "team")  # fields whose values look like addresses
MOST_SPELLINGS = 20_000  # distinct names of a column beyond which they are not brought to one spelling
LOST_DIGITS = r"regexp_full_match({cell}, '\s*\d(\.\d+)?[eE]\+?\d+\s*')"
_TYPES = {
    "date": "DATE", "dob": "DATE", "yes_no": "BOOLEAN", "flag": "BOOLEAN", "presence": "BOOLEAN",
    "cancelled": "BOOLEAN", "number": "DOUBLE",
}  # fmt: skip

Connection = duckdb.DuckDBPyConnection


def record_values_of(con: Connection, place: Resolved, of: Kind) -> dict[str, dict[str, int]]:
    """How often each value stands in each column whose values have meanings; dates without their time of day."""
    found = {}
    for each in of.fields:
        position = place.fields.get(each.key)
        if position is None or each.holds not in (*CODED, "presence") or each.holds == "id":
            continue
        cell = day_text(position) if each.holds in ("date", "dob") else f"c{position}"
        found[each.key] = _counted(con, cell)
    if "tenure" not in place.fields and any(each.key == "tenure" for each in of.fields):
        found["tenure"] = {BLANK: 1}
    return found


def _counted(con: Connection, expression: str) -> dict[str, int]:
    rows = con.execute(f"select {expression} as value, count(*) from raw group by 1 order by 2 desc, 1").fetchall()
    counts: dict[str, int] = {}
    for value, count in rows:
        key = str(value) if value and str(value).strip() else BLANK
        counts[key] = counts.get(key, 0) + int(count)
    return counts


def stage_records(
    con: Connection, place: Resolved, mapping: Said, read: RecordValues, of: Kind, today: date, anchor: str = ""
) -> None:
    """Table ``staged``: a row per row of ``raw`` with every field of the kind, read. ``anchor`` is the field on or
    after which a day without a year lies."""
    joins = _Meanings(con, place)
    for name, meant in read.choices.items():
        details = without_details(meant.known.values())
        joins.add(name, {value: details.get(said, said) for value, said in meant.known.items()}, "VARCHAR")
    for name, flags in read.flags.items():
        joins.add(name, flags.known, "BOOLEAN")
    joins.add("tenure", {value: label for value, (label, _) in read.tenure.known.items()}, "VARCHAR")
    joins.add("tenure_group", {v: group for v, (_, group) in read.tenure.known.items()}, "VARCHAR", "tenure")
    for name, days in read.days.items():
        joins.add(name, days.known, "DATE", day=True)
        joins.add(f"{name}_blank", dict.fromkeys(days.blank, True), "BOOLEAN", name, day=True)
    _add_discreet(con, place, of, joins)
    keys = characteristic_keys(place)
    for label, position in place.characteristics.items():
        joins.at(keys[label], _spelled_alike(con, position) | _discreet(con, position), "VARCHAR", position)
    if "text" in place.fields:
        joins.add("text", plain_texts(con, place.fields["text"]), "VARCHAR")
        joins.whole()
    columns = [*_columns(place, mapping, read, of, joins), *_derived(place, of, today)]
    more = "".join(f", {sql} as {name}" for name, sql in of.worked_out.items())
    rows = f"select raw.row, {', '.join(columns)} from raw {joins.clause}"
    con.execute(f"create table staged as select *{more} from ({rows})" if more else f"create table staged as {rows}")
    if anchor and any(days.without_year for days in read.days.values()):
        _give_years(con, of, read, anchor)


def _add_discreet(con: Connection, place: Resolved, of: Kind, joins: _Meanings) -> None:
    """Categories without personal details, names of places in one spelling, and the references that are a person's."""
    for each in of.fields:
        position = place.fields.get(each.key)
        if position is None:
            continue
        if each.holds == "category":
            alike = _spelled_alike(con, position) if each.key in ("estate", "block", "area") else {}
            joins.add(each.key, alike | _discreet(con, position, each.key in PLACES), "VARCHAR")
        elif each.holds == "id":
            joins.add(
                f"{each.key}_personal", dict.fromkeys(_personal_references(con, position), True), "BOOLEAN", each.key
            )
        elif each.holds == "choice" and f"{each.key}_given" in of.table.values():
            joins.add(f"{each.key}_given", _discreet(con, position), "VARCHAR", each.key)


def _discreet(con: Connection, position: int, place: bool = False) -> dict[str, str]:
    """The cells of a column that hold personal details, each without them."""
    found = without_details(_counted(con, f"c{position}"), shaped_only=place)
    return {cell: said[:LONGEST_TEXT] for cell, said in found.items()}


def _personal_references(con: Connection, position: int) -> list[str]:
    may = con.execute(
        f"select distinct c{position} from raw where contains(c{position}, '@') "
        f"or (regexp_matches(c{position}, $1) and not regexp_matches(c{position}, '[0-9]'))",
        [NAMES_SOMEBODY],
    )
    return are_personal(reference for (reference,) in may.fetchall())


class _Meanings:
    """Small tables of values and their meanings, to be joined to ``raw``."""

    def __init__(self, con: Connection, place: Resolved) -> None:
        self._con, self._place = con, place
        self._clauses: list[str] = []
        self.names: set[str] = set()

    def add(self, name: str, meanings: Mapping[str, object], kind: str, field: str = "", day: bool = False) -> None:
        """A field's values with what they mean; nothing where the file has no such column."""
        position = self._place.fields.get(field or name)
        if position is not None:
            self.at(name, meanings, kind, position, day)

    def at(self, name: str, meanings: Mapping[str, object], kind: str, position: int, day: bool = False) -> None:
        """The values of a column with what they mean."""
        if not meanings:
            return
        table = f"m_{name}"
        self._con.execute(
            f"create temp table {table} as select unnest($values::VARCHAR[]) as value, unnest($said::{kind}[]) as said",
            {"values": list(meanings), "said": list(meanings.values())},
        )
        cell = day_text(position) if day else f"raw.c{position}"
        self._clauses.append(f"left join {table} on {table}.value = {cell}")
        self.names.add(name)

    def whole(self) -> None:
        """The texts that stand over several rows, put together under the first of them."""
        self._clauses.append("left join whole_texts as m_whole on m_whole.row = raw.row")

    @property
    def clause(self) -> str:
        return " ".join(self._clauses)

    def said(self, name: str, kind: str = "VARCHAR") -> str:
        """What a field's value means, or NULL where none has a meaning."""
        return f"m_{name}.said" if name in self.names else f"NULL::{kind}"


def _columns(place: Resolved, mapping: Said, read: RecordValues, of: Kind, joins: _Meanings) -> Iterable[str]:
    for each in of.fields:
        if each.key == "tenure":
            yield from _tenure(place, mapping, joins)
        elif each.key in place.presence:
            yield f"d{place.presence[each.key]} as {each.key}"
        else:
            yield f"{_cell(each, place, joins)} as {each.key}"
        if each.holds == "choice":
            yield f"coalesce({joins.said(f'{each.key}_given')}, {text_of(place, each.key)}) as {each.key}_given"
        if each.holds == "id":
            yield f"({joins.said(f'{each.key}_personal', 'BOOLEAN')} is not null) as {each.key}_personal"
        if each.holds in ("date", "dob"):
            unread = f"{text_of(place, each.key)} is not null and {joins.said(each.key, 'DATE')} is null"
            yield f"({unread} and {joins.said(f'{each.key}_blank', 'BOOLEAN')} is null) as {each.key}_unread"
    keys = characteristic_keys(place)
    for label, position in place.characteristics.items():
        text = f"nullif(left(trim(raw.c{position}), {LONGEST_TEXT}), '')"
        yield f"coalesce({joins.said(keys[label])}, {text}) as {keys[label]}"


def _tenure(place: Resolved, mapping: Said, joins: _Meanings) -> Iterable[str]:
    everyone = tenure_for_all(mapping)
    if "tenure" not in place.fields and everyone:
        label, group = everyone
        yield f"'{label.replace(chr(39), chr(39) * 2)}' as tenure"
        yield f"'{group}' as tenure_group"
    else:
        yield f"{joins.said('tenure')} as tenure"
        yield f"{joins.said('tenure_group')} as tenure_group"
    yield f"case when {joins.said('tenure')} is null then {text_of(place, 'tenure')} end as tenure_unknown"


def _cell(each: RecordField, place: Resolved, joins: _Meanings) -> str:
    """SQL for one field of a row."""
    kind = _TYPES.get(each.holds, "VARCHAR")
    if each.key not in place.fields:
        return f"NULL::{kind}"
    cell = text_of(place, each.key)
    if each.holds == "id":
        named = f"{joins.said(f'{each.key}_personal', 'BOOLEAN')} is null"
        return f"case when {named} and not {LOST_DIGITS.format(cell=cell)} then {cell} end"
    if each.holds == "number":
        return f"try_cast(replace({cell}, ',', '') as DOUBLE)"
    if each.holds == "text":
        return f"nullif(coalesce(m_whole.said, {joins.said('text')}, trim(raw.c{place.fields['text']})), '')"
    if each.holds == "address":
        return f"nullif(trim(raw.c{place.fields[each.key]}), '')"
    if each.holds in ("category", "words"):
        return f"coalesce({joins.said(each.key)}, {_recorded(cell)})"
    return joins.said(each.key, kind)


def _recorded(cell: str) -> str:
    words = "('not known', 'unknown', 'n/a', 'not recorded', 'not stated', 'null', '-')"
    return f"case when lower({cell}) not in {words} then {cell} end"


def text_of(place: Resolved, name: str) -> str:
    """SQL for a field's cell as text, without spaces around it; NULL where it is empty."""
    position = place.fields.get(name)
    return "NULL::VARCHAR" if position is None else f"nullif(left(trim(raw.c{position}), {LONGEST_TEXT}), '')"


def _spelled_alike(con: Connection, position: int | None) -> dict[str, str]:
    """Cells whose text differs from another's in capitals and spaces only, with the spelling most cells have."""
    if position is None:
        return {}
    counted = {cell: count for cell, count in _counted(con, f"c{position}").items() if not not_recorded(cell)}
    if len(counted) > MOST_SPELLINGS:
        return {}
    names = {cell: " ".join(cell.split())[:LONGEST_TEXT] for cell in counted}
    alike: dict[str, Counter[str]] = {}
    for cell, name in names.items():
        alike.setdefault(name.casefold(), Counter())[name] += counted[cell]
    most = {fold: max(found, key=lambda name: (found[name], name)) for fold, found in alike.items()}
    return {cell: most[name.casefold()] for cell, name in names.items() if most[name.casefold()] != cell.strip(" ")}


# ── What is worked out ───────────────────────────────────────────────────────────────────────────


def _derived(place: Resolved, of: Kind, today: date) -> Iterable[str]:
    """Columns worked out of others: the address as a key, the words as a key, age bands, and a key of the row."""
    used = [f"raw.c{position}" for position in place.used]
    if any("row_key" in sql for sql in of.table.values()):
        filled = ", ".join(f"coalesce({cell}, '')" for cell in used)
        cells = f"md5(concat_ws(chr(31), {filled or 'NULL'}))"
        # The same row in a later export has the same key; of two alike in one file each has its own.
        again = f"row_number() over (partition by {cells} order by raw.row)"
        yield f"md5(concat_ws(chr(31), {cells}, {again})) as row_key"
    yield f"hash({', '.join(used) or 'NULL'}) as row_cells"  # compared among rows of one reference only
    if addresses := set(of.holding("address")):
        yield f"{address_key() if addresses & place.fields.keys() else 'NULL::VARCHAR'} as address_key"
    if of.text_name:
        yield f"md5('{of.text_name}' || chr(31) || text) as text_key"
    if "dob" in of.holding("dob"):
        age = f"coalesce(age, date_sub('year', dob, DATE '{today.isoformat()}'))"
        yield f"coalesce({age} not between {YOUNGEST_AGE} and {OLDEST_AGE}, false) as age_wrong"
        bands = " ".join(f"when {age} between {low} and {high} then '{low}–{high}'" for low, high in AGE_BANDS)
        oldest = f"when {age} between {OLDEST_BAND} and {OLDEST_AGE} then '{OLDEST_BAND}+'"
        yield f"case {bands} {oldest} end as age_band_worked_out"


def address_key() -> str:
    """SQL for the md5 of an address, its words in order without capitals and punctuation; the address is not kept.

    With a postcode the key is the numbers, the first word of the street or building and the postcode, so that a line
    more or less makes no other home of it.
    """
    whole = "lower(concat_ws(' ', address_1, address_2, postcode))"
    words = f"trim(regexp_replace(regexp_replace({whole}, '[''’]', '', 'g'), '[^a-z0-9]+', ' ', 'g'))"
    code = r"\b([a-z]{1,2}[0-9][a-z0-9]?) ?([0-9][a-z]{2})$"
    unit = "^(flat|apartment|apt|unit|room|house|the|no|floor|block|maisonette|studio)$"
    before = f"regexp_replace({words}, '{code}', '')"
    parts = f"regexp_split_to_array(trim({before}), ' ')"
    numbers = f"list_filter({parts}, lambda part: regexp_matches(part, '[0-9]'))"
    first = f"list_filter({parts}, lambda part: length(part) > 2 and not regexp_matches(part, '[0-9]|{unit}'))[1]"
    short = (
        f"concat_ws(' ', array_to_string({numbers}, ' '), {first}, regexp_extract({words}, '{code}', 1), "
        f"regexp_extract({words}, '{code}', 2))"
    )
    coded = f"regexp_matches({words}, '{code}') and regexp_matches({before}, '[0-9]')"
    return f"case when {words} <> '' then md5(case when {coded} then {short} else {words} end) end"


def _give_years(con: Connection, of: Kind, read: RecordValues, anchor: str) -> None:
    """A day without a year is the next such day on or after the row's first date; without that it is no day."""
    con.execute("create temp table without_year (row BIGINT, field VARCHAR)")
    for name, days in read.days.items():
        if not days.without_year:
            continue
        bare = f"year({name}) = {NO_YEAR}"
        con.execute(f"insert into without_year select row, '{name}' from staged where {bare}")
        this = f"{name} + to_years((year({anchor}) - {NO_YEAR})::INTEGER)"
        later = f"{name} + to_years((year({anchor}) - {NO_YEAR} + 1)::INTEGER)"
        known = f"year({anchor}) > {NO_YEAR}" if name != anchor else "false"
        con.execute(
            f"update staged set {name} = case when not coalesce({known}, false) then null "
            f"when {this} >= {anchor} then {this} else {later} end where {bare}"
        )
