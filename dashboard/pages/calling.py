"""The caller's page: her name, then one home at a time; what the tenant told of comes before everything else."""

from __future__ import annotations

import streamlit as st

from analysis.model.campaign import Call, Campaign, Card, Matter
from dashboard import campaign as calls
from dashboard import session
from dashboard.words import plain
from dashboard.words.campaign import when
from data.campaign import CannotCampaign, HeldBeside, campaign_register

MINE = "caller"  # whose list this tab calls from
CARD, MATTER, SAID = "campaign-card", "campaign-matter", "campaign-said"
LAST = "campaign-last"  # campaign and caller of a home that was open when its campaign ended
ENDED = (
    "You had a home open when it ended. If its tenant told you of something, pass it on here and say in your words "
    "which home it is: nothing here knows any more."
)
TEXT, LEFT = "assumed-text", "assumed-left"
NOTHING_KNOWN = "not known"
NOT_ASKED_FIRST = ("not_asked", "confirmed", "changed")
ANSWERS = {"": "not asked", "yes": "yes", "no": "no"}
THROUGH = "There is no home left to call on your list: those open elsewhere or on paper apart. Thank you."
ASK_FIRST = (
    "Say who you are and that this is not about rent. Ask whether now is a good time. They may stop at any moment, and "
    "need not answer anything."
)
ASSUMED = (
    "Kept with no home, no name and no day: only the campaign and the month. Personal details are taken out, and "
    "somebody reads it before any room does. It cannot be taken back, since nothing says which one is yours."
)


def show(campaign: Campaign) -> None:
    """Draw the part."""
    _said()
    names = [each.caller for each in calls.campaigns_in_use(session.settings()).lists(campaign.campaign)]
    who = st.selectbox("Your name (as given)", names, index=None, placeholder="Whose list is yours?", key=MINE)
    if who is None:
        st.write("Choose your name to see the next home on your list.")
        return
    card = _card(campaign, who)
    if card is None:
        _open_next(campaign, who)
    else:
        _one(campaign, card, who)
    _assumed(campaign)


def over(campaign: Campaign) -> None:
    """The campaign is over: the card this tab has open goes, but what its tenant is telling of is still passed on."""
    mine: tuple[int, str, Card] | None = st.session_state.pop(CARD, None)
    if mine:
        st.session_state[LAST] = mine[:2]
    number, who = st.session_state.get(LAST, (0, ""))
    if number == campaign.campaign:
        st.warning(ENDED)
        _told(campaign, None, who)


# ── One home ─────────────────────────────────────────────────────────────────────────────────────


def _card(campaign: Campaign, who: str) -> Card | None:
    """The card this tab has open for this caller."""
    mine: tuple[int, str, Card] | None = st.session_state.get(CARD)
    return mine[2] if mine and mine[:2] == (campaign.campaign, who) else None


def _open_next(campaign: Campaign, who: str) -> None:
    on, back = st.columns(2)
    if on.button("Open the next home", type="primary", key="campaign-next"):
        _next(campaign, who)
        st.rerun()
    if back.button("Take my last call back", key="campaign-take-back"):
        try:
            calls.calling_in_use(session.settings()).take_back(campaign.campaign, who)
        except CannotCampaign as fault:
            st.error(plain(fault))
            return
        _tell("Your last call is taken back: that home is to be called again. What was told of stays passed on.")
        st.rerun()


def _next(campaign: Campaign, who: str) -> None:
    """Open the next home in this tab, or say that there is none."""
    found = calls.calling_in_use(session.settings()).next_card(campaign.campaign, who)
    st.session_state.pop(MATTER, None)
    if found is None:
        st.session_state.pop(CARD, None)
        _tell(THROUGH)
        return
    st.session_state[CARD] = (campaign.campaign, who, found)


def _one(campaign: Campaign, card: Card, who: str) -> None:
    with st.container(border=True, key="campaign-card-shown"):
        name, phone = st.columns(2)
        name.subheader(plain(card.name), anchor=False)
        phone.subheader(plain(card.phone), anchor=False)
        for title, value in card.checks:
            st.write(plain(f"{title}: {value or NOTHING_KNOWN}"))
    st.caption(plain(f"{ASK_FIRST} This home is yours until {when(card.until)}."))
    _told(campaign, card, who)
    _call(campaign, card, who)


# ── What they told of ────────────────────────────────────────────────────────────────────────────


def _told(campaign: Campaign, card: Card | None, who: str) -> None:
    """The first button: one click passes it on, with the moment; words may follow."""
    st.markdown("**They told me about:**")
    for column, kind in zip(st.columns(3), campaign_register().told.values(), strict=True):
        if column.button(kind.title, key=f"told-{kind.key}", width="stretch", icon=":material/priority_high:"):
            st.session_state[MATTER] = calls.matters_in_use(session.settings()).tell(
                campaign.campaign, card, kind.key, "", who
            )
            st.rerun()
    matter: Matter | None = st.session_state.get(MATTER)
    if matter is not None:
        _more_of(matter, who)


def _more_of(matter: Matter, who: str) -> None:
    kind = campaign_register().told[matter.kind]
    st.warning(plain(f"Passed on to {kind.to}, {when(matter.at)}: {kind.title.lower()}. {kind.say}"))
    matters = calls.matters_in_use(session.settings())
    with st.form("told-words", clear_on_submit=True, border=False):
        words = st.text_area("What they said, for whoever sees to it", key="told-said", max_chars=2_000)
        if st.form_submit_button("Add these words to it"):
            try:
                matters.add_words(matter.matter, words)
                st.success("Added.")
            except CannotCampaign as fault:
                st.error(plain(fault))
    if st.button("I pressed it by mistake", key="told-mistake"):
        try:
            matters.done(matter.matter, "by_mistake", who)
        except CannotCampaign as fault:  # somebody has seen to it already
            st.error(plain(fault))
            return
        del st.session_state[MATTER]
        _tell("It is marked as entered by mistake.")
        st.rerun()


# ── What became of the call ──────────────────────────────────────────────────────────────────────


def _call(campaign: Campaign, card: Card, who: str) -> None:
    known, key = campaign_register(), f"call-{card.token}"  # a home that comes round again starts with nothing answered
    with st.form(key, border=True):
        outcome = st.radio(
            "What became of the call", list(known.outcomes), None, known.outcomes.__getitem__, horizontal=True,
            key=f"{key}-outcome",
        )  # fmt: skip
        states: dict[str, str] = {}
        now: dict[str, str] = {}
        for field in campaign.fields:
            left, right = st.columns([3, 2])
            states[field] = left.radio(
                known.fields[field].title, NOT_ASKED_FIRST, 0, known.states.__getitem__, horizontal=True,
                key=f"{key}-{field}",
            )  # fmt: skip
            now[field] = right.text_input("If changed: what it is now", key=f"{key}-{field}-now", max_chars=80)
        consents = {
            asked: st.radio(words, list(ANSWERS), 0, ANSWERS.__getitem__, horizontal=True, key=f"{key}-{asked}")
            for asked, words in known.consents.items()
        }
        if st.form_submit_button("Keep, and open the next", type="primary"):
            call = Call(outcome or "", states, now, {asked: given for asked, given in consents.items() if given})
            _keep(campaign, card, who, call)
    if st.button("Close this home without a call", key=f"{key}-back"):
        calls.calling_in_use(session.settings()).give_back(campaign.campaign, card.card, card.token)
        st.session_state.pop(CARD, None)
        st.session_state.pop(MATTER, None)
        st.rerun()


def _keep(campaign: Campaign, card: Card, who: str, call: Call) -> None:
    """Keep it and open the next; where it cannot be kept everything typed stays as it is."""
    if not call.outcome:
        st.error("Say what became of the call. Nothing is kept yet, and nothing typed is lost.")
        return
    try:
        calls.calling_in_use(session.settings()).keep(campaign.campaign, card, who, call)
    except HeldBeside as beside:
        _tell(str(beside))
    except CannotCampaign as fault:
        st.error(plain(f"{fault} Nothing is kept yet, and nothing typed is lost."))
        return
    _next(campaign, who)
    st.rerun()


# ── What had been assumed ────────────────────────────────────────────────────────────────────────


def _assumed(campaign: Campaign) -> None:
    st.markdown("**What had I assumed that was wrong?**")
    if st.session_state.pop(LEFT, False):
        st.session_state[TEXT] = ""  # it stands beside a name no longer than it must
        st.success("Left, without your name or the home.")
    with st.form("assumed", clear_on_submit=False, border=False):
        text = st.text_area("What had I assumed that was wrong?", key=TEXT, max_chars=500, label_visibility="collapsed")
        if st.form_submit_button("Leave it here") and text.strip():
            try:
                calls.assumptions_in_use(session.settings()).add(campaign.campaign, text)
            except CannotCampaign as fault:
                st.error(plain(fault))
                return
            st.session_state[LEFT] = True
            st.rerun()
    st.caption(ASSUMED)


def _tell(what: str) -> None:
    st.session_state[SAID] = what


def _said() -> None:
    if what := st.session_state.pop(SAID, None):
        st.info(plain(what))
