"""What could be worked out about a few people, said where the figures stand."""

from __future__ import annotations

import streamlit as st

from analysis.model import Audience, Findings
from dashboard.words import plain


def disclosed_note(found: Findings) -> None:
    """Under a heading: inside a warning of what these figures could give away, outside how much is withheld."""
    if not found.disclosed:
        return
    said = plain(" ".join(found.disclosed))
    if found.question.audience is Audience.INTERNAL:
        st.warning(said)
    else:
        st.caption(said)
