"""Years of the sector made up for tests: landlords with shares, bases and mixes of methods."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.model import SectorLandlord, SectorSurvey, SectorYear
from analysis.model.sector import COUNCIL, FIVE, MANAGEMENT_COLUMNS, MEASURE_COLUMNS, METHOD_COLUMNS


@dataclass(frozen=True)
class Made:
    """One landlord of the test: its share of TP01 (and of others), answers and how they were asked."""

    code: str
    share: float
    base: int = 1000
    population: int = 20_000
    methods: Mapping[str, int] = field(default_factory=lambda: {"Telephone": 1000})
    region: str = "North"
    type: str = COUNCIL
    size: str = "5,000-40,000"
    by_method: Mapping[str, tuple[float, int]] = field(default_factory=dict)
    flag: str = ""
    weighted: bool | None = None
    management: Mapping[str, tuple[float, float]] = field(default_factory=dict)  # measure: numerator, denominator


def sector_year(landlords: Iterable[Made], year: str = "2024/25", group: str = "LCRA") -> SectorYear:
    """A year with one measure, TP01, of one tenure group."""
    made = list(landlords)
    return SectorYear(
        year=year,
        source=f"{year}.xlsx",
        sha256="0" * 64,
        published="made up",
        landlords={m.code: SectorLandlord(m.code, f"{m.code} Homes", m.type, m.region, m.size) for m in made},
        surveys={
            (m.code, group): SectorSurvey(
                m.code,
                group,
                m.population,
                None,
                m.base,
                None,
                dict(m.methods),
                weighted=m.weighted,
                main_method=_main(m.methods),
            )
            for m in made
        },
        measures=pd.DataFrame([_measure(m, group) for m in made], columns=list(MEASURE_COLUMNS)),
        methods=pd.DataFrame(
            [
                dict(zip(METHOD_COLUMNS, (m.code, group, method, "TP01", share, n, ""), strict=True))
                for m in made
                for method, (share, n) in m.by_method.items()
            ],
            columns=list(METHOD_COLUMNS),
        ),
        management=pd.DataFrame(
            [_counted(m, group, code, *numbers) for m in made for code, numbers in m.management.items()],
            columns=list(MANAGEMENT_COLUMNS),
        ),
    )


def _counted(made: Made, group: str, code: str, numerator: float, denominator: float) -> dict[str, object]:
    """A management measure: flagged U, without a value, where there is nothing in the denominator."""
    unit = 1000 if code.startswith(("CH01", "NM")) else 100
    return {
        "landlord": made.code,
        "tenure_group": "" if code.startswith(("BS", "NM")) else group,
        "measure": code,
        "value": numerator / denominator * unit if denominator else math.nan,
        "numerator": numerator,
        "denominator": denominator,
        "flag": "" if denominator else "U",
        "without_extension": numerator * 0.75 if code.startswith("CH02") else math.nan,
        "with_extension": numerator * 0.25 if code.startswith("CH02") else math.nan,
    }


def _measure(made: Made, group: str) -> dict[str, object]:
    yes = made.share * made.base
    known = not made.flag
    row: dict[str, object] = {
        "landlord": made.code,
        "tenure_group": group,
        "measure": "TP01",
        "share": made.share if known else math.nan,
        "flag": made.flag,
        "base": float(made.base) if known else math.nan,
        "yes": yes if known else math.nan,
    }
    counts = (yes / 2, yes / 2, 0.0, (made.base - yes) / 2, (made.base - yes) / 2)
    return {**dict.fromkeys(MEASURE_COLUMNS, math.nan), **row, **dict(zip(FIVE, counts, strict=True))}


def _main(methods: Mapping[str, int]) -> str:
    whole = sum(methods.values())
    return next((name for name, n in methods.items() if n > whole / 2), "No predominant method")
