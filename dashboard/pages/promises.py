"""Promises, decisions, meetings: so far what replies to complaints promised, and whether it was kept."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.model import Promise
from dashboard import session, words
from dashboard.widgets.frame import nothing_loaded, records_of
from dashboard.widgets.lineage import where_from
from dashboard.widgets.listing import listing
from dashboard.words import owed, plain

DONE = ("kept", "kept late")
OVERDUE, SOON = "overdue", "due soon"


def show() -> None:
    """Draw the page."""
    st.title("Promises, decisions, meetings")
    asked = session.selection()
    if asked is None:
        nothing_loaded()
        return
    found = session.promises(asked)
    if not found:
        st.write(owed.NO_PROMISES)
        return
    _open(found)
    _kept(found)
    st.caption(plain(records_of(asked, words.british_date(session.today()), everybody=True)))
    where_from(("complaints", None))


def _open(found: Sequence[Promise]) -> None:
    """What is still owed: overdue and due soon first, then the rest."""
    st.header("Promises to keep")
    st.write(owed.ONLY_FROM_REPLIES)
    now = [promise for promise in found if promise.state in (OVERDUE, SOON)]
    overdue = sum(promise.state == OVERDUE for promise in now)
    sentence = owed.promises_owed(overdue, len(now) - overdue)
    if sentence:
        _list(sentence, now, "promises-due", opened=True)
    else:
        st.write(owed.NO_PROMISE_DUE)
    later = [promise for promise in found if promise.state not in (OVERDUE, SOON, *DONE)]
    if later:
        _list(owed.promises_later(len(later)), later, "promises-later")


def _kept(found: Sequence[Promise]) -> None:
    st.header("Promises kept")
    st.write(plain(owed.promises_kept(found)))
    done = [promise for promise in found if promise.state in DONE]
    if done:
        _list(owed.promises_done(len(done)), done, "promises-done")


def _list(sentence: str, found: Sequence[Promise], key: str, opened: bool = False) -> None:
    rows = [owed.promise_row(promise) for promise in found]
    listing(sentence, owed.PROMISE_HEADINGS, rows, key, opened=opened)
