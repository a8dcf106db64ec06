"""The invented landlord, made anew from its parameters and seed: enough for every page, marked as invented."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from tempfile import TemporaryDirectory

import duckdb
import pandas as pd

from data.checks import score
from data.columns.faults import fault
from data.demo.comments import comments
from data.demo.homes import homes
from data.demo.landlord import DemoLandlord, invented_landlord
from data.demo.responses import responses
from data.intake import FileFacts, Incoming

__all__ = ["DemoLandlord", "demo_incoming", "invented_landlord", "tables"]

FILE_NAME = "invented landlord"
DATE_HEADING = "Interview date"
DIMENSIONS = (
    ("estate", "Estate"),
    ("block", "Block"),
    ("tenure", "Tenure"),
    ("age_band", "Age band"),
    ("method", "How they answered"),
    ("c_region", "Region"),
    ("c_length_of_tenancy", "Length of tenancy"),
)


def demo_incoming(landlord: DemoLandlord | None = None) -> Incoming:
    """The invented landlord's three surveys as a file taken in, ready to publish into a store of kind "sample".

    The same landlord gives the same bytes every time. Close it when published.
    """
    landlord = landlord or invented_landlord()
    made = tables(landlord)
    connection = duckdb.connect()
    for name, frame in made.items():
        connection.register("made", frame)
        connection.execute(f'create table "{name}" as select {_COLUMNS[name]} from made')
        connection.unregister("made")
    return Incoming(connection, _facts(landlord, made), score(connection), TemporaryDirectory(prefix="tenant-voice-"))


def tables(landlord: DemoLandlord) -> dict[str, pd.DataFrame]:
    """The incoming tables by name. Each draws from streams of its own, so a new table moves no earlier figure."""
    housing = homes(landlord)
    answered = responses(landlord, housing)
    return {
        "responses": answered,
        "comments": comments(landlord, answered),
        "dimensions": _dimensions(),
        "waves": _waves(landlord),
        "strata": _strata(landlord),
        "problems": _problems(answered),
    }


def _dimensions() -> pd.DataFrame:
    rows = [(key, label, label, False) for key, label in DIMENSIONS]
    return pd.DataFrame(rows, columns=["key", "label", "heading", "special"])


def _waves(landlord: DemoLandlord) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": [wave.name for wave in landlord.waves],
            "fieldwork_from": [wave.fieldwork_from for wave in landlord.waves],
            "fieldwork_to": [wave.fieldwork_to for wave in landlord.waves],
            "reporting_year": [wave.reporting_year for wave in landlord.waves],
            "collector": landlord.collector,
            "sample_kind": landlord.sample_kind,
            "population_LCRA": landlord.population("LCRA"),
            "population_LCHO": landlord.population("LCHO"),
        }
    )


def _strata(landlord: DemoLandlord) -> pd.DataFrame:
    rows = [(wave.name, group, group, landlord.population(group)) for wave in landlord.waves for group in wave.answers]
    return pd.DataFrame(rows, columns=["wave", "stratum", "tenure_group", "population"])


def _problems(answered: pd.DataFrame) -> pd.DataFrame:
    """What a check of these surveys finds: responses without a date."""
    found = [
        fault("date_missing", FILE_NAME, int(row), DATE_HEADING) for row in answered.loc[answered["date"].isna(), "row"]
    ]
    columns = ["row", "column", "value", "rule", "what", "remedy", "owner", "stops"]
    return pd.DataFrame(
        [{column: getattr(problem, column) for column in columns} for problem in found], columns=columns
    )


def _facts(landlord: DemoLandlord, made: Mapping[str, pd.DataFrame]) -> FileFacts:
    text = "\n".join(frame.to_csv(index=False, lineterminator="\n") for frame in made.values())
    rows = len(made["responses"])
    return FileFacts(
        name=FILE_NAME,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        kind="invented",
        bytes=len(text.encode()),
        encoding="",
        sheet="",
        header_row=1,
        profile="",
        rows_in=rows,
        rows_kept=rows,
        left_out={},
        headings=(),
        dropped={},
        mapping={},
        notes=(f"{landlord.name} is invented: no such landlord, place or tenant exists.",),
    )


_MEASURES = ", ".join(f"TP{n:02d}::tinyint as TP{n:02d}" for n in range(1, 13))
_COLUMNS = {
    "responses": (
        '* replace (row::bigint as row, respondent::bigint as respondent, "date"::date as "date", '
        "weight::double as weight, counts::boolean as counts, may_attribute::boolean as may_attribute, "
        "repair_12m::boolean as repair_12m, complaint_12m::boolean as complaint_12m, "
        f"communal::boolean as communal, {_MEASURES})"
    ),
    "comments": "* replace (respondent::bigint as respondent, row::bigint as row)",
    "dimensions": "*",
    "waves": "* replace (fieldwork_from::date as fieldwork_from, fieldwork_to::date as fieldwork_to)",
    "strata": "*",
    "problems": "* replace (row::bigint as row)",
}
