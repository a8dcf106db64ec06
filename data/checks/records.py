"""Every problem of a file of records at once, by the rules of its register and those every kind shares."""

from __future__ import annotations

from datetime import date

from data.checks.book import Book, Connection, redact_values
from data.columns.kinds import Kind
from data.columns.record_values import RecordValues
from data.columns.resolution import Resolved
from data.columns.spellings import BLANK
from data.sources.record_tables import KEPT, find_current_homes, find_stages
from data.sources.records import LOST_DIGITS, text_of
from data.sources.sheets import ROWS_A_SHEET

NO_HOME = "no_home_named"
NAMES_A_HOME = ("tenancy_ref", "home_ref", "uprn", "address_1", "address_2", "postcode")
ANY_YEAR = "1950-01-01"  # no record of a home, a job or a case is older


def check_records(con: Connection, file: str, place: Resolved, read: RecordValues, of: Kind, today: date) -> None:
    """Fill ``problems`` with every fault of ``staged`` and ``held`` with the rows that rules stop."""
    book = Book(con, file, place)
    con.execute("insert into held select row, 'continued_row' from continued")
    _values(book, read, of)
    _references(book, of)
    _days(book, read, of, today)
    _numbers(book, of)
    if of.key == "complaints":
        find_stages(con)
    _rules(book, of, today)
    _repeated(book, of)
    if of.key == "homes":
        _homes(book)
    if of.key == "people":
        _tenancies(book)
    redact_values(con)


def _values(book: Book, read: RecordValues, of: Kind) -> None:
    """Values that mean nothing the registers know: each row is listed with what was found."""
    for each in of.fields:
        if each.key not in book.place.fields:
            continue
        meant = read.choices.get(each.key) or read.flags.get(each.key)
        if each.key == "tenure":
            book.values("tenure_not_known", "tenure", (value for value in read.tenure.unknown if value != BLANK))
            book.values("held_back", "tenure", (value for value in read.tenure.held if value != BLANK))
        elif meant:
            book.values("unknown_value", each.key, meant.unknown, each.holds != "presence")
            book.values("held_back", each.key, meant.held)


def _references(book: Book, of: Kind) -> None:
    """References that a spreadsheet has turned into rounded numbers, and those that are somebody's name or e-mail."""
    for name in of.holding("id"):
        if name in book.place.fields:
            cell = text_of(book.place, name)
            lost = LOST_DIGITS.format(cell=cell)
            book.write("lost_digits", f"coalesce({lost}, false)", book.place.heading(name), cell)
            book.write("personal_reference", f"{name}_personal", book.place.heading(name), source="staged")


def _days(book: Book, read: RecordValues, of: Kind, today: date) -> None:
    for name, days in read.days.items():
        cell = text_of(book.place, name)
        heading = book.place.heading(name)
        if days.unread and of.field_of(name).holds == "date":
            where = f"{name}_unread and {KEPT}"
            shown = f"(select {cell} from raw where raw.row = staged.row)"
            book.write("record_date_unread", where, heading, shown, "staged")
        if days.without_year and book.is_there("select 1 from duckdb_tables() where table_name = 'without_year'"):
            bare = f"row in (select row from without_year where field = '{name}')"
            book.write("day_without_year", bare, heading, f"{name}::VARCHAR", "staged")
        if of.field_of(name).holds == "date":
            old = f"{name} < DATE '{ANY_YEAR}' and {KEPT}"
            book.write("date_too_old", old, heading, f"{name}::VARCHAR", "staged")
    for name in of.future:
        if name in book.place.fields:
            late = f"{name} > DATE '{today.isoformat()}' and {KEPT}"
            book.write("date_in_future", late, book.place.heading(name), f"{name}::VARCHAR", "staged")


def _numbers(book: Book, of: Kind) -> None:
    for name in of.holding("number"):
        if name in book.place.fields:
            cell = text_of(book.place, name)
            bad = f"{cell} is not null and try_cast(replace({cell}, ',', '') as DOUBLE) is null"
            book.write("not_a_number", bad, book.place.heading(name), cell)


def _rules(book: Book, of: Kind, today: date) -> None:
    """The rules of the kind's register, in its order: a row held by one is not asked about by the next."""
    for check in of.checks:
        heading = book.place.heading(check.column)
        if check.rule == NO_HOME and not set(NAMES_A_HOME) & book.place.fields.keys():
            book.once(NO_HOME, heading)
        elif check.column in book.place.fields or check.rule in (NO_HOME, "missing_reference"):
            where = f"({check.where.replace('$today', _day(today))}) and {KEPT}"
            book.write(check.rule, where, heading, check.value, "staged")


def _day(today: date) -> str:
    return f"DATE '{today.isoformat()}'"


# ── Keys ─────────────────────────────────────────────────────────────────────────────────────────


def _repeated(book: Book, of: Kind) -> None:
    """The same row twice counts once; of one reference twice the later state counts."""
    key = of.key_field
    if not key or key not in book.place.fields:
        return
    stage = ", stage_number" if of.key == "complaints" else ""
    dated = _first_day(of)
    rows = f"(select staged.row, {key}, row_cells{', stage_number' if stage else ''}, " + (
        f"stages.{dated} as day from staged join stages using (row)" if stage else f"{dated} as day from staged"
    ) + f" where {key} is not null and {KEPT})"  # fmt: skip
    if not book.is_there(f"select 1 from {rows} group by {key}{stage} having count(*) > 1"):
        return
    book.con.execute(f"""
        create table lines as
        with counted as (
            select *, count(*) over (partition by {key}{stage}) as alike,
                   row_number() over (partition by {key}{stage}, row_cells order by row) as place_alike
            from {rows}
        )
        select row{stage}, place_alike > 1 as twice,
               row_number() over (partition by {key}{stage}, place_alike > 1
                                  order by day desc nulls last, row desc) as place
        from counted where alike > 1
    """)
    book.con.execute("""
        create table superseded as
        select row, bool_and(twice or place > 1) as gone, bool_and(twice) as twice from lines group by row
    """)
    heading = book.place.heading(key)
    for rule, which in (("same_row_twice", "twice"), ("later_state_counts", "gone and not twice")):
        book.write(rule, f"row in (select row from superseded where {which})", heading, key, "staged")
    if stage:
        book.con.execute("""
            delete from stages using lines where stages.row = lines.row
            and stages.stage_number = lines.stage_number and (lines.twice or lines.place > 1)
        """)


def _first_day(of: Kind) -> str:
    """The date that tells which of two states is the later."""
    return next(name for name in of.required if of.field_of(name).holds == "date")


# ── Homes and tenancies ──────────────────────────────────────────────────────────────────────────


def _homes(book: Book) -> None:
    """One row says what a home is now; rows of other times say what it was, and others are the same home again."""
    heading = book.place.heading("home_ref" if "home_ref" in book.place.fields else "uprn")
    nameless = f"coalesce(home_ref, uprn) is null and {KEPT}"
    book.write("home_without_reference", nameless, heading, source="staged")
    find_current_homes(book.con)
    again = """row in (
        select r.row from home_rows as r join home_rows as now on now.home = r.home and now.place = 1
        where r.place > 1 and (r.from_day is null and r.to_day is null or r.tenure is null
                               or exists (select 1 from home_rows as o where o.home = r.home and o.place < r.place
                                          and o.tenure is not distinct from r.tenure
                                          and o.from_day is not distinct from r.from_day
                                          and o.to_day is not distinct from r.to_day)))"""
    book.write("same_home_again", again, heading, "coalesce(home_ref, uprn)", "staged")
    differ = (
        """home in (select home from home_rows group by home having count(distinct lower(estate)) > 1) and place = 1"""
    )
    book.write("home_on_two_estates", differ, book.place.heading("estate"), "estate", "home_rows")
    overlap = """row in (
        select a.row from home_rows as a join home_rows as b on a.home = b.home and a.place < b.place
        where a.tenure is distinct from b.tenure and a.from_day is not null and b.from_day is not null
          and a.from_day < coalesce(b.to_day, DATE '9999-01-01')
          and b.from_day < coalesce(a.to_day, DATE '9999-01-01'))"""
    book.write("tenures_overlap", overlap, heading, "home", "home_rows")


def _tenancies(book: Book) -> None:
    """Two tenancies of one home at one time: one of them has not been ended on the system."""
    if not {"tenancy_ref", "start_day"} <= book.place.fields.keys():
        return
    book.con.execute("""
        create table tenancies as
        select tenancy_ref, coalesce(home_ref, uprn) as home, min(start_day) as start_day,
               case when count(*) = count(end_day) then max(end_day) end as end_day, min(row) as row
        from staged where tenancy_ref is not null and coalesce(home_ref, uprn) is not null and start_day is not null
        group by 1, 2
    """)
    overlap = """row in (
        select b.row from tenancies as a join tenancies as b on a.home = b.home and a.tenancy_ref <> b.tenancy_ref
        where (a.start_day, a.row) < (b.start_day, b.row) and b.start_day < coalesce(a.end_day, DATE '9999-01-01'))"""
    book.write("tenancies_overlap", overlap, book.place.heading("tenancy_ref"), "tenancy_ref", "tenancies")


# ── What it came to ──────────────────────────────────────────────────────────────────────────────


def as_sheets_show(con: Connection) -> None:
    """Gives problems of several sheets read as one the row their sheet shows, and the sheet's place in the book."""
    con.execute(f"""
        update problems set "column" = trim("column" || ' (sheet ' || (row // {ROWS_A_SHEET}) || ')'),
                            row = row % {ROWS_A_SHEET}
        where row >= {ROWS_A_SHEET}
    """)


def records_kept(con: Connection) -> int:
    """Rows of the file that are kept."""
    found = con.execute(f"select count(*) from staged where {KEPT}").fetchall()
    return int(found[0][0])


def score_records(con: Connection, place: Resolved, of: Kind, kept: int) -> dict[str, float]:
    """Shares from 0 to 1: cells filled of the fields that matter, cells without a fault, keys that are there once."""
    matter = [name for name in dict.fromkeys((*of.required, *of.signs)) if name in place.fields]
    shares = ", ".join(f"coalesce(avg(({text_of(place, name)} is not null)::INT), 0)" for name in matter)
    filled = con.execute(f"select {shares or 1} from raw where row not in (select row from held)").fetchall()[0]
    absent = sum(name not in place.fields for name in of.required)
    faulty, again = con.execute("""
        select count(distinct (row, "column")) filter (row is not null and rule not in ('base_row', 'blank_row')),
               count(distinct row) filter (rule in ('later_state_counts', 'same_row_twice', 'same_home_again'))
        from problems
    """).fetchall()[0]
    rows = max(1, con.execute("select count(*) from raw").fetchall()[0][0])
    cells = rows * max(1, len(place.fields))
    return {
        "completeness": sum(map(float, filled)) / max(1, len(filled) + absent),
        "validity": 1 - min(1.0, faulty / cells),
        "uniqueness": 1 - min(1.0, again / max(1, kept + again)),
    }
