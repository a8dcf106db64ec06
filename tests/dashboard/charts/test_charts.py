"""A chart says the same as its figures: rows, words, alternative text and table."""

from __future__ import annotations

import csv
import io

from analysis.model import Comparison, Distribution, Estimate, Theme, Verdict
from dashboard.charts.answers import answer_bars, measure_bars
from dashboard.charts.intervals import changes, group_dots, measure_dots
from dashboard.charts.tones import TONES, theme_dots, tone_bars, topic_dots
from data.registers import measures

TP01 = measures("2024/25")[0]
ASH = Estimate(0.6, 0.5, 0.69, base=100, yes=60, group=(("estate", "Ash"),), measure="TP01")
BIRCH = Estimate(0.8, 0.5, 0.94, base=10, yes=8, group=(("estate", "Birch"),), measure="TP01")
QUIET = Estimate(None, None, None, base=4, withheld="fewer than 10 answers", group=(("estate", "=Cedar"),))


def dots():
    return group_dots([ASH, BIRCH, QUIET], ASH, "TP01 by estate", "Shown for: 2025", "2025 survey", "Estate")


def test_a_withheld_group_is_in_the_table_with_its_reason_and_has_no_dot():
    chart = dots()
    assert chart.labels == ("Ash", "Birch")
    assert chart.table.rows[2] == ("=Cedar", "–", "–", "4", "fewer than 10 answers")


def test_the_alternative_text_gives_the_extremes_in_words():
    assert dots().alt == (
        "Dots with intervals: TP01 by estate. Highest: Birch, 8 of 10 (50% to 94%). "
        "Lowest: Ash, 60% (50% to 69%, 100 tenants). Everyone asked: 60% (50% to 69%, 100 tenants). "
        "The table has every figure."
    )


def test_the_file_has_unrounded_figures_and_no_cell_that_runs():
    rows = list(csv.reader(io.StringIO(dots().table.as_csv("+about"))))
    assert rows[0][:4] == ["name", "share", "low", "high"]
    assert rows[1] == ["Ash", "0.6", "0.5", "0.69", "100", "60", "", ""]
    assert rows[3][0] == "'=Cedar"
    assert rows[3][1:4] == ["", "", ""]
    assert rows[4] == ["'+about"]


def test_a_withheld_group_tells_nothing_of_how_many_said_yes():
    hidden = Estimate(None, None, None, base=4, yes=3, effective_base=3.5, withheld="fewer than 10 answers")
    row = measure_dots([(TP01, hidden)], "t", "c", "s").table.file_rows[0]
    assert row[5] is None
    assert row[6] is None


def test_a_change_stands_with_its_verdict_and_reason():
    moved = Comparison(ASH, BIRCH, 0.2, -0.1, 0.4, Verdict.CHANCE, "The range includes no change.")
    chart = changes([(TP01, moved)], "2024", "t", "c", "s")
    assert chart.table.rows == (
        (
            "TP01 Overall satisfaction",
            "+20.0 points (−10.0 to +40.0)",
            "could be chance",
            "The range includes no change.",
        ),
    )


def test_a_change_that_cannot_be_told_is_in_the_table_only():
    few = Comparison(ASH, QUIET, None, None, None, Verdict.TOO_FEW, "2025: fewer than 10 answers.")
    chart = changes([(TP01, few)], "2024", "t", "c", "s")
    assert chart.labels == ()
    assert chart.table.rows[0][1:3] == ("–", "too few to say")


def test_answers_are_drawn_best_first_under_their_own_labels():
    fell = Distribution("TP01", (), (0.4, 0.2, 0.1, 0.2, 0.1), (40, 20, 10, 20, 10), 100, 3, 2, 0, 1)
    chart = answer_bars([fell], TP01, "t", "c", "s")
    assert [series.name for series in chart.series] == list(TP01.scale)
    assert [series.marks[0].words for series in chart.series] == ["40%", "20%", "10%", "20%", "10%"]
    assert chart.table.rows[0] == ("Everyone asked", "40%", "20%", "10%", "20%", "10%", "–", "100", "6", "")


def test_answers_of_fewer_than_thirty_are_counted_out():
    fell = Distribution("TP01", (), (0.4, 0.2, 0.1, 0.2, 0.1), (8, 4, 2, 4, 2), 20, 0, 0, 0, 0)
    chart = answer_bars([fell], TP01, "t", "c", "s")
    assert chart.table.rows[0][1:6] == ("8 of 20", "4 of 20", "2 of 20", "4 of 20", "2 of 20")


def test_a_withheld_distribution_is_in_the_table_only():
    hidden = Distribution("TP01", (("estate", "Ash"),), None, None, 4, 0, 0, 0, 0, withheld="fewer than 10 answers")
    chart = answer_bars([hidden], TP01, "t", "c", "s")
    assert chart.labels == ()
    assert chart.table.rows[0][-1] == "fewer than 10 answers"


def test_a_place_whose_tone_is_withheld_has_no_bar():
    said = {tone: Estimate(0.25, 0.2, 0.3, base=200, yes=50) for tone in TONES}
    silent = dict.fromkeys(TONES, QUIET)
    chart = tone_bars([("Ash", said), ("Cedar", silent)], "t", "c", "s", "Estate")
    assert chart.labels == ("Ash",)
    assert [row[-1] for row in chart.table.rows if row[0] == "Cedar"] == ["fewer than 10 answers"] * 5


def test_topics_are_shares_of_comments_not_of_tenants():
    theme = Theme("damp", "Damp and mould", Estimate(0.2, 0.16, 0.24, base=300, yes=60), 5, 50, 5)
    chart = theme_dots([theme], "t", "c", "s")
    assert chart.series[0].marks[0].words == "20% (16% to 24%, 300 comments)"
    assert chart.table.rows[0] == ("Damp and mould", "20%", "16% to 24%", "300", "5", "50", "5", "")


def test_one_topic_is_drawn_place_by_place_and_a_quiet_place_only_listed():
    share, none = Estimate(0.2, 0.16, 0.24, base=300, yes=60), Estimate(None, None, None, base=3, withheld="too few")
    rows = [("Ash", Theme("damp", "Damp", share, 5, 50, 5)), ("Birch", Theme("damp", "Damp", none, 1, 0, 0))]
    chart = topic_dots(rows, "Damp by estate", "c", "s", "Estate")
    assert chart.labels == ("Ash",)
    assert chart.table.headings[0] == "Estate"
    assert [row[0] for row in chart.table.rows] == ["Ash", "Birch"]
    assert chart.table.rows[1][-1] == "too few"


def test_the_ten_topics_most_spoken_of_are_drawn_and_every_one_is_in_the_table():
    share = Estimate(0.2, 0.16, 0.24, base=300, yes=60)
    chart = theme_dots([Theme(f"t{n}", f"Topic {n}", share, 1, 1, 1) for n in range(12)], "t", "c", "s")
    assert chart.labels == tuple(f"Topic {n}" for n in range(10))
    assert len(chart.table.rows) == 12


NET = Distribution(
    "TP01", (), (0.4, 0.2, 0.1, 0.2, 0.1), (40, 20, 10, 20, 10), 100, 3, 2, 0, 1, None,
    (0.31, 0.13, 0.06, 0.13, 0.06), (0.5, 0.29, 0.17, 0.29, 0.17), 0.3, 0.14, 0.45,
)  # fmt: skip


def test_each_of_the_five_answers_stands_with_its_range_and_the_net_score_with_its():
    table = answer_bars([NET], TP01, "t", "c", "s").table
    assert table.rows[0][1:3] == ("40% (31% to 50%)", "20% (13% to 29%)")
    assert table.rows[0][6] == "+30 (+14 to +45)"
    named = dict(zip(table.file_headings, table.file_rows[0], strict=True))
    assert (named["Very satisfied, low"], named["Very dissatisfied, high"]) == (0.31, 0.17)
    assert (named["net"], named["net low"], named["net high"]) == (0.3, 0.14, 0.45)


def test_bars_of_measures_carry_net_scores_and_every_name_of_an_answer():
    tp08 = next(measure for measure in measures("2024/25") if measure.code == "TP08")
    hidden = Distribution("TP08", (), None, None, 4, None, None, None, None, "fewer than 10 answers")
    chart = measure_bars([(TP01, NET), (tp08, hidden)], "t", "c", "s")
    assert chart.labels == ("TP01 Overall satisfaction: net\xa0+30\xa0(+14\xa0to\xa0+45)",)
    assert chart.series[0].name == "Very satisfied, strongly agree"
    assert chart.table.rows[1][6:] == ("–", "4", "–", "fewer than 10 answers")
