"""What weighting changes: every measure weighted beside unweighted, and what it was weighted by."""

from __future__ import annotations

import streamlit as st

from analysis.model import Findings
from dashboard.charts.weights import beside_unweighted
from dashboard.how.survey import of_weighting
from dashboard.widgets.figures import download, figures_table
from dashboard.words import plain
from dashboard.words.weights import cost, merged, weighed_by
from data.weighing import regulators_names

TITLE = "Every measure, weighted beside unweighted"
OF_THE_FILE = (
    "Weighted with the weights in the file, or not at all. To weigh a survey here, to the homes there are, see "
    "Data and packs, Weights."
)


def what_weighting_changes(found: Findings) -> None:
    """Draw the section."""
    st.header("What weighting changes")
    how = found.weighing
    if how is None:
        st.write(OF_THE_FILE)
    else:
        st.write(plain(weighed_by(regulators_names(how), how.source)))
        for sentence in (*cost(how), *merged(how), *how.notes):
            st.write(plain(sentence))
    group = found.question.tenure_group
    rows = [(m, found.headline[m.code]) for m in found.measures if group in m.tenures and m.code in found.headline]
    figures = beside_unweighted(rows)
    with st.expander("Each measure, weighted and unweighted"):
        figures_table(figures, TITLE, "weighting", how=of_weighting(found))
        download(figures, f"{TITLE}. {found.wave.name}, {group}", "weighting")
