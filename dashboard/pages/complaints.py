"""Safety and complaints: hazards, how many complaints there are, how quickly they are answered, and repairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from analysis.model import OUTSIDE, Complaints, Question, Rate, Timeliness
from dashboard import session, words
from dashboard.charts.chart import Table
from dashboard.charts.handling import handled_bars
from dashboard.charts.volumes import repair_months, volume_bars, volume_months
from dashboard.how import How
from dashboard.how.complaints import of_in_time, of_rates
from dashboard.how.safety import of_hazards, of_repairs
from dashboard.pages import told
from dashboard.pages.unoffered import never_offered
from dashboard.widgets.figures import download, figure, figures_table
from dashboard.widgets.filters import ADDRESS
from dashboard.widgets.frame import nothing_loaded, records_of
from dashboard.widgets.how import how_made
from dashboard.widgets.lineage import where_from
from dashboard.words import complaints as said
from dashboard.words import owed, plain
from data.periods import Choice

Counted = TypeVar("Counted", Rate, Timeliness)
MONTH = "month"
KINDS = ("complaints", "contacts", "hazards", "repairs")


def show() -> None:
    """Draw the page."""
    st.title("Safety and complaints")
    asked = session.selection()
    if asked is None:
        nothing_loaded()
        return
    told.on_safety(asked)
    held = session.held_rows()
    choices = session.record_periods(asked)
    if not choices:
        st.write(said.EMPTY)
        return
    period = _choose_period(choices)
    if held["hazards"]:
        _hazards(asked, period)
    if held["complaints"]:
        _complaints(session.complaints(asked, period.name), asked, period)
    else:
        st.write(said.EMPTY)
    if held["contacts"]:
        never_offered(asked, period.name, _caption(asked, period, everybody=True))
    if held["repairs"]:
        _repairs(asked, period)
    where_from(*((each, None) for each in (*KINDS, "homes")))


def _choose_period(choices: Sequence[Choice]) -> Choice:
    """The reporting year to date unless the reader says otherwise."""
    by_name = {choice.name: choice for choice in choices}
    return by_name[st.selectbox("Complaints, hazards and repairs of", list(by_name), key="period", bind=ADDRESS)]


# ── Hazards ──────────────────────────────────────────────────────────────────────────────────────


def _hazards(asked: Question, period: Choice) -> None:
    st.header("Hazards")
    found = session.hazards(asked, period.name)
    about = said.hazards_counted(sum(each.opened for each in found), sum(each.closed for each in found))
    st.write(plain(about))
    st.info(owed.NOT_THE_SYSTEM_OF_RECORD)
    if found:
        rows = tuple((owed.severity(e.severity), words.count(e.opened), words.count(e.closed)) for e in found)
        plainly = tuple((each.severity, each.opened, each.closed) for each in found)
        figures = Table(said.HAZARD_HEADINGS, rows, said.HAZARD_HEADINGS, plainly)
        figures_table(figures, about, "hazards", how=of_hazards(asked))
        download(figures, f"{about} {_caption(asked, period, everybody=True)}", "hazards")
    st.caption(plain(_caption(asked, period, everybody=True)))


# ── Complaints ───────────────────────────────────────────────────────────────────────────────────


def _complaints(found: Complaints, asked: Question, period: Choice) -> None:
    st.header(plain(said.made_by(asked.tenure_group)))
    for rate in _of(found.rates, asked.tenure_group):
        st.write(plain(said.rate_line(rate)))
    st.write(said.NEITHER_GOOD_NOR_BAD)
    if aside := said.set_aside(found.set_aside):
        st.write(plain(aside))
    st.caption(plain(_caption(asked, period)))
    how_made("Complaints for every 1,000 homes", of_rates(found, asked), "rates")
    _volumes(found, asked, period)
    st.header("Answered in the Code's time")
    how = of_in_time(found, asked)
    _in_time(_of(found.timeliness, asked.tenure_group), _caption(asked, period), "handling", how)
    _leaseholders(found, asked, period)
    _how(found)


def _volumes(found: Complaints, asked: Question, period: Choice) -> None:
    """Complaints for every 1,000 homes, one stage and one way of counting at a time."""
    st.header("What they are about, where and when")
    stage = st.radio("Stage", tuple(said.STAGES), format_func=said.stage, key="stage", bind=ADDRESS, horizontal=True)
    way = st.selectbox("Counted by", tuple(found.volumes), format_func=said.way, key="counted-by", bind=ADDRESS)
    rates = [rate for rate in found.volumes[way] if rate.stage == stage]
    title = said.volume_title(stage, way)
    caption = _caption(asked, period)
    if way == MONTH:
        homes = next((rate.homes for rate in rates if rate.homes), None)
        ended = min(period.ended, found.as_of)
        chart = volume_months(rates, found.begun, ended, homes, title, caption + _unfinished(period), said.SOURCE)
    else:
        chart = volume_bars(rates, way, title, caption, said.SOURCE)
    _not_shown(rates, way)
    figure(chart, key="volumes", how=of_rates(found, asked))


def _not_shown(rates: Sequence[Rate], way: str) -> None:
    hidden = [(said.level(way, rate.group[-1][1]), rate.withheld) for rate in rates if rate.withheld]
    for reason, names in words.counted_reasons(hidden).items():
        st.write(plain(f"Not shown ({reason}): {words.listed(names, most=12)}."))


def _in_time(found: Sequence[Timeliness], caption: str, key: str, how: How) -> None:
    for each in found:
        st.write(plain(said.in_time_line(each)))
    for each in found:
        for sentence in said.timing(each):
            st.write(plain(sentence))
    title = "What became of the complaints made, by stage"
    if any(each.made for each in found):
        figure(handled_bars(found, title, caption, said.SOURCE), key=key, how=how)


def _leaseholders(found: Complaints, asked: Question, period: Choice) -> None:
    """The second total: outside CH01 and CH02, inside the Ombudsman's report."""
    if not any(rate.count or rate.homes for rate in found.outside):
        return
    st.header("Leaseholders and others outside the measures")
    st.write(said.SECOND_TOTAL)
    for rate in found.outside:
        st.write(plain(said.rate_line(rate)))
    outside = records_of(replace(asked, tenure_group=OUTSIDE), period.name)
    _in_time(found.outside_timeliness, outside, "leaseholders", of_in_time(found, asked))


def _how(found: Complaints) -> None:
    with st.expander("How complaints are counted"):
        for note in found.notes:
            st.write(plain(note))


def _of(found: Sequence[Counted], tenure_group: str) -> list[Counted]:
    return [each for each in found if ("tenure_group", tenure_group) in each.group]


# ── Repairs ──────────────────────────────────────────────────────────────────────────────────────


def _repairs(asked: Question, period: Choice) -> None:
    st.header("Repairs")
    found = session.repairs(asked, period.name)
    st.write(plain(said.repairs_counted(found)))
    for target in found.targets:
        st.write(plain(said.in_target(target.priority, target.timed, target.in_time)))
    title = "Repairs raised and completed, by month"
    caption = _caption(asked, period, everybody=True) + _unfinished(period)
    figure(repair_months(found.months, title, caption, said.REPAIRS), key="repairs", how=of_repairs(asked))


def _caption(asked: Question, period: Choice, everybody: bool = False) -> str:
    return records_of(asked, period.name, everybody)


def _unfinished(period: Choice) -> str:
    """What stands beside months of which the last is not over yet."""
    return said.NOT_OVER if period.ended > session.today() else ""
