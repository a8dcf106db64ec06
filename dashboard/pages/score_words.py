"""Scores beside words: where what tenants write is worse than what they tick, and how not to misread it."""

from __future__ import annotations

import streamlit as st

from analysis.model import Question
from analysis.model.fair import ScoreWords
from dashboard import session, words
from dashboard.charts.score_words import gap_dots
from dashboard.how.score_words import of_score_words
from dashboard.score_words import of_people
from dashboard.widgets.comments import comment_list
from dashboard.widgets.figures import figure, figure_to_pick
from dashboard.widgets.filters import ADDRESS
from dashboard.widgets.frame import shown_for
from dashboard.widgets.reading import read_comments
from dashboard.words import plain
from dashboard.words import score_words as said
from data.registers import topic_belongings
from data.voices import Chosen

A_FEW = 5


def show(asked: Question) -> None:
    """Draw the tab."""
    if why := session.why_no_score_words(asked):
        st.write(plain(f"Not shown: {why}."))
        return
    heard = session.voices(asked)
    read_comments(heard.unread, words.unread(heard.unread))
    st.write(said.WHAT)
    st.write(said.NOT_A_FAULT)
    found, titles = session.score_words(asked), session.measure_names(asked)
    if not found:
        st.write(said.NONE)
        return
    _everyone(asked, found, titles)
    _places(asked, titles)


def _everyone(asked: Question, found: tuple[ScoreWords, ...], titles: dict[str, str]) -> None:
    st.header("Measure by measure")
    hidden = [(titles[each.measure], each.words.withheld or "") for each in found if each.words.withheld]
    for reason, names in words.counted_reasons(hidden).items():
        st.write(plain(f"Not shown, {reason}: {', '.join(names)}."))
    names = [titles[each.measure] for each in found]
    chart = gap_dots(found, names, titles, "Score less words, by measure", shown_for())
    how = of_score_words(session.findings(asked), [each.measure for each in found])
    picked = figure_to_pick(chart, "score-words", f"{said.HOW_SURE} {said.CLICK}", how=how)
    if picked:
        code = next(code for code, title in titles.items() if title == picked[1])
        _words(asked, code, titles[code])


def _words(asked: Question, code: str, title: str) -> None:
    """The comments about a measure that was clicked."""
    st.subheader(plain(f"Comments: {title}"))
    about = tuple(topic for topic, (codes, _) in topic_belongings().items() if code in codes)
    comment_list(asked, Chosen(among=about), of_people(code), "score-words-", at_a_time=A_FEW)


def _places(asked: Question, titles: dict[str, str]) -> None:
    """One measure estate by estate, by name, each against all the others."""
    st.header("Estate by estate")
    if why := session.why_no_score_words(asked, by_estate=True):
        st.write(plain(f"Not shown: {why}."))
        return
    every = session.score_words(asked, by_estate=True)
    if not every:
        st.write("Answers do not say which estate they are from.")
        return
    st.write(plain(said.counted(every)))
    for line in said.apart(every, titles):
        st.write(plain(line))
    shown = {code: sum(each.measure == code and not each.words.withheld for each in every) for code in titles}
    codes = {titles[code]: code for code in titles if any(each.measure == code for each in every)}
    most = max(range(len(codes)), key=lambda at: shown[list(codes.values())[at]])
    title = st.selectbox("Measure beside its words", list(codes), most, key="score-words-measure", bind=ADDRESS)
    found = [each for each in every if each.measure == codes[title]]
    hidden = [(said.place(each), each.words.withheld or "") for each in found if each.words.withheld]
    for reason, names in words.counted_reasons(hidden).items():
        st.write(plain(f"Not shown, {reason}: {', '.join(sorted(names))}."))
    if of_people(codes[title]):
        st.caption(said.OF_PEOPLE)
    names = [said.place(each) for each in found]
    chart = gap_dots(found, names, titles, f"{title}: score less words, estate by estate", shown_for())
    beside = f"{said.NO_LEAGUE} {said.HOW_SURE}" if chart.labels else said.NO_LEAGUE
    how = of_score_words(session.findings(asked), (codes[title],))
    figure(chart, "score-words-places", beside, how=how)
