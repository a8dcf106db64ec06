"""The summary of approach: each item with what is counted of it, and a box for what only the landlord knows."""

from __future__ import annotations

import streamlit as st

from dashboard import approach, session
from dashboard.approach import ItemTold, Summary
from dashboard.charts.chart import Table
from dashboard.widgets.doing import tell
from dashboard.widgets.figures import table
from dashboard.words import approach as said_of
from dashboard.words import british_moment, plain
from data.generation import Generation
from data.packs.approach import CannotSay, approach_note

WHY = (
    "What has to stand beside the published results of the survey. What can be counted is filled in; the rest is asked "
    "once, kept with who said it, and is published in every pack of the survey as it is written."
)
ASKED, REFUSED = "approach-asked", "approach-refused"  # of which wave it is asked whether it may be published so
NOTHING_NEW = "Nothing was written that was not there before."


def approach_form(held: Generation) -> None:
    """Draw the form: one item after another, Save at the end, what was said before and the way back below."""
    st.header("Summary of approach")
    st.write(WHY)
    st.warning(plain(approach_note()))
    waves = [wave.name for wave in reversed(held.waves) if held.tenure_groups(wave.name)]
    if not waves:
        st.write("No survey with answers that a measure counts is held yet.")
        return
    wave = st.selectbox("Of which survey", waves, key="approach-wave")
    found = session.approach_of(wave)
    st.write(plain(said_of.still_to_say([_named(told) for told in found.open])))
    with st.form(f"approach-{wave}", border=False):
        typed = {told.item.key: _item(wave, told) for told in found.items}
        who = st.text_input("Your name, as given", key="approach-who")
        published = st.session_state.get(ASKED) == wave and st.checkbox(said_of.MAY_BE_PUBLISHED, key="approach-as-is")
        if st.form_submit_button("Save", type="primary"):
            _save(found, typed, who, published)
    if st.session_state.pop(REFUSED, False):
        st.error(f"{said_of.AS_WRITTEN} Say it without, or tick “{said_of.MAY_BE_PUBLISHED}” and save again.")
    _history(wave)


def _item(wave: str, told: ItemTold) -> str | None:
    """Draw one item; what it is to say, None where nothing new was written."""
    with st.container(border=True):
        st.subheader(plain(_named(told)))
        st.caption(plain(told.item.asks))
        for whose, text in told.lines:
            st.markdown(f"**{plain(whose)}**: {plain(text)}" if whose else plain(text))
        if told.said:
            st.caption(plain(f"Said by {told.said.by} (name as given), {british_moment(told.said.at)}."))
        elif not told.complete:
            st.info(f"{said_of.NOT_SAID}.")
        same = told.proposed is not None and st.checkbox(
            plain(f"Say the same as for {told.proposed.wave}: “{told.proposed.text}”"),
            key=f"approach-same-{told.item.key}",
        )
        before = told.said.text if told.said else ""
        text = st.text_area(
            plain(told.item.say), before, key=f"approach-{wave}-{told.item.key}-{told.said.at if told.said else ''}"
        )
    if text.strip() and " ".join(text.split()) != before:
        return text
    return told.proposed.text if same and told.proposed else None


def _save(found: Summary, typed: dict[str, str | None], who: str, published: bool) -> None:
    """Keep what was typed; what holds a way to reach somebody only once it was ticked that it may be published."""
    texts = {key: text for key, text in typed.items() if text is not None}
    if not texts:
        st.error(NOTHING_NEW)
        return
    if approach.personal(texts.values()) and not published:
        st.session_state[ASKED] = found.wave
        st.session_state[REFUSED] = True
        st.rerun()
    try:
        approach.say(session.settings(), found.wave, texts, who)
    except CannotSay as fault:
        st.error(plain(fault))
        return
    st.session_state.pop(ASKED, None)
    seen = f" {said_of.NAMES}" if approach.named(texts.values()) else ""
    tell(f"Kept for {found.wave}: {', '.join(f'item {key}' for key in texts)}.{seen}")
    st.rerun()


def _history(wave: str) -> None:
    """What was said of the wave, newest first, and the way back."""
    history = approach.approach_in_use(session.settings()).history(wave)
    if not history:
        return
    with st.expander("What was said, by whom and when"):
        rows = tuple((said.item, said.text, said.by, british_moment(said.at)) for said in history)
        headings = ("Item", "What was said", "Name as given", "When")
        table(Table(headings, rows, headings, rows), "What was said, newest first")
    if st.button("Take back what was said last", key="approach-undo"):
        taken = approach.undo(session.settings(), wave)
        tell(f"Item {taken.item} of {wave}: what {taken.by} said last is taken back.")
        st.rerun()


def _named(told: ItemTold) -> str:
    return f"{told.item.key}. {told.item.title}"
