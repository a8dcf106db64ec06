"""Places side by side: both shares with their ranges and the amount of drawing, and never a rank without its range."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.model import Comparison, Estimate, SmallArea, SmallAreas, Verdict, Wave
from dashboard.charts.chart import Kind
from dashboard.charts.places import drawn_dots, gaps_table, moves_table
from dashboard.drawing.on_screen import draw
from dashboard.look import DARK, LIGHT
from dashboard.words import places as said


def place(name: str) -> tuple[tuple[str, str], ...]:
    return (("estate", name),)


ASH = Estimate(0.5, 0.3, 0.7, base=20, yes=10, group=place("Ash"), measure="TP01")
BIRCH = Estimate(0.8, 0.7, 0.88, base=100, yes=80, group=place("Birch"), measure="TP01")
QUIET = Estimate(None, None, None, base=4, group=place("=Cedar"), measure="TP01", withheld="fewer than 10 answers")
AREAS = (
    SmallArea(ASH.group, ASH, 0.6, 0.45, 0.72, 0.5, (2, 3), homes=40),
    SmallArea(BIRCH.group, BIRCH, 0.78, 0.7, 0.85, 0.1, (1, 1)),
    SmallArea(QUIET.group, QUIET, None, None, None, None, withheld="fewer than 10 answers"),
)
FOUND = SmallAreas("TP01", "estate", "beta-binomial", 0.7, 0.1, AREAS)


def pairs():
    return drawn_dots(FOUND, AREAS, "TP01 by estate", "Shown for: 2025", "2025 survey", "Estate")


def test_each_place_has_its_share_as_counted_and_drawn_and_how_much_its_own_answers_count():
    chart = pairs()
    assert (chart.kind, chart.labels) == (Kind.PAIRS, ("Ash", "Birch"))
    drawn, counted = chart.series
    assert drawn.marks[0].words == "10 of 20 (own answers count 50%); drawn 60% (45% to 72%)"
    assert [mark.value for mark in counted.marks] == [0.5, 0.8]
    assert [mark.small for mark in counted.marks] == [True, False]


def test_the_table_gives_homes_and_ranks_as_a_range_and_the_withheld_their_reason():
    table = pairs().table
    assert table.headings[6] == "Could rank, of 2"
    assert table.rows[0] == ("Ash", "10 of 20 (30% to 70%)", "20", "40", "50%", "60% (45% to 72%)", "2nd to 3rd", "")
    assert table.rows[1][6] == "1st to 1st"
    assert table.rows[2] == ("=Cedar", "–", "4", "–", "–", "–", "–", "fewer than 10 answers")


def test_the_file_has_unrounded_figures_and_nothing_of_a_withheld_place():
    table = pairs().table
    assert dict(zip(table.file_headings, table.file_rows[0], strict=True)) == {
        "name": "Ash", "share": 0.5, "low": 0.3, "high": 0.7, "answers": 20, "counted as yes": 10, "homes": 40,
        "weight on the others": 0.5, "drawn": 0.6, "drawn low": 0.45, "drawn high": 0.72, "rank from": 2, "rank to": 3,
        "why not shown": None,
    }  # fmt: skip
    assert table.file_rows[2] == ("=Cedar", None, None, None, 4, *[None] * 8, "fewer than 10 answers")


def test_the_alternative_text_says_what_is_usual():
    assert pairs().alt == (
        "Pairs of dots with intervals, as counted and drawn: TP01 by estate. Highest: Birch, 80% of 100 "
        "(own answers count 90%); drawn 78% (70% to 85%). "
        "Lowest: Ash, 10 of 20 (own answers count 50%); drawn 60% (45% to 72%). "
        "Usual among the estates: 70%. The table has every figure."
    )


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_two_dots_of_a_row_stand_apart_with_their_own_ranges_and_names(palette):
    figure = draw(pairs(), palette)
    drawn, counted, usual = figure.data
    assert list(drawn.x) == [0.6, 0.78]
    assert list(counted.x) == [0.5, 0.8]
    assert list(drawn.error_x.array) == pytest.approx([0.12, 0.07])
    assert all(above < below for above, below in zip(drawn.y, counted.y, strict=True))
    assert [trace.name for trace in figure.data] == ["Drawn", "As counted", "Usual among the estates: 70%"]
    assert (drawn.marker.line.color, counted.marker.line.color) == (palette.main, palette.earlier)
    assert usual.line.color == palette.reference


# ── Gaps and moves ───────────────────────────────────────────────────────────────────────────────

REST = Estimate(0.75, 0.72, 0.78, base=900, group=(("estate", "the rest"),))
GAP = Comparison(REST, BIRCH, 0.05, 0.01, 0.09, Verdict.REAL, "It is higher than the rest.")
CHANCE = Comparison(REST, ASH, -0.25, -0.5, 0.01, Verdict.CHANCE, "Chance could give this.")
FEW = Comparison(REST, ASH, None, None, None, Verdict.TOO_FEW, "Ash: fewer than 30 answers.")
EARLIER = Wave("2024", date(2024, 4, 1), date(2024, 6, 30), "2024/25")


def test_gaps_and_moves_stand_with_their_range_verdict_and_reason():
    row = ("Birch", "80%", "75%", "+5.0 points (+1.0 to +9.0)", "real change", "It is higher than the rest.")
    assert gaps_table([GAP], "Estate").rows == (row,)
    assert moves_table([GAP], "2024", "Estate").rows == (row,)
    assert moves_table([GAP], "2024", "Estate").headings[2:4] == ("2024", "Change")
    assert gaps_table([FEW], "Estate").file_rows[0][3:6] == (None, None, None)


def test_the_gaps_are_counted_and_looking_at_many_is_said():
    assert said.gaps_counted([GAP, CHANCE, CHANCE, FEW], "estate") == (
        f"1 estate stands apart from everyone else; of 2 estates the gap could be chance. {said.JUDGED_TOGETHER}"
    )
    assert said.gaps_counted([CHANCE, FEW], "estate") == (
        "No estate stands apart from everyone else; of 1 estate the gap could be chance."
    )
    assert said.gaps_counted([GAP], "tenure") == "1 tenure stands apart from everyone else."


def test_a_group_that_is_withheld_is_not_named_again_as_too_few():
    withheld = Comparison(REST, QUIET, None, None, None, Verdict.TOO_FEW, "fewer than 10 answers")
    assert said.too_few_to_say([withheld]) == ""
    assert said.too_few_to_say([withheld, FEW]) == "Fewer than 30 answers, so not judged: Ash."


def test_only_real_moves_have_a_sentence_and_asked_differently_is_said_once():
    differently = Comparison(ASH, ASH, 0.1, 0.0, 0.2, Verdict.DIFFERENTLY, "People were asked in other ways.")
    assert said.moves([GAP, CHANCE, differently, differently], EARLIER) == (
        "Birch: +5.0 points (+1.0 to +9.0) since 2024. It is higher than the rest.",
        "Asked differently: People were asked in other ways.",
    )
    assert said.moves_counted([GAP, differently], "estate") == "Real change: 1 estate. Asked differently: 1 estate."


def test_where_places_do_not_differ_it_is_said_that_each_is_drawn_all_the_way():
    alike = SmallAreas("TP01", "estate", "beta-binomial", 0.7, 0.0, ())
    assert said.how_drawn(alike).startswith("The estates differ no more than chance could make them differ.")


def test_figures_too_long_for_a_telephone_are_written_smaller():
    names = [note.text for note in draw(pairs(), LIGHT).layout.annotations]
    assert any("font-size:14px" in name and "10 of 20 (own answers count 50%)" in name for name in names)
