"""This week: what needs a person now, and what is new since this reader last looked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import streamlit as st

from analysis.model import Question, ThisWeek
from dashboard import session, words
from dashboard.pages import spoken, told
from dashboard.widgets.alerts import alert_list
from dashboard.widgets.filters import ADDRESS
from dashboard.widgets.frame import nothing_loaded, records_of
from dashboard.widgets.listing import listing
from dashboard.words import owed, plain
from dashboard.words import requests as requested
from dashboard.words import spoken as tenants
from dashboard.words import week as said
from data.columns.kinds import kind, kinds
from data.quality import Alert

WEEK = timedelta(days=7)
WHOLE_WEEK = "last-7-days"  # the reader asks for everything of the last seven days
FILES = {each.key for each in kinds()}


def show() -> None:
    """Draw the page."""
    st.title("This week")
    asked = session.selection()
    if asked is None:
        nothing_loaded()
        return
    week_ago = session.today() - WEEK
    look = session.last_look(datetime.now(UTC))
    everything = st.session_state.get(WHOLE_WEEK) or look is None
    since = week_ago if everything or look is None else tuple(sorted(look.newest.items()))
    found = session.week(asked, since)
    _needs(found, asked)
    st.caption(plain(records_of(asked, words.british_date(found.today), everybody=True)))
    st.header("What is new")
    st.toggle(said.SHOW_WEEK, key=WHOLE_WEEK, bind=ADDRESS)
    looked = look.looked.date() if look else None
    st.write(plain(said.new_since(looked, week_ago, bool(st.session_state.get(WHOLE_WEEK)))))
    _new(found, week_ago.isoformat() if everything or look is None else look.last_file)


def _needs(found: ThisWeek, asked: Question) -> None:
    """One sentence for each kind of thing that cannot wait, with the list behind it."""
    st.header("What needs a person now")
    alerts = session.data_alerts()
    late = [alert for alert in alerts if _is_late_file(alert)]
    others = [alert for alert in alerts if not _is_late_file(alert)]
    said_now = [
        told.this_week(asked),
        _dangers(asked),
        _complaints(found),
        _hazards(found),
        _promises(found),
        _requests(asked, found.today),
        _late(late),
        _problems(others),
    ]
    if not any(said_now):
        st.write(said.NOTHING_NEEDED)


def _dangers(asked: Question) -> bool:
    """Comments of the survey that may tell of a danger, for a person to read; only for the landlord's own people."""
    there = bool(asked.wave) and session.may_read(asked)
    sentence = tenants.dangers(session.besides(asked)) if there else ""
    if sentence:
        st.markdown(f"**{plain(sentence)}**")
        st.caption(plain(tenants.of_the_survey(asked.wave)))
        st.page_link(st.Page(spoken.show, url_path=spoken.PATH), label=said.READ_THEM)
    return bool(sentence)


def _complaints(found: ThisWeek) -> bool:
    overdue = sum(each.overdue for each in found.due)
    sentence = owed.complaints_owed(overdue, len(found.due) - overdue)
    if sentence:
        listing(sentence, owed.DUE_HEADINGS, [owed.due_row(each) for each in found.due], "complaints-due")
    return bool(sentence)


def _hazards(found: ThisWeek) -> bool:
    sentence = owed.hazards_open(case.severity for case in found.hazards)
    if sentence:
        listing(sentence, owed.HAZARD_HEADINGS, [owed.hazard_row(case) for case in found.hazards], "hazards-open")
        st.caption(owed.NOT_THE_SYSTEM_OF_RECORD)
    return bool(sentence)


def _promises(found: ThisWeek) -> bool:
    overdue = sum(promise.state == "overdue" for promise in found.promises)
    sentence = owed.promises_owed(overdue, len(found.promises) - overdue)
    if sentence:
        rows = [owed.promise_row(promise)[:-1] for promise in found.promises]  # the words stand on their own page
        listing(sentence, owed.PROMISE_HEADINGS[:-1], rows, "promises-due")
    return bool(sentence)


def _requests(asked: Question, today: date) -> bool:
    """Requests for evidence or information that should have been answered; only for the landlord's own people."""
    late = [one for one in session.requests() if one.overdue(today)] if session.may_read(asked) else []
    sentence = requested.overdue(late, today)
    if sentence:
        rows = [requested.row(one, today) for one in late]
        listing(sentence, requested.HEADINGS, rows, "requests-overdue")
    return bool(sentence)


def _late(late: Sequence[Alert]) -> bool:
    if late:
        st.markdown(f"**{plain(said.files_late(len(late)))}**")
    for each in late:
        st.write(plain(said.late_line(each.label, each.owner, each.due)))
    return bool(late)


def _problems(found: Sequence[Alert]) -> bool:
    """What is to be put right in the data, by owner."""
    if found:
        overdue = sum(alert.overdue for alert in found)
        sentence = said.to_put_right(len(found), overdue, len({alert.owner for alert in found}))
        st.markdown(f"**{plain(sentence)}**")
        alert_list(found, sentence, "to-put-right")
    return bool(found)


def _is_late_file(alert: Alert) -> bool:
    """Whether an alert is of a file that has not come, rather than of a fault in one."""
    return alert.overdue and alert.subject in FILES


# ── What is new ──────────────────────────────────────────────────────────────────────────────────


def _new(found: ThisWeek, last_file: str) -> None:
    """What came in: files, and how many rows of each kind are dated later."""
    files = [file for file in session.files() if file.taken > last_file]
    for file in files:
        st.write(plain(said.file_line(file.name, kind(file.holds).label, file.day)))
    news = said.new_line(found.new)
    if news:
        st.write(plain(news))
    if not files and not news:
        st.write(said.NOTHING_NEW)
    if found.new.get("comments"):
        st.page_link(st.Page(spoken.show, url_path=spoken.PATH), label=said.READ_THEM)
    st.caption(said.HOW_NEW)
