"""Our own letters: wording in templates and replies, what to say instead, and what was decided. Templates first."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analysis.model import Audience
from analysis.model.letters import LETTER_KINDS, SUGGESTED, LetterFinding, LettersRead
from dashboard import letters as ours
from dashboard import session
from dashboard.charts.letters import findings_table, kinds_table, letters_table
from dashboard.how.letters import of_reading_ages, of_wordings
from dashboard.widgets.correcting import your_name
from dashboard.widgets.figures import download, figures_table
from dashboard.widgets.letters import sentence_card
from dashboard.widgets.problems import problem_list
from dashboard.words import letters as words
from dashboard.words import plain
from data.columns.faults import UnreadableFile
from data.embedding import NoModel
from data.generation import StoreError
from data.letters.files import columns_of
from data.letters.kept import KeptLetter, Letters
from data.letters.note import staff_note
from data.letters.reading import Given
from data.letters.safety import ENDINGS, TABLE
from data.settings import SettingsError

READ_NOW = "letters-read-now"  # what this tab read last: problems, and findings that are not kept
PLACE, ROUND = "letters-from", "letters-round"
AT_A_TIME, LISTED = 8, 50
WORK_OUT = "work it out"
EVERY = "every kind"
ASIDE, PERHAPS = "set aside", "in other words, perhaps"
STILL, DONE_WITH = "to be decided or changed", "all of them"
OFFERED = ("docx", "pdf", "html", "htm", "txt", "md", "csv", "xlsx")
REGISTER_ENDINGS = ("csv", "xlsx")
LARGEST_SHOWN = 100  # MB: a table of replies may be large; data/letters/safety.py refuses a letter of more than 20


SUGGEST = "Also suggest sentences that may say the same in other words"
SUGGEST_HELP = "By meaning, not by phrases: finds more, is wrong more often, and takes a minute or two for a thousand."


def show() -> None:
    """Draw the part."""
    st.header(words.TITLE)
    st.write(plain(words.ABOUT))
    asked = session.selection()
    if asked is not None and asked.audience is not Audience.INTERNAL:
        st.write(plain(words.OUTSIDE))
        return
    store = session.store()
    held = ours.letters_in_use(session.settings())
    kept = session.letters_kept()
    _bring_in(first=not kept)
    now: LettersRead | None = st.session_state.get(READ_NOW)
    if store.kind == "sample" and now is not None and now.letters:
        st.warning(plain(ours.NOT_KEPT))
        _found(ours.not_kept(now), None)
    elif kept:
        _found(kept, held)
    elif store.kind == "sample":
        _offer_invented()
    _note()
    st.caption(plain(words.LIMITS))


# ── Bringing letters in ──────────────────────────────────────────────────────────────────────────


def _bring_in(first: bool) -> None:
    with st.expander("Read letters", expanded=first, key=f"letters-in-{first}"):
        turn = st.session_state.get(ROUND, 0)
        files = st.file_uploader(
            "Templates first: Word, PDF with text in it, web pages or text. Replies may be a column of a table.",
            type=list(OFFERED),
            accept_multiple_files=True,
            max_upload_size=LARGEST_SHOWN,
            key=f"letters-files-{turn}",
        )
        kind = st.radio("They are", (WORK_OUT, *LETTER_KINDS), key="letters-kind", horizontal=True)
        column = _column(files)
        register = st.file_uploader(
            "Your list of templates, if there is one: code, name, owner, number sent",
            type=list(REGISTER_ENDINGS),
            max_upload_size=LARGEST_SHOWN,
            key=f"letters-register-{turn}",
        )
        suggest = st.checkbox(SUGGEST, key="letters-suggest", help=SUGGEST_HELP)
        who = your_name("letters-who")
        if st.button("Read them", key="letters-read", disabled=not files):
            _read(files, "" if kind == WORK_OUT else kind, column, register, who, suggest)
    read: LettersRead | None = st.session_state.get(READ_NOW)
    if read is not None:
        st.success(plain(words.read_sentence(read.letters)))
        if read.problems:
            problem_list(read.problems, "letters")


def _column(files: Sequence[UploadedFile]) -> str:
    """Which column of a table holds the letters, asked only where a table is there."""
    tables = [file for file in files if ENDINGS.get(Path(file.name).suffix.lower()) == TABLE]
    if not tables:
        return ""
    try:
        with TemporaryDirectory(prefix="tenant-voice-") as folder:
            headings = columns_of(_saved(tables[0], Path(folder), 0).path, tables[0].name)
    except UnreadableFile:
        return ""  # what is wrong with it is told when it is read
    return st.selectbox("The column that holds the letters", headings, key="letters-column") or ""


def _read(
    files: Sequence[UploadedFile], kind: str, column: str, register: UploadedFile | None, who: str, suggest: bool
) -> None:
    """Read what was brought in, and keep it where it may be kept."""
    suggesting = ours.suggesting(session.settings()) if suggest else None
    if isinstance(suggesting, NoModel):
        st.error(plain(suggesting.why))
        return
    with TemporaryDirectory(prefix="tenant-voice-") as folder, st.spinner("Reading …"):
        given = [_saved(file, Path(folder), n) for n, file in enumerate(files)]
        listed = _saved(register, Path(folder), len(given)) if register else None
        try:
            found = ours.read(given, kind, column, listed, suggest=suggesting)
            if session.store().kind != "sample":
                ours.keep(session.settings(), found, who)
        except UnreadableFile as fault:
            problem_list(fault.problems, "letters-register")
            return
        except (StoreError, SettingsError) as fault:
            st.error(plain(fault))
            return
    st.session_state[READ_NOW] = found
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.session_state.pop(PLACE, None)
    st.rerun()


def _saved(file: UploadedFile, folder: Path, n: int) -> Given:
    """An uploaded file under a name of ours, with the name it came with beside it."""
    path = folder / f"{n}{Path(file.name).suffix.lower()}"
    file.seek(0)
    with path.open("wb") as out:
        shutil.copyfileobj(file, out)
    return Given(path, file.name)


def _offer_invented() -> None:
    st.write("Nothing has been read yet. To look round first, read five letters that were made up for this landlord.")
    if st.button("Read the invented letters", key="letters-invented"):
        ours.keep_invented(session.settings())
        st.rerun()


# ── What was found ───────────────────────────────────────────────────────────────────────────────


def _found(kept: Sequence[KeptLetter], held: Letters | None) -> None:
    read = [each.read for each in kept]
    titles = ours.kind_titles()
    st.subheader(plain(words.found_sentence(read)))
    for sentence in filter(None, (words.read_sentence(read), words.sent_sentence(read))):
        st.write(plain(sentence))
    about = "How many wordings of each kind stand in templates and in replies"
    figures_table(kinds_table(kept, titles), about, "letters-kinds", how=of_wordings())
    _letters(kept, held)
    _wordings(kept, held)
    about = "Wordings found in our own letters. No author is named; see the note for staff."
    fold = st.expander("The list as a file", key="letters-file", on_change="rerun")
    if fold.open:  # thousands of wordings make a large file: made only where it is asked for
        with fold:
            download(findings_table(kept, titles), about, "our-letters", "Download every wording (CSV)")


def _letters(kept: Sequence[KeptLetter], held: Letters | None) -> None:
    """Each letter with its reading age, templates first; and forgetting one."""
    read = [each for each in kept if not each.read.skipped]
    fold = st.expander("The letters, and how hard they are to read", key="letters-list", on_change="rerun")
    if not fold.open:
        return
    with fold:
        about = "Each letter with its reading age, templates first"
        figures_table(letters_table(read[:LISTED]), about, "letters-read", how=of_reading_ages())
        if len(read) > LISTED:
            st.caption(plain(f"The first {LISTED} of {words.how_many(len(read), 'letter', 'letters')}."))
        download(letters_table(read), "Our own letters and their reading ages", "letters-read", "Download these (CSV)")
        if held is None:
            return
        names = {each.read.key: words.letter_name(each.read) for each in kept}
        chosen = st.selectbox("Forget a letter", list(names), format_func=lambda key: plain(names[key]), index=None)
        who = your_name("letters-forget-who")
        if chosen and st.button("Forget it, and every sentence kept of it", key="letters-forget"):
            try:
                held.forget(chosen, who)
            except StoreError as fault:
                st.error(plain(fault))
                return
            st.session_state.pop(READ_NOW, None)
            st.rerun()


def _wordings(kept: Sequence[KeptLetter], held: Letters | None) -> None:
    """The findings themselves, templates first, a page at a time."""
    titles = {EVERY: EVERY, **ours.kind_titles(), PERHAPS: PERHAPS, ASIDE: ASIDE}
    kind = st.selectbox("Kind of wording", list(titles), format_func=titles.__getitem__, key="letters-of-kind")
    which = DONE_WITH
    if held is not None:
        which = st.radio("Show", (STILL, DONE_WITH), key="letters-which", horizontal=True) or STILL
    chosen = _sentences(kept, kind, which == STILL)
    if not chosen:
        st.write("There are none.")
    start = min(st.session_state.get(PLACE, 0), max(0, len(chosen) - 1))
    for letter, findings in chosen[start : start + AT_A_TIME]:
        sentence_card(letter, findings, ours.kind_titles(), held)
    if chosen:
        st.caption(plain(words.shown_of(start, min(start + AT_A_TIME, len(chosen)), len(chosen))))
    back, on = st.columns(2)
    if start:
        back.button("Sentences before these", on_click=_go_to, args=(max(0, start - AT_A_TIME),), key="letters-back")
    if start + AT_A_TIME < len(chosen):
        on.button("More sentences", on_click=_go_to, args=(start + AT_A_TIME,), key="letters-on")


def _sentences(kept: Sequence[KeptLetter], kind: str, still: bool) -> list[tuple[KeptLetter, list[LetterFinding]]]:
    """Each sentence with the wordings of the kind in it; ``still``: only those that still need somebody."""
    found: dict[tuple[str, str, str], tuple[KeptLetter, list[LetterFinding]]] = {}
    for letter in kept:
        for finding in _of_kind(letter, kind):
            if not (still and not words.is_open(letter.standing(finding))):
                key = (letter.read.key, finding.place, finding.sentence)
                found.setdefault(key, (letter, []))[1].append(finding)
    return list(found.values())


def _of_kind(letter: KeptLetter, kind: str) -> list[LetterFinding]:
    if kind in (ASIDE, PERHAPS):
        return [each for each in letter.read.asides if (each.aside == SUGGESTED) == (kind == PERHAPS)]
    return [each for each in letter.read.findings if kind in (EVERY, each.kind)]


def _go_to(place: int) -> None:
    st.session_state[PLACE] = place


def _note() -> None:
    """The note for staff goes wherever the findings go."""
    with st.expander("A note for staff, to go with the findings", key="letters-note"):
        st.markdown(staff_note().split("\n", 1)[1])
        st.download_button(
            "Download the note", staff_note(), "note-for-staff.md", "text/markdown", key="letters-note-file",
            on_click="ignore",
        )  # fmt: skip
