"""Charts drawn for the screen with Plotly, from what the chart says and nothing else."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from typing import Any

import plotly.graph_objects as go

from dashboard import look
from dashboard.charts.chart import Chart, Kind, Mark, Series
from dashboard.look import Palette
from dashboard.words import for_chart

CONFIG: Mapping[str, Any] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
DOT, WHISKER = 13, 3
TOP, BOTTOM = 40, 34  # pixels round the rows
TEXT_FITS = 0.06  # a share of the bar wide enough for its own number


def draw(chart: Chart, palette: Palette) -> go.Figure:
    """The chart as a Plotly figure in these colours; each row's name stands above its marks, to fit a telephone."""
    figure = _DRAWINGS[chart.kind](chart, palette)
    names = _row_names(chart)
    lines = max((name.count("<br>") + 1 for name in names), default=1)
    row = look.MARK_HEIGHT + look.LINE_HEIGHT * lines  # pixels
    above = (look.MARK_HEIGHT / 2 + look.LINE_HEIGHT * lines) / row
    bottom, top = max(len(names), 1) - 1 + look.MARK_HEIGHT / row, -above
    for place, name in enumerate(names):
        _write_above(figure, place - look.MARK_HEIGHT / 2 / row, name)
    figure.update_yaxes(range=[bottom, top], visible=False, fixedrange=True)
    figure.update_layout(height=(bottom - top) * row + TOP + BOTTOM, **_frame(palette))
    figure.update_traces(width=look.MARK_HEIGHT * 0.8 / row, selector={"type": "bar"})
    return figure


def _write_above(figure: go.Figure, y: float, name: str) -> None:
    figure.add_annotation(
        x=0, xref="paper", xanchor="left", y=y, yanchor="bottom", text=name, align="left", showarrow=False
    )


def _frame(palette: Palette) -> dict[str, Any]:
    return {
        "font": {"family": look.FONT, "size": look.TEXT_SIZE, "color": palette.text},
        "paper_bgcolor": palette.page,
        "plot_bgcolor": palette.page,
        "margin": {"l": 2, "r": 22, "t": TOP, "b": BOTTOM},
        "legend": {
            "orientation": "h",
            "y": 1.0,
            "yanchor": "bottom",
            "x": 0,
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "hoverlabel": {
            "bgcolor": palette.page,
            "bordercolor": palette.outline,
            "font": {"family": look.FONT, "size": look.TEXT_SIZE, "color": palette.text},
        },
        "dragmode": False,
        "barmode": "relative",
    }


def _row_names(chart: Chart) -> list[str]:
    """Each row's name, and the figure where no bar carries it: on one line if every row fits, else on two."""
    bars = chart.kind in (Kind.ANSWERS, Kind.TONES)
    rows = [(mark.label, "" if bars else _short(mark)) for mark in chart.series[0].marks] if chart.series else []
    if all(len(label) + len(figure) + 2 <= look.LINE_LETTERS for label, figure in rows):
        return [f"<b>{for_chart(label)}</b>  {for_chart(figure)}" for label, figure in rows]
    return [_on_two_lines(label, figure) for label, figure in rows]


def _on_two_lines(label: str, figure: str) -> str:
    lines = textwrap.wrap(label, look.LINE_LETTERS, max_lines=2, placeholder=" …") or [""]
    named = "<br>".join(f"<b>{for_chart(line)}</b>" for line in lines)
    return f"{named}<br>{for_chart(figure)}" if figure else named


def _short(mark: Mark) -> str:
    """The figure without its base, which the table has: rows must fit on a telephone."""
    before, comma, base = mark.words.rpartition(", ")
    return f"{before})" if comma and base.endswith(("tenants)", "comments)")) else mark.words


# ── Dots with intervals ──────────────────────────────────────────────────────────────────────────


def _intervals(chart: Chart, palette: Palette) -> go.Figure:
    figure = go.Figure(_dots(chart.series[0], palette))
    if chart.reference and chart.reference.value is not None:
        _reference_line(figure, chart.reference, palette)
    figure.update_xaxes(range=[0, 1], **_percent_ticks(), **_grid(palette))
    return figure


def _changes(chart: Chart, palette: Palette) -> go.Figure:
    marks = chart.series[0].marks
    ends = [abs(end) for mark in marks for end in (mark.low, mark.high, mark.value) if end is not None]
    reach = max([0.1, *ends]) * 1.08
    figure = go.Figure(_dots(chart.series[0], palette))
    figure.add_vline(x=0, line={"color": palette.text, "width": 2}, layer="below")
    figure.update_xaxes(range=[-reach, reach], **_grid(palette))
    ticks = [step / 20 for step in range(-20, 21) if abs(step / 20) <= reach]
    figure.update_xaxes(tickvals=ticks, ticktext=[_points(tick) for tick in ticks])
    return figure


def _points(tick: float) -> str:
    return "no change" if tick == 0 else f"{tick * 100:+.0f}".replace("-", "−")


def _dots(series: Series, palette: Palette) -> go.Scatter:
    marks = [mark for mark in series.marks if mark.value is not None]
    values = [mark.value for mark in marks]
    colour = getattr(palette, series.role)
    return go.Scatter(
        x=values,
        y=list(range(len(marks))),
        mode="markers",
        marker={
            "size": DOT,
            "color": [palette.page if mark.small else colour for mark in marks],
            "line": {"color": colour, "width": WHISKER},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [_gap(mark.high, mark.value) for mark in marks],
            "arrayminus": [_gap(mark.value, mark.low) for mark in marks],
            "color": colour,
            "thickness": WHISKER,
            "width": 6,
        },
        text=[f"{for_chart(mark.label)}: {for_chart(mark.words)}" for mark in marks],
        hovertemplate="%{text}<extra></extra>",
        name=for_chart(series.name),
        showlegend=False,
    )


def _gap(high: float | None, low: float | None) -> float:
    return 0.0 if high is None or low is None else high - low


def _reference_line(figure: go.Figure, reference: Mark, palette: Palette) -> None:
    line = {"color": palette.reference, "width": 2, "dash": "dash"}
    figure.add_vline(x=reference.value, line=line, layer="below")
    figure.add_annotation(
        x=reference.value,
        y=1,
        yref="paper",
        yanchor="bottom",
        text=f"{for_chart(reference.label)}: {for_chart(_short(reference))}",
        showarrow=False,
        font={"color": palette.reference},
    )


def _percent_ticks() -> dict[str, Any]:
    return {"tickvals": [0, 0.25, 0.5, 0.75, 1], "ticktext": ["0%", "25%", "50%", "75%", "100%"]}


def _grid(palette: Palette) -> dict[str, Any]:
    return {"gridcolor": palette.quiet, "zeroline": False, "fixedrange": True}


# ── Bars ─────────────────────────────────────────────────────────────────────────────────────────


def _answers(chart: Chart, palette: Palette) -> go.Figure:
    """Worse answers to the left of the middle, better to the right; half of the middle answer on each side."""
    figure = go.Figure()
    colours = dict(zip((series.role for series in chart.series), palette.answers, strict=True))
    for place, side in ((2, -0.5), (3, -1.0), (4, -1.0), (2, 0.5), (1, 1.0), (0, 1.0)):  # outwards, left then right
        bar = _bar(chart.series[place], colours[chart.series[place].role], palette, side)
        figure.add_trace(bar.update(showlegend=side != -0.5, legendrank=5 - place))
    for row in range(len(chart.labels)):
        _middle_number(figure, chart.series[2].marks[row], row, palette.answers[2])
    reach = _reach(chart)
    figure.update_xaxes(range=[-reach, reach], showticklabels=False, **_grid(palette))
    return figure


def _reach(chart: Chart) -> float:
    """How far the longest row goes from the middle, with a little room."""
    shares = [[mark.value or 0.0 for mark in series.marks] for series in chart.series]
    sides = [max(a + b, d + e) + c / 2 for a, b, c, d, e in zip(*shares, strict=True)]
    return max(sides, default=1.0) * 1.03


def _middle_number(figure: go.Figure, mark: Mark, row: int, colour: str) -> None:
    if (mark.value or 0) >= TEXT_FITS:
        figure.add_annotation(
            x=0, y=row, text=for_chart(mark.words), showarrow=False, font={"color": look.letters_on(colour)}
        )


def _tones(chart: Chart, palette: Palette) -> go.Figure:
    figure = go.Figure()
    for series, colour in zip(chart.series, palette.tones, strict=True):
        figure.add_trace(_bar(series, colour, palette, 1.0))
    figure.update_xaxes(range=[0, 1], **_percent_ticks(), **_grid(palette))
    return figure


def _bar(series: Series, colour: str, palette: Palette, side: float) -> go.Bar:
    """One answer's bars. ``side`` is the sign of the direction, and a half for half of a bar, which has no number."""
    shares = [mark.value or 0.0 for mark in series.marks]
    numbered = [abs(side) == 1 and share >= TEXT_FITS for share in shares]
    return go.Bar(
        x=[share * side for share in shares],
        y=list(range(len(shares))),
        orientation="h",
        name=for_chart(series.name),
        legendgroup=series.role,
        marker={"color": colour, "line": {"color": palette.outline, "width": 1}},
        text=[for_chart(mark.words) if show else "" for mark, show in zip(series.marks, numbered, strict=True)],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": look.letters_on(colour), "size": look.TEXT_SIZE - 1},
        constraintext="none",
        hovertext=[f"{for_chart(mark.label)}, {for_chart(series.name)}: {mark.words}" for mark in series.marks],
        hoverinfo="text",
    )


_DRAWINGS: Mapping[Kind, Callable[[Chart, Palette], go.Figure]] = {
    Kind.INTERVALS: _intervals,
    Kind.CHANGES: _changes,
    Kind.ANSWERS: _answers,
    Kind.TONES: _tones,
}
