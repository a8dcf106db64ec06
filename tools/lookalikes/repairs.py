"""File 7: work orders as a repairs system writes them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from tools.lookalikes.landlord import TODAY, Landlord, days_after, some_day
from tools.lookalikes.sheets import Cell, LookAlike, write_text

ORDERS = 400
HEADINGS = (
    "wo_ref", "rq_ref", "prop_ref", "created", "date_due", "attend_date", "completed", "datecomp", "wo_status",
    "u_priority", "sup_ref", "tensatcomments",
)  # fmt: skip
BLANK = "1900-01-01 00:00:00"
DAYS = {"EMERGENCY": 1, "ROUTINE": 28, "PLANNED": 90}
TO_COME = date(2027, 2, 14)


def work_orders(landlord: Landlord, folder: Path) -> LookAlike:
    """Work orders with padded keys, 1900-01-01 for no date, communal jobs on a block, cancelled jobs."""
    random = landlord.stream("repairs")
    rows = [_order(landlord, random, number) for number in range(ORDERS)]
    rows[17][3:9] = [_stamp(TO_COME), _stamp(TO_COME), BLANK, BLANK, BLANK, "OPN"]
    name = "07_repairs.csv"
    write_text(folder / name, [HEADINGS, *rows], encoding="utf-8")
    return LookAlike(name, "repairs", len(rows), _planted(rows))


def _order(landlord: Landlord, random: Random, number: int) -> list[Cell]:
    raised = some_day(random)
    priority = random.choices(list(DAYS), (15, 70, 15))[0]
    cancelled, attended = random.random() < 0.08, days_after(random, raised, 0, DAYS[priority] + 6)
    done = not cancelled and attended < TODAY - timedelta(days=3)
    completed = _stamp(attended) if done else BLANK
    status = "CAN" if cancelled else "CMP" if done else "OPN"
    due = _stamp(raised + timedelta(days=DAYS[priority]))
    wrote = random.choice(landlord.words["repair"])
    return [
        f"W{700_000 + number}", f"R{500_000 + number}", _place(landlord, random, number), _stamp(raised), due,
        _stamp(attended) if done else BLANK, completed, completed, status, priority, "CON01   ", wrote,
    ]  # fmt: skip


def _place(landlord: Landlord, random: Random, number: int) -> str:
    """A home's reference padded to twelve, or without its noughts; a block's for a communal job."""
    if number % 13 == 4:
        return f"{random.choice(landlord.blocks):<12}"
    home = random.choice(landlord.lived_in)
    if number % 50 == 9:
        return "99999999    "  # no such home
    return home.reference.lstrip("0") if number % 9 == 2 else f"{home.reference:<12}"


def _stamp(day: date) -> str:
    return f"{day} 00:00:00"


def _planted(rows: list[list[Cell]]) -> dict[str, int]:
    places = [str(row[2]) for row in rows]
    return {
        "blank_completed": sum(row[6] == BLANK for row in rows),
        "communal": sum(place.startswith("BLK") for place in places),
        "cancelled": sum(row[8] == "CAN" for row in rows),
        "noughts_lost": sum(place.isdigit() and len(place) == 5 for place in places),
        "padded": sum(place.startswith("000") for place in places),
        "no_such_home": sum(place.strip() == "99999999" for place in places),
        "in_the_future": 1,
        "texts": sum(bool(row[11]) for row in rows),
    }
