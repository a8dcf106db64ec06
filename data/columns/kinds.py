"""The kinds of file a landlord has: one register a kind in data/reference/kinds/, read into nouns."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from data.columns.spellings import plain_heading
from data.registers import REFERENCE

SURVEY = "survey"
EVERY_SHEET = "*"  # how an answers file says: every sheet with these headings is one table
RECORDS = ("homes", "people", "sample", "complaints", "contacts", "repairs", "hazards", "teams")
CODED = ("id", "date", "dob", "age_band", "yes_no", "flag", "choice", "tenure", "method", "cancelled")
PERSONAL_MAY_BE = ("presence", "address", "dob", "id", "text", "words")  # what personal details may be read as


@dataclass(frozen=True)
class RecordField:
    """One field of a kind of record: its usual headings in order of choice, and what it holds."""

    key: str
    label: str
    holds: str
    spellings: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # meaning -> its spellings
    asked: tuple[str, ...] = ()  # headings that may be something else: asked about before they are taken
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    other: str | None = None  # what a value the register does not know is taken for, and listed

    @property
    def order(self) -> Mapping[str, int]:
        """Its usual headings, plain, with their order of choice."""
        return _order(self.spellings)


@dataclass(frozen=True)
class Check:
    """One rule about the rows of a kind: the condition under which a row breaks it, and the field it stands in."""

    rule: str
    where: str
    column: str
    value: str = "''"


@dataclass(frozen=True)
class Kind:
    """A kind of file: what it is for, who owns it, by when it is due, how files of it add up, and its fields.

    ``due_every`` is "month", "quarter" or "year"; the file should be in ``due_days`` days after its end. ``merge`` is
    "whole", "by reference" or "by wave".
    """

    key: str
    label: str
    about: str
    owner: str
    due_every: str
    due_days: int
    merge: str
    fields: tuple[RecordField, ...] = ()
    required: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()  # of each of these sets the file has at least one
    key_field: str = ""
    signs: tuple[str, ...] = ()  # fields that tell this kind from others
    tells: tuple[str, ...] = ()  # … and those that hardly any other kind has
    ignore: tuple[str, ...] = ()  # patterns of headings that are the exporting system's own
    text_name: str = ""
    special: bool = False  # whether special categories may be kept where a policy document is named
    worked_out: Mapping[str, str] = field(default_factory=dict)  # name -> SQL over the fields, for rules and table
    table: Mapping[str, str] = field(default_factory=dict)  # column -> SQL over the fields
    checks: tuple[Check, ...] = ()
    future: tuple[str, ...] = ()  # dates that cannot lie in the future

    def field_of(self, key: str) -> RecordField:
        """One field. Raises KeyError where the kind has none of this key."""
        return {each.key: each for each in self.fields}[key]

    def holding(self, *holds: str) -> tuple[str, ...]:
        """The keys of the fields that hold one of these."""
        return tuple(each.key for each in self.fields if each.holds in holds)


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind of file, surveys first."""
    survey = tomllib.loads((REFERENCE / "kinds" / "survey.toml").read_text(encoding="utf-8"))
    return (Kind(SURVEY, **survey), *(_record(key) for key in RECORDS))


def kind(key: str) -> Kind:
    """One kind of file. Raises ValueError for a key that is none, naming those there are."""
    for each in kinds():
        if each.key == key:
            return each
    raise ValueError(f"Unknown kind of file {key!r}. There are: {', '.join(each.key for each in kinds())}.")


def _record(key: str) -> Kind:
    row = tomllib.loads((REFERENCE / "kinds" / f"{key}.toml").read_text(encoding="utf-8"))
    own = tuple(_field(name, said) for name, said in row.get("field", {}).items())
    shared = tuple(_field(name, _common()[name]) for name in row["borrows"])
    return Kind(
        key=key,
        **{name: row[name] for name in ("label", "about", "owner", "due_every", "due_days", "merge")},
        fields=_key_first((*own, *shared), row["key"]),
        required=tuple(row["required"]),
        one_of=tuple(tuple(each) for each in row["one_of"]),
        key_field=row["key"],
        signs=tuple(row["signs"]),
        tells=tuple(row.get("tells", ())),
        ignore=tuple(row.get("ignore", ())),
        text_name=row.get("text_name", ""),
        special=row.get("special", False),
        worked_out=MappingProxyType(row.get("worked_out", {})),
        table=MappingProxyType(row.get("table", {})),
        checks=tuple(Check(each.pop("id"), **each) for each in row.get("check", ())),
        future=tuple(name for each in row.get("future", ()) for name in each["fields"]),
    )


def _field(key: str, row: Mapping[str, Any]) -> RecordField:
    return RecordField(
        key,
        row["label"],
        row["holds"],
        tuple(row["spellings"]),
        MappingProxyType({meaning: tuple(words) for meaning, words in row.get("values", {}).items()}),
        tuple(plain_heading(heading) for heading in row.get("asked", ())),
        tuple(row.get("yes", ())),
        tuple(row.get("no", ())),
        row.get("other"),
    )


def _key_first(fields: tuple[RecordField, ...], key: str) -> tuple[RecordField, ...]:
    return tuple(sorted(fields, key=lambda each: each.key != key))


@cache
def _order(spellings: tuple[str, ...]) -> Mapping[str, int]:
    return {plain: place for place, plain in reversed(list(enumerate(map(plain_heading, spellings))))}


@cache
def _common() -> Mapping[str, Any]:
    return tomllib.loads((REFERENCE / "kinds" / "common.toml").read_text(encoding="utf-8"))
