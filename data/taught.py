"""What people taught: the comments they put right, for training a landlord's own heads on this computer.

Comments drawn for the blind check are left out: a reader that was taught them could no longer be checked by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, Protocol

from data.blind import Blind
from data.corrections import AMONG, TONE, TOPICS, Corrections
from data.generation import Generation
from data.language import reader_version
from data.readings import Readings
from data.voices import EVERY_TEXT


class Teachable(Protocol):
    """What is needed of the store."""

    folder: Path

    @property
    def readings_folder(self) -> Path: ...
    @property
    def vectors_folder(self) -> Path: ...
    def current(self) -> Generation | None: ...


class Taught(NamedTuple):
    """One comment as people say it is. None where nobody said anything of its tone, or of its topics."""

    text: str  # redacted
    question: str
    tone: str | None
    topics: Mapping[str, str] | None  # topic → polarity; empty: it is about none


def labelled_by_people(store: Teachable) -> list[Taught]:
    """Every comment whose tone or topics a person put right, in order of its key; nothing where none are held."""
    held = store.current()
    if held is None:
        return []
    readings = Readings(store.readings_folder, reader_version())
    said = Corrections(store.folder, readings).standing()
    keys = sorted(set(said) - Blind(store.folder, readings).keys())
    wanted = [key for key in keys if TONE in said[key] or TOPICS in said[key]]
    asked = (
        f"select g.text_key, any_value(g.redacted), any_value(t.question) from ({readings.select()}) g "
        f"join ({EVERY_TEXT}) t on t.text_key = g.text_key where g.{AMONG} group by 1 order by 1"
    )
    with closing(held):
        rows = held.rows(asked, [wanted])
    return [Taught(text, question or "", _tone(said[key]), _topics(said[key])) for key, text, question in rows]


def _tone(said: Mapping[str, object]) -> str | None:
    return str(said[TONE]) if TONE in said else None


def _topics(said: Mapping[str, object]) -> Mapping[str, str] | None:
    given = said.get(TOPICS)
    return dict(given) if isinstance(given, Mapping) else None
