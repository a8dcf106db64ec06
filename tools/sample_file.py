"""Write a survey file of the invented landlord, as an agency would send it: something for a new user to load.

Run from the project's folder: python -m tools.sample_file data/sample/agency_survey.csv [--rows 300]
A name ending in .xlsx gives a workbook. The same rows give the same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.model import NOT_APPLICABLE, NOT_ASKED, REFUSED, Measure
from data.demo import DemoLandlord, invented_landlord, tables
from data.registers import measures

ROWS = 300
WAVE = "Autumn 2025"
SAID_INSTEAD = {NOT_APPLICABLE: "Not applicable / don't know", REFUSED: "Unable to answer / Refused", NOT_ASKED: ""}
QUESTIONS = ("Why do you say that?", "What do we do well?", "What could we do better?", "Is there anything else?")
STOCK = {"LCRA": "Low cost rental", "LCHO": "Low cost home ownership"}


def agency_file(landlord: DemoLandlord, rows: int = ROWS) -> pd.DataFrame:
    """The invented survey of autumn 2025, ``rows`` people of it, in an agency's columns and with an agency's faults."""
    made = tables(landlord)
    latest = made["responses"][made["responses"]["wave"] == WAVE]
    random = landlord.stream("sample file")
    chosen = np.sort(random.choice(len(latest), size=rows, replace=False))
    people = latest.iloc[chosen].reset_index(drop=True)
    return _with_faults(_as_sent(landlord, people, made["comments"], random))


def _as_sent(
    landlord: DemoLandlord, people: pd.DataFrame, comments: pd.DataFrame, random: np.random.Generator
) -> pd.DataFrame:
    serial = np.arange(1001, 1001 + len(people))
    about = {
        "Serial": serial,
        "Tenancy ref": [f"INV{n:06d}" for n in random.choice(900_000, size=len(people), replace=False) + 100_000],
        "E-mail": [f"tenant.{n}@example.org" for n in serial],
        "Interview date": people["date"].dt.strftime("%d/%m/%Y"),
        "Method": people["method"],
        "Stock type": people["tenure_group"].map(STOCK),
        "Tenure": people["tenure"],
        "Estate": people["estate"],
        "Age band": people["age_band"],
        "Length of tenancy": people["c_length_of_tenancy"],
    }
    year = next(wave.reporting_year for wave in landlord.waves if wave.name == WAVE)
    asked = _questions(landlord, people, measures(year))
    wrote = comments[comments["respondent"].isin(people["respondent"])].pivot(
        index="respondent", columns="question", values="text"
    )
    words = {question: people["respondent"].map(wrote[question]) for question in QUESTIONS}
    last = {
        "Weight": people["weight"].round(4),
        "Attributable Y/N": people["may_attribute"].map({True: "Y", False: "N"}),
    }
    return pd.DataFrame({**about, **asked, **words, **last}).fillna("")


def _questions(landlord: DemoLandlord, people: pd.DataFrame, register: tuple[Measure, ...]) -> dict[str, pd.Series]:
    """The prescribed questions with the landlord's name, each filter question before the first it opens."""
    columns: dict[str, pd.Series] = {}
    for measure in register:
        if measure.filter_field and measure.filter_question:
            heading = _named(measure.filter_question, landlord.name)
            columns.setdefault(heading, people[measure.filter_field].map({True: "Yes", False: "No"}))
        words = dict(enumerate(reversed(measure.scale), start=1)) | SAID_INSTEAD
        columns[_named(measure.wording, landlord.name)] = people[measure.code].map(words)
    return columns


def _named(wording: str, landlord: str) -> str:
    """A prescribed wording with the landlord's name in it, and "Homes’" rather than "Homes’s"."""
    return wording.replace("[landlord]", landlord).replace("s’s ", "s’ ")


def _with_faults(sent: pd.DataFrame) -> pd.DataFrame:
    """What such files have: an answer off the scale, a date after the survey, a person sent twice."""
    faulty, overall = sent.copy(), next(heading for heading in sent if heading.startswith("Taking everything"))
    faulty.loc[16, overall] = "Happy enough"
    faulty.loc[40, "Interview date"] = "31/11/2025"
    faulty.loc[len(faulty)] = sent.loc[120]
    return faulty


def write(table: pd.DataFrame, path: Path) -> None:
    """Save the table as CSV with a byte-order mark, as spreadsheets do, or as a workbook."""
    if path.suffix == ".xlsx":
        table.to_excel(path, sheet_name="Labels", index=False, engine="xlsxwriter")
    else:
        table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def main() -> None:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(description="Write a survey file of the invented landlord.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    asked = parser.parse_args()
    write(agency_file(invented_landlord(), asked.rows), asked.path)


if __name__ == "__main__":
    main()
