"""Where problems are written down: one statement a rule and column, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from analysis.model import Problem
from analysis.text.redaction import redact
from data.columns.faults import LONGEST_VALUE, fault
from data.columns.resolution import Resolved
from data.language import load_redaction
from data.sources.survey import day_text

Connection = duckdb.DuckDBPyConnection
MOST_LISTED = 1_000  # problems told with a file of which nothing could be kept
SHAPED = r"@|\d[\d ()-]{8,}"  # values that may hold an e-mail address or a telephone number
# … or a name or an address, but for words that name kinds: a tenure "Plot 9" is no address
MAY_BE_PERSONAL = r"[[:alpha:]]+ [[:alpha:]]|[[:alpha:]]\d"
PROBLEMS_TABLE = (
    'create table problems (row BIGINT, "column" VARCHAR, value VARCHAR, rule VARCHAR, what VARCHAR, remedy VARCHAR, '
    "owner VARCHAR, stops VARCHAR)"
)


def prepare(con: Connection, problems: Iterable[Problem] = ()) -> None:
    """Empty tables for what the checks find, with the problems found while reading."""
    con.execute(PROBLEMS_TABLE)
    con.execute("create table held (row BIGINT, rule VARCHAR)")
    con.execute("create table second_responses (row BIGINT)")
    con.execute("create temp table if not exists answered_homes (row BIGINT, home BIGINT)")
    rows = [(p.row, p.column, p.value, p.rule, p.what, p.remedy, p.owner, p.stops) for p in problems]
    if rows:
        con.executemany("insert into problems values (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def redact_values(con: Connection) -> None:
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


class Book:
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


def listed(con: Connection, file: str, most: int = MOST_LISTED) -> tuple[Problem, ...]:
    """The problems found, those that stop something first; at most so many."""
    found = con.execute(
        """select row, "column", value, rule, what, remedy, owner, stops from problems
           order by stops = '', row nulls first, "column" limit $1""",
        [most],
    ).fetchall()
    return tuple(Problem(file, row, *(cell or "" for cell in cells)) for row, *cells in found)


def left_out(con: Connection) -> dict[str, int]:
    """Rows left out by rule; a row that several rules stop is counted once, under the first that stopped it."""
    found = con.execute("""
        select rule, count(*) from (select row, arg_min(rule, rowid) as rule from held group by row) group by rule
    """).fetchall()
    return {rule: int(count) for rule, count in found}
