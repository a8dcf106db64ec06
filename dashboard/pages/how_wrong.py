"""How wrong the figure could be for those who did not answer, and what weights can do about it. A tab."""

from __future__ import annotations

import streamlit as st

from analysis.model import HowWrong, Question
from dashboard import session, words
from dashboard.charts.how_wrong import break_even_dots, parts_table
from dashboard.how.unheard import of_alike, of_how_wrong
from dashboard.pages.heard import MONTHS
from dashboard.widgets.figures import download, figure, figures_table
from dashboard.widgets.filters import ADDRESS
from dashboard.words import plain
from dashboard.words.how_wrong import (
    INDICATORS,
    READING,
    alike,
    break_even_words,
    held_against,
    put_to_some,
    rests,
    weights_can,
)

AS_BEFORE, CHOSEN = "as it was before", "a number I choose"


def show(asked: Question, by: tuple[str, ...], about: str) -> None:
    """Draw the tab."""
    found = _chosen(asked, by)
    if found is None:
        return
    value = found.figure.value
    if found.withheld or value is None:
        st.write(plain(f"Not shown: {found.withheld}."))
        return
    st.header(plain(f"{found.measure.code} {found.measure.title}: {words.in_words(found.figure)}"))
    st.write(plain(rests(found.figure, found.homes, found.answered)))
    st.write(plain(held_against(found)))
    if some := put_to_some(found):
        st.write(plain(some))
    for line in found.lines:
        st.write(plain(break_even_words(line, value, found.target)))
    st.caption(READING)
    chart = break_even_dots(found, about, "homes from the list of homes; the figure as on *How are we doing*")
    figure(chart, "break-even", how=of_how_wrong(found, asked))
    _alike(found, asked, about)
    st.header("What weighting can repair, and what it cannot")
    for said in weights_can(found):
        st.write(plain(said))


def _chosen(asked: Question, by: tuple[str, ...]) -> HowWrong | None:
    """The measure and the value it is held against, as the reader chooses them."""
    everything = session.findings(asked)
    measures = {m.code: m for m in everything.measures if m.code in everything.headline and _asked_of(m.tenures, asked)}
    if not measures:
        st.write("No measure was asked in this survey.")
        return None
    first, second = st.columns(2)
    code = first.selectbox(
        "Measure", list(measures), format_func=lambda c: f"{c} {measures[c].title}", key="wrong-measure", bind=ADDRESS
    )
    way = second.radio("Held against", (AS_BEFORE, CHOSEN), key="wrong-against", bind=ADDRESS, horizontal=True)
    target = None
    if way == CHOSEN:
        target = second.slider("Per cent satisfied", 0, 100, 70, key="wrong-target", bind=ADDRESS) / 100
    return session.how_wrong(asked, by, MONTHS, target, code)


def _asked_of(tenures: tuple[str, ...], asked: Question) -> bool:
    return asked.tenure_group in tenures


def _alike(found: HowWrong, asked: Question, about: str) -> None:
    """How alike those who answered are to those invited, and which characteristics make the difference."""
    st.header("Are those who answered like those who were asked?")
    for said in alike(found.representativity):
        st.write(plain(said))
    if found.representativity.parts:
        figures, title = parts_table(found.representativity), "What has to do with who answered"
        figures_table(figures, title, "partial-r", how=of_alike(found, asked))
        st.caption(INDICATORS)
        st.caption(plain(about))
        download(figures, f"{title}. {about}", "partial-r")
