"""A chart with everything that must stand beside it: words for those who cannot see it, whose answers, its table."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.charts.chart import Chart, Table, picked
from dashboard.drawing.on_screen import CONFIG, draw
from dashboard.how import How
from dashboard.widgets.how import how_made
from dashboard.words import plain
from dashboard.words.audiences import made_for

CSV_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # so that Excel reads a CSV as UTF-8


def figure(chart: Chart, key: str, beside: str = "", not_yet: str = "", *, how: How) -> None:
    """Draw a chart, say whose answers it shows and how not to misread it, and offer the figures behind it.

    ``how`` tells how it was made; ``not_yet`` says why the figures may not be saved as a file now: they are shown all
    the same.
    """
    if chart.labels:
        st.plotly_chart(draw(chart, session.colours()), **_shown(chart, key))
    _under(chart, key, how, beside, not_yet)


def figure_to_pick(chart: Chart, key: str, beside: str = "", *, how: How) -> tuple[str, str] | None:
    """The same, and the series and row of the mark that was clicked, if one was."""
    picked_now = None
    if chart.labels:
        drawn = draw(chart, session.colours())
        event = st.plotly_chart(drawn, **_shown(chart, key), on_select="rerun", selection_mode="points")
        points = event["selection"]["points"]
        picked_now = picked(chart, points[0]["curve_number"], points[0]["point_index"]) if points else None
    _under(chart, key, how, beside)
    return picked_now


def _shown(chart: Chart, key: str) -> dict[str, Any]:
    """How every chart is put on a page."""
    return {"theme": None, "config": dict(CONFIG), "alt": chart.alt, "key": f"{key}-chart", "width": "stretch"}


def _under(chart: Chart, key: str, how: How, beside: str, not_yet: str = "") -> None:
    if beside:
        st.caption(plain(beside))
    st.caption(plain(chart.caption))
    how_made(chart.title, how, key)
    figures_behind(chart, key, not_yet)


def figures_behind(chart: Chart, key: str, not_yet: str = "") -> None:
    """The table of a chart, and the same unrounded as a file."""
    with st.expander("Figures behind this chart"):
        table(chart.table, chart.title)
        st.caption(plain(f"{chart.caption} · {chart.source}" if chart.source else chart.caption))
        if not_yet:
            st.caption(plain(not_yet))
            return
        asked = session.selection()
        first = made_for(asked.audience) if asked else ""
        download(chart.table, f"{chart.title}. {chart.caption}. {chart.source}", key, first=first)


def figures_table(figures: Table, about: str, key: str, *, how: How) -> None:
    """A table of figures that no chart stands before, and how they were made."""
    table(figures, about)
    how_made(about, how, key)


def table(figures: Table, about: str) -> None:
    """A table that a screen reader can read; text from a file is shown as it is.

    Alone for lists of records; figures have ``figures_table``.
    """
    rows = [[plain(cell) for cell in row] for row in figures.rows]
    headings = [plain(heading) for heading in figures.headings]
    st.table(pd.DataFrame(rows, columns=headings), hide_index=True, border="horizontal", alt=about)


def download(
    figures: Table, about: str, key: str, label: str = "Download these figures (CSV)", first: str = ""
) -> None:
    """A button that saves a table as CSV, figures unrounded, in which no cell is a formula.

    ``first`` is a line above the headings, such as whom the figures are made for; it holds no comma.
    """
    st.download_button(
        label,
        CSV_MARK + (f"{first}\r\n" if first else "") + figures.as_csv(about),
        file_name=f"{key}.csv",
        mime="text/csv",
        key=f"{key}-csv",
        on_click="ignore",
    )
