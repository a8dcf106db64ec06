"""Beginning a campaign: its contact file, which homes, who calls; looked at before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analysis.model import Question
from dashboard import campaign as calls
from dashboard import session
from dashboard.campaign import COVERAGE, ESTATE, SILENT, Drawn, Wanted
from dashboard.words import campaign as said
from dashboard.words import people, plain
from data.campaign import CannotCampaign, Contacts, campaign_register, read_contacts
from data.campaign.campaigns import callers
from data.campaign.contacts import headings_of_contacts, recognised
from data.generation import Generation, StoreError

HOW: Mapping[str, str] = {
    COVERAGE: "Where coverage needs it most",
    SILENT: "Homes not heard from",
    ESTATE: "All of an estate",
}
NOT_USED = "not in the file"
HELD = "campaign-contacts"  # the contact file while a campaign is being set up, in this tab's memory only
DRAWN = "campaign-drawn"  # … and the homes drawn from it
HEADINGS = "campaign-headings-"
ENDINGS = ["csv", "tsv", "txt", "xlsx"]
OFF = (
    "Left off whatever is chosen: do not contact, domestic abuse, a legal claim, a death, an objection, and everyone "
    "who refused in any earlier campaign. Put the flags into the contact file; what is not understood counts as set."
)


def show(asked: Question, held: Generation) -> None:
    """Draw the part."""
    st.header("The contact file")
    st.write(
        "A file of homes or tenancies with a name and a telephone number, as your housing system exports it. It is "
        "read for this campaign only: nothing of it is taken into the store."
    )
    if held.kind == "sample":
        _offer_sample()
    uploaded = st.file_uploader("Contact file (CSV or Excel)", type=ENDINGS, key="campaign-file")
    contacts = _contacts(uploaded) if uploaded else None
    if contacts is None:
        forget()
        st.caption(OFF)
        return
    st.write(plain(_read_words(contacts)))
    wanted = _wanted(asked, held)
    drawn = _drawn(asked, held, contacts, wanted)
    st.caption(OFF)
    if drawn is not None:
        _begin(held, drawn, wanted)


def _offer_sample() -> None:
    st.download_button(
        "An invented contact file to try with (CSV)",
        lambda: calls.sample_contacts(session.settings()),
        file_name="invented_contacts.csv",
        mime="text/csv",
        key="campaign-sample",
        on_click="ignore",
    )


# ── The file ─────────────────────────────────────────────────────────────────────────────────────


def _contacts(uploaded: UploadedFile) -> Contacts | None:
    """The file read, with the columns the reader put right; None where it cannot be read, which is said."""
    with TemporaryDirectory(prefix="tenant-voice-") as folder:
        path = Path(folder) / f"contacts{Path(uploaded.name).suffix.lower()}"
        try:
            headings = _headings(uploaded, path)
            columns = _columns(headings)
            mark = (uploaded.file_id, tuple(sorted(columns.items())))
            kept: tuple[object, Contacts] | None = st.session_state.get(HELD)
            if kept is None or kept[0] != mark:
                path.write_bytes(uploaded.getbuffer())
                kept = st.session_state[HELD] = (mark, read_contacts(path, uploaded.name, columns))
        except CannotCampaign as fault:
            st.error(plain(fault))
            return None
    return kept[1]


def _headings(uploaded: UploadedFile, path: Path) -> tuple[str, ...]:
    key = f"{HEADINGS}{uploaded.file_id}"
    if key not in st.session_state:
        path.write_bytes(uploaded.getbuffer())
        st.session_state[key] = headings_of_contacts(path, uploaded.name)
    found: tuple[str, ...] = st.session_state[key]
    return found


def _columns(headings: tuple[str, ...]) -> dict[str, str]:
    """Which heading is which column, as recognised or as the reader says."""
    known, found = campaign_register().columns, recognised(headings)
    choices = [NOT_USED, *dict.fromkeys(each for each in headings if each.strip())]
    sure = {"home", "phone"} <= set(found) and bool({"name", "surname"} & set(found))
    columns = {}
    with st.expander("What each column is taken for", expanded=not sure, key="campaign-columns"):
        for each in known.values():
            heading = found.get(each.key, NOT_USED)
            taken = st.selectbox(
                each.label, choices, index=choices.index(heading), format_func=plain, key=f"campaign-column-{each.key}"
            )
            columns[each.key] = "" if taken == NOT_USED else taken
    return columns


def _read_words(contacts: Contacts) -> str:
    rows = people(len(contacts.rows), "row", "rows")
    left = f" {people(contacts.unnamed, 'row', 'rows')} name neither a home nor a tenancy." if contacts.unnamed else ""
    return f"{rows} read.{left}"


# ── Which homes ──────────────────────────────────────────────────────────────────────────────────


def _wanted(asked: Question, held: Generation) -> Wanted:
    st.header("Which homes")
    how = st.radio("Call", list(HOW), format_func=HOW.__getitem__, key="campaign-how", horizontal=True) or COVERAGE
    months, estates = 12, []
    if how == SILENT:
        months = int(st.number_input("Not heard from for so many months", 1, 120, 12, key="campaign-months"))
    if how == ESTATE:
        estates = st.multiselect("Estates", session.levels("estate"), key="campaign-estates")
    left, right = st.columns(2)
    number = left.number_input("At most so many homes", 1, 100_000, 100, key="campaign-homes")
    seed = right.number_input("Seed: the same one draws the same homes", 0, 10**6, 1, key="campaign-seed")
    known = campaign_register()
    fields = st.multiselect(
        "The three fields to check", list(known.fields), list(known.usual_fields),
        format_func=lambda key: known.fields[key].title, max_selections=3, key="campaign-fields",
    )  # fmt: skip
    groups = (asked.tenure_group,) if how == COVERAGE else ("LCRA", "LCHO")
    return Wanted(how, int(number), int(seed), tuple(fields), months, tuple(estates), groups)


def _drawn(asked: Question, held: Generation, contacts: Contacts, wanted: Wanted) -> Drawn | None:
    """The homes that would be called, said in words; None where there are none to say."""
    try:
        drawn = _drawn_once(asked, held, contacts, wanted)
    except CannotCampaign as fault:
        st.error(plain(fault))
        return None
    known = campaign_register()
    st.write(
        plain(f"{people(len(drawn.homes), 'home', 'homes')} of {people(drawn.looked_at, 'home', 'homes')} looked at.")
    )
    reasons = said.left_out_words(
        drawn.left_out, known.left_out, known.confidential, drawn.looked_at, known.rules["confidential_base"]
    )
    st.write(plain(reasons))
    if drawn.unplaced:
        st.write(
            plain(f"Rows of the contact file that name no home on the list: {people(drawn.unplaced, 'row', 'rows')}.")
        )
    return drawn


def _drawn_once(asked: Question, held: Generation, contacts: Contacts, wanted: Wanted) -> Drawn:
    """The homes drawn, worked out anew only where something that matters has changed."""
    mark = (held.fingerprint, st.session_state[HELD][0], wanted, asked if wanted.how == COVERAGE else None)
    kept: tuple[object, Drawn] | None = st.session_state.get(DRAWN)
    if kept is None or kept[0] != mark:
        with st.spinner("Looking through the homes …"):
            plan = session.call_plan(asked, wanted.number) if wanted.how == COVERAGE and asked.wave else None
            kept = (mark, calls.draw(session.settings(), held, contacts, wanted, plan))
        st.session_state[DRAWN] = kept
    return kept[1]


# ── Who calls ────────────────────────────────────────────────────────────────────────────────────


def _begin(held: Generation, drawn: Drawn, wanted: Wanted) -> None:
    st.header("Who calls, and until when")
    with st.form("campaign-begin", border=False):
        name = st.text_input("What the campaign is called", key="campaign-name", max_chars=80)
        staff = st.text_area("Who calls: a name a line, as given", key="campaign-staff", height=140)
        longest = campaign_register().rules["longest_days"]
        days = st.number_input("Days until it ends and names and numbers go", 1, longest, 28, key="campaign-days")
        who = st.text_input("Your name, kept with it as given", key="campaign-by")
        look, go = st.columns(2)
        shared = look.form_submit_button("See how the lists would be shared")
        begun = go.form_submit_button("Begin the campaign", type="primary")
    if not (shared or begun):
        return
    try:
        names = callers(staff.splitlines())
        if shared:
            st.info(plain(said.drawn_words(len(drawn.homes), len(names))))
            return
        made = calls.begin(session.settings(), held, drawn, wanted, name, names, int(days), who)
    except StoreError as fault:
        st.session_state.pop(DRAWN, None)  # the homes are drawn anew
        st.error(plain(fault))
        return
    forget()
    st.session_state["campaign-done"] = f"{made.name} has begun: {said.drawn_words(made.chosen, len(names))}"
    st.session_state["campaign-part-next"] = "Lists and progress"
    st.rerun()


def forget() -> None:
    """Take the contact file out of this tab's memory."""
    mine = (HELD, DRAWN, "campaign-file")
    for key in [key for key in st.session_state if str(key) in mine or str(key).startswith(HEADINGS)]:
        del st.session_state[key]
