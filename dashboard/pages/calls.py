"""Where the next calls should go: by what they add to precision and coverage, never who. A tab."""

from __future__ import annotations

import streamlit as st

from analysis.model import Question
from dashboard import session
from dashboard.charts.calls import calls_bars
from dashboard.how.homes import ANSWERED_TOO, CELLS, LEFT_OUT, of_call_plan
from dashboard.widgets.figures import figure
from dashboard.widgets.filters import ADDRESS
from dashboard.words import plain
from dashboard.words.calls import cell_words, left_out_words, plan_headline, what_for

CALLS = 100  # proposed unless the reader says otherwise
MOST = 5_000
NAMED = 8


def show(asked: Question, about: str) -> None:
    """Draw the tab."""
    wanted = st.number_input("Calls to make", 10, MOST, CALLS, step=10, key="calls", bind=ADDRESS)
    found = session.call_plan(asked, int(wanted))
    st.header(plain(plan_headline(found)))
    if found.withheld:
        return
    for said in (*what_for(found), left_out_words(found)):
        if said:
            st.write(plain(said))
    st.markdown("**Most calls**")
    for cell in [each for each in found.cells if each.calls][:NAMED]:
        st.write(plain(cell_words(cell)))
    title = "Where the next calls should go"
    chart = calls_bars(found, title, about, "homes from the list; answers by the issued sample or the survey")
    figure(chart, key="calls", how=of_call_plan(asked))
    st.caption(f"{CELLS} Left out: {LEFT_OUT[:1].lower()}{LEFT_OUT[1:]} {ANSWERED_TOO}")
