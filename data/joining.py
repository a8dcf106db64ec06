"""Which rows join to a home, how, and which do not, so that a person can put them right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.model import Scope
from data.confirmed import Confirmations
from data.generation import Generation, NotHeld
from data.merging.layout import RECORDS, REFERENCES
from data.merging.references import ADDRESS, HOME, TENANCY, alike, keys_of_homes
from data.provenance import SURVEY
from data.selection import inside

TABLES = {SURVEY: "responses", **{table.name: table.name for table in RECORDS}}
MOST_LISTED = 100


@dataclass(frozen=True)
class Unjoined:
    """A reference that names no home we hold: how many rows give it, and one of them to look up.

    ``about`` is "home" (own reference or UPRN), "tenancy" or "address" (then ``reference`` is only a key made of the
    address, which is not kept). ``fits`` is how many homes it would fit with padding and punctuation off: two or more
    is why it joined none of them.
    """

    about: str
    reference: str
    rows: int
    fits: int
    file: str
    row: int | None


def join_counts(generation: Generation, scope: Scope) -> dict[str, dict[str, int]]:
    """By kind of file, how many of its rows in scope joined to a home in each way; kinds not held are left out.

    The ways: exact, normalised, tenancy, address, block, none (a reference that names no home) and not named.
    """
    where = inside(scope).sql("duckdb")
    counted = " union all ".join(
        f"select '{kind}' as kind, joined::VARCHAR as joined, count(*) as n from {table} where {where} group by all"
        for kind, table in TABLES.items()
    )
    found: dict[str, dict[str, int]] = {}
    for kind, joined, n in generation.rows(f"select kind, joined, n from ({counted}) order by n desc, joined"):
        found.setdefault(kind, {})[joined] = int(n)
    return {kind: found[kind] for kind in TABLES if kind in found}


def unjoined(generation: Generation, kind: str, scope: Scope, limit: int = MOST_LISTED) -> tuple[Unjoined, ...]:
    """The references of a kind in scope that name no home, those of most rows first, at most so many.

    A row that gives several is listed under the surest. Raises NotHeld for a kind that joins to no home.
    """
    if kind not in TABLES:
        raise NotHeld(f"Files of kind '{kind}' are not joined to homes. Those that are: {', '.join(TABLES)}.")
    found = generation.rows(
        f"with listed as ({_listed(kind, scope)} limit {int(limit)}) "
        "select about, reference, n, coalesce(homes, 0), file, first_row from listed "
        f"left join ({keys_of_homes('homes')}) as keys on about = '{HOME}' and keys.key = {alike('reference')} "
        "order by n desc, reference"
    )
    return tuple(Unjoined(*line) for line in found)


def _listed(kind: str, scope: Scope) -> str:
    """A query of each reference that joined nothing, with its rows and the first of them."""
    rows = "select home_ref, uprn_ref, tenancy_ref, address_key, source, row, estate, joined from " + TABLES[kind]
    if kind == SURVEY:
        rows = (
            "select household as home_ref, null as uprn_ref, null as tenancy_ref, null as address_key, source, row, "
            "estate, joined::VARCHAR as joined from responses left join waves on waves.name = wave::VARCHAR"
        )
    elif kind in ("people", "sample"):  # they have neither column
        rows = rows.replace("uprn_ref", "null as uprn_ref").replace("address_key", "null as address_key")
    about = (
        f"case when coalesce(home_ref, uprn_ref) is not null then '{HOME}' "
        f"when tenancy_ref is not null then '{TENANCY}' else '{ADDRESS}' end"
    )
    return (
        f"select {about} as about, coalesce({', '.join(REFERENCES)}) as reference, count(*) as n, "
        f"coalesce(arg_min(f.name, r.row), '') as file, min(r.row) as first_row from ({rows}) as r "
        f"left join files as f on f.sha256 = r.source where joined = 'none' and {inside(scope).sql('duckdb')} "
        "group by 1, 2 order by n desc, reference"
    )


def ambiguous(generation: Generation, scope: Scope) -> dict[str, int]:
    """By kind of file, how many rows in scope give a reference that fits two homes or more, and so joined none."""
    listed = " union all ".join(
        f"select '{kind}' as kind, about, reference, n from ({_listed(kind, scope)})" for kind in TABLES
    )
    found = generation.rows(
        f"select kind, sum(n)::BIGINT from ({listed}) as listed join ({keys_of_homes('homes')}) as keys "
        f"on about = '{HOME}' and keys.key = {alike('reference')} where homes > 1 group by kind"
    )
    return dict(found)


def confirm_home(generation: Generation, confirmations: Confirmations, about: str, reference: str, home: str) -> None:
    """Remember that a reference names this home, for every publish from the next on.

    Raises NotHeld where the home is not in the list of homes. ``about`` as in ``Unjoined``; the caller writes who said
    so into the ledger, and makes the generation anew (``Store.remake``).
    """
    if not generation.rows("select 1 from homes where home = ? limit 1", [home]):
        raise NotHeld(f"There is no home '{home}' in the list of homes. Give the landlord's own reference, as listed.")
    confirmations.confirm(about, reference, home)


def stale_homes(generation: Generation) -> str:
    """Why the list of homes is too old for the newest survey, in words; "" where it is not, or either is missing."""
    listed = _homes_as_at(generation)
    newest = next((wave for wave in reversed(generation.waves) if wave.fieldwork_from), None)
    if listed is None or newest is None or listed >= newest.fieldwork_from:
        return ""
    return (
        f"The list of homes is of {_said(listed)}; the fieldwork of wave '{newest.name}' began on "
        f"{_said(newest.fieldwork_from)}."
    )


def _homes_as_at(generation: Generation) -> date | None:
    """The day the list of homes is of: as it says itself, else the day it was taken in."""
    ((as_at,),) = generation.rows("select max(as_at) from homes")
    taken = max(
        (file.day for file in generation.files() if file.sha256 in generation.sources_of("homes")), default=None
    )
    return as_at or taken


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
