"""What the annual complaints report has to hold, from its register."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REGISTER = Path(__file__).parents[1] / "reference" / "complaint_report.toml"


@dataclass(frozen=True)
class ReportItem:
    """One thing the report has to hold. ``told`` says what of it a pack has; "" where the landlord writes all of it."""

    title: str
    belongs: str
    told: str = ""


@dataclass(frozen=True)
class ComplaintReport:
    """What the Code asks of the report, who says so, and what is to be checked of this list."""

    items: tuple[ReportItem, ...]
    source: str
    note: str
    published: str


@cache
def complaint_report() -> ComplaintReport:
    """The list from data/reference/complaint_report.toml; ``note`` is empty once somebody checked it."""
    with REGISTER.open("rb") as file:
        said = tomllib.load(file)
    note = "" if said["checked"] else said["note"]
    return ComplaintReport(tuple(ReportItem(**row) for row in said["item"]), said["source"], note, said["published"])
