"""Requests for evidence and information: what was asked, by when, whose it is, what was sent. A tab."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

import streamlit as st

from dashboard import packs, session
from dashboard import requests as asked_of
from dashboard.charts.requests import requests_table
from dashboard.widgets.correcting import outside, your_name
from dashboard.widgets.doing import do
from dashboard.widgets.figures import download
from dashboard.widgets.filters import ADDRESS
from dashboard.words import british_moment, plain
from dashboard.words import requests as said
from dashboard.words.packs import kept_title
from data.generation import Generation
from data.packs.kept import KeptPack
from data.packs.requests import (
    LONGEST,
    LONGEST_QUESTION,
    OPEN,
    Request,
    Requests,
    due_by_rule,
    request_kind,
    request_kinds,
)

PARTS = OPEN_ONES, OTHERS = ("to be answered", "sent or closed")
NO_PACK = 0
WITH_ONE = ("What was sent", "Put it right", "Close it", "What was done")
ROUND = "requests-kept"  # how many requests this tab has kept: an empty form for each
TITLES = {kind.key: kind.title for kind in request_kinds()}


def request_log(held: Generation) -> None:
    """Draw the tab."""
    st.header("Requests for evidence and information")
    st.write(said.WHAT_FOR)
    if outside():
        st.write(said.NOT_OUTSIDE)
        return
    log, today = asked_of.requests_in_use(session.settings()), session.today()
    found = log.all()
    st.markdown(f"**{plain(said.how_many(found, today) if found else said.NONE_YET)}**")
    who = your_name("requests-who")
    _add(log, who, today)
    if not found:
        return
    which = st.radio("Show those", PARTS, horizontal=True, key="requests-shown", bind=ADDRESS)
    shown = [one for one in found if (one.state == OPEN) == (which == OPEN_ONES)]
    if not shown:
        st.write("There are none.")
    for one in shown:
        _one(one, log, who, today)
    about = "Requests; personal details that are recognised are taken out of each question"
    download(requests_table(found, today), about, "requests", "Download the list (CSV)")


# ── One request ──────────────────────────────────────────────────────────────────────────────────


def _one(one: Request, log: Requests, who: str, today: date) -> None:
    key = f"request-{one.number}"
    with st.container(border=True):
        st.markdown(f"**{one.number}. {plain(said.due_sentence(one, today))}**")
        st.text(one.question)
        st.caption(plain(said.about(one)))
        for sent in one.sent:
            st.write(plain(said.sent_sentence(sent)))
        fold = st.expander(f"Send, change or close request {one.number}", key=key, on_change="rerun")
        if fold.open:
            with fold:
                draws = (
                    partial(_send, one, log, who, today, key),
                    partial(_change, one, log, who, today, key),
                    partial(_close, one, log, who, key),
                    partial(_history, one, log, who, key),
                )
                for tab, draw in zip(st.tabs(WITH_ONE), draws, strict=True):
                    with tab:
                        draw()


def _send(one: Request, log: Requests, who: str, today: date, key: str) -> None:
    """What was sent in answer: a kept pack and figures of it, or files named by hand."""
    kept = {pack.number: pack for pack in packs.history(session.store())}
    number = st.selectbox(
        "Kept pack",
        [NO_PACK, *kept],
        format_func=lambda n: kept_title(kept[n]) if n else "none",
        key=f"{key}-pack",
    )
    pack = kept.get(number)
    figures = st.multiselect("Figures of it", _figures(pack), key=f"{key}-figures-{number}") if pack else []
    files = st.text_input("Other files sent, by name, with a comma between", key=f"{key}-files", max_chars=2_000)
    on = _day("Sent on", today, f"{key}-on")
    if st.button("Keep what was sent", key=f"{key}-send") and on:
        seal = pack.seal if pack else ""
        action = partial(log.send, one.number, who, on, figures, files.split(","), number, seal, _now())
        do(action, f"Request {one.number}: kept what was sent.")


def _figures(pack: KeptPack) -> list[str]:
    """The figures of a pack by their ids, which find their entries in its manifest."""
    return [name.removeprefix("csv/").removesuffix(".csv") for name in pack.sizes if name.startswith("csv/")]


def _change(one: Request, log: Requests, who: str, today: date, key: str) -> None:
    said_of = _said(f"{key}-change", today, one)
    if st.button("Keep the change", key=f"{key}-change-keep") and said_of:
        question, kind, asked, owner, due = said_of
        action = partial(log.change, one.number, who, question, kind, asked, owner, due, _now())
        do(action, f"Request {one.number}: changed. What it said before stays in its history.")


def _close(one: Request, log: Requests, who: str, key: str) -> None:
    if one.state != OPEN:
        if st.button("Put it back among those to be answered", key=f"{key}-again"):
            do(partial(log.open_again, one.number, who, _now()), f"Request {one.number}: to be answered again.")
        return
    why = st.text_input("Why it is closed without an answer", key=f"{key}-why", max_chars=LONGEST, autocomplete="off")
    if st.button("Close it", key=f"{key}-close"):
        do(partial(log.close, one.number, who, why, _now()), f"Request {one.number}: closed.")


def _history(one: Request, log: Requests, who: str, key: str) -> None:
    for line in log.history(one.number):
        st.write(plain(said.line_sentence(line, british_moment(line.at))))
    if st.button("Take the last of these back", key=f"{key}-undo"):
        do(partial(log.undo, one.number, who, _now()), f"Request {one.number}: the last thing done is taken back.")


# ── A new one ────────────────────────────────────────────────────────────────────────────────────


def _add(log: Requests, who: str, today: date) -> None:
    key = f"request-new-{st.session_state.get(ROUND, 0)}"
    fold = st.expander("Add a request", key=key, on_change="rerun")
    if not fold.open:
        return
    with fold:
        st.warning(said.NO_NAMES)
        typed = _said(key, today)
        if st.button("Keep the request", key=f"{key}-keep") and typed:
            question, kind, asked, owner, due = typed
            do(partial(_kept, partial(log.add, question, kind, asked, owner, who, due, _now())), "The request is kept.")


def _kept(add: Callable[[], object]) -> None:
    """Keep a request; once it is kept the form is empty and closed."""
    add()
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _said(key: str, today: date, one: Request | None = None) -> tuple[str, str, date, str, date | None] | None:
    """What is typed of a request: question, kind, day asked, owner, day due (None: by rule); None for no day."""
    question = st.text_area(
        "What is asked", one.question if one else "", key=f"{key}-question", max_chars=LONGEST_QUESTION
    )
    kinds = list(TITLES)
    kind = st.selectbox(
        "Kind", kinds, kinds.index(one.kind) if one else 0, format_func=TITLES.__getitem__, key=f"{key}-kind"
    )
    asked = _day("Asked on", one.asked if one else today, f"{key}-asked")
    if asked is None:
        return None
    by_rule = due_by_rule(kind, asked)
    st.caption(plain(said.rule_sentence(request_kind(kind), by_rule)))
    due = _due(one, by_rule, f"{key}-due")
    owner = st.text_input("Owner: a person or a team", one.owner if one else "", key=f"{key}-owner", max_chars=LONGEST)
    return question, kind, asked, owner, due


def _due(one: Request | None, by_rule: date | None, key: str) -> date | None:
    """The day typed, None where it is left empty."""
    usual = one.due.isoformat() if one and not one.by_rule else ""
    label = "Due on, if another day than by rule (YYYY-MM-DD)" if by_rule else "Due on (YYYY-MM-DD)"
    typed = st.text_input(label, usual, key=key, autocomplete="off").strip()
    return _read(typed) if typed else None


def _day(label: str, usual: date, key: str) -> date | None:
    """A day typed by hand: Streamlit's own calendar cannot be hit well enough by every finger."""
    return _read(st.text_input(f"{label} (YYYY-MM-DD)", usual.isoformat(), key=key, autocomplete="off").strip())


def _read(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        st.error(plain(f"'{typed}' is not a day. Write it as 2026-11-20."))
        return None


def _now() -> datetime:
    return asked_of.now(session.settings())
