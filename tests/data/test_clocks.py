"""England's bank holidays by rule, and the Code's clocks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.easter import easter

from data.clocks import stage_clocks, working_days

PROCLAIMED = {date(2023, 5, 8)}  # the coronation


def by_rule(year: int) -> set[date]:
    """Banking and Financial Dealings Act 1971, New Year's Day and May Day by proclamation; substitutes on weekdays."""
    found = {easter(year) - timedelta(2), easter(year) + timedelta(1)}
    for first in (date(year, 5, 1), date(year, 8, 25), date(year, 5, 25)):  # first of May, last of August, of May
        found.add(first + timedelta((7 - first.weekday()) % 7))
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while fixed.weekday() > 4 or fixed in found:
            fixed += timedelta(1)
        found.add(fixed)
    return found


@pytest.mark.parametrize("year", range(2023, 2029))
def test_the_bank_holidays_of_every_year_held_are_those_the_rule_gives(year):
    held = {day for day in working_days().holidays if day.year == year}
    assert held - PROCLAIMED == by_rule(year)


def test_the_years_held_are_told():
    assert working_days().years == (2023, 2024, 2025, 2026, 2027, 2028)


def test_the_code_gives_5_days_to_acknowledge_then_10_or_20_and_as_many_again():
    clocks = {clock.stage: (clock.acknowledge, clock.reply, clock.extension) for clock in stage_clocks()}
    assert clocks == {1: (5, 10, 10), 2: (5, 20, 20)}
