"""Search: comments with these words, or that mean something like them; and what was not looked through."""

from __future__ import annotations

import streamlit as st

from analysis.model import Question
from analysis.searching import QueryError
from dashboard import searching, session
from dashboard.charts.tones import TONE_NAMES, TONES
from dashboard.widgets.comments import INSIDE_ONLY, comment_card
from dashboard.words import plain
from dashboard.words import searching as words
from data.embedding import NoModel
from data.searching import EVERY_CHANNEL, Found, Hit, Search

WORDS, MEANING = "these words", "something like this"
THIS_SURVEY, EVERYTHING = "this survey only", "everything held"
ANY_TONE = "any tone"
AT_A_TIME, MOST = 20, 200
SHOWN = "search-shown"  # how many results, and of which search


def search_comments(asked: Question) -> None:
    """Draw the tab. What is looked for stays out of the page's address: it may name somebody."""
    if not session.may_read(asked):
        st.write(INSIDE_ONLY)
        return
    said = st.text_input("Look for", key="search-words", max_chars=1_000, placeholder="damp OR mould -window")
    how = st.radio("Comments with", (WORDS, MEANING), horizontal=True, key="search-how")
    where = st.radio("Among", (THIS_SURVEY, EVERYTHING), horizontal=True, key="search-where")
    search = _search(asked, said if how == WORDS else "", where == EVERYTHING)
    with st.expander("How to search"):
        st.write(plain(words.HOW))
    if not said.strip():
        return
    found = _found(search, said, how == MEANING)
    if found is not None:
        _results(found, how == MEANING, (search, said, how))


def _search(asked: Question, said: str, everything: bool) -> Search:
    channels = searching.SURVEY
    if everything:
        channels = tuple(
            st.multiselect(
                "Where it was said", EVERY_CHANNEL, format_func=lambda each: words.CHANNELS[each], key="search-channels"
            )
        )
    tone = st.selectbox(
        "Tone", [ANY_TONE, *TONES], format_func=lambda each: TONE_NAMES.get(each, each), key="search-tone"
    )
    return Search(
        asked.scope,
        said,
        filters=asked.filters,
        channels=channels or EVERY_CHANNEL,
        wave=None if everything else asked.wave,
        tenure_group=None if everything else asked.tenure_group,
        tone=None if tone == ANY_TONE else tone,
    )


def _found(search: Search, said: str, by_meaning: bool) -> Found | None:
    """What is found, or None with the reason on the page."""
    meaning = searching.meaning_of(said, session.settings()) if by_meaning else None
    if isinstance(meaning, NoModel):
        st.warning(plain(f"{meaning.why} Without it only words can be searched."))
        return None
    try:
        return session.searcher().find(search, session.fewest(), _shown(search, said, by_meaning), 0, meaning)
    except QueryError as fault:
        st.warning(plain(fault))
        return None


def _shown(*search: object) -> int:
    """How many results of this search are shown: a new search begins with the first few."""
    of, number = st.session_state.get(SHOWN, (None, AT_A_TIME))
    return number if of == search else AT_A_TIME


def _results(found: Found, by_meaning: bool, search: tuple[Search, str, str]) -> None:
    st.write(plain(words.MEANING if by_meaning else words.matched(found)))
    for sentence in words.limits(found):
        st.caption(plain(sentence))
    if not found.matched and not by_meaning:
        st.write(words.TRY)
    for hit in found.hits:
        comment_card(hit.comment, _beside(hit), offer_correction=True, within="search-")
    total = sum(found.matched.values())
    if len(found.hits) < min(total, MOST):
        of = (search[0], search[1], by_meaning)
        st.button("Show more", key="search-more", on_click=_more, args=(of, len(found.hits) + AT_A_TIME))
    elif total > MOST:
        st.write(plain(f"The first {MOST} are shown. Add a word, or choose fewer places."))
    if not by_meaning and total:
        st.caption(plain(words.NOT_A_MEASURE))


def _more(search: tuple[object, ...], number: int) -> None:
    st.session_state[SHOWN] = search, number


def _beside(hit: Hit) -> str:
    """The channel, and the words that were found."""
    text = hit.comment.text
    shown = dict.fromkeys(text[start:end].lower() for start, end in hit.places)
    found = f"found: {', '.join(shown)}" if shown else ""
    return " · ".join(filter(None, (words.CHANNEL_OF[hit.comment.channel], found)))
