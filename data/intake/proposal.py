"""The proposed mapping, line by line, and what the analyst should know of how a file was read."""

from __future__ import annotations

from data.columns.items import counted_as_other, is_item_field, item_label
from data.columns.recognition import COMMENT, PERSONAL, SPECIAL, Column
from data.columns.spellings import fields
from data.intake.examination import Examined, held_measures
from data.intake.facts import Proposed
from data.sources.items import not_kept

NOT_SHOWN = ("respondent", "household", "dob", COMMENT, PERSONAL, SPECIAL)  # fields whose values are never shown
SAMPLES = 3
FEW_VALUES = 12  # words of a column not used are shown only where they are few: others may be of persons
MOST_LISTED = 20  # headings in one note
LONGEST_SAMPLE = 40


def proposed_lines(seen: Examined) -> tuple[Proposed, ...]:
    """Every column in the file's order: what it is taken for, or that it is not used."""
    readings = {reading.column.position: reading for reading in seen.recognised.readings}
    mapped: dict[int, list[tuple[str, str]]] = {}
    titles = {measure.code: measure.title for measure in held_measures()}
    for key, position in seen.place.fields.items():
        label = item_label(key) if is_item_field(key) else titles.get(key) or fields()[key].label
        mapped.setdefault(position, []).append((key, label))
    for group, table in (("characteristics", seen.place.characteristics), (COMMENT, seen.place.comments)):
        for label, position in table.items():
            mapped.setdefault(position, []).append((group, label))
    lines = []
    for column in seen.columns:
        reading = readings.get(column.position)
        if column.position in seen.place.dropped:
            kind = reading.field if reading and reading.field in (PERSONAL, SPECIAL) else SPECIAL
            how = reading.how if reading else "your answer"
            lines.append(Proposed(kind, seen.place.dropped[column.position], column.heading, (), how, 1.0))
            continue
        for key, label in mapped.get(column.position, [("", "not used")]):
            by_reading = reading is not None and reading.field == key and column.heading not in seen.said.headings()
            how = reading.how if reading and by_reading else "your answer" if key else "not recognised"
            how = f"profile {seen.profile}" if how == "your answer" and seen.profile else how
            sure = reading.sure if reading and by_reading else 1.0 if key else 0.0
            lines.append(Proposed(key, label, column.heading, _samples(key, column), how, sure))
    return tuple(lines)


def _samples(key: str, column: Column) -> tuple[str, ...]:
    various = not key and column.contents.kind == "category" and column.contents.distinct > FEW_VALUES
    if key in NOT_SHOWN or column.contents.kind in ("personal", "text") or various:
        return ()
    return tuple(value[:LONGEST_SAMPLE] for value in column.contents.values[:SAMPLES])


def notes_of(seen: Examined) -> tuple[str, ...]:
    """What the analyst should know of how the file was read."""
    notes = list(seen.opened.notes)
    special = [seen.opened.headings[at] for at in seen.place.dropped if _is_special(seen, at)]
    personal = [seen.opened.headings[at] for at in seen.place.dropped if not _is_special(seen, at)]
    if personal:
        notes.append(f"Dropped at the door, because they hold personal details: {', '.join(personal)}.")
    if special:
        notes.append(
            f"Not kept, because they are special category data and no policy document is named: {', '.join(special)}."
        )
    settled = [code for code, meant in seen.read.answers.items() if _by_labels(meant.known)]
    if settled and seen.opened.codebooks and not seen.mapping.direction:
        sheets = ", ".join(f"'{book.sheet}'" for book in seen.opened.codebooks)
        notes.append(f"What the numbers mean was taken from sheet {sheets}: {', '.join(settled)}.")
    notes += _item_notes(seen)
    if "may_attribute" not in seen.place.fields:
        notes.append("No column says whether answers may be joined to the home: taken as No for everyone.")
    unused = [line.heading for line in proposed_lines(seen) if not line.field]
    if unused:
        more = f" and {len(unused) - MOST_LISTED} more" if len(unused) > MOST_LISTED else ""
        notes.append(f"Not used and not kept: {', '.join(unused[:MOST_LISTED])}{more}.")
    return tuple(notes)


def _item_notes(seen: Examined) -> list[str]:
    """What became of answers about being judged that are no option, or may not be kept."""
    notes = []
    for code, several in seen.read.items.several.items():
        if n := counted_as_other(several):
            notes.append(f"Answers to {code} that no option names, counted as another answer: {n:,}.")
    if unkept := not_kept(seen.place):
        titles = "; ".join(unkept)
        notes.append(f"Not kept, because it speaks of health and no policy document is named: {titles}.")
    return notes


def _by_labels(known: dict[str, int | None]) -> bool:
    return any(value.strip().isdigit() for value in known)


def _is_special(seen: Examined, position: int) -> bool:
    return not any(
        reading.field == PERSONAL and reading.column.position == position for reading in seen.recognised.readings
    )
