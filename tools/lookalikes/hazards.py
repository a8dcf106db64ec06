"""File 9: the damp and hazard tracker, a tab for each surveyor."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import xlsxwriter
from xlsxwriter.format import Format

from tools.lookalikes.landlord import TODAY, Home, Landlord, days_after, some_day
from tools.lookalikes.sheets import Cell, LookAlike, workbook, write_row

HEADINGS = (
    "Case No", "Date Reported", "Address", "HHSRS Category", "Emergency/Significant", "Investigation Due (10WD)",
    "Date Inspected", "Summary Sent", "Made Safe", "No Access 1", "No Access 2", "No Access 3", "RAG", "Comments",
)  # fmt: skip
ADDRESS, INSPECTED, MADE_SAFE, COLOUR = 2, 6, 8, 12
SURVEYORS = ("Prudence", "Barnaby", "R Inkpen")  # invented; a tab's name is never kept
EACH = 11
KINDS = ("Damp and mould", "Excess cold", "Falls")
COLOURS = ("#FF0000", "#FFC000", "#00B050")
ABOUT_A_WEEK = "w/c 3/11"


def damp_tracker(landlord: Landlord, folder: Path) -> LookAlike:
    """Cases by surveyor: merged titles and addresses, a colour for a status, a week where a day should stand."""
    random, planted = landlord.stream("hazards"), {"weeks": 0, "merged": 0, "emergencies": 0, "no_access": 0}
    name = "09_damp_tracker.xlsx"
    with workbook(folder / name) as book:
        for place, surveyor in enumerate(SURVEYORS):
            rows = [_case(landlord, random, place * EACH + number) for number in range(EACH)]
            planted["merged"] += _tab(book, surveyor, rows)
            planted["weeks"] += sum(ABOUT_A_WEEK in row for row in rows)
            planted["emergencies"] += sum(row[4] == "Emergency" for row in rows)
            planted["no_access"] += sum(bool(row[9]) for row in rows)
    return LookAlike(name, "hazards", EACH * len(SURVEYORS), planted | {"tabs": len(SURVEYORS)})


def _tab(book: xlsxwriter.Workbook, surveyor: str, rows: list[list[Cell]]) -> int:
    """One surveyor's sheet; how many addresses in it are merged over two cases of one home."""
    sheet, day = book.add_worksheet(surveyor), book.add_format({"num_format": "dd/mm/yyyy"})
    title = book.add_format({"bold": True, "align": "center"})
    sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, f"Damp, mould and hazards: {surveyor}", title)
    colours = [book.add_format({"bg_color": colour}) for colour in COLOURS]
    write_row(sheet, 2, HEADINGS, day)
    for place, row in enumerate(rows, start=3):
        write_row(sheet, place, row, day)
        sheet.write_blank(place, COLOUR, None, _colour(row, colours))
    rows[5][ADDRESS] = rows[4][ADDRESS]
    sheet.merge_range(7, ADDRESS, 8, ADDRESS, rows[4][ADDRESS])
    return 1


def _colour(row: list[Cell], colours: list[Format]) -> Format:
    return colours[2 if row[MADE_SAFE] else 1 if row[INSPECTED] else 0]


def _case(landlord: Landlord, random: Random, number: int) -> list[Cell]:
    home, reported = random.choice(landlord.lived_in), some_day(random, date(2025, 10, 28), date(2026, 10, 12))
    severity = "Emergency" if number % 9 == 1 else "Significant"
    inspected: Cell = days_after(random, reported, 1, 16)
    if number % 7 == 2:
        reported, inspected = date(2025, 10, 28), ABOUT_A_WEEK
    summary = days_after(random, reported, 17, 22) if number % 3 else None
    safe = days_after(random, reported, 20, 40) if number % 4 == 0 else None
    tried: list[date | None] = (
        [days_after(random, reported, 3, 6), None, None] if number % 6 == 3 else [None, None, None]
    )
    summary, safe, *tried = (day if day and day <= TODAY else None for day in (summary, safe, *tried))
    return [
        f"DM{400 + number}", reported, _written(home, number), random.choice(KINDS),
        severity, reported + timedelta(days=14), inspected, summary, safe, *tried, None,
        random.choice(landlord.words["hazard"]),
    ]  # fmt: skip


def _written(home: Home, number: int) -> str:
    """An address as people type it: capitals, a comma less, the town left out of none."""
    return (
        home.address.upper()
        if number % 4 == 1
        else home.address.replace(", ", " ")
        if number % 4 == 2
        else home.address
    )
