"""What this tab asks, and every cache. Keys are a fingerprint of the data and a Question; never a table of rows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from analysis.model import WHOLE_LANDLORD, Comment, Findings, Question, Voices
from dashboard import actions, answers, look
from data import voices as spoken
from data.generation import Generation
from data.settings import Settings, read_settings
from data.store import Store

ASKED = "question"  # where this tab keeps what is asked
SEVERAL, MANY = 4, 256  # generations held open; answers remembered


@st.cache_resource(max_entries=1, show_spinner=False)
def settings() -> Settings:
    """Where things are; read once when the server starts."""
    return read_settings()


def store() -> Store:
    """The store the pages read: the landlord's own once anything is in it, else the invented one."""
    return actions.store_in_use(settings())


def generation() -> Generation | None:
    """The generation in use now, or None where nothing is loaded. A publish by anyone is seen at the next rerun."""
    chosen = store()
    name = chosen.current_name()
    if name is None:
        return None
    file = chosen.generations_folder / name
    return _opened(str(chosen.folder), chosen.kind, name, file.stat().st_mtime_ns if file.is_file() else 0)


@st.cache_resource(max_entries=SEVERAL, show_spinner=False, on_release=lambda held: held.close())
def _opened(folder: str, kind: str, name: str, written: int) -> Generation:
    """One generation file, held open for reading. ``written`` tells a file from an earlier one of the same name."""
    return Store(Path(folder), kind).opened(name)  # by name: the pointer may have moved on since it was read


def let_go() -> None:
    """Close every generation held open, so that its file can be taken away."""
    _opened.clear()


# ── The question ─────────────────────────────────────────────────────────────────────────────────


def ask(question: Question | None) -> None:
    """Remember what this tab asks; the filters say it on every rerun."""
    st.session_state[ASKED] = question


def question() -> Question | None:
    """What this tab asks, or None where nothing is loaded."""
    asked: Question | None = st.session_state.get(ASKED)
    return asked


def question_of(wave: str, group: str, compared_with: str | None, filters: dict[str, list[str]]) -> Question:
    """The question the filters say: empty filters are no filters."""
    return Question(
        wave=wave,
        tenure_group=group,
        scope=WHOLE_LANDLORD,
        compared_with=compared_with,
        filters=tuple((key, tuple(values)) for key, values in filters.items() if values),
    )


# ── Answers, remembered ──────────────────────────────────────────────────────────────────────────


def findings(asked: Question) -> Findings:
    """Everything the pages may quote about a question's measures."""
    held = _held()
    return _findings(held.fingerprint, asked, settings().smallest_base, held)


def voices(asked: Question) -> Voices:
    """What tenants wrote within a question, counted. Comparing does not change it, so it is not part of the key."""
    held, readings = _held(), actions.readings_of(store())
    mark = f"{held.fingerprint} {readings.fingerprint()}"
    return _voices(mark, replace(asked, compared_with=None), settings().smallest_base, held, readings.select())


def comments(asked: Question, topic: str | None, tone: str | None, limit: int, offset: int) -> list[Comment]:
    """Comments without personal details, newest first. Not remembered: tenants' words stay in the store."""
    readings = actions.readings_of(store()).select()
    return spoken.comments(_held(), asked, readings, settings().smallest_base, topic, tone, limit, offset)


def unread() -> int:
    """How many different comments of the store nobody has read yet."""
    return spoken.unread_count(_held(), actions.readings_of(store()).select())


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _findings(fingerprint: str, asked: Question, smallest_base: int, _generation: Generation) -> Findings:
    return answers.answer(asked, _generation, smallest_base)


@st.cache_resource(max_entries=MANY, show_spinner=False)
def _voices(fingerprint: str, asked: Question, smallest_base: int, _generation: Generation, _readings: str) -> Voices:
    return answers.listen(asked, _generation, _readings, smallest_base)


def _held() -> Generation:
    held = generation()
    assert held is not None, "a page asks only where something is loaded"
    return held


def colours() -> look.Palette:
    """The colours of the page as this reader has it, light or dark."""
    return look.palette(st.context.theme.type)
