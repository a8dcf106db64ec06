from __future__ import annotations

import pytest

from data.management import CannotEnter, Entries, read_entries

YEAR = "2025/26"


@pytest.fixture
def entries(tmp_path):
    return Entries(tmp_path)


def test_the_last_entry_is_used_and_can_be_taken_back(entries):
    entries.enter(YEAR, "BS01", "combined", 90, 100, "Sam")
    entries.enter(YEAR, "BS01", "combined", 95, 100, "Ode")
    assert entries.of(YEAR)["BS01", "combined"].numerator == 95
    assert [each.by for each in entries.history(YEAR)] == ["Ode", "Sam"]
    assert entries.undo(YEAR).by == "Ode"
    assert entries.of(YEAR)["BS01", "combined"].numerator == 90
    entries.undo(YEAR)
    with pytest.raises(CannotEnter, match="nothing to take back"):
        entries.undo(YEAR)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (("XX", "combined", 1, 2, "Sam"), "There is no 'XX'"),
        (("BS01", "LCRA", 1, 2, "Sam"), "reported for combined"),
        (("BS01", "combined", -1, 2, "Sam"), "from 0 up"),
        (("BS01", "combined", float("nan"), 2, "Sam"), "from 0 up"),
        (("BS01", "combined", 1, 2, " "), "A name is needed"),
    ],
)
def test_what_cannot_be_entered_is_refused_and_nothing_kept(entries, said, message):
    with pytest.raises(CannotEnter, match=message):
        entries.enter(YEAR, *said)
    assert entries.of(YEAR) == {}


def test_a_file_has_both_numbers_of_each_value(tmp_path):
    file = tmp_path / "m.csv"
    file.write_text('code,numerator,denominator\nBS01,"9,990","10,000"\nCH01_1 LCHO,26,1500\n')
    assert read_entries(file, YEAR) == (("BS01", "combined", 9990, 10000), ("CH01_1", "LCHO", 26, 1500))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,numerator,denominator\nBS01,99.9%,100\n", "row 2.*A bare percentage"),
        ("code,numerator,denominator\nCH01_1,26,1500\n", "row 2: say for whom"),
        ("code,numerator,denominator\nBS01,many,100\n", "row 2.*must be a number"),
        ("code,numerator,denominator\nBS01,-1,100\n", "row 2.*from 0 up"),
        ("code,numerator,denominator\nBS01,nan,100\n", "row 2.*from 0 up"),
        ("code,numerator,denominator\nXX,1,100\n", "row 2: There is no 'XX'"),
        ("code,numerator,denominator\nBS01,1,2\nBS01 combined,3,4\n", "row 3: BS01 combined stands in row 2 too"),
        ("code,numerator,denominator,year\nBS01,1,2,2023/24\n", "row 2: the year is '2023/24' and 2025/26"),
        ("code,value\nBS01,99.9\n", "It needs the columns code, numerator, denominator"),
    ],
)
def test_a_wrong_file_is_refused_by_row(tmp_path, text, message):
    file = tmp_path / "m.csv"
    file.write_text(text)
    with pytest.raises(CannotEnter, match=message):
        read_entries(file, YEAR)


def test_a_column_of_the_year_may_be_there(tmp_path):
    file = tmp_path / "m.csv"
    file.write_text("code,numerator,denominator,year\nBS01,1,2,2025/26\n")
    assert read_entries(file, YEAR) == (("BS01", "combined", 1, 2),)


def test_of_many_values_all_are_kept_or_none(entries):
    with pytest.raises(CannotEnter, match="from 0 up"):
        entries.enter_all(YEAR, [("BS01", "combined", 1, 2), ("BS02", "combined", -1, 2)], "Sam")
    assert entries.of(YEAR) == {}
    assert len(entries.enter_all(YEAR, [("BS01", "combined", 1, 2), ("BS02", "combined", 1, 2)], "Sam")) == 2
    assert len(entries.of(YEAR)) == 2
