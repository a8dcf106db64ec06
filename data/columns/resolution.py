"""A mapping resolved against the headings of one file: the position of each field, and what stays outside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from data.columns.faults import MappingFault, fault
from data.columns.items import is_item_field
from data.columns.mapping import Mapping
from data.columns.recognition import CHARACTERISTIC, COMMENT, PERSONAL, SPECIAL, Column, Reading, Recognised
from data.columns.spellings import EVERY, fields, plain_heading, special_categories
from data.registers import plain_spelling

MAY_BE_PERSONAL = ("dob", "household", "respondent")  # used to derive or to compare, never shown and not stored


@dataclass(frozen=True)
class Resolved:
    """Where each field stands (positions count from 0), and the columns dropped at the door with the reason."""

    headings: tuple[str, ...]
    fields: dict[str, int]
    characteristics: dict[str, int] = field(default_factory=dict)  # label -> position
    special: frozenset[str] = frozenset()  # labels of characteristics that are special category data
    comments: dict[str, int] = field(default_factory=dict)  # question -> position
    dropped: dict[int, str] = field(default_factory=dict)  # position -> kind of detail
    health_kept: bool = False  # whether a policy document allows what speaks of health to be stored
    presence: dict[str, int] = field(default_factory=dict)  # of these only whether a cell is filled is ever read

    @property
    def measures(self) -> dict[str, int]:
        return {name: place for name, place in self.fields.items() if is_measure(name)}

    @property
    def items(self) -> dict[str, int]:
        """Where the questions about being judged and their options stand, by field."""
        return {name: place for name, place in self.fields.items() if is_item_field(name)}

    @property
    def used(self) -> tuple[int, ...]:
        """The positions to load, each once."""
        places = (*self.fields.values(), *self.characteristics.values(), *self.comments.values())
        return tuple(sorted(set(places)))

    def heading(self, name: str) -> str:
        """The heading of a field's column, or the field's own name where there is none."""
        return self.headings[self.fields[name]] if name in self.fields else name


def is_measure(name: str) -> bool:
    """Whether a field is one of the measures."""
    return bool(re.fullmatch(r"TP\d\d", name))


def proposed_mapping(recognised: Recognised) -> Mapping:
    """The mapping that recognition alone proposes."""
    kept = [each for each in recognised.readings if each.field not in (PERSONAL, SPECIAL)]
    return Mapping(
        columns={each.field: each.column.heading for each in kept if each.field not in (COMMENT, CHARACTERISTIC)},
        characteristics={each.label: each.column.heading for each in kept if each.field == CHARACTERISTIC},
        comments={each.label: each.column.heading for each in kept if each.field == COMMENT},
    )


def with_headings_of(
    said: Mapping, headings: Sequence[str], source: str, known: Sequence[str] | None = None
) -> Mapping:
    """What was said, with every heading as this file writes it. ``known``: the fields of a kind of record.

    Raises MappingFault for a field that does not exist or a heading that is not in the file.
    """
    codes = tuple(f"TP{number:02d}" for number in range(1, 13))
    names = (*codes, *fields()) if known is None else tuple(known)
    _only_known("columns", said.columns, names, source, "ST01 and the other items, characteristics, comments, ignore")
    _only_known("direction", said.direction, (*codes, EVERY), source)
    _only_known("values", said.values, (*names, EVERY), source)

    def written(table: dict[str, str]) -> dict[str, str]:
        return {name: heading and _written(heading, headings, name, source) for name, heading in table.items()}

    return Mapping(
        **{
            **vars(said),
            "columns": written(said.columns),
            "characteristics": written(said.characteristics),
            "comments": written(said.comments),
            "ignore": tuple(_written(heading, headings, "ignore", source) for heading in said.ignore),
        }
    )


def _only_known(part: str, named: Iterable[str], known: Sequence[str], source: str, also: str = "") -> None:
    for name in named:
        if name not in known and not is_item_field(name):
            expected = f"one of {', '.join(known)}{', ' + also if also else ''}"
            raise MappingFault(fault("answers_unknown", source, column=f"{part}.{name}", expected=expected))


def resolved(
    mapping: Mapping, columns: Sequence[Column], recognised: Recognised, file: str, policy_document: str = ""
) -> Resolved:
    """Each field's position. Personal details are dropped, and special categories unless a policy document is named.

    Raises MappingFault where a column that holds personal details is mapped to a field that is kept.
    """
    places = {column.heading: column.position for column in columns}
    dropped = {each.column.position: each.label for each in recognised.readings if each.field == PERSONAL}
    special = _special_places(mapping, recognised.readings, places)
    if not policy_document:
        dropped |= special
    mapped = {places[heading] for heading in mapping.headings() if heading not in mapping.ignore}
    dropped = {place: kind for place, kind in dropped.items() if place not in mapped or place in special}
    _check_personal(mapping, columns, file)
    labels = _labels(mapping, columns, special, dropped, bool(policy_document))
    return Resolved(
        headings=tuple(column.heading for column in columns),
        fields={name: places[h] for name, h in mapping.columns.items() if h and places[h] not in dropped},
        characteristics=labels,
        special=frozenset(label for label, place in labels.items() if place in special),
        comments={name: places[h] for name, h in mapping.comments.items() if h and places[h] not in dropped},
        dropped=dropped,
        health_kept=bool(policy_document),
    )


def _labels(
    mapping: Mapping, columns: Sequence[Column], special: dict[int, str], dropped: dict[int, str], kept: bool
) -> dict[str, int]:
    places = {column.heading: column.position for column in columns}
    labels = {name: places[h] for name, h in mapping.characteristics.items() if h}
    if kept:
        labels |= {label: place for place, label in special.items() if place not in labels.values()}
    return {label: place for label, place in labels.items() if place not in dropped}


def _special_places(mapping: Mapping, readings: Sequence[Reading], places: dict[str, int]) -> dict[int, str]:
    found = {each.column.position: each.label for each in readings if each.field == SPECIAL}
    known = special_categories()
    for label, heading in mapping.characteristics.items():
        if heading and (kind := known.get(plain_heading(label)) or known.get(plain_spelling(heading))):
            found[places[heading]] = kind
    return found


def _check_personal(mapping: Mapping, columns: Sequence[Column], file: str) -> None:
    kept = {heading for name, heading in mapping.columns.items() if name not in MAY_BE_PERSONAL}
    kept |= {*mapping.characteristics.values(), *mapping.comments.values()}
    for column in columns:
        if column.heading in kept and column.contents.kind == "personal":
            kind = column.contents.personal
            raise MappingFault(fault("personal_column", file, column=column.heading, kind=kind.lower()))


def _written(heading: str, headings: Sequence[str], name: str, source: str) -> str:
    if heading in headings:
        return heading
    plain = " ".join(heading.split())
    alike = [each for each in headings if each == plain] or [
        each for each in headings if plain_heading(each) == plain_heading(heading)
    ]
    if len(alike) != 1:
        shown = "; ".join(headings[:60]) + ("; …" if len(headings) > 60 else "")
        raise MappingFault(fault("no_such_heading", source, column=name, value=heading, headings=shown))
    return alike[0]
