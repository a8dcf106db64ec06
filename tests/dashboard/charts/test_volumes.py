"""Charts of complaints and repairs say the same as their figures."""

from __future__ import annotations

from datetime import date

from analysis.model import Rate, RepairMonth, Timeliness
from dashboard.charts.handling import PARTS, handled_bars
from dashboard.charts.volumes import DRAWN, repair_months, volume_bars, volume_months


def rate(level, count, homes=1000, way="estate", withheld=None):
    per_thousand = None if withheld else count / homes * 1000
    return Rate("", 1, ((way, level),), None if withheld else count, homes, per_thousand, withheld)


def test_a_group_of_a_handful_has_no_bar_and_its_count_is_nowhere():
    chart = volume_bars([rate("Ash", 30), rate("Birch", 4, withheld="fewer than 10")], "estate", "t", "c", "s")
    assert chart.labels == ("Ash",)
    assert chart.table.rows == (
        ("Ash", "30", "1,000", "30.0", ""),
        ("Birch", "–", "1,000", "–", "fewer than 10"),
    )
    assert chart.table.file_rows[1] == ("Birch", 1, None, 1000, None, "fewer than 10")


def test_the_largest_fifteen_are_drawn_and_every_one_is_in_the_table():
    chart = volume_bars([rate(f"Estate {n:02d}", 40 - n) for n in range(20)], "estate", "t", "c", "s")
    assert len(chart.labels) == DRAWN == 15
    assert len(chart.table.rows) == 20


def test_a_month_without_complaints_is_nought_and_one_with_a_handful_has_no_column():
    rates = [rate("2026-04", 12, way="month"), rate("2026-06", 3, way="month", withheld="fewer than 10")]
    chart = volume_months(rates, date(2026, 4, 1), date(2026, 6, 20), 1000, "t", "c", "s")
    assert chart.labels == ("Apr 2026", "May 2026", "Jun 2026")
    assert [mark.value for mark in chart.series[0].marks] == [12.0, 0.0, None]


def test_the_parts_of_those_made_fill_the_bar():
    made = Timeliness(
        "CH02_1", 1, (), 100, 60, 10, 8, 4, 15, 2, 1, 90, 3, 9.0, share=0.7, share_without=0.6, share_within=0.1
    )
    chart = handled_bars([made], "t", "c", "s")
    shares = {series.name: series.marks[0].value for series in chart.series}
    assert sum(shares.values()) == 1
    assert shares["In time"] == 0.6
    assert shares["Late"] == 0.08
    assert shares["Other"] == 0.03
    assert chart.labels == ("Stage one (CH02_1), 100 made",)
    assert chart.table.rows[0][:3] == ("Stage one (CH02_1)", "100", "60")
    assert len(PARTS) == 6


def test_of_fewer_than_thirty_made_the_parts_are_counted_out():
    made = Timeliness("CH02_2", 2, (), 8, 5, 1, 2, 0, 0, 0, 0, 8, 0, 15.0, share=0.75)
    chart = handled_bars([made], "t", "c", "s")
    assert chart.series[0].marks[0].words == "5 of 8"


def test_a_stage_that_is_withheld_is_in_the_table_only_and_not_even_counted():
    chart = handled_bars([Timeliness("", 1, (), 4, withheld="fewer than 10 stage one complaints")], "t", "c", "s")
    assert chart.labels == ()
    assert chart.table.rows[0][1] == "–"
    assert chart.table.file_rows[0][2] is None
    assert chart.table.rows[0][-1] == "fewer than 10 stage one complaints"


def test_repairs_stand_side_by_side_month_by_month():
    months = [RepairMonth(date(2026, 4, 1), 1204, 1100), RepairMonth(date(2026, 5, 1), 900, 950)]
    chart = repair_months(months, "t", "c", "s")
    assert [series.name for series in chart.series] == ["Raised", "Completed"]
    assert chart.table.rows[0] == ("Apr 2026", "1,204", "1,100")
    assert chart.table.file_rows[1] == ("2026-05", 900, 950)
