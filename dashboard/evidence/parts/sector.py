"""Our measures beside those of other landlords: which quarter may be claimed, given how far each could be off."""

from __future__ import annotations

from dataclasses import replace

from analysis.model import Findings
from dashboard import sector, words
from dashboard.charts.chart import Chart, Mark
from dashboard.charts.standing import ours_beside
from dashboard.evidence.about import about_of, key_of
from dashboard.evidence.blocks import Block, Figure, Heading, Paragraph, TableBlock
from dashboard.how.sector import of_ours_beside
from dashboard.words.evidence import other_year, standing
from dashboard.words.standing import SOURCE
from data.sector import shipped_years

OF_A_PART = (
    "Other landlords report on all their tenants, and these figures are of a part of ours: they are not set beside "
    "each other."
)
NO_FIGURES = "The regulator's figures hold none of these measures for this tenure group."
CLAIMED = (
    "A quarter may be claimed where our own range reaches into it; where it reaches into several, all of them are "
    "named. The quartiles are taken as they were published."
)
SHARES = ("share", "low", "high", "lower quartile", "median", "upper quartile")


def beside_others(found: Findings) -> tuple[Block, ...]:
    """Our own measures beside the newest quartiles that come with the program, drawn; the table is kept beside."""
    if not found.headline:
        return ()
    heading = Heading("Beside other landlords", 3)
    if found.question.filters:
        return (heading, Paragraph(OF_A_PART))
    year = shipped_years()[0]
    rows = [row for row in sector.beside_sector(found, year) if found.question.tenure_group in row[0].tenures]
    if not rows:
        return (heading, Paragraph(NO_FIGURES))
    claims = sector.claims(rows)
    title = f"Our measures beside all landlords, {year}"
    about = (f"{about_of(found)[0]} · beside all landlords, {year}, as published", f"{about_of(found)[1]} {SOURCE}")
    chart, made, key = _short(ours_beside(rows, claims, title, *about)), of_ours_beside(found, year), key_of(found)
    said = (" ".join(filter(None, (standing(rows, claims, year), other_year(found.wave.reporting_year, year)))),)
    return (
        heading,
        *(Paragraph(each) for each in said if each),
        *((Figure(f"{key}-sector", chart, SHARES, made),) if chart.labels else ()),
        TableBlock(f"{key}-sector-table", f"{title}: quartiles", chart.table, about, SHARES, made, not chart.labels),
    )


def _short(chart: Chart) -> Chart:
    """The chart with its figures alone beside each row, as far as a line on paper holds: the rest is in the table."""
    return replace(
        chart,
        series=tuple(
            replace(each, marks=tuple(replace(mark, words=_figures(mark)) for mark in each.marks))
            for each in chart.series
        ),
    )


def _figures(mark: Mark) -> str:
    return (
        words.NOTHING if mark.value is None else f"{words.percent(mark.value)} ({words.interval(mark.low, mark.high)})"
    )
