"""The contacts look-alikes: a housing system's report, a dialler, and one sheet of forty."""

from __future__ import annotations

import pytest

from tools.lookalikes.landlord import the_landlord

PHRASES = set(the_landlord().words["contact"])


@pytest.fixture(scope="module")
def report(take):
    return take("05_contacts_report.csv", "contacts")


@pytest.fixture(scope="module")
def calls(take):
    return take("06_dialler.csv", "contacts")


def test_a_report_is_read_below_its_title_rows(report):
    assert report.incoming.file.header_row == report.planted["title_rows"] + 1


def test_notes_that_run_over_rows_are_put_back_under_their_contact(report):
    texts = [text for (text,) in report.rows("select text from contacts")]
    joined = [text for text in texts if text not in PHRASES]
    assert len(joined) == report.planted["notes_over_rows"]
    pairs = {f"{first} {second}" for first in PHRASES for second in PHRASES}
    assert set(joined) <= pairs


def test_a_contact_closed_and_opened_again_is_one(report):
    assert report.count("contacts") == report.planted["contacts"]
    file = report.incoming.file
    assert file.rows_in == file.rows_kept + sum(file.left_out.values())
    assert sum(file.left_out.values()) == report.planted["notes_over_rows"] + report.planted["closed_and_reopened"]


def test_dates_written_day_first_are_read_so_without_asking(report):
    assert report.count("contacts", "day is null or day > DATE '2026-10-30'") == 0


def test_a_way_of_contact_is_also_a_direction(report):
    assert report.count("contacts", "direction = 'out'") == report.planted["out"]
    assert report.count("contacts", "channel = 'other'") == 0


def test_padded_references_to_a_place_are_trimmed(report):
    assert report.count("contacts", "home_ref <> trim(home_ref) or length(home_ref) <> 8") == 0


def test_calls_about_arrears_and_to_the_wrong_person_are_not_listening(calls):
    assert calls.count("contacts", "listening") == calls.planted["listening"]
    assert calls.count("contacts", "campaign like 'Rent Arrears%'") == calls.planted["arrears"]
    assert calls.count("contacts", "campaign like 'Rent Arrears%' and listening") == 0


def test_a_dialler_rings_out_by_telephone_and_its_numbers_are_dropped(calls):
    assert calls.rows("select distinct channel, direction from contacts") == [("telephone", "out")]
    assert calls.incoming.file.dropped["Phone Number"] == 200


def test_the_one_sheet_of_forty_that_holds_contacts_is_found(take):
    found = take("05_contacts_forty_sheets.xlsx", "contacts")
    assert found.incoming.file.sheet == "All contacts"
    assert found.count("contacts") == 90
