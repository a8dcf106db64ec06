"""Take a file in: read, map, ask, check; what comes out is ready to publish."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from analysis.model import Ask
from data import checks
from data.attribution import Derived, derive
from data.columns.faults import IntakeError, MappingFault, Unanswered, UnreadableFile, fault
from data.columns.kinds import SURVEY, kind
from data.columns.mapping import Mapping, read_mapping
from data.intake.examination import Examined, examine
from data.intake.facts import FileFacts, Incoming, Proposal, Proposed
from data.intake.proposal import notes_of, proposed_lines
from data.intake.record_proposal import record_lines, record_notes
from data.intake.records import (
    ExaminedRecords,
    examine_records,
    mapping_kept,
    recognised_kind,
    records_taken,
    sheet_kept,
)
from data.merging import Confirmed
from data.registers import reporting_year_of
from data.sources.files import Opened
from data.sources.incoming import forget_workings, incoming_tables
from data.sources.items import stage_items
from data.sources.survey import stage

__all__ = [
    "FileFacts", "Incoming", "IntakeError", "Mapping", "MappingFault", "Proposal", "Proposed", "Unanswered",
    "UnreadableFile", "kind_of", "look", "read_mapping", "take_in",
]  # fmt: skip

MEMORY = "1500MB"  # for the working tables; beyond it they go to a temporary folder, removed with the intake

Progress = Callable[[float, str], None]


def kind_of(path: Path, name: str = "", home: Path | None = None) -> tuple[str, float]:
    """Which kind of file this looks like and how sure, from 0 to 1; a remembered mapping of its headings settles it.

    Raises UnreadableFile where it is not a table.
    """
    return recognised_kind(path, name, home)


def look(
    path: Path,
    home: Path | None = None,
    *,
    holds: str = SURVEY,
    name: str = "",
    profile: str = "",
    answers: Mapping | None = None,
    policy_document: str = "",
) -> Proposal:
    """What a file is and how it would be read, with everything that is still to be asked.

    ``holds`` is the kind of file; ``home`` holds the remembered profiles; ``name`` is the file's own name where the
    path is a temporary one. Raises UnreadableFile where the file cannot be opened as a table, MappingFault where
    answers or profile do not fit it, ValueError for a kind there is none of.
    """
    with ExitStack() as stack:
        con, folder = _working_connection()
        stack.callback(folder.cleanup)
        stack.callback(con.close)
        seen = _examined(path, con, stack, home, holds, name, profile, answers or Mapping(), policy_document)
        shown = _shown(seen)
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
        proposed=shown[0],
        asks=seen.asks,
        problems=seen.problems,
        notes=shown[1],
        holds=holds,
    )


def take_in(
    path: Path,
    mapping: Mapping | None = None,
    home: Path | None = None,
    *,
    holds: str = SURVEY,
    name: str = "",
    profile: str = "",
    policy_document: str = "",
    progress: Progress | None = None,
    today: date | None = None,
    generation: Path | None = None,
    confirmed: Confirmed | None = None,
) -> Incoming:
    """The file as incoming tables, with every problem listed in them.

    What ``mapping`` leaves open is taken from the profile and from recognition; ``today`` is the day after which dates
    of records lie in the future. From the ``generation`` held a survey's estates, tenures and bands are derived before
    references are discarded, with what a person ``confirmed`` of names and references. Raises Unanswered where
    something is still to be asked, UnreadableFile, MappingFault or IntakeError where the file cannot be taken in; then
    nothing is left behind.
    """
    told = progress or _silent
    con, folder = _working_connection()
    try:
        with ExitStack() as stack:
            told(0.0, "Reading the file")
            seen = _examined(path, con, stack, home, holds, name, profile, mapping or Mapping(), policy_document)
        if seen.problems:
            raise IntakeError(*seen.problems)
        if seen.asks:
            raise Unanswered(seen.asks)
        if isinstance(seen, Examined):
            return _taken(con, folder, seen, told, generation, confirmed)
        return _records_taken(con, folder, seen, today or datetime.now().astimezone().date(), told)
    except BaseException:
        con.close()
        folder.cleanup()
        raise


def _examined(
    path: Path,
    con: duckdb.DuckDBPyConnection,
    stack: ExitStack,
    home: Path | None,
    holds: str,
    name: str,
    profile: str,
    answers: Mapping,
    policy_document: str,
) -> Examined | ExaminedRecords:
    if holds == SURVEY:
        return examine(path, con, stack, home, name, profile, answers, policy_document)
    return examine_records(path, con, stack, kind(holds), home, name, profile, answers, policy_document)


def _shown(seen: Examined | ExaminedRecords) -> tuple[tuple[Proposed, ...], tuple[str, ...]]:
    """The proposed mapping line by line, and the notes."""
    if isinstance(seen, Examined):
        return proposed_lines(seen), notes_of(seen)
    return record_lines(seen), record_notes(seen)


def _records_taken(
    con: duckdb.DuckDBPyConnection, folder: TemporaryDirectory[str], seen: ExaminedRecords, today: date, told: Progress
) -> Incoming:
    dropped = seen.loaded.dropped_cells
    kept, left_out, scores = records_taken(con, seen, today, told)
    facts = FileFacts(
        **_facts_of(seen.opened) | {"sheet": sheet_kept(seen)},
        profile=seen.profile,
        rows_in=seen.loaded.rows_in,
        rows_kept=kept,
        left_out=left_out,
        dropped={seen.opened.headings[place]: count for place, count in dropped.items()},
        mapping=mapping_kept(seen).to_json(),
        notes=record_notes(seen, left_out),
        holds=seen.of.key,
    )
    told(1.0, "Ready to publish")
    return Incoming(con, facts, scores, folder)


def _taken(
    con: duckdb.DuckDBPyConnection,
    folder: TemporaryDirectory[str],
    seen: Examined,
    told: Progress,
    generation: Path | None,
    confirmed: Confirmed | None,
) -> Incoming:
    told(0.5, "Reading every answer")
    wave = _wave_name(seen)
    stage(con, seen.place, seen.mapping, seen.read, wave)
    stage_items(con, seen.place, seen.read.items)
    known = derive(con, generation, confirmed) if generation and "household" in seen.place.fields else Derived()
    told(0.7, "Checking every row")
    checks.prepare(con, seen.loaded.problems)
    checks.check(con, seen.opened.name, seen.place, seen.mapping, seen.read, seen.values)
    told(0.9, "Putting the tables together")
    waves = con.execute("select distinct wave from staged anti join held using (row) order by 1").fetchall()
    if not waves:
        raise IntakeError(fault("nothing_kept", seen.opened.name), *checks.listed(con, seen.opened.name))
    incoming_tables(con, seen.place, seen.mapping, [wave for (wave,) in waves], known)
    _check_dated(con)
    facts = _facts(con, seen, known)
    scores = checks.score(con)
    forget_workings(con)
    told(1.0, "Ready to publish")
    return Incoming(con, facts, scores, folder)


# ── Taking in ───────────────────────────────────────────────────────────────────────────────────


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


def _wave_name(seen: Examined) -> str:
    """The wave's name: as given, else the reporting year its dates lie in."""
    if seen.mapping.wave.name:
        return seen.mapping.wave.name
    if seen.mapping.wave.fieldwork:
        return reporting_year_of(date.fromisoformat(seen.mapping.wave.fieldwork[1]))
    days = seen.read.days.get("date", {}).values()
    return reporting_year_of(max(days)) if days else ""


def _check_dated(con: duckdb.DuckDBPyConnection) -> None:
    undated = con.execute("select name from waves where fieldwork_to is null order by 1").fetchall()
    if undated:
        why = "None of its responses has a date."
        raise Unanswered(
            tuple(
                Ask(f"waves.{name}.fieldwork", f"When was the fieldwork of wave '{name}'?", why) for (name,) in undated
            )
        )


def _facts(con: duckdb.DuckDBPyConnection, seen: Examined, known: Derived) -> FileFacts:
    opened = seen.opened
    kept = con.execute("select count(*) from responses").fetchall()[0][0]
    return FileFacts(
        **_facts_of(opened),
        profile=seen.profile,
        rows_in=seen.loaded.rows_in,
        rows_kept=int(kept),
        left_out={**seen.loaded.left_out, **checks.left_out(con)},
        dropped={opened.headings[place]: count for place, count in seen.loaded.dropped_cells.items()},
        mapping=seen.mapping.to_json(),
        notes=(*notes_of(seen), *_derived_notes(known)),
    )


def _derived_notes(known: Derived) -> tuple[str, ...]:
    """What was taken from the list of homes before the references went; numbers only."""
    if not known.named:
        return ()
    filled = ", ".join(f"{column.removeprefix('c_').replace('_', ' ')} {n:,}" for column, n in known.filled.items())
    found = f"Of {known.named:,} references to a home or tenancy, {known.joined:,} are in the list of homes held."
    return (found, f"Taken from there where the file says nothing: {filled}.") if filled else (found,)


def _facts_of(opened: Opened) -> dict[str, Any]:
    """What is known of a file once it is opened."""
    return {
        "name": opened.name,
        "sha256": opened.sha256,
        "kind": opened.kind,
        "bytes": opened.bytes,
        "encoding": opened.encoding,
        "sheet": opened.sheet,
        "header_row": opened.header.row,
        "headings": opened.headings,
    }


def _silent(share: float, what: str) -> None:
    """Nobody is watching."""
