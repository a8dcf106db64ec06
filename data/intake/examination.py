"""A file opened, mapped and loaded, with what its values mean and what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from analysis.model import Ask, Measure, Problem
from data import checks
from data.columns import profiles
from data.columns.contents import contents_of
from data.columns.faults import MappingFault, fault
from data.columns.mapping import Mapping
from data.columns.questions import Understood, questions, repeated, understood
from data.columns.recognition import Column, Recognised, recognise
from data.columns.resolution import Resolved, proposed_mapping, resolved, with_headings_of
from data.registers import measures, reporting_years
from data.sources.files import Opened, open_file
from data.sources.loading import Loaded, load
from data.sources.survey import repeated_differently, values_of


@dataclass(frozen=True)
class Examined:
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


def examine(
    path: Path,
    con: duckdb.DuckDBPyConnection,
    stack: ExitStack,
    home: Path | None,
    name: str,
    profile: str,
    answers: Mapping,
    policy_document: str,
) -> Examined:
    """The file, examined. Raises UnreadableFile and MappingFault."""
    remembered = profiles.named(home, profile) if home and profile else Mapping()
    opened = open_file(path, stack, measures_named, name, answers.sheet, answers.header_row)
    if home and not profile and (profile := profiles.matching(home, opened.headings)):
        remembered = profiles.named(home, profile)
    if remembered.sheet in opened.rival_sheets:
        opened = open_file(path, stack, measures_named, name, remembered.sheet, answers.header_row)
    columns = columns_of(opened)
    said = with_headings_of(answers, opened.headings, "the answers").over(
        with_headings_of(remembered, opened.headings, f"profile {profile}")
    )
    recognised = recognise(columns, held_measures())
    mapping = replace(said.over(proposed_mapping(recognised)), sheet=opened.sheet, header_row=opened.header.row)
    mapping = without_ignored(mapping)
    place = resolved(mapping, columns, recognised, opened.name, policy_document)
    loaded = load(opened, con, place.used, sorted(place.dropped))
    values = values_of(con, place, mapping)
    _check_waves(mapping, values, place)
    read = understood(values, mapping, place, opened.codebooks, opened.header.wordings)
    asks = (
        *_sheet_asked(opened, said),
        *questions(read, values, mapping, place, recognised),
        *repeated(repeated_differently(con, place, mapping), mapping),
    )
    problems = checks.file_problems(place, opened.name)
    return Examined(opened, columns, recognised, said, mapping, place, profile, loaded, values, read, asks, problems)


def _check_waves(mapping: Mapping, values: dict[str, dict[str, int]], place: Resolved) -> None:
    """Raises MappingFault where facts are given for a wave the file does not hold."""
    if "wave" not in place.fields or "quarter" in place.fields:
        return
    held = [value.strip() for value in values["wave"]]
    for wave in mapping.waves:
        if wave not in held:
            expected = f"one of {', '.join(held)}"
            raise MappingFault(fault("answers_unknown", "the answers", column=f"waves.{wave}", expected=expected))


def columns_of(opened: Opened) -> tuple[Column, ...]:
    """The columns of a file with what a sample of their cells holds."""
    wordings = opened.header.wordings or ("",) * len(opened.headings)
    cells = zip(*(_fitted(row, len(opened.headings)) for row in opened.sample), strict=True)
    return tuple(
        Column(position, heading, wording, contents_of(column))
        for position, (heading, wording, column) in enumerate(zip(opened.headings, wordings, cells, strict=True))
    )


def _fitted(row: Sequence[str], width: int) -> tuple[str, ...]:
    return tuple((*row, *[""] * width)[:width])


def held_measures() -> tuple[Measure, ...]:
    return measures(reporting_years()[-1])


def measures_named(headings: Sequence[str]) -> int:
    """How many measures these headings name, whatever stands under them."""
    columns = [Column(place, heading, "", contents_of(())) for place, heading in enumerate(headings)]
    return sum(reading.field.startswith("TP") for reading in recognise(columns, held_measures()).readings)


def without_ignored(mapping: Mapping) -> Mapping:
    """The mapping without the columns the analyst said to leave out."""

    def kept(table: dict[str, str]) -> dict[str, str]:
        return {key: heading for key, heading in table.items() if heading not in mapping.ignore}

    return replace(
        mapping,
        columns=kept(mapping.columns),
        characteristics=kept(mapping.characteristics),
        comments=kept(mapping.comments),
    )


def _sheet_asked(opened: Opened, said: Mapping) -> tuple[Ask, ...]:
    if said.sheet == opened.sheet or not opened.rival_sheets:
        return ()
    why = "More than one sheet holds rows under headings, and they do not hold the same."
    return (Ask("sheet", "Which sheet holds the answers?", why, (opened.sheet, *opened.rival_sheets)),)
