"""Fair outcomes as charts: each group with its range, and each group against all others."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Comparison, Estimate, Verdict
from analysis.model.fair import Fairness, FairRow, Holding
from dashboard import words
from dashboard.charts.chart import Cell, Chart, Kind, Mark, Series, Table, extremes
from dashboard.words import fairness as said

GAP_FILE = (
    "outcome", "characteristic", "group", "share", "low", "high", "base", "all others", "gap", "gap low", "gap high",
    "verdict", "because",
)  # fmt: skip
HELD_FILE = (
    "characteristic", "protected", "state", "tenancies", "known of tenancies", "answers", "known of answers", "means",
)  # fmt: skip


def fair_dots(row: FairRow, title: str, caption: str, source: str) -> Chart:
    """A dot for each group of one characteristic that may be told, beside everyone; not known last."""
    every = [*row.groups, *([row.unknown] if row.unknown else [])]
    marks = tuple(_mark(each, row) for each in every if each.value is not None)
    everyone = row.everyone
    reference = None
    if everyone.value is not None:
        reference = Mark("Everyone", everyone.value, everyone.low, everyone.high, said.figure_words(everyone, row))
    return Chart(
        kind=Kind.INTERVALS,
        title=title,
        series=(Series(f"Share {row.outcome.yes}", "main", marks),),
        alt=f"Dots with intervals: {title}. {extremes(marks)} The table has every figure.",
        caption=caption,
        source=source,
        table=_groups_table(row, every),
        reference=reference,
    )


def _mark(found: Estimate, row: FairRow) -> Mark:
    small = found.base < words.SMALL_BASE
    return Mark(_name(found), found.value, found.low, found.high, said.figure_words(found, row), small)


def _name(found: Estimate) -> str:
    level = said.level(found)
    return "Not known" if level == "not recorded" else level


def _groups_table(row: FairRow, every: Sequence[Estimate]) -> Table:
    return Table(
        headings=(row.characteristic.title, "Share", "Could be", row.outcome.many.capitalize(), "Note"),
        rows=tuple(
            (
                _name(each),
                words.share_of(each),
                words.interval(each.low, each.high),
                words.told(each.told_base),
                each.withheld or "",
            )
            for each in every
        ),
        file_headings=(row.characteristic.title.lower(), "share", "low", "high", row.outcome.many, "note"),
        file_rows=tuple((_name(e), e.value, e.low, e.high, e.told_base, e.withheld) for e in every),
    )


def fair_gaps(row: FairRow, title: str, caption: str, source: str) -> Chart:
    """How far each group is from all others: what is beyond chance solid, what could be chance hollow."""
    marks = tuple(
        Mark(
            said.level(gap.after),
            gap.difference,
            gap.low,
            gap.high,
            said.gap_words(gap),
            gap.verdict is not Verdict.REAL,
        )
        for gap in row.gaps
        if gap.difference is not None
    )
    return Chart(
        kind=Kind.CHANGES,
        title=title,
        series=(Series("Gap to all others", "main", marks),),
        alt=f"Dots with intervals either side of no gap: {title}. {extremes(marks)} The table has every figure.",
        caption=caption,
        source=source,
        table=gaps_of([row]),
    )


def gaps_of(rows: Sequence[FairRow]) -> Table:
    """Every gap of some rows: on the page with its verdict, and unrounded for a file."""
    each = [(row, gap) for row in rows for gap in row.gaps]
    return Table(
        headings=("Outcome", "Group", "Share", "All others", "Gap", "Verdict", "Because"),
        rows=tuple(_gap_row(row, gap) for row, gap in each),
        file_headings=GAP_FILE,
        file_rows=tuple(_gap_cells(row, gap) for row, gap in each),
    )


def _gap_row(row: FairRow, gap: Comparison) -> tuple[str, ...]:
    return (
        row.outcome.title,
        f"{row.characteristic.title}: {said.level(gap.after)}",
        words.share_of(gap.after),
        words.share_of(gap.before),
        words.change(gap),
        gap.verdict.value,
        gap.why,
    )


def _gap_cells(row: FairRow, gap: Comparison) -> tuple[Cell, ...]:
    after = gap.after
    own = (after.value, after.low, after.high, after.told_base, gap.before.value)
    found = (gap.difference, gap.low, gap.high, gap.verdict.value, gap.why)
    return (row.outcome.title, row.characteristic.title, said.level(after), *own, *found)


def held_table(found: Fairness) -> Table:
    """What is held of each characteristic, and of how many it is known."""
    return Table(
        headings=("Characteristic", "Known", "State"),
        rows=tuple((each.characteristic.title, said.known(each), each.state) for each in found.holdings),
        file_headings=HELD_FILE,
        file_rows=tuple(_held_cells(each) for each in found.holdings),
    )


def _held_cells(each: Holding) -> tuple[Cell, ...]:
    of = each.characteristic
    return (
        of.title,
        "yes" if of.protected else "no",
        each.state,
        each.tenancies,
        each.tenancies_known,
        each.answers,
        each.answers_known,
        of.unheld,
    )
