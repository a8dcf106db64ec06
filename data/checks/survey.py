"""Every problem of a survey at once."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from analysis.model import TENURE_GROUPS, Problem
from data.checks.book import Book, redact_values
from data.columns.faults import fault
from data.columns.mapping import REPEATS
from data.columns.mapping import Mapping as Said
from data.columns.meanings import Values
from data.columns.questions import FILTERS, Understood
from data.columns.recognition import FILTER_OF
from data.columns.resolution import Resolved
from data.columns.spellings import BLANK
from data.registers import measures, reporting_years
from data.selection import quoted
from data.sources.items import item_columns
from data.sources.survey import MEASURES, fieldwork_of, impossible_age

Connection = duckdb.DuckDBPyConnection
FIRST, LAST, NEITHER = REPEATS
KEY_FIELDS = ("tenure", "date", "weight")  # beside the answers, what a fault can stand in


def check(
    con: Connection, file: str, place: Resolved, mapping: Said, read: Understood, values: Mapping[str, Values]
) -> None:
    """Fill ``problems`` with every fault of ``staged``, ``held`` with the rows that rules stop, and
    ``second_responses`` with those of one household that do not count."""
    book = Book(con, file, place)
    _answers(book, read)
    _outside(book)
    _items(book, read)
    _filters(book, read)
    _who(book, read)
    _numbers(book)
    _days(book, mapping, values)
    _repeated(book, mapping)
    _households(book)
    redact_values(con)


def _answers(book: Book, read: Understood) -> None:
    for code, meant in read.answers.items():
        book.values("unknown_answer", code, meant.unknown)
        book.values("held_back", code, meant.held)
        if meant.mixed:
            book.once("mixed_scales", book.place.heading(code), key=code)


def _outside(book: Book) -> None:
    """Answers to measures that the respondent's tenure group is not asked: told once a column, however many."""
    for measure in measures(reporting_years()[-1]):
        for group in set(TENURE_GROUPS) - set(measure.tenures) if measure.code in book.place.fields else ():
            answered = f"from staged where tenure_group = '{group}' and {measure.code} > 0"
            ((answers,),) = book.con.execute(f"select count(*) {answered}").fetchall()
            if answers:
                book.once("outside_group", book.place.heading(measure.code), f"{answers:,} answers", group=group)


def _items(book: Book, read: Understood) -> None:
    """Questions about being judged: answers that are none of theirs, put to the wrong people, or out of turn."""
    for meanings in (read.items.single, read.items.ticks):
        for name, meant in meanings.items():
            book.values("unknown_option" if ":" in name else "unknown_item", name, meant.unknown)
            book.values("held_back", name, meant.held)
    for code, several in read.items.several.items():
        book.values("held_back", code, several.held)
        for part, count in several.unknown.items():
            book.once("unknown_option", book.place.heading(code), f"{part} ({count:,} times)")
        if several.both:
            book.once("none_beside_others", book.place.heading(code), f"{several.both:,} answers")
    _items_out_of_turn(book)


def _items_out_of_turn(book: Book) -> None:
    told = set()
    for column, item in item_columns(book.place).items():
        if item.code in told:
            continue
        told.add(item.code)
        heading = book.place.heading(next(name for name in book.place.items if name[:4] == item.code))
        for group in set(TENURE_GROUPS) - set(item.tenures):
            where = f"tenure_group = '{group}' and {quoted(column)} > 0"
            ((answers,),) = book.con.execute(f"select count(*) from item_answered where {where}").fetchall()
            if answers:
                book.once("renters_item", heading, f"{answers:,} answers", group=group)
        if item.follows in book.place.items:
            where = f"{quoted(column)} > 0 and {quoted(item.follows)} is distinct from 5"
            groups = ", ".join(f"'{group}'" for group in item.tenures)
            counted = f"select count(*) from item_answered where {where} and tenure_group in ({groups})"
            ((answers,),) = book.con.execute(counted).fetchall()
            if answers:
                book.once("out_of_turn", heading, f"{answers:,} answers", follows=item.follows)


def _filters(book: Book, read: Understood) -> None:
    for name in FILTERS:
        asked = [code for code, filter_field in FILTER_OF.items() if filter_field == name and code in book.place.fields]
        if name in book.place.fields:
            book.values("unknown_filter", name, read.yes_no[name].unknown)
            for code in asked:
                book.write(
                    "answered_despite_filter",
                    f"{name} = false and {code} > 0",
                    book.place.heading(code),
                    source="staged",
                )
        elif asked:
            book.once("no_filter", ", ".join(book.place.heading(code) for code in asked), key=name)


def _who(book: Book, read: Understood) -> None:
    if "tenure" in book.place.fields:
        book.values("unknown_tenure", "tenure", (value for value in read.tenure.unknown if value != BLANK))
        book.values("held_back", "tenure", (value for value in read.tenure.held if value != BLANK))
        position = book.place.fields["tenure"]
        if BLANK in read.tenure.unknown or BLANK in read.tenure.held:
            blank = f"(c{position} is null or trim(c{position}) = '')"
            book.write("tenure_missing", blank, book.place.heading("tenure"))
    for value, count in read.method.unknown.items() if "method" in book.place.fields else ():
        book.once("unknown_method", book.place.heading("method"), f"{value} ({count:,} times)")
    if "may_attribute" in book.place.fields:
        book.values("unknown_attribution", "may_attribute", read.yes_no["may_attribute"].unknown)
    for name in ("method", *FILTERS, "may_attribute"):
        held = read.method.held if name == "method" else read.yes_no[name].held if name in read.yes_no else ()
        if name in book.place.fields:
            book.values("held_back", name, held)
    for name in ("age", "dob"):
        if name in book.place.fields:
            shown = "age::VARCHAR" if name == "age" else "''"
            book.write("bad_age", impossible_age(), book.place.heading(name), shown, "staged")
            break


def _numbers(book: Book) -> None:
    weights = [name for name in ("weight", "weight_LCRA", "weight_LCHO") if name in book.place.fields]
    if weights:
        for name in weights:
            group = name.removeprefix("weight_")
            others = [f"'{other[7:]}'" for other in weights if other != "weight"]
            own = (
                f"tenure_group = '{group}'"
                if group != "weight"
                else f"tenure_group not in ({', '.join(others) or repr('')})"
            )
            cell = f"c{book.place.fields[name]}"
            book.write(
                "bad_weight",
                f"{own} and tenure_group <> 'outside' and not coalesce(weight > 0 and isfinite(weight), false)",
                book.place.heading(name),
                cell,
                "(staged join raw using (row))",
            )
    if "stratum_population" in book.place.fields:
        uneven = """(wave, stratum) in (select (wave, stratum) from staged group by wave, stratum
                     having min(stratum_population) <> max(stratum_population)
                         or count(stratum_population) < count(*) or min(stratum_population) < 1)"""
        if book.is_there(f"select 1 from staged where {uneven}"):
            book.once("bad_population", book.place.heading("stratum_population"))


def _days(book: Book, mapping: Said, values: Mapping[str, Values]) -> None:
    heading = book.place.heading("date")
    book.write("wave_missing", "wave is null", book.place.heading("wave"), source="staged")
    if "date" not in book.place.fields:
        return
    position = book.place.fields["date"]
    joined = "(staged join raw using (row))"
    book.write("bad_date", f"date is null and trim(c{position}) <> ''", heading, f"c{position}", joined)
    book.write("date_missing", f"trim(coalesce(c{position}, '')) = ''", heading, source="raw")
    for (wave,) in book.con.execute("select distinct wave from staged where wave is not null").fetchall():
        if days := fieldwork_of(mapping.facts_of(wave)):
            first, last = days
            book.con.execute("create or replace temp table this_wave as select $1::VARCHAR as name", [wave])
            outside = f"wave = (select name from this_wave) and date not between '{first}' and '{last}'"
            book.write("date_outside_fieldwork", outside, heading, "date::VARCHAR", "staged", first=first, last=last)


# ── Who answered twice ───────────────────────────────────────────────────────────────────────────


def _find_repeated(con: Connection, place: Resolved) -> None:
    """Table ``repeated``: rows that share a respondent number in a wave, their place in line, and if they differ."""
    cells = ", ".join(f"raw.c{position}" for position in place.used)
    con.execute(f"""
        create or replace temp table repeated as
        with twice as (
            select wave, respondent_id from staged
            where respondent_id is not null and not exists (select 1 from held where held.row = staged.row)
            group by all having count(*) > 1
        ), lines as (
            select staged.row, wave, respondent_id, hash({cells}) as said
            from staged join twice using (wave, respondent_id) join raw on raw.row = staged.row
            where not exists (select 1 from held where held.row = staged.row)
        )
        select row, wave, respondent_id, said,
               min(said) over (partition by wave, respondent_id) <> max(said) over (partition by wave, respondent_id)
                   as differs,
               row_number() over (partition by wave, respondent_id order by row) as place,
               row_number() over (partition by wave, respondent_id order by row desc) as place_from_end
        from lines
    """)


def _repeated(book: Book, mapping: Said) -> None:
    if "respondent" not in book.place.fields:
        return
    _find_repeated(book.con, book.place)
    heading = book.place.heading("respondent")
    book.write("repeated_row", "not differs and place > 1", heading, source="repeated")
    not_chosen = {FIRST: "place > 1", LAST: "place_from_end > 1", NEITHER: "true"}.get(mapping.repeated_respondents)
    if not_chosen:
        book.write("repeated_respondent", f"differs and {not_chosen}", heading, source="repeated")


def _households(book: Book) -> None:
    if "household" not in book.place.fields:
        return
    heading = book.place.heading("household")
    lost = r"regexp_full_match(household, '\s*\d(\.\d+)?[eE]\+?\d+\s*')"
    if book.is_there(f"select 1 from staged where {lost}"):
        book.once("household_lost_digits", heading)
        book.con.execute(f"update staged set household = null where {lost}")
    book.con.execute("""
        create or replace temp table shared as
        with kept as (select row, wave, date, coalesce('home ' || answered_homes.home, household) as household
                      from staged left join answered_homes using (row) where household is not null
                      and not exists (select 1 from held where held.row = staged.row)),
             twice as (select wave, household from kept group by all having count(*) > 1)
        select row, row_number() over (partition by wave, household order by date nulls last, row) as place
        from kept join twice using (wave, household)
    """)
    book.con.execute("insert into second_responses select row from shared where place > 1")
    book.write("second_response_household", "place > 1", heading, source="shared")


# ── What it came to ──────────────────────────────────────────────────────────────────────────────


def score(con: Connection) -> dict[str, float]:
    """Shares from 0 to 1 of what is as it should be: rows kept, answers given, cells without a fault, one response a
    household, and responses with a place and a date."""
    rows, counted, placed, dated = con.execute("""
        select count(*), coalesce(avg(counts::INT), 0), coalesce(avg((estate is not null)::INT), 0),
               coalesce(avg((date is not null)::INT), 0)
        from responses
    """).fetchall()[0]
    stopped, faulty = con.execute("""
        select count(distinct row) filter (stops = 'row'), count(distinct (row, "column")) filter (row is not null)
        from problems where rule not in ('base_row', 'blank_row')
    """).fetchall()[0]
    given = _answers_given(con)
    everyone = max(1, rows + stopped)
    cells = everyone * (len(given) + len(KEY_FIELDS))
    return {
        "rows kept": rows / everyone,
        "answers given": sum(given) / len(given) if given else 0.0,
        "cells without a fault": 1 - min(1.0, faulty / cells),
        "one response a household": float(counted),
        "estate recorded": float(placed),
        "date recorded": float(dated),
    }


def _answers_given(con: Connection) -> list[float]:
    """For each measure in the file, the share of those it is put to who have an answer, or a reason for none."""
    put_to = {measure.code: measure.tenures for measure in measures(reporting_years()[-1])}
    shares = ", ".join(
        f"avg(({code} is not null)::INT) filter (tenure_group in ({', '.join(map(repr, put_to[code]))}))"
        for code in MEASURES
    )
    found = con.execute(f"select {shares} from responses").fetchall()[0]
    return [float(share) for share in found if share]


def file_problems(place: Resolved, file: str) -> tuple[Problem, ...]:
    """What stops the whole file once its columns are known."""
    return () if place.measures or place.items else (fault("no_measure", file),)
