"""A small landlord's records for tests of pages: made by hand, as they stand on Wednesday 25 November 2026."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from incoming_records import small_records

from analysis.model import Reading, Redacted, Tone
from data.language import load_language
from data.readings import Readings
from data.store import Store

TODAY = date(2026, 11, 25)
Rows = Sequence[Mapping[str, object]]


def homes() -> Rows:
    """100 rented homes on Ash Court, 100 on Beech Row, 20 leasehold flats on Ash Court."""
    rented = [("Ash Court", f"A{n}") for n in range(100)] + [("Beech Row", f"B{n}") for n in range(100)]
    kept = [_home(home, estate, "General needs", "LCRA") for estate, home in rented]
    return (*kept, *(_home(f"L{n}", "Ash Court", "Leasehold", "outside") for n in range(20)))


def _home(home: str, estate: str, tenure: str, group: str) -> Mapping[str, object]:
    return {"home": home, "estate": estate, "tenure": tenure, "tenure_group": group, "dwelling": True}


def complaint(reference: str, made: str, home: str = "A1", stage: int = 1, **more: object) -> Mapping[str, object]:
    """One stage of one complaint of a tenant of Ash Court, about repairs."""
    return {
        "reference": reference, "complaint": reference, "stage": stage, "made": made, "home_ref": home,
        "record_type": "complaint", "route": "normal", "category": "Repairs", **more,
    }  # fmt: skip


def complaints() -> Rows:
    """One reply overdue, one due on 2 December, twenty answered in time on Beech Row, two of leaseholders, one refused.

    By the Code stage one is answered within 10 working days of the acknowledgement: of 21 October by 4 November, of
    18 November by 2 December.
    """
    answered = {"acknowledged": "2026-06-03", "responded": "2026-06-12", "category": "Damp"}
    return (
        complaint("C1", "2026-10-19", acknowledged="2026-10-21"),
        complaint("C2", "2026-11-16", acknowledged="2026-11-18"),
        *(complaint(f"D{n}", "2026-06-01", f"B{n}", **answered) for n in range(20)),
        *(complaint(f"L{n}", "2026-05-05", f"L{n}", **answered) for n in range(2)),
        complaint("R1", "2026-06-01", refused=True),
        complaint("P1", "2026-08-03", "A2", acknowledged="2026-08-05", responded="2026-08-14",
                  promise="Call Mr Jones on 07700 900123 about the fence", promise_due="2026-11-01"),
        complaint("P2", "2026-08-03", "B2", acknowledged="2026-08-05", responded="2026-08-14",
                  promise="Paint the hall", promise_due="2026-09-30", promise_done="2026-09-29"),
    )  # fmt: skip


HAZARDS: Rows = (
    {"reference": "H1", "reported": "2026-11-20", "kind": "Damp and mould", "severity": "significant",
     "investigation_due": "2026-12-04", "home_ref": "A3"},
    {"reference": "H2", "reported": "2026-11-24", "kind": "Exposed wires", "severity": "emergency",
     "inspected": "2026-11-24", "home_ref": "B3"},
    {"reference": "H3", "reported": "2026-10-01", "kind": "Damp and mould", "severity": "significant",
     "inspected": "2026-10-05", "made_safe": "2026-10-20", "home_ref": "B4"},
)  # fmt: skip
REPAIRS: Rows = (
    {"reference": "W1", "raised": "2026-10-05", "due": "2026-10-06", "completed": "2026-10-05", "priority": "emergency",
     "home_ref": "A1"},
    {"reference": "W2", "raised": "2026-10-12", "due": "2026-11-02", "completed": "2026-11-05", "priority": "routine",
     "home_ref": "B1"},
    {"reference": "W3", "raised": "2026-11-20", "priority": "routine", "cancelled": True, "home_ref": "B1"},
)  # fmt: skip


def publish_records(home: Path, more: Rows = ()) -> None:
    """Take the records in, a file a kind, as the landlord's own; ``more`` are further complaints."""
    store = Store(home / "landlord", "real")
    brought: dict[str, Rows] = {
        "homes": homes(), "complaints": (*complaints(), *more), "hazards": HAZARDS, "repairs": REPAIRS
    }  # fmt: skip
    for number, (kind, rows) in enumerate(brought.items(), start=1):
        incoming = small_records(f"{kind}.csv", str(number) * 64, **{kind: rows})
        incoming.facts = {"holds": kind, "rows_in": len(rows), "rows_kept": len(rows)}
        store.publish(incoming).close()
        incoming.connection.close()


def take_contacts_in(home: Path, contacts: Rows) -> None:
    """Take contacts in beside the records, each read as negative and with other words in place of its own."""
    store = Store(home / "landlord", "real")
    incoming = small_records("contacts.csv", "9" * 64, contacts=contacts)
    incoming.facts = {"holds": "contacts", "rows_in": len(contacts), "rows_kept": len(contacts)}
    store.publish(incoming).close()
    incoming.connection.close()
    readings = Readings(store.readings_folder, load_language().version)
    negative = Tone("negative", -0.5, (), 0.9)
    keys = {str(row["text_key"]): str(row["reference"]) for row in contacts}
    readings.keep([Reading(key, Redacted(f"taken out {ref}"), negative, (), False, "v") for key, ref in keys.items()])
