"""The offer to read comments nobody has read yet, with how far it has got."""

from __future__ import annotations

import streamlit as st

from dashboard import actions, session
from dashboard.widgets.progress import progress_bar
from dashboard.words import plain


def read_comments(unread: int, sentence: str) -> None:
    """Say how many comments are still to be read, and read them when asked; stopped half way, it goes on later."""
    if not unread:
        return
    st.write(plain(sentence))
    if st.button("Read the comments now", key="read-comments"):
        with progress_bar("Reading the comments") as show:
            actions.read_comments(session.settings(), show)
        st.rerun()
