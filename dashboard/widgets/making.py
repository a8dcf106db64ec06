"""How a figure was made: kept behind one heading, so that the page itself stays in plain words."""

from __future__ import annotations

import streamlit as st

from analysis.model import Findings
from dashboard import words


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
        for sentence in (*METHOD, *(DRAWN if found.small_areas else ())):
            st.write(words.plain(sentence))
    with st.expander("The exact questions"):
        for measure in found.measures:
            st.markdown(f"**{words.plain(measure.code)} {words.plain(measure.title)}**")
            if measure.filter_question:
                st.write(words.plain(f"Asked first: {measure.filter_question}"))
            st.write(words.plain(measure.wording))
            st.caption(words.plain(words.counting_rule(measure)))


METHOD = (
    "Each share counts the two best of the five answers, out of everybody who gave one of the five. "
    "Not applicable, don't know, refused and blank are left out, as the regulator asks.",
    "The range beside a share is a 95% interval on the effective number of answers: Wilson's from 30 answers, Korn and "
    "Graubard's below. Where the number of homes is known, the finite population is taken into account; where weights "
    "were made to fit numbers of homes, so is that. Bars and whiskers draw the same range.",
    "A change is called a real change where its own 95% interval leaves out no change (Newcombe's method), and asked "
    "differently where the mix of methods moved by more than 10 points, which is our house rule. Groups looked at "
    "together are judged together (Benjamini and Hochberg).",
)
DRAWN = (
    "An estate is drawn towards the mean of estates by empirical Bayes: beta-binomial where every answer counts alike, "
    "Fay and Herriot's model with REML where they are weighted. Its range allows for that mean and their spread "
    "being estimated; homes that answered count as fact.",
)
