"""Homes that answered or were heard from, as tables and files: counted out where few, and a handful tells nothing."""

from __future__ import annotations

import pandas as pd

from analysis.model import HeardHomes
from analysis.survey.representation import reach
from dashboard.charts.reach import heard_dots, outcomes_table, reach_dots

COUNTED = pd.DataFrame(
    [("Ash", 200, 100, 50), ("One", 1, 1, 1), ("Two", 2, 2, 0)], columns=["estate", "homes", "issued", "answered"]
)


def test_of_a_handful_of_homes_the_file_does_not_tell_whether_anybody_answered():
    chart = reach_dots(reach(COUNTED, ("estate",), sampled=True, smallest_base=10), "", "", "", "Estate")
    names, homes, *others = zip(*chart.table.file_rows, strict=True)
    assert (names, homes) == (("Ash", "One", "Two"), (200, 1, 2))
    # Answered and silent read the same: by name, and nothing but the reason.
    assert {tuple(column[1:]) for column in others[:-1]} == {(None, None)}
    assert others[-1] == (None, "fewer than 10 homes", "fewer than 10 homes")


def test_a_share_of_fewer_than_thirty_is_counted_out():
    heard = [HeardHomes((), 200, 100, 0.5, {}), HeardHomes((("estate", "Ash"),), 20, 7, 0.35, {})]
    table = heard_dots(heard, "", "", "", "Estate").table
    assert [row[3] for row in table.rows] == ["50%", "7 of 20"]
    assert [row[2] for row in outcomes_table({"complete": 7, "refusal": 3}).rows] == ["7 of 10", "3 of 10"]
