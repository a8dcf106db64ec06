"""Which column of a file of records is which field: by usual heading, in the register's order of choice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from analysis.model import Ask, Problem
from data.columns.faults import MappingFault, fault
from data.columns.kinds import EVERY_SHEET, PERSONAL_MAY_BE, RECORDS, Kind, RecordField, kind
from data.columns.mapping import NONE_OF_THESE, Mapping
from data.columns.recognition import (
    BY_CODE,
    BY_HEADING,
    PERSONAL,
    SPECIAL,
    Column,
    Reading,
    Recognised,
)
from data.columns.resolution import Resolved
from data.columns.spellings import EVERY, characteristics, personal_headings, plain_heading, special_categories

NUMBERS_MAY_BE = ("Phone", "IP address", "National Insurance number")  # what padded references look like
NOT_DATES = ("yes_no", "scale")


def recognise_records(columns: Sequence[Column], of: Kind) -> Recognised:
    """What each column is, as a record of this kind; a field goes to one column only.

    Columns as good as each other for a field are its rivals; those under a heading that may say something else (a
    system's own date of creation) are its candidates. Both are asked about.
    """
    chosen: dict[str, Reading] = {}
    rivals: dict[str, tuple[Reading, ...]] = {}
    taken: set[int] = set()
    for _, name, column in sorted(_claims(columns, of), key=lambda claim: claim[0]):
        if column.position in taken:
            continue
        if name in chosen:
            if _place(of.field_of(name), column) == _place(of.field_of(name), chosen[name].column):
                rivals[name] = (*rivals.get(name, (chosen[name],)), _reading(of.field_of(name), column))
            continue
        chosen[name] = _reading(of.field_of(name), column)
        taken.add(column.position)
    taken |= {reading.column.position for several in rivals.values() for reading in several}
    readings = [reading for name, reading in chosen.items() if name not in rivals]
    left = [column for column in columns if column.position not in taken]
    sensitive = [reading for column in left if (reading := _sensitive(column))]
    hidden = {reading.column.position for reading in sensitive}
    free = [column for column in left if column.position not in hidden and not _the_systems(column, of)]
    open_fields = [each for each in of.fields if each.key not in chosen]
    candidates = {each.key: found for each in open_fields if (found := _asked_about(each, free))}
    readings = [*readings, *sensitive]
    return Recognised(tuple(sorted(readings, key=lambda each: each.column.position)), rivals, candidates)


def _claims(columns: Sequence[Column], of: Kind) -> Iterable[tuple[tuple[bool, int, int], str, Column]]:
    """Every (rank, field, column) that could be; a filled column goes before an empty one."""
    for column in columns:
        if _the_systems(column, of):
            continue
        for number, each in enumerate(of.fields):
            place = _place(each, column)
            if place is not None and _may_hold(each, column) and not set(column.said) & set(each.asked):
                yield (column.contents.kind == "empty", place, number), each.key, column


def _place(each: RecordField, column: Column) -> int | None:
    return min((each.order[said] for said in column.said if said in each.order), default=None)


def _reading(each: RecordField, column: Column) -> Reading:
    return Reading(column, each.key, each.label, "usual heading", BY_HEADING)


def _the_systems(column: Column, of: Kind) -> bool:
    """Whether the heading marks a column as the exporting system's own."""
    return any(re.fullmatch(pattern, column.heading.strip().casefold()) for pattern in of.ignore)


def _asked_about(each: RecordField, free: Sequence[Column]) -> tuple[Column, ...]:
    return tuple(column for column in free if set(column.said) & set(each.asked) and _may_hold(each, column))


def _may_hold(each: RecordField, column: Column) -> bool:
    contents = column.contents
    if contents.kind == "personal":
        kept = each.holds in PERSONAL_MAY_BE
        return kept and not (each.holds == "id" and contents.personal not in NUMBERS_MAY_BE)
    if each.holds in ("date", "dob"):
        return (contents.kind not in NOT_DATES and not set(contents.values) <= {"0", "1"}) or contents.kind == "empty"
    if each.holds == "number":
        return contents.kind in ("number", "category", "empty")
    return not (each.holds in ("id", "choice", "yes_no", "tenure", "age_band") and contents.kind == "text")


def _sensitive(column: Column) -> Reading | None:
    """A column of personal details or of a special category, by its heading or what it holds."""
    for said in column.said:
        if label := special_categories().get(said) or _within(said):
            return Reading(column, SPECIAL, label, "usual heading", BY_HEADING)
        for pattern, what in personal_headings():
            if pattern.fullmatch(said):
                return Reading(column, PERSONAL, what, "usual heading", BY_HEADING)
    if column.contents.kind == "personal":
        return Reading(column, PERSONAL, column.contents.personal, "what the cells hold", BY_CODE)
    return None


def _within(said: str) -> str | None:
    held = special_categories()
    found = [each for each in held if len(each) >= 7 and re.search(rf"\b{re.escape(each)}\b", said)]
    return held[max(found, key=len)] if found else None


# ── Which kind of file it is ─────────────────────────────────────────────────────────────────────


def likeness(columns: Sequence[Column], of: Kind) -> float:
    """How much a file's columns are those of this kind: a point a field, another for those that tell it from others
    and more for those that only it has, half a point for a heading that is the first of its field's.

    A file without a field the kind cannot do without, or that might be it, is worth half.
    """
    filled = [column for column in columns if column.contents.kind != "empty"] or columns
    recognised = recognise_records(filled, of)
    columns_of = {each.field: each.column for each in recognised.readings}
    found = columns_of.keys() | recognised.rivals.keys() | recognised.candidates.keys()
    points = sum(1.0 + (each.key in of.signs) + 2.0 * (each.key in of.tells) for each in of.fields if each.key in found)
    points += sum(0.5 for each in of.fields if each.key in columns_of and _place(each, columns_of[each.key]) == 0)
    whole = set(of.required) <= found and all(found & set(several) for several in of.one_of)
    return points if whole else points / 2


def kind_like(columns: Sequence[Column]) -> tuple[str, float]:
    """The kind of record the columns are most like, and how sure from 0 to 1; ("", 0.0) where they are like none."""
    points = sorted(((likeness(columns, kind(key)), key) for key in RECORDS), reverse=True)
    (best, key), (second, _) = points[0], points[1]
    if best < 2:
        return "", 0.0
    return key, round(min(1.0, best / 4) * best / (best + second), 2)


# ── A mapping resolved ───────────────────────────────────────────────────────────────────────────


def resolved_records(
    mapping: Mapping, columns: Sequence[Column], recognised: Recognised, of: Kind, file: str, policy_document: str = ""
) -> Resolved:
    """Each field's position. Personal details are dropped, and special categories unless a policy document is named
    and the kind may keep them. Raises MappingFault where a personal column is mapped to a field that would keep it."""
    at = {column.heading: column for column in columns}
    special = {each.column.position: each.label for each in recognised.readings if each.field == SPECIAL}
    special |= _said_special(mapping, at)
    dropped = {each.column.position: each.label for each in recognised.readings if each.field == PERSONAL}
    kept_special = bool(policy_document) and of.special
    if not kept_special:
        dropped |= special
    mapped = {at[heading].position for heading in mapping.columns.values() if heading}
    dropped = {place: what for place, what in dropped.items() if place not in mapped}
    fields, presence = _fields(mapping, at, of, file)
    labels = {name: at[h].position for name, h in mapping.characteristics.items() if h and of.special}
    if kept_special:
        labels |= {label: place for place, label in special.items() if place not in labels.values()}
    labels = {label: place for label, place in labels.items() if place not in dropped}
    return Resolved(
        headings=tuple(column.heading for column in columns),
        fields=fields,
        characteristics=labels,
        special=frozenset(label for label, place in labels.items() if place in special),
        dropped=dropped,
        presence=presence,
    )


def _fields(mapping: Mapping, at: dict[str, Column], of: Kind, file: str) -> tuple[dict[str, int], dict[str, int]]:
    fields: dict[str, int] = {}
    presence: dict[str, int] = {}
    for name, heading in mapping.columns.items():
        if not heading:
            continue
        held, column = of.field_of(name), at[heading]
        if held.holds == "presence" and column.contents.kind != "yes_no":
            presence[name] = column.position
            continue
        if column.contents.kind == "personal" and not _may_hold(held, column):
            what = column.contents.personal.lower()
            raise MappingFault(fault("personal_column", file, column=heading, kind=what))
        fields[name] = column.position
    return fields, presence


def _said_special(mapping: Mapping, at: dict[str, Column]) -> dict[int, str]:
    known = special_categories()
    said = ((label, heading) for label, heading in mapping.characteristics.items() if heading)
    return {
        at[heading].position: what
        for label, heading in said
        if (what := known.get(plain_heading(label)) or known.get(plain_heading(heading)))
    }


def characteristics_of(columns: Sequence[Column], recognised: Recognised, of: Kind) -> dict[str, str]:
    """Characteristics of people that are kept when found, under their label; none where the kind keeps none."""
    taken = {reading.column.position for reading in recognised.readings}
    found: dict[str, str] = {}
    for column in columns if of.special else ():
        label = next((characteristics()[said] for said in column.said if said in characteristics()), "")
        if label and column.position not in taken:
            found.setdefault(label, column.heading)
    return found


# ── What is still open ───────────────────────────────────────────────────────────────────────────


def column_questions(recognised: Recognised, mapping: Mapping, of: Kind, columns: Sequence[Column]) -> tuple[Ask, ...]:
    """Which column is a field that several may be, or that none is for certain and the kind cannot do without."""
    taken = set(mapping.headings())
    asks = []
    for name, readings in recognised.rivals.items():
        free = [reading.column.heading for reading in readings if reading.column.heading not in taken]
        if name not in mapping.columns and len(free) > 1:
            asks.append(_ask(of, name, "Several columns could be it.", free))
    for name, found in recognised.candidates.items():
        free = [column.heading for column in found if column.heading not in taken]
        if name not in mapping.columns and free:
            asks.append(_ask(of, name, "The heading may be the system's own date, which is not always the same.", free))
    asked = {ask.key for ask in asks}
    for name in _wanting(of, mapping):
        if f"columns.{name}" not in asked and name not in mapping.columns:
            may_be = _free(of.field_of(name), recognised, columns, taken, of)
            asks.append(_ask(of, name, "Without it these records cannot be used.", may_be))
    return tuple(asks)


def missing_fields(mapping: Mapping, of: Kind, file: str) -> tuple[Problem, ...]:
    """What stops the whole file: a field the kind cannot do without that the analyst says the file does not have."""
    said_none = [name for name in _wanting(of, mapping) if mapping.columns.get(name) == ""]
    return tuple(fault("no_field", file, column=of.field_of(name).label, key=name) for name in said_none)


def _wanting(of: Kind, mapping: Mapping) -> list[str]:
    """The fields the kind cannot do without that have no column."""
    have = {name for name, heading in mapping.columns.items() if heading}
    if EVERY in mapping.values.get("tenure", {}):
        have.add("tenure")
    alone = [name for name in of.required if name not in have]
    return alone + [several[0] for several in of.one_of if not have & set(several) and several[0] not in alone]


def _free(held: RecordField, recognised: Recognised, columns: Sequence[Column], taken: set[str], of: Kind) -> list[str]:
    hidden = {each.column.position for each in recognised.readings if each.field in (PERSONAL, SPECIAL)}
    may = [each for each in columns if each.position not in hidden and each.heading not in taken]
    return [each.heading for each in may if _may_hold(held, each) and not _the_systems(each, of)]


def _ask(of: Kind, name: str, why: str, headings: Sequence[str]) -> Ask:
    label = of.field_of(name).label
    return Ask(f"columns.{name}", f"Which column is '{label}'?", why, (*headings, NONE_OF_THESE))


def sheet_question(sheets: Sequence[str]) -> Ask:
    """Which of several sheets with the same headings is read, or whether all are."""
    why = "More than one sheet holds rows under headings like these. * reads all that have the same headings."
    return Ask("sheet", "Which sheet holds the records, or do all of them?", why, (EVERY_SHEET, *sheets))
