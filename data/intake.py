"""Take a file in: read, map, ask, check; what comes out is ready to publish."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from analysis.model import Ask, Measure, Problem
from data import checks
from data.columns import profiles
from data.columns.contents import contents_of
from data.columns.faults import IntakeError, MappingFault, Unanswered, UnreadableFile
from data.columns.mapping import Mapping, read_mapping
from data.columns.questions import Understood, questions, repeated, understood
from data.columns.recognition import COMMENT, PERSONAL, SPECIAL, Column, Recognised, recognise
from data.columns.resolution import Resolved, proposed_mapping, resolved, with_headings_of
from data.columns.spellings import fields
from data.registers import measures, reporting_year_of, reporting_years
from data.sources.files import Loaded, Opened, load, open_file
from data.sources.survey import forget_workings, incoming_tables, repeated_differently, stage, values_of

__all__ = [
    "FileFacts", "Incoming", "IntakeError", "Mapping", "MappingFault", "Proposal", "Proposed", "Unanswered",
    "UnreadableFile", "look", "read_mapping", "take_in",
]  # fmt: skip

MEMORY = "1500MB"  # for the working tables; beyond it they go to a temporary folder, removed with the intake
NOT_SHOWN = ("respondent", "household", "dob", COMMENT, PERSONAL, SPECIAL)  # fields whose values are never shown
SAMPLES = 3
MOST_LISTED = 20  # headings in one note
LONGEST_SAMPLE = 40

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Proposed:
    """One line of the proposed mapping: what a column is taken for, why, and how sure (0 to 1)."""

    field: str  # "TP01", "estate", "characteristics", "comments", "personal", "special", "" (not used)
    label: str  # what a person calls it
    heading: str
    samples: tuple[str, ...]  # three values; never of a personal column
    how: str
    sure: float


@dataclass(frozen=True)
class FileFacts:
    """What made an intake: the file, how it was read, what went in and what was left out, and the mapping used."""

    name: str
    sha256: str
    kind: str  # "csv" or "xlsx"
    bytes: int
    encoding: str
    sheet: str
    header_row: int
    profile: str
    rows_in: int
    rows_kept: int
    left_out: dict[str, int]  # by rule: rows_in == rows_kept + the sum of these
    headings: tuple[str, ...]
    dropped: dict[str, int]  # headings dropped at the door, with how many of their cells were filled
    mapping: dict[str, Any]  # as an answers file
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """What a file looks like and how it would be read: shown to the analyst before anything is kept."""

    name: str
    sha256: str
    kind: str
    bytes: int
    encoding: str
    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    rows: int
    headings: tuple[str, ...]
    profile: str
    mapping: Mapping
    proposed: tuple[Proposed, ...]
    asks: tuple[Ask, ...]
    problems: tuple[Problem, ...]  # those that stop the file
    notes: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing is left to ask and nothing stops the file."""
        return not self.asks and not self.problems


@dataclass(frozen=True)
class Incoming:
    """A file taken in: a working connection holding the incoming tables, and its facts. Close it when published."""

    connection: duckdb.DuckDBPyConnection
    file: FileFacts
    scores: dict[str, float]
    folder: TemporaryDirectory[str] = field(repr=False)

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def sha256(self) -> str:
        return self.file.sha256

    @property
    def facts(self) -> dict[str, Any]:
        return asdict(self.file)

    def close(self) -> None:
        """End the connection and remove its temporary folder."""
        self.connection.close()
        self.folder.cleanup()


@dataclass(frozen=True)
class _Examined:
    """A file opened, mapped and loaded, with what its values mean and what is still open."""

    opened: Opened
    columns: tuple[Column, ...]
    recognised: Recognised
    said: Mapping  # by the answers or a profile, without what was only recognised
    mapping: Mapping
    place: Resolved
    profile: str
    loaded: Loaded
    values: dict[str, dict[str, int]]
    read: Understood
    asks: tuple[Ask, ...]
    problems: tuple[Problem, ...]


def look(
    path: Path,
    home: Path | None = None,
    *,
    name: str = "",
    profile: str = "",
    answers: Mapping | None = None,
    policy_document: str = "",
) -> Proposal:
    """What a survey file is and how it would be read, with everything that is still to be asked.

    ``home`` holds the remembered profiles; ``name`` is the file's own name where the path is a temporary one. Raises
    UnreadableFile where the file cannot be opened as a table, MappingFault where answers or profile do not fit it.
    """
    with ExitStack() as stack:
        con, folder = _working_connection()
        stack.callback(folder.cleanup)
        stack.callback(con.close)
        seen = _examine(path, con, stack, home, name, profile, answers or Mapping(), policy_document)
    opened = seen.opened
    return Proposal(
        name=opened.name,
        sha256=opened.sha256,
        kind=opened.kind,
        bytes=opened.bytes,
        encoding=opened.encoding,
        sheet=opened.sheet,
        sheets=opened.sheets,
        header_row=opened.header.row,
        rows=seen.loaded.rows_in,
        headings=opened.headings,
        profile=seen.profile,
        mapping=seen.mapping,
        proposed=_proposed(seen),
        asks=seen.asks,
        problems=seen.problems,
        notes=_notes(seen),
    )


def take_in(
    path: Path,
    mapping: Mapping | None = None,
    home: Path | None = None,
    *,
    name: str = "",
    profile: str = "",
    policy_document: str = "",
    progress: Progress | None = None,
) -> Incoming:
    """The file as incoming tables, with every problem listed in them.

    What ``mapping`` leaves open is taken from the profile and from recognition. Raises Unanswered where something is
    still to be asked, UnreadableFile, MappingFault or IntakeError where the file cannot be taken in; then nothing is
    left behind.
    """
    told = progress or _silent
    con, folder = _working_connection()
    try:
        with ExitStack() as stack:
            told(0.0, "Reading the file")
            seen = _examine(path, con, stack, home, name, profile, mapping or Mapping(), policy_document)
        if seen.problems:
            raise IntakeError(*seen.problems)
        if seen.asks:
            raise Unanswered(seen.asks)
        return _taken(con, folder, seen, told)
    except BaseException:
        con.close()
        folder.cleanup()
        raise


def _taken(
    con: duckdb.DuckDBPyConnection, folder: TemporaryDirectory[str], seen: _Examined, told: Progress
) -> Incoming:
    told(0.5, "Reading every answer")
    wave = _wave_name(seen)
    stage(con, seen.place, seen.mapping, seen.read, wave)
    told(0.7, "Checking every row")
    checks.prepare(con, seen.loaded.problems)
    checks.check(con, seen.opened.name, seen.place, seen.mapping, seen.read, seen.values)
    told(0.9, "Putting the tables together")
    waves = [
        row[0] for row in con.execute("select distinct wave from staged where wave is not null order by 1").fetchall()
    ]
    incoming_tables(con, seen.place, seen.mapping, waves)
    _check_dated(con, seen)
    facts = _facts(con, seen)
    scores = checks.score(con)
    forget_workings(con)
    told(1.0, "Ready to publish")
    return Incoming(con, facts, scores, folder)


# ── Looking ──────────────────────────────────────────────────────────────────────────────────────


def _examine(
    path: Path,
    con: duckdb.DuckDBPyConnection,
    stack: ExitStack,
    home: Path | None,
    name: str,
    profile: str,
    answers: Mapping,
    policy_document: str,
) -> _Examined:
    remembered = profiles.named(home, profile) if home and profile else Mapping()
    sheet, header_row = answers.sheet or remembered.sheet, answers.header_row or remembered.header_row
    opened = open_file(path, stack, _measures_named, name, sheet, header_row)
    columns = _columns(opened)
    if home and not profile and (profile := profiles.matching(home, opened.headings)):
        remembered = profiles.named(home, profile)
    said = with_headings_of(answers, opened.headings, "the answers").over(
        with_headings_of(remembered, opened.headings, f"profile {profile}")
    )
    recognised = recognise(columns, _measures())
    mapping = replace(said.over(proposed_mapping(recognised)), sheet=opened.sheet, header_row=opened.header.row)
    mapping = _without_ignored(mapping)
    place = resolved(mapping, columns, recognised, opened.name, policy_document)
    loaded = load(opened, con, place.used, sorted(place.dropped))
    values = values_of(con, place)
    read = understood(values, mapping, place, opened.codebooks, opened.header.wordings)
    asks = (
        *_sheet_asked(opened, said),
        *questions(read, values, mapping, place, recognised),
        *repeated(repeated_differently(con, place, mapping), mapping),
    )
    problems = checks.file_problems(place, opened.name)
    return _Examined(opened, columns, recognised, said, mapping, place, profile, loaded, values, read, asks, problems)


def _columns(opened: Opened) -> tuple[Column, ...]:
    wordings = opened.header.wordings or ("",) * len(opened.headings)
    cells = zip(*(_fitted(row, len(opened.headings)) for row in opened.sample), strict=True)
    return tuple(
        Column(position, heading, wording, contents_of(column))
        for position, (heading, wording, column) in enumerate(zip(opened.headings, wordings, cells, strict=True))
    )


def _fitted(row: Sequence[str], width: int) -> tuple[str, ...]:
    return tuple((*row, *[""] * width)[:width])


def _measures() -> tuple[Measure, ...]:
    return measures(reporting_years()[-1])


def _measures_named(headings: Sequence[str]) -> int:
    """How many measures these headings name, whatever stands under them."""
    columns = [Column(place, heading, "", contents_of(())) for place, heading in enumerate(headings)]
    return sum(reading.field.startswith("TP") for reading in recognise(columns, _measures()).readings)


def _without_ignored(mapping: Mapping) -> Mapping:
    def kept(table: dict[str, str]) -> dict[str, str]:
        return {key: heading for key, heading in table.items() if heading not in mapping.ignore}

    return replace(
        mapping,
        columns=kept(mapping.columns),
        characteristics=kept(mapping.characteristics),
        comments=kept(mapping.comments),
    )


def _sheet_asked(opened: Opened, said: Mapping) -> tuple[Ask, ...]:
    if said.sheet or not opened.rival_sheets:
        return ()
    why = "More than one sheet holds rows under headings, and they do not hold the same."
    return (Ask("sheet", "Which sheet holds the answers?", why, (opened.sheet, *opened.rival_sheets)),)


def _proposed(seen: _Examined) -> tuple[Proposed, ...]:
    """Every column in the file's order: what it is taken for, or that it is not used."""
    readings = {reading.column.position: reading for reading in seen.recognised.readings}
    mapped: dict[int, list[tuple[str, str]]] = {}
    titles = {measure.code: measure.title for measure in _measures()}
    for key, position in seen.place.fields.items():
        mapped.setdefault(position, []).append((key, titles.get(key) or fields()[key].label))
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
    if key in NOT_SHOWN or column.contents.kind in ("personal", "text"):
        return ()
    return tuple(value[:LONGEST_SAMPLE] for value in column.contents.values[:SAMPLES])


def _notes(seen: _Examined) -> tuple[str, ...]:
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
    if "may_attribute" not in seen.place.fields:
        notes.append("No column says whether answers may be joined to the home: taken as No for everyone.")
    unused = [line.heading for line in _proposed(seen) if not line.field]
    if unused:
        more = f" and {len(unused) - MOST_LISTED} more" if len(unused) > MOST_LISTED else ""
        notes.append(f"Not used and not kept: {', '.join(unused[:MOST_LISTED])}{more}.")
    return tuple(notes)


def _by_labels(known: dict[str, int | None]) -> bool:
    return any(value.strip().isdigit() for value in known)


def _is_special(seen: _Examined, position: int) -> bool:
    return not any(
        reading.field == PERSONAL and reading.column.position == position for reading in seen.recognised.readings
    )


# ── Taking in ────────────────────────────────────────────────────────────────────────────────────


def _working_connection() -> tuple[duckdb.DuckDBPyConnection, TemporaryDirectory[str]]:
    """A working database of its own, in memory; extensions are never fetched."""
    folder = TemporaryDirectory(prefix="tenant-voice-")
    con = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": MEMORY,
            "temp_directory": folder.name,
            "preserve_insertion_order": "true",  # row numbers are read off the order
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )
    return con, folder


def _wave_name(seen: _Examined) -> str:
    """The wave's name: as given, else the reporting year its dates lie in."""
    if seen.mapping.wave.name:
        return seen.mapping.wave.name
    if seen.mapping.wave.fieldwork:
        return reporting_year_of(date.fromisoformat(seen.mapping.wave.fieldwork[1]))
    days = seen.read.days.get("date", {}).values()
    return reporting_year_of(max(days)) if days else ""


def _check_dated(con: duckdb.DuckDBPyConnection, seen: _Examined) -> None:
    undated = con.execute("select name from waves where fieldwork_to is null order by 1").fetchall()
    if undated:
        why = "None of its responses has a date."
        raise Unanswered(
            tuple(
                Ask(f"waves.{name}.fieldwork", f"When was the fieldwork of wave '{name}'?", why) for (name,) in undated
            )
        )


def _facts(con: duckdb.DuckDBPyConnection, seen: _Examined) -> FileFacts:
    opened = seen.opened
    kept = con.execute("select count(*) from responses").fetchall()[0][0]
    return FileFacts(
        name=opened.name,
        sha256=opened.sha256,
        kind=opened.kind,
        bytes=opened.bytes,
        encoding=opened.encoding,
        sheet=opened.sheet,
        header_row=opened.header.row,
        profile=seen.profile,
        rows_in=seen.loaded.rows_in,
        rows_kept=int(kept),
        left_out={**seen.loaded.left_out, **checks.left_out(con)},
        headings=opened.headings,
        dropped={opened.headings[place]: count for place, count in seen.loaded.dropped_cells.items()},
        mapping=seen.mapping.to_json(),
        notes=_notes(seen),
    )


def _silent(share: float, what: str) -> None:
    """Nobody is watching."""
