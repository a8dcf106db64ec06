"""An invented contact file for a campaign: a name and a number for every tenancy of the invented landlord that runs."""

from __future__ import annotations

import csv
import io
from datetime import date

import numpy as np

from data.generation import Generation

HEADINGS = ("Property ref", "Tenancy ref", "Name", "Telephone", "Do not contact", "DA flag", "Legal claim", "Deceased")
FIRST = ("Ada", "Bram", "Cass", "Dov", "Effie", "Fenn", "Greta", "Hal", "Ines", "Jonty", "Kit", "Lola", "Moss", "Nell")
LAST = ("Applewhistle", "Bramblefoot", "Cobblepot", "Dapplemoor", "Fernyhollow", "Gooseberry", "Marmalade", "Puddock")
# Ofcom keeps these numbers for stories: nobody has them.
MOBILE, LANDLINE = "07700 900{:03}", "01632 960{:03}"
FLAGS = (0.02, 0.006, 0.008, 0.003)  # do not contact, domestic abuse, legal claim, deceased
NO_NUMBER, LOST_NOUGHT = 0.03, 0.02
SEED = 7


def invented_contacts(held: Generation, day: date, seed: int = SEED) -> str:
    """The file as CSV text: every name is made up and every number one that nobody has. The same seed, the same file.

    It has what such files have: some without a number, some whose leading nought a spreadsheet lost.
    """
    found = held.rows(
        "select home, min(tenancy_ref) from people where home is not null and (start_day is null or start_day <= ?) "
        "and (end_day is null or end_day >= ?) group by home order by home",
        [day, day],
    )
    random = np.random.default_rng(seed)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for home, tenancy in found:
        first, last = FIRST[random.integers(len(FIRST))], LAST[random.integers(len(LAST))]
        number = (MOBILE if random.random() < 0.8 else LANDLINE).format(random.integers(1000))
        lost = random.random()
        if lost < NO_NUMBER:
            number = ""
        elif lost < NO_NUMBER + LOST_NOUGHT:
            number = number.replace(" ", "").lstrip("0")
        flags = ["Y" if random.random() < share else "" for share in FLAGS]
        writer.writerow([home, tenancy or "", f"{first} {last}", number, *flags])
    return text.getvalue()
