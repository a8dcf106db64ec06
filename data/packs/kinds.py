"""The packs there are, from their register."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.model import Audience
from data.provenance import NotHeld

REGISTER = Path(__file__).parents[1] / "reference" / "packs.toml"


class NoPack(NotHeld):
    """A pack was named that there is not; the message names those there are."""


@dataclass(frozen=True)
class PackKind:
    """A ready-made pack. ``audience`` is who it is for unless said otherwise; ``place``: it is of one estate;
    ``full``: long tables are printed too, and do not stand in the workbook alone."""

    key: str
    title: str
    purpose: str
    audience: Audience
    also: tuple[str, ...] = ()
    place: bool = False
    full: bool = False


@cache
def pack_kinds() -> tuple[PackKind, ...]:
    """Every pack there is, in the register's order."""
    with REGISTER.open("rb") as file:
        said = tomllib.load(file)["pack"]
    return tuple(
        PackKind(
            key,
            row["title"],
            row["purpose"],
            Audience(row["audience"]),
            tuple(row.get("also", ())),
            bool(row.get("place", False)),
            bool(row.get("full", False)),
        )
        for key, row in said.items()
    )


def pack_kind(name: str) -> PackKind:
    """The pack of that name. Raises NoPack naming those there are.

    >>> pack_kind("board-pack").key
    'board'
    """
    found = next((kind for kind in pack_kinds() if name == kind.key or name in kind.also), None)
    if found is None:
        raise NoPack(f"There is no pack '{name}'. There are: {', '.join(kind.key for kind in pack_kinds())}.")
    return found
