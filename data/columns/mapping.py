"""A mapping: which column is which field, and what the analyst has said. One noun for the screen's choices, an answers
file and a remembered profile; its JSON form is described in docs/guide/answers-file.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from data.columns.faults import MappingFault, fault

GROUPS_OF_COLUMNS = ("characteristics", "comments", "ignore")
WAVE_KEYS = ("name", "fieldwork", "collector", "sample_kind", "population", "split")
SPLITS = ("by quarter", "whole file")
SAMPLE_KINDS = ("", "census", "random", "quota")
DATE_ORDERS = ("day first", "month first")
REPEATS = ("first", "last", "neither")
NONE_OF_THESE = "none of these"  # what may be said for null where a question offers headings


@dataclass(frozen=True)
class WaveFacts:
    """What is true of a whole wave. ``split``: whether each quarter is a wave of its own."""

    name: str = ""
    fieldwork: tuple[str, str] | None = None  # ISO dates, first and last day
    collector: str = ""
    sample_kind: str = ""
    population: dict[str, int] = field(default_factory=dict)
    split: str = ""  # "by quarter" or "whole file"

    def over(self, other: WaveFacts) -> WaveFacts:
        """These facts, with the other's where these are silent."""
        chosen = {key: value for key, value in vars(self).items() if value not in ("", None, {})}
        return replace(other, **chosen)


@dataclass(frozen=True)
class Mapping:
    """What a file's columns and values mean. Empty parts are not settled; ``columns[field] == ""`` says the file has
    no such column."""

    sheet: str = ""
    header_row: int | None = None
    columns: dict[str, str] = field(default_factory=dict)  # field -> heading
    characteristics: dict[str, str] = field(default_factory=dict)  # label -> heading
    comments: dict[str, str] = field(default_factory=dict)  # question -> heading
    ignore: tuple[str, ...] = ()
    direction: dict[str, str] = field(default_factory=dict)  # TP01 or * -> "5 is best" …
    values: dict[str, dict[str, str]] = field(default_factory=dict)  # field or * -> {value: meaning}
    dates: str = ""
    repeated_respondents: str = ""
    wave: WaveFacts = WaveFacts()
    waves: dict[str, WaveFacts] = field(default_factory=dict)

    def over(self, other: Mapping) -> Mapping:
        """This mapping laid over another: what this one says wins, what it leaves open is the other's."""
        taken = {h for h in (*self.columns.values(), *self.characteristics.values(), *self.comments.values()) if h}
        taken |= set(self.ignore)
        return Mapping(
            sheet=self.sheet or other.sheet,
            header_row=self.header_row or other.header_row,
            columns=_free(other.columns, taken) | self.columns,
            characteristics=_free(other.characteristics, taken) | self.characteristics,
            comments=_free(other.comments, taken) | self.comments,
            ignore=tuple(dict.fromkeys((*self.ignore, *other.ignore))),
            direction=other.direction | self.direction,
            values=_merged(other.values, self.values),
            dates=self.dates or other.dates,
            repeated_respondents=self.repeated_respondents or other.repeated_respondents,
            wave=self.wave.over(other.wave),
            waves={
                name: self.waves.get(name, WaveFacts()).over(other.waves.get(name, WaveFacts()))
                for name in {**other.waves, **self.waves}
            },
        )

    def facts_of(self, wave: str) -> WaveFacts:
        """What is known of one wave: its own facts first, then those said of every wave."""
        return self.waves.get(wave, WaveFacts()).over(self.wave)

    def headings(self) -> tuple[str, ...]:
        """Every heading this mapping names."""
        named = (
            *self.columns.values(),
            *self.characteristics.values(),
            *self.comments.values(),
            *self.ignore,
        )
        return tuple(heading for heading in dict.fromkeys(named) if heading)

    def to_json(self) -> dict[str, Any]:
        """The mapping as its answers file has it, without empty parts."""
        whole = asdict(self)
        groups = {name: whole.pop(name) for name in GROUPS_OF_COLUMNS}
        columns = {name: heading or None for name, heading in whole.pop("columns").items()}
        waves = {name: _stripped(facts) for name, facts in whole.pop("waves").items()}
        return _stripped(
            {
                **whole,
                "columns": columns | _stripped(groups),
                "wave": _stripped(whole["wave"]),
                "waves": waves,
            }
        )


def mapping_of(said: Any, source: str = "the answers") -> Mapping:
    """The mapping an answers file or profile says.

    Raises MappingFault for a key or value that means nothing, naming what may stand there.
    """
    whole = _table(said, "", source)
    _only(whole, (*Mapping.__dataclass_fields__.keys() - {*GROUPS_OF_COLUMNS}, "columns"), "", source)
    columns = dict(_table(whole.get("columns", {}), "columns", source))
    groups = {name: columns.pop(name, () if name == "ignore" else {}) for name in GROUPS_OF_COLUMNS}
    header_row = whole.get("header_row")
    if header_row is not None and (not isinstance(header_row, int) or header_row < 1):
        raise _fault(source, "header_row", header_row, "a row number, the first row being 1")
    return Mapping(
        sheet=_text(whole.get("sheet", ""), "sheet", source),
        header_row=header_row,
        columns={name: _heading(heading, f"columns.{name}", source) for name, heading in columns.items()},
        characteristics=_texts(groups["characteristics"], "columns.characteristics", source),
        comments=_texts(groups["comments"], "columns.comments", source),
        ignore=_list(groups["ignore"], "columns.ignore", source),
        direction=_texts(whole.get("direction", {}), "direction", source),
        values={
            name: _texts(meanings, f"values.{name}", source)
            for name, meanings in _table(whole.get("values", {}), "values", source).items()
        },
        dates=_one_of(whole.get("dates", ""), ("", *DATE_ORDERS), "dates", source),
        repeated_respondents=_one_of(
            whole.get("repeated_respondents", ""), ("", *REPEATS), "repeated_respondents", source
        ),
        wave=_wave(whole.get("wave", {}), "wave", source),
        waves={
            name: _wave(facts, f"waves.{name}", source)
            for name, facts in _table(whole.get("waves", {}), "waves", source).items()
        },
    )


def read_mapping(path: Path) -> Mapping:
    """The mapping in an answers file. Raises MappingFault where it is not JSON or says something unknown."""
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise MappingFault(fault("answers_not_json", path.name, reason=str(error))) from error
    return mapping_of(said, path.name)


def _wave(said: Any, key: str, source: str) -> WaveFacts:
    facts = dict(_table(said, key, source))
    _only(facts, WAVE_KEYS, key, source)
    population = _table(facts.get("population", {}), f"{key}.population", source)
    _only(population, ("LCRA", "LCHO"), f"{key}.population", source)
    for group, homes in population.items():
        if not isinstance(homes, int) or isinstance(homes, bool) or homes < 1:
            raise _fault(source, f"{key}.population.{group}", homes, "a whole number of homes")
    return WaveFacts(
        name=_text(facts.get("name", ""), f"{key}.name", source),
        fieldwork=_days(facts.get("fieldwork"), f"{key}.fieldwork", source),
        collector=_text(facts.get("collector", ""), f"{key}.collector", source),
        sample_kind=_one_of(facts.get("sample_kind", ""), SAMPLE_KINDS, f"{key}.sample_kind", source),
        population=dict(population),
        split=_one_of(facts.get("split", ""), ("", *SPLITS), f"{key}.split", source),
    )


def _days(said: Any, key: str, source: str) -> tuple[str, str] | None:
    if said is None:
        return None
    expected = 'two dates, first and last day, such as ["2024-05-01", "2024-06-30"]'
    try:
        first, last = (date.fromisoformat(day) for day in said)
    except (TypeError, ValueError) as error:
        raise _fault(source, key, said, expected) from error
    if last < first:
        raise _fault(source, key, said, expected)
    return first.isoformat(), last.isoformat()


def _free(columns: dict[str, str], taken: set[str]) -> dict[str, str]:
    return {name: heading for name, heading in columns.items() if heading not in taken}


def _merged(under: dict[str, dict[str, str]], over: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {name: under.get(name, {}) | over.get(name, {}) for name in {**under, **over}}


def _stripped(table: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value not in ("", None, {}, (), [])}


def _table(said: Any, key: str, source: str) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise _fault(source, key or "the file", said, "a table of names and values, in { }")
    return said


def _texts(said: Any, key: str, source: str) -> dict[str, str]:
    return {name: _text(value, f"{key}.{name}", source) for name, value in _table(said, key, source).items()}


def _text(said: Any, key: str, source: str) -> str:
    if not isinstance(said, str):
        raise _fault(source, key, said, "text in quotation marks")
    return said


def _heading(said: Any, key: str, source: str) -> str:
    return "" if said in (None, NONE_OF_THESE) else _text(said, key, source)


def _list(said: Any, key: str, source: str) -> tuple[str, ...]:
    if not isinstance(said, list | tuple):
        raise _fault(source, key, said, "a list of headings, in [ ]")
    return tuple(_text(item, key, source) for item in said)


def _one_of(said: Any, allowed: tuple[str, ...], key: str, source: str) -> str:
    if said not in allowed:
        raise _fault(source, key, said, " or ".join(f'"{choice}"' for choice in allowed if choice))
    return str(said)


def _only(table: dict[str, Any], allowed: Iterable[str], key: str, source: str) -> None:
    for name in table:
        if name not in allowed:
            raise _fault(source, f"{key}.{name}".lstrip("."), "", f"one of {', '.join(sorted(allowed))}")


def _fault(source: str, key: str, value: Any, expected: str) -> MappingFault:
    return MappingFault(fault("answers_unknown", source, column=key, value=str(value), expected=expected))
