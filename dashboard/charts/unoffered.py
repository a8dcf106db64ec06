"""Dissatisfied contacts without a complaint: the share of each channel or estate with its interval."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Estimate
from dashboard import words
from dashboard.charts.chart import Chart, Kind, Mark, Series, Table, extremes, group_name
from dashboard.words import unoffered as said

FILE_HEADINGS = ("share", "low", "high", "contacts", "without a complaint", "note")


def unoffered_dots(shares: Sequence[Estimate], way: str, caption: str) -> Chart:
    """One dot for each channel or estate that can be shown; the table has the others with the reason."""
    marks = tuple(_mark(each) for each in shares if each.value is not None)
    title = said.title(way)
    return Chart(
        kind=Kind.INTERVALS,
        title=title,
        series=(Series("Without a complaint", "main", marks),),
        alt=f"Dots with intervals: {title}. {extremes(marks)} The table has every figure.",
        caption=caption,
        source=said.SOURCE,
        table=_table(shares, way),
    )


def _mark(share: Estimate) -> Mark:
    figure = words.in_words(share, *said.CONTACTS)
    return Mark(group_name(share.group), share.value, share.low, share.high, figure, share.base < words.SMALL_BASE)


def _table(shares: Sequence[Estimate], way: str) -> Table:
    return Table(
        headings=(said.WAYS[way], "Share", "Could be", "Contacts", "Note"),
        rows=tuple(
            (
                group_name(each.group),
                words.share_of(each),
                words.interval(each.low, each.high),
                words.told(each.told_base),
                each.withheld or "",
            )
            for each in shares
        ),
        file_headings=(way, *FILE_HEADINGS),
        file_rows=tuple(
            (group_name(each.group), each.value, each.low, each.high, each.told_base, each.yes, each.withheld)
            for each in shares
        ),
    )
