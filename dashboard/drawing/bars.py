"""Bars: shares that fill a row, and plain numbers side by side or month by month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard import look
from dashboard.charts.chart import Chart, Series
from dashboard.look import Palette
from dashboard.words import for_chart


def answers(chart: Chart, palette: Palette) -> go.Figure:
    """Worse answers to the left of the middle of the middle answer, better ones to the right."""
    worst_first = chart.series[::-1]
    shares = [[mark.value or 0.0 for mark in series.marks] for series in worst_first]
    starts = [-(worst + bad + middle / 2) for worst, bad, middle, *_ in zip(*shares, strict=True)]
    figure = _stacked(worst_first, palette.answers[::-1], starts, palette)
    ends = [start + sum(row) for start, row in zip(starts, zip(*shares, strict=True), strict=True)]
    reach = max([*map(abs, starts), *ends], default=1.0) * 1.03
    figure.update_xaxes(range=[-reach, reach], showticklabels=False, **grid(palette))
    return figure


def tones(chart: Chart, palette: Palette) -> go.Figure:
    """The share of each tone, a whole bar a row."""
    figure = _stacked(chart.series, palette.tones, [0.0] * len(chart.labels), palette)
    figure.update_xaxes(range=[0, 1], **percent_ticks(), **grid(palette))
    return figure


def sides(chart: Chart, palette: Palette) -> go.Figure:
    """A share a row from nought, its sides end to end; the name above the bar carries the figure in words."""
    colours = (palette.tones[0], palette.tones[2], palette.tones[3])  # well, neither, ill
    figure = _stacked(chart.series, colours, [0.0] * len(chart.labels), palette)
    reach = max(
        (sum(m.value or 0.0 for m in row) for row in zip(*(s.marks for s in chart.series), strict=True)), default=0
    )
    figure.update_traces(textposition="none")
    figure.update_xaxes(range=[0, min(1.0, 1.05 * reach)], tickformat=".0%", nticks=6, **grid(palette))
    return figure


def parts(chart: Chart, palette: Palette) -> go.Figure:
    """What became of a number of things: its parts fill a row."""
    figure = _stacked(chart.series, palette.parts, [0.0] * len(chart.labels), palette)
    # Two names a line, however narrow the page: the room above the bars is then the same everywhere.
    two_a_line = {"entrywidthmode": "fraction", "entrywidth": 0.5, "font": {"size": look.TEXT_SIZE - 2}}
    figure.update_layout(legend=two_a_line)
    figure.update_xaxes(range=[0, 1], **percent_ticks(), **grid(palette))
    return figure


def rates(chart: Chart, palette: Palette) -> go.Figure:
    """A plain number a row, from nought; the name above the bar carries the figure in words."""
    figure = go.Figure(_bar(chart.series[0], palette.main, [0.0] * len(chart.labels), palette))
    figure.update_traces(textposition="none", showlegend=False)
    figure.update_xaxes(rangemode="tozero", nticks=6, **grid(palette))
    return figure


def months(chart: Chart, palette: Palette) -> go.Figure:
    """Columns month by month, one beside the other where there are two of a month."""
    figure = go.Figure(
        [_columns(one, colour, palette) for one, colour in zip(chart.series, palette.parts, strict=False)]
    )
    names = [for_chart(label).replace(" ", "<br>") for label in chart.labels]  # the year under the month
    figure.update_layout(barmode="group", bargap=0.25, showlegend=True)
    figure.update_xaxes(tickvals=list(range(len(names))), ticktext=names, automargin=True, **grid(palette))
    figure.update_xaxes(showgrid=False, ticklabeloverflow="allow", autotickangles=[0, 90])
    figure.update_yaxes(rangemode="tozero", nticks=6, tickformat=",", automargin=True, **grid(palette))
    return figure


def _columns(series: Series, colour: str, palette: Palette) -> go.Bar:
    return go.Bar(
        x=list(range(len(series.marks))),
        y=[mark.value for mark in series.marks],
        name=for_chart(series.name),
        marker={"color": colour, "line": {"color": palette.outline, "width": 1}},
        hovertext=[f"{for_chart(mark.label)}, {for_chart(series.name)}: {mark.words}" for mark in series.marks],
        hoverinfo="text",
    )


def _stacked(series: Sequence[Series], colours: Sequence[str], starts: Sequence[float], palette: Palette) -> go.Figure:
    """Bars end to end in each row, the first from its start."""
    figure = go.Figure()
    place = list(starts)
    for one, colour in zip(series, colours, strict=True):
        figure.add_trace(_bar(one, colour, list(place), palette))
        place = [start + (mark.value or 0.0) for start, mark in zip(place, one.marks, strict=True)]
    figure.update_layout(barmode="overlay", uniformtext={"minsize": look.SMALLEST_TEXT, "mode": "hide"})
    return figure


def _bar(series: Series, colour: str, starts: list[float], palette: Palette) -> go.Bar:
    return go.Bar(
        x=[mark.value or 0.0 for mark in series.marks],
        base=starts,
        y=list(range(len(starts))),
        orientation="h",
        name=for_chart(series.name),
        marker={"color": colour, "line": {"color": palette.outline, "width": 1}},
        text=[for_chart(mark.words) for mark in series.marks],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": look.letters_on(colour), "size": look.TEXT_SIZE - 1},
        hovertext=[f"{for_chart(mark.label)}, {for_chart(series.name)}: {mark.words}" for mark in series.marks],
        hoverinfo="text",
    )


def percent_ticks() -> dict[str, Any]:
    """The scale of a share."""
    return {"tickvals": [0, 0.25, 0.5, 0.75, 1], "ticktext": ["0%", "25%", "50%", "75%", "100%"]}


def grid(palette: Palette) -> dict[str, Any]:
    """Quiet lines behind the figures."""
    return {"gridcolor": palette.quiet, "zeroline": False, "fixedrange": True}
