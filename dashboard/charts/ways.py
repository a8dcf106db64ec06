"""The change within each way of asking, for measures that were asked differently: a table, not drawn."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Comparison, Measure
from dashboard import words
from dashboard.charts.chart import Table

Rows = Sequence[tuple[Measure, Comparison]]


def within_method_table(rows: Rows, earlier: str) -> Table:
    """Each measure and way of asking with its change since an earlier survey, verdict and reason."""
    named = [(f"{measure.code} {measure.title}", words.way_of_asking(moved), moved) for measure, moved in rows]
    return Table(
        headings=("Measure, and asked both times by", f"Change since {earlier}", "Verdict"),
        rows=tuple((f"{name}, by {way}", words.change(moved), moved.verdict.value) for name, way, moved in named),
        file_headings=("name", "asked by", "change", "low", "high", "verdict", "because"),
        file_rows=tuple(
            (name, way, moved.difference, moved.low, moved.high, moved.verdict.value, moved.why)
            for name, way, moved in named
        ),
    )
