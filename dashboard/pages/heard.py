"""Homes heard from through any channel, only when something was wrong, or never; and who can be reached. A tab."""

from __future__ import annotations

import streamlit as st

from analysis.model import Contactable, Question
from dashboard import session
from dashboard.charts.reach import contactable_table, heard_dots
from dashboard.how.homes import of_reachable
from dashboard.how.unheard import of_heard
from dashboard.widgets.figures import download, figure, figures_table
from dashboard.widgets.filters import ADDRESS
from dashboard.words import british_date, period, plain
from dashboard.words.silence import (
    HEARING,
    WAYS,
    WRONG,
    channels_loaded,
    contactable_words,
    divided_by,
    heard_words,
    only_wrong_words,
    silent_headline,
    spoken_to_words,
)

MONTHS = 12  # looked back unless the reader says otherwise
CHOICES = (3, 6, 12, 18, 24, 36)


def show(asked: Question, by: tuple[str, ...], about: str) -> None:
    """Draw the tab."""
    months = st.selectbox("Looking back, months", CHOICES, index=CHOICES.index(MONTHS), key="months", bind=ADDRESS)
    found = session.unheard(asked, by, months)
    everyone = found.heard[0]
    st.header(plain(silent_headline(everyone, found.months)))
    st.write(plain(heard_words(everyone)))
    st.write(plain(channels_loaded(found.channels, found.begun, found.ended)))
    for said in (only_wrong_words(everyone), spoken_to_words(everyone, found.channels)):
        if said:
            st.write(plain(said))
    st.caption(HEARING)
    st.caption(WRONG)
    title = f"Homes heard from, the least heard first, {divided_by(by)}"
    of = " · ".join(WAYS[dim] for dim in by)
    source = "records joined to the list of homes; counted, not estimated: there is no margin"
    chart = heard_dots(found.heard, title, _at(about, period(found.begun, found.ended)), source, of)
    figure(chart, key="heard", how=of_heard(found, asked))
    _reachable(session.contactable(asked, by), by, _at(about, british_date(found.ended)))


def _reachable(found: tuple[Contactable, ...], by: tuple[str, ...], about: str) -> None:
    st.header("Who can be reached")
    if not found:
        st.write(
            "How tenants can be reached is not known. Bring the file in under *Data and packs* as *Tenancies and "
            "people*."
        )
        return
    st.write(plain(contactable_words(found[0])))
    of = WAYS[found[-1].group[0][0]] if found[-1].group else WAYS[by[0]]
    figures, title = contactable_table(found, of), "How tenancies can be reached"
    figures_table(figures, title, "reachable", how=of_reachable())
    st.caption(plain(about))
    download(figures, f"{title}. {about}", "reachable")


def _at(about: str, when: str) -> str:
    """The same line for another time than the survey's."""
    return " · ".join([f"Shown for: {when}", *about.split(" · ")[1:]])
