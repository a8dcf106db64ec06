"""Checking the reader: comments drawn at random, labelled without seeing its labels, and how right it is in them."""

from __future__ import annotations

import streamlit as st

from analysis.checking import FEWEST_OF_A_SLICE, Accuracy, Labels, Rates
from dashboard import correcting, session
from dashboard.charts.chart import Table
from dashboard.charts.rates import rates_table, slices_table
from dashboard.correcting import Scores
from dashboard.how.spoken import of_checked
from dashboard.widgets.correcting import outside, your_name
from dashboard.widgets.doing import tell
from dashboard.widgets.figures import download, figures_table
from dashboard.widgets.progress import progress_bar
from dashboard.words import plain
from dashboard.words.checking import (
    WAY_NAMES,
    ceiling_words,
    lesson_words,
    polarity_right,
    progress_words,
    tone_right,
)
from data.blind import Blinded
from data.corrections import choices
from data.generation import Generation, StoreError
from data.retraining import CannotTeach, Lesson

DRAWN = 200  # comments offered to be drawn: enough for the commoner topics
POLARITIES = {"positive": "Praised", "negative": "Criticised", "neutral": "Named, neither praised nor criticised"}


def checking_the_reader(held: Generation) -> None:
    """Draw the tab."""
    st.write(WHAT_FOR)
    found = correcting.scores(session.settings(), held)
    st.write(plain(progress_words(found.progress)))
    if outside():
        _how_right(found)
        return
    who = your_name("check-who")
    if found.progress.drawn:
        _next(who)
        _how_right(found)
    _draw(held, who)
    _teach(who)


WHAT_FOR = (
    "A computer reads the comments and is wrong at times. To know how often, people label comments drawn at random "
    "without seeing what it read. Two people on the same comments show how far people themselves agree."
)


# ── The next comment ─────────────────────────────────────────────────────────────────────────────


def _next(who: str) -> None:
    st.header("The next comment to check")
    if not who.strip():
        st.write("Give your name first: each person's answers are kept apart.")
        return
    shown = correcting.blind_in_use(session.settings()).next_for(who)
    if shown is None:
        st.write("You have answered every comment drawn. Draw more below.")
        return
    if shown.question:
        st.caption(plain(f"Asked: {shown.question}"))
    with st.container(border=True):
        st.text(shown.text)
    _ask(shown, who)


def _ask(shown: Blinded, who: str) -> None:
    known, key = choices(), f"check-{shown.text_key}"
    with st.form(key, border=False):
        tone = st.radio(
            "It sounds", list(known.tones), None, known.tones.__getitem__, horizontal=True, key=f"{key}-tone"
        )
        said = {
            polarity: st.multiselect(
                name, list(known.topics), format_func=known.topics.__getitem__, key=f"{key}-{polarity}"
            )
            for polarity, name in POLARITIES.items()
        }
        danger = st.checkbox("It tells of a danger in the home or building", key=f"{key}-danger")
        told = st.checkbox("It tells of being judged for being a tenant, or for the place", key=f"{key}-told")
        if st.form_submit_button("Keep, and show the next", type="primary"):
            _keep(shown, who, tone, said, danger, told)


def _keep(shown: Blinded, who: str, tone: str | None, said: dict[str, list[str]], danger: bool, told: bool) -> None:
    topics = {topic: polarity for polarity, chosen in said.items() for topic in chosen}
    if tone is None:
        st.error("Say how it sounds.")
        return
    if len(topics) < sum(len(chosen) for chosen in said.values()):
        st.error("A topic stands in two lists. Choose one: where it is both praised and criticised, the stronger.")
        return
    try:
        answers = Labels(tone, topics, danger, told)
        correcting.blind_in_use(session.settings()).answer(shown.text_key, who, answers)
    except StoreError as fault:
        st.error(plain(fault))
        return
    st.rerun()


# ── How right it is ──────────────────────────────────────────────────────────────────────────────


def _how_right(found: Scores) -> None:
    if not found.accuracy.checked:
        return
    st.header("How often the reader is right")
    accuracy, known = found.accuracy, choices()
    st.write(plain(tone_right(accuracy)))
    st.write(plain(polarity_right(accuracy)))
    _rates("By tone", {known.tones.get(tone, tone): rates for tone, rates in accuracy.tones.items()}, "tones")
    topics = {known.topics.get(topic, topic): rates for topic, rates in accuracy.by_topic.items()}
    whole = {"All topics together": accuracy.topics}
    _rates("By topic", {**whole, **topics}, "topics")
    _rates("Dangers and being judged", {"A danger": accuracy.danger, "Being judged": accuracy.told}, "prompts")
    _slices(accuracy)
    st.caption(HOW_SCORED)
    _ceiling(found)


HOW_SCORED = (
    "Ranges are 95% intervals; those of all topics together know that the topics of one comment go together. Where two "
    "people checked a comment the first answer counts. Corrections are left out: this is what the reader itself read."
)


def _rates(title: str, rates: dict[str, Rates], key: str) -> None:
    st.subheader(title)
    _shown(rates_table(rates), title, f"check-{key}")


def _slices(accuracy: Accuracy) -> None:
    st.subheader("For whom, and where")
    for way, name in WAY_NAMES.items():
        if accuracy.slices[way]:
            _shown(
                slices_table(name, accuracy.slices[way]), f"How right the reader is by {name.lower()}", f"check-{way}"
            )
    st.caption(plain(f"A line is told of once {FEWEST_OF_A_SLICE} comments of it are checked."))


def _ceiling(found: Scores) -> None:
    st.subheader("How far two people agree")
    if found.people is None:
        st.write(
            "Nobody shares a comment with another person yet. Ask a second person to check: they get the same ones."
        )
        return
    for sentence in ceiling_words(found.people):
        st.write(plain(sentence))


def _shown(figures: Table, about: str, key: str) -> None:
    figures_table(figures, about, key, how=of_checked((("survey", None), ("contacts", None))))
    download(figures, about, key)


# ── Teaching ─────────────────────────────────────────────────────────────────────────────────────


def _teach(who: str) -> None:
    st.header("Teach the reader what was put right")
    st.write(TEACHING)
    lesson: Lesson | None = st.session_state.get("lesson")
    if st.button("Train, and show what would change", key="teach"):
        try:
            with progress_bar("Training the reader") as show:
                lesson = st.session_state["lesson"] = correcting.teach(session.settings(), show)
        except CannotTeach as fault:
            st.info(plain(fault))
            return
    if lesson is not None:
        for sentence in lesson_words(lesson):
            st.write(plain(sentence))
        if st.button("Read with what it learned", key="teach-keep", type="primary" if lesson.better else "secondary"):
            _keep_lesson(lesson, who)
    if correcting.is_taught() and st.button("Go back to the reader as shipped", key="teach-forget"):
        try:
            correcting.forget_lesson(session.settings(), who)
        except StoreError as fault:
            st.error(plain(fault))
            return
        tell("The reader is as shipped. The comments are to be read again.")
        st.rerun()


TEACHING = (
    "The reader can learn from the tones and topics people put right, on this computer, in a minute or two. Nothing is "
    "used before you say so. Afterwards every comment is read again; what people put right stands as it is."
)


def _keep_lesson(lesson: Lesson, who: str) -> None:
    try:
        correcting.keep_lesson(session.settings(), lesson, who)
    except StoreError as fault:
        st.error(plain(fault))
        return
    del st.session_state["lesson"]
    tell("The reader reads with what it learned. The comments are to be read again.")
    st.rerun()


# ── Drawing ──────────────────────────────────────────────────────────────────────────────────────


def _draw(held: Generation, who: str) -> None:
    st.header("Draw comments to check")
    with st.form("check-draw", border=False):
        number = st.number_input("How many", 1, 2_000, DRAWN, key="check-number")
        seed = st.number_input("Seed: the same one draws the same comments", 0, 10**6, 1, key="check-seed")
        if st.form_submit_button("Draw them at random"):
            try:
                drawn = correcting.draw_check(session.settings(), held, int(number), int(seed), who)
            except StoreError as fault:
                st.error(plain(fault))
                return
            tell(f"{drawn.comments:,} of {drawn.of:,} different comments are drawn.")
            st.rerun()
