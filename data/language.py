"""Lexicons and registers for reading tenants' words: loaded here, handed in to analysis."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.text.addresses import AddressWords
from analysis.text.names import NameWords
from analysis.text.redaction import Pattern, RedactionRules

REFERENCE = Path(__file__).with_name("reference")


def load_redaction(folder: Path = REFERENCE) -> RedactionRules:
    """What redaction looks for, from redaction.toml and names.toml."""
    register, names = _toml(folder / "redaction.toml"), _toml(folder / "names.toml")
    streets = _words(register["address"]["streets"])
    return RedactionRules(
        tuple(Pattern(p["kind"], re.compile(p["find"], re.IGNORECASE), p.get("keep", 0)) for p in register["pattern"]),
        AddressWords(streets, _words(register["address"]["units"]), _words(register["address"]["counts"])),
        _name_words(register["names"], names, streets),
        register["brackets"],
    )


def _name_words(register: Mapping[str, str], names: Mapping[str, str], streets: frozenset[str]) -> NameWords:
    lists = {key: _words(value) for key, value in {**register, **names}.items() if key != "announce_pairs"}
    pairs = frozenset(" ".join(pair.split()) for pair in register["announce_pairs"].split("|"))
    lists["words"] -= lists["calendar"]
    lists["never"] -= lists["words"] | lists["calendar"]  # May and Will have rules of their own
    return NameWords(announce_pairs=pairs, streets=streets, **lists)


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())
