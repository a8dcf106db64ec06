"""The invented landlord, made anew from its parameters and seed: enough for every page, marked as invented."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from tempfile import TemporaryDirectory

import duckdb
import pandas as pd

from data.checks import score
from data.columns.kinds import SURVEY, kind
from data.demo.complaints import complaints
from data.demo.contacts import contacts
from data.demo.followed import followed
from data.demo.hazards import hazards
from data.demo.homes import homes
from data.demo.issued import issued_sample
from data.demo.landlord import DemoLandlord, invented_landlord
from data.demo.places import Places
from data.demo.register import home_list, home_tenures
from data.demo.repairs import repairs
from data.demo.surveys import no_problems, tables
from data.demo.teams import teams
from data.demo.tenancies import people, tenancies
from data.intake import FileFacts, Incoming
from data.merging import layout

__all__ = ["DemoFile", "DemoLandlord", "demo_files", "demo_incoming", "invented_landlord", "records", "tables"]

TAKEN_AT = time(8, 30, tzinfo=UTC)
COLUMNS = {
    table.name: table.columns
    for table in (
        *(layout.RESPONSES, layout.COMMENTS, layout.STRATA, layout.DIMENSIONS, layout.WAVES),
        *layout.PLACES,
        *layout.RECORDS,
    )
} | {"problems": layout.PROBLEMS.columns[1:]}  # the merger says which file
FILE_NAME = "invented landlord: {}"
Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class DemoFile:
    """One invented file taken in, and when that was."""

    incoming: Incoming
    taken: datetime


def demo_files(landlord: DemoLandlord | None = None, kinds: Collection[str] | None = None) -> Iterator[DemoFile]:
    """The files of the invented landlord, those of ``kinds`` or all, ready to publish into a store of kind "sample", in
    the order of the days each was taken in. Close each when published. The same landlord gives the same bytes.
    """
    landlord = landlord or invented_landlord()
    wanted = {holds: day for holds, day in landlord.records.taken.items() if kinds is None or holds in kinds}
    made = dict(records(landlord)) if set(wanted) - {SURVEY} else {}
    if SURVEY in wanted:
        made[SURVEY] = tables(landlord)
    for holds, day in wanted.items():
        yield DemoFile(_incoming(landlord, holds, made[holds]), datetime.combine(day, TAKEN_AT))


def demo_incoming(landlord: DemoLandlord | None = None) -> Incoming:
    """The invented landlord's surveys alone, as one file taken in, ready to publish. Close it when published."""
    landlord = landlord or invented_landlord()
    return _incoming(landlord, SURVEY, tables(landlord))


def records(landlord: DemoLandlord) -> dict[str, Frames]:
    """The incoming tables of every file of records: by kind of file, then by table. Each table draws from streams of
    its own, so another parameter of one moves nothing in the others.
    """
    housing = homes(landlord)
    listed = home_list(landlord, housing)
    held = tenancies(landlord, listed, housing)
    places = Places(landlord, listed, held)
    about_places: tuple[tuple[str, Callable[[DemoLandlord, Places], pd.DataFrame]], ...] = (
        ("complaints", complaints),
        ("contacts", contacts),
        ("repairs", repairs),
        ("hazards", hazards),
    )
    drawn = {name: made(landlord, places) for name, made in about_places}
    drawn["contacts"] = followed(landlord, drawn["contacts"], drawn["complaints"])
    return {
        "homes": {"homes": listed, "home_tenures": home_tenures(landlord, listed)},
        "people": {"people": people(landlord, listed, held, housing)},
        "sample": {"sample": issued_sample(landlord, listed, held, housing)},
        **{name: {name: frame} for name, frame in drawn.items()},
        "teams": {"teams": teams(landlord, listed)},
    }


def _incoming(landlord: DemoLandlord, holds: str, made: Frames) -> Incoming:
    """One file's tables in a working connection of its own, with its facts and scores."""
    connection = duckdb.connect()
    for name, frame in {"problems": no_problems(), **made}.items():
        connection.register("made", frame)
        types = ", ".join(f'"{column}"::{each} as "{column}"' for column, each in COLUMNS[name])
        connection.execute(f'create table "{name}" as select * replace ({types}) from made')
        connection.unregister("made")
    scores = score(connection) if holds == SURVEY else _scores(holds, made[holds])
    return Incoming(connection, _facts(landlord, holds, made), scores, TemporaryDirectory(prefix="tenant-voice-"))


def _scores(holds: str, rows: pd.DataFrame) -> dict[str, float]:
    """Shares from 0 to 1: cells filled of the fields that matter; nothing invented is faulty or there twice."""
    matter = [name for name in dict.fromkeys((*kind(holds).required, *kind(holds).signs)) if name in rows]
    filled = float(rows[matter].notna().mean().mean()) if matter and len(rows) else 1.0
    return {"completeness": filled, "validity": 1.0, "uniqueness": 1.0}


def _facts(landlord: DemoLandlord, holds: str, made: Frames) -> FileFacts:
    text = "\n".join(frame.to_csv(index=False, lineterminator="\n") for frame in made.values())
    left_out = {"team_too_small": landlord.records.teams_too_small} if holds == "teams" else {}
    rows = len(made["responses" if holds == SURVEY else holds])
    return FileFacts(
        name=FILE_NAME.format(kind(holds).label.lower()),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        kind="invented",
        bytes=len(text.encode()),
        encoding="",
        sheet="",
        header_row=1,
        profile="",
        rows_in=rows + sum(left_out.values()),
        rows_kept=rows,
        left_out=left_out,
        headings=(),
        dropped={},
        mapping={},
        notes=(f"{landlord.name} is invented: no such landlord, place or tenant exists.",),
        holds=holds,
    )
