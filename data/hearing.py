"""What counts as hearing from a home, as a register of channels; and who serves an estate. Never a home or a person."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from analysis.model import Scope
from data.generation import Generation
from data.registers import REFERENCE
from data.selection import inside

REGISTER = REFERENCE / "hearing.toml"


@cache
def hearing() -> Mapping[str, Any]:
    """The register: its channels, what names something wrong, what a planned conversation is."""
    return MappingProxyType(tomllib.loads(REGISTER.read_text(encoding="utf-8")))


# By channel: the kind of file, the column of its day, and which of its rows count, as SQL.
CHANNELS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {row["key"]: (row["table"], row["day"], row["where"]) for row in hearing()["channel"]}
)


def staff_of_estates(generation: Generation, scope: Scope) -> dict[str, int]:
    """How many officers in teams of five or more serve each estate that the file of teams names, 0 where only a smaller
    team does (its size is not kept); an estate it does not name is not there."""
    found = generation.rows(
        f"select estate, coalesce(sum(officers), 0) from teams where {inside(scope).sql('duckdb')} "
        "and estate is not null and (officers is not null or team is null) group by estate order by estate"
    )
    return {estate: int(officers) for estate, officers in found}
