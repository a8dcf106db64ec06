"""What tenants say: how their words sound, what they are about, and the words themselves, without personal details."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.model import Dimension, Question, Voices
from dashboard import session, words
from dashboard.charts.chart import group_name
from dashboard.charts.tones import TONE_NAMES, TONES, theme_dots, tone_bars, topic_dots
from dashboard.pages.places import choose_dimension
from dashboard.widgets.comments import comment_list
from dashboard.widgets.figures import figure
from dashboard.widgets.filters import ADDRESS
from dashboard.widgets.frame import nothing_loaded, shown_for
from dashboard.widgets.lineage import where_from
from dashboard.widgets.reading import read_comments

PATH = "what-tenants-say"
ANY_TOPIC, ANY_TONE = "any topic", "any tone"
EVERYONE = "Everyone who wrote"


def show() -> None:
    """Draw the page."""
    st.title("What tenants say")
    asked = session.question()
    if asked is None:
        nothing_loaded()
        return
    heard = session.voices(asked)
    st.write(words.plain(words.heard(heard)))
    read_comments(heard.unread, words.unread(heard.unread))
    if not heard.comments:
        return
    why = _why_withheld(heard)
    if why:
        st.write(words.plain(f"Not shown: {why}."))
        return
    _topics(heard)
    _tones(asked, heard)
    _comments(asked, heard)
    _how_read()
    where_from(("survey", asked.wave))


def _why_withheld(heard: Voices) -> str | None:
    """Why nothing is shown: too few comments, or too few people behind them, who could then be told apart."""
    fewest = session.settings().smallest_base
    if heard.commenters < fewest:
        return f"fewer than {fewest} tenants wrote"
    return heard.withheld


def _topics(heard: Voices) -> None:
    st.header("What they speak about")
    chart = theme_dots(heard.themes, "Topics tenants spoke of most, as a share of comments", shown_for(), SOURCE)
    figure(chart, key="topics")


def _tones(asked: Question, heard: Voices) -> None:
    st.header("How it sounds, place by place")
    dimension = choose_dimension()
    rows = [(EVERYONE, heard.tones)]
    if dimension is not None:
        divided = session.voices(replace(asked, breakdown=dimension.key))
        rows += sorted((group_name(group), found.tones) for group, found in divided.groups.items())
        _too_quiet(divided)
    of = dimension.label if dimension else "Group"
    figure(tone_bars(rows, f"Tone of comments by {of.lower()}", shown_for(), SOURCE, of), key="tones")
    if dimension is not None:
        _one_topic(heard, divided, dimension)


def _one_topic(heard: Voices, divided: Voices, dimension: Dimension) -> None:
    """Where one topic is spoken of: the same places, one share each."""
    st.header("One topic, place by place")
    titles = {theme.title: theme.topic for theme in heard.themes}
    if not titles:
        st.write("No topic was spoken of.")
        return
    title = st.selectbox("Topic", list(titles), key="topic-place", bind=ADDRESS)
    rows = [
        (group_name(group), theme)
        for group, found in sorted(divided.groups.items())
        for theme in found.themes
        if theme.topic == titles[title]
    ]
    named = f"{title}: share of comments by {dimension.label.lower()}"
    figure(topic_dots(rows, named, shown_for(), SOURCE, dimension.label), key="topic-places")


def _too_quiet(divided: Voices) -> None:
    hidden = [(group_name(group), found.withheld) for group, found in divided.groups.items() if found.withheld]
    for reason, names in words.counted_reasons(hidden).items():
        st.write(words.plain(f"Not shown, {reason}: {', '.join(sorted(names))}."))


def _comments(asked: Question, heard: Voices) -> None:
    """The words themselves, about one topic and of one tone; withheld where too few people wrote."""
    st.header("Read what was said")
    titles = {theme.title: theme.topic for theme in heard.themes}
    names = {TONE_NAMES[tone]: tone for tone in TONES}
    topic = st.selectbox("About", [ANY_TOPIC, *titles], key="topic", bind=ADDRESS)
    tone = st.selectbox("Tone", [ANY_TONE, *names], key="tone", bind=ADDRESS)
    comment_list(asked, titles.get(topic), names.get(tone))


def _how_read() -> None:
    st.header("How this was made")
    with st.expander("How comments are read"):
        for sentence in HOW_READ:
            st.write(words.plain(sentence))


SOURCE = "comments of the survey, personal details taken out before anything is shown"
HOW_READ = (
    "A computer reads each comment with two word lists: one for how words sound, one for what housing words are about. "
    "It misses irony and what is only implied. Read the comments themselves before acting on a share.",
    "E-mail addresses, telephone numbers, postcodes, National Insurance numbers and names are taken out. "
    "That is not anonymity: what is left may still tell who wrote it. Do not pass comments on with a place.",
    "Shares are of the comments read, not of tenants: those who write are not those who do not.",
)
