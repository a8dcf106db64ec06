"""Doing what a person asked for: said once at the top when the page is drawn anew, or the fault where it happened."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.words import plain
from data.generation import StoreError

DONE = "done"


def tell(what: str) -> None:
    """Keep a sentence to be shown when the page is drawn next."""
    st.session_state[DONE] = what


def told() -> None:
    """Show the sentence kept, once."""
    what: str | None = st.session_state.pop(DONE, None)
    if what:
        st.success(plain(what))


def do(action: Callable[[], object], sentence: str) -> None:
    """Do it and say so at the top; what cannot be done is said where it was asked, and nothing typed is lost."""
    try:
        action()
    except (StoreError, ValueError) as fault:
        st.error(plain(fault))
        return
    tell(sentence)
    st.rerun()
