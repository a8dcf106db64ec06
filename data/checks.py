"""Every problem of a file at once: row, column, value, rule in plain words, remedy, owner and what it stops."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from analysis.model import TENURE_GROUPS, Problem
from analysis.text.redaction import redact
from data.columns.faults import LONGEST_VALUE, fault
from data.columns.mapping import REPEATS
from data.columns.mapping import Mapping as Said
from data.columns.meanings import Values
from data.columns.questions import FILTERS, Understood
from data.columns.recognition import FILTER_OF
from data.columns.resolution import Resolved
from data.columns.spellings import BLANK
from data.language import load_redaction
from data.registers import measures, reporting_years
from data.sources.survey import MEASURES, day_text, fieldwork_of, impossible_age

Connection = duckdb.DuckDBPyConnection
FIRST, LAST, NEITHER = REPEATS
MOST_LISTED = 1_000  # problems told with a file of which nothing could be kept
SHAPED = r"@|\d[\d ()-]{8,}"  # values that may hold an e-mail address or a telephone number
# … or a name or an address, but for words that name kinds: a tenure "Plot 9" is no address
MAY_BE_PERSONAL = r"[[:alpha:]]+ [[:alpha:]]|[[:alpha:]]\d"
KEY_FIELDS = ("tenure", "date", "weight")  # beside the answers, what a fault can stand in
PROBLEMS_TABLE = (
    'create table problems (row BIGINT, "column" VARCHAR, value VARCHAR, rule VARCHAR, what VARCHAR, remedy VARCHAR, '
    "owner VARCHAR, stops VARCHAR)"
)


def prepare(con: Connection, problems: Iterable[Problem] = ()) -> None:
    """Empty tables for what the checks find, with the problems found while reading."""
    con.execute(PROBLEMS_TABLE)
    con.execute("create table held (row BIGINT, rule VARCHAR)")
    con.execute("create table second_responses (row BIGINT)")
    rows = [(p.row, p.column, p.value, p.rule, p.what, p.remedy, p.owner, p.stops) for p in problems]
    if rows:
        con.executemany("insert into problems values (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def check(
    con: Connection, file: str, place: Resolved, mapping: Said, read: Understood, values: Mapping[str, Values]
) -> None:
    """Fill ``problems`` with every fault of ``staged``, ``held`` with the rows that rules stop, and
    ``second_responses`` with those of one household that do not count."""
    book = _Book(con, file, place)
    _answers(book, read)
    _outside(book)
    _filters(book, read)
    _who(book, read)
    _numbers(book)
    _days(book, mapping, values)
    _repeated(book, mapping)
    _households(book)
    _redact(con)


def _redact(con: Connection) -> None:
    """Takes personal details out of the values that problems quote: people type them into any cell."""
    quoted = con.execute(
        f"""select distinct value from (select distinct rule, value from problems where value <> '')
            where regexp_matches(value, '{SHAPED}')
               or (rule not in ('unknown_tenure', 'unknown_method') and regexp_matches(value, '{MAY_BE_PERSONAL}'))"""
    )
    rules = load_redaction()
    redacted = {value: redact(value, rules).text for (value,) in quoted.fetchall()}
    changed = {value: text for value, text in redacted.items() if text != value}
    if changed:
        con.execute(
            "create or replace temp table redacted as "
            "select unnest($1::VARCHAR[]) as value, unnest($2::VARCHAR[]) as said",
            [list(changed), list(changed.values())],
        )
        con.execute("update problems set value = said from redacted where problems.value = redacted.value")


class _Book:
    """Writes problems found by SQL: one statement a rule and column, whatever the number of rows."""

    def __init__(self, con: Connection, file: str, place: Resolved) -> None:
        self.con, self.place, self._file = con, place, file

    def write(
        self, rule: str, where: str, column: str = "", value: str = "''", source: str = "raw", **words: object
    ) -> None:
        """A problem for each row of the source that the condition holds for; the row is held if the rule stops it."""
        problem = fault(rule, self._file, None, column, "", **words)
        self.con.execute(
            f"""insert into problems
                select row, $column, coalesce(left({value}, {LONGEST_VALUE}), ''), $rule, $what, $remedy, $owner, $stops
                from {source} where {where} order by row""",
            {
                "column": column,
                "rule": rule,
                "what": problem.what,
                "remedy": problem.remedy,
                "owner": problem.owner,
                "stops": problem.stops,
            },
        )
        if problem.stops == "row":
            self.con.execute(f"insert into held select row, '{rule}' from {source} where {where}")

    def once(self, rule: str, column: str = "", value: str = "", **words: object) -> None:
        """A problem of the column or file as a whole."""
        p = fault(rule, self._file, None, column, value, **words)
        self.con.execute(
            "insert into problems values (?, ?, ?, ?, ?, ?, ?, ?)",
            [None, p.column, p.value, p.rule, p.what, p.remedy, p.owner, p.stops],
        )

    def values(self, rule: str, name: str, values: Iterable[str], shown: bool = True) -> None:
        """A problem for each row whose cell of this field is one of the values."""
        position = self.place.fields[name]
        listed = list(values)
        if not listed:
            return
        self.con.execute("create or replace temp table wanted as select unnest($1::VARCHAR[]) as value", [listed])
        cell = day_text(position) if name in ("date", "dob") else f"c{position}"
        self.write(
            rule,
            f"{cell} in (select value from wanted)",
            self.place.headings[position],
            cell if shown else "''",
            key=name,
        )

    def is_there(self, query: str) -> bool:
        return bool(self.con.execute(f"select exists({query})").fetchall()[0][0])


def _answers(book: _Book, read: Understood) -> None:
    for code, meant in read.answers.items():
        book.values("unknown_answer", code, meant.unknown)
        book.values("held_back", code, meant.held)
        if meant.mixed:
            book.once("mixed_scales", book.place.heading(code), key=code)


def _outside(book: _Book) -> None:
    """Answers to measures that the respondent's tenure group is not asked: told once a column, however many."""
    for measure in measures(reporting_years()[-1]):
        for group in set(TENURE_GROUPS) - set(measure.tenures) if measure.code in book.place.fields else ():
            answered = f"from staged where tenure_group = '{group}' and {measure.code} > 0"
            ((answers,),) = book.con.execute(f"select count(*) {answered}").fetchall()
            if answers:
                book.once("outside_group", book.place.heading(measure.code), f"{answers:,} answers", group=group)


def _filters(book: _Book, read: Understood) -> None:
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


def _who(book: _Book, read: Understood) -> None:
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


def _numbers(book: _Book) -> None:
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


def _days(book: _Book, mapping: Said, values: Mapping[str, Values]) -> None:
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


def _repeated(book: _Book, mapping: Said) -> None:
    if "respondent" not in book.place.fields:
        return
    _find_repeated(book.con, book.place)
    heading = book.place.heading("respondent")
    book.write("repeated_row", "not differs and place > 1", heading, source="repeated")
    not_chosen = {FIRST: "place > 1", LAST: "place_from_end > 1", NEITHER: "true"}.get(mapping.repeated_respondents)
    if not_chosen:
        book.write("repeated_respondent", f"differs and {not_chosen}", heading, source="repeated")


def _households(book: _Book) -> None:
    if "household" not in book.place.fields:
        return
    heading = book.place.heading("household")
    lost = r"regexp_full_match(household, '\s*\d(\.\d+)?[eE]\+?\d+\s*')"
    if book.is_there(f"select 1 from staged where {lost}"):
        book.once("household_lost_digits", heading)
        book.con.execute(f"update staged set household = null where {lost}")
    book.con.execute("""
        create or replace temp table shared as
        with kept as (select * from staged where household is not null
                      and not exists (select 1 from held where held.row = staged.row)),
             twice as (select wave, household from kept group by all having count(*) > 1)
        select row, row_number() over (partition by wave, household order by date nulls last, row) as place
        from kept join twice using (wave, household)
    """)
    book.con.execute("insert into second_responses select row from shared where place > 1")
    book.write("second_response_household", "place > 1", heading, source="shared")


def listed(con: Connection, file: str, most: int = MOST_LISTED) -> tuple[Problem, ...]:
    """The problems found, those that stop something first; at most so many."""
    found = con.execute(
        """select row, "column", value, rule, what, remedy, owner, stops from problems
           order by stops = '', row nulls first, "column" limit $1""",
        [most],
    ).fetchall()
    return tuple(Problem(file, row, *(cell or "" for cell in cells)) for row, *cells in found)


# ── What it came to ──────────────────────────────────────────────────────────────────────────────


def left_out(con: Connection) -> dict[str, int]:
    """Rows left out by rule; a row that several rules stop is counted once, under the first that stopped it."""
    found = con.execute("""
        select rule, count(*) from (select row, arg_min(rule, rowid) as rule from held group by row) group by rule
    """).fetchall()
    return {rule: int(count) for rule, count in found}


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
    return () if place.measures else (fault("no_measure", file),)
