"""What is drawn is what the chart says: the same figures, order and colours; text from a file stays text."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.model import (
    Compared,
    Comparison,
    Distribution,
    Estimate,
    Funnel,
    FunnelPoint,
    PeerGroup,
    Rate,
    RepairMonth,
    Theme,
    Timeliness,
    Verdict,
)
from dashboard.charts.answers import answer_bars
from dashboard.charts.chart import Kind, picked
from dashboard.charts.handling import handled_bars
from dashboard.charts.intervals import changes, group_dots
from dashboard.charts.spoken import sided_bars
from dashboard.charts.standing import funnel_dots
from dashboard.charts.tones import TONES, tone_bars
from dashboard.charts.volumes import repair_months, volume_bars
from dashboard.drawing.on_screen import _DRAWINGS, draw
from dashboard.look import DARK, LIGHT, contrast
from data.registers import measures

TP01 = measures("2024/25")[0]
PAYLOAD = '<img src="http://evil.example/a.png"><a href="http://evil.example">Ash</a>'


def estimate(value, name="Ash", base=100):
    return Estimate(value, value - 0.1, value + 0.1, base=base, yes=round(value * base), group=(("estate", name),))


def dots(*estimates):
    return group_dots(list(estimates), estimates[0], "t", "c", "s", "Estate")


def text_of(figure):
    return figure.to_json()


def test_every_kind_of_chart_has_a_drawing():
    assert set(_DRAWINGS) == set(Kind)


def test_dots_and_whiskers_are_the_figures_in_their_order():
    trace = draw(dots(estimate(0.6), estimate(0.5, "Birch")), LIGHT).data[0]
    assert list(trace.x) == [0.6, 0.5]
    assert list(trace.y) == [0, 1]
    assert list(trace.error_x.array) == pytest.approx([0.1, 0.1])
    assert list(trace.error_x.arrayminus) == pytest.approx([0.1, 0.1])


def test_a_small_base_is_drawn_hollow():
    trace = draw(dots(estimate(0.6), estimate(0.5, "Birch", base=20)), LIGHT).data[0]
    assert list(trace.marker.color) == [LIGHT.main, LIGHT.page]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_answers_add_up_to_the_whole_in_the_colours_of_the_page(palette):
    fell = Distribution("TP01", (), (0.4, 0.2, 0.1, 0.2, 0.1), (40, 20, 10, 20, 10), 100, 0, 0, 0, 0)
    traces = draw(answer_bars([fell], TP01, "t", "c", "s"), palette).data
    assert sum(trace.x[0] for trace in traces) == pytest.approx(1)
    assert {trace.name: trace.marker.color for trace in traces} == dict(zip(TP01.scale, palette.answers, strict=True))


def test_worse_answers_go_left_of_the_middle_answer_and_better_ones_right():
    fell = Distribution("TP01", (), (0.4, 0.2, 0.1, 0.2, 0.1), (40, 20, 10, 20, 10), 100, 0, 0, 0, 0)
    traces = draw(answer_bars([fell], TP01, "t", "c", "s"), LIGHT).data
    starts = {trace.name: trace.base[0] for trace in traces}
    assert starts["Very dissatisfied"] == pytest.approx(-0.35)  # 10% + 20% + half of 10%
    assert starts["Neither satisfied nor dissatisfied"] == pytest.approx(-0.05)
    assert starts["Fairly satisfied"] == pytest.approx(0.05)
    assert starts["Very satisfied"] == pytest.approx(0.25)


def test_tones_fill_the_bar():
    said = {tone: Estimate(share, 0, 1, base=100) for tone, share in zip(TONES, (0.4, 0.3, 0.2, 0.1, 0.0), strict=True)}
    traces = draw(tone_bars([("Ash", said)], "t", "c", "s", "Estate"), LIGHT).data
    assert [trace.x[0] for trace in traces] == [0.4, 0.3, 0.2, 0.1, 0.0]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_what_became_of_complaints_fills_the_bar_in_the_colours_of_the_page(palette):
    made = Timeliness("CH02_1", 1, (), 100, 60, 10, 8, 4, 15, 2, 1, 90, 3, 9.0, share=0.7)
    traces = draw(handled_bars([made], "t", "c", "s"), palette).data
    assert sum(trace.x[0] for trace in traces) == pytest.approx(1)
    assert [trace.marker.color for trace in traces] == list(palette.parts)


def test_plain_numbers_start_at_nought_and_stand_in_their_order():
    rates = [Rate("", 1, (("estate", name),), n, 1000, float(n)) for name, n in (("Ash", 30), ("Birch", 12))]
    figure = draw(volume_bars(rates, "estate", "t", "c", "s"), LIGHT)
    assert list(figure.data[0].x) == [30.0, 12.0]
    assert list(figure.data[0].base) == [0.0, 0.0]
    assert figure.layout.xaxis.rangemode == "tozero"


def test_months_are_columns_side_by_side_told_apart_by_3_to_1():
    months = [RepairMonth(date(2026, 4, 1), 12, 11), RepairMonth(date(2026, 5, 1), 9, 10)]
    for palette in (LIGHT, DARK):
        figure = draw(repair_months(months, "t", "c", "s"), palette)
        assert [list(trace.y) for trace in figure.data] == [[12.0, 9.0], [11.0, 10.0]]
        assert list(figure.layout.xaxis.ticktext) == ["Apr<br>2026", "May<br>2026"]
        assert contrast(*(trace.marker.color for trace in figure.data)) >= 3


def test_a_change_is_drawn_either_side_of_no_change():
    moved = Comparison(estimate(0.6), estimate(0.5), -0.1, -0.2, 0.0, Verdict.CHANCE, "")
    figure = draw(changes([(TP01, moved)], "2024", "t", "c", "s"), LIGHT)
    low, high = figure.layout.xaxis.range
    assert low == -high
    assert "0" in figure.layout.xaxis.ticktext


def test_markup_in_a_name_from_a_file_is_not_left_for_plotly_to_act_on():
    said = {tone: Estimate(0.25, 0.2, 0.3, base=200) for tone in TONES}
    for chart in (dots(estimate(0.6, PAYLOAD)), tone_bars([(PAYLOAD, said)], "t", "c", "s", "Estate")):
        drawn = text_of(draw(chart, LIGHT))
        assert "<img" not in drawn
        assert "\\u003cimg" not in drawn
        assert "&lt;img" in drawn or "\\u0026lt;img" in drawn


def test_nothing_to_draw_is_drawn_without_a_fault():
    chart = group_dots([], None, "t", "c", "s", "Estate")
    assert draw(chart, LIGHT).layout.height > 0


def test_a_funnel_has_its_limits_and_the_one_told_of_apart():
    points = tuple(FunnelPoint(f"L{n}", 100.0 * n, 0.6 + n / 100, 0.5, 0.9, 0.0, 0) for n in range(1, 6))
    told = Compared(
        "2024/25",
        "L3",
        "Ash",
        "LCRA",
        "",
        PeerGroup("", ()),
        (),
        None,
        (),
        funnel=Funnel(0.65, 2.0, 0.1, 0.998, points, 0, 1),
    )
    figure = draw(funnel_dots(told, {"L3": "Ash"}, "Every landlord", "", ""), LIGHT)
    upper, lower, others, own = figure.data
    assert (list(upper.x), set(upper.y), set(lower.y)) == ([100, 200, 300, 400, 500], {0.9}, {0.5})
    assert len(others.x) == 4 and list(own.x) == [300] and list(own.y) == [0.63]
    assert own.marker.size > others.marker.size


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_sides_of_a_topic_stand_end_to_end_in_the_order_in_which_a_click_names_them(palette):
    shares = {name: Estimate(n / 100, 0, 1, base=100, yes=n) for name, n in (("A", 30), ("B", 10))}
    themes = [Theme(name, name, share, (share.yes or 0) - 6, 4, 2) for name, share in shares.items()]
    chart = sided_bars(themes, "t", "c")
    traces = draw(chart, palette).data
    assert [list(trace.x) for trace in traces] == [[0.24, 0.04], [0.02, 0.02], [0.04, 0.04]]  # well, neither, ill
    assert list(traces[2].base) == pytest.approx([0.26, 0.06])
    assert [picked(chart, curve, 1) for curve in range(3)] == [(trace.name, "B") for trace in traces]
    assert [trace.marker.color for trace in traces] == [palette.tones[0], palette.tones[2], palette.tones[3]]
    assert "<b>A</b>" in draw(chart, palette).layout.annotations[0].text
