"""The register of questions about being judged, and what others have published, read from data/reference/."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from analysis.model.stigma import Item, Module, Option, Published
from data.registers import REFERENCE, plain_spelling

OTHER = "other"  # the option that counts what no option names
CODE = re.compile(r"ST\d\d")


@cache
def stigma_module() -> Module:
    """The questions about being judged, in the order they are told."""
    table = _table("stigma_module")
    told = table["told"]
    return Module(
        label=table["label"],
        skippable=table["skippable"],
        support=table["support"],
        before_printing=table["before_printing"],
        items=tuple(_item(code, row) for code, row in table["item"].items()),
        source_titles=_titles(told["source"]),
        form_titles=_titles(told["form"]),
        source_beside=_beside(told["source"]),
        form_beside=_beside(told["form"]),
    )


@cache
def published_figures() -> tuple[Published, ...]:
    """What others have published about being judged: dated, with its question and sample."""
    return tuple(Published(**row) for row in _table("stigma_published")["figure"])


@cache
def not_sure_spellings() -> frozenset[str]:
    """How "not sure" is spelled, plain."""
    return frozenset(plain_spelling(each) for each in _table("stigma_module")["not_sure"])


@cache
def tick_spellings() -> Mapping[str, bool]:
    """What stands in a column for one option: each spelling, plain, and whether it is a tick."""
    ticks = _table("stigma_module")["ticks"]
    return MappingProxyType(
        {_tick(each): said for said, key in ((False, "not_ticked"), (True, "ticked")) for each in ticks[key]}
    )


def tick_of(cell: str) -> bool | None:
    """Whether a cell of a column for one option is a tick; None where its words do not say.

    >>> tick_of(" yes;"), tick_of("☑"), tick_of("0.0"), tick_of("the bank")
    (True, True, False, None)
    """
    return tick_spellings().get(_tick(re.sub(r"\.0+$", "", cell.strip().rstrip(";"))))


def _tick(text: str) -> str:
    return plain_spelling(text) or text.strip()


def _item(code: str, row: Mapping[str, Any]) -> Item:
    options = tuple(Option(key, **_listed(option)) for key, option in row.get("options", {}).items())
    return Item(code, **{**_listed(row), "tenures": tuple(row["tenures"]), "options": options})


def _listed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if key == "spellings" else value for key, value in row.items()}


def _titles(rows: Mapping[str, Any]) -> Mapping[str, str]:
    return MappingProxyType({code: row["title"] for code, row in rows.items()})


def _beside(rows: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({code: tuple(row["asked"]) for code, row in rows.items()})


@cache
def _table(name: str) -> Mapping[str, Any]:
    return tomllib.loads((REFERENCE / f"{name}.toml").read_text(encoding="utf-8"))
