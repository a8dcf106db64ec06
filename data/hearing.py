"""Homes heard from, counted: through which channels, and who of the invited answered. Never a home, never a person."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.model import Scope
from data.generation import Generation, NotHeld
from data.selection import NOT_RECORDED, inside, quoted

WAYS = ("estate", "tenure", "property_type", "block", "area", "bedrooms")
# What counts as hearing from a home, by kind of file: a row of it in the period that joins to the home. A survey only
# where the tenant allowed it (no other response has a home); a letter or message of ours is not hearing.
CHANNELS = {
    "survey": ("responses", "date", "true"),
    "complaints": ("complaints", "made", "true"),
    "contacts": (
        "contacts",
        "day",
        "listening is distinct from false and not (coalesce(direction, '') = 'out' "
        "and coalesce(channel, '') in ('letter', 'e-mail', 'text message', 'web', 'social media'))",
    ),
    "repairs": ("repairs", "raised", "communal is distinct from true"),
}


def homes_heard(
    generation: Generation, scope: Scope, begun: date, ended: date, dim: str, tenure_group: str
) -> pd.DataFrame:
    """Homes, homes heard from through any channel in a period, and through each: columns dim, homes, heard, survey,
    complaints, contacts, repairs.

    Raises NotHeld for another way of dividing homes.
    """
    level = _level(dim)
    found = ", ".join(
        f"{kind} as (select distinct home from {table} where home is not null and {quoted(day)} between $1 and $2 "
        f"and {where})"
        for kind, (table, day, where) in CHANNELS.items()
    )
    joins = " ".join(f"left join {kind} on {kind}.home = h.home" for kind in CHANNELS)
    each = ", ".join(f"count({kind}.home) as {kind}" for kind in CHANNELS)
    anyhow = f"count(coalesce({', '.join(f'{kind}.home' for kind in CHANNELS)})) as heard"
    return generation.frame(
        f"with h as ({_homes(level, scope, '$3')}), {found} select level as {quoted(dim)}, count(*) as homes, "
        f"{anyhow}, {each} from h {joins} group by level order by level",
        [begun, ended, tenure_group],
    )


def invited_homes(generation: Generation, wave: str, scope: Scope, dim: str, tenure_group: str) -> pd.DataFrame:
    """Homes, how many were in the issued sample of a wave, and how many of those are complete, by what only the list of
    homes says: columns dim, homes, issued, answered.

    Raises NotHeld for another way of dividing homes.
    """
    level = _level(dim)
    return generation.frame(
        f"with h as ({_homes(level, scope, '$2')}), s as (select home, count(*) as issued, "
        "count(*) filter (outcome = 'complete') as answered from sample where wave in (select unnest($1)) "
        "and home is not null group by home) "
        f"select level as {quoted(dim)}, count(*) as homes, coalesce(sum(issued), 0)::BIGINT as issued, "
        "coalesce(sum(answered), 0)::BIGINT as answered from h left join s on s.home = h.home group by level "
        "order by level",
        [list(generation.waves_in(wave)), tenure_group],
    )


def _level(dim: str) -> str:
    if dim not in WAYS:
        raise NotHeld(f"Homes are not divided by '{dim}', only by {', '.join(WAYS)}.")
    return f"coalesce({quoted(dim)}::varchar, '{NOT_RECORDED}')"


def _homes(level: str, scope: Scope, group: str) -> str:
    return (
        f"select distinct on (home) home, {level} as level from homes where {inside(scope).sql('duckdb')} "
        f"and dwelling is distinct from false and tenure_group = {group} order by home, row"
    )


def staff_of_estates(generation: Generation, scope: Scope) -> dict[str, int]:
    """How many officers in teams of five or more serve each estate that the file of teams names, 0 where only a smaller
    team does (its size is not kept); an estate it does not name is not there."""
    found = generation.rows(
        f"select estate, coalesce(sum(officers), 0) from teams where {inside(scope).sql('duckdb')} "
        "and estate is not null and (officers is not null or team is null) group by estate order by estate"
    )
    return {estate: int(officers) for estate, officers in found}
