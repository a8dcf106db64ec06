"""Tenants' words on the page: always as text, never as markup, always without personal details."""

from __future__ import annotations

import streamlit as st

from analysis.model import Comment, Question
from analysis.respect import TOPICS
from dashboard import session, words
from dashboard.charts.tones import TONE_NAMES
from dashboard.widgets.correcting import correct
from dashboard.widgets.frame import shown_for

AT_A_TIME = 20
NOT_FOR_QUOTING = "**Not for quoting:** it may speak of somebody's health or accuse somebody."


def comment_list(asked: Question, topic: str | None, tone: str | None, strict: bool = False) -> None:
    """Comments about a topic and of a tone, newest first, a page at a time; ``strict`` for what is said of people."""
    start = st.session_state.get(PLACE, 0) if st.session_state.get(ABOUT) == (asked, topic, tone) else 0
    st.session_state[ABOUT], st.session_state[PLACE] = (asked, topic, tone), start
    found = session.comments(asked, topic, tone, AT_A_TIME + 1, start, strict)
    if not found:
        st.write("No comment answers to that.")
    for comment in found[:AT_A_TIME]:
        comment_card(comment, offer_correction=True)
    st.caption(words.plain(shown_for()))
    _turn_pages(start, more=len(found) > AT_A_TIME)


ABOUT, PLACE = "comments-about", "comments-from"


def comment_card(comment: Comment, said: str = "", offer_correction: bool = False) -> None:
    """One comment with where it comes from; ``said`` is what is to be told of it besides. To be put right at one place
    of a page only.
    """
    with st.container(border=True):
        st.text(comment.text)
        if comment.sensitive:
            st.markdown(NOT_FOR_QUOTING)
        st.caption(words.plain(" · ".join(filter(None, (said, _where_from(comment))))))
        if offer_correction:
            correct(comment)


def _where_from(comment: Comment) -> str:
    """How it sounds, where and when; no place where it speaks of staff or of being judged, who may be one officer."""
    when = [words.british_date(comment.when)] if comment.when else []
    of_people = any(mention.topic in TOPICS for mention in comment.mentions)
    places = [] if of_people else [value for _, value in comment.place]
    return " · ".join([TONE_NAMES.get(comment.tone.label, comment.tone.label), *places, *when])


def _turn_pages(start: int, more: bool) -> None:
    earlier, later = st.columns(2)
    if start:
        earlier.button("Newer comments", on_click=_go_to, args=(max(0, start - AT_A_TIME),), key="newer")
    if more:
        later.button("Older comments", on_click=_go_to, args=(start + AT_A_TIME,), key="older")


def _go_to(place: int) -> None:
    st.session_state[PLACE] = place
