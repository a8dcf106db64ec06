"""Where and for whom: any measure by estate, tenure or any other way; fair outcomes; scores beside words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from analysis.model import (
    Comparison,
    Dimension,
    Distribution,
    Estimate,
    Findings,
    Measure,
    Question,
    SmallArea,
    Verdict,
)
from dashboard import session, words
from dashboard.charts.answers import answer_bars
from dashboard.charts.chart import Table, group_name
from dashboard.charts.intervals import group_dots
from dashboard.charts.places import drawn_dots, gaps_table, moves_table
from dashboard.how import How, behind
from dashboard.how.survey import of_answers, of_gaps, of_groups, of_moves
from dashboard.pages import fair, score_words
from dashboard.widgets.disclosed import disclosed_note
from dashboard.widgets.figures import download, figure, figures_table
from dashboard.widgets.filters import ADDRESS
from dashboard.widgets.frame import nothing_loaded, shown_for
from dashboard.widgets.lineage import where_from
from dashboard.widgets.making import how_this_was_made, provisional_mark, provisional_words
from dashboard.words import places as said
from data.selection import NOT_RECORDED

USUAL = ("estate", "tenure", "age_band")  # offered first
PARTS = ("By place and group", "Fair outcomes", "Scores and words")
FAIR_FILES = (("people", None), ("complaints", None), ("repairs", None), ("hazards", None))  # besides the survey
BY_NAME, BY_SHARE = "by name", "by share, range in sight"


def show() -> None:
    """Draw the page."""
    st.title("Where and for whom")
    asked = session.question()
    if asked is None:
        nothing_loaded()
        return
    place, fair_tab, beside = st.tabs(PARTS, key="places-part", bind=ADDRESS, on_change="rerun")
    if place.open:
        with place:
            _place_by_place(asked)
    if fair_tab.open:
        with fair_tab:
            fair.show(asked)
            where_from(*behind(asked), *FAIR_FILES)
    if beside.open:
        with beside:
            score_words.show(asked)
            where_from(("survey", asked.wave))


def _place_by_place(asked: Question) -> None:
    """One measure by one way of dividing people."""
    measure = _choose_measure(session.findings(asked))
    dimension = choose_dimension()
    if measure is None or dimension is None:
        return
    found = session.findings(_within(asked, measure, dimension))
    provisional_mark(found)
    too_quiet(found.groups.get(measure.code, ()), dimension)
    _sure_of(found, measure, dimension)
    _shares(found, measure, dimension)
    _moved(found, measure, dimension)
    _answers(found, measure, dimension)
    how_this_was_made(found)
    where_from(*behind(found.question))


def _within(asked: Question, measure: Measure, dimension: Dimension) -> Question:
    return replace(asked, measures=(measure.code,), breakdown=dimension.key)


def _choose_measure(found: Findings) -> Measure | None:
    """The measure to look at, among those this tenure group is asked."""
    asked = {m.code: m for m in found.measures if found.question.tenure_group in m.tenures}
    if not asked:
        st.write("No measure was asked in this survey.")
        return None
    code = st.selectbox(
        "Measure", list(asked), format_func=lambda code: f"{code} {asked[code].title}", key="measure", bind=ADDRESS
    )
    return asked[code]


def choose_dimension(only: Sequence[str] | None = None, key: str = "by") -> Dimension | None:
    """How to divide the tenants, among the ways this file allows (``only`` these, where given).

    ``key`` tells the choice from another's on the same page.
    """
    held = session.generation()
    allowed = [d for d in held.dimensions if only is None or d.key in only] if held else []
    ways = {d.label: d for d in sorted(allowed, key=_usual_first)}
    if not ways:
        st.write("The file holds no estate, tenure or other characteristic to divide by.")
        return None
    return ways[st.selectbox("Divided by", list(ways), key=key, bind=ADDRESS)]


def _usual_first(dimension: Dimension) -> int:
    return USUAL.index(dimension.key) if dimension.key in USUAL else len(USUAL)


def too_quiet(estimates: Sequence[Estimate], dimension: Dimension) -> None:
    """Groups we cannot judge come first: silence is news too."""
    hidden = [(group_name(e.group), e.withheld) for e in estimates if e.withheld]
    st.header("Too quiet to judge")
    if not hidden:
        st.write(words.plain(f"Every {dimension.label.lower()} has enough answers to be shown."))
    for reason, names in words.counted_reasons(hidden).items():
        st.write(words.plain(f"{words.sentence_case(reason)}: {', '.join(sorted(names))}."))


def _sure_of(found: Findings, measure: Measure, dimension: Dimension) -> None:
    """The groups that stand apart from everyone else, how many might by chance, and whether any differ at all."""
    gaps = _of_known_groups(found.against_rest.get(measure.code, ()))
    if not gaps:
        return
    st.header("The gaps we are sure of")
    told = [said.gap(each, words.yes_word(measure)) for each in gaps if each.verdict is Verdict.REAL]
    at_all = said.differ(found.associations.get(measure.code), dimension.key, bool(told))
    for line in (at_all, *told, said.gaps_counted(gaps, dimension.key), said.too_few_to_say(gaps)):
        if line:
            st.write(words.plain(line))
    about = f"{measure.code} {measure.title}: each {dimension.label.lower()} against everyone else"
    _every(
        gaps_table(gaps, dimension.label),
        f"Every {dimension.label.lower()} against everyone else",
        about,
        _caption(found),
        "gaps",
        of_gaps(found, measure.code),
    )


def _shares(found: Findings, measure: Measure, dimension: Dimension) -> None:
    """Every group's share; of estates also drawn towards what is usual, as far as few answered."""
    st.header(words.plain(f"{measure.title}, {dimension.label.lower()} by {dimension.label.lower()}"))
    disclosed_note(found)
    drawn, everyone = found.small_areas.get(measure.code), found.headline.get(measure.code)
    if drawn is not None:
        st.write(words.plain(said.how_drawn(drawn)))
        for note in said.more_of(drawn):
            st.caption(words.plain(note))
    order = st.radio("In order", (BY_NAME, BY_SHARE), key="order", bind=ADDRESS, horizontal=True)
    title = f"{measure.code} {measure.title} by {dimension.label.lower()}"
    beside = (title, _caption(found), words.survey_sentence(found.wave), dimension.label)
    if drawn is not None and not drawn.withheld:
        chart = drawn_dots(drawn, _drawn_in_order(drawn.areas, order), *beside)
    else:
        chart = group_dots(_in_order(found.groups.get(measure.code, ()), order), everyone, *beside)
    figure(chart, key="places", how=of_groups(found, measure.code))


def _in_order(estimates: Sequence[Estimate], order: str | None) -> list[Estimate]:
    if order == BY_SHARE:
        return sorted(estimates, key=lambda e: (e.value is None, -(e.value or 0), group_name(e.group)))
    return sorted(estimates, key=lambda e: group_name(e.group))


def _drawn_in_order(areas: Sequence[SmallArea], order: str | None) -> list[SmallArea]:
    if order == BY_SHARE:
        return sorted(areas, key=lambda a: (a.value is None, -(a.value or 0), group_name(a.group)))
    return sorted(areas, key=lambda a: group_name(a.group))


def _moved(found: Findings, measure: Measure, dimension: Dimension) -> None:
    """What has changed in each group since the earlier survey, with the verdicts of looking at them together."""
    moved = _of_known_groups(found.group_changes.get(measure.code, ()))
    if found.earlier is None or not moved:
        return
    st.header(words.plain(f"What moved since {found.earlier.name}"))
    st.write(words.plain(said.moves_counted(moved, dimension.key)))
    for line in said.moves(moved, found.earlier):
        st.write(words.plain(line))
    about = f"{measure.code} {measure.title}: each {dimension.label.lower()} since {found.earlier.name}"
    table_of = moves_table(moved, found.earlier.name, dimension.label)
    label = f"Every {dimension.label.lower()} since {found.earlier.name}"
    _every(table_of, label, about, _caption(found), "moved", of_moves(found, measure.code))


def _of_known_groups(found: Sequence[Comparison]) -> list[Comparison]:
    """By name, without those whose group is not recorded: they are no group."""
    known = [each for each in found if group_name(each.after.group) != NOT_RECORDED]
    return sorted(known, key=lambda each: group_name(each.after.group))


def _every(figures: Table, label: str, about: str, caption: str, key: str, how: How) -> None:
    """A table behind its own heading, and the same unrounded as a file."""
    with st.expander(words.plain(label)):
        figures_table(figures, about, key, how=how)
        st.caption(words.plain(caption))
        download(figures, f"{about}. {caption}", key)


def _answers(found: Findings, measure: Measure, dimension: Dimension) -> None:
    st.header("How the answers fell")
    everyone, *groups = found.distributions.get(measure.code, ()) or (None,)
    rows = [found for found in (everyone, *sorted(groups, key=_named)) if found is not None]
    title = f"{measure.code} {measure.title}: the five answers by {dimension.label.lower()}"
    chart = answer_bars(rows, measure, title, _caption(found), words.survey_sentence(found.wave))
    figure(chart, key="answers", how=of_answers(found, (measure.code,)))


def _named(found: Distribution) -> str:
    return group_name(found.group)


def _caption(found: Findings) -> str:
    return f"{shown_for()}{provisional_words(found)}"
