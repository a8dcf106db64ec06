"""What does not join: how the rows of each kind of file found their home, which did not, and putting that right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from analysis.model import WHOLE_LANDLORD
from dashboard import actions, session, words
from dashboard.charts.quality import joins_table, unjoined_table
from dashboard.how.quality import of_joins
from dashboard.widgets.doing import tell
from dashboard.widgets.figures import download, figures_table, table
from dashboard.widgets.filters import ADDRESS
from dashboard.words import plain
from dashboard.words.quality import ABOUT, unjoined_words, unknown_estate
from data.columns.kinds import kind, kinds
from data.confirmed import ABOUT as EVERYTHING_SAID
from data.confirmed import ESTATE
from data.estates import Estates, UnknownEstate, known_estates
from data.generation import Generation, StoreError
from data.joining import Unjoined, ambiguous, join_counts, unjoined

LISTED = 20  # on the page; the file has a hundred
OFFERED, ANOTHER, OWN = "the one offered", "another estate", "an estate of its own"


def what_does_not_join(held: Generation) -> None:
    """Draw the tab."""
    counts = join_counts(held, WHOLE_LANDLORD)
    if not held.held_rows()["homes"]:
        st.write("No list of homes is held, so nothing can be joined. Bring it in as *Homes*; nothing else is needed.")
        return
    _counts(counts)
    _references(held, [name for name, found in counts.items() if found.get("none")])
    _estates(held)
    _said_before()


def _counts(counts: dict[str, dict[str, int]]) -> None:
    st.header("How rows found their home")
    figures = joins_table(counts, {each.key: each.label for each in kinds()})
    about = "How the rows of each kind of file joined to homes"
    figures_table(figures, about, "joins", how=of_joins(list(counts)))
    st.caption(HOW_JOINED)
    download(figures, about, "joins")


HOW_JOINED = (
    "A survey answer without leave to attribute it has no reference any more and names no home: that is as promised. "
    "Nothing is dropped: rows that join to no home still count, without what the list of homes would have told of them."
)


# ── References ───────────────────────────────────────────────────────────────────────────────────


def _references(held: Generation, names: list[str]) -> None:
    st.header("References that join to no home")
    if not names:
        st.write("Every reference given joins to a home or block in the list of homes.")
        return
    labels = {name: kind(name).label for name in names}
    chosen = st.selectbox("Kind of file", names, format_func=labels.__getitem__, key="unjoined", bind=ADDRESS)
    found = unjoined(held, chosen, WHOLE_LANDLORD)
    for name, rows in ambiguous(held, WHOLE_LANDLORD).items():
        if name == chosen:
            st.write(plain(f"{words.people(rows, 'row fits', 'rows fit')} two homes or more, so they join neither."))
    table(unjoined_table(found[:LISTED]), f"References of {labels[chosen].lower()} that join to no home")
    download(unjoined_table(found), f"References of {labels[chosen]} that join to no home", "unjoined")
    _put_right(found)


def _put_right(found: tuple[Unjoined, ...]) -> None:
    st.subheader("Say which home a reference is")
    with st.form("confirm-home", clear_on_submit=True):
        chosen = st.selectbox("Reference", found, format_func=unjoined_words, key="confirm-reference")
        home = st.text_input("The home it is: its own reference, as in the list of homes", key="confirm-home-is")
        if st.form_submit_button("It is that home"):
            action = partial(actions.confirm_home, session.settings(), chosen.about, chosen.reference, home)
            _do(action, f"{_in_words(chosen.about, chosen.reference, home.strip())} from now on.")


# ── Estates ──────────────────────────────────────────────────────────────────────────────────────


def _estates(held: Generation) -> None:
    st.header("Names of estates that are not in the list of homes")
    unknown = Estates(session.store().folder).unknown(held, WHOLE_LANDLORD)
    if not unknown:
        st.write("Every name of an estate in answers and records is in the list of homes, or has been settled.")
        return
    for each in unknown[:LISTED]:
        st.write(plain(unknown_estate(each)))
    _settle(unknown, sorted(known_estates(held)))


def _settle(unknown: tuple[UnknownEstate, ...], known: list[str]) -> None:
    st.subheader("Say what a name means")
    by_name = {each.name: each for each in unknown}
    with st.form("settle-estate", clear_on_submit=True):
        name = st.selectbox("Name", list(by_name), key="settle-name")
        meaning = st.radio(
            "It is", (OFFERED, ANOTHER, OWN), key="settle-as", captions=(None, "renamed, or merged into it", None)
        )
        estate = st.selectbox("Which one, if another", known, key="settle-estate")
        if st.form_submit_button("Settle it"):
            meant = {OFFERED: by_name[name].offered, ANOTHER: estate, OWN: name}[meaning or OFFERED]
            _settled(name, meant)


def _settled(name: str, meant: str) -> None:
    if not meant:
        st.error(plain(f"No estate is offered for {name}. Choose another, or say that it is an estate of its own."))
        return
    told = f"{name} is an estate of its own." if meant == name else f"{name} is {meant} from now on."
    _do(partial(actions.settle_estate, session.settings(), name, meant), told)


# ── What was said before ─────────────────────────────────────────────────────────────────────────


def _said_before() -> None:
    """Everything settled so far, each with a way to take it back."""
    confirmations = session.store().confirmations
    said = [(about, given, meant) for about in EVERYTHING_SAID for given, meant in confirmations.of(about).items()]
    if not said:
        return
    st.header("Said before, and used from every publish on")
    for about, given, meant in said:
        st.write(plain(_in_words(about, given, meant)))
        if st.button("Take it back", key=f"take-back-{about}-{given}"):
            action = partial(actions.take_back_said, session.settings(), about, given)
            _do(action, f"Taken back: {_in_words(about, given, meant)}")


def _in_words(about: str, given: str, meant: str) -> str:
    if about == ESTATE:
        return f"{given} is an estate of its own" if given == meant else f"{given} is the estate {meant}"
    return f"{ABOUT[about]} {'(not kept)' if about == 'address' else given} is the home {meant}"


def _do(action: Callable[[], Generation], told: str) -> None:
    """Do it, join everything anew, and say so at the top."""
    try:
        with st.spinner("Joining everything anew …"):
            action().close()
    except StoreError as fault:
        st.error(plain(fault))
        return
    tell(told)
    st.rerun()
