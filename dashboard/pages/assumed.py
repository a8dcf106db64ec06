"""What callers had assumed that was wrong: read by somebody first, then fit for a room."""

from __future__ import annotations

import streamlit as st

from analysis.model.campaign import Assumption
from dashboard import campaign as calls
from dashboard import session
from dashboard.words import plain
from data.campaign import CannotCampaign, campaign_register

ABOUT = (
    "Surprises are good: they show what we had taken for granted. Nothing here says which home, which caller or which "
    "day, and the order is mixed. Personal details are taken out; read each before a room does, for a story may still "
    "give somebody away."
)


def show() -> None:
    """Draw the part."""
    held = calls.assumptions_in_use(session.settings())
    st.write(ABOUT)
    st.header("Fit for a room")
    approved = held.approved()
    if not approved:
        st.write("Nothing has been read and approved yet.")
    for each in approved:
        with st.container(border=True):
            st.text(each.text)
    st.header("To be read first")
    who = st.text_input("Your name, kept with what you decide as given", key="assumed-who")
    waiting, to_read = held.waiting(), held.to_read()
    if waiting > len(to_read):
        few = campaign_register().rules["fewest_assumptions"]
        st.write(
            plain(f"Some wait until there are {few} of one month, so that none can be laid beside the call it is of.")
        )
    for each in to_read:
        _one(each, who, ("Let a room see it", True), ("Keep it back", False))
    if not waiting:
        st.write("Nothing is waiting to be read.")
    _decided(approved, held.kept_back(), who)


def _decided(approved: tuple[Assumption, ...], kept_back: tuple[Assumption, ...], who: str) -> None:
    if not (approved or kept_back):
        return
    with st.expander("Decided before", key="assumed-decided"):
        for each in approved:
            _one(each, who, ("Keep it back after all", False))
        for each in kept_back:
            _one(each, who, ("Let a room see it after all", True))


def _one(each: Assumption, who: str, *choices: tuple[str, bool]) -> None:
    with st.container(border=True):
        st.text(each.text)
        for column, (label, approve) in zip(st.columns(2), choices, strict=False):
            if column.button(label, key=f"assumed-{each.mark}-{approve}"):
                try:
                    calls.assumptions_in_use(session.settings()).decide(each.mark, approve, who)
                except CannotCampaign as fault:
                    st.error(plain(fault))
                    return
                st.rerun()
