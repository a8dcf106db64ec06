"""Look-alikes of the files a landlord's systems export, with every fault such files have. All of it is invented.

Run from the project's folder: python -m tools.lookalikes FOLDER
The same version writes the same bytes. Homes and tenancies are the same in every file, so that joins can be seen.
"""

from __future__ import annotations

from pathlib import Path

from tools.lookalikes import (
    complaints,
    contacts,
    hazards,
    homes,
    letters,
    manysheets,
    online,
    repairs,
    samples,
    surveys,
)
from tools.lookalikes.landlord import the_landlord
from tools.lookalikes.sheets import LookAlike

__all__ = ["MAKERS", "LookAlike", "make"]

MAKERS = (
    surveys.agency_workbook,
    samples.issued_sample,
    online.qualtrics,
    online.forms,
    online.surveymonkey,
    complaints.dynamics,
    complaints.civica,
    contacts.civica,
    contacts.dialler,
    repairs.work_orders,
    homes.tenancy_agreements,
    homes.housing_list,
    hazards.damp_tracker,
    letters.register,
    letters.template,
    manysheets.contact_centre,
)


def make(folder: Path) -> dict[str, LookAlike]:
    """Every look-alike, written into a folder (made where it is not there), by file name, with what was planted."""
    folder.mkdir(parents=True, exist_ok=True)
    landlord = the_landlord()
    written = (maker(landlord, folder) for maker in MAKERS)
    return {each.name: each for each in written}
