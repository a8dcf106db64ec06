"""How a figure was made: kept behind one heading, so that the page itself stays in plain words."""

from __future__ import annotations

import streamlit as st

from analysis.model import Findings
from dashboard import session, words
from dashboard.words.method import OF_SHARES, OF_SMALL_AREAS


def provisional_mark(found: Findings) -> None:
    """Say at the top of a page that its rules are another year's, carried forward."""
    said = provisional_words(found)
    if said:
        st.warning(words.plain(f"Provisional{said.removeprefix(' · provisional')}. Check before publishing."))


def provisional_words(found: Findings) -> str:
    """What a figure under provisional rules carries beside it; nothing for a settled year."""
    years = sorted({measure.year for measure in found.measures if measure.provisional})
    return f" · provisional rules for {', '.join(years)}, carried from an earlier year" if years else ""


def how_this_was_made(found: Findings) -> None:
    """The survey, how people were asked, weights, ranges, and the exact wording of each question."""
    st.header("How this was made")
    with st.expander("The survey and the sums"):
        st.write(words.plain(words.survey_sentence(found.wave)))
        st.write(words.plain(f"How people answered: {words.methods(found.wave)}."))
        for note in found.notes:
            st.write(words.plain(note))
        for sentence in (*OF_SHARES, *(OF_SMALL_AREAS if found.small_areas else ())):
            st.write(words.plain(sentence))
    with st.expander("The exact questions"):
        for measure in found.measures:
            st.markdown(f"**{words.plain(measure.code)} {words.plain(measure.title)}**")
            if measure.filter_question:
                st.write(_worded(f"Asked first: {measure.filter_question}"))
            st.write(_worded(measure.wording))
            st.caption(words.plain(words.counting_rule(measure)))


def _worded(question: str) -> str:
    return words.plain(words.worded(question, session.landlord()))
