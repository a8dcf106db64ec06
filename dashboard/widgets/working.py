"""Work under way in another process: begun here, watched by every tab, stopped by anybody."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.building import Job, Task
from dashboard.words import packs as said
from dashboard.words import plain
from data.generation import StoreError

WATCHED = "work-watched"  # the work whose end this tab tells of
EVERY = 1.0  # seconds between looks at how far it is
NOT_BEGUN = "It could not be begun: this computer starts no further program. Close others, then do it again."


def begin(task: Task, what: str, who: str, keep_as: str = "") -> None:
    """Begin a piece of work, watch it from this tab and draw the page anew. What cannot be begun is said.

    ``keep_as`` is where the tab keeps its key besides.
    """
    try:
        job = session.workshop().begin(task, what, who)
    except (StoreError, OSError) as fault:
        st.error(plain(fault if isinstance(fault, StoreError) else NOT_BEGUN))
        return
    st.session_state[WATCHED] = job.key
    if keep_as:
        st.session_state[keep_as] = job.key
    st.rerun()


def watched() -> Job | None:
    """The work this tab watches or watched last."""
    return session.workshop().job(st.session_state.get(WATCHED, ""))


def watch() -> None:
    """How far the work under way is, whoever began it, with the way to stop it; nothing where there is none."""
    job = session.workshop().running()
    if job is not None:
        st.session_state[WATCHED] = job.key
        _progress(job.key)


@st.fragment(run_every=EVERY)
def _progress(key: str) -> None:
    job = session.workshop().job(key)
    if job is None or job.ended is not None:
        st.rerun()
    st.write(plain(said.under_way(job.what, job.who, job.begun)))
    st.progress(min(max(job.share, 0.0), 1.0), text=plain(job.doing or "Beginning"))
    if st.button("Cancel", key=f"cancel-{key}"):
        session.workshop().cancel(key)
        st.rerun()
