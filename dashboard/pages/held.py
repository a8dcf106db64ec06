"""What is held: the surveys, every file by kind, what was wrong with them, and how to go back."""

from __future__ import annotations

import streamlit as st

from analysis.model import Problem
from dashboard import actions, session, words
from dashboard.widgets.doing import tell
from dashboard.widgets.problems import problem_list
from dashboard.widgets.progress import progress_bar
from dashboard.widgets.reading import read_comments
from dashboard.words import plain
from data.columns.kinds import kinds
from data.generation import Generation, StoreError


def what_is_held(held: Generation) -> None:
    """Draw what is held, newest first."""
    _surveys(held)
    _files(held)
    _faults(held)
    _unread()
    _history()


def offer_sample() -> None:
    """While nothing is held: look round with an invented landlord first."""
    st.header("Look round first")
    st.write("Load an invented landlord with every kind of file, so that every page has something to show.")
    if st.button("Load the invented landlord", key="load-sample"):
        with progress_bar("Loading the invented landlord") as show:
            actions.load_sample(session.settings(), show)
        st.rerun()


def _surveys(held: Generation) -> None:
    """A paragraph each rather than a table: it must fit a telephone."""
    if held.waves:
        st.header("Surveys held")
    for wave in reversed(held.waves):
        st.markdown(f"**{plain(wave.name)}**")
        st.write(plain(words.survey_counts(wave, held.responses(wave.name))))


def _files(held: Generation) -> None:
    """By kind of file, in the order of the registers, newest first."""
    st.header("Files held")
    files, rows = held.files(), held.held_rows()
    for each in kinds():
        mine = [file for file in files if file.holds == each.key]
        if mine:
            st.subheader(plain(f"{each.label}: {words.people(rows[each.key], 'row', 'rows')} held"))
        for file in mine:
            with st.expander(plain(f"{file.name}, taken in {words.british_moment(file.taken)}")):
                for sentence in words.file_facts(file.facts):
                    st.write(plain(sentence))
                st.caption(plain(f"Fingerprint of the file (SHA-256): {file.sha256}"))


def _faults(held: Generation) -> None:
    """What was wrong with the files that are in use."""
    st.header("What was wrong with them")
    problem_list([_problem(row) for row in held.problems().itertuples(index=False)], "held")


def _problem(row: object) -> Problem:
    found = row._asdict()  # type: ignore[attr-defined]  # a named tuple of pandas' making
    number = found["row"]
    place = None if number is None or number != number else int(number)
    return Problem(
        found["file"],
        place,
        *(found[name] or "" for name in ("column", "value", "rule", "what", "remedy", "owner", "stops")),
    )


def _unread() -> None:
    asked = session.question()
    if asked is not None:
        unread = session.unread()
        read_comments(unread, words.unread_texts(unread))


def _history() -> None:
    """Each publish with its score; the last can be taken back."""
    st.header("History")
    for line in session.store().history():
        st.markdown(f"**{plain(words.history_line(line.number, line.file, line.created, line.current))}**")
        st.write(plain(words.scores(line.scores.get(line.holds, {}))))
    st.caption(
        "Scores say how complete and how clean a file was, not how well the landlord does: 100% is nothing missing."
    )
    if session.store().kind == "sample":
        _remove_sample()
    else:
        _undo()


def _undo() -> None:
    if confirmed("Take back the last publish", "What was there before it will be in use again. Go on?", "undo"):
        try:
            session.let_go()
            earlier = actions.undo(session.settings())
        except StoreError as fault:
            st.error(plain(fault))
            return
        tell(f"Taken back. Number {earlier.number} is in use again." if earlier else "Taken back. Nothing is held now.")
        st.rerun()


def _remove_sample() -> None:
    """One click, no second question: it can be loaded again as easily."""
    if st.button("Remove the invented landlord", key="remove-sample"):
        session.let_go()
        actions.remove_sample(session.settings())
        tell("The invented landlord has been removed.")
        st.rerun()


def confirmed(what: str, question: str, key: str) -> bool:
    """A button that asks once more; True when the answer was yes."""
    if st.button(what, key=key):
        st.session_state[f"{key}-asked"] = True
    if not st.session_state.get(f"{key}-asked"):
        return False
    st.write(question)
    yes, no = st.columns(2)
    if no.button("No, leave it", key=f"{key}-no"):
        st.session_state[f"{key}-asked"] = False
        st.rerun()
    if yes.button("Yes", key=f"{key}-yes", type="primary"):
        st.session_state[f"{key}-asked"] = False
        return True
    return False
