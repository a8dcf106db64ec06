"""A sentence, and under it the list of what it counts, with the same as a file."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.charts.chart import Cell, Table
from dashboard.widgets.figures import download, table
from dashboard.words import count, plain

AT_MOST = 50  # rows on the page; the file has every one


def listing(
    sentence: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    key: str,
    file_rows: Sequence[Sequence[Cell]] | None = None,
    opened: bool = False,
) -> None:
    """Say a sentence and offer the rows behind it, at most fifty on the page and every one as a file."""
    st.markdown(f"**{plain(sentence)}**")
    every = tuple(tuple(row) for row in (rows if file_rows is None else file_rows))
    shown = tuple(tuple(row) for row in rows[:AT_MOST])
    figures = Table(tuple(headings), shown, tuple(heading.lower() for heading in headings), every)
    with st.expander("See which", expanded=opened, key=f"{key}-list"):
        if len(rows) > AT_MOST:
            st.write(plain(f"The first {count(AT_MOST)} of {count(len(rows))}; the file has every one."))
        table(figures, sentence)
        download(figures, sentence, key, "Download the list (CSV)")
