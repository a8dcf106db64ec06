"""Packs kept: download each, make it again, check it against what is held, take it away."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from functools import partial

import streamlit as st

from analysis.model import Audience
from dashboard import packs, session
from dashboard.building import Task
from dashboard.building.task import CHECK, REBUILD
from dashboard.widgets.correcting import WHO
from dashboard.widgets.doing import do
from dashboard.widgets.working import begin
from dashboard.words import packs as said
from dashboard.words import plain
from data.generation import StoreError
from data.packs.kept import KeptPack

LISTED = 30  # on the page
FORMATS = {
    "pdf": ("PDF", "application/pdf"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("Workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def packs_kept(audiences: Sequence[Audience]) -> None:
    """The packs made for these audiences, newest first."""
    st.header("Packs made")
    found = [kept for kept in packs.history(session.store()) if Audience(kept.asked["audience"]) in audiences]
    if not found:
        st.write(said.NONE_KEPT)
    for number, kept in enumerate(found[:LISTED]):
        _one(kept, opened=number == 0)
    if len(found) > LISTED:
        st.caption(plain(f"The newest {LISTED} of {len(found)}; the command line lists every one."))


def whole_archive(number: int, key: str) -> None:
    """A button that saves everything of a kept pack; nothing where it has been taken away since."""
    try:
        kept = next((one for one in packs.history(session.store()) if one.number == number), None)
        archive = packs.archive_of(number, session.store()) if kept else b""
    except StoreError as fault:
        st.error(plain(fault))
        return
    if kept is not None:
        _download("Download everything (zip)", archive, f"{kept.kind}-{number}.zip", "application/zip", key)


def _one(kept: KeptPack, opened: bool) -> None:
    key = f"kept-{kept.number}"
    with st.container(border=True):
        st.markdown(f"**{plain(said.kept_title(kept))}**")
        st.write(plain(said.kept_facts(kept)))
        fold = st.expander(
            f"Download, make again or check pack {kept.number}", expanded=opened, key=key, on_change="rerun"
        )
        if fold.open:
            with fold:
                _downloads(kept, key)
                _again(kept, key)
                st.caption(plain(said.kept_marks(kept)))


def _downloads(kept: KeptPack, key: str) -> None:
    """A button for the whole archive and one for each document in it; the reason where the archive is not whole."""
    try:
        archive = packs.archive_of(kept.number, session.store())
    except StoreError as fault:
        st.error(plain(fault))
        return
    stem = f"{kept.kind}-{kept.number}"
    with st.container(horizontal=True), zipfile.ZipFile(io.BytesIO(archive)) as files:
        _download("Everything (zip)", archive, f"{stem}.zip", "application/zip", f"{key}-zip")
        for name in files.namelist():
            ending = name.rpartition(".")[2]
            if "/" not in name and ending in FORMATS:
                label, mime = FORMATS[ending]
                _download(label, files.read(name), f"{stem}.{ending}", mime, f"{key}-{ending}")


def _download(label: str, content: bytes, name: str, mime: str, key: str) -> None:
    st.download_button(label, content, file_name=name, mime=mime, key=key, on_click="ignore")


def _again(kept: KeptPack, key: str) -> None:
    busy = session.workshop().running() is not None
    who = st.session_state.get(WHO, "")
    with st.container(horizontal=True):
        if st.button("Make it again", key=f"{key}-again", disabled=busy):
            begin(Task(REBUILD, pack=kept.number), f"Pack {kept.number} again", who)
        if st.button("Check it", key=f"{key}-check", disabled=busy):
            begin(Task(CHECK, pack=kept.number), f"A check of pack {kept.number}", who)
    sure = st.checkbox(f"Take pack {kept.number} away for good", key=f"{key}-sure")
    if sure and st.button(f"Take pack {kept.number} away", key=f"{key}-remove", disabled=busy):
        do(partial(packs.remove, kept.number, session.store()), f"Pack {kept.number} is taken away.")
