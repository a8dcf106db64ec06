"""Charts on paper show what the charts on screen show: the same rows, figures, words and colours."""

from __future__ import annotations

import io
import re

import numpy as np
import pytest
from charts_of_every_kind import PLACES, chart_of
from PIL import Image

from dashboard.charts.chart import BARS, Chart, Kind, Mark, Series, Table
from dashboard.drawing.in_typst import drawn
from dashboard.drawing.on_screen import draw
from dashboard.evidence.typesetting import FAMILIES, pictures
from dashboard.look import LIGHT

EVERY = pytest.mark.parametrize("kind", list(Kind))
IN_ROWS = pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.FUNNEL])
SETTING = {"title": "A chart", "fonts": FAMILIES, "language": "en", "region": "GB"}


def traces(chart: Chart):
    """What is drawn on screen: a trace for each series, in the chart's order."""
    named = {trace.name: trace for trace in draw(chart, LIGHT).data}
    return [named[series.name] for series in chart.series]


@IN_ROWS
def test_rows_are_named_in_the_same_order_as_on_screen(kind):
    chart = chart_of(kind)
    assert [row["label"] for row in drawn(chart)["rows"]] == list(chart.labels) == list(PLACES)


@EVERY
def test_every_series_has_the_colour_it_has_on_screen(kind):
    chart = chart_of(kind)
    on_screen = {
        trace.name: trace.marker.line.color
        if trace.type == "scatter" and kind is not Kind.FUNNEL
        else trace.marker.color
        for trace in traces(chart)
    }
    marks = drawn(chart)["marks"]
    names = [series.name for series in (chart.series[::-1] if kind is Kind.ANSWERS else chart.series)]
    assert {name: row[0]["colour"] for name, row in zip(names, marks, strict=True)} == on_screen


@pytest.mark.parametrize("kind", [Kind.INTERVALS, Kind.PAIRS, Kind.CHANGES, Kind.SHARED_OUT])
def test_dots_and_ranges_stand_where_they_stand_on_screen(kind):
    chart = chart_of(kind)
    ends = draw(chart, LIGHT).layout.xaxis.range
    for series, trace in zip(drawn(chart)["marks"], traces(chart), strict=True):
        for mark, x, up, down in zip(series, trace.x, trace.error_x.array, trace.error_x.arrayminus, strict=True):
            places = [(value - ends[0]) / (ends[1] - ends[0]) for value in (x, x - down, x + up)]
            assert [mark["at"], mark["low"], mark["high"]] == pytest.approx(places)


@pytest.mark.parametrize("kind", [kind for kind in BARS if kind is not Kind.MONTHS])
def test_bars_are_as_long_and_begin_where_they_do_on_screen(kind):
    chart = chart_of(kind)
    order = chart.series[::-1] if kind is Kind.ANSWERS else chart.series
    named = {trace.name: trace for trace in traces(chart)}
    made = drawn(chart)["marks"]
    whole = sum(mark[0]["long"] for mark in made) / sum(named[one.name].x[0] for one in order)
    for series, marks in zip(order, made, strict=True):
        trace = named[series.name]
        assert [mark["long"] for mark in marks] == pytest.approx([whole * x for x in trace.x])
        starts = [mark["from"] - made[0][0]["from"] for mark in marks]
        first = named[order[0].name].base[0]
        assert starts == pytest.approx([whole * (start - first) for start in trace.base])


@EVERY
def test_every_figure_on_screen_is_said_in_the_same_words_on_paper(kind):
    chart, made = chart_of(kind), drawn(chart_of(kind))
    if kind in (Kind.FUNNEL, Kind.MONTHS):  # dots and columns without words: on screen too, until pointed at
        return
    beside = [word for row in made["rows"] for word in row["words"]]
    inside = [] if made.get("silent", True) else [mark["words"] for series in made["marks"] for mark in series]
    said = re.sub(r"<[^>]*>", " ", " ".join(a.text for a in draw(chart, LIGHT).layout.annotations if a.text))
    on_screen = [mark.words for mark in chart.series[0].marks if mark.words in said]
    on_screen += [word for trace in draw(chart, LIGHT).data if trace.text is not None for word in trace.text]
    assert beside or inside
    for word in beside + inside:
        assert any(word in shown for shown in on_screen)


def test_a_small_base_is_drawn_hollow_and_a_figure_that_is_withheld_is_not_drawn():
    marks = (Mark("A", 0.5, 0.2, 0.8, "5 of 10", small=True), Mark("B", None, None, None, "–"))
    made = drawn(Chart(Kind.INTERVALS, "", (Series("Share", "main", marks),), "x", "", "", Table((), (), (), ())))
    assert [(mark["at"], mark["hollow"]) for mark in made["marks"][0]] == [(0.5, True), (None, False)]


def test_a_dot_is_where_its_share_is_in_the_picture():
    one = Mark("A", 0.75, None, None, "75%"), Mark("B", 0.25, None, None, "25%")
    chart = Chart(Kind.INTERVALS, "", (Series("Share", "main", one),), "x", "", "", Table((), (), (), ()))
    part = {"chart": drawn(chart), "first": 0, "last": 2}
    png = pictures("pictures.typ", {**SETTING, "pictures": [part]}, 100)[0]
    seen = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)
    navy = np.abs(seen - np.array([0x12, 0x43, 0x6D])).sum(axis=2) < 30
    rows, across = np.nonzero(navy)
    upper = across[rows < rows.mean()].mean()
    lower = across[rows > rows.mean()].mean()
    plot = 16.6 - 2 * 3 / 28.35 - 4.4 - 5.1 - 2 * 12 / 28.35  # centimetres: the page less margins, words and gutters
    assert (upper - lower) / 100 * 2.54 == pytest.approx(0.5 * plot, abs=0.05)


@EVERY
def test_a_chart_of_nothing_says_so_and_a_chart_of_six_hundred_is_drawn(kind):
    many = [f"Estate {n}" for n in range(600)]
    for rows in ((), many):
        chart = chart_of(kind, rows)
        part = {"chart": drawn(chart), "first": 0, "last": len(drawn(chart)["rows"][:20])}
        assert pictures("pictures.typ", {**SETTING, "pictures": [part]}, 30)[0].startswith(b"\x89PNG")
