"""Treated with respect: what was answered, what tenants wrote of staff, of being listened to and of being judged."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from analysis.model import Dimension, Findings, Question, Theme
from analysis.respect import TOPICS, of_respect
from dashboard import session, words
from dashboard.charts.intervals import group_dots
from dashboard.charts.tones import theme_dots, topic_dots
from dashboard.how import behind
from dashboard.how.measures import of_measures
from dashboard.how.spoken import of_topics
from dashboard.how.survey import of_groups
from dashboard.pages import judged, letters, written
from dashboard.pages.places import choose_dimension, too_quiet
from dashboard.widgets.comments import comment_list
from dashboard.widgets.disclosed import disclosed_note
from dashboard.widgets.figures import figure
from dashboard.widgets.filters import ADDRESS
from dashboard.widgets.frame import nothing_loaded, shown_for
from dashboard.widgets.how import how_made
from dashboard.widgets.lineage import where_from
from dashboard.widgets.making import how_this_was_made, provisional_mark, provisional_words
from dashboard.widgets.reading import read_comments
from dashboard.words import plain
from dashboard.words import stigma as said
from data.voices import Chosen

MEASURE, JUDGED = "TP08", "fairness_stigma"
# Never a characteristic out of a file: it may be a patch, and a patch is often one named officer.
WAYS = ("estate", "tenure", "age_band")
PARTS = ("Asked", "Told", "Our own letters")
OF_JUDGED, OF_STAFF = TOLD_OF = ("of being judged", "of staff, of being listened to and of fairness")
SOURCE = "comments of the survey, personal details taken out before anything is shown"


def show() -> None:
    """Draw the page."""
    st.title("Treated with respect")
    asked = session.question()
    found = None if asked is None else session.findings(replace(asked, measures=(MEASURE,)))
    if found is None:
        nothing_loaded()
    else:
        provisional_mark(found)
        _headline(found)
    _parts(found)
    if found is not None:
        how_this_was_made(found)
        where_from(*behind(found.question))


def _parts(found: Findings | None) -> None:
    """What was asked, what was told, and what our own letters say: only the open one is worked out."""
    asked_tab, told_tab, letters_tab = st.tabs(PARTS, key="respect-part", bind=ADDRESS, on_change="rerun")
    if asked_tab.open and found is not None:
        with asked_tab:
            answered = judged.show(replace(found.question, measures=()))
            (measure,) = found.measures
            judged.among_whom(answered, f"{measure.code} {measure.title}", partial(_answered, found))
    if told_tab.open and found is not None:
        with told_tab:
            asked = replace(found.question, measures=())
            of = st.radio("What tenants wrote", TOLD_OF, key="told-of", bind=ADDRESS, horizontal=True)
            (_written if of == OF_STAFF else written.show)(asked)
    if letters_tab.open:
        with letters_tab:
            letters.show()


def _headline(found: Findings) -> None:
    """One sentence for the measure, what moved, and what it rests on."""
    (measure,) = found.measures
    estimate, moved = found.headline[MEASURE], found.changes.get(MEASURE)
    st.header(plain(words.headline(estimate, moved, RESPECTED)))
    st.write(plain(words.since(moved, found.earlier)))
    st.write(plain(words.rests_on(estimate)))
    asked = words.worded(measure.wording, session.landlord())
    st.caption(plain(f"{measure.code} {measure.title}: {asked} · {_caption(found)}"))
    how_made(f"{measure.code} {measure.title}", of_measures(found), "respect-overall")


RESPECTED = "agree that they are treated fairly and with respect"


def _answered(everyone: Findings, dimension: Dimension) -> None:
    """The measure by a way of dividing the tenants."""
    if not everyone.headline[MEASURE].base:
        return
    found = session.findings(replace(everyone.question, breakdown=dimension.key))
    by = dimension.label.lower()
    estimates = sorted(found.groups.get(MEASURE, ()), key=lambda estimate: estimate.group)
    too_quiet(estimates, dimension)
    (measure,) = found.measures
    st.header(plain(f"{measure.title}, {by} by {by}"))
    disclosed_note(found)
    title = f"{measure.code} {measure.title} by {by}"
    source = words.survey_sentence(found.wave)
    figure(
        group_dots(estimates, found.headline.get(MEASURE), title, _caption(found), source, dimension.label),
        key="respect",
        how=of_groups(found, MEASURE),
    )


# ── What they wrote ──────────────────────────────────────────────────────────────────────────────


def _written(asked: Question) -> None:
    """Shares, places and words about staff, listening and fairness; of a part of the landlord on the stricter base."""
    dimension = choose_dimension(WAYS)
    st.header("What they wrote of staff, of being listened to and of fairness")
    heard = session.voices(asked, strict=bool(asked.filters))
    read_comments(heard.unread, words.unread(heard.unread))
    if heard.withheld:
        st.write(plain(f"Not shown: {heard.withheld}."))
        return
    themes = of_respect(heard)
    if not themes:
        st.write("Nobody in this selection wrote about staff, about being listened to or about being judged.")
        return
    chart = theme_dots(themes, "Comments about how tenants are treated", shown_for(), SOURCE)
    how = of_topics(asked, session.wave_of(asked), session.open_questions(asked))
    figure(chart, key="respect-topics", how=how)
    chosen = _choose_topic(themes)
    if dimension is not None:
        _places(asked, chosen, dimension)
    _words(asked, chosen)


def _choose_topic(themes: tuple[Theme, ...]) -> Theme:
    titles = {theme.title: theme for theme in sorted(themes, key=lambda theme: TOPICS.index(theme.topic))}
    return titles[st.selectbox("About", list(titles), key="respect-topic", bind=ADDRESS)]


def _places(asked: Question, chosen: Theme, dimension: Dimension) -> None:
    by = dimension.label.lower()
    stands = session.agreed_with_tenants()
    if chosen.topic == JUDGED and dimension.key == "estate" and stands.held_back:
        st.write(plain(said.sees_first(stands)))
        return
    st.subheader(plain(f"{chosen.title}, {by} by {by}"))
    rows = session.respect_by_place(replace(asked, breakdown=dimension.key), chosen.topic)
    hidden = [(theme.title, theme.share.withheld) for theme in rows if theme.share.withheld]
    for reason, names in words.counted_reasons(hidden).items():
        st.write(plain(f"Not shown, {reason}: {', '.join(names)}."))
    title = f"{chosen.title}: share of comments by {by}"
    named = [(theme.title, theme) for theme in rows]
    how = of_topics(asked, session.wave_of(asked), session.open_questions(asked))
    figure(topic_dots(named, title, shown_for(), SOURCE, dimension.label), key="respect-places", how=how)
    st.caption(plain(f"{NOT_OF_ONE_OFFICER} Each place here rests on at least {session.fewest(True)} comments."))


NOT_OF_ONE_OFFICER = (
    "What is said of staff or of being judged is never divided by patch or officer, and no place is shown that fewer "
    "than three people serve, as far as the file of teams says."
)


def _words(asked: Question, chosen: Theme) -> None:
    st.subheader(plain(f"Read what was said: {chosen.title.lower()}"))
    comment_list(asked, Chosen(topic=chosen.topic), strict=bool(asked.filters))


def _caption(found: Findings) -> str:
    return f"{shown_for()}{provisional_words(found)}"
