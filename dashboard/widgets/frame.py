"""What stands round every page: whose data these are, and the filters."""

from __future__ import annotations

import streamlit as st

from dashboard import session, words
from dashboard.widgets.filters import filters

INVENTED = (
    "**Invented data.** This landlord, its tenants and every word they say are made up, to show what the pages do. "
    "Remove it with one button under *Data and packs*."
)


def frame() -> None:
    """The mark of invented data where they are shown, and the filters beside every page."""
    held = session.generation()
    if held is None:
        session.ask(None)
        return
    if held.kind == "sample":
        st.info(INVENTED)
    session.ask(filters(held))


def shown_for() -> str:
    """The line printed beside every figure: whose answers it is made of."""
    asked = session.question()
    held = session.generation()
    if asked is None or held is None:
        return ""
    labels = {dimension.key: dimension.label for dimension in held.dimensions}
    invented = " · invented data" if held.kind == "sample" else ""
    return words.shown_for(asked, labels) + invented


def nothing_loaded() -> None:
    """What a page says while there is no survey."""
    st.write(
        "No survey is loaded yet. Open *Data and packs* above to bring in a file as your agency sent it. "
        "To look round first, run `tenant-voice demo`: it loads an invented landlord."
    )
