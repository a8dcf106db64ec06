"""File 3: a landlord's own online survey, as the three usual makers of such surveys export it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from analysis.model import Measure
from data.registers import measures
from tools.lookalikes.landlord import Home, Landlord, some_day
from tools.lookalikes.sheets import Cell, LookAlike, fill, workbook, write_text
from tools.lookalikes.surveys import ODDS, YEAR, named

ANSWERS = 60
FIRST_DAY, LAST_DAY = date(2026, 2, 2), date(2026, 3, 20)
ASKED = ("TP01", "TP05", "TP06", "TP07", "TP08", "TP11")
WHY = "Why do you say that?"
TENURE = "Which of these describes your home?"
QUALTRICS = (
    "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate",
    "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference", "LocationLatitude",
    "LocationLongitude", "DistributionChannel", "UserLanguage",
)  # fmt: skip
QUALTRICS_SAYS = (
    "Start Date", "End Date", "Response Type", "IP Address", "Progress", "Duration (in seconds)", "Finished",
    "Recorded Date", "Response ID", "Recipient Last Name", "Recipient First Name", "Recipient Email",
    "External Data Reference", "Location Latitude", "Location Longitude", "Distribution Channel", "User Language",
)  # fmt: skip
FORMS = ("ID", "Start time", "Completion time", "Email", "Name")
MONKEY = ("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address")


def qualtrics(landlord: Landlord, folder: Path) -> LookAlike:
    """Three rows of headings: short names, the questions, and the maker's own numbers in braces."""
    random = landlord.stream("qualtrics")
    rows: list[list[Cell]] = []
    for number, home in enumerate(random.sample(landlord.lived_in, ANSWERS)):
        began, ended = _times(random)
        surname, forename = random.choice(landlord.words["surnames"]), random.choice(landlord.words["forenames"])
        rows.append([
            _iso(began), _iso(ended), "IP Address", f"192.0.2.{number}", 100, (ended - began).seconds, "True",
            _iso(ended), f"R_{random.getrandbits(60):015x}", surname, forename, f"tenant.{number}@example.org",
            home.reference, "51.5", "-0.1", "email", "EN", _lives(home), *_said(landlord, random),
        ])  # fmt: skip
    short = [*QUALTRICS, "Tenure", *(f"Q{number}" for number in range(1, len(ASKED) + 2))]
    wording = [*QUALTRICS_SAYS, TENURE, *_wordings()]
    import_ids = [json.dumps({"ImportId": f"QID{number}"}) for number in range(len(short))]
    name = "03_own_survey_qualtrics.csv"
    write_text(folder / name, [short, wording, import_ids, *rows], encoding="utf-8")
    return LookAlike(name, "survey", len(rows), {"header_rows": 3, "e_mails": len(rows), **_counted(rows, 18)})


def forms(landlord: Landlord, folder: Path) -> LookAlike:
    """A workbook with who signed in, and a semicolon after every choice."""
    random = landlord.stream("forms")
    rows: list[list[Cell]] = []
    for number, home in enumerate(random.sample(landlord.lived_in, ANSWERS)):
        began, ended = _times(random)
        said = _said(landlord, random)
        choices = [f"{answer};" for answer in said[:-1]]
        person = f"{random.choice(landlord.words['forenames'])} {random.choice(landlord.words['surnames'])}"
        rows.append([
            number + 1, _iso(began), _iso(ended), f"tenant.{number}@example.org", person, f"{_lives(home)};",
            *choices, said[-1],
        ])  # fmt: skip
    name = "03_own_survey_forms.xlsx"
    with workbook(folder / name) as book:
        fill(book, "Sheet1", [[*FORMS, TENURE, *_wordings()], *rows])
    return LookAlike(name, "survey", len(rows), {"e_mails": len(rows), "names": len(rows), **_counted(rows, 6)})


def surveymonkey(landlord: Landlord, folder: Path) -> LookAlike:
    """A second row of headings that says "Response" and "Open-Ended Response"."""
    random = landlord.stream("surveymonkey")
    rows: list[list[Cell]] = []
    for number, home in enumerate(random.sample(landlord.lived_in, ANSWERS)):
        began, ended = _times(random)
        rows.append([
            118_000_000_000 + number, 440_111, _american(began), _american(ended), f"198.51.100.{number}",
            f"tenant.{number}@example.org", _lives(home), *_said(landlord, random),
        ])  # fmt: skip
    first = [*MONKEY, TENURE, *_wordings()]
    second = [*[""] * len(MONKEY), "Response", *["Response"] * len(ASKED), "Open-Ended Response"]
    name = "03_own_survey_surveymonkey.csv"
    write_text(folder / name, [first, second, *rows])
    return LookAlike(name, "survey", len(rows), {"header_rows": 2, "e_mails": len(rows), **_counted(rows, 7)})


def _counted(rows: Sequence[Sequence[Cell]], overall: int) -> dict[str, int]:
    rented = [row for row in rows if "owner" not in str(row[overall - 1])]
    return {
        "LCRA": len(rented),
        "very_satisfied": sum(str(row[overall]).startswith("Very satisfied") for row in rented),
        "comments": sum(bool(row[-1]) for row in rows),
    }


def _questions() -> tuple[Measure, ...]:
    return tuple(measure for measure in measures(YEAR) if measure.code in ASKED)


def _wordings() -> list[str]:
    return [*(named(measure.wording) for measure in _questions()), WHY]


def _said(landlord: Landlord, random: Random) -> list[str]:
    answers = [random.choices(measure.scale, ODDS)[0] for measure in _questions()]
    return [*answers, random.choice(landlord.words["survey"]) if random.random() < 0.4 else ""]


def _lives(home: Home) -> str:
    return "Shared owner" if home.tenure == "Shared Ownership" else "Tenant"


def _times(random: Random) -> tuple[datetime, datetime]:
    day = some_day(random, FIRST_DAY, LAST_DAY)
    began = datetime.combine(day, time(random.randint(8, 21), random.randrange(60), random.randrange(60)))
    return began, began + timedelta(seconds=random.randint(90, 900))


def _iso(moment: datetime) -> str:
    return moment.isoformat(sep=" ")


def _american(moment: datetime) -> str:
    return moment.strftime("%m/%d/%Y %I:%M:%S %p")
