"""A campaign's lists, paper and progress; sharing anew, what was kept beside, what changed, and its end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from analysis.model.campaign import Campaign, Progress
from dashboard import campaign as calls
from dashboard import session
from dashboard.charts.campaign import (
    called_table,
    changes_table,
    coverage_table,
    knowledge_table,
    lists_table,
    papers_table,
)
from dashboard.charts.chart import Table
from dashboard.how import How
from dashboard.how.campaign import of_calls, of_coverage, of_knowledge
from dashboard.widgets.figures import CSV_MARK, download, figures_table, table
from dashboard.widgets.filters import ADDRESS
from dashboard.words import british_moment, people, plain
from dashboard.words import campaign as said
from data.campaign import CannotCampaign, campaign_register
from data.campaign.papers import number, numbers
from data.generation import Generation, StoreError

DONE = "campaign-done"
PRINTED = "campaign-printed"  # the paper list just made: number and CSV, until it is downloaded
ENDINGS = ["csv", "tsv", "txt", "xlsx"]
CLOSING = (
    "Ending it destroys every name, number, answer and consent at once. Counts stay, refusals stay, and what was told "
    "of stays until it is seen to. Download what changed first."
)


def show(campaign: Campaign, held: Generation) -> None:
    """Draw the part."""
    _about(campaign, held)
    found = calls.campaigns_in_use(session.settings()).progress(campaign.campaign, session.settings().smallest_base)
    _progress(campaign, found)
    if not campaign.closed:
        _lists(campaign)
        _beside(campaign)
    _paper(campaign)
    if campaign.closed:
        st.session_state.pop(PRINTED, None)  # a list not fetched goes with the names on it
    if not campaign.closed:
        _changes(campaign)
        _erase()
        _end(campaign)


def _about(campaign: Campaign, held: Generation) -> None:
    known = campaign_register()
    st.header(plain(campaign.name))
    st.write(plain(said.chosen_words(campaign)))
    st.write(plain(said.ends_words(campaign, calls.today())))
    least = known.rules["confidential_base"]
    st.write(
        plain(said.left_out_words(campaign.left_out, known.left_out, known.confidential, campaign.looked_at, least))
    )
    if aside := said.aside_words(calls.looked_anew(session.settings(), held, campaign)):
        st.warning(plain(aside))


# ── Progress ─────────────────────────────────────────────────────────────────────────────────────


def _progress(campaign: Campaign, found: Progress) -> None:
    st.header("How far it is")
    st.markdown(f"**{plain(said.called_words(found.everyone))}**")
    way = st.selectbox("Told by", list(said.WAYS), format_func=said.WAYS.__getitem__, key="campaign-way", bind=ADDRESS)
    label = said.WAYS[way]
    groups = found.groups.get(way, ())
    _shown(called_table(found.everyone, groups, label), f"Homes by last call, {label.lower()}", "called", of_calls())
    if few := said.too_few(groups):
        st.write(plain(few))
    st.caption(said.BY_HOMES)
    st.subheader("What we know now")
    titles = {key: each.title for key, each in campaign_register().fields.items()}
    for each in found.knowledge:
        st.write(plain(said.knowledge_words(each, titles[each.field])))
    if found.everyone.reached:
        _shown(knowledge_table(found.knowledge, titles), "What is known of the homes reached", "known", of_knowledge())
    st.caption(said.KNOWN_OF)
    st.subheader("Who has been heard from")
    covered = found.coverage.get(way, ())
    if covered:
        st.write(plain(said.coverage_words(covered[0])))
        _shown(coverage_table(covered, label), f"Homes heard from, {label.lower()}", "covered", of_coverage())
    st.caption(said.HEARD_OF)


def _shown(figures: Table, about: str, key: str, how: How) -> None:
    figures_table(figures, about, f"campaign-{key}", how=how)
    download(figures, about, f"campaign-{key}")


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────


def _lists(campaign: Campaign) -> None:
    st.header("Lists")
    lists = calls.campaigns_in_use(session.settings()).lists(campaign.campaign)
    table(lists_table(lists), "Each caller's list")
    with st.expander("Share anew: somebody joins or leaves", key="campaign-share"):
        st.write("Homes still to call are shared out again, evenly. Those done, open or on paper stay where they are.")
        with st.form("campaign-share-form", border=False):
            current = "\n".join(each.caller for each in lists)
            staff = st.text_area("Who calls from now on: a name a line, as given", current, key="campaign-staff-now")
            who = st.text_input("Your name, as given", key="campaign-share-who")
            if st.form_submit_button("Share anew"):
                _do(lambda: _share(campaign, staff, who))


def _share(campaign: Campaign, staff: str, who: str) -> str:
    moved = calls.campaigns_in_use(session.settings()).share(campaign.campaign, staff.splitlines(), who)
    return f"Shared anew: {people(moved, 'home', 'homes')} changed hands."


def _beside(campaign: Campaign) -> None:
    calling = calls.calling_in_use(session.settings())
    found = calling.beside(campaign.campaign)
    if not found:
        return
    st.header("Calls kept beside")
    st.write(
        "Somebody else had the home by then, or it was set aside. A refusal among them holds already. Say which counts."
    )
    who = st.text_input("Your name, as given", key="campaign-beside-who")
    outcomes = campaign_register().outcomes
    for each in found:
        st.write(
            plain(f"{outcomes[each.outcome]}, {british_moment(each.at)}, {each.caller} ({said.AS_GIVEN}). {each.why}")
        )
        use, leave = st.columns(2)
        if use.button("This call counts", key=f"beside-use-{each.n}"):
            _do(partial(_settle, campaign, each.n, True, who))
        if leave.button("Leave it", key=f"beside-leave-{each.n}"):
            _do(partial(_settle, campaign, each.n, False, who))


def _settle(campaign: Campaign, n: int, use: bool, who: str) -> str:
    calls.calling_in_use(session.settings()).settle(campaign.campaign, n, use, who)
    return "That call counts now." if use else "The list is left as it was."


# ── Paper ────────────────────────────────────────────────────────────────────────────────────────


def _paper(campaign: Campaign) -> None:
    st.header("Paper")
    found = calls.papers_in_use(session.settings()).lists(campaign.campaign)
    if found:
        figures, about = papers_table([(paper, number(paper)) for paper in found]), "Paper lists and how each stands"
        table(figures, about)
        download(figures, about, "campaign-papers")
    else:
        st.write("No list has been put on paper.")
    if not campaign.closed:
        _paper_out(campaign)
        _paper_in()
    still = [number(paper) for paper in found if paper.state != "destroyed"]
    if still:
        with st.form("campaign-destroyed", border=False):
            which = st.selectbox("A list whose paper is destroyed", still, key="campaign-destroyed-which")
            who = st.text_input("Your name, as given", key="campaign-destroyed-who")
            if st.form_submit_button("Record that it is destroyed"):
                _do(lambda: _destroyed(which, who))


def _paper_out(campaign: Campaign) -> None:
    names = [
        each.caller for each in calls.campaigns_in_use(session.settings()).lists(campaign.campaign) if each.to_call
    ]
    with st.expander("Put a list on paper", key="campaign-paper-out"):
        st.write("A name, a number and the three fields, line by line, with the day after which it may not be used.")
        with st.form("campaign-paper-form", border=False):
            caller = st.selectbox("For", names, key="campaign-paper-caller")
            lines = st.number_input("Homes", 1, 500, 20, key="campaign-paper-lines")
            who = st.text_input("Your name, as given", key="campaign-paper-who")
            if st.form_submit_button("Make the list") and caller:
                _do(lambda: _print(campaign, caller, int(lines), who))
        printed: tuple[str, str] | None = st.session_state.get(PRINTED)
        if printed:
            which, text = printed
            st.download_button(
                plain(f"Download list {which} (CSV)"), CSV_MARK + text, file_name=f"list-{which}.csv", mime="text/csv",
                key="campaign-paper-file", on_click=lambda: st.session_state.pop(PRINTED, None),
            )  # fmt: skip


def _print(campaign: Campaign, caller: str, lines: int, who: str) -> str:
    paper, text = calls.paper_out(session.settings(), campaign.campaign, caller, lines, who)
    st.session_state[PRINTED] = (number(paper), text)
    return (
        f"List {number(paper)} is made: {people(paper.homes, 'home', 'homes')}. Download it below; it can be had once."
    )


def _paper_in() -> None:
    with st.expander("Read a paper list in", key="campaign-paper-in"):
        uploaded = st.file_uploader("The list as it came back (CSV or Excel)", type=ENDINGS, key="campaign-paper-back")
        who = st.text_input("Your name, as given", key="campaign-paper-in-who")
        if st.button("Read it in", key="campaign-paper-read", disabled=uploaded is None) and uploaded is not None:
            with TemporaryDirectory(prefix="tenant-voice-") as folder:
                path = Path(folder) / f"list{Path(uploaded.name).suffix.lower()}"
                path.write_bytes(uploaded.getbuffer())
                _do(lambda: _read_in(path, uploaded.name, who))


def _read_in(path: Path, name: str, who: str) -> str:
    found = calls.paper_in(session.settings(), path, name, who)
    told = f" {people(found.matters, 'matter', 'matters')} passed on." if found.matters else ""
    return (
        f"List {number(found.paper)} is read in: {people(found.calls, 'call', 'calls')}, "
        f"{people(found.blank, 'line', 'lines')} to call again.{told} Destroy the paper and record it."
    )


def _destroyed(which: str, who: str) -> str:
    gone = calls.papers_in_use(session.settings()).destroyed(*numbers(which), who)
    return f"List {number(gone)} is recorded as destroyed."


# ── What changed, and the end ────────────────────────────────────────────────────────────────────


def _changes(campaign: Campaign) -> None:
    st.header("For the housing system")
    found = calls.campaigns_in_use(session.settings()).changes(campaign.campaign)
    if not found:
        st.write("Nothing has been confirmed or changed yet by a tenant who let us keep it.")
        return
    told = people(len(found), "answer", "answers")
    st.write(plain(f"{told} to put into it, each with the day and the way in which the tenant let us keep it."))
    about = f"Confirmed or changed in the campaign {campaign.name}"
    download(changes_table(found), about, "campaign-changes", "Download what to put right (CSV)")


def _erase() -> None:
    with st.expander("Erase one home, at its tenant's request", key="campaign-erase"):
        st.write("Its name, number and answers go from every campaign. A refusal stays, so that it is honoured.")
        with st.form("campaign-erase-form", border=False):
            home = st.text_input("The home's own reference", key="campaign-erase-home")
            who = st.text_input("Your name, as given", key="campaign-erase-who")
            if st.form_submit_button("Erase it"):
                _do(lambda: _erased(home.strip(), who))


def _erased(home: str, who: str) -> str:
    calls.campaigns_in_use(session.settings()).erase(home, who)
    return "What campaigns held of that home is destroyed."


def _end(campaign: Campaign) -> None:
    st.header("End the campaign")
    st.write(CLOSING)
    with st.form("campaign-close", border=False):
        sure = st.checkbox("Destroy the names and numbers of this campaign", key="campaign-sure")
        who = st.text_input("Your name, as given", key="campaign-close-who")
        if st.form_submit_button("End it"):
            if not sure:
                st.error("Tick the box: names and numbers cannot be had back.")
                return
            _do(
                lambda: (
                    f"{calls.close(session.settings(), campaign.campaign, who).name} is over, and its names are gone."
                )
            )


def _do(action: Callable[[], str]) -> None:
    """Do it and say so at the top; a fault is said where it happened, and nothing typed is lost."""
    try:
        done = action()
    except (CannotCampaign, StoreError) as fault:
        st.error(plain(fault))
        return
    st.session_state[DONE] = done
    st.rerun()
