"""How satisfied the silent would have to be, and what has to do with who answered."""

from __future__ import annotations

from analysis.model import BreakEven, HowWrong, Representativity
from dashboard.charts.chart import Chart, Kind, Mark, Series, Table, extremes
from dashboard.words import count, exact_percent, in_words, percent
from dashboard.words.how_wrong import needed_words, thousandths, who
from dashboard.words.silence import WAYS


def break_even_dots(found: HowWrong, caption: str, source: str) -> Chart:
    """A dot for each lot of silent homes: how satisfied they would have to be, with the range the margin gives."""
    marks = tuple(
        Mark(who(line), line.needed, line.needed_low, line.needed_high, needed_words(line)) for line in found.lines
    )
    figure = found.figure
    everyone = Mark("The figure now", figure.value, figure.low, figure.high, in_words(figure))
    title = (
        f"How satisfied silent tenants would have to be for {found.measure.code} to be {exact_percent(found.target)}"
    )
    return Chart(
        kind=Kind.INTERVALS,
        title=title,
        series=(Series("Satisfied, at the break-even", "main", marks),),
        alt=f"Dots: {title}. {extremes(marks)} The table has every figure.",
        caption=caption,
        source=source,
        table=_table(found),
        reference=everyone if figure.value is not None else None,
    )


def _table(found: HowWrong) -> Table:
    headings = ("Who", "Homes", "Of all homes", "Break-even", "Figure, all dissatisfied", "Figure, all satisfied")
    return Table(
        headings=headings,
        rows=tuple(_row(line) for line in found.lines),
        file_headings=("who", "homes", "share of homes", "break-even", "low", "high", "worst", "best"),
        file_rows=tuple(
            (who(line), line.homes, line.share, line.needed, line.needed_low, line.needed_high, line.worst, line.best)
            for line in found.lines
        ),
    )


def _row(line: BreakEven) -> tuple[str, ...]:
    ends = (percent(line.worst), percent(line.best))
    return (who(line), count(line.homes), percent(line.share), needed_words(line), *ends)


def parts_table(found: Representativity) -> Table:
    """What each characteristic has to do with who answered, that which says most beyond the others first."""
    return Table(
        headings=("Characteristic", "Levels", "By itself", "Beyond the others", "Verdict"),
        rows=tuple(
            (
                WAYS[each.variable],
                count(each.levels),
                thousandths(each.unconditional),
                thousandths(each.conditional),
                each.verdict.value,
            )
            for each in found.parts
        ),
        file_headings=("characteristic", "levels", "unconditional", "conditional", "p", "after Holm", "verdict"),
        file_rows=tuple(
            (
                each.variable,
                each.levels,
                each.unconditional,
                each.conditional,
                each.p,
                each.adjusted,
                each.verdict.value,
            )
            for each in found.parts
        ),
    )
