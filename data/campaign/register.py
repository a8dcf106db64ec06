"""What a campaign may ask, end in, tell of and leave out: the register campaign.toml, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from data.registers import REFERENCE

CHECKED = 3  # fields on a card: USERS.md, a name, a number and three fields


@dataclass(frozen=True)
class CheckField:
    """A field a caller checks: what it is called, where the list of people has it, and whether only that it is held."""

    key: str
    title: str
    column: str
    yes_no: bool
    default: bool


@dataclass(frozen=True)
class Told:
    """What a tenant may tell of: who sees to it, and what the caller is to do or say at once."""

    key: str
    title: str
    to: str
    say: str
    confidential: bool = False  # who reads its words is kept on record


@dataclass(frozen=True)
class ContactColumn:
    """A column of a contact file, and the headings it usually has, in order of choice."""

    key: str
    label: str
    flag: bool
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class CampaignRegister:
    """Everything campaign.toml says. Mappings are code → words."""

    rules: Mapping[str, int]
    fields: Mapping[str, CheckField]
    states: Mapping[str, str]
    outcomes: Mapping[str, str]
    consents: Mapping[str, str]
    told: Mapping[str, Told]
    done: Mapping[str, str]
    with_reference: frozenset[str]  # the ways of seeing to something that need the number it has there
    left_out: Mapping[str, str]  # the first reason that fits counts, so the order matters
    confidential: frozenset[str]
    columns: Mapping[str, ContactColumn]

    @property
    def usual_fields(self) -> tuple[str, ...]:
        """The three fields checked where nobody chooses others."""
        return tuple(key for key, each in self.fields.items() if each.default)[:CHECKED]


@cache
def campaign_register() -> CampaignRegister:
    """The register."""
    said = tomllib.loads((REFERENCE / "campaign.toml").read_text(encoding="utf-8"))
    return CampaignRegister(
        rules=MappingProxyType(said["rules"]),
        fields=_each(
            said["fields"],
            lambda key, row: CheckField(
                key, row["title"], row["column"], row.get("yes_no", False), row.get("default", False)
            ),
        ),
        states=MappingProxyType(said["states"]),
        outcomes=MappingProxyType(said["outcomes"]),
        consents=MappingProxyType(said["consents"]),
        told=_each(said["told"], lambda key, row: Told(key, **row)),
        done=MappingProxyType(said["done"]),
        with_reference=frozenset(said["with_reference"]),
        left_out=_each(said["left_out"], lambda key, row: row["title"]),
        confidential=frozenset(key for key, row in said["left_out"].items() if row.get("confidential")),
        columns=_each(
            said["columns"],
            lambda key, row: ContactColumn(key, row["label"], row.get("flag", False), tuple(row["spellings"])),
        ),
    )


def _each(rows: Mapping[str, Any], made: Any) -> Mapping[str, Any]:
    return MappingProxyType({key: made(key, row) for key, row in rows.items()})
