"""Charts drawn for paper with Typst, from what the chart says and nothing else: here are places and colours, and
``charts.typ`` beside this file draws them. Every text goes over as data."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard.charts.chart import Chart, Kind, Mark, Series
from dashboard.look import LIGHT, letters_on

LABEL_LETTERS = 28  # of a row's name on one of its two lines
WORDS_LETTERS = 33  # of the figures beside a row on one line
HIGH, TWO_LINES_HIGH, PAIR_HIGH = 18, 23, 27  # points a row takes: of one line, of two, of two dots
ROWS_HIGH = 560  # points of a page for rows, under a title
MOST_COLUMN_NAMES = 12  # under a chart of months
Ticks = list[dict[str, Any]]
QUARTERS: tuple[tuple[float, str], ...] = ((0, "0%"), (0.25, "25%"), (0.5, "50%"), (0.75, "75%"), (1, "100%"))


def drawn(chart: Chart) -> dict[str, Any]:
    """The chart as data for ``charts.typ``: its words, its colours, and where on its scale each mark stands (0 to 1).

    The first row's figures are the first of every series; ``way`` names the drawing,
    ``high`` is how many points each row takes, ``most`` how many rows fit a page.
    """
    rows = [] if chart.kind is Kind.FUNNEL else _rows(chart)
    high = _high(rows)
    return {
        "way": _WAYS[chart.kind],
        "high": high,
        "most": int(ROWS_HIGH // high),
        "rows": rows,
        "legend": _legend(chart),
        "reference": _reference(chart),
        **_SCALES[chart.kind](chart),
        "colours": {name: getattr(LIGHT, name) for name in ("text", "quiet", "outline", "page", "reference")},
    }


def _rows(chart: Chart) -> list[dict[str, Any]]:
    """The name of each row, and the figures in words beside it where no bar carries them."""
    said = chart.series if chart.kind is Kind.PAIRS else chart.series[:1]
    if chart.kind in (Kind.ANSWERS, Kind.TONES, Kind.PARTS):
        said = ()
    return [
        {"label": shortened(label), "words": [series.marks[row].words for series in said]}
        for row, label in enumerate(chart.labels)
    ]


def _high(rows: Sequence[Mapping[str, Any]]) -> int:
    """The points each row takes: all as many, so that lines and dots stand evenly."""
    if any(len(row["words"]) > 1 for row in rows):
        return PAIR_HIGH
    two = any(
        len(row["label"]) > LABEL_LETTERS or any(len(said) > WORDS_LETTERS for said in row["words"]) for row in rows
    )
    return TWO_LINES_HIGH if two else HIGH


def shortened(label: str) -> str:
    """A row's name on at most two lines; the table has all of it.

    >>> len(shortened("A" * 300))
    30
    """
    return " ".join(textwrap.wrap(label, LABEL_LETTERS, max_lines=2, placeholder=" …")) or " "


def _legend(chart: Chart) -> list[dict[str, str]]:
    """The names of the series with their colours, where there is more than one."""
    if len(chart.series) < 2:
        return []
    return [{"name": one.name, "colour": colour} for one, colour in zip(chart.series, _colours(chart), strict=True)]


def _reference(chart: Chart) -> dict[str, Any] | None:
    if chart.reference is None or chart.reference.value is None:
        return None
    return {"label": chart.reference.label, "words": chart.reference.words}


def _colours(chart: Chart) -> tuple[str, ...]:
    """A colour for each series, in the order of the series."""
    of_kind = {
        Kind.ANSWERS: LIGHT.answers,
        Kind.TONES: LIGHT.tones,
        Kind.SIDES: (LIGHT.tones[0], LIGHT.tones[2], LIGHT.tones[3]),  # well, neither, ill
        Kind.PARTS: LIGHT.parts,
        Kind.MONTHS: LIGHT.parts,
        Kind.RATES: (LIGHT.main,),
    }.get(chart.kind)
    found = of_kind or tuple(getattr(LIGHT, one.role) for one in chart.series)
    return found[: len(chart.series)]


def _scale(low: float, high: float) -> Callable[[float | None], float | None]:
    """Where a number stands between two ends, 0 to 1."""
    return lambda value: None if value is None else (value - low) / (high - low)


def _ticks(low: float, high: float, named: Sequence[tuple[float, str]]) -> Ticks:
    place = _scale(low, high)
    return [{"at": place(value), "text": text} for value, text in named]


# ── Dots with intervals ──────────────────────────────────────────────────────────────────────────


def _shares(chart: Chart) -> dict[str, Any]:
    return _dots(chart, 0, 1, QUARTERS)


def _changes(chart: Chart) -> dict[str, Any]:
    ends = [abs(end) for one in chart.series for mark in one.marks for end in _numbers(mark)]
    reach = max([0.1, *ends]) * 1.08
    apart = 1 if reach <= 0.3 else 4  # steps of five points
    named = [(step / 20, _points(step)) for step in range(-20, 21, apart) if abs(step / 20) <= reach]
    return {**_dots(chart, -reach, reach, named), "nought": 0.5}


def _shared_out(chart: Chart) -> dict[str, Any]:
    """Parts of a whole, none of which need be near it: the scale ends at the next tenth above the highest range."""
    highest = max((mark.high or mark.value or 0 for one in chart.series for mark in one.marks), default=0)
    tenths = min(max(math.ceil(10 * highest), 2), 10)
    named = [(tenth / 10, f"{tenth / 10:.0%}") for tenth in range(0, tenths + 1, 1 if tenths <= 5 else 2)]
    return _dots(chart, 0, tenths / 10, named)


def _points(step: int) -> str:
    return "0" if step == 0 else f"{step * 5:+d}".replace("-", "−")


def _dots(chart: Chart, low: float, high: float, named: Sequence[tuple[float, str]]) -> dict[str, Any]:
    place = _scale(low, high)
    marks = [
        [
            {
                "at": place(mark.value),
                "low": place(mark.low),
                "high": place(mark.high),
                "colour": colour,
                "hollow": mark.small,
            }
            for mark in one.marks
        ]
        for one, colour in zip(chart.series, _colours(chart), strict=True)
    ]
    line = place(chart.reference.value) if chart.reference else None
    return {"marks": marks, "ticks": _ticks(low, high, named), "line": line}


def _numbers(mark: Mark) -> list[float]:
    return [end for end in (mark.low, mark.high, mark.value) if end is not None]


# ── Bars ─────────────────────────────────────────────────────────────────────────────────────────


def _answers(chart: Chart) -> dict[str, Any]:
    """Worse answers to the left of the middle of the middle answer, better ones to the right."""
    worst_first = chart.series[::-1]
    rows = list(zip(*([mark.value or 0.0 for mark in one.marks] for one in worst_first), strict=True))
    starts = [-(worst + bad + middle / 2) for worst, bad, middle, *_ in rows]
    ends = [start + sum(row) for start, row in zip(starts, rows, strict=True)]
    reach = max([*map(abs, starts), *ends], default=1.0) * 1.03
    return {**_bars(worst_first, _colours(chart)[::-1], starts, -reach, reach), "ticks": []}


def _wholes(chart: Chart) -> dict[str, Any]:
    bars = _bars(chart.series, _colours(chart), [0.0] * len(chart.labels), 0, 1)
    return {**bars, "ticks": _ticks(0, 1, QUARTERS)}


def _sides(chart: Chart) -> dict[str, Any]:
    rows = zip(*(one.marks for one in chart.series), strict=True)
    longest = max((sum(mark.value or 0.0 for mark in row) for row in rows), default=0)
    reach = min(1.0, 1.05 * longest) or 1.0
    bars = _bars(chart.series, _colours(chart), [0.0] * len(chart.labels), 0, reach)
    return {**bars, "ticks": _ticks(0, reach, [(t, f"{t:.0%}") for t in _round_steps(reach)]), "silent": True}


def _rates(chart: Chart) -> dict[str, Any]:
    reach = 1.05 * max((mark.value or 0.0 for one in chart.series[:1] for mark in one.marks), default=0.0) or 1.0
    bars = _bars(chart.series[:1], _colours(chart), [0.0] * len(chart.labels), 0, reach)
    return {**bars, "ticks": _ticks(0, reach, [(t, f"{t:,g}") for t in _round_steps(reach)]), "silent": True}


def _bars(
    series: Sequence[Series], colours: Sequence[str], starts: Sequence[float], low: float, high: float
) -> dict[str, Any]:
    """Bars end to end in each row, the first from its start; in each the figure as read."""
    at, marks = list(starts), []
    place = _scale(low, high)
    for one, colour in zip(series, colours, strict=True):
        marks.append(
            [
                {
                    "from": place(start),
                    "long": (mark.value or 0.0) / (high - low),
                    "words": mark.words,
                    "colour": colour,
                    "ink": letters_on(colour),
                }
                for start, mark in zip(at, one.marks, strict=True)
            ]
        )
        at = [start + (mark.value or 0.0) for start, mark in zip(at, one.marks, strict=True)]
    return {"marks": marks, "silent": False}


def _months(chart: Chart) -> dict[str, Any]:
    """Columns month by month, one beside the other where there are two of a month."""
    reach = 1.05 * max((mark.value or 0.0 for one in chart.series for mark in one.marks), default=0.0) or 1.0
    marks = [
        [{"long": (mark.value or 0.0) / reach, "colour": colour} for mark in one.marks]
        for one, colour in zip(chart.series, _colours(chart), strict=True)
    ]
    every = math.ceil(len(chart.labels) / MOST_COLUMN_NAMES) or 1
    return {
        "marks": marks,
        "ticks": _ticks(0, reach, [(t, f"{t:,g}") for t in _round_steps(reach)]),
        "every": every,
    }


def _round_steps(reach: float, most: int = 6) -> list[float]:
    """Round numbers from nought to a reach.

    >>> _round_steps(47.0)
    [0, 10, 20, 30, 40]
    """
    power = 10 ** math.floor(math.log10(reach / most))
    step = next(size * power for size in (1, 2, 5, 10) if reach / (size * power) <= most)
    return [round(n * step, 10) for n in range(int(reach / step) + 1)]


# ── Funnel ───────────────────────────────────────────────────────────────────────────────────────


def _funnel(chart: Chart) -> dict[str, Any]:
    """A dot for each share by its number of answers, the limits as lines, the one told of last and larger."""
    every = sorted((mark for one in chart.series for mark in one.marks), key=lambda mark: mark.size or 0)
    if not every:
        return {"marks": [], "ticks": [], "across": [], "limits": [], "line": None}
    ends = [end for mark in every for end in _numbers(mark)]
    low, high = max(0.0, math.floor(20 * min(ends)) / 20), min(1.0, math.ceil(20 * max(ends)) / 20)
    up = _scale(low, high if high > low else low + 0.05)
    sizes = [max(mark.size or 1, 1) for mark in every]
    least, most = math.log10(0.9 * sizes[0]), math.log10(1.1 * sizes[-1])
    along = _scale(least, most)
    return {
        "marks": [
            [{"x": along(math.log10(max(m.size or 1, 1))), "y": up(m.value), "colour": colour} for m in one.marks]
            for one, colour in zip(chart.series, _colours(chart), strict=True)
        ],
        "limits": [
            [{"x": along(math.log10(size)), "y": up(end)} for size, end in zip(sizes, limit, strict=True)]
            for limit in ([m.low for m in every], [m.high for m in every])
        ],
        "across": [{"at": along(math.log10(n)), "text": f"{n:,}"} for n in _by_size(least, most)],
        "ticks": _ticks(low, high, [(t / 100, f"{t}%") for t in range(0, 101, 5) if low <= t / 100 <= high]),
        "line": up(chart.reference.value) if chart.reference and chart.reference.value is not None else None,
    }


def _by_size(least: float, most: float) -> list[int]:
    """1, 2, 5, 10 … between two powers of ten."""
    steps = [size * 10**power for power in range(7) for size in (1, 2, 5)]
    return [step for step in steps if least <= math.log10(step) <= most]


_SCALES: Mapping[Kind, Callable[[Chart], dict[str, Any]]] = {
    Kind.INTERVALS: _shares,
    Kind.PAIRS: _shares,
    Kind.CHANGES: _changes,
    Kind.SHARED_OUT: _shared_out,
    Kind.ANSWERS: _answers,
    Kind.TONES: _wholes,
    Kind.PARTS: _wholes,
    Kind.RATES: _rates,
    Kind.MONTHS: _months,
    Kind.FUNNEL: _funnel,
    Kind.SIDES: _sides,
}
_WAYS: Mapping[Kind, str] = {
    **dict.fromkeys((Kind.INTERVALS, Kind.PAIRS, Kind.CHANGES, Kind.SHARED_OUT), "dots"),
    **dict.fromkeys((Kind.ANSWERS, Kind.TONES, Kind.PARTS, Kind.RATES, Kind.SIDES), "bars"),
    Kind.MONTHS: "columns",
    Kind.FUNNEL: "funnel",
}
