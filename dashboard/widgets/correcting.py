"""Beside a comment: put right what was read in it, take more out of it, or put it forward as a quote."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from analysis.model import Audience, Comment
from dashboard import correcting, session
from dashboard.words import plain
from dashboard.words.checking import PURPOSE_NAMES, correction_words, topics_words
from data.corrections import DANGER, TOLD, TONE, TOPICS, Choices, Corrections, choices
from data.generation import StoreError
from data.quotes import CONSENTS, NOT_OUTSIDE, PUBLIC, PURPOSES, TEAM

WHO = "who-puts-right"  # the name typed last, offered again
SAID = "put-right-said"  # (comment, sentence): what was done, told once
PARTS = ("Tone", "Topics", "Danger", "Being judged", "A personal detail", "Quote it")
DETAILS = {
    "person": "a name",
    "address": "an address",
    "postcode": "a postcode",
    "phone": "a telephone number",
    "email": "an e-mail address",
    "nino": "a National Insurance number",
    "dob": "a date of birth",
    "reference": "a reference",
    "handle": "an account name",
}
AS_GIVEN = "Your name, kept with what you change as given"
Do = Callable[[], object]


def correct(comment: Comment, within: str = "") -> None:
    """Everything a person may do with one comment, behind a fold; drawn only once the fold is opened. ``within`` names
    the list it stands in, where a page has several."""
    key = f"{within}put-right-{comment.comment_id}"
    fold = st.expander("Put right, or quote", key=key, on_change="rerun")
    if not fold.open:
        return
    with fold:
        _told(comment)
        who = your_name(f"{key}-who")
        held, known = correcting.corrections_in_use(session.settings()), choices()
        draws = (
            partial(_tone, comment, held, known, who, key),
            partial(_topics, comment, held, known, who, key),
            partial(_danger, comment, held, known, who, key),
            partial(_judged, comment, held, known, who, key),
            partial(_detail, comment, held, known, who, key),
            partial(_quote, comment, who, key),
        )
        for tab, draw in zip(st.tabs(PARTS), draws, strict=True):
            with tab:
                draw()
        _before(comment, held, known, who, key)


def outside() -> bool:
    """Whether somebody outside will see the page; then it says that tenants' words are for inside."""
    asked = session.selection()
    if asked is None or asked.audience is Audience.INTERNAL:
        return False
    st.write("Comments, and quotes not approved yet, are for the landlord's own people only.")
    return True


def your_name(key: str) -> str:
    """Who does this, typed by hand and offered again; shown as a name as given."""
    who = st.text_input(AS_GIVEN, st.session_state.get(WHO, ""), key=key, max_chars=80, autocomplete="name")
    st.session_state[WHO] = who
    return who


def _told(comment: Comment) -> None:
    about, sentence = st.session_state.get(SAID, ("", ""))
    if about == comment.comment_id:
        del st.session_state[SAID]
        st.success(plain(sentence))


def _do(comment: Comment, action: Do, sentence: str) -> None:
    """Do it and draw the page anew with it, or say why not."""
    try:
        action()
    except StoreError as fault:
        st.error(plain(fault))
        return
    st.session_state[SAID] = (comment.comment_id, sentence)
    st.rerun()


# ── One part each ────────────────────────────────────────────────────────────────────────────────


def _tone(comment: Comment, held: Corrections, known: Choices, who: str, key: str) -> None:
    st.write("It sounds:")
    with st.container(horizontal=True):
        for code, name in known.tones.items():
            stands = comment.tone.sure and comment.tone.label == code
            if st.button(name, key=f"{key}-tone-{code}", disabled=stands):
                _do(
                    comment,
                    partial(held.correct, comment.text_key, TONE, code, who),
                    f"The tone is {name.lower()} now.",
                )


def _topics(comment: Comment, held: Corrections, known: Choices, who: str, key: str) -> None:
    now = {mention.topic: mention.polarity for mention in comment.mentions}
    for topic, polarity in now.items():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.write(plain(topics_words({topic: polarity}, known)))
            if st.button("Not about this", key=f"{key}-not-{topic}"):
                left = {other: said for other, said in now.items() if other != topic}
                _do(comment, partial(held.correct, comment.text_key, TOPICS, left, who), "The topic is taken away.")
    topic = st.selectbox("It is about", list(known.topics), format_func=known.topics.__getitem__, key=f"{key}-topic")
    polarity = st.selectbox(
        "spoken of with", list(known.polarities), 1, format_func=known.polarities.__getitem__, key=f"{key}-polarity"
    )
    if st.button("It is about this", key=f"{key}-about"):
        after = {**now, topic: polarity}
        _do(comment, partial(held.correct, comment.text_key, TOPICS, after, who), "The topic is put right.")


def _danger(comment: Comment, held: Corrections, known: Choices, who: str, key: str) -> None:
    was = comment.danger
    st.write("A danger told of is a prompt for a person to read the comment. It is not the record of a hazard.")
    if was and st.button("It tells of no danger", key=f"{key}-no-danger"):
        _do(comment, partial(held.correct, comment.text_key, DANGER, None, who), "No danger is told of.")
    kinds = st.multiselect(
        "Dangers", list(known.dangers), was.kinds if was else (), known.dangers.__getitem__, key=f"{key}-kinds"
    )
    severities = list(known.severities)
    severity = st.selectbox(
        "How severe",
        severities,
        severities.index(was.severity) if was else 0,
        known.severities.__getitem__,
        key=f"{key}-severity",
    )
    vulnerable = st.checkbox(
        "A child, a pregnancy, old age, a disability or an illness in the home is told of",
        bool(was and was.vulnerable),
        key=f"{key}-vulnerable",
    )
    if st.button("It tells of this danger", key=f"{key}-danger"):
        after = {"kinds": kinds, "severity": severity, "vulnerable": vulnerable}
        _do(comment, partial(held.correct, comment.text_key, DANGER, after, who), "The danger is put right.")


def _judged(comment: Comment, held: Corrections, known: Choices, who: str, key: str) -> None:
    was = comment.told
    if was and st.button("It tells of no being judged", key=f"{key}-not-told"):
        _do(comment, partial(held.correct, comment.text_key, TOLD, None, who), "Nothing of being judged is told.")
    sources = st.multiselect(
        "By whom", list(known.sources), was.sources if was else (), known.sources.__getitem__, key=f"{key}-sources"
    )
    forms = st.multiselect(
        "How", list(known.forms), was.forms if was else (), known.forms.__getitem__, key=f"{key}-forms"
    )
    if st.button("It tells of being judged so", key=f"{key}-told"):
        after = {"sources": sources, "forms": forms}
        _do(comment, partial(held.correct, comment.text_key, TOLD, after, who), "Being judged is put right.")


def _detail(comment: Comment, held: Corrections, known: Choices, who: str, key: str) -> None:
    st.write("Words taken out here are gone from every page at once. Nothing can be written in or put back.")
    named = st.text_input("Words to take out, copied from the comment", key=f"{key}-words", autocomplete="off")
    kinds = [kind for kind in DETAILS if kind in known.marks]
    kind = st.selectbox("They are", kinds, format_func=DETAILS.__getitem__, key=f"{key}-kind")
    if st.button("Take them out", key=f"{key}-hide"):
        _do(comment, partial(held.hide, comment.text_key, named, kind, who), "Taken out, wherever it stood.")


def _quote(comment: Comment, who: str, key: str) -> None:
    """Put it forward; what must stay in the team can only be put forward for the team, and the page says why."""
    flagged = comment.sensitive or bool(comment.flags)
    if flagged:
        st.write(plain(f"Only for the team: {NOT_OUTSIDE}."))
    purposes = [TEAM] if flagged else list(PURPOSES)
    purpose = st.selectbox("For whom", purposes, format_func=PURPOSE_NAMES.__getitem__, key=f"{key}-purpose")
    part = st.text_input("Only this part of it, as it stands", key=f"{key}-part", autocomplete="off")
    consent = ""
    if purpose == PUBLIC:
        consent = st.selectbox("The person who wrote it", CONSENTS, key=f"{key}-consent")
        st.write("A public quote has no estate beside it. What is left may still tell who wrote it: read it so.")
    st.write("Two different people must approve the words, under *Data and packs*, *Quotes*.")
    if st.button("Put it forward", key=f"{key}-forward"):
        action = partial(correcting.put_forward, session.settings(), comment, purpose, who, part, consent)
        _do(comment, action, "Put forward: it waits for two people.")


def _before(comment: Comment, held: Corrections, known: Choices, who: str, key: str) -> None:
    """What was put right in this comment so far, each with a way back."""
    if not comment.corrected:
        return
    for one in held.history(comment.text_key):
        st.caption(plain(correction_words(one, known)))
        if not one.taken_back_by and st.button("Take this back", key=f"{key}-back-{one.n}"):
            _do(comment, partial(held.take_back, one.n, who), "Taken back.")
