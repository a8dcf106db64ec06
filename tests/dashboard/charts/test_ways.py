"""Where people were asked differently, the change within each way of asking stands in a table of its own."""

from __future__ import annotations

from analysis.model import Comparison, Estimate, Verdict
from dashboard.charts.ways import within_method_table
from data.registers import measures

TP01 = measures("2024/25")[0]


def asked_by(way: str, value: float, base: int = 100) -> Estimate:
    return Estimate(value, value - 0.1, value + 0.1, base, group=(("method", way),), measure="TP01")


def test_each_way_of_asking_has_its_change_and_verdict():
    phone = Comparison(asked_by("Telephone", 0.6), asked_by("Telephone", 0.7), 0.1, 0.02, 0.18, Verdict.REAL, "Larger.")
    post = Comparison(asked_by("Post", 0.6), asked_by("Post", 0.7, 9), None, None, None, Verdict.TOO_FEW, "Too few.")
    table = within_method_table([(TP01, phone), (TP01, post)], "2024")
    assert table.rows == (
        ("TP01 Overall satisfaction, by telephone", "+10.0 points (+2.0 to +18.0)", "real change"),
        ("TP01 Overall satisfaction, by post", "–", "too few to say"),
    )
    assert table.file_rows[0] == ("TP01 Overall satisfaction", "telephone", 0.1, 0.02, 0.18, "real change", "Larger.")
