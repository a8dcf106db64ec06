"""Beside every figure: how it was made. A quiet button; what it holds is made when it is opened, and not before."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboard import session
from dashboard.how import Behind, How
from dashboard.how.told import FILES, lines
from dashboard.words import plain, worded
from dashboard.words.quality import origin
from data.columns.kinds import kind
from data.quality import lineage

ASKS = "How was this made?"


@st.fragment
def how_made(title: str, how: How, key: str) -> None:
    """A button that tells how a figure was made. ``title`` names the figure, so that no two buttons sound alike."""
    told = st.popover(f"{ASKS} :small[{plain(title)}]", type="tertiary", key=f"{key}-how", on_change="rerun", wrap=True)
    if told.open:
        with told:
            st.markdown("\n\n".join(_told(how)))


def _told(how: How) -> Iterable[str]:
    """Each heading and what stands under it, as markdown of text that is shown as it is."""
    for heading, said in lines(how):
        yield f"**{heading}**"
        yield from (_file_lines(how.behind) if heading == FILES else map(_worded, said))


def _worded(text: str) -> str:
    return plain(worded(text, session.landlord()))


def _file_lines(behind: Iterable[Behind]) -> Iterable[str]:
    """Each file behind a figure with its day and its rows; a kind of which nothing is held is said to be missing."""
    yield from dict.fromkeys(map(plain, _files_named(behind)))  # a file of two surveys stands once


def _files_named(behind: Iterable[Behind]) -> Iterable[str]:
    held = session.generation()
    for holds, wave in dict.fromkeys(behind):
        found = lineage(held, holds, wave) if held is not None else ()
        if not found:
            yield f"{kind(holds).label}: no file is held."
        for each in found:
            yield f"{kind(holds).label}: {each.file}. {origin(each)}"
