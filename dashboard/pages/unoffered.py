"""Dissatisfaction told in a contact and never offered a complaint: how much of it, and the contacts to read."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.model import Audience, Estimate, Question, Unanswered, Unoffered
from analysis.unoffered import ANSWERS
from dashboard import session, words
from dashboard.charts.chart import group_name
from dashboard.charts.unoffered import unoffered_dots
from dashboard.how.complaints import of_unoffered
from dashboard.widgets.comments import comment_card
from dashboard.widgets.correcting import your_name
from dashboard.widgets.figures import figure
from dashboard.widgets.filters import ADDRESS
from dashboard.widgets.reading import read_comments
from dashboard.words import plain
from dashboard.words import unoffered as said
from data.corrections import CannotCorrect

AT_A_TIME = 10
LATELY = 10
PLACE, TOLD = "unoffered-from", "unoffered-told"
INSIDE_ONLY = "The contacts themselves are for the landlord's own people: choose them as who will see it."


def never_offered(asked: Question, period: str, caption: str) -> None:
    """Draw the section."""
    st.header(said.TITLE)
    found = session.never_offered(asked, period)
    if not found.contacts:
        st.write(said.NO_CONTACTS)
        return
    for sentence in said.told(found):
        st.write(plain(sentence))
    read_comments(found.unread, "" if found.unread == found.contacts else said.unread(found))
    st.info(said.CODE)
    if found.withheld or found.unread == found.contacts:
        return
    _divided(found, asked, caption)
    _reading_list(asked, found)
    with st.expander("How this is counted"):
        for note in found.notes:
            st.write(plain(note))


def _divided(found: Unoffered, asked: Question, caption: str) -> None:
    way = st.radio(
        "By", tuple(said.WAYS), format_func=said.WAYS.__getitem__, key="unoffered-by", bind=ADDRESS, horizontal=True
    )
    _not_shown(found.by[way])
    figure(unoffered_dots(found.by[way], way, caption), key="unoffered", how=of_unoffered(found, asked))


def _not_shown(shares: Sequence[Estimate]) -> None:
    hidden = [(group_name(each.group), each.withheld) for each in shares if each.withheld]
    for reason, names in words.counted_reasons(hidden).items():
        st.write(plain(f"Not shown ({reason}): {words.listed(names, most=12)}."))


def _reading_list(asked: Question, found: Unoffered) -> None:
    """The contacts themselves, newest first, a page at a time."""
    st.subheader("Contacts to read")
    if asked.audience is not Audience.INTERNAL:
        st.write(INSIDE_ONLY)
        return
    st.write(plain(said.to_read(found)))
    if fault := st.session_state.pop(TOLD, ""):
        st.error(plain(fault))
    start = min(st.session_state.get(PLACE, 0), max(0, len(found.to_read) - 1))
    about = {each.comment_id: each for each in found.to_read}
    who = your_name("unoffered-who")
    shown = session.never_offered_words(asked, found, AT_A_TIME, start)
    if found.to_read and not shown:
        st.write(said.NOT_SHOWN)
    for comment in shown:
        one = about[comment.comment_id]
        comment_card(comment, said.state(one), offer_correction=True, within="unoffered-")
        _answers(one, who)
    _read_lately(who)
    newer, older = st.columns(2)
    if start:
        newer.button("Newer contacts", on_click=_go_to, args=(max(0, start - AT_A_TIME),), key="unoffered-newer")
    if shown and start + AT_A_TIME < len(found.to_read):
        older.button("Older contacts", on_click=_go_to, args=(start + AT_A_TIME,), key="unoffered-older")


def _answers(one: Unanswered, who: str) -> None:
    """What a person may say after reading a contact: it leaves the list, and the ledger has who said so."""
    for column, answer in zip(st.columns(len(ANSWERS)), ANSWERS, strict=True):
        label, key = said.ANSWERED[answer], f"unoffered-{answer}-{one.contact}"
        column.button(plain(label), key=key, on_click=_say, args=(one.contact, answer, who), width="stretch")


def _say(contact: str, answer: str, who: str) -> None:
    try:
        session.contacts_read().say(contact, answer, who)
    except CannotCorrect as fault:
        st.session_state[TOLD] = str(fault)


def _taken_back(contact: str, who: str) -> None:
    try:
        session.contacts_read().take_back(contact, who)
    except CannotCorrect as fault:
        st.session_state[TOLD] = str(fault)


def _read_lately(who: str) -> None:
    """The last contacts a person answered for, each to be taken back."""
    read = list(session.contacts_read().said().values())[-LATELY:]
    if not read:
        return
    with st.expander(f"Read lately: the last {len(read)}"):
        for one in reversed(read):
            told, undo = st.columns([4, 1])
            told.write(plain(said.answered(one)))
            undo.button(
                "Read again", key=f"unoffered-back-{one.contact}", on_click=_taken_back, args=(one.contact, who)
            )


def _go_to(place: int) -> None:
    st.session_state[PLACE] = place
