"""Bringing a file in: look at it, put the mapping right, answer what only the analyst knows, check, publish."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analysis.model import Problem
from dashboard import actions, session, words
from dashboard.pages.asking import EVERY_SHEET, asked, asked_facts, sheet_named
from dashboard.pages.replies import CHARACTERISTIC, COMMENT, NOT_USED, Said, with_column
from dashboard.widgets.doing import tell
from dashboard.widgets.problems import problem_list
from dashboard.widgets.progress import progress_bar
from dashboard.words import plain
from data.columns.items import is_item_field, item_fields
from data.columns.kinds import kind, kinds
from data.columns.mapping import Mapping, mapping_of
from data.columns.spellings import fields
from data.generation import StoreError
from data.intake import IntakeError, Proposal, Unanswered, kind_of
from data.registers import measures, reporting_years

DRAFT = "draft"  # where this tab keeps the file being brought in
ROUND = "files-published"
ENDINGS = ("csv", "tsv", "txt", "xlsx")
WHOLE = "whole"  # how a register of a kind says that each file replaces the one before
NEVER_KEPT = ("personal", "special")  # what intake calls columns it drops at the door
ORDINARY = {NOT_USED: "not used", CHARACTERISTIC: "a characteristic to divide by", COMMENT: "what tenants wrote"}


@dataclass
class Draft:
    """A file being brought in: where it lies, what has been said of it, and what has been found in it."""

    file_id: str
    name: str
    path: Path
    holds: str  # what kind of file it is
    said: Said = field(default_factory=dict)
    looked: tuple[str, Proposal | IntakeError] | None = None  # for what was said, what the file looks like
    checked: tuple[str, tuple[Problem, ...]] | None = None
    taken: bool = False  # this very file is in use already
    again: bool = False  # … and is to be taken in all the same
    same_names: tuple[str, tuple[str, ...]] | None = None  # for what was said, surveys held whose place it would take
    replace: bool = False  # … and is to take

    @property
    def mark(self) -> str:
        """Changes with everything said, so that what was found before is looked for again."""
        return json.dumps([self.holds, self.said], sort_keys=True)

    @property
    def mapping(self) -> Mapping:
        return mapping_of(self.said, "your answers")


def bring_in() -> None:
    """Draw the steps for one file."""
    st.header("Bring in a file")
    uploaded = st.file_uploader(
        "A file as your agency or your housing system gave it: Excel or CSV",
        type=list(ENDINGS),
        key=f"upload-{_round()}",
    )
    if uploaded is None:
        _put_away()
        return
    draft = _draft(uploaded)
    _choose_kind(draft)
    found = _look(draft)
    if isinstance(found, IntakeError):
        problem_list(found.problems, "stopping")
        _sheet_again(draft)
        return
    _how_read(draft, found)
    _columns(draft, found)
    if draft.holds == actions.SURVEY:
        _say(draft, asked_facts(draft.said, found.mapping.wave))
    _say(draft, asked(draft.said, found.asks))
    if found.problems:
        problem_list(found.problems, "stopping")
    if found.ready:
        _check_and_publish(draft)


def _round() -> int:
    """How many files this tab has published: a new uploader, empty, for each."""
    return int(st.session_state.get(ROUND, 0))


def under_way() -> bool:
    """Whether a file is being brought in."""
    return DRAFT in st.session_state


# ── The file ─────────────────────────────────────────────────────────────────────────────────────


def _draft(uploaded: UploadedFile) -> Draft:
    """The draft of an uploaded file, copied once to a folder of this tab's own under a name of ours."""
    held: Draft | None = st.session_state.get(DRAFT)
    if held is None or held.file_id != uploaded.file_id:
        _put_away()
        path = Path(mkdtemp(prefix="tenant-voice-")) / f"upload{Path(uploaded.name).suffix.lower()}"
        with path.open("wb") as file:
            shutil.copyfileobj(uploaded, file)
        held = Draft(uploaded.file_id, uploaded.name, path, _recognised(path, uploaded.name))
        st.session_state[DRAFT] = held
    return held


def _recognised(path: Path, name: str) -> str:
    """The kind of file its headings look like; what cannot be opened is told by the look at it."""
    try:
        return kind_of(path, name)[0]
    except IntakeError:
        return actions.SURVEY


def _choose_kind(draft: Draft) -> None:
    """What the file holds: as recognised, unless the analyst says otherwise."""
    labels = {kind.key: kind.label for kind in kinds()}
    chosen = st.selectbox(
        "What the file holds", list(labels), list(labels).index(draft.holds), format_func=labels.__getitem__
    )
    st.caption(plain(kind(chosen).about))
    if chosen != draft.holds:
        draft.holds, draft.said = chosen, {}
        st.rerun()


def _put_away() -> None:
    """Remove the copy of the file before."""
    held: Draft | None = st.session_state.pop(DRAFT, None)
    if held is not None:
        shutil.rmtree(held.path.parent, ignore_errors=True)


def _look(draft: Draft) -> Proposal | IntakeError:
    """What the file looks like under what has been said, or why it cannot be read. Looked at once for each saying."""
    if draft.looked is None or draft.looked[0] != draft.mark:
        with st.spinner("Looking at the file …"):
            draft.looked = (draft.mark, _looked_at(draft))
    return draft.looked[1]


def _looked_at(draft: Draft) -> Proposal | IntakeError:
    try:
        return actions.look_at(draft.path, session.settings(), draft.mapping, name=draft.name, holds=draft.holds)
    except IntakeError as fault:
        return fault


def _sheet_again(draft: Draft) -> None:
    """After a fault that an answer caused: the way back."""
    if draft.said and st.button("Forget my answers about this file", key="forget"):
        draft.said = {}
        st.rerun()


def _how_read(draft: Draft, found: Proposal) -> None:
    st.write(plain(words.file_sentence(found.name, found.kind, found.rows, found.header_row, found.encoding)))
    if found.profile:
        st.write(plain(f"Recognised from an earlier file: the remembered mapping '{found.profile}' is used."))
    if len(found.sheets) > 1:
        sheets = (*found.sheets, *([] if draft.holds == actions.SURVEY else [EVERY_SHEET]))
        sheet = st.selectbox("Sheet", sheets, index=sheets.index(found.sheet), key="sheet", format_func=sheet_named)
        if sheet != found.sheet:
            _say(draft, {"sheet": sheet})
    for note in found.notes:
        st.write(plain(note))


def _say(draft: Draft, said: Said | None) -> None:
    """Keep what was said, if anything was, and look at the file anew."""
    if said is not None:
        draft.said = said
        st.rerun()


# ── The mapping ──────────────────────────────────────────────────────────────────────────────────


def _columns(draft: Draft, found: Proposal) -> None:
    """What each column is taken for, how it was recognised, and a way to put it right."""
    st.subheader("What each column is taken for")
    st.table(
        [
            {
                "Column": plain(line.heading),
                "Taken for": plain(_named(line.field, line.label)),
                "Because of": plain(line.how),
                "For example": plain(", ".join(line.samples)),
            }
            for line in found.proposed
        ],
        border="horizontal",
        alt="Each column of the file and what it is taken for",
    )
    with st.expander("Put a column right"), st.form("correct", border=False):
        heading = st.selectbox("Column", found.headings, key="correct-heading")
        choices = field_choices(draft.holds)
        taken_for = st.selectbox("Taken for", list(choices), format_func=choices.__getitem__, key="correct-field")
        if st.form_submit_button("Take it for that"):
            _say(draft, with_column(draft.said, heading, taken_for))


def _named(key: str, label: str) -> str:
    if key in NEVER_KEPT:
        return f"{label}: not kept"
    return f"{key[:4]} {label}" if key.startswith("TP") or is_item_field(key) else label


def field_choices(holds: str) -> dict[str, str]:
    """Everything a column of such a file can be taken for, by key: a survey's measures first, then the rest."""
    if holds != actions.SURVEY:
        return {NOT_USED: ORDINARY[NOT_USED]} | {each.key: each.label for each in kind(holds).fields}
    codes = {measure.code: f"{measure.code} {measure.title}" for measure in measures(reporting_years()[-1])}
    items = {key: f"{key[:4]} {label}" for key, label in item_fields().items()}
    return ORDINARY | codes | items | {key: each.label for key, each in fields().items() if not each.personal}


# ── Check and publish ────────────────────────────────────────────────────────────────────────────


def _check_and_publish(draft: Draft) -> None:
    st.subheader("Check and publish")
    _say_if_taken_already(draft)
    if st.button("Check every row", key="check"):
        _check(draft)
    if draft.checked and draft.checked[0] == draft.mark:
        problem_list(draft.checked[1], "checked")
    _say_if_in_place_of(draft)
    _say_if_in_place_of_all(draft)
    if st.button("Publish", key="publish", type="primary", disabled=draft.taken and not draft.again):
        _publish(draft)


def _say_if_taken_already(draft: Draft) -> None:
    """The very same file again: said, and taken only if the analyst means it."""
    since = actions.taken_already(draft.path, session.settings(), draft.holds)
    draft.taken = bool(since)
    draft.again = draft.taken and st.checkbox("Take it in once more", key="again")
    if since and not draft.again:
        st.warning(plain(f"This very file was taken in already, on {words.british_moment(since)}, and is in use."))


def _say_if_in_place_of(draft: Draft) -> None:
    """A survey of the same name from another file: replaced only if the analyst means it."""
    draft.replace = False
    if draft.same_names and draft.same_names[0] == draft.mark:
        st.warning(plain(words.in_place_of(draft.same_names[1])))
        draft.replace = st.checkbox("Put it in the place of the survey held", key="replace")


def _say_if_in_place_of_all(draft: Draft) -> None:
    """Of homes, people and teams there is one list: a new one takes the place of the one held."""
    held = session.generation()
    if kind(draft.holds).merge != WHOLE or held is None or held.kind == "sample":
        return
    if rows := held.held_rows()[draft.holds]:
        st.info(plain(words.in_place_of_all(kind(draft.holds).label, rows)))


def _check(draft: Draft) -> None:
    try:
        with progress_bar("Checking every row") as show:
            found, _ = actions.problems_of(
                draft.path, draft.mapping, session.settings(), name=draft.name, progress=show, holds=draft.holds
            )
    except IntakeError as fault:
        found = fault.problems
    draft.checked = (draft.mark, found)


def _publish(draft: Draft) -> None:
    try:
        with progress_bar("Taking the file in") as show:
            taken = actions.take_in(
                draft.path,
                draft.mapping,
                session.settings(),
                name=draft.name,
                progress=show,
                holds=draft.holds,
                again=draft.again,
                replace=draft.replace,
            )
    except actions.InPlaceOf as fault:
        draft.same_names = (draft.mark, fault.waves)
        st.rerun()
    except (IntakeError, Unanswered, StoreError) as fault:
        st.error(plain(fault))
        return
    tell(words.published(taken.file.name, taken.file.rows_in, taken.file.rows_kept, taken.comments))
    _put_away()
    st.session_state[ROUND] = _round() + 1
    st.rerun()
