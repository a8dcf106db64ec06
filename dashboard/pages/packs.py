"""Packs: choose one, look at its pages, have it made by another process, and what was made before. A tab."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from analysis.model import TENURE_GROUPS, Audience
from dashboard import packs, session
from dashboard.building import Job, Task
from dashboard.building.task import CANCELLED, CHECK, DONE, LOOK, MAKE, REBUILD
from dashboard.building.worker import picture, rebuilt
from dashboard.evidence.asked import PackAsked
from dashboard.evidence.manifest import asked_as_json
from dashboard.evidence.sections import SECTIONS, ready_made, section
from dashboard.pages.kept import packs_kept, whole_archive
from dashboard.widgets.correcting import your_name
from dashboard.widgets.filters import ADDRESS, WHO
from dashboard.widgets.working import begin, watch, watched
from dashboard.words import packs as said
from dashboard.words import plain
from data.generation import Generation, StoreError
from data.packs import PackKind, pack_kind, pack_kinds
from data.periods import choices

LOOKED = "pack-looked"  # the work whose pages this tab shows
UP, DOWN = -1, 1
EVERY_ESTATE = "The whole landlord"


def evidence_packs(held: Generation) -> None:
    """Draw the tab."""
    st.header("Make a pack")
    st.write(said.WHAT_FOR)
    watch()
    _what_came_of_it()
    asked = _choose(held)
    if asked is not None:
        _begin(asked)
    _pages(asked)
    packs_kept(_allowed())


def _allowed() -> tuple[Audience, ...]:
    """Who a pack may be for on this screen: whoever may see the screen, or somebody further outside."""
    asked = session.selection()
    every = tuple(Audience)
    return every[every.index(asked.audience) if asked else 0 :]


# ── Choosing ─────────────────────────────────────────────────────────────────────────────────────


def _choose(held: Generation) -> PackAsked | None:
    """What is asked for, or None where something has to be chosen first."""
    titles = {kind.key: kind.title for kind in pack_kinds()}
    key = st.selectbox("Which pack", list(titles), format_func=titles.__getitem__, key="pack-kind", bind=ADDRESS)
    kind = pack_kind(key)
    st.caption(plain(f"{kind.purpose} {said.for_whom(kind.audience)}"))
    wave = st.selectbox("Survey or period", [choice.name for choice in choices(held)], key="pack-wave")
    groups = st.multiselect(
        "Whom", TENURE_GROUPS, list(TENURE_GROUPS), format_func=lambda group: f"{group}: {WHO[group]}", key="pack-whom"
    )
    audience = _audience(kind)
    estate = _estate(kind)
    parts = _parts(kind)
    who = your_name("packs-who")
    if session.settings().landlord == "" and held.kind != "sample":
        st.warning(plain(said.NAME_NOT_SET))
    missing = [
        *([said.NO_GROUP] if not groups else []),
        *([said.NO_PARTS] if not parts else []),
        *([said.ESTATE_WANTED] if kind.place and not estate else []),
    ]
    for sentence in missing:
        st.write(sentence)
    if missing:
        return None
    moment = packs.this_moment(session.settings())
    try:
        return packs.asked_for(held, kind.key, moment, wave, tuple(groups), audience, parts, estate, who)
    except StoreError as fault:
        st.error(plain(fault))
        return None


def _audience(kind: PackKind) -> Audience:
    allowed = _allowed()
    usual = kind.audience if kind.audience in allowed else allowed[0]
    chosen = st.radio(
        "Who will see it",
        allowed,
        allowed.index(usual),
        format_func=said.profile_name,
        captions=[said.PROFILES[each] for each in allowed],
        key=f"pack-profile-{kind.key}",
    )
    return chosen or usual


def _estate(kind: PackKind) -> str:
    estates = list(session.levels("estate"))
    if not estates:
        return ""
    options = estates if kind.place else [EVERY_ESTATE, *estates]
    chosen = st.selectbox("Of which estate", options, key=f"pack-estate-{'one' if kind.place else 'any'}")
    return "" if chosen in (None, EVERY_ESTATE) else chosen


def _parts(kind: PackKind) -> tuple[str, ...]:
    """The parts, in the order they were put into; a ready-made pack has its own."""
    titles = {each.key: each.title for each in SECTIONS}
    key = f"pack-parts-{kind.key}"
    chosen = st.multiselect(
        "Parts, in this order", list(titles), list(ready_made(kind.key)), titles.__getitem__, key=key
    )
    with st.expander("Put the parts into another order", key=f"{key}-order", on_change="rerun") as fold:
        if fold.open and chosen:
            _order(kind, key, chosen)
    return tuple(chosen)


def _order(kind: PackKind, key: str, chosen: list[str]) -> None:
    st.markdown("\n".join(f"{n}. {plain(section(part).title)}" for n, part in enumerate(chosen, start=1)))
    part = st.selectbox("Move which", chosen, format_func=lambda part: section(part).title, key=f"{key}-which")
    with st.container(horizontal=True):
        st.button("Move it up", key=f"{key}-up", on_click=_move, args=(key, part, UP), disabled=part == chosen[0])
        st.button(
            "Move it down", key=f"{key}-down", on_click=_move, args=(key, part, DOWN), disabled=part == chosen[-1]
        )
        st.button("Back to the ready-made pack", key=f"{key}-back", on_click=_ready, args=(key, kind.key))


def _move(key: str, part: str, by: int) -> None:
    order = list(st.session_state[key])
    at = order.index(part)
    if 0 <= at + by < len(order):
        order[at], order[at + by] = order[at + by], order[at]
    st.session_state[key] = order


def _ready(key: str, kind: str) -> None:
    st.session_state[key] = list(ready_made(kind))


# ── Beginning, and what came of it ───────────────────────────────────────────────────────────────


def _begin(asked: PackAsked) -> None:
    title = pack_kind(asked.kind).title
    busy = session.workshop().running() is not None
    with st.container(horizontal=True):
        if st.button("Build the pack", key="pack-build", disabled=busy):
            begin(Task(MAKE, asked_as_json(asked)), title, asked.who)
        if st.button("Look at the pages", key="pack-look", disabled=busy):
            begin(Task(LOOK, asked_as_json(asked)), f"A look at: {title}", asked.who, LOOKED)
    st.caption(said.LOOK_FIRST)


def _what_came_of_it() -> None:
    """How the work this tab watched ended."""
    job = watched()
    if job is None or job.ended is None:
        return
    end = job.ended
    if end.how == CANCELLED:
        st.info(said.CANCELLED)
    elif end.how != DONE:
        st.error(plain(f"{job.what}: {end.says}"))
    elif job.task.do == MAKE:
        st.success(plain(said.made(end.pack, job.what)))
        whole_archive(end.pack, "pack-made-zip")
    elif job.task.do == REBUILD:
        _made_again(job)
    elif job.task.do == CHECK:
        st.success(plain(end.differs[0])) if end.same else st.warning(plain(end.differs[0]))
        for sentence in end.differs[1:]:
            st.write(plain(sentence))


def _made_again(job: Job) -> None:
    assert job.ended is not None
    sentence = plain(said.same_again(job.ended.pack, job.ended.same, job.ended.differs))
    if job.ended.same:
        st.success(sentence)
        return
    st.warning(sentence)
    archive = rebuilt(job.folder)
    if archive.is_file():
        st.download_button(
            "Download what was made now (zip)",
            archive.read_bytes(),
            file_name=f"pack-{job.ended.pack}-made-again.zip",
            mime="application/zip",
            key="pack-made-again",
            on_click="ignore",
        )


# ── The pages, as pictures ───────────────────────────────────────────────────────────────────────


def _pages(asked: PackAsked | None) -> None:
    """One page at a time of the last look of this tab."""
    job = session.workshop().job(st.session_state.get(LOOKED, ""))
    if job is None or job.ended is None or job.ended.how != DONE:
        return
    st.header("The pages")
    if asked is None or not _same_choice(job, asked):
        st.caption(said.EARLIER_CHOICE)
    _page(job, job.ended.pages)


def _same_choice(job: Job, asked: PackAsked) -> bool:
    """Whether the pages are of what is chosen now, whatever the moment and whoever asks."""
    now = asked_as_json(replace(asked, who=""))
    then = {**job.task.asked, "who": ""}
    return {**now, "clock": ""} == {**then, "clock": ""}


@st.fragment
def _page(job: Job, pages: int) -> None:
    key = f"pack-page-{job.key}"
    number = int(st.number_input(f"Page, of {pages}", 1, pages, key=key))
    with st.container(horizontal=True):
        turn = partial(_turn, key, pages)
        st.button("Page before", key=f"{key}-before", on_click=turn, args=(UP,), disabled=number == 1)
        st.button("Next page", key=f"{key}-next", on_click=turn, args=(DOWN,), disabled=number == pages)
    file = picture(job.folder, number)
    if not file.is_file():
        st.write("The pictures are gone. Look at the pages again.")
        return
    st.image(file.read_bytes(), alt=said.page_alt(number, pages, pack_kind(str(job.task.asked["kind"])).title))


def _turn(key: str, pages: int, by: int) -> None:
    st.session_state[key] = min(max(int(st.session_state[key]) + by, 1), pages)
