"""A document refuses what somebody could not read, and says what and where."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from charts_of_every_kind import chart_of
from small_documents import document, rows_table

from dashboard.charts.chart import Kind
from dashboard.evidence.blocks import CannotWrite, Figure, Heading, TableBlock

CHART = chart_of(Kind.INTERVALS)


@pytest.mark.parametrize("alt", ["", "  \n"])
def test_a_figure_without_words_for_those_who_cannot_see_it_is_refused_by_name(alt):
    with pytest.raises(CannotWrite, match=r"'measures-2' \(Shown as dots.*no words for those who cannot see it"):
        Figure("measures-2", replace(CHART, alt=alt))


def test_a_table_without_headings_or_with_two_of_one_name_is_refused_by_name():
    table = rows_table(2)
    with pytest.raises(CannotWrite, match="'estates' has a column without a heading"):
        TableBlock("estates", "Estates", replace(table, headings=("Estate", "", "Answers", "Note")))
    with pytest.raises(CannotWrite, match="two columns of one heading"):
        TableBlock("estates", "Estates", replace(table, file_headings=("a", "a", "b", "c")))
    with pytest.raises(CannotWrite, match="Row 1 of 'estates' has 4 cells for 3 headings"):
        TableBlock("estates", "Estates", replace(table, headings=("Estate", "Share", "Answers")))


def test_a_share_that_is_no_column_is_refused_with_those_there_are():
    with pytest.raises(CannotWrite, match=r"no column 'shar'\. It has estate, share, answers, note"):
        TableBlock("estates", "Estates", rows_table(2), shares=("shar",))


def test_two_figures_of_one_name_a_level_left_out_and_a_clock_without_a_zone_are_refused():
    with pytest.raises(CannotWrite, match="Two figures or tables are called 'one'"):
        document(Figure("one", CHART), TableBlock("one", "Estates", rows_table(1)))
    with pytest.raises(CannotWrite, match="level 3 after level 1"):
        document(Heading("A"), Heading("B", 3))
    with pytest.raises(CannotWrite, match="no time zone"):
        document(made=datetime(2026, 11, 29))  # noqa: DTZ001 - a moment without a zone is what is refused
    with pytest.raises(CannotWrite, match="cannot name a document"):
        document(stem="../board")


def test_figures_and_tables_are_counted_apart_in_reading_order():
    made = document(
        Figure("a", CHART), TableBlock("b", "T", rows_table(1)), Figure("c", CHART), TableBlock("d", "U", rows_table(2))
    )
    assert [(name, block.key) for name, block in made.named()] == [
        ("Figure 1", "a"),
        ("Table 1", "b"),
        ("Figure 2", "c"),
        ("Table 2", "d"),
    ]


def test_a_chart_and_the_table_of_its_figures_are_one_set_of_figures():
    made = document(Figure("a", CHART), TableBlock("b", "T", CHART.table))
    assert [block.key for _, block in made.sheets()] == ["b"]


def test_a_table_that_is_not_printed_is_data_and_takes_no_number_from_those_that_are():
    kept = TableBlock("kept", "Kept", rows_table(1), printed=False)
    printed = TableBlock("shown", "Shown", rows_table(2))
    made = document(Heading("Part"), kept, printed)
    assert [(name, block.key) for name, block in made.named()] == [("Data 1", "kept"), ("Table 1", "shown")]
    assert made.printed == (Heading("Part"), printed)
    assert [name for name, _ in made.sheets()] == ["Data 1", "Table 1"]
