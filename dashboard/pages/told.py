"""What tenants told of on the telephone: the queue, with its words, for whoever sees to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from analysis.model import Question
from analysis.model.campaign import Matter
from dashboard import campaign as calls
from dashboard import session
from dashboard.charts.campaign import told_table
from dashboard.widgets.figures import download, table
from dashboard.words import campaign as said
from dashboard.words import plain
from data.campaign import CannotCampaign, campaign_register

NOTHING = "Nothing that was told on the telephone is waiting for anybody."
NOT_WATCHED = (
    "Not watched out of hours, and not the system of record: pass it on to where it belongs, with its reference. The "
    "clock of a hazard or a complaint runs from when the tenant told us. Words stay here and are shown nowhere else."
)
SHOWN = 50


def this_week(asked: Question) -> bool:
    """On *This week*: how many wait, what of and since when; no words, no home, and only inside. Whether any does."""
    if not session.may_read(asked):
        return False
    waiting = calls.matters_in_use(session.settings()).open()
    sentence = said.told_headline(waiting, _titles())
    if not sentence:
        return False
    st.markdown(f"**{plain(sentence)}**")
    with st.expander("See which", key="told-list"):
        kinds = {key: (each.title, each.to) for key, each in campaign_register().told.items()}
        figures = told_table(waiting[:SHOWN], kinds)
        table(figures, sentence)
        download(told_table(waiting, kinds), sentence, "told", "Download the list (CSV)")
        st.caption("Their words and homes are under *Safety and complaints*, for whoever sees to them.")
    return True


def on_safety(asked: Question) -> None:
    """On *Safety and complaints*: the queue, where there ever was one; only for the landlord's own people."""
    if session.may_read(asked) and calls.matters_in_use(session.settings()).all():
        st.header("Told on the telephone")
        queue("safety-")


def queue(within: str = "") -> None:
    """Draw the queue: what waits, with its words; then what was seen to, and taking that back."""
    matters = calls.matters_in_use(session.settings())
    every = matters.all()
    waiting = [each for each in every if not each.done]
    st.write(plain(said.told_headline(waiting, _titles())) or NOTHING)
    st.caption(NOT_WATCHED)
    who = st.text_input("Your name, kept with what you see to as given", key=f"{within}told-who") if every else ""
    for each in waiting[:SHOWN]:
        _one(each, who, within)
    if len(waiting) > SHOWN:
        st.caption(plain(f"The {SHOWN} longest waiting are shown."))
    _seen_to([each for each in every if each.done], who, within)


def _one(matter: Matter, who: str, within: str) -> None:
    known, key = campaign_register(), f"{within}told-{matter.matter}"
    with st.container(border=True):
        st.markdown(f"**{plain(f'{matter.matter}. {known.told[matter.kind].title}')}**")
        _words(matter, who, key)
        st.caption(plain(said.told_where(matter, known.told[matter.kind].to)))
        how = st.selectbox(
            "Seen to", list(known.done), format_func=known.done.__getitem__, key=f"{key}-how", width=360
        )  # fmt: skip
        reference = st.text_input("Its reference there: a job or case number", key=f"{key}-reference", width=360)
        if st.button("Mark as seen to", key=f"{key}-done"):
            _do(lambda: calls.matters_in_use(session.settings()).done(matter.matter, how, who, reference=reference))


def _words(matter: Matter, who: str, key: str) -> None:
    """What was said; what is held in confidence only to whoever gives a name, and that is kept on record."""
    kind = campaign_register().told[matter.kind]
    if not matter.words:
        st.text("No words were added.")
        return
    if kind.confidential and not st.session_state.get(f"{key}-open"):
        if st.button(f"Show the words: for {kind.to} only; who reads them is kept on record", key=f"{key}-words"):
            _do(lambda: _open(matter, who, key))
        return
    st.text(matter.words)


def _open(matter: Matter, who: str, key: str) -> None:
    calls.matters_in_use(session.settings()).words_read(matter.matter, who)
    st.session_state[f"{key}-open"] = True


def _seen_to(found: list[Matter], who: str, within: str) -> None:
    if not found:
        return
    known = campaign_register()
    with st.expander("Seen to", key=f"{within}told-seen"):
        for each in found[-SHOWN:]:
            st.write(plain(said.seen_to(each, known.told[each.kind].title, known.done[each.done])))
            if st.button("Open it again", key=f"{within}told-again-{each.matter}"):
                _do(partial(calls.matters_in_use(session.settings()).reopen, each.matter, who))


def _do(action: Callable[[], object]) -> None:
    try:
        action()
    except CannotCampaign as fault:
        st.error(plain(fault))
        return
    st.rerun()


def _titles() -> dict[str, str]:
    return {key: each.title for key, each in campaign_register().told.items()}
