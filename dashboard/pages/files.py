"""Data and packs: bring a file in, make a pack, requests, what is held and how good, weights, the sector."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.pages.approach import approach_form
from dashboard.pages.checking import checking_the_reader
from dashboard.pages.held import offer_sample, what_is_held
from dashboard.pages.intake import bring_in, under_way
from dashboard.pages.joins import what_does_not_join
from dashboard.pages.owners import owners_and_quality
from dashboard.pages.packs import evidence_packs
from dashboard.pages.quotes import quotes_put_forward
from dashboard.pages.requests import request_log
from dashboard.pages.sector import the_sector
from dashboard.pages.weights import weights_of
from dashboard.widgets.doing import told
from dashboard.widgets.filters import ADDRESS

PARTS = (
    "Bring a file in",
    "Packs",
    "Requests",
    "Summary of approach",
    "What is held",
    "Owners and quality",
    "What does not join",
    "Weights",
    "Checking the reader",
    "Quotes",
    "The sector",
)


def show() -> None:
    """Draw the page: while nothing is held there is only the first part, and the sector where it is asked for."""
    st.title("Data and packs")
    told()
    held = session.generation()
    if held is None:
        bring_in()
        if not under_way():
            offer_sample()
            if st.checkbox("Look at the sector first: the regulator's workbook", key="sector-first"):
                the_sector(None)
        return
    bring, made, requests, approach, files, owners, joins, weights, checking, quotes, sector = st.tabs(
        PARTS, key="part", bind=ADDRESS, on_change="rerun"
    )
    with bring:
        bring_in()  # drawn always: a file that is being brought in must not be put away by a look at another part
    others = (
        (made, evidence_packs),
        (requests, request_log),
        (approach, approach_form),
        (files, what_is_held),
        (owners, owners_and_quality),
        (joins, what_does_not_join),
        (weights, weights_of),
        (checking, checking_the_reader),
        (quotes, quotes_put_forward),
        (sector, the_sector),
    )
    for tab, draw in others:
        if tab.open:
            with tab:
                draw(held)
