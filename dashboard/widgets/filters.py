"""The filters: which survey, whom, where. They live in the address of the page, so a link opens the same view."""

from __future__ import annotations

from typing import Final

import streamlit as st

from analysis.model import TENURE_GROUPS, Audience, Question
from dashboard import session
from dashboard.words.audiences import what_it_means
from data.generation import Generation
from data.periods import QUARTER, choices, comparable
from data.registers import tenure_of

NO_OTHER = "no other survey"
NO_SURVEY = ""  # the wave of a question while no survey is held
ADDRESS: Final = "query-params"
OF_A_QUARTER = (
    "A quarter is compared with the same quarter of an earlier year, never with the quarter before: the season and who "
    "is asked when move the answers too."
)
NOTHING_ALIKE = (
    "Nothing earlier can be compared with it: what is held earlier is of another season or another length, so the "
    "difference would not be change."
)
WHO = {"LCRA": "people who rent", "LCHO": "shared owners"}


def filters(held: Generation) -> Question:
    """Draw the filters and return the question they say. What an address asks that is not there is left out."""
    with st.sidebar:
        st.header("Show answers from")
        wave = _survey(held) if held.waves else NO_SURVEY
        group = _tenure_group(held, wave)
        chosen = {"estate": _estates(), "tenure": _tenures(group)}
        against = _compared_with(held, wave) if held.waves else None
        return session.question_of(wave, group, against, chosen, _audience())


def _survey(held: Generation) -> str:
    """A survey, or a period made of surveys where people are asked through the year."""
    names = [choice.name for choice in choices(held)]
    several = len(names) > len(held.waves)
    return st.selectbox("Survey or period" if several else "Survey", names, key="survey", bind=ADDRESS)


def _tenure_group(held: Generation, wave: str) -> str:
    """Renters or shared owners: never both, since the regulator never mixes them."""
    groups = held.tenure_groups(wave) or TENURE_GROUPS
    chosen = st.radio("Whom", groups, key="group", bind=ADDRESS, captions=[WHO[group] for group in groups])
    return chosen or groups[0]


def _estates() -> list[str]:
    levels = session.levels("estate")
    if not levels:
        return []
    return st.multiselect("Estate", levels, key="estate", bind=ADDRESS, placeholder="Every estate")


def _tenures(group: str) -> list[str]:
    """The detailed tenures that belong to the group asked about."""
    levels = [level for level in session.levels("tenure") if (tenure_of(level) or ("", group))[1] == group]
    if not levels:
        return []
    return st.multiselect("Tenure", levels, key="tenure", bind=ADDRESS, placeholder="Every tenure")


def _compared_with(held: Generation, wave: str) -> str | None:
    """What to compare with: the nearest earlier survey or period like it, unless the reader says otherwise."""
    alike = comparable(held, wave)
    kind = next(choice.kind for choice in choices(held) if choice.name == wave)
    if not alike:
        if wave != held.waves[0].name:
            st.caption(NOTHING_ALIKE)
        return None
    chosen = st.selectbox("Compared with", [*alike, NO_OTHER], key="against", bind=ADDRESS)
    if kind == QUARTER:
        st.caption(OF_A_QUARTER)
    return None if chosen == NO_OTHER else chosen


def _audience() -> Audience:
    """Who the figures are for: inside, what could give a few people away is warned of; elsewhere it is withheld."""
    chosen = st.selectbox("Who will see this", [each.value for each in Audience], key="audience", bind=ADDRESS)
    audience = Audience(chosen or Audience.INTERNAL)
    st.caption(what_it_means(audience))
    return audience
