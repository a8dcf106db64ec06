"""Who we have not heard from: groups with homes and no answers first, then who was asked, and who can be reached."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.model import Question, Unheard
from dashboard import session, words
from dashboard.charts.chart import Table
from dashboard.charts.reach import contactable_table, heard_dots, outcomes_table, reach_dots
from dashboard.widgets.figures import download, figure, table
from dashboard.widgets.filters import ADDRESS
from dashboard.widgets.frame import nothing_loaded
from dashboard.widgets.lineage import where_from
from dashboard.words import plain
from dashboard.words.silence import (
    WAYS,
    channels_loaded,
    contactable_words,
    headline,
    heard_words,
    list_of,
    quiet_group,
    unlisted,
)
from data.generation import Generation

NEEDED = (
    "This page needs a list of homes: the landlord's own reference or UPRN of each home, with estate, tenure and "
    "property type, as your housing system exports it. Bring it in under *Data and packs* as *Homes*; nothing else has "
    "to be loaded again."
)
BRING = "Bring the file in under *Data and packs* as *{}*."
COUNTED = "counted, not estimated: there is no margin"


def show() -> None:
    """Draw the page."""
    st.title("Who we have not heard from")
    asked, held = session.question(), session.generation()
    if asked is None or held is None:
        nothing_loaded()
        return
    if not held.held_rows()["homes"]:
        st.write(NEEDED)
        return
    way = st.selectbox("Homes divided by", list(WAYS), format_func=WAYS.__getitem__, key="homes-by", bind=ADDRESS)
    found = session.unheard(asked, way)
    about = _shown_for(asked, held)
    _quietest(found, about)
    _asked(found, about)
    _heard(found, about)
    _reachable(found, about)
    _how_this_was_made(found, asked)
    where_from(("homes", None), ("survey", asked.wave), ("sample", asked.wave), *_records(found))


def _quietest(found: Unheard, about: str) -> None:
    """Groups with no answers, those nobody was invited from, and those with too few: before any figure."""
    way = WAYS[found.by]
    if found.invited_only and not found.outcomes:
        st.header(plain(f"Answers do not say the {way.lower()}"))
        st.write(f"Bring in the issued sample with its outcomes to see who answered, {way.lower()} by {way.lower()}.")
        return
    st.header(plain(headline(found.reach, way)))
    for state, said in SAID.items():
        there = [each for each in found.reach if each.state == state and each.homes]
        if there:
            st.markdown(f"**{said}**")
            for each in there:
                st.write(plain(quiet_group(each)))
    if unlisted(found.reach):
        st.write(plain(unlisted(found.reach)))
    title = f"Answers per home, the quietest first, {way.lower()} by {way.lower()}"
    figure(reach_dots(found.reach, title, about, _of_the_survey(found), way), key="reach")


SAID = {
    "silent": "No answer",
    "not sampled": "Nobody was invited: not sampled is not silent",
    "quiet": "Too few answers to show what they say",
}


def _of_the_survey(found: Unheard) -> str:
    by = "the outcomes of the issued sample" if found.invited_only else "the survey's own answers"
    return f"homes from the list of homes; answers by {by}; {COUNTED}"


def _asked(found: Unheard, about: str) -> None:
    st.header("What became of those who were invited")
    if not found.outcomes:
        st.write(
            "No issued sample is loaded for this survey, so who was invited is not known. "
            + BRING.format("Issued sample")
        )
        return
    _table(outcomes_table(found.outcomes), "Outcome of everybody invited", about, "outcomes")


def _heard(found: Unheard, about: str) -> None:
    st.header("Homes heard from through any channel")
    st.write(plain(heard_words(found.heard[0])))
    st.write(plain(channels_loaded(found.channels, found.begun, found.ended)))
    st.write(HEARING)
    way = WAYS[found.by]
    title = f"Homes heard from in twelve months, the least heard first, {way.lower()} by {way.lower()}"
    source = f"records joined to the list of homes; {COUNTED}"
    figure(heard_dots(found.heard, title, _in_the_year(about, found), source, way), key="heard")


HEARING = (
    "A home is heard from when somebody there answered a survey and allowed it to be joined to the home, complained, "
    "spoke or wrote to us, or reported a repair of their own. A letter we sent and an arrears campaign are not hearing."
)


def _reachable(found: Unheard, about: str) -> None:
    st.header("Who can be reached")
    if not found.contactable:
        st.write("How tenants can be reached is not known. " + BRING.format("Tenancies and people"))
        return
    st.write(plain(contactable_words(found.contactable[0])))
    figures = contactable_table(found.contactable, WAYS[found.by])
    _table(figures, "How tenancies can be reached", _on_the_day(about, found), "reachable")


def _table(figures: Table, title: str, about: str, key: str) -> None:
    table(figures, title)
    st.caption(plain(about))
    download(figures, f"{title}. {about}", key)


def _how_this_was_made(found: Unheard, asked: Question) -> None:
    st.header("How this was made")
    with st.expander("What is counted, and what is not"):
        st.write(plain(list_of(found.homes_as_at)))
        if "tenure" in dict(asked.filters):
            st.write("The tenure filter is not used on this page; estates are.")
        for sentence in METHOD:
            st.write(plain(sentence))


METHOD = (
    "Homes are the dwellings of this tenure group in the list of homes, empty ones too; garages and shops are not. "
    "Answers are those that count in the measures, at most one a household.",
    "No home and no person is ever listed here. A group of fewer homes than the smallest base has no share.",
    "Silence is not yet tested: whether those who answer differ from those who do not needs the issued sample.",
)


def _records(found: Unheard) -> list[tuple[str, None]]:
    there = [(kind, None) for kind, held in found.channels.items() if held and kind != "survey"]
    return [*there, ("people", None)] if found.contactable else there


def _shown_for(asked: Question, held: Generation) -> str:
    """Whose homes the figures are of: the survey, the tenure group and the estates; no other filter is used here."""
    estates = replace(asked, filters=tuple(pair for pair in asked.filters if pair[0] == "estate"))
    labels = {dimension.key: dimension.label for dimension in held.dimensions}
    return words.shown_for(estates, labels) + (" · invented data" if held.kind == "sample" else "")


def _in_the_year(about: str, found: Unheard) -> str:
    return _at(about, words.period(found.begun, found.ended))


def _on_the_day(about: str, found: Unheard) -> str:
    return _at(about, words.british_date(found.ended))


def _at(about: str, when: str) -> str:
    """The same line for another time than the survey's."""
    return " · ".join([f"Shown for: {when}", *about.split(" · ")[1:]])
