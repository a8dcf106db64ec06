"""What stands under figures: all of it once in a part, then what differs, and never another figure's words."""

from __future__ import annotations

from dataclasses import replace

from charts_of_every_kind import chart_of
from small_documents import document, rows_table

from dashboard.charts.chart import Kind
from dashboard.evidence.beneath import beneath, on_one_line
from dashboard.evidence.blocks import Figure, Heading, TableBlock

RENTERS, OWNERS, SURVEY = "Shown for: renters", "Shown for: owners", "2025: everyone was invited."


def table(key: str, *about: str, printed: bool = True) -> TableBlock:
    return TableBlock(key, "A table", rows_table(2), about, printed=printed)


def test_the_same_lines_are_said_once_in_a_part_and_the_figure_that_has_them_is_named():
    made = document(Heading("A"), table("a", RENTERS, SURVEY), table("b", RENTERS, SURVEY), table("c", OWNERS, SURVEY))
    assert beneath(made) == {
        "a": (RENTERS, SURVEY),
        "b": ("As under Table 1",),
        "c": (OWNERS, "The rest as under Table 1"),
    }


def test_a_part_begins_anew():
    made = document(Heading("A"), table("a", RENTERS, SURVEY), Heading("B"), table("b", RENTERS, SURVEY))
    assert beneath(made)["b"] == (RENTERS, SURVEY)


def test_what_has_nothing_of_it_or_more_or_fewer_lines_is_said_in_full_and_is_then_the_one_named():
    other = ("Counted from the files", "Known on 1 May")
    tables = (table("a", RENTERS, SURVEY), table("b", *other), table("c", *other), table("d", SURVEY), table("e"))
    made = document(Heading("A"), *tables)
    assert [*beneath(made).values()][1:] == [other, ("As under Table 2",), (SURVEY,), ()]


def test_a_figure_kept_as_data_alone_is_never_the_one_named():
    made = document(Heading("A"), table("a", RENTERS, SURVEY, printed=False), table("b", RENTERS, SURVEY))
    assert beneath(made) == {"b": (RENTERS, SURVEY)}


def test_a_chart_is_named_as_a_figure():
    chart = replace(chart_of(Kind.INTERVALS), caption=RENTERS, source=SURVEY)
    made = document(Heading("A"), Figure("a", chart), table("b", RENTERS, SURVEY))
    assert beneath(made)["b"] == ("As under Figure 1",)


def test_only_little_stands_on_one_line():
    assert on_one_line(("As under Figure 1",)) and not on_one_line((RENTERS, SURVEY, OWNERS))
