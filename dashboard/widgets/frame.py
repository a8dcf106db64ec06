"""What stands round every page: whose data these are, and the filters."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.model import Question
from dashboard import session, words
from dashboard.widgets.filters import filters
from dashboard.words.audiences import beside

INVENTED = (
    "**Invented data.** This landlord, its tenants and every word they say are made up, to show what the pages do. "
    "Remove it with one button under *Data and packs*."
)


# Streamlit writes what was chosen in white on the primary colour, which in the dark is light: nobody could read it.
CHOSEN_IN_THE_DARK = (
    '<style>[data-testid="stMultiSelect"] span[title], [data-testid="stMultiSelect"] span[title] ~ * '
    "{ color: #101820; fill: #101820; }</style>"
)


def frame() -> None:
    """The mark of invented data where they are shown, and the filters beside every page."""
    session.end_what_is_over()
    if st.context.theme.type == "dark":
        st.html(CHOSEN_IN_THE_DARK)
    held = session.generation()
    if held is None:
        session.ask(None)
        return
    if held.kind == "sample":
        st.info(INVENTED)
    session.ask(filters(held))


def shown_for() -> str:
    """The line printed beside every figure of a survey: whose answers it is made of."""
    asked = session.question()
    return "" if asked is None else records_of(asked, asked.wave)


def records_of(asked: Question, when: str, everybody: bool = False) -> str:
    """The line printed beside every figure: when, whom and where it is made of. ``everybody``: of both tenure groups
    and those outside them, unless a tenure is chosen.
    """
    held = session.generation()
    if held is None:
        return ""
    labels = {"estate": "Estate", "tenure": "Tenure", **{way.key: way.label for way in held.dimensions}}
    invented = " · invented data" if held.kind == "sample" else ""
    whom = "" if everybody else asked.tenure_group
    return words.shown_for(replace(asked, wave=when, tenure_group=whom), labels) + beside(asked.audience) + invented


def nothing_loaded() -> None:
    """What a page says while there is no survey."""
    st.write(
        "No survey is loaded yet. Open *Data and packs* to bring in a file as your agency sent it. "
        "To look round first, run `tenant-voice demo`: it loads an invented landlord."
    )
