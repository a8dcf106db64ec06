"""The invented surveys as the incoming tables the store reads."""

from __future__ import annotations

import pandas as pd

from data.columns.faults import fault
from data.demo.comments import comments
from data.demo.homes import homes
from data.demo.landlord import DemoLandlord
from data.demo.responses import responses

FILE_NAME = "invented landlord: survey"
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
PROBLEM = ("row", "column", "value", "rule", "what", "remedy", "owner", "stops")


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


def no_problems() -> pd.DataFrame:
    """A table of problems with none in it."""
    return pd.DataFrame(columns=list(PROBLEM))


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
    rows = [{column: getattr(problem, column) for column in PROBLEM} for problem in found]
    return pd.DataFrame(rows, columns=list(PROBLEM))
