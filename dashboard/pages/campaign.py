"""A contact campaign: call one home at a time, pass on what is told, see how far it is, begin one. A tab."""

from __future__ import annotations

import streamlit as st

from analysis.model import Audience, Question
from analysis.model.campaign import Campaign
from dashboard import campaign as calls
from dashboard import session
from dashboard.pages import assumed, begin, calling, lists, told
from dashboard.widgets.filters import ADDRESS
from dashboard.words import campaign as said
from dashboard.words import plain
from data.generation import Generation

CALL, LISTS, BEGIN, TOLD, ASSUMED = PARTS = (
    "Call", "Lists and progress", "Begin a campaign", "What was told", "What we had assumed",
)  # fmt: skip
DONE = "campaign-done"
PART, NEXT = "campaign-part", "campaign-part-next"  # what is shown, and what is to be after the next drawing
INSIDE = "Call lists are for the landlord's own people: choose them as who will see it."
NONE_YET = (
    "No campaign has been begun yet. Every member of staff with a telephone can call a few homes: to bring what is "
    "known of them up to date, and to meet the person. Choose *Begin a campaign*."
)
ABOUT = (
    "Names and numbers come from a file of the campaign's own. They are kept beside the store while it runs, are never "
    "part of it, and are destroyed when it ends."
)


def show(asked: Question, held: Generation) -> None:
    """Draw the tab."""
    if asked.audience is not Audience.INTERNAL:
        st.write(INSIDE)
        return
    if done := st.session_state.pop(DONE, None):
        st.success(plain(done))
    if after := st.session_state.pop(NEXT, None):
        st.session_state[PART] = after
    every = calls.campaigns_in_use(session.settings()).all()
    usual = CALL if every else BEGIN
    part = st.segmented_control("Part", PARTS, default=usual, key=PART, bind=ADDRESS, label_visibility="collapsed")
    _part(part or usual, every, asked, held)
    st.caption(f"{ABOUT} {said.NEVER_ANSWERED}")


def _part(part: str, every: tuple[Campaign, ...], asked: Question, held: Generation) -> None:
    if part != BEGIN:
        begin.forget()
    if part == BEGIN:
        begin.show(asked, held)
    elif part == TOLD:
        told.queue()
    elif part == ASSUMED:
        assumed.show()
    elif not every:
        st.write(NONE_YET)
    else:
        one = _choose(every)
        if part == CALL:
            _running(one, held)
        else:
            lists.show(one, held)


def _choose(every: tuple[Campaign, ...]) -> Campaign:
    """The campaign that is looked at: the newest that runs unless somebody says otherwise."""
    names = {each.name: each for each in every}
    if len(every) == 1:
        return every[0]
    return names[st.selectbox("Campaign", list(names), key="campaign", bind=ADDRESS)]


def _running(one: Campaign, held: Generation) -> None:
    if one.closed:
        st.write(plain(said.ends_words(one, calls.today())))
        calling.over(one)
        return
    aside = calls.looked_anew(session.settings(), held, one)
    if aside:
        st.warning(plain(said.aside_words(aside)))
    calling.show(one)
