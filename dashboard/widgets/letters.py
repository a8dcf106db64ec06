"""One wording found in a letter: the sentence, why, what to say instead, whose it is, and deciding it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from analysis.model.letters import LetterFinding
from dashboard.widgets.correcting import your_name
from dashboard.words import plain
from dashboard.words.letters import ASIDE_NAMES, decided_words, where
from data.generation import StoreError
from data.letters.kept import OPEN, STATES, Decided, KeptLetter, Letters

SAID = "letters-said"  # (finding, sentence): what was done, told once


def sentence_card(
    kept: KeptLetter, findings: Sequence[LetterFinding], titles: Mapping[str, str], held: Letters | None
) -> None:
    """Draw one sentence of a letter with every wording found in it.

    ``held`` is where decisions are kept; None where what was read is not kept.
    """
    with st.container(border=True):
        if findings[0].sentence:
            st.markdown(_marked(findings))
        st.caption(plain(where(kept.read, findings[0])))
        for finding in findings:
            _finding(kept, finding, titles.get(finding.kind, finding.kind), held)


def _finding(kept: KeptLetter, finding: LetterFinding, title: str, held: Letters | None) -> None:
    st.markdown(f"**{plain(title)}.** {plain(finding.why)}")
    st.markdown(f"**Say instead:** {plain(finding.plainer)}")
    if finding.aside:
        st.caption(plain(f"Set aside: {ASIDE_NAMES[finding.aside]}."))
    now = kept.standing(finding)
    st.caption(plain(" · ".join(filter(None, (decided_words(now), finding.source)))))
    if held is not None:
        _decide(held, finding, now)


def _marked(findings: Sequence[LetterFinding]) -> str:
    """The sentence with the words found in bold, unless that is all of it; text is shown as it is, never acted on."""
    sentence = findings[0].sentence
    pieces, at = [], 0
    for start, end in sorted({(each.start, each.end) for each in findings}):
        if start < at or (start, end) == (0, len(sentence)):
            continue
        pieces += [_spaced(sentence[at:start]), f"**{plain(sentence[start:end])}**"]
        at = end
    return "".join([*pieces, _spaced(sentence[at:])])


def _spaced(text: str) -> str:
    """Text made harmless with the spaces at its ends kept: the words beside it are bold."""
    return f"{' ' if text.startswith(' ') else ''}{plain(text)}{' ' if text.rstrip() and text.endswith(' ') else ''}"


def _decide(held: Letters, finding: LetterFinding, now: Decided) -> None:
    """Who answers, what is to be done, how far it is; drawn only once it is opened."""
    key = f"letter-{finding.key}"
    fold = st.expander("Decide", key=key, on_change="rerun")
    if not fold.open:
        return
    with fold:
        _told(finding.key)
        who = your_name(f"{key}-who")
        owner = st.text_input("Owner: a role, never a person", now.owner, key=f"{key}-owner", max_chars=120)
        action = st.text_input("What is to be done", now.action, key=f"{key}-action", max_chars=300)
        state = st.radio("How far it is", STATES, STATES.index(now.state), key=f"{key}-state", horizontal=True)
        note = st.text_input("Why, if it is kept as it is", now.note, key=f"{key}-note", max_chars=300)
        if st.button("Keep this", key=f"{key}-keep"):
            decide = partial(held.decide, finding.key, who, state or OPEN, owner, action, note)
            _do(finding.key, decide, "Kept. It can be taken back here.")
        if now.n and st.button("Take this decision back", key=f"{key}-back"):
            _do(finding.key, partial(held.take_back, now.n, who), "Taken back: what stood before stands again.")


def _do(finding: str, action: Callable[[], object], sentence: str) -> None:
    try:
        action()
    except StoreError as fault:
        st.error(plain(fault))
        return
    st.session_state[SAID] = (finding, sentence)
    for name in ("owner", "action", "state", "note"):
        st.session_state.pop(f"letter-{finding}-{name}", None)  # shown anew as it now stands
    st.rerun()


def _told(finding: str) -> None:
    about, sentence = st.session_state.get(SAID, ("", ""))
    if about == finding:
        del st.session_state[SAID]
        st.success(sentence)
