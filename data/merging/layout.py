"""The tables every generation has, with their columns: an empty one stands where nothing was taken in."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from data.selection import literal, quoted

# How the rows a file brings and the rows held make one table: the held go, stay beside the file's keys, or stay but for
# the waves whose responses are brought.
WHOLE, BY_KEY, OF_SURVEYS = "whole", "by key", "of surveys"
MEASURES = " ".join(f"TP{number:02d}:TINYINT" for number in range(1, 13))
REFERENCES = ("home_ref", "uprn_ref", "tenancy_ref", "address_key")  # how a row names a home, the surest first
JOINED = ("home", "joined", "estate", "block", "tenure", "tenure_group")  # what a row has from the home it joins


@dataclass(frozen=True)
class Table:
    """One table of a generation: the columns an intake gives it, how files add up, and what it has from homes.

    ``given`` are columns a file may fill and a home may fill better: what the file said is kept as ``<column>_given``,
    so that every publish can join anew. ``derived`` are columns the merger fills.
    """

    name: str
    columns: tuple[tuple[str, str], ...]  # as an intake leaves them
    kept: str
    key: tuple[str, ...] = ()  # held rows with the same key are replaced; of surveys the wave comes first
    given: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    order: str = ""
    sourced: bool = True  # whether each row says which file it came from

    @property
    def as_given(self) -> tuple[tuple[str, str], ...]:
        """Its columns before the merger fills any: the given ones under their other names, and the source."""
        renamed = tuple((f"{name}_given" if name in self.given else name, kind) for name, kind in self.columns)
        return (*renamed, ("source", "VARCHAR")) if self.sourced else renamed


def _columns(text: str) -> tuple[tuple[str, str], ...]:
    """Names with their types; a name alone is text."""
    pairs = (each.partition(":") for each in text.split())
    return tuple((name, kind or "VARCHAR") for name, _, kind in pairs)


_NAMED = "tenancy_ref home_ref uprn_ref address_key"
_SAID = "text text_key"
_PLACED = ("estate", "tenure", "tenure_group")

RESPONSES = Table(
    "responses",
    _columns(
        "wave row:BIGINT respondent:BIGINT tenure_group tenure estate block age_band method date:DATE stratum "
        "weight:DOUBLE counts:BOOLEAN may_attribute:BOOLEAN household repair_12m:BOOLEAN complaint_12m:BOOLEAN "
        f"communal:BOOLEAN {MEASURES}"
    ),
    OF_SURVEYS,
    key=("wave",),
    given=("estate",),
    derived=("home", "joined", "estate"),
    order="wave, tenure_group, estate nulls last, respondent",
    sourced=False,
)
COMMENTS = Table(
    "comments",
    _columns("wave respondent:BIGINT row:BIGINT question text text_key"),
    OF_SURVEYS,
    key=("wave",),
    sourced=False,
)
STRATA = Table(
    "strata", _columns("wave stratum tenure_group population:BIGINT"), OF_SURVEYS, key=("wave",), sourced=False
)
WEIGHINGS = Table(
    "weighings", _columns("wave tenure_group made said cells"), OF_SURVEYS, key=("wave", "tenure_group"), sourced=False
)
WEIGHTS = Table(
    "weights",
    _columns("wave tenure_group respondent:BIGINT weight:DOUBLE calibration:INTEGER"),
    OF_SURVEYS,
    key=("wave", "tenure_group"),
    order="wave, tenure_group, respondent",
    sourced=False,
)
DIMENSIONS = Table("dimensions", _columns("key label heading special:BOOLEAN"), BY_KEY, key=("key",), sourced=False)
WAVES = Table(
    "waves",
    _columns(
        "name fieldwork_from:DATE fieldwork_to:DATE reporting_year collector sample_kind population_LCRA:BIGINT "
        "population_LCHO:BIGINT"
    ),
    OF_SURVEYS,
    key=("name",),
)
PROBLEMS = Table("problems", _columns("file row:BIGINT column value rule what remedy owner stops"), WHOLE)

HOMES = Table(
    "homes",
    _columns(
        "row:BIGINT home uprn estate block tenure tenure_group property_type bedrooms area dwelling:BOOLEAN "
        "occupied:BOOLEAN address_key as_at:DATE"
    ),
    WHOLE,
    given=("estate",),
    derived=("estate",),
    order="estate nulls last, home",
)
HOME_TENURES = Table(
    "home_tenures",
    _columns("home tenure tenure_group from_day:DATE to_day:DATE"),
    WHOLE,
    order="home, from_day",
)
TEAMS = Table(
    "teams",
    _columns(
        "row:BIGINT team estate officers:INTEGER homes:INTEGER homes_per_officer:DOUBLE vacancies:DOUBLE "
        "days_lost:DOUBLE as_at:DATE"
    ),
    WHOLE,
    given=("estate",),
    derived=("estate",),
    order="estate nulls last, team",
)
PEOPLE = Table(
    "people",
    _columns(
        "row:BIGINT reference tenancy_ref home_ref start_day:DATE end_day:DATE lead:BOOLEAN age_band household_type "
        "email:BOOLEAN mobile:BOOLEAN portal:BOOLEAN preferred_channel language adjustment:BOOLEAN "
        "do_not_contact:BOOLEAN objects:BOOLEAN economic_status length_of_tenancy"
    ),
    WHOLE,
    derived=JOINED,
    order="estate nulls last, home, tenancy_ref, row",
)
SAMPLE = Table(
    "sample",
    _columns(
        "row:BIGINT wave reference tenancy_ref home_ref tenure tenure_group estate stratum method attempts:INTEGER "
        "outcome outcome_given"
    ),
    BY_KEY,
    key=("wave",),
    given=_PLACED,
    derived=JOINED,
    order="wave, tenure_group, estate nulls last, row",
)
COMPLAINTS = Table(
    "complaints",
    _columns(
        "row:BIGINT reference complaint stage:TINYINT made:DATE acknowledged:DATE extended_to:DATE responded:DATE "
        f"refused:BOOLEAN withdrawn:BOOLEAN route category record_type {_NAMED} estate tenure tenure_group promise "
        f"promise_due:DATE promise_done:DATE {_SAID}"
    ),
    BY_KEY,
    key=("reference", "stage"),
    given=_PLACED,
    derived=JOINED,
    order="estate nulls last, made, reference, stage",
)
CONTACTS = Table(
    "contacts",
    _columns(
        f"row:BIGINT reference day:DATE channel direction reason route campaign outcome listening:BOOLEAN {_NAMED} "
        f"estate tenure tenure_group {_SAID}"
    ),
    BY_KEY,
    key=("reference",),
    given=_PLACED,
    derived=JOINED,
    order="estate nulls last, day",
)
REPAIRS = Table(
    "repairs",
    _columns(
        "row:BIGINT reference raised:DATE due:DATE attended:DATE completed:DATE cancelled:BOOLEAN communal:BOOLEAN "
        f"priority category {_NAMED} estate {_SAID}"
    ),
    BY_KEY,
    key=("reference",),
    given=("estate",),
    derived=JOINED,
    order="estate nulls last, raised",
)
HAZARDS = Table(
    "hazards",
    _columns(
        "row:BIGINT reference reported:DATE kind severity investigation_due:DATE inspected:DATE summary_sent:DATE "
        f"made_safe:DATE no_access_1:DATE no_access_2:DATE no_access_3:DATE {_NAMED} estate {_SAID}"
    ),
    BY_KEY,
    key=("reference",),
    given=("estate",),
    derived=JOINED,
    order="estate nulls last, reported",
)
REFUSALS = Table("refusals", _columns("tenancy_key home what since:DATE"), WHOLE, order="tenancy_key, what")

PLACES = (HOMES, HOME_TENURES, TEAMS)  # what a homes or teams file brings: nothing in them is joined to a home
RECORDS = (PEOPLE, SAMPLE, COMPLAINTS, CONTACTS, REPAIRS, HAZARDS)  # each row of these joins to a home where it may
KINDS = ("homes", "people", "sample", "complaints", "contacts", "repairs", "hazards", "teams")


def empty(table: Table) -> str:
    """A query of no rows with the columns of a table before the merger fills any."""
    columns = ", ".join(f"null::{kind} as {quoted(name)}" for name, kind in table.as_given)
    return f"select {columns} where false"


def finished(table: Table) -> str:
    """A query of no rows with every column of a table."""
    columns = (*table.as_given, *((name, "VARCHAR") for name in table.derived))
    return f"select {', '.join(f'null::{kind} as {quoted(name)}' for name, kind in columns)} where false"


def tables_in(con: duckdb.DuckDBPyConnection, catalog: str) -> frozenset[str]:
    """The tables and views of a database attached under this name (``main``: the connection's own)."""
    where = "database_name = current_database()" if catalog == "main" else f"database_name = {literal(catalog)}"
    found = con.execute(
        f"select table_name from duckdb_tables() where {where} and schema_name = 'main' union all "
        f"select view_name from duckdb_views() where {where} and schema_name = 'main' and not internal"
    )
    return frozenset(name for (name,) in found.fetchall())


def columns_in(con: duckdb.DuckDBPyConnection, query: str) -> tuple[str, ...]:
    """The columns a query gives."""
    return tuple(name for (name, *_) in con.execute(f"describe {query}").fetchall())


def as_version_2(con: duckdb.DuckDBPyConnection, old: str, into: str) -> None:
    """Views in database ``into`` that show ``old``, a generation of version 1, as one with no records in it.

    Version 1 held surveys only. Nothing is rewritten: the next publish writes version 2.
    """
    changed = {
        "responses": "*, estate as estate_given, null::VARCHAR as home, 'not named' as joined",
        "files": "*, 'survey' as holds",
        "problems": "*, 'survey' as holds",
        "scores": "'survey' as holds, name, value, (select value from {old}.meta where key = 'file') as file",
    }
    for name in sorted(tables_in(con, old)):
        columns = changed.get(name, "*").format(old=f"{old}.main")
        con.execute(f"create view {into}.main.{quoted(name)} as select {columns} from {old}.main.{quoted(name)}")
    for table in (*PLACES, *RECORDS, REFUSALS, WEIGHINGS, WEIGHTS):
        con.execute(f"create view {into}.main.{table.name} as {finished(table)}")
