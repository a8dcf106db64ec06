"""The registers: the regulator's measures and the sector's tenures, read from data/reference/ into nouns."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from analysis.calendar import reporting_year_of
from analysis.model import ManagementMeasure, Measure
from data.topics import topic_register

REFERENCE = Path(__file__).parent / "reference"

Tenure = tuple[str, str]  # (label as shown, group): ("Shared ownership", "LCHO")


@dataclass(frozen=True)
class RuleChange:
    """One thing the regulator changed: what, from which reporting year, and who says so."""

    first_year: str
    what: str
    source: str
    published: date | None = None
    codes: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)  # put in place of the base row's


@dataclass(frozen=True)
class ReportingYear:
    """A year whose rules are held; provisional when they are another year's carried forward."""

    name: str
    carried_from: str = ""
    note: str = ""

    @property
    def provisional(self) -> bool:
        return bool(self.carried_from)


# ── Years ────────────────────────────────────────────────────────────────────────────────────────


def reporting_years() -> tuple[str, ...]:
    """The reporting years whose rules are held, oldest first."""
    return tuple(year.name for year in _years())


def is_provisional(year: str) -> bool:
    """Whether a year's rules are another year's carried forward, so that every face must say so."""
    return _year(year).provisional


def provisional_note(year: str) -> str:
    """What to print wherever a provisional year's rules are used; nothing for a settled year."""
    return _year(year).note


def register_year(when: date) -> str:
    """The year whose rules apply to a survey that ended on this day: its own, or the nearest one held."""
    held = reporting_years()
    return min(max(reporting_year_of(when), held[0]), held[-1])


def register_note(when: date) -> str:
    """Why another year's rules were used; nothing where the day's own year is held.

    >>> register_note(date(2022, 6, 1))
    'No rules are held for 2022/23; those of 2023/24 are used.'
    """
    own, used = reporting_year_of(when), register_year(when)
    return "" if own == used else f"No rules are held for {own}; those of {used} are used."


def rule_changes(year: str) -> tuple[RuleChange, ...]:
    """What the regulator had changed by this year since 2023/24, in the order it took effect."""
    _year(year)
    return tuple(change for change in _changes() if change.first_year <= year)


# ── Measures ─────────────────────────────────────────────────────────────────────────────────────


@cache
def measures(year: str) -> tuple[Measure, ...]:
    """The twelve perception measures under this year's rules, TP01 to TP12.

    Raises ValueError for a year that is not held.
    """
    table = _table("measures")
    rows = _rows_of("measures", year)
    return tuple(_measure(code, row, table, year) for code, row in rows.items())


@cache
def management_measures(year: str) -> tuple[ManagementMeasure, ...]:
    """The fourteen reported values of the ten management measures under this year's rules.

    ``tenures`` is ("combined",) for a single figure over rented and low cost ownership homes together.
    Raises ValueError for a year that is not held.
    """
    source = _table("management_measures")["source"]
    rows = _rows_of("management_measures", year)
    return tuple(_management_measure(code, row, source, year) for code, row in rows.items())


def _measure(code: str, row: Mapping[str, Any], table: Mapping[str, Any], year: str) -> Measure:
    scale = table["scale"][row.get("scale", "satisfied")]
    filter_field = row.get("filter")
    return Measure(
        code=code,
        title=row["title"],
        wording=row["wording"],
        scale=tuple(scale["answers"]),
        counts_as_yes=tuple(scale["counts_as_yes"]),
        offers_not_applicable=row.get("offers_not_applicable", False),
        filter_field=filter_field,
        filter_question=table["filter"][filter_field] if filter_field else None,
        tenures=tuple(row["tenures"]),
        better="high",
        year=year,
        provisional=is_provisional(year),
        source=row.get("source", table["source"]),
    )


def _management_measure(code: str, row: Mapping[str, Any], source: str, year: str) -> ManagementMeasure:
    return ManagementMeasure(
        code=code,
        title=row["title"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        unit=row["unit"],
        better=row["better"],
        tenures=tuple(row["tenures"]),
        year=year,
        provisional=is_provisional(year),
        source=row.get("source", source),
    )


def _rows_of(register: str, year: str) -> dict[str, dict[str, Any]]:
    """The base rows of a register with every change up to this year laid over them."""
    rows = {code: dict(row) for code, row in _table(register)["measure"].items()}
    for change in rule_changes(year):
        for code in set(change.codes) & rows.keys():
            rows[code] |= {**change.fields, "source": change.source}
    return rows


# ── Tenures ──────────────────────────────────────────────────────────────────────────────────────


def tenure_of(spelling: str) -> Tenure | None:
    """The tenure a spelling means and the group it counts in, or None when nobody has said.

    >>> tenure_of(" shared-ownership ")
    ('Shared ownership', 'LCHO')
    >>> tenure_of("own") is None
    True
    """
    return tenure_spellings().get(plain_spelling(spelling))


@cache
def tenure_spellings() -> Mapping[str, Tenure]:
    """Every spelling known, as ``plain_spelling`` leaves it, with the tenure it means."""
    spellings = {
        plain_spelling(spelling): (row["label"], row["group"])
        for row in _table("tenures")["tenure"]
        for spelling in (*row["spellings"], row["label"])
    }
    return MappingProxyType(spellings)


@cache
def tenure_codes(code_list: str) -> Mapping[str, Tenure]:
    """The tenures of one code list ("hact", "core_needs", "core_rent"): numbers alone never say which."""
    rows = _table("tenures")["tenure"]
    return MappingProxyType({code: (row["label"], row["group"]) for row in rows for code in row.get(code_list, ())})


def plain_spelling(text: str) -> str:
    """Text as spellings are compared: without capitals, punctuation and doubled spaces.

    >>> plain_spelling("  General Needs – Social  Rent ")
    'general needs social rent'
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "").replace("'", "")
    return " ".join(re.findall(r"\w+", folded))


# ── Topics ───────────────────────────────────────────────────────────────────────────────────────


def topic_titles() -> Mapping[str, str]:
    """What each topic of tenants' words is called, by its code, in the register's order; the landlord's own too."""
    return MappingProxyType({code: row["title"] for code, row in topic_register().items()})


def topic_belongings() -> Mapping[str, tuple[tuple[str, ...], str]]:
    """The regulator's measures each topic speaks to, and the Housing Ombudsman's category ("" where none fits)."""
    return MappingProxyType(
        {
            code: (tuple(row.get("measures", "").split()), row.get("ombudsman", ""))
            for code, row in topic_register().items()
        }
    )


@cache
def strength_titles() -> Mapping[str, str]:
    """What each kind of strength is called, by its code, in the order of the register."""
    return MappingProxyType({code: row["title"] for code, row in _table("strengths").items()})


@cache
def danger_titles() -> Mapping[str, str]:
    """What each kind of danger in a home is called, by its code, in the order of the register."""
    return MappingProxyType({code: row["title"] for code, row in _table("hazards").items() if "title" in row})


# ── Reading the files ────────────────────────────────────────────────────────────────────────────


@cache
def _table(name: str) -> Mapping[str, Any]:
    return tomllib.loads((REFERENCE / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def _years() -> tuple[ReportingYear, ...]:
    return tuple(ReportingYear(**row) for row in _table("reporting_years")["year"])


@cache
def _changes() -> tuple[RuleChange, ...]:
    rows = _table("reporting_years")["change"]
    return tuple(
        RuleChange(
            row["first_year"],
            row["what"],
            row["source"],
            row.get("published"),
            tuple(row.get("codes", ())),
            row.get("set", {}),
        )
        for row in rows
    )


def _year(name: str) -> ReportingYear:
    for year in _years():
        if year.name == name:
            return year
    raise ValueError(f"Unknown reporting year {name!r}. The registers hold {', '.join(reporting_years())}.")
