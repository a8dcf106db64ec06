"""File 8: the tenancy agreements of one housing system, and the homes and people of another."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

from tools.lookalikes.landlord import Home, Landlord, Tenancy, some_day
from tools.lookalikes.sheets import Cell, LookAlike, fill, workbook, write_text

AGREEMENT = ("prop_ref", "tag_ref", "house_ref", "cot", "eot", "tenure", "present", "terminated", "u_rent_patch")
CODES = {"General Needs": "SEC", "Affordable Rent": "AFF", "Sheltered": "SHE", "Shared Ownership": "SHO"}
LISTED = (
    "UPRN", "Property Ref", "Address", "Scheme", "Block", "Property Type", "Bedrooms", "Tenure Type", "Status",
    "Tenancy Ref", "Person Ref", "Title", "Surname", "Tenancy Start Date", "Tenancy End Date", "DOB", "Email", "Mobile",
    "Ethnic Origin", "Disability Y/N", "Preferred Contact", "Language", "Do Not Contact",
)  # fmt: skip
NOT_KNOWN = 0.4
DAMAGED_UPRN = "1.00023E+11"  # what a spreadsheet leaves of a long number
SPELT_OTHERWISE = {"Lanternmoor": "Lantern Moor", "Thimble Green": "Bobbin Fields"}  # the second by its old name


def tenancy_agreements(landlord: Landlord, folder: Path) -> LookAlike:
    """Tenancies as a rent system lists them: an open end is 1900-01-01, a tenure is a code."""
    rows: list[list[Cell]] = []
    for home in landlord.homes:
        for tenancy in home.tenancies:
            rows.append(_agreement(home, tenancy))
    name = "08_tenancy_agreements.csv"
    write_text(folder / name, [AGREEMENT, *rows], encoding="cp1252")
    doubled = sum(len([t for t in home.tenancies if t.end is None]) > 1 for home in landlord.homes)
    blank = sum(row[4] == "1900-01-01 00:00:00" for row in rows)
    return LookAlike(name, "people", len(rows), {"two_tenancies": doubled, "blank_dates": blank})


def _agreement(home: Home, tenancy: Tenancy) -> list[Cell]:
    ended = f"{tenancy.end or date(1900, 1, 1)} 00:00:00"
    over = int(tenancy.end is not None)
    house = f"{int(home.reference):09d}  "
    patch = f"P{int(home.reference) % 4 + 1}"
    return [
        home.reference, tenancy.reference, house, f"{tenancy.start} 00:00:00", ended, CODES[home.tenure],
        1 - over, over, patch,
    ]  # fmt: skip


def housing_list(landlord: Landlord, folder: Path) -> LookAlike:
    """Homes and people in one workbook, a row a person: joint tenants twice, garages and empty homes among them."""
    random = landlord.stream("housing list")
    rows: list[list[Cell]] = []
    for number, home in enumerate(landlord.homes):
        held = [tenancy for tenancy in home.tenancies if tenancy.end is None]
        for tenancy in held:
            rows += [_person(landlord, random, number, home, tenancy, person) for person in range(tenancy.people)]
        if not held:
            rows.append(_nobody(number, home))
    name = "08_homes_and_people.xlsx"
    with workbook(folder / name) as book:
        fill(book, "Export", [LISTED, *rows])
    return LookAlike(name, "homes", len(rows), _planted(landlord, rows))


def _planted(landlord: Landlord, rows: list[list[Cell]]) -> dict[str, int]:
    def where(heading: str, value: Cell) -> int:
        return sum(row[LISTED.index(heading)] == value for row in rows)

    refused = {row[LISTED.index("Tenancy Ref")] for row in rows if row[LISTED.index("Do Not Contact")] == "Y"}
    lived_in = sum(tenancy.end is None for home in landlord.homes for tenancy in home.tenancies)
    return {
        "homes": len(landlord.homes),
        "garages": sum(home.garage for home in landlord.homes),
        "empty": sum(not home.garage and not home.current for home in landlord.homes),
        "tenancies": lived_in,
        "people": sum(t.people for home in landlord.homes for t in home.tenancies if t.end is None),
        "joint": sum(t.people == 2 for home in landlord.homes for t in home.tenancies if t.end is None),
        "two_tenancies": sum(len([t for t in h.tenancies if t.end is None]) > 1 for h in landlord.homes),
        "damaged_uprn": where("UPRN", DAMAGED_UPRN),
        "not_known_ethnicity": where("Ethnic Origin", "Not known"),
        "not_known_contact": where("Preferred Contact", "Not known"),
        "do_not_contact": len(refused),
        "of_their_tenancies": sum(row[LISTED.index("Tenancy Ref")] in refused for row in rows),
        "e_mail": sum(bool(row[LISTED.index("Email")]) for row in rows),
        "mobile": sum(bool(row[LISTED.index("Mobile")]) for row in rows),
        "spelt_otherwise": where("Scheme", "Lantern Moor"),
        "renamed": where("Scheme", "Bobbin Fields"),
    }


def _place(number: int, home: Home, status: str) -> list[Cell]:
    uprn = DAMAGED_UPRN if number % 25 == 3 else home.uprn
    scheme = SPELT_OTHERWISE.get(home.estate, home.estate)
    block = f"{home.block}  " if home.block else ""
    size = home.bedrooms or None
    return [uprn, home.reference, home.address, scheme, block, home.kind, size, home.tenure, status]


def _nobody(number: int, home: Home) -> list[Cell]:
    status = "Let" if home.garage else "Void"
    return [*_place(number, home, status), *[None] * (len(LISTED) - 9)]


def _person(landlord: Landlord, random: Random, number: int, home: Home, tenancy: Tenancy, person: int) -> list[Cell]:
    words = landlord.words
    known = random.random() >= NOT_KNOWN
    reference = f"P{int(tenancy.reference) * 2 + person:07d}"
    return [
        *_place(number, home, "Occupied"), tenancy.reference, reference, random.choice(words["titles"]),
        random.choice(words["surnames"]), tenancy.start, None, some_day(random, date(1938, 1, 1), date(2004, 1, 1)),
        f"tenant.{reference.lower()}@example.org" if random.random() < 0.55 else None,
        f"07700 900{random.randrange(1000):03d}" if random.random() < 0.7 else None,
        random.choice(("White British", "Black African", "Pakistani", "Polish")) if known else "Not known",
        random.choice(("Y", "N", "N")), random.choice(("Email", "Phone", "Letter")) if known else "Not known",
        random.choice(("English", "English", "English", "Polish", "Urdu")), "Y" if random.random() < 0.03 else "N",
    ]  # fmt: skip
