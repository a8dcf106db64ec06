from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.columns.days import age_band, day_of, order_of


@given(st.dates(date(1930, 1, 1), date(2030, 12, 31)))
def test_a_day_comes_back_from_each_way_of_writing_it(day: date) -> None:
    assert day_of(day.strftime("%d/%m/%Y"), "day first") == day
    assert day_of(day.strftime("%m/%d/%Y"), "month first") == day
    assert day_of(day.isoformat(), "") == day
    assert day_of(day.strftime("%d %B %Y"), "") == day


@pytest.mark.parametrize(
    ("texts", "settled", "is_open"),
    [
        (["03/04/2024", "31/05/2024"], "day first", False),
        (["03/04/2024", "05/31/2024"], "month first", False),
        (["03/04/2024"], "", True),
        (["31/05/2024", "05/31/2024"], "", True),
        (["04/04/2024"], "", False),
        (["2024-04-03", "3 May 2024", "n/a"], "", False),
    ],
)
def test_the_order_of_days_and_months_is_settled_only_by_a_date_that_has_one_reading(
    texts: list[str], settled: str, is_open: bool
) -> None:
    order = order_of(texts, "")
    assert (order.settled, order.open) == (settled, is_open)


def test_what_the_analyst_said_of_the_order_holds() -> None:
    assert order_of(["31/05/2024"], "month first").settled == "month first"


def test_a_spreadsheets_day_number_is_a_day() -> None:
    assert day_of("45413", "") == date(2024, 5, 1)  # as Excel shows it


def test_31_february_is_no_day() -> None:
    assert day_of("31/02/2025", "day first") is None


@pytest.mark.parametrize(
    ("age", "band"), [(16, "16–24"), (24, "16–24"), (25, "25–34"), (84, "75–84"), (85, "85+"), (104, "85+")]
)
def test_an_age_falls_in_its_band(age: int, band: str) -> None:
    assert age_band(age) == band
