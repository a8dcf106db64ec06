"""What the annual complaints report has to hold, as the register has it."""

from __future__ import annotations

from data.packs.complaint_report import complaint_report


def test_every_item_says_what_belongs_there():
    found = complaint_report()
    assert len(found.items) == 8
    assert all(item.title and item.belongs.endswith(".") for item in found.items)


def test_what_was_not_checked_against_the_code_says_so():
    assert "from memory" in complaint_report().note and "2024" in complaint_report().source
