"""Where a figure comes from: the files behind it, when they were taken in, and what was left out by which rule."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.how import Behind
from dashboard.words import plain
from dashboard.words.quality import origin
from data.columns.kinds import kind
from data.quality import lineage


def where_from(*behind: Behind) -> None:
    """Under "Where these figures come from": each file behind the figures of a page, newest first.

    ``behind`` names the kinds of file the figures stand on, with the wave or period where they are of one. A kind of
    which nothing is held is said to be missing.
    """
    held = session.generation()
    if held is None:
        return
    with st.expander("Where these figures come from"):
        for holds, wave in dict.fromkeys(behind):
            found = lineage(held, holds, wave)
            if not found:
                st.write(plain(f"{kind(holds).label}: no file is held."))
            for each in found:
                st.markdown(f"**{plain(kind(holds).label)}: {plain(each.file)}**")
                st.write(plain(origin(each)))
                st.caption(plain(f"Fingerprint of the file (SHA-256): {each.sha256}"))
