"""Tenants' words on the page: always as text, never as markup, always without personal details."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.model import Comment, Question
from analysis.respect import TOPICS
from analysis.spoken import praises_staff
from analysis.voices import UNSURE_TONE
from dashboard import session, words
from dashboard.charts.tones import TONE_NAMES
from dashboard.widgets.correcting import correct
from dashboard.widgets.frame import shown_for
from data.voices import Chosen

AT_A_TIME = 20
NOT_FOR_QUOTING = "**Not for quoting:** it may speak of somebody's health or accuse somebody."


def comment_list(
    asked: Question,
    chosen: Chosen,
    strict: bool = False,
    key: str = "",
    said: Callable[[Comment], str] | None = None,
    at_a_time: int = AT_A_TIME,
    text: Callable[[Comment], str] | None = None,
) -> None:
    """The comments chosen, a page at a time; ``strict`` for what is said of people. Only for the landlord's own people.

    ``key`` tells one list of a page from another; ``said`` gives what is to be told of a comment besides;
    ``text`` its words as they are to be shown, such as with what was read in them marked.
    """
    if not session.may_read(asked):
        st.write(INSIDE_ONLY)
        return
    about, place = f"{key}comments-about", f"{key}comments-from"
    start = st.session_state.get(place, 0) if st.session_state.get(about) == (asked, chosen) else 0
    st.session_state[about], st.session_state[place] = (asked, chosen), start
    found = session.comments(asked, chosen, at_a_time + 1, start, strict)
    if not found:
        st.write("No comment answers to that.")
    for comment in found[:at_a_time]:
        shown = text(comment) if text else ""
        comment_card(comment, said(comment) if said else "", offer_correction=True, within=key, text=shown)
    st.caption(words.plain(shown_for()))
    _turn_pages(key, start, at_a_time, more=len(found) > at_a_time)


INSIDE_ONLY = (
    "Tenants' words are for the landlord's own people: choose them as who will see it. A quote leaves the team only "
    "once two people have approved it."
)


def comment_card(
    comment: Comment, said: str = "", offer_correction: bool = False, within: str = "", text: str = ""
) -> None:
    """One comment with where it comes from; ``said`` is what is to be told of it besides. ``within`` names the list it
    stands in, where a page has several; ``text`` are its words as they are to be shown, if not as they are.
    """
    with st.container(border=True):
        st.text(text or comment.text)
        if comment.sensitive:
            st.markdown(NOT_FOR_QUOTING)
        st.caption(words.plain(" · ".join(filter(None, (said, _where_from(comment))))))
        if offer_correction:
            correct(comment, within)


def _where_from(comment: Comment) -> str:
    """How it sounds, where and when; no place where it speaks of staff or of being judged, who may be one officer."""
    when = [words.british_date(comment.when)] if comment.when else []
    of_people = any(mention.topic in TOPICS for mention in comment.mentions) or praises_staff(comment)
    places = [] if of_people else [value for _, value in comment.place]
    tone = comment.tone.label if comment.tone.sure else UNSURE_TONE
    return " · ".join([TONE_NAMES.get(tone, tone), *places, *when])


def _turn_pages(key: str, start: int, at_a_time: int, more: bool) -> None:
    back, on = st.columns(2)
    if start:
        earlier = max(0, start - at_a_time)
        back.button("Comments before these", on_click=_go_to, args=(key, earlier), key=f"{key}newer")
    if more:
        on.button("More comments", on_click=_go_to, args=(key, start + at_a_time), key=f"{key}older")


def _go_to(key: str, place: int) -> None:
    st.session_state[f"{key}comments-from"] = place
