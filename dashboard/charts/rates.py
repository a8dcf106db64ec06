"""How right the reader is, as tables."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.checking import Rates, Slice
from analysis.model import Estimate
from dashboard import words
from dashboard.charts.chart import Cell, Table
from dashboard.words.checking import RATE_HEADINGS, rate_cells, score

NAMES = ("precision", "recall", "f1")
PARTS = ("", "_low", "_high", "_base")
FILE_HEADINGS = ("label", *(f"{name}{part}" for name in NAMES for part in PARTS), "right", "wrong", "missed")


def rates_table(rates: Mapping[str, Rates]) -> Table:
    """A row a label: of those found the share right, of those there the share found, and both in one."""
    return Table(
        ("What", *RATE_HEADINGS),
        tuple((name, *rate_cells(each)) for name, each in rates.items()),
        FILE_HEADINGS,
        tuple(
            (name, *_cells(each.precision), *_cells(each.recall), *_cells(each.f1),
             each.score.right, each.score.wrong, each.score.missed)
            for name, each in rates.items()
        ),
    )  # fmt: skip


def slices_table(way: str, slices: Mapping[str, Slice]) -> Table:
    """A row a level: how many are checked, how often the tone is right, and all topics together."""
    return Table(
        (way, "Checked", "Tone right", "Topics, both in one (F1)"),
        tuple(
            (level, words.count(each.checked), words.in_words(each.tone, *words.COMMENTS), score(each.topics.f1))
            for level, each in slices.items()
        ),
        (way, "checked", *(f"tone{part}" for part in PARTS), *(f"topics_f1{part}" for part in PARTS)),
        tuple((level, each.checked, *_cells(each.tone), *_cells(each.topics.f1)) for level, each in slices.items()),
    )


def _cells(estimate: Estimate) -> tuple[Cell, ...]:
    return estimate.value, estimate.low, estimate.high, estimate.base
