"""Every kind of file and every rule has an owner and a due date: proposed, changed on screen, reckoned by hand here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from data.owners import FILE, RULE, Charge, NoSuchCharge, Owners, due_dates, next_due, proposed

MONTHLY = Charge("repairs", FILE, "Repairs", "repairs", "", "month", 10)


def test_every_kind_of_file_and_every_rule_has_an_owner():
    charges = proposed()
    assert [c.subject for c in charges if c.of == FILE] == [
        "survey", "homes", "people", "sample", "complaints", "contacts", "repairs", "hazards", "teams",
    ]  # fmt: skip
    assert all(charge.owner and charge.label for charge in charges)
    assert {charge.due_every for charge in charges if charge.of == RULE} == {""}


def test_a_change_is_kept_and_forgetting_it_brings_the_proposal_back(tmp_path):
    owners = Owners(tmp_path)
    before = owners.charge("homes")
    kept = owners.change("homes", "  Ada ", "ada@example.org", "month", 3)
    assert kept == replace(before, owner="Ada", email="ada@example.org", due_every="month", due_days=3, changed=True)
    assert Owners(tmp_path).charge("homes") == kept
    assert owners.forget("homes") == before


def test_asking_keeps_no_file(tmp_path):
    Owners(tmp_path).charges()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("subject", "owner", "email", "every", "days", "why"),
    [
        ("horses", "Ada", "", "month", 3, "called 'horses'"),
        ("homes", " ", "", "month", 3, "An owner is needed"),
        ("homes", "Ada", "ada, bob@example.org", "month", 3, "not one e-mail address"),
        ("homes", "Ada", "ada@example.org\nBcc: x@example.org", "month", 3, "not one e-mail address"),
        ("homes", "Ada", "ada@localhost", "month", 3, "not one e-mail address"),
        ("homes", "Ada", "", "week", 3, "month, quarter, year"),
        ("homes", "Ada", "", "", 3, "month, quarter, year"),
        ("homes", "Ada", "", "month", -1, "0 to 366"),
        ("date_missing", "Ada", "", "month", 3, "for a rule only the days"),
    ],
)
def test_what_means_nothing_is_refused_with_the_reason(subject, owner, email, every, days, why, tmp_path):
    with pytest.raises(NoSuchCharge, match=why):
        Owners(tmp_path).change(subject, owner, email, every, days)
    assert not any(charge.changed for charge in Owners(tmp_path).charges())


@pytest.mark.parametrize(
    ("every", "since", "today", "due"),
    [
        # Taken in on 5 September: the ends of September and October have passed; ten days later each is due.
        ("month", date(2026, 9, 5), date(2026, 11, 20), [date(2026, 10, 10), date(2026, 11, 10)]),
        ("month", date(2026, 9, 5), date(2026, 10, 9), []),
        ("month", date(2026, 9, 5), date(2026, 10, 10), [date(2026, 10, 10)]),
        # Taken in on the very last day of a month, the file holds that month up to then: its end still needs another.
        ("month", date(2026, 9, 30), date(2026, 10, 31), [date(2026, 10, 10)]),
        ("month", date(2026, 10, 1), date(2026, 10, 31), []),
        ("quarter", date(2026, 7, 1), date(2026, 11, 20), [date(2026, 10, 10)]),
        ("year", date(2026, 4, 1), date(2026, 11, 20), []),
        ("year", date(2026, 3, 1), date(2026, 11, 20), [date(2026, 4, 10)]),
        ("month", date(2026, 12, 5), date(2027, 1, 20), [date(2027, 1, 10)]),
        ("month", date(2028, 2, 5), date(2028, 3, 20), [date(2028, 3, 10)]),  # a leap year
    ],
)
def test_due_dates_since_the_last_file(every, since, today, due):
    assert list(due_dates(replace(MONTHLY, due_every=every), since, today)) == due


@pytest.mark.parametrize(
    ("every", "days", "today", "due"),
    [
        ("month", 10, date(2026, 11, 9), date(2026, 11, 10)),
        ("month", 10, date(2026, 11, 10), date(2026, 12, 10)),
        ("quarter", 15, date(2026, 11, 20), date(2027, 1, 15)),
        ("year", 30, date(2026, 11, 20), date(2027, 4, 30)),
        ("month", 0, date(2026, 11, 29), date(2026, 11, 30)),
        ("year", 366, date(2026, 11, 20), date(2027, 4, 1)),  # 366 days after 31 March 2026
    ],
)
def test_the_next_day_a_file_is_due(every, days, today, due):
    assert next_due(replace(MONTHLY, due_every=every, due_days=days), today) == due
