"""The fields of the regulator's return in the order of the published data dictionary, and what is checked of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

REGISTER = Path(__file__).parents[1] / "reference" / "return.toml"
OTHER = "Other"
SURVEY, RECORDS = "survey", "records"


@dataclass(frozen=True)
class Place:
    """Where a field stands in the return: its name, data point and question, each as published ("" for none)."""

    name: str = ""
    point: str = ""
    question: str = ""


@dataclass(frozen=True)
class ReturnField:
    """One field. ``kind`` is how it is worked out; "person": nobody but the landlord knows it.

    ``places`` has one place for each tenure group of a field of the survey; of a field of the landlord's records one,
    under the group it is of ("combined" where it is of all homes or of renters alone).
    """

    part: str  # "survey" or "records"
    kind: str
    label: str
    places: Mapping[str, Place]
    unit: str = ""
    measure: str = ""
    answer: int | None = None  # 5 (best) to 1, 0 not applicable
    method: str = ""
    number: int = 0  # of a weighting characteristic; 6: all further ones
    item: str = ""  # of the summary of approach that may say it
    group: str = ""  # of a field of the records: LCRA or LCHO where the measure is reported for each


@dataclass(frozen=True)
class ReturnRules:
    """What holds for the whole return.

    ``dictionary``: the year whose data dictionary gives the order; ``note``: what must stand beside it; ``decimals``
    of percentages, rates and weighted counts; ``checks``: by key, what should hold and the remedy.
    """

    dictionary: str
    note: str
    source: str
    decimals: int
    checks: Mapping[str, tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}))


@cache
def return_rules() -> ReturnRules:
    """What holds for the whole return."""
    said = _register()
    checks = {key: (row["what"], row["remedy"]) for key, row in said["check"].items()}
    return ReturnRules(
        said["dictionary"], said["note"], said["source"], int(said["decimals"]), MappingProxyType(checks)
    )


@cache
def survey_fields(tenure_group: str) -> tuple[ReturnField, ...]:
    """The fields of the survey that are returned for a tenure group, in the dictionary's order."""
    return tuple(each for each in _survey() if tenure_group in each.places)


@cache
def record_fields() -> tuple[ReturnField, ...]:
    """The fields from the landlord's own records, in the dictionary's order."""
    return tuple(_record(row) for row in _register()["fields"]["management"])


def method_of(name: str) -> str:
    """How the return calls a collection method.

    >>> method_of("Internet"), method_of("Letterbox")
    ('Online', 'Other')
    """
    known = _register()["methods"]
    return next((method for method, names in known.items() if name.strip().lower() in names), OTHER)


@cache
def _survey() -> tuple[ReturnField, ...]:
    return tuple(
        ReturnField(
            part=SURVEY,
            kind=row["kind"],
            label=row["label"],
            places=MappingProxyType({group: Place(*row[group]) for group in ("LCRA", "LCHO") if group in row}),
            unit=row.get("unit", ""),
            measure=row.get("measure", ""),
            answer=row.get("answer"),
            method=row.get("method", ""),
            number=int(row.get("number", 0)),
            item=row.get("item", ""),
        )
        for row in _register()["fields"]["perception"]
    )


def _record(row: Mapping[str, Any]) -> ReturnField:
    group = row.get("group", "")
    place = Place(row["field"], row["point"], row["ref"])
    return ReturnField(
        part=RECORDS,
        kind=row["kind"],
        label=row.get("label", ""),
        places=MappingProxyType({group or "combined": place}),
        measure=row.get("measure", ""),
        group=group,
    )


@cache
def _register() -> dict[str, Any]:
    with REGISTER.open("rb") as file:
        return dict(tomllib.load(file))
