"""The proposed mapping of a file of records, line by line, and what the analyst should know of how it was read."""

from __future__ import annotations

from collections.abc import Mapping

from data.columns.recognition import PERSONAL, SPECIAL, Column
from data.intake.facts import Proposed
from data.intake.proposal import FEW_VALUES, LONGEST_SAMPLE, MOST_LISTED, SAMPLES
from data.intake.records import ExaminedRecords, sheet_kept

NEVER_SHOWN = ("id", "text", "words", "dob", "presence", "address")  # fields whose values are not shown
COLOURED = ("rag", "rag status", "status", "colour", "color", "traffic light", "rag rating")


def record_lines(seen: ExaminedRecords) -> tuple[Proposed, ...]:
    """Every column in the file's order: what it is taken for, or that it is not used."""
    mapped = {position: name for name, position in (*seen.place.fields.items(), *seen.place.presence.items())}
    labels = {position: label for label, position in seen.place.characteristics.items()}
    readings = {reading.column.position: reading for reading in seen.recognised.readings}
    lines = []
    for column in seen.columns:
        at, reading = column.position, readings.get(column.position)
        if at in seen.place.dropped:
            kind = reading.field if reading and reading.field in (PERSONAL, SPECIAL) else SPECIAL
            how = reading.how if reading else "your answer"
            lines.append(Proposed(kind, seen.place.dropped[at], column.heading, (), how, 1.0))
        elif at in labels:
            lines.append(
                Proposed("characteristics", labels[at], column.heading, _samples("", column), "usual heading", 1.0)
            )
        else:
            lines.append(_line(seen, column, mapped.get(at, "")))
    return tuple(lines)


def _line(seen: ExaminedRecords, column: Column, name: str) -> Proposed:
    reading = next((each for each in seen.recognised.readings if each.column.position == column.position), None)
    by_reading = reading is not None and reading.field == name and column.heading not in seen.said.headings()
    how = reading.how if reading and by_reading else "your answer" if name else "not recognised"
    how = f"profile {seen.profile}" if how == "your answer" and seen.profile else how
    sure = reading.sure if reading and by_reading else 1.0 if name else 0.0
    label = seen.of.field_of(name).label if name else "not used"
    holds = seen.of.field_of(name).holds if name else ""
    return Proposed(name, label, column.heading, _samples(holds, column), how, sure)


def _samples(holds: str, column: Column) -> tuple[str, ...]:
    various = not holds and column.contents.kind == "category" and column.contents.distinct > FEW_VALUES
    if holds in NEVER_SHOWN or column.contents.kind in ("personal", "text") or various:
        return ()
    return tuple(value[:LONGEST_SAMPLE] for value in column.contents.values[:SAMPLES])


def record_notes(seen: ExaminedRecords, left_out: Mapping[str, int] | None = None) -> tuple[str, ...]:
    """What the analyst should know of how the file was read."""
    notes = [note for note in seen.opened.notes if note]
    if (place := sheet_kept(seen)) != seen.opened.sheet:
        notes = [note.replace(f"'{seen.opened.sheet}'", f"'{place}'") for note in notes]
    special = {reading.column.position for reading in seen.recognised.readings if reading.field == SPECIAL}
    personal = [seen.opened.headings[at] for at in seen.place.dropped if at not in special]
    unkept = [seen.opened.headings[at] for at in seen.place.dropped if at in special]
    if personal:
        notes.append(f"Dropped at the door, because they hold personal details: {', '.join(personal)}.")
    if unkept:
        why = "no policy document is named" if seen.of.special else "files of this kind do not need them"
        notes.append(f"Not kept, because they are special category data and {why}: {', '.join(unkept)}.")
    if seen.place.presence:
        named = ", ".join(seen.opened.headings[at] for at in seen.place.presence.values())
        notes.append(f"Only whether a cell is filled is kept, never what it says: {named}.")
    if continued := (left_out or {}).get("continued_row"):
        notes.append(f"{continued:,} rows only carried on the notes of the row above; their words are kept with it.")
    notes += _colours(seen)
    unused = [line.heading for line in record_lines(seen) if not line.field]
    if unused:
        more = f" and {len(unused) - MOST_LISTED} more" if len(unused) > MOST_LISTED else ""
        notes.append(f"Not used and not kept: {', '.join(unused[:MOST_LISTED])}{more}.")
    return tuple(notes)


def _colours(seen: ExaminedRecords) -> list[str]:
    """A column of states without words in a workbook: its cells are coloured, and colours are not read."""
    if seen.opened.kind != "xlsx":
        return []
    bare = [each.heading for each in seen.columns if each.contents.kind == "empty" and set(each.said) & set(COLOURED)]
    why = "holds no words: where its cells are coloured, the colours are not read. Write the state in words or dates"
    return [f"'{heading}' {why}." for heading in bare]
