"""A reader's last look: what was there then, and what counts as one sitting."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from data.reader import Reader

MONDAY = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
THEN, SINCE = {"complaints": date(2026, 11, 20)}, {"complaints": date(2026, 11, 24)}


@pytest.fixture
def reader(tmp_path):
    return Reader(tmp_path / "landlord")


def test_at_the_first_look_nothing_was_seen_before(reader):
    assert reader.look(MONDAY, THEN, "2026-11-20T08:30:00+00:00") is None


def test_the_next_day_what_was_there_at_the_last_look_is_known(reader):
    reader.look(MONDAY, THEN, "2026-11-20T08:30:00+00:00")
    before = reader.look(MONDAY + DAY, SINCE, "2026-11-24T08:30:00+00:00")
    assert before.looked == MONDAY
    assert before.newest == THEN
    assert before.last_file == "2026-11-20T08:30:00+00:00"


def test_a_reload_does_not_make_what_was_new_old(reader):
    reader.look(MONDAY, THEN, "")
    reader.look(MONDAY + DAY, SINCE, "a")
    again = reader.look(MONDAY + DAY + 5 * MINUTE, SINCE, "a")
    assert (again.looked, again.newest) == (MONDAY, THEN)
    still_first = Reader(reader._file.parent / "other")
    still_first.look(MONDAY, THEN, "")
    assert still_first.look(MONDAY + MINUTE, THEN, "") is None


def test_a_long_sitting_is_one_as_long_as_the_looks_are_within_an_hour(reader):
    reader.look(MONDAY, THEN, "")
    for minutes in range(0, 180, 30):
        before = reader.look(MONDAY + DAY + minutes * MINUTE, SINCE, "")
    assert before.looked == MONDAY
    after_lunch = reader.look(MONDAY + DAY + 300 * MINUTE, SINCE, "")
    assert after_lunch.looked == MONDAY + DAY + 150 * MINUTE


def test_two_readers_have_each_their_own_look(tmp_path):
    one, other = Reader(tmp_path, "one"), Reader(tmp_path, "other")
    one.look(MONDAY, THEN, "")
    assert other.look(MONDAY + DAY, SINCE, "") is None
    assert one.look(MONDAY + DAY, SINCE, "").newest == THEN
