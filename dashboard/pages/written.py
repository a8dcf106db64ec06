"""Treated with respect, told: what tenants wrote of being judged, by whom and how, over time, beside what was asked."""

from __future__ import annotations

import streamlit as st

from analysis.model import Comment, Question
from analysis.model.stigma import ToldFound
from dashboard import session, words
from dashboard.charts.stigma import beside_table, coded_dots, over_time_dots
from dashboard.how import How
from dashboard.how.respect import of_both, of_told
from dashboard.pages.judged import caption, not_yet
from dashboard.stigma import quoted_from
from dashboard.widgets.comments import comment_list
from dashboard.widgets.figures import download, figure, figures_table
from dashboard.widgets.filters import ADDRESS
from dashboard.widgets.frame import shown_for
from dashboard.widgets.reading import read_comments
from dashboard.words import plain
from dashboard.words import stigma as said
from data.generation import NotHeld
from data.voices import Chosen

SOURCE = "comments of the survey, personal details taken out before anything is shown"
ANYONE, ANYHOW = "anyone", "anyhow"
AT_A_TIME = 10
OF_THESE = "Of the comments that tell of being judged, coded by rules and a model. One may tell of several."


def show(asked: Question) -> None:
    """Draw what was told of being judged."""
    try:
        found = session.judged_told(asked)
    except NotHeld as fault:
        st.write(plain(fault))
        return
    unread = session.voices(asked, strict=bool(asked.filters)).unread
    read_comments(unread, words.unread(unread))
    st.header(plain(said.told_headline(found)))
    if found.withheld:
        return
    if not found.sources and not found.forms:
        st.write(said.NONE_TOLD)
    else:
        st.caption(plain(f"{said.HOW_CODED} {shown_for()}"))
        _coded(found)
        _over_time(found)
        _side_by_side(found)
    _words(asked, found)
    _quotes(asked)


def _coded(found: ToldFound) -> None:
    """By whom and how: of the comments that tell of being judged."""
    for title, rows, of, key in (
        ("By whom", found.sources, "By whom", "told-sources"),
        ("How", found.forms, "How", "told-forms"),
    ):
        if rows:
            st.subheader(title)
            about = f"{title}, of the comments that tell of being judged"
            chart = coded_dots(rows, about, shown_for(), SOURCE, of)
            figure(chart, key, OF_THESE, _not_yet(), how=_how(found))


def _over_time(found: ToldFound) -> None:
    """Its share of the comments survey by survey and, where people are asked all year, quarter by quarter."""
    for title, steps, of, key in (
        ("Survey by survey", found.waves, "Survey", "told-waves"),
        ("Quarter by quarter", found.quarters, "Quarter", "told-quarters"),
    ):
        if len(steps) > 1:
            st.subheader(title)
            about = f"Comments that tell of being judged, {title.lower()}"
            beside = said.OF_QUARTERS if key == "told-quarters" else ""
            chart = over_time_dots(steps, about, shown_for(), SOURCE, of)
            figure(chart, key, beside, _not_yet(), how=_how(found))


def _side_by_side(found: ToldFound) -> None:
    """What was asked beside what was told, each with its own base."""
    rows = {name: each for name, each in found.beside.items() if any(row.asked for row in each)}
    if not rows:
        return
    st.subheader("Asked and told, side by side")
    st.write(plain(said.TWO_BASES))
    stands = session.agreed_with_tenants()
    for name, each in rows.items():
        of = said.SOURCES_OF[name]
        figures = beside_table(each, of)
        how = of_both(found.question, session.wave_of(found.question))
        figures_table(figures, f"{of}: asked and told", f"told-beside-{name}", how=how)
        st.caption(plain(caption(stands)))
        if not not_yet(stands):
            download(figures, f"{of}: asked and told. {caption(stands)}", f"told-beside-{name}")


def _how(found: ToldFound) -> How:
    return of_told(found.question, session.wave_of(found.question))


def _not_yet() -> str:
    return not_yet(session.agreed_with_tenants())


# ── Their words ──────────────────────────────────────────────────────────────────────────────────


def _words(asked: Question, found: ToldFound) -> None:
    """Comments for the landlord's own people, with the words they were read from marked."""
    if not session.may_read(asked) or not found.sources + found.forms:
        return
    st.subheader("Read what was said")
    sources = {each.title: each.code for each in found.sources}
    forms = {each.title: each.code for each in found.forms}
    by, how = st.columns(2)
    source = by.selectbox("Judged by", [ANYONE, *sources], key="told-source", bind=ADDRESS)
    form = how.selectbox("How", [ANYHOW, *forms], key="told-form", bind=ADDRESS)
    chosen = Chosen(judged=True, source=sources.get(source), form=forms.get(form))
    strict = bool(asked.filters)
    titles = {each.code: each.title for each in (*found.sources, *found.forms)}
    comment_list(
        asked,
        chosen,
        strict,
        key="told-",
        said=lambda comment: _coded_as(comment, titles),
        at_a_time=AT_A_TIME,
        text=_marked,
    )


def _coded_as(comment: Comment, titles: dict[str, str]) -> str:
    codes = (*comment.told.sources, *comment.told.forms) if comment.told else ()
    return " · ".join(titles[code] for code in codes if code in titles)


def _marked(comment: Comment) -> str:
    return said.marked(comment.text, comment.told.spans if comment.told else ())


def _quotes(asked: Question) -> None:
    """What may be quoted: approved by two people, and for others than the team without a place."""
    st.subheader("Approved quotes")
    st.caption(said.ONLY_APPROVED)
    quotes = session.judged_quotes(asked)
    if not quotes:
        st.write(said.NO_QUOTES)
    for quote in quotes:
        with st.container(border=True):
            st.text(quote.words)
    if quotes:
        st.caption(plain(words.shown_for(quoted_from(asked), {})))
