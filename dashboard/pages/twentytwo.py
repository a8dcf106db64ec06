"""All 22: the twelve of the survey and the ten the landlord reports from its own records, with what does not fit."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from analysis.model import Findings, ManagementFigure, SectorFigures
from dashboard import management, sector, session, words
from dashboard.charts.chart import Table
from dashboard.how.management import of_management
from dashboard.how.measures import of_measures
from dashboard.widgets.doing import tell
from dashboard.widgets.figures import download, table
from dashboard.widgets.how import how_made
from dashboard.words import management as said
from dashboard.words import plain
from dashboard.words.standing import SOURCE
from data.management import CannotEnter

FILE_HEADINGS = (
    *("measure", "title", "whose", "year", "numerator", "denominator", "value", "unit", "from", "sector median"),
)
BY_FILE = (
    "A CSV with the columns code, numerator, denominator, and year if you like; for two tenure groups: CH01_1 LCHO."
)
BOTH_NUMBERS = "Both numbers are needed. Where there was nothing to count, enter 0 in the denominator: not applicable."


def all_22(found: Findings) -> None:
    """Draw the tab."""
    st.header("From the survey")
    for measure in found.measures:
        estimate = found.headline.get(measure.code)
        if estimate is not None and found.question.tenure_group in measure.tenures:
            st.write(plain(f"{measure.code} {measure.title}: {words.in_words(estimate)}."))
            held = found.sector.get(measure.code)
            beside = f" Other landlords: {said.sector_words(held)}." if held else ""
            st.caption(plain(f"{words.worded(measure.wording, session.landlord())}{beside}"))
    how_made("The measures of the survey", of_measures(found), "twelve")
    st.header("From the landlord's own records")
    year = st.selectbox("Reporting year", management.years(), key="management-year", index=_usual(found))
    figures = management.figures(session.settings(), session.generation(), year)
    beside = sector.beside_management(figures)
    for each in figures:
        _figure(each, beside.get((each.measure.code, each.tenure_group)))
    st.caption(said.NEUTRAL)
    st.caption(plain(SOURCE))
    download(_table(figures, beside), f"The ten management measures, {year}", "management")
    _enter(year, figures)


def _usual(found: Findings) -> int:
    years = management.years()
    return years.index(found.wave.reporting_year) if found.wave.reporting_year in years else 0


def _figure(each: ManagementFigure, figures: SectorFigures | None) -> None:
    measure = each.measure
    with st.container(border=True):
        whose = said.EVERYBODY.get(each.tenure_group, each.tenure_group)
        st.markdown(f"**{plain(f'{measure.code} {measure.title}')}** · {plain(whose)}")
        line = f"{said.figure_words(each)}"
        st.write(plain(f"{line} ({said.numbers(each)})" if each.numerator is not None else line))
        for sentence in said.more(each):
            (st.warning if sentence in each.warnings else st.write)(plain(sentence))
        from_where = f"From {each.source}. " if each.source else ""
        beside = f"Other landlords: {said.sector_words(figures)}." if figures else ""
        if from_where or beside:
            st.caption(plain(f"{from_where}{beside}"))
        st.caption(plain(f"{measure.numerator} ÷ {measure.denominator}."))
        if measure.provisional:
            st.caption("Provisional: the rules of an earlier year, carried forward.")
        how = of_management((each,), beside=figures is not None)
        how_made(_named(each), how, f"management-{measure.code}-{each.tenure_group}")


def _table(figures: tuple[ManagementFigure, ...], beside: Mapping[tuple[str, str], SectorFigures]) -> Table:
    rows = []
    for each in figures:
        held = beside.get((each.measure.code, each.tenure_group))
        own = (each.measure.code, each.measure.title, each.tenure_group, each.year, each.numerator, each.denominator)
        rows.append((*own, each.value, each.measure.unit, each.source, held.median if held else None))
    return Table(FILE_HEADINGS, (), FILE_HEADINGS, tuple(rows))


def _enter(year: str, figures: tuple[ManagementFigure, ...]) -> None:
    """Entering one value by hand, or all of them by file; the last can be taken back."""
    st.header("Enter a value")
    names = {(f.measure.code, f.tenure_group): f for f in figures}
    with st.form("enter-management"):
        chosen = st.selectbox("Measure", list(names), format_func=lambda key: _named(names[key]), key="enter-which")
        numerator = st.number_input("Numerator", 0.0, None, None, 1.0, key="enter-numerator")
        denominator = st.number_input("Denominator", 0.0, None, None, 1.0, key="enter-denominator")
        by = st.text_input("Your name, as given", key="enter-by")
        if st.form_submit_button("Keep this"):
            _keep(year, chosen, numerator, denominator, by)
    _by_file(year)
    _history(year)


def _keep(year: str, chosen: tuple[str, str], numerator: float | None, denominator: float | None, by: str) -> None:
    if numerator is None or denominator is None:
        st.error(BOTH_NUMBERS)
        return
    try:
        management.enter(session.settings(), year, *chosen, numerator, denominator, by)
    except CannotEnter as fault:
        st.error(plain(fault))
        return
    tell(f"{chosen[0]} of {year} is kept.")
    st.rerun()


def _by_file(year: str) -> None:
    given = st.file_uploader(BY_FILE, type="csv", key="enter-file")
    by = st.text_input("Your name, as given, for the file", key="enter-file-by")
    if given is None or not st.button("Enter every row", key="enter-rows"):
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(given.name).name
        path.write_bytes(given.getvalue())
        try:
            number = management.enter_file(session.settings(), path, year, by)
        except CannotEnter as fault:
            st.error(plain(fault))
            return
    tell(f"{number} values of {year} are kept.")
    st.rerun()


def _history(year: str) -> None:
    history = management.entries_in_use(session.settings()).history(year)
    if not history:
        return
    with st.expander("What was entered"):
        rows = tuple(
            (f"{e.code} {e.tenure_group}", f"{e.numerator:,.0f} of {e.denominator:,.0f}", e.by, e.at[:10])
            for e in history
        )
        headings = ("Value", "Numbers", "Name as given", "Day")
        table(Table(headings, rows, headings, rows), "What was entered, newest first")
    if st.button("Take the last entry back", key="enter-undo"):
        taken = management.undo(session.settings(), year)
        tell(f"{taken.code} of {year}: the last entry is taken back.")
        st.rerun()


def _named(figure: ManagementFigure) -> str:
    whose = said.EVERYBODY.get(figure.tenure_group, figure.tenure_group)
    return f"{figure.measure.code} {figure.measure.title}, {whose.lower()}"
