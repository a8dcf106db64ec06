"""What the invented landlord is made of: parameters from data/sample, and random streams."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from data.demo.records import DemoRecords, Shares, demo_records

SAMPLE = Path(__file__).parents[1] / "sample"
PARAMETERS = SAMPLE / "landlord.toml"  # homes, people, surveys and the seed
RECORDS = SAMPLE / "records.toml"  # complaints, contacts, repairs … and the stories in them


@dataclass(frozen=True)
class DemoEstate:
    """An invented estate: homes rented and part-owned, and how far its mood stands from the landlord's middle."""

    name: str
    region: str
    rented: int
    owned: int = 0
    mood: float = 0.0
    for_older_people: bool = False

    def homes(self, group: str) -> int:
        """Homes of one tenure group on this estate."""
        return {"LCRA": self.rented, "LCHO": self.owned}[group]


@dataclass(frozen=True)
class DemoAges:
    """Age bands with how readily each answers, its mood, and its share of homes by kind of housing."""

    bands: tuple[str, ...]
    answers: tuple[float, ...]
    mood: tuple[float, ...]
    share: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True)
class DemoWave:
    """One survey: when, how many answers of each tenure group, how they were asked, and the truth behind them."""

    name: str
    reporting_year: str
    fieldwork_from: date
    fieldwork_to: date
    answers: Mapping[str, int]
    satisfied: Mapping[str, Shares]  # per cent in the top two, by tenure group and measure
    methods: Mapping[str, Shares]
    replies: Shares = field(default_factory=dict)  # times the usual readiness to answer, by estate
    silent: tuple[str, ...] = ()  # estates from which nobody answers in the end: others do in their place
    moods: Shares = field(default_factory=dict)  # what happened since to an estate's mood


@dataclass(frozen=True)
class DemoJudged:
    """The questions about being judged: which waves ask them, and how often each answer is given."""

    waves: tuple[str, ...]
    blank: float
    refused: float
    not_sure: float
    felt: Mapping[str, float]  # ST01 yes, by whether the tenant agrees with TP08: "fair", "unfair"
    yes: Mapping[str, Mapping[str, float]]  # other yes-no items, by whether ST01 was yes: "judged", "others"
    agree: Mapping[str, Mapping[str, tuple[float, ...]]]  # five shares, strongly agree first, "judged" and "others"
    options: Mapping[str, Shares]  # items with several answers: how often each option is named


@dataclass(frozen=True)
class DemoLandlord:
    """Everything the sample is drawn from. Use ``dataclasses.replace`` to draw another."""

    name: str
    seed: int
    collector: str
    sample_kind: str
    comment_uses: int
    blank_rate: float
    refused_rate: float
    estate_missing_rate: float
    date_missing_rate: float
    may_attribute_rate: float
    one_mood: float
    estates: tuple[DemoEstate, ...]
    ages: DemoAges
    tenures: Mapping[str, Shares]
    passes_filter: Mapping[str, Shares]
    not_applicable: Mapping[str, Shares]
    five_boxes: Mapping[str, Mapping[str, tuple[float, ...]]]
    method_mood: Shares
    usual_methods: Mapping[str, Shares]
    waves: tuple[DemoWave, ...]
    records: DemoRecords
    judged: DemoJudged

    def population(self, group: str) -> int:
        """Homes of one tenure group."""
        return sum(estate.homes(group) for estate in self.estates)

    def stream(self, *table: str) -> np.random.Generator:
        """The random numbers of one named table: whatever else is drawn, a table's own numbers never move."""
        name = int.from_bytes(hashlib.sha256("/".join(table).encode()).digest()[:8])
        return np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=(name,)))


@cache
def invented_landlord() -> DemoLandlord:
    """The landlord that ships with Tenant Voice."""
    landlord, records = (tomllib.loads(path.read_text(encoding="utf-8")) for path in (PARAMETERS, RECORDS))
    return _landlord(landlord, records)


def _landlord(table: dict[str, Any], records: dict[str, Any]) -> DemoLandlord:
    ages = table.pop("ages")
    estates = tuple(DemoEstate(**row) for row in table.pop("estate"))
    waves = tuple(_wave(row, table["usual_methods"]) for row in table.pop("wave"))
    return DemoLandlord(
        estates=estates,
        waves=waves,
        ages=DemoAges(tuple(ages["bands"]), tuple(ages["answers"]), tuple(ages["mood"]), ages["share"]),
        records=demo_records(records),
        judged=_judged(table.pop("judged")),
        **table,
    )


def _judged(row: dict[str, Any]) -> DemoJudged:
    return DemoJudged(**(row | {"waves": tuple(row["waves"])}))


def _wave(row: dict[str, Any], usual: Mapping[str, Shares]) -> DemoWave:
    return DemoWave(**(row | {"methods": {**usual, **row.get("methods", {})}}))
