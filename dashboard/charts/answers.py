"""How the five answers fell: bars either side of the middle answer, one row a group or a measure."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Distribution, Measure
from dashboard import words
from dashboard.charts.chart import Cell, Chart, Kind, Mark, Series, Table, extremes, group_name

ROLES = ("answer 1", "answer 2", "answer 3", "answer 4", "answer 5")  # best first
UNBROKEN = "\N{NO-BREAK SPACE}"  # a figure stays on one line
MOST_LETTERS = 40  # of an answer's names in the legend
NET = ("net", "net low", "net high")
NOT_COUNTED = ("Not applicable", "Would not say", "Not asked", "Left blank")


def answer_bars(
    distributions: Sequence[Distribution], measure: Measure, title: str, caption: str, source: str
) -> Chart:
    """The five answers of one measure, a row for each group that can be shown."""
    rows = [(group_name(found.group), found) for found in distributions]
    return _bars(rows, measure.scale, title, caption, source, "Group")


def measure_bars(rows: Sequence[tuple[Measure, Distribution]], title: str, caption: str, source: str) -> Chart:
    """The five answers of each measure that can be shown, with its net score; answers under all their names."""
    named = [(f"{measure.code} {measure.title}", found) for measure, found in rows]
    scales = list(zip(*(measure.scale for measure, _ in rows), strict=True))
    labels = [f"{name}: {UNBROKEN.join(['net', *words.net(found).split()])}" for name, found in named]
    return _bars(named, [_every_name(each) for each in scales], title, caption, source, "Measure", labels)


def _every_name(labels: Sequence[str]) -> str:
    """Different names of one answer, each once; the first alone where together they are too long for a telephone.

    >>> _every_name(("Very satisfied", "Very satisfied", "Strongly agree"))
    'Very satisfied, strongly agree'
    """
    first, *others = dict.fromkeys(labels)
    together = ", ".join([first, *(label.lower() for label in others)])
    return together if len(together) <= MOST_LETTERS else first


def _bars(
    rows: Sequence[tuple[str, Distribution]],
    scale: Sequence[str],
    title: str,
    caption: str,
    source: str,
    of: str,
    labels: Sequence[str] | None = None,
) -> Chart:
    """Bars of rows under their own names or, over the bars, under ``labels``."""
    over = labels or [name for name, _ in rows]
    shown = [(label, found) for label, (_, found) in zip(over, rows, strict=True) if found.shares is not None]
    series = tuple(_answer(place, label, shown) for place, label in enumerate(scale))
    return Chart(
        kind=Kind.ANSWERS,
        title=title,
        series=series,
        alt=f"Bars of the five answers: {title}. {_in_words(series)} The table has every figure.",
        caption=caption,
        source=source,
        table=_table(rows, scale, of),
    )


def _answer(place: int, label: str, rows: Sequence[tuple[str, Distribution]]) -> Series:
    marks = tuple(
        Mark(name, found.shares[place], None, None, _said(found)[place])
        for name, found in rows
        if found.shares is not None
    )
    return Series(label, ROLES[place], marks)


def _said(found: Distribution) -> list[str]:
    """The five shares as read, best answer first."""
    if found.shares is None:
        return [words.NOTHING] * 5
    counts = found.counts or (None,) * 5
    return [words.answer_share(share, n, found.base) for share, n in zip(found.shares, counts, strict=True)]


def _in_words(series: tuple[Series, ...]) -> str:
    if not series or not series[0].marks:
        return "Nothing can be shown."
    if len(series[0].marks) == 1:
        return " ".join(f"{one.name}: {one.marks[0].words}." for one in series)
    return f"{series[0].name}: {extremes(series[0].marks)}"


def _table(rows: Sequence[tuple[str, Distribution]], scale: Sequence[str], of: str) -> Table:
    ends = [f"{label}, {end}" for label in scale for end in ("low", "high")]
    return Table(
        headings=(of, *scale, "Net", "Answers", "Left out", "Note"),
        rows=tuple(_row(name, found) for name, found in rows),
        file_headings=(of.lower(), *scale, *ends, *NET, "answers", *NOT_COUNTED, "why not shown"),
        file_rows=tuple(_file_row(name, found) for name, found in rows),
    )


def _row(name: str, found: Distribution) -> tuple[str, ...]:
    outside = [n for n in (found.not_applicable, found.refused, found.blank) if n is not None]
    left_out = words.count(sum(outside)) if outside else words.NOTHING
    base = words.told(found.told_base)
    return (name, *_with_ranges(found), words.net(found), base, left_out, found.withheld or "")


def _with_ranges(found: Distribution) -> list[str]:
    """The five shares as read, each with its range."""
    if found.shares is None or found.low is None or found.high is None:
        return _said(found)
    ranges = [words.interval(*ends) for ends in zip(found.low, found.high, strict=True)]
    return [f"{share} ({ends})" for share, ends in zip(_said(found), ranges, strict=True)]


def _file_row(name: str, found: Distribution) -> tuple[Cell, ...]:
    nothing: tuple[Cell, ...] = (None,) * 5
    low, high = found.low or nothing, found.high or nothing
    return (
        name,
        *(found.shares or nothing),
        *(end for ends in zip(low, high, strict=True) for end in ends),
        found.net,
        found.net_low,
        found.net_high,
        found.told_base,
        found.not_applicable,
        found.refused,
        found.not_asked,
        found.blank,
        found.withheld,
    )
