"""Places side by side: as counted and drawn towards what is usual; against everyone else; since the earlier survey."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Comparison, SmallArea, SmallAreas
from dashboard import words
from dashboard.charts.chart import Cell, Chart, Kind, Mark, Series, Table, extremes, group_name
from dashboard.words import places as said

DRAWN_FILE = (
    "name", "share", "low", "high", "answers", "counted as yes", "homes", "weight on the others", "drawn", "drawn low",
    "drawn high", "rank from", "rank to", "why not shown",
)  # fmt: skip
COMPARED_FILE = ("name", "share", "beside", "difference", "low", "high", "verdict", "because")


def drawn_dots(found: SmallAreas, areas: Sequence[SmallArea], title: str, caption: str, source: str, of: str) -> Chart:
    """Two dots for each group that is drawn, in the order given: drawn and as counted, beside what is usual."""
    shown = [area for area in areas if area.value is not None]
    drawn = tuple(_drawn_mark(area) for area in shown)
    counted = tuple(_counted_mark(area) for area in shown)
    usual = Mark(f"Usual among the {said.several(found.by)}", found.mean, None, None, _percent(found.mean))
    return Chart(
        kind=Kind.PAIRS,
        title=title,
        series=(Series("Drawn", "main", drawn), Series("As counted", "earlier", counted)),
        alt=f"Pairs of dots with intervals, as counted and drawn: {title}. {extremes(drawn)} "
        f"{usual.label}: {usual.words}. The table has every figure.",
        caption=caption,
        source=source,
        table=_drawn_table(areas, len(shown), of),
        reference=usual,
    )


def gaps_table(found: Sequence[Comparison], of: str) -> Table:
    """Every group against everyone else, in the order given."""
    return _compared(found, (of, "Share", "Everyone else", "Difference", "Verdict", "Because"))


def moves_table(found: Sequence[Comparison], earlier: str, of: str) -> Table:
    """Every group against its own share in an earlier survey, in the order given."""
    return _compared(found, (of, "Share", earlier, "Change", "Verdict", "Because"))


def _drawn_mark(area: SmallArea) -> Mark:
    return Mark(group_name(area.group), area.value, area.low, area.high, said.side_by_side(area))


def _counted_mark(area: SmallArea) -> Mark:
    direct = area.direct
    small = direct.base < words.SMALL_BASE
    return Mark(group_name(area.group), direct.value, direct.low, direct.high, words.in_words(direct), small)


def _percent(share: float | None) -> str:
    return words.NOTHING if share is None else words.percent(share)


def _drawn_table(areas: Sequence[SmallArea], number: int, of: str) -> Table:
    return Table(
        headings=(
            of,
            "As counted",
            "Answers",
            "Homes",
            "Own answers count for",
            "Drawn",
            f"Could rank, of {number}",
            "Note",
        ),
        rows=tuple(_drawn_row(area) for area in areas),
        file_headings=DRAWN_FILE,
        file_rows=tuple(_drawn_file_row(area) for area in areas),
    )


def _drawn_row(area: SmallArea) -> tuple[str, ...]:
    return (
        group_name(area.group),
        _with_range(words.share_of(area.direct), area.direct.low, area.direct.high),
        words.told(area.direct.told_base),
        words.NOTHING if area.homes is None else words.count(area.homes),
        said.own_weight(area),
        _with_range(_percent(area.value), area.low, area.high),
        said.ranks(area),
        area.withheld or "",
    )


def _with_range(share: str, low: float | None, high: float | None) -> str:
    return share if low is None or high is None else f"{share} ({words.interval(low, high)})"


def _drawn_file_row(area: SmallArea) -> tuple[Cell, ...]:
    direct, best, worst = area.direct, *(area.rank or (None, None))
    yes = None if direct.withheld else direct.yes
    own = (direct.value, direct.low, direct.high, direct.told_base, yes, area.homes)
    drawn = (area.shrinkage, area.value, area.low, area.high, best, worst)
    return (group_name(area.group), *own, *drawn, area.withheld)


def _compared(found: Sequence[Comparison], headings: tuple[str, ...]) -> Table:
    return Table(
        headings=headings,
        rows=tuple(_compared_row(each) for each in found),
        file_headings=COMPARED_FILE,
        file_rows=tuple(_compared_file_row(each) for each in found),
    )


def _compared_row(each: Comparison) -> tuple[str, ...]:
    shares = words.share_of(each.after), words.share_of(each.before)
    return (group_name(each.after.group), *shares, words.change(each), each.verdict.value, each.why)


def _compared_file_row(each: Comparison) -> tuple[Cell, ...]:
    figures = (each.after.value, each.before.value, each.difference, each.low, each.high)
    return (group_name(each.after.group), *figures, each.verdict.value, each.why)
