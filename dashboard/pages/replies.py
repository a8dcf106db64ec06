"""What an analyst says about a file, gathered as an answers file has it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

Said = dict[str, Any]

NONE_OF_THESE = "none of these"
NOT_USED, CHARACTERISTIC, COMMENT = "", "characteristics", "comments"


def key_parts(key: str) -> list[str]:
    """The places of a question's key in an answers file; a value or a wave's own name may itself hold a dot.

    >>> key_parts("values.TP01.n.a."), key_parts("waves.Q1.2024.fieldwork"), key_parts("dates")
    (['values', 'TP01', 'n.a.'], ['waves', 'Q1.2024', 'fieldwork'], ['dates'])
    """
    if key.startswith("waves."):
        wave, _, fact = key.removeprefix("waves.").rpartition(".")
        return ["waves", wave, fact]
    return key.split(".", 2 if key.startswith("values.") else 1)


def with_reply(said: Said, key: str, reply: object) -> Said:
    """What was said, with one more question answered.

    >>> with_reply({}, "direction.*", "5 is best"), with_reply({}, "columns.estate", "none of these")
    ({'direction': {'*': '5 is best'}}, {'columns': {'estate': None}})
    """
    new = copy.deepcopy(said)
    *folders, last = key_parts(key)
    place = new
    for folder in folders:
        place = place.setdefault(folder, {})
    place[last] = None if reply == NONE_OF_THESE else reply
    return new


def with_column(said: Said, heading: str, field: str) -> Said:
    """What was said, with a column taken for another field; for none, it is not used.

    >>> with_column({}, "Q1", "TP01")
    {'columns': {'TP01': 'Q1'}}
    >>> with_column({"columns": {"TP01": "Q1"}}, "Q1", "")
    {'columns': {'ignore': ['Q1']}}
    >>> with_column({}, "Area", "characteristics")
    {'columns': {'characteristics': {'Area': 'Area'}}}
    """
    new = copy.deepcopy(said)
    columns = _without(new.get("columns", {}), heading)
    if field == NOT_USED:
        columns["ignore"] = [*columns.get("ignore", []), heading]
    elif field in (CHARACTERISTIC, COMMENT):
        columns[field] = {**columns.get(field, {}), heading: heading}
    else:
        columns[field] = heading
    new["columns"] = columns
    return new


def _without(columns: Mapping[str, Any], heading: str) -> dict[str, Any]:
    """The columns without any mention of one heading."""
    kept: dict[str, Any] = {}
    for name, value in columns.items():
        if isinstance(value, dict):
            rest: Any = {label: column for label, column in value.items() if column != heading}
        elif isinstance(value, list):
            rest = [column for column in value if column != heading]
        else:
            rest = None if value == heading else value
        if rest or (value is None and not isinstance(value, dict | list)):
            kept[name] = rest
    return kept


def with_facts(said: Said, name: str, collector: str, sample_kind: str, homes: Mapping[str, int | None]) -> Said:
    """What was said, with the survey's own facts; what is left empty is not said.

    >>> with_facts({}, " Spring ", "", "census", {"LCRA": 900, "LCHO": None})
    {'wave': {'name': 'Spring', 'sample_kind': 'census', 'population': {'LCRA': 900}}}
    """
    new = copy.deepcopy(said)
    facts = {
        "name": name.strip(),
        "collector": collector.strip(),
        "sample_kind": sample_kind,
        "population": {group: number for group, number in homes.items() if number},
    }
    new["wave"] = {**new.get("wave", {}), **{key: value for key, value in facts.items() if value}}
    return new
