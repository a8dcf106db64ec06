"""The calendar and the clocks, read from their registers: England's bank holidays and the Complaint Handling Code."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from analysis.calendar import WorkingDays
from analysis.model import StageClock
from data.registers import REFERENCE


@cache
def working_days() -> WorkingDays:
    """England's working days, as far as bank holidays are held."""
    held = _read("bank_holidays")["days"]
    return WorkingDays(tuple(sorted(day for days in held.values() for day in days)))


@cache
def stage_clocks() -> tuple[StageClock, ...]:
    """The clocks of both stages under every Code held; each says from which day on it counts."""
    return tuple(
        StageClock(row["stage"], row["acknowledge"], row["reply"], row["extension"], code["first_day"], code["source"])
        for code in _read("complaint_code")["code"]
        for row in code["stage"]
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((REFERENCE / f"{name}.toml").read_text(encoding="utf-8"))
