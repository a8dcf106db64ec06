"""Owners and quality: what somebody has to see to, whose each file and rule is, how good each kind of file is."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import actions, session, words
from dashboard.charts.chart import Table
from dashboard.charts.quality import alerts_table, kinds_table, scores_table, trend_table
from dashboard.how.quality import of_files
from dashboard.widgets.doing import tell
from dashboard.widgets.figures import download, figures_table
from dashboard.words import plain
from dashboard.words.quality import (
    EVERY_NAMES,
    HOW_SCORED,
    alert_count,
    alert_line,
    due_words,
    kind_owner,
    kind_state,
    sent,
)
from data.generation import Generation, StoreError
from data.owners import FILE, Charge, NoSuchCharge
from data.post import NotSent
from data.quality import Alert, KindQuality, alerts, by_owner, quality, trend

EVERYBODY = "everybody"
LISTED = 30  # on the page; the file has them all


def owners_and_quality(held: Generation) -> None:
    """Draw the tab."""
    charges = actions.owners_in_use(session.settings()).charges()
    _alerts(alerts(held, charges, session.today()))
    found = quality(held, charges, session.today())
    _kinds(found, charges)
    _scores(found)
    _change(charges)


# ── What is to be seen to ────────────────────────────────────────────────────────────────────────


def _alerts(found: tuple[Alert, ...]) -> None:
    st.header("What is to be seen to")
    if not found:
        st.write("Nothing: no file is late, no fault stands, every reference joins.")
        return
    owners = by_owner(found)
    for (owner, _), own in owners.items():
        st.write(plain(alert_count(owner, len(own), sum(alert.overdue for alert in own))))
    names = list(dict.fromkeys(owner for owner, _ in owners))
    whose = st.selectbox("Whose", [EVERYBODY, *names], key="whose")
    mine = [alert for alert in found if whose in (EVERYBODY, alert.owner)]
    for alert in mine[:LISTED]:
        _alert(alert)
    if len(mine) > LISTED:
        st.write(plain(f"And {words.count(len(mine) - LISTED)} more, in the list."))
    download(alerts_table(mine), "What is to be seen to, by owner", "alerts", "Download the list (CSV)")
    _send()


def _alert(alert: Alert) -> None:
    """A paragraph each rather than a table: it must fit a telephone."""
    with st.container(border=True):
        st.write(plain(alert_line(alert)))
        st.caption(plain(alert.owner))


def _send() -> None:
    """Each owner's list by the landlord's own mail server; without one, how to name it."""
    if session.settings().mail is None:
        st.caption(HOW_TO_SEND)
        return
    if not st.button("Send each owner their list by e-mail", key="send-alerts"):
        return
    try:
        messages, without = actions.send_alerts(session.settings(), session.today(), alert_line)
    except (NotSent, StoreError) as fault:
        st.error(plain(fault))
        return
    st.success(plain(sent(messages, without)))


HOW_TO_SEND = (
    "To send each owner their list by e-mail, name your mail server in settings.toml under [mail]: see the guide, "
    "Data with owners. Nothing is sent otherwise."
)


# ── Files, and how good they are ─────────────────────────────────────────────────────────────────


def _kinds(found: tuple[KindQuality, ...], charges: tuple[Charge, ...]) -> None:
    st.header("Each kind of file and its owner")
    for kind in found:
        st.markdown(f"**{plain(kind.label)}**")
        st.write(plain(kind_state(kind)))
        st.caption(plain(kind_owner(kind)))
    title = "Each kind of file: owner, rows, when it came in, when it is due"
    download(kinds_table(found, charges), title, "kinds")


def _scores(found: tuple[KindQuality, ...]) -> None:
    st.header("How good each kind of file is")
    held = [kind for kind in found if kind.scores]
    if not held:
        st.write("No kind of file has a score yet.")
        return
    labels = {kind.kind: kind.label for kind in held}
    _table(scores_table(held), "Five scores of each kind of file", "scores", list(labels))
    st.caption(HOW_SCORED)
    chosen = st.selectbox("Trend of", list(labels), format_func=labels.__getitem__, key="trend-of")
    figures = trend_table(trend(session.store().history()), chosen)
    _table(figures, f"Scores of {labels[chosen].lower()}, publish by publish", "trend", [chosen])


def _table(figures: Table, title: str, key: str, kinds: Sequence[str]) -> None:
    figures_table(figures, title, key, how=of_files(kinds))
    download(figures, title, key)


# ── Giving a file or a rule to somebody ──────────────────────────────────────────────────────────


def _change(charges: tuple[Charge, ...]) -> None:
    st.header("Whose is it, and by when")
    by_subject = {charge.subject: charge for charge in charges}
    chosen = st.selectbox(
        "File or rule", list(by_subject), format_func=lambda subject: _named(by_subject[subject]), key="charge"
    )
    charge = by_subject[chosen]
    st.write(plain(f"{charge.owner}: due {due_words(charge.due_every, charge.due_days)}."))
    with st.form("change-owner"):
        owner = st.text_input("Owner: a person or a team", charge.owner, key=f"owner-{chosen}")
        email = st.text_input("Their e-mail address, if lists are sent", charge.email, key=f"email-{chosen}")
        every = _every(charge)
        days = st.number_input(
            "Days after that" if charge.of == FILE else "Days to put it right, from the day it came in",
            0,
            366,
            charge.due_days,
            key=f"days-{chosen}",
        )
        if st.form_submit_button("Keep this"):
            _keep(chosen, owner, email, every, int(days))
    if charge.changed and st.button("Back to what is proposed", key="propose-owner"):
        actions.propose_owner(session.settings(), chosen)
        tell(f"{charge.label}: back to what is proposed.")
        st.rerun()


def _every(charge: Charge) -> str:
    if charge.of != FILE:
        return ""
    names = list(EVERY_NAMES)
    return st.selectbox(
        "Due at the end of",
        names,
        names.index(charge.due_every),
        format_func=EVERY_NAMES.__getitem__,
        key=f"every-{charge.subject}",
    )


def _keep(subject: str, owner: str, email: str, every: str, days: int) -> None:
    try:
        kept = actions.change_owner(session.settings(), subject, owner, email, every, days)
    except NoSuchCharge as fault:
        st.error(plain(fault))
        return
    tell(f"{kept.label}: {kept.owner}, due {due_words(kept.due_every, kept.due_days)}.")
    st.rerun()


def _named(charge: Charge) -> str:
    return f"File: {charge.label}" if charge.of == FILE else f"Rule: {charge.label}"
