"""What only the analyst knows of a file: a survey's own facts, and what could not be told from the file itself."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.model import Ask
from dashboard import session, words
from dashboard.pages.replies import Said, with_facts, with_reply
from dashboard.words import plain
from data.columns.mapping import WaveFacts

SAMPLE_KINDS = {
    "": "not known",
    "census": "everyone was invited",
    "random": "a random sample was invited",
    "quota": "people were asked until quotas were full",
}


EVERY_SHEET = "*"


def sheet_named(sheet: str) -> str:
    """A sheet as it is called on the page; other answers as they stand."""
    return "every sheet with the same headings" if sheet == EVERY_SHEET else plain(sheet)


def asked_facts(said: Said, held: WaveFacts) -> Said | None:
    """The survey's own facts, for the margin of error and the notes: what is said once they are given."""
    st.subheader("About this survey")
    with st.form("facts"):
        name = st.text_input("What to call it", held.name, placeholder="Autumn 2025", key="wave-name")
        collector = st.text_input("Who collected the answers", held.collector, key="wave-collector")
        kinds = list(SAMPLE_KINDS)
        kind = st.selectbox(
            "How people were chosen",
            kinds,
            kinds.index(held.sample_kind),
            format_func=SAMPLE_KINDS.__getitem__,
            key="wave-kind",
        )
        homes = {
            group: st.number_input(
                f"Homes: {words.group_of(group)}",
                min_value=0,
                step=1,
                value=held.population.get(group),
                key=f"homes-{group}",
            )
            for group in words.GROUP_NAMES
        }
        if st.form_submit_button("Use these facts"):
            return with_facts(said, name, collector, kind, homes)
    return None


def asked(said: Said, asks: Sequence[Ask]) -> Said | None:
    """What cannot be guessed, as plain questions, nothing chosen beforehand: what is said once they are answered."""
    if not asks:
        return None
    st.subheader("Questions only you can answer")
    with st.form("asks"):
        replies = {ask.key: _asked(ask) for ask in asks}
        if st.form_submit_button("Use these answers"):
            for key, reply in replies.items():
                said = with_reply(said, key, reply) if reply else said
            return said
    return None


def _asked(ask: Ask) -> object:
    if ask.key.endswith("fieldwork"):
        return _days_asked(ask)
    st.markdown(f"**{plain(ask.what)}** {plain(ask.why)}")
    if ask.options:
        return st.radio(
            plain(ask.what),
            ask.options,
            index=None,
            format_func=sheet_named,
            key=f"ask-{ask.key}",
            label_visibility="collapsed",  # the line above says it, with why
        )
    if ask.key == "wave.name" and (held := session.generation()):
        st.caption(plain(words.surveys_held([wave.name for wave in held.waves])))
    return st.text_input(plain(ask.what), key=f"ask-{ask.key}", label_visibility="collapsed").strip()


def _days_asked(ask: Ask) -> list[str] | None:
    """First and last day as typed: the form with year first leaves no doubt which is the month."""
    st.markdown(f"**{plain(ask.what)}**")
    first = st.text_input("First day, such as 2025-09-01", key=f"ask-{ask.key}-first").strip()
    last = st.text_input("Last day, such as 2025-10-31", key=f"ask-{ask.key}-last").strip()
    return [first, last] if first and last else None
