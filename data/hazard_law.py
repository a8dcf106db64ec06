"""Awaab's Law as its register has it: which hazards from when, and how long each step may take."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache

from data.registers import REFERENCE


@dataclass(frozen=True)
class Phase:
    """From when the law is for which hazards. ``state``: "in force", "expected" or "announced"."""

    number: int
    first_day: date
    state: str
    hazards: str
    source: str
    only_year: bool = False  # the day is not known, only its year


@dataclass(frozen=True)
class Step:
    """One thing to be done, and within how long of what."""

    what: str
    limit: int
    unit: str
    since: str


@dataclass(frozen=True)
class HazardLaw:
    """The law as far as it is held: its phases and steps, whom it is for, when a landlord is aware, and who says so."""

    scope: str
    aware: str
    source: str
    phases: tuple[Phase, ...]
    steps: tuple[Step, ...]


@cache
def hazard_law() -> HazardLaw:
    """Awaab's Law from data/reference/awaabs_law.toml."""
    said = tomllib.loads((REFERENCE / "awaabs_law.toml").read_text(encoding="utf-8"))
    return HazardLaw(
        said["scope"],
        said["aware"],
        said["source"],
        tuple(Phase(**row) for row in said["phase"]),
        tuple(Step(row["what"], row["limit"], row["unit"], row["from"]) for row in said["step"]),
    )
