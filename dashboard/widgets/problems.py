"""Every problem of a file, to be read, narrowed and saved."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.model import Problem
from dashboard import words
from dashboard.charts.chart import Table
from dashboard.widgets.figures import download
from dashboard.words import plain

STOPS = {"file": "stops the file", "row": "holds back the row", "": "warning"}
EVERY = "all of them"
HEADINGS = ("Row", "Column", "Found", "What is wrong", "How to put it right", "Who", "What it stops", "File")
WIDTHS = {
    "Column": st.column_config.TextColumn(width="small"),
    "Found": st.column_config.TextColumn(width="small"),
    "What is wrong": st.column_config.TextColumn(width="large"),
    "How to put it right": st.column_config.TextColumn(width="large"),
}


def problem_list(problems: Sequence[Problem], key: str) -> None:
    """How many there are of each kind, the list, and the same as a file."""
    st.write(plain(words.problem_count([problem.stops for problem in problems])))
    if not problems:
        return
    kinds = [stops for stops in STOPS if any(problem.stops == stops for problem in problems)]
    chosen = EVERY
    if len(kinds) > 1:
        options = [EVERY, *(STOPS[kind] for kind in kinds)]
        chosen = st.radio("Show", options, key=f"{key}-severity", horizontal=True) or EVERY
    shown = [problem for problem in problems if chosen in (EVERY, STOPS[problem.stops])]
    rows = [_row(problem) for problem in shown]
    st.dataframe(
        pd.DataFrame(rows, columns=list(HEADINGS)),
        hide_index=True,
        column_config=WIDTHS,
        alt="Problems found in the file: place, value, what is wrong, how to put it right, who owns it",
        key=f"{key}-problems",
    )
    saved = Table(HEADINGS, (), HEADINGS, tuple(rows))
    download(
        saved,
        words.problem_count([problem.stops for problem in shown]),
        f"{key}-problems-file",
        "Download the list (CSV)",
    )


def _row(problem: Problem) -> tuple[str | int | None, ...]:
    return (
        problem.row,
        problem.column,
        problem.value or "",
        problem.what,
        problem.remedy,
        problem.owner,
        STOPS[problem.stops],
        problem.file,
    )
