"""Charts drawn for the screen with Plotly, from what the chart says and nothing else."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Mapping
from typing import Any

import plotly.graph_objects as go

from dashboard import look
from dashboard.charts.chart import Chart, Kind, Mark, Series
from dashboard.drawing import bars
from dashboard.drawing.bars import grid, percent_ticks
from dashboard.look import Palette
from dashboard.words import for_chart

CONFIG: Mapping[str, Any] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
DOT, WHISKER = 13, 3
PAIR_DOT, PAIR_ROWS = 11, (-0.04, 0.12)  # pixels; how far from the middle of its row each of a pair stands
COLUMNS_HEIGHT = 320  # pixels
FUNNEL_HEIGHT, FUNNEL_DOT, FUNNEL_LEFT = 420, 7, 48  # pixels
NAME_LINE = 28  # pixels a line of names above the bars takes
LEGEND_LINE = 24  # pixels a line of the legend takes where each name has a line of its own
BARS_SAY = (Kind.ANSWERS, Kind.TONES, Kind.PARTS)  # the bars carry their own figures
TOP, TOP_WITH_WORDS, BOTTOM = 10, 52, 34  # pixels round the rows; words: a legend or a reference


def draw(chart: Chart, palette: Palette) -> go.Figure:
    """The chart as a Plotly figure in these colours."""
    figure = _DRAWINGS[chart.kind](chart, palette)
    if chart.kind is Kind.FUNNEL:
        return figure
    if chart.kind is Kind.MONTHS:
        figure.update_layout(height=COLUMNS_HEIGHT, **_frame(palette, TOP_WITH_WORDS))
        return figure
    return _in_rows(figure, chart, palette)


def _in_rows(figure: go.Figure, chart: Chart, palette: Palette) -> go.Figure:
    """A row for each name, which stands above its marks, to fit a telephone."""
    names = _row_names(chart)
    naming = look.LINE_HEIGHT * max((name.count("<br>") + 1 for name in names), default=1)
    row = naming + look.MARK_HEIGHT + look.ROW_GAP  # pixels
    half = look.MARK_HEIGHT / 2 / row
    for place, name in enumerate(names):
        _write_above(figure, place - half, name, palette.page)
    top, bottom = -half - (naming + 8) / row, max(len(names), 1) - 1 + half + look.ROW_GAP / 2 / row
    figure.update_yaxes(range=[bottom, top], visible=False, fixedrange=True)
    above = _room_above(chart)
    figure.update_layout(height=(bottom - top) * row + above + BOTTOM, **_frame(palette, above))
    figure.update_traces(width=2 * half, selector={"type": "bar"})
    return figure


def _room_above(chart: Chart) -> int:
    """Pixels for a legend or a reference: two names a line of parts, one a line of answers with long names."""
    if chart.kind is Kind.PARTS:
        return NAME_LINE * ((len(chart.series) + 1) // 2)
    if chart.kind is Kind.PAIRS:
        return LEGEND_LINE * (len(chart.series) + 1) + TOP
    if chart.kind is Kind.ANSWERS and sum(len(series.name) for series in chart.series) > 3 * look.LINE_LETTERS:
        return LEGEND_LINE * len(chart.series) + TOP
    return TOP_WITH_WORDS if len(chart.series) > 1 or chart.reference else TOP


def _write_above(figure: go.Figure, y: float, name: str, page: str) -> None:
    figure.add_annotation(
        x=0,
        xref="paper",
        xanchor="left",
        xshift=-18,
        y=y,
        yanchor="bottom",
        text=name,
        align="left",
        showarrow=False,
        bgcolor=page,
    )


def _frame(palette: Palette, above: int) -> dict[str, Any]:
    return {
        "font": {"family": look.FONT, "size": look.TEXT_SIZE, "color": palette.text},
        "paper_bgcolor": palette.page,
        "plot_bgcolor": palette.page,
        "margin": {"l": 20, "r": 24, "t": above, "b": BOTTOM},
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
    }


def _row_names(chart: Chart) -> list[str]:
    """Each row's name, and below it the figure in words where no bar carries it."""
    return [
        _row_name(mark.label, "" if chart.kind in BARS_SAY else mark.words)
        for mark in (chart.series[0].marks if chart.series else ())
    ]


def _row_name(label: str, figure: str) -> str:
    lines = textwrap.wrap(label, look.LINE_LETTERS, max_lines=2, placeholder=" …") or [""]
    named = "<br>".join(f"<b>{for_chart(line)}</b>" for line in lines)
    if not figure:
        return named
    small = look.TEXT_SIZE - 2 if len(figure) > look.LINE_LETTERS else look.TEXT_SIZE  # to fit a telephone
    return f'{named}<br><span style="font-size:{small}px">{for_chart(figure)}</span>'


# ── Dots with intervals ──────────────────────────────────────────────────────────────────────────


def _intervals(chart: Chart, palette: Palette) -> go.Figure:
    figure = go.Figure(_dots(chart.series[0], palette))
    _rails(figure, len(chart.labels), palette)
    if chart.reference and chart.reference.value is not None:
        _reference_line(figure, chart.reference, palette)
    figure.update_xaxes(range=[0, 1], **percent_ticks(), **grid(palette))
    return figure


def _pairs(chart: Chart, palette: Palette) -> go.Figure:
    """Two dots a row, the first series above the second; what is usual has a line of its own."""
    figure = go.Figure()
    for series, shift in zip(chart.series, PAIR_ROWS, strict=True):
        dots = _dots(series, palette).update(showlegend=True, marker_size=PAIR_DOT)
        figure.add_trace(dots.update(y=[row + shift for row in dots.y]))
    _rails(figure, len(chart.labels), palette)
    if chart.reference and chart.reference.value is not None:
        line = {"color": palette.reference, "width": 2, "dash": "dash"}
        name = f"{for_chart(chart.reference.label)}: {for_chart(chart.reference.words)}"
        figure.add_vline(x=chart.reference.value, line=line, layer="below")
        figure.add_scatter(x=[None], y=[None], mode="lines", line=line, name=name, hoverinfo="skip")
    figure.update_layout(legend={"entrywidthmode": "fraction", "entrywidth": 1.0})
    figure.update_xaxes(range=[0, 1], **percent_ticks(), **grid(palette))
    return figure


def _changes(chart: Chart, palette: Palette) -> go.Figure:
    marks = chart.series[0].marks
    ends = [abs(end) for mark in marks for end in (mark.low, mark.high, mark.value) if end is not None]
    reach = max([0.1, *ends]) * 1.08
    figure = go.Figure(_dots(chart.series[0], palette))
    _rails(figure, len(marks), palette)
    figure.add_vline(x=0, line={"color": palette.text, "width": 2}, layer="below")
    figure.update_xaxes(range=[-reach, reach], **grid(palette))
    apart = 5 if reach <= 0.2 else 10 if reach <= 0.5 else 25  # points between ticks: more would be turned sideways
    ticks = [points / 100 for points in range(-100, 101, apart) if abs(points / 100) <= reach]
    figure.update_xaxes(tickvals=ticks, ticktext=[_points(tick) for tick in ticks])
    return figure


def _shared_out(chart: Chart, palette: Palette) -> go.Figure:
    """Parts of a whole, none of which need be near it: the scale ends at the next tenth above the highest range."""
    marks = chart.series[0].marks
    tenths = math.ceil(10 * max((mark.high or mark.value or 0 for mark in marks), default=0))
    ticks = [tenth / 10 for tenth in range(0, 11, 1 if tenths <= 5 else 2)]
    figure = go.Figure(_dots(chart.series[0], palette))
    _rails(figure, len(marks), palette)
    figure.update_xaxes(range=[0, min(max(tenths, 2), 10) / 10], **grid(palette))
    figure.update_xaxes(tickvals=ticks, ticktext=[f"{tick:.0%}" for tick in ticks])
    return figure


def _points(tick: float) -> str:
    return "0" if tick == 0 else f"{tick * 100:+.0f}".replace("-", "−")


def _dots(series: Series, palette: Palette) -> go.Scatter:
    marks = [mark for mark in series.marks if mark.value is not None]
    values = [mark.value for mark in marks]
    colour = getattr(palette, series.role)
    return go.Scatter(
        x=values,
        y=list(range(len(marks))),
        mode="markers",
        cliponaxis=False,
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


def _rails(figure: go.Figure, rows: int, palette: Palette) -> None:
    """A quiet line under each dot, so that the eye stays in its row."""
    for row in range(rows):
        figure.add_shape(
            type="line",
            xref="paper",
            x0=0,
            x1=1,
            y0=row,
            y1=row,
            layer="below",
            line={"color": palette.quiet, "width": 1},
        )


def _gap(high: float | None, low: float | None) -> float:
    return 0.0 if high is None or low is None else high - low


def _reference_line(figure: go.Figure, reference: Mark, palette: Palette) -> None:
    line = {"color": palette.reference, "width": 2, "dash": "dash"}
    figure.add_vline(x=reference.value, line=line, layer="below")
    figure.add_annotation(
        x=0,
        xref="paper",
        xanchor="left",
        xshift=-18,
        y=1,
        yref="paper",
        yanchor="bottom",
        text=f"╎ {for_chart(reference.label)}:<br>{for_chart(reference.words)}",
        align="left",
        showarrow=False,
        font={"color": palette.reference},
    )


def _funnel(chart: Chart, palette: Palette) -> go.Figure:
    """A dot for each share by its number of answers, the limits as lines, the one told of drawn last and larger."""
    figure = go.Figure()
    every = sorted((m for series in chart.series for m in series.marks), key=lambda mark: mark.size or 0)
    for ends, name in (([m.high for m in every], "Limits"), ([m.low for m in every], "")):
        figure.add_scatter(
            x=[m.size for m in every],
            y=ends,
            mode="lines",
            line={"color": palette.reference, "width": 2, "dash": "dash"},
            name=name,
            showlegend=bool(name),
            hoverinfo="skip",
        )
    if chart.reference and chart.reference.value is not None:
        figure.add_hline(y=chart.reference.value, line={"color": palette.reference, "width": 2}, layer="below")
    for series, size in zip(chart.series, (FUNNEL_DOT, DOT), strict=True):
        figure.add_scatter(
            x=[m.size for m in series.marks],
            y=[m.value for m in series.marks],
            mode="markers",
            marker={"size": size, "color": getattr(palette, series.role)},
            name=for_chart(series.name),
            text=[for_chart(f"{m.label}: {m.words}") for m in series.marks],
            hovertemplate="%{text}<extra></extra>",
        )
    figure.update_xaxes(title="Answers", type="log", dtick="D2", tickformat=",", **grid(palette))
    figure.update_yaxes(tickformat=".0%", **grid(palette))
    figure.update_layout(height=FUNNEL_HEIGHT, **_frame(palette, TOP_WITH_WORDS))
    figure.update_layout(margin={"l": FUNNEL_LEFT, "b": 2 * BOTTOM})
    return figure


_DRAWINGS: Mapping[Kind, Callable[[Chart, Palette], go.Figure]] = {
    Kind.INTERVALS: _intervals,
    Kind.PAIRS: _pairs,
    Kind.CHANGES: _changes,
    Kind.SHARED_OUT: _shared_out,
    Kind.ANSWERS: bars.answers,
    Kind.TONES: bars.tones,
    Kind.PARTS: bars.parts,
    Kind.RATES: bars.rates,
    Kind.MONTHS: bars.months,
    Kind.FUNNEL: _funnel,
    Kind.SIDES: bars.sides,
}
