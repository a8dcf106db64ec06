"""Quotes: what was put forward, the two people behind its words, other words for it, and what may be used now."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard import correcting, session
from dashboard.charts.chart import Table
from dashboard.widgets.correcting import outside, your_name
from dashboard.widgets.doing import do
from dashboard.widgets.figures import download
from dashboard.widgets.filters import ADDRESS
from dashboard.words import plain
from dashboard.words.checking import PURPOSE_NAMES, quote_words
from data.generation import Generation
from data.quotes import APPROVED, HELD_BACK, PUBLIC, PURPOSES, WHY_WITHDRAWN, WITHDRAWN, Quote, Quotes

LISTED = 30  # on the page; the file has every one that may be used
WAITING, USABLE, CLOSED = "waiting", "may be used", "held back or withdrawn"
SHOWN = (WAITING, USABLE, CLOSED)


def quotes_put_forward(held: Generation) -> None:
    """Draw the tab."""
    st.write(WHAT_FOR)
    quotes = correcting.quotes_in_use(session.settings())
    if outside():
        _to_use(quotes, (PUBLIC,))
        return
    queue = quotes.queue()
    if not queue:
        st.write(HOW_TO)
        return
    who = your_name("quotes-who")
    which = st.radio("Show those that are", SHOWN, horizontal=True, key="quotes-shown", bind=ADDRESS)
    found = [quote for quote in queue if _kind(quote) == which]
    if not found:
        st.write("There are none.")
    for quote in found[:LISTED]:
        _one(quote, quotes, who)
    if len(found) > LISTED:
        st.caption(plain(f"The first {LISTED} of {len(found)}."))
    _to_use(quotes, PURPOSES)


WHAT_FOR = (
    'Taking names out does not make words anonymous: "my wheelchair and the lift" may be enough. So two different '
    "people stand behind a quote before it is used, a public one has no estate, and what may speak of somebody's "
    "health or accuse somebody does not leave the team. Names here are as given."
)
HOW_TO = "Nothing has been put forward yet. Open a comment under *What tenants say* and choose *Quote it*."


def _kind(quote: Quote) -> str:
    if quote.state in (WITHDRAWN, HELD_BACK):
        return CLOSED
    return USABLE if quote.state == APPROVED else WAITING


def _one(quote: Quote, quotes: Quotes, who: str) -> None:
    key = f"quote-{quote.quote_id}"
    with st.container(border=True):
        if quote.words:
            st.text(quote.words)
        st.caption(plain(quote_words(quote)))
        if _kind(quote) == WAITING and st.button("I stand behind these words", key=f"{key}-approve"):
            do(partial(quotes.approve, quote.quote_id, who, quote.digest), "Kept: you stand behind these words.")
        if quote.state == WITHDRAWN:
            return
        with st.expander("Say it in other words, or withdraw it", key=f"{key}-more"):
            if quote.state != HELD_BACK:
                _other_words(quote, who, key)
            why = st.selectbox("Why withdraw it", WHY_WITHDRAWN, key=f"{key}-why")
            if st.button("Withdraw it", key=f"{key}-withdraw"):
                do(partial(quotes.withdraw, quote.quote_id, who, why), "Withdrawn.")


def _other_words(quote: Quote, who: str, key: str) -> None:
    words = st.text_area("In other words", key=f"{key}-words", max_chars=2_000)
    if st.button("Use these words instead", key=f"{key}-paraphrase"):
        action = partial(correcting.paraphrase, session.settings(), quote.quote_id, who, words)
        do(action, "Kept: you stand behind the new words, and one other person must.")


def _to_use(quotes: Quotes, purposes: Sequence[str]) -> None:
    """What may be used for a purpose now, as a file."""
    st.header("What may be used now")
    purpose = st.selectbox("Used", purposes, format_func=PURPOSE_NAMES.__getitem__, key="quotes-for")
    usable = quotes.approved(purpose)
    st.write(plain(f"{len(usable)} {'quote' if len(usable) == 1 else 'quotes'} may be used {PURPOSE_NAMES[purpose]}."))
    if usable:
        headings = ("words", "in other words", "approved by (names as given)", "estate", "consent")
        rows = tuple(
            (
                quote.words,
                "yes" if quote.paraphrased else "no",
                " and ".join(quote.approved_by),
                ", ".join(name for _, name in quote.place),
                quote.consent,
            )
            for quote in usable
        )
        figures = Table(headings, (), headings, rows)
        download(figures, f"Quotes that may be used {PURPOSE_NAMES[purpose]}", "quotes", "Download them (CSV)")
