"""The guide has a page for each kind of file, and the headings it names are known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.columns.kinds import RECORDS, kind
from data.columns.spellings import plain_heading

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "files"
SPECIAL = {"Ethnic Origin", "Disability Y/N", "2", "3"}  # kept where a policy document allows it; No Access 2 and 3
WITH_HEADINGS = tuple(key for key in RECORDS if key != "teams")


@pytest.mark.parametrize("key", ("survey", *RECORDS))
def test_every_kind_of_file_has_its_page_and_its_command(key):
    assert (GUIDE / f"{key}.md").is_file()
    assert f"]({key}.md) | `tenant-voice take-in FILE --as {key}` |" in (GUIDE / "README.md").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("key", WITH_HEADINGS)
def test_the_headings_a_page_says_are_recognised_are_recognised(key):
    page = (GUIDE / f"{key}.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\| (`.+) \| (.+) \|$", page, re.M)
    named = {heading for cell, meant in lines if "dropped" not in meant for heading in re.findall("`([^`]+)`", cell)}
    of = kind(key)
    spelt = {plain_heading(spelling) for each in of.fields for spelling in each.spellings}
    assert named
    assert {heading for heading in named if plain_heading(heading) not in spelt} <= SPECIAL
