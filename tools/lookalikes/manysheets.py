"""A workbook of forty sheets, of which one holds the contacts and the others what somebody once added up."""

from __future__ import annotations

from pathlib import Path

from tools.lookalikes.contacts import HEADINGS
from tools.lookalikes.landlord import Landlord, days_after, some_day
from tools.lookalikes.sheets import Cell, LookAlike, fill, workbook

SHEETS, DATA_SHEET, CONTACTS = 40, 23, 90


def contact_centre(landlord: Landlord, folder: Path) -> LookAlike:
    """Forty sheets; the contacts are on sheet 23."""
    random, name = landlord.stream("forty sheets"), "05_contacts_forty_sheets.xlsx"
    rows: list[list[Cell]] = []
    for number in range(CONTACTS):
        home, day = random.choice(landlord.lived_in), some_day(random)
        tenancy = home.current.reference if home.current else ""
        rows.append([
            f"F{number + 1:05d}", day, random.choice(("Phone In", "Email In")), "General enquiry", tenancy,
            home.reference, "", None, days_after(random, day, 0, 9), random.choice(landlord.words["contact"]),
        ])  # fmt: skip
    with workbook(folder / name) as book:
        for sheet in range(1, SHEETS + 1):
            if sheet == DATA_SHEET:
                fill(book, "All contacts", [HEADINGS, *rows])
            else:
                fill(book, f"Pivot {sheet}", [("Month", "Calls"), *((f"Month {m}", sheet * m) for m in range(1, 5))])
    return LookAlike(name, "contacts", CONTACTS, {"sheets": SHEETS})
