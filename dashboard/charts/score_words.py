"""Scores beside words: the gap of each measure, and of each place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.model import Verdict
from analysis.model.fair import ScoreWords
from dashboard import words
from dashboard.charts.chart import Cell, Chart, Kind, Mark, Series, Table, extremes
from dashboard.words import score_words as said
from dashboard.words import spoken

FILE = (
    "measure", "place", "satisfied", "answers", "speak well", "comments", "both well and ill", "gap", "gap low",
    "gap high", "verdict", "beside all others", "low", "high", "verdict beside all others", "note",
)  # fmt: skip


def gap_dots(
    found: Sequence[ScoreWords], names: Sequence[str], titles: Mapping[str, str], title: str, caption: str
) -> Chart:
    """How far the words are worse (right of nought) or better than the score; a row for each, under its name."""
    marks = tuple(
        Mark(
            name,
            each.gap.difference,
            each.gap.low,
            each.gap.high,
            said.gap_words(each),
            each.gap.verdict is not Verdict.REAL,
        )
        for each, name in zip(found, names, strict=True)
        if each.gap.difference is not None
    )
    return Chart(
        kind=Kind.CHANGES,
        title=title,
        series=(Series("Score less words", "main", marks),),
        alt=f"Dots with intervals either side of no gap: {title}. {extremes(marks)} The table has every figure.",
        caption=caption,
        source=spoken.SOURCE,
        table=_table(found, titles),
    )


def _table(found: Sequence[ScoreWords], titles: Mapping[str, str]) -> Table:
    return Table(
        headings=(
            "Measure",
            "Place",
            "Satisfied",
            "Comments speak well",
            "Gap",
            "Beside all others",
            "Verdict",
            "Note",
        ),
        rows=tuple(_row(each, titles) for each in found),
        file_headings=FILE,
        file_rows=tuple(_cells(each, titles) for each in found),
    )


def _row(each: ScoreWords, titles: Mapping[str, str]) -> tuple[str, ...]:
    usual = each.usual
    verdict = each.gap.verdict if usual is None else usual.verdict
    return (
        titles[each.measure],
        said.place(each),
        words.share_of(each.score),
        words.in_words(each.words, *words.COMMENTS) if not each.words.withheld else words.NOTHING,
        words.change(each.gap),
        words.NOTHING if usual is None else words.change(usual),
        verdict.value,
        each.words.withheld or "",
    )


def _cells(each: ScoreWords, titles: Mapping[str, str]) -> tuple[Cell, ...]:
    gap, usual, hidden = each.gap, each.usual, each.words.withheld
    beside = (
        (None, None, None, None) if usual is None else (usual.difference, usual.low, usual.high, usual.verdict.value)
    )
    own = (
        each.score.value,
        each.score.told_base,
        each.words.value,
        each.words.told_base,
        None if hidden else each.both,
    )
    return (
        titles[each.measure],
        said.place(each),
        *own,
        gap.difference,
        gap.low,
        gap.high,
        gap.verdict.value,
        *beside,
        hidden,
    )
