"""The invented contact file: the same each time, of names nobody has and numbers kept for stories."""

from __future__ import annotations

import csv
import io
import re

from small_campaign import TODAY, landlord

from data.campaign import read_contacts
from data.demo.contact_file import FIRST, LAST, invented_contacts


def test_it_is_the_same_each_time_and_can_be_read(tmp_path):
    held = landlord(tmp_path, each=200)
    text = invented_contacts(held, TODAY)
    assert invented_contacts(held, TODAY) == text
    assert invented_contacts(held, TODAY, seed=8) != text
    held.close()
    file = tmp_path / "contacts.csv"
    file.write_text(text, encoding="utf-8-sig", newline="")
    found = read_contacts(file)
    assert len(found.rows) == 400
    assert found.unused == ()
    assert any(each.flags for each in found.rows)
    assert any(not each.phone for each in found.rows)


def test_every_name_is_made_up_and_every_number_is_one_that_nobody_has(tmp_path):
    held = landlord(tmp_path, each=200)
    rows = list(csv.DictReader(io.StringIO(invented_contacts(held, TODAY))))
    held.close()
    names = {f"{first} {last}" for first in FIRST for last in LAST}
    assert {row["Name"] for row in rows} <= names
    numbers = [row["Telephone"].replace(" ", "").lstrip("0") for row in rows if row["Telephone"]]
    assert not [number for number in numbers if not re.fullmatch(r"7700900\d{3}|1632960\d{3}", number)]
