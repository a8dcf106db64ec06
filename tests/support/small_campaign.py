"""A small landlord with tenancies and an invented contact file, for tests of a contact campaign."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from small_records import generation_of

from analysis.campaign import chosen, left_out
from analysis.model import WHOLE_LANDLORD
from analysis.model.campaign import Campaign
from data.campaign import Campaigns, Plan, homes_to_call, read_contacts
from data.generation import Generation

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
FIELDS = ("preferred_channel", "language", "email")
HEADINGS = ("Property ref", "Tenancy ref", "Name", "Telephone", "DNC", "DA flag", "Legal", "Deceased")
Rows = Sequence[Mapping[str, object]]


def home_rows(each: int = 20) -> Rows:
    """So many homes on Ash Court and as many on Beech Row."""
    return [
        {"home": f"{estate[0]}{n}", "estate": estate, "tenure": "General needs", "tenure_group": "LCRA",
         "dwelling": True, "row": start + n}
        for start, estate in ((2, "Ash Court"), (2 + each, "Beech Row"))
        for n in range(each)
    ]  # fmt: skip


def person(home: str, **more: object) -> Mapping[str, object]:
    """The tenant of a home, whose tenancy runs."""
    return {
        "row": 1, "reference": f"P{home}", "tenancy_ref": f"T{home}", "home_ref": home, "home": home,
        "start_day": date(2020, 1, 1), "lead": True, "age_band": "25–34", "length_of_tenancy": "6–10 years",
        "email": True, "preferred_channel": "Telephone", "language": None, **more,
    }  # fmt: skip


def landlord(folder: Path, each: int = 20, people: Rows | None = None, **tables: Rows) -> Generation:
    """A generation of these homes, each with a tenant unless ``people`` says otherwise."""
    homes = home_rows(each)
    tenants = [person(str(home["home"])) for home in homes] if people is None else people
    return generation_of(folder, {"homes": homes, "people": tenants, **tables})


def contact_file(folder: Path, rows: Iterable[Sequence[str]], headings: Sequence[str] = HEADINGS) -> Path:
    """A contact file of these rows."""
    path = folder / "contacts.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([headings, *([*row, *[""] * (len(headings) - len(row))] for row in rows)])
    return path


def everybody(each: int = 20) -> list[list[str]]:
    """A row of the contact file for every home, with an invented name and number."""
    return [
        [str(home["home"]), "", f"Wren {home['home']}", f"07700 900{at:03}", "", "", "", ""]
        for at, home in enumerate(home_rows(each))
    ]


def begun(
    folder: Path,
    held: Generation,
    contacts: Path,
    staff: Sequence[str] = ("Ann", "Bo"),
    number: int = 100,
    name: str = "Autumn",
    seed: int = 1,
    now: datetime = NOW,
    days: int = 28,
) -> Campaign:
    """A campaign of homes drawn from the whole landlord."""
    campaigns = Campaigns(folder)
    homes = homes_to_call(
        held, WHOLE_LANDLORD, read_contacts(contacts), campaigns.barred(), FIELDS, TODAY,
        campaigns.same_person(),
    )  # fmt: skip
    drawn = chosen(homes, {(): number}, seed)
    plan = Plan(
        name, drawn, tuple(staff), "every home", FIELDS, len(homes), left_out(homes), seed, days,
        fingerprint=held.fingerprint,
    )  # fmt: skip
    return campaigns.begin(plan, "Lee", now)
