"""The issued sample's look-alike."""

from __future__ import annotations

import pytest

OUTCOMES = ("complete", "refusal", "no reply", "dead line", "language", "deceased", "ineligible")


@pytest.fixture(scope="module")
def sample(take):
    return take("02_issued_sample.csv", "sample")


def test_outcomes_are_read_in_an_agencys_own_words(sample):
    found = dict(sample.rows("select outcome, count(*) from sample group by 1"))
    assert found == {outcome: sample.planted[outcome] for outcome in OUTCOMES}


def test_names_and_telephones_are_dropped_at_the_door(sample):
    assert set(sample.incoming.file.dropped) == {"Title", "Surname", "Tel1", "Tel2"}


def test_everyone_issued_is_of_the_wave_that_was_said(sample):
    assert sample.rows("select wave, count(*) from sample group by 1") == [("2025/26", 280)]


def test_the_quota_cell_is_the_stratum(sample):
    assert sample.count("sample", "stratum like 'LCRA - %' or stratum like 'LCHO - %'") == 280
