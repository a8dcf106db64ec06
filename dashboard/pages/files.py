"""Data and packs: bring a file in, see what is held and what was wrong with it, go back."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.pages.held import offer_sample, what_is_held
from dashboard.pages.intake import bring_in, under_way


def show() -> None:
    """Draw the page."""
    st.title("Data and packs")
    held = session.generation()
    bring_in()
    if held is not None:
        what_is_held(held)
    elif not under_way():
        offer_sample()
