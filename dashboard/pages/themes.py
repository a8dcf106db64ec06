"""Themes: what many comments have in common that no topic foresees; read them, and say what they are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from analysis.model import Question
from analysis.themes import SIDES
from dashboard import searching, session
from dashboard.widgets.comments import INSIDE_ONLY, comment_card
from dashboard.widgets.correcting import your_name
from dashboard.widgets.doing import do, tell
from dashboard.widgets.doing import told as told_before
from dashboard.words import plain
from dashboard.words import themes as words
from data.registers import topic_titles
from data.searching import Search
from data.themes import Said, Themes, Told, texts_of

AT_A_TIME = 20


def themes_found(asked: Question) -> None:
    """Draw the tab."""
    if not session.may_read(asked):
        st.write(INSIDE_ONLY)
        return
    told_before()
    st.write(plain(words.GUIDANCE))
    told = session.themes(asked)
    for side in SIDES:
        here = [theme for theme in told.themes if theme.side == side]
        if here:
            st.header(words.SIDE_NAMES[side])
        for theme in here:
            _one(asked, theme, here)
    for sentence in words.rest(told):
        st.write(plain(sentence))
    _look(told)
    _said()


def _one(asked: Question, theme: Told, beside: Sequence[Told]) -> None:
    fold = st.expander(plain(words.line(theme)), key=f"theme-{theme.key}", on_change="rerun")
    if not fold.open:
        return
    with fold:
        for sentence in words.beside(theme, topic_titles()):
            st.write(plain(sentence))
        for comment in theme.typical:
            comment_card(comment, "typical", offer_correction=True, within=f"{theme.key}-")
        if theme.dissent:
            comment_card(theme.dissent, "sounds the other way", offer_correction=True, within=f"{theme.key}-other-")
        _every(asked, theme)
        _put_right(theme, beside)


def _every(asked: Question, theme: Told) -> None:
    """Every comment of a theme, newest first, a page at a time."""
    fold = st.expander("Read its comments", key=f"theme-{theme.key}-read", on_change="rerun")
    if not fold.open:
        return
    with fold:
        searcher, kept = session.searcher(), searching.themes_in_use(session.settings())
        search = Search(
            asked.scope,
            filters=asked.filters,
            channels=searching.SURVEY,
            wave=asked.wave,
            tenure_group=asked.tenure_group,
        )
        pages = max(1, -(-(theme.share.yes or 0) // AT_A_TIME))
        page = st.number_input("Page", 1, pages, key=f"theme-{theme.key}-page") if pages > 1 else 1
        found = searcher.find(
            search, session.fewest(), AT_A_TIME, (int(page) - 1) * AT_A_TIME, within=texts_of(searcher, kept, theme.key)
        )
        for hit in found.hits:
            comment_card(hit.comment, offer_correction=True, within=f"{theme.key}-every-")


def _put_right(theme: Told, beside: Sequence[Told]) -> None:
    """Another name, one with another, or not to be shown."""
    key, settings = f"theme-{theme.key}", session.settings()
    fold = st.expander("Put this theme right", key=f"{key}-right", on_change="rerun")
    if not fold.open:
        return
    with fold:
        who = your_name(f"{key}-who")
        name = st.text_input("Another name", theme.title, key=f"{key}-name", max_chars=80)
        if st.button("Use this name", key=f"{key}-rename"):
            do(partial(searching.rename_theme, settings, theme.key, name, who), "The theme has its new name.")
        others = {other.title: other.key for other in beside if other.key != theme.key}
        if others:
            into = st.selectbox("Count it in", list(others), format_func=plain, key=f"{key}-into")
            if st.button("Make them one", key=f"{key}-merge"):
                do(partial(searching.merge_themes, settings, theme.key, others[into], who), "The two are one.")
        if st.button("Do not show this theme", key=f"{key}-hide"):
            do(partial(searching.hide_theme, settings, theme.key, who), "The theme is hidden.")


def _look(told: Themes) -> None:
    """Look for themes: a first set, or what is new."""
    held = session.generation()
    first = told.why == words.NONE_YET
    if held is not None and st.button("Look for themes" if first else "Look for new themes", key="look-for-themes"):
        with st.spinner("Looking for themes"):
            found = searching.look_for_themes(session.settings(), held, session.today())
        tell(" ".join(words.looked(found)))
        st.rerun()


def _said() -> None:
    """What people said of themes, and taking it back."""
    said = searching.themes_in_use(session.settings()).said()
    if not said:
        return
    fold = st.expander("What people said of themes", key="themes-said", on_change="rerun")
    if not fold.open:
        return
    with fold:
        who = your_name("themes-said-who")
        for each in reversed(said):
            st.write(plain(words.said(each)))
            if not each.back:
                _take_back(each, who)


def _take_back(each: Said, who: str) -> None:
    if st.button("Take it back", key=f"themes-back-{each.n}"):
        do(partial(searching.take_back_theme, session.settings(), each.n, who), "Taken back.")
