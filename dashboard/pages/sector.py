"""The sector: bring the regulator's workbook in, see whether its figures add up, say which landlord is which."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from dashboard import actions, session
from dashboard.actions import SectorRead
from dashboard.charts.chart import Table
from dashboard.widgets.doing import tell
from dashboard.widgets.figures import table
from dashboard.words import british_moment, plain
from dashboard.words import sector as said
from dashboard.words.standing import SOURCE
from data.columns.faults import UnreadableFile
from data.generation import Generation, NotHeld, StoreError
from data.sector_matches import APART, Change, Matches, changes

WHY = (
    "The regulator publishes every landlord's results as a workbook each autumn. Brought in here, each landlord in "
    "England can be looked at under How are we doing, How we compare. Names and numbers of survey companies' people "
    "are never kept."
)
APART_WORDS = "none of them"


def the_sector(held: Generation | None) -> None:
    """Draw the tab."""
    st.header("The regulator's workbook of a year")
    st.write(WHY)
    st.caption(plain(SOURCE))
    _bring_in()
    _years()


def _bring_in() -> None:
    given = st.file_uploader("The workbook, as the regulator publishes it (XLSX)", type="xlsx", key="sector-file")
    year = st.text_input(
        "Year, where the workbook does not say it clearly", key="sector-file-year", placeholder="2024/25"
    ).strip()
    if given is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(given.getvalue())
        try:
            with st.spinner("Reading, and computing every figure anew …"):
                read = actions.check_sector(path, given.name, year)
        except (UnreadableFile, ValueError) as fault:
            st.error(plain(fault))
            return
        _recognised(read)
        if st.button("Keep this year", type="primary", key="sector-keep"):
            _keep(path, given.name, year)


def _keep(path: Path, name: str, year: str) -> None:
    try:
        kept = actions.import_sector(session.settings(), path, name, year)
    except (UnreadableFile, StoreError, ValueError) as fault:
        st.error(plain(fault))
        return
    tell(said.kept(kept.year.year, kept.again))
    st.rerun()


def _recognised(read: SectorRead) -> None:
    """What was found, what was not, and what does not follow from its counts."""
    st.write(plain(said.recognised(read.year)))
    for note in read.year.notes:
        st.write(plain(note))
    for part, recount in read.recounts.items():
        st.write(plain(said.recounted(part, recount)))
        if recount.disagreements:
            with st.expander(plain(f"Which do not: {said.PARTS[part]}")):
                figures = said.disagreements(recount)
                rows = Table(said.DISAGREES, figures, said.DISAGREES, figures)
                table(rows, f"What does not agree: {said.PARTS[part]}")


# ── What is held ─────────────────────────────────────────────────────────────────────────────────


def _years() -> None:
    st.header("Years that are held")
    years = session.sector_years()
    held = years.years()
    if not held:
        st.write("None yet. Quartiles of the last two years come with the program.")
        return
    for year in held:
        imported = years.imported(year)
        with st.container(border=True):
            st.markdown(f"**{plain(year)}**")
            st.write(plain(said.held(imported)))
            st.caption(plain(f"Brought in {british_moment(imported.taken)}."))
            back, away = st.columns(2)
            if back.button("Take the last import back", key=f"sector-undo-{year}"):
                actions.undo_sector(session.settings(), year)
                tell(f"{year}: the last import is taken back.")
                st.rerun()
            if away.button("Remove this year", key=f"sector-remove-{year}"):
                actions.remove_sector(session.settings(), year)
                tell(f"{year} is removed.")
                st.rerun()
    if len(held) > 1:
        _matches(held[1], held[0])


def _matches(before: str, after: str) -> None:
    """Landlords that changed code or name: a match is offered, a person decides."""
    years = session.sector_years()
    found = changes(years.load(before), years.load(after))
    answered = Matches(years.folder).said(before, after)
    st.header("Landlords that changed")
    if not found:
        st.write(plain(f"Every landlord of {before} is in {after} under the same code and name."))
        return
    st.write(plain(said.changed(len(found), len(answered), before, after)))
    _decide(before, after, found)
    _take_back(before, after, answered)


def _decide(before: str, after: str, found: Sequence[Change]) -> None:
    by_code = {change.before: change for change in found if change.before}
    if not by_code:
        return
    code = st.selectbox(
        f"Landlord of {before}", list(by_code), format_func=lambda code: said.change(by_code[code]), key="sector-change"
    )
    names = session.sector_landlords(after)
    offered = by_code[code].after
    options = [APART, *names]
    meant = st.selectbox(
        f"Which landlord of {after} it is",
        options,
        options.index(offered) if offered in options else 0,
        format_func=lambda each: APART_WORDS if each == APART else names[each],
        key=f"sector-meant-{code}",
    )
    if st.button("Remember this", key="sector-match"):
        try:
            actions.match_landlord(session.settings(), (before, code), (after, meant))
        except NotHeld as fault:
            st.error(plain(fault))
            return
        tell(f"{by_code[code].name_before}: remembered.")
        st.rerun()


def _take_back(before: str, after: str, answered: Mapping[str, str]) -> None:
    """What has been said of a landlord may be forgotten."""
    if not answered:
        return
    was, now = session.sector_landlords(before), session.sector_landlords(after)
    code = st.selectbox(
        "What has been said",
        list(answered),
        format_func=lambda code: said.matched(was.get(code, code), now.get(answered[code], "")),
        key="sector-matched",
    )
    if st.button("Forget this", key="sector-unmatch"):
        actions.unmatch_landlord(session.settings(), (before, code), after)
        tell(f"What was said of {was.get(code, code)} is forgotten.")
        st.rerun()
