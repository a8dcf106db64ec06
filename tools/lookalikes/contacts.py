"""Files 5 and 6: contacts from a housing system's report, and calls from a dialler."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from tools.lookalikes.landlord import LANDLORD, Landlord, days_after, some_day
from tools.lookalikes.sheets import Cell, LookAlike, uk, write_text

CONTACTS, CALLS = 200, 200
HEADINGS = (
    "Contact Ref", "Contact Date", "Contact Method", "Contact Reason", "Tenancy Ref", "Place Ref", "Stage",
    "Target Date", "Date Closed", "Notes",
)  # fmt: skip
METHODS = {"Phone In": 100, "Email In": 40, "Web Form": 25, "Office Visit": 15, "Letter": 10, "Phone Out": 10}
REASONS = ("Repair chase", "Rent query", "ASB report", "Damp report", "Estate services", "General enquiry")
DIALLED = (
    "Campaign", "Customer Reference", "Phone Number", "Call Date", "Call Time", "Call Outcome", "Duration",
    "Right Party", "Option Selected",
)  # fmt: skip
CAMPAIGNS = {"Rent Arrears Wk 31": 90, "Welfare Check Calls": 60, "Repairs Follow Up": 50}


def title_rows(report: str, run: date) -> list[list[Cell]]:
    """The four rows a report generator puts above its headings."""
    return [[LANDLORD], [report], [f"Run date: {uk(run)} 07:02", "", "", "Page 1"], []]


def civica(landlord: Landlord, folder: Path) -> LookAlike:
    """Contacts under a report's title; notes that run over rows; contacts closed and opened again."""
    random = landlord.stream("contacts")
    rows: list[list[Cell]] = []
    contacts = [_contact(landlord, random, number) for number in range(CONTACTS)]
    long_notes = again = 0
    for number, contact in enumerate(contacts):
        rows.append(contact)
        if number % 8 == 3:  # the rest of the note stands in the row below, and nothing else does
            rows.append([*[""] * 9, random.choice(landlord.words["contact"])])
            long_notes += 1
        if number % 40 == 6:
            rows.append([*contact[:8], uk(days_after(random, some_day(random), 0, 9)), contact[9]])
            again += 1
    name = "05_contacts_report.csv"
    titles = title_rows("Contact listing by date (CRM045)", date(2026, 10, 30))
    write_text(folder / name, [*titles, HEADINGS, *rows], encoding="cp1252")
    planted = {"contacts": CONTACTS, "notes_over_rows": long_notes, "closed_and_reopened": again, "title_rows": 4}
    return LookAlike(name, "contacts", len(rows), planted | {"out": sum(row[2] == "Phone Out" for row in contacts)})


def _contact(landlord: Landlord, random: Random, number: int) -> list[Cell]:
    home, day = random.choice(landlord.lived_in), some_day(random)
    tenancy = home.current.reference if home.current else ""
    method = random.choices(list(METHODS), list(METHODS.values()))[0]
    return [
        f"C{30_000 + number}", uk(day), method, random.choice(REASONS), tenancy if number % 6 else "",
        f"{home.reference:<10}", "", uk(day + timedelta(days=10)), uk(days_after(random, day, 0, 20)),
        random.choice(landlord.words["contact"]),
    ]  # fmt: skip


def dialler(landlord: Landlord, folder: Path) -> LookAlike:
    """Calls made, those about arrears among them: a call about money owed is not listening."""
    random = landlord.stream("dialler")
    rows = [_call(landlord, random) for _ in range(CALLS)]
    name = "06_dialler.csv"
    write_text(folder / name, [DIALLED, *rows])
    arrears = sum(str(row[0]).startswith("Rent Arrears") for row in rows)
    heard = sum(not str(row[0]).startswith("Rent Arrears") and row[7] == "Y" for row in rows)
    return LookAlike(name, "contacts", len(rows), {"arrears": arrears, "listening": heard})


def _call(landlord: Landlord, random: Random) -> list[Cell]:
    home, day = random.choice(landlord.lived_in), some_day(random)
    tenancy = home.current.reference.lstrip("0") if home.current else ""
    outcome = random.choices(("Answered", "No Answer", "Voicemail", "Engaged"), (55, 25, 15, 5))[0]
    right = ("Y" if random.random() < 0.85 else "N") if outcome == "Answered" else "N"
    at, lasted = f"{random.randint(9, 18):02d}:{random.randrange(60):02d}", random.randint(20, 600)
    campaign = random.choices(list(CAMPAIGNS), list(CAMPAIGNS.values()))[0]
    option = random.choice(("1", "2", "")) if right == "Y" else ""
    phone = f"7700900{random.randrange(1000):03d}"
    return [campaign, tenancy, phone, uk(day), at, outcome, lasted if outcome == "Answered" else 0, right, option]
