"""What goes with an outcome: each measure's part of it with its range, hollow where it is not proven."""

from __future__ import annotations

from analysis.model import Driver, Drivers
from dashboard import words
from dashboard.charts.chart import Cell, Chart, Kind, Mark, Series, Table, extremes
from dashboard.words.drivers import NOT_PROVEN, Titles, driver_words, ranks, way

FILE_HEADINGS = (
    "measure",
    "part",
    "low",
    "high",
    "part by Johnson's weights",
    "rank",
    "lowest rank",
    "highest rank",
    "direction",
    "direction low",
    "direction high",
    "proven",
    "why not proven or left out",
)


def driver_dots(found: Drivers, titles: Titles, title: str, caption: str, source: str) -> Chart:
    """One dot for each measure set beside the outcome, the one that goes with it most first; the rest in the table."""
    marks = tuple(_mark(driver, titles) for driver in found.drivers)
    return Chart(
        kind=Kind.SHARED_OUT,
        title=title,
        series=(Series("Part of what is accounted for", "main", marks),),
        alt=f"Dots with intervals: {title}. {extremes(marks)} Hollow: not proven. The table has every figure.",
        caption=caption,
        source=source,
        table=_table(found, titles),
    )


def _mark(driver: Driver, titles: Titles) -> Mark:
    name, hollow = _name(driver.measure, titles), not driver.proven
    return Mark(name, driver.share, driver.low, driver.high, driver_words(driver), hollow)


def _name(code: str, titles: Titles) -> str:
    return f"{code} {titles.get(code, '')}".strip()


def _table(found: Drivers, titles: Titles) -> Table:
    told = tuple(
        (
            _name(driver.measure, titles),
            words.percent(driver.share),
            words.interval(driver.low, driver.high),
            ranks(driver),
            way(driver),
            "proven" if driver.proven else f"{NOT_PROVEN}: {driver.why}",
        )
        for driver in found.drivers
    )
    out = tuple((_name(code, titles), *[words.NOTHING] * 4, f"left out: {why}") for code, why in found.left_out.items())
    return Table(
        headings=("Measure", "Part", "Could be", "Rank", "Goes", "Note"),
        rows=told + out,
        file_headings=FILE_HEADINGS,
        file_rows=tuple(_file_row(driver, titles) for driver in found.drivers)
        + tuple((_name(code, titles), *[None] * (len(FILE_HEADINGS) - 2), why) for code, why in found.left_out.items()),
    )


def _file_row(driver: Driver, titles: Titles) -> tuple[Cell, ...]:
    return (
        _name(driver.measure, titles),
        driver.share,
        driver.low,
        driver.high,
        driver.johnson,
        driver.rank,
        driver.rank_low,
        driver.rank_high,
        driver.direction,
        driver.direction_low,
        driver.direction_high,
        "yes" if driver.proven else "no",
        driver.why,
    )
