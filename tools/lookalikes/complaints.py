"""Files 4 and 5: complaints from a case system with child cases, and from a housing system's report."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from tools.lookalikes.contacts import HEADINGS, title_rows
from tools.lookalikes.landlord import TODAY, Home, Landlord, days_after, some_day
from tools.lookalikes.sheets import Cell, LookAlike, fill, uk, workbook, write_text

CASES, SECOND_STAGE, LISTED = 60, 12, 40
CASE = (
    "(Do Not Modify) Case", "(Do Not Modify) Row Checksum", "(Do Not Modify) Modified On", "Case Number", "Case Title",
    "Customer", "Origin", "Subject", "Status Reason", "Created On", "Owner", "Parent Case", "Date Received",
    "Stage 1 Acknowledged", "Stage 1 Extension Agreed To", "Stage 1 Responded", "Stage 2 Acknowledged",
    "Stage 2 Responded", "Property Ref", "Tenure", "Promised Action", "Action Due", "Action Done", "Description",
)  # fmt: skip
AT = {heading: place for place, heading in enumerate(CASE)}
ORIGINS = {"Phone": 60, "Email": 25, "MP Enquiry": 6, "Councillor": 4, "Solicitor": 3, "Ombudsman": 2}
LONG_AGO = TODAY - timedelta(days=90)  # a second stage after it is answered by the day of the export
SUBJECTS = ("Repairs", "Staff conduct", "Charges", "Damp and mould", "Communal areas")


def dynamics(landlord: Landlord, folder: Path) -> LookAlike:
    """Cases with a case system's own columns, HTML in descriptions; a second stage is a child case."""
    random = landlord.stream("complaints")
    cases = [_case(landlord, random, number) for number in range(CASES)]
    cases[11][AT["Stage 1 Acknowledged"]] = _day(cases[11], "Date Received") - timedelta(days=3)
    cases[23][AT["Date Received"]], cases[23][AT["Status Reason"]] = date(2027, 3, 1), "In Progress"
    cases[23][AT["Stage 1 Acknowledged"]] = cases[23][AT["Stage 1 Responded"]] = None
    early = [case for case in cases if case[AT["Stage 1 Responded"]] and _day(case, "Stage 1 Responded") < LONG_AGO]
    children = [_child(random, number, case) for number, case in enumerate(early[:SECOND_STAGE])]
    name = "04_complaints_export.xlsx"
    with workbook(folder / name) as book:
        fill(book, "Complaints Advanced Find", [CASE, *cases, *children])
    return LookAlike(name, "complaints", len(cases) + len(children), _planted(cases, children))


def _planted(cases: list[list[Cell]], children: list[list[Cell]]) -> dict[str, int]:
    def filled(heading: str) -> int:
        return sum(bool(row[AT[heading]]) for row in cases)

    return {
        "stage_1": len(cases),
        "stage_2": len(children),
        "acknowledged_before_made": 1,
        "in_the_future": 1,
        "withdrawn": sum(row[AT["Status Reason"]] == "Withdrawn" for row in cases),
        "refused": sum(row[AT["Status Reason"]] == "Refused" for row in cases),
        "extended": filled("Stage 1 Extension Agreed To"),
        "not_normal": sum(row[AT["Origin"]] not in ("Phone", "Email") for row in cases + children),
        "promises": filled("Promised Action"),
        "created_after_received": sum(row[AT["Created On"]] != row[AT["Date Received"]] for row in cases),
    }


def _case(landlord: Landlord, random: Random, number: int) -> list[Cell]:
    home, received = random.choice(landlord.lived_in), some_day(random, last=TODAY - timedelta(days=30))
    acknowledged = days_after(random, received, 1, 8)
    extended = acknowledged + timedelta(days=28) if random.random() < 0.15 else None
    responded = days_after(random, acknowledged, 5, 26)
    status = random.choices(("Resolved", "In Progress", "Withdrawn", "Refused"), (80, 8, 7, 5))[0]
    status = "In Progress" if status == "Resolved" and responded > TODAY else status
    promise = random.random() < 0.3 and status == "Resolved"
    row = _row(random, f"CAS-{20_000 + number}", home, received, landlord)
    row[AT["Status Reason"]], row[AT["Stage 1 Acknowledged"]] = status, acknowledged
    row[AT["Stage 1 Extension Agreed To"]] = extended
    row[AT["Stage 1 Responded"]] = responded if status == "Resolved" else None
    if promise:
        row[AT["Promised Action"]], row[AT["Action Due"]] = (
            "Inspect and report back",
            days_after(random, responded, 5, 30),
        )
    return row


def _row(random: Random, reference: str, home: Home, received: date, landlord: Landlord) -> list[Cell]:
    """A case with nothing answered yet; what it says stands in the markup of a web form."""
    row: list[Cell] = [None] * len(CASE)
    words, said = landlord.words, random.sample(landlord.words["complaint"], 2)
    customer = f"{random.choice(words['forenames'])} {random.choice(words['surnames'])}"
    markup = f"<div><p>{said[0].replace('&', '&amp;')}</p><p>{said[1].replace('&', '&amp;')}&nbsp;</p></div>"
    row[0], row[1], row[2] = f"{random.getrandbits(64):016x}", f"{random.getrandbits(96):024x}==", TODAY
    filled: dict[str, Cell] = {
        "Case Number": reference, "Case Title": f"Complaint {reference}", "Customer": customer,
        "Origin": random.choices(list(ORIGINS), list(ORIGINS.values()))[0], "Subject": random.choice(SUBJECTS),
        "Created On": days_after(random, received, 1, 6), "Owner": "Complaints Team", "Date Received": received,
        "Property Ref": home.reference, "Tenure": home.tenure, "Description": markup,
    }  # fmt: skip
    for heading, cell in filled.items():
        row[AT[heading]] = cell
    return row


def _child(random: Random, number: int, parent: list[Cell]) -> list[Cell]:
    """The second stage of a case: a case of its own that names its parent."""
    asked = days_after(random, _day(parent, "Stage 1 Responded"), 2, 30)
    acknowledged, row = days_after(random, asked, 1, 6), list(parent)
    reference = f"CAS-{21_000 + number}"
    cleared = (
        "Stage 1 Acknowledged",
        "Stage 1 Extension Agreed To",
        "Stage 1 Responded",
        "Promised Action",
        "Action Due",
    )
    for heading in cleared:
        row[AT[heading]] = None
    row[0] = f"{random.getrandbits(64):016x}"
    changed = {
        "Case Number": reference, "Case Title": f"Stage 2 {reference}", "Parent Case": parent[AT["Case Number"]],
        "Date Received": asked, "Created On": asked, "Stage 2 Acknowledged": acknowledged,
        "Stage 2 Responded": days_after(random, acknowledged, 10, 32),
    }  # fmt: skip
    for heading, cell in changed.items():
        row[AT[heading]] = cell
    return row


def _day(row: list[Cell], heading: str) -> date:
    found = row[AT[heading]]
    if not isinstance(found, date):
        raise ValueError(f"{heading} is not filled.")
    return found


def civica(landlord: Landlord, folder: Path) -> LookAlike:
    """Complaints in the housing system's contact report: a row a stage, some closed and opened again."""
    random, rows, again, second = landlord.stream("complaints report"), [], 0, 0
    for number in range(LISTED):
        first = _listed(landlord, random, number)
        rows.append(first)
        if number % 10 == 3:  # closed, opened again, closed later
            rows.append([*first[:8], uk(days_after(random, TODAY, -9, -1)), first[9]])
            again += 1
        if number % 8 == 5:
            asked = days_after(random, TODAY, -60, -40)
            closed = uk(days_after(random, asked, 8, 30))
            rows.append([first[0], uk(asked), *first[2:6], "2", uk(asked + timedelta(days=28)), closed, first[9]])
            second += 1
    name = "05_complaints_report.csv"
    titles = title_rows("Complaints by stage (CRM051)", date(2026, 10, 30))
    write_text(folder / name, [*titles, HEADINGS, *rows], encoding="cp1252")
    planted = {"stage_1": LISTED, "stage_2": second, "closed_and_reopened": again, "title_rows": 4}
    return LookAlike(name, "complaints", len(rows), planted)


def _listed(landlord: Landlord, random: Random, number: int) -> list[Cell]:
    home, day = random.choice(landlord.lived_in), some_day(random, last=TODAY - timedelta(days=90))
    tenancy = home.current.reference if home.current else ""
    method, closed = random.choice(("Phone In", "Email In")), uk(days_after(random, day, 5, 30))
    return [
        f"K{8_000 + number}", uk(day), method, random.choice(SUBJECTS), tenancy, home.reference, "1",
        uk(day + timedelta(days=14)), closed, random.choice(landlord.words["complaint"]),
    ]  # fmt: skip
