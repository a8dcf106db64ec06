"""File 2: the issued sample with its outcomes, as the agency sends it back."""

from __future__ import annotations

from pathlib import Path

from tools.lookalikes.landlord import Landlord
from tools.lookalikes.sheets import Cell, LookAlike, write_text

ISSUED = 280
HEADINGS = (
    "Sample ID", "Tenancy Ref", "Title", "Surname", "Tel1", "Tel2", "Quota Cell", "Attempts", "Final Outcome",
)  # fmt: skip
OUTCOMES = {"Complete": 40, "No reply": 30, "Refusal": 12, "Dead line": 9, "Language": 4, "Deceased": 2, "Moved": 3}
MEANT = {"Complete": "complete", "No reply": "no reply", "Refusal": "refusal", "Dead line": "dead line",
         "Language": "language", "Deceased": "deceased", "Moved": "ineligible"}  # fmt: skip


def issued_sample(landlord: Landlord, folder: Path) -> LookAlike:
    """Who was rung, and what came of it. A spreadsheet took the leading noughts of phones and tenancies."""
    random = landlord.stream("sample")
    rows: list[list[Cell]] = []
    for number, home in enumerate(random.sample(landlord.lived_in, ISSUED)):
        words, tenancy = landlord.words, home.current
        outcome = random.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
        cell = f"{'LCHO' if home.tenure == 'Shared Ownership' else 'LCRA'} - {home.estate}"
        rows.append([
            f"S{number + 1:05d}", tenancy.reference.lstrip("0") if tenancy else "", random.choice(words["titles"]),
            random.choice(words["surnames"]), f"7700900{random.randrange(1000):03d}",
            f"1632960{random.randrange(1000):03d}" if random.random() < 0.3 else "", cell,
            6 if outcome == "No reply" else random.randint(1, 5), outcome,
        ])  # fmt: skip
    name = "02_issued_sample.csv"
    write_text(folder / name, [HEADINGS, *rows])
    return LookAlike(name, "sample", len(rows), _planted(rows))


def _planted(rows: list[list[Cell]]) -> dict[str, int]:
    found = dict.fromkeys(MEANT.values(), 0)
    for row in rows:
        found[MEANT[str(row[-1])]] += 1
    return {**found, "noughts_lost": len(rows)}
