"""A file of records opened, mapped and loaded, with what its values mean and what is still open; then taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from analysis.model import Ask, Problem
from data import checks
from data.columns import profiles
from data.columns.contents import contents_of
from data.columns.faults import IntakeError, UnreadableFile, fault
from data.columns.kinds import EVERY_SHEET, SURVEY, Kind
from data.columns.mapping import Mapping
from data.columns.recognition import Column, Recognised, recognise
from data.columns.record_values import RecordValues, record_values, value_questions
from data.columns.records import (
    characteristics_of,
    column_questions,
    kind_like,
    likeness,
    missing_fields,
    recognise_records,
    resolved_records,
    sheet_question,
)
from data.columns.resolution import Resolved, proposed_mapping, with_headings_of
from data.intake.examination import columns_of, held_measures, measures_named, without_ignored
from data.sources.continuations import gather
from data.sources.files import Opened, open_file
from data.sources.loading import Loaded, load
from data.sources.record_tables import forget_record_workings, record_tables
from data.sources.records import record_values_of, stage_records

Told = Callable[[float, str], None]
TABS_OF_PEOPLE = ("hazards",)  # kinds whose workbooks have a tab for each member of staff
SURE_OF_A_SURVEY = 0.8  # how sure a column must be one of the measures


@dataclass(frozen=True)
class ExaminedRecords:
    """A file of records opened, mapped and loaded, with what its values mean and what is still open."""

    of: Kind
    opened: Opened
    columns: tuple[Column, ...]
    recognised: Recognised
    said: Mapping  # by the answers or a profile, without what was only recognised
    mapping: Mapping
    place: Resolved
    profile: str
    loaded: Loaded
    read: RecordValues
    asks: tuple[Ask, ...]
    problems: tuple[Problem, ...]


def examine_records(
    path: Path,
    con: duckdb.DuckDBPyConnection,
    stack: ExitStack,
    of: Kind,
    home: Path | None,
    name: str,
    profile: str,
    answers: Mapping,
    policy_document: str,
) -> ExaminedRecords:
    """The file, examined as records of this kind. Raises UnreadableFile and MappingFault."""
    opened, profile, said = _opened(path, stack, of, home, name, profile, answers)
    columns = columns_of(opened)
    recognised = recognise_records(columns, of)
    proposed = proposed_mapping(recognised)
    proposed = replace(proposed, characteristics=characteristics_of(columns, recognised, of))
    mapping = without_ignored(replace(said.over(proposed), sheet=opened.sheet, header_row=opened.header.row))
    place = resolved_records(mapping, columns, recognised, of, opened.name, policy_document)
    loaded = load(opened, con, place.used, sorted({*place.dropped, *place.presence.values()}))
    values = record_values_of(con, place, of)
    read = record_values(values, mapping, of)
    asks = (
        *([sheet_question(opened.rival_sheets_all)] if opened.rival_sheets and not said.sheet else []),
        *column_questions(recognised, mapping, of, columns),
        *value_questions(read, values, mapping, place, of),
    )
    problems = missing_fields(mapping, of, opened.name)
    return ExaminedRecords(of, opened, columns, recognised, said, mapping, place, profile, loaded, read, asks, problems)


def _opened(
    path: Path, stack: ExitStack, of: Kind, home: Path | None, name: str, profile: str, answers: Mapping
) -> tuple[Opened, str, Mapping]:
    """The file opened on the sheet that is meant, the profile it fits, and all that was said of it."""

    def alike(headings: Sequence[str]) -> int:
        columns = [Column(place, text, "", contents_of(())) for place, text in enumerate(headings)]
        return int(2 * likeness(columns, of))

    def opened_on(sheet: str) -> Opened:
        return open_file(path, stack, alike, name, sheet, answers.header_row, records=True)

    remembered = profiles.named(home, profile) if home and profile else Mapping()
    opened = opened_on(answers.sheet)
    if home and not profile and (profile := profiles.matching(home, opened.headings, of.key)):
        remembered = profiles.named(home, profile)
    if not answers.sheet and remembered.sheet in (*opened.rival_sheets, EVERY_SHEET) and opened.rival_sheets:
        opened = opened_on(remembered.sheet)
    keys = tuple(each.key for each in of.fields)
    said = with_headings_of(answers, opened.headings, "the answers", keys).over(
        with_headings_of(remembered, opened.headings, f"profile {profile}", keys)
    )
    return opened, profile, said


# ── Taking in ────────────────────────────────────────────────────────────────────────────────────


def records_taken(
    con: duckdb.DuckDBPyConnection, seen: ExaminedRecords, today: date, told: Told
) -> tuple[int, dict[str, int], dict[str, float]]:
    """Makes the kind's own table and ``problems``; the rows kept, those left out by rule, and the scores.

    Raises IntakeError where no row could be kept.
    """
    of, place, name = seen.of, seen.place, seen.opened.name
    told(0.4, "Reading every row")
    gather(con, place, of)
    anchor = next((each for each in of.required if of.field_of(each).holds == "date"), "")
    stage_records(con, place, seen.mapping, seen.read, of, today, anchor)
    told(0.7, "Checking every row")
    checks.prepare(con, seen.loaded.problems)
    checks.check_records(con, name, place, seen.read, of, today)
    kept = checks.records_kept(con)
    if not kept:
        raise IntakeError(fault("nothing_kept", name), *checks.listed(con, name))
    told(0.9, "Putting the tables together")
    several = seen.opened.sheet == EVERY_SHEET
    record_tables(con, place, seen.mapping, of, today, several)
    left_out = {**seen.loaded.left_out, **checks.left_out(con)}
    scores = checks.score_records(con, place, of, kept)
    if several:
        checks.as_sheets_show(con)
    forget_record_workings(con, of)
    return kept, left_out, scores


# ── What is kept of a tab ────────────────────────────────────────────────────────────────────────


def sheet_kept(seen: ExaminedRecords) -> str:
    """The sheet as it is remembered: of a tracker with a tab a surveyor only its place, never the name on it."""
    sheet = seen.opened.sheet
    if seen.of.key not in TABS_OF_PEOPLE or sheet not in seen.opened.sheets:
        return sheet
    return f"sheet {seen.opened.sheets.index(sheet) + 1}"


def mapping_kept(seen: ExaminedRecords) -> Mapping:
    """The mapping as it is remembered, without a surveyor's name."""
    return seen.mapping if sheet_kept(seen) == seen.mapping.sheet else replace(seen.mapping, sheet="")


# ── Which kind a file is ─────────────────────────────────────────────────────────────────────────


def recognised_kind(path: Path, name: str = "", home: Path | None = None) -> tuple[str, float]:
    """Which kind of file this looks like and how sure, from 0 to 1: ("repairs", 0.8).

    ("survey", 0.0) where it is like none. Raises UnreadableFile where it is not a table.
    """
    with ExitStack() as stack:
        opened = open_file(path, stack, _any_likeness, name, records=True)
        columns = columns_of(opened)
        if home and (known := profiles.kind_remembered(home, opened.headings)):
            return known, 1.0
        found = recognise(columns, held_measures()).readings
        if any(each.field.startswith("TP") and each.sure >= SURE_OF_A_SURVEY for each in found):
            return SURVEY, 1.0
        kind, sure = kind_like(columns)
        return (kind, sure) if kind else (SURVEY, 0.0)


def _any_likeness(headings: Sequence[str]) -> int:
    """How much a row of headings is that of any kind of file."""
    columns = [Column(place, text, "", contents_of(())) for place, text in enumerate(headings)]
    measures = measures_named([column.heading for column in columns])
    return 1000 if measures else int(100 * kind_like(columns)[1])


__all__ = ["ExaminedRecords", "UnreadableFile", "examine_records", "recognised_kind", "records_taken"]
