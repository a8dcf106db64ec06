"""What people put right in the readings: kept in the ledger with who and when, applied at once, and undone.

The ledger holds codes and never words. What is left of a comment after a person took more out of it, which is words
without personal details, stands beside it under its digest. ``corrected.parquet`` is made anew from both each time, for
the readings of whichever reader is in use.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from sqlite3 import Connection, OperationalError
from types import MappingProxyType
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.hiding import NotThere, both_hidden, hidden, only_hides
from analysis.model import UNSURE
from data.generation import NotHeld, StoreError
from data.language import REFERENCE
from data.ledger import Entry, Ledger
from data.notebook import opened
from data.readings import SCHEMA, Readings
from data.registers import topic_titles

TONE, TOPICS, DANGER, TOLD, REDACTION = PARTS = ("tone", "topics", "danger", "told", "redaction")
CORRECT, TAKE_BACK = "correct reading", "take back correction"
LONGEST_NAME = 80
REGISTERS = ("correcting", "topics", "hazards", "redaction")
AMONG = "text_key in (select unnest(?::varchar[]))"  # a condition for many keys at once
_NOTEBOOK = "create table if not exists left_over (digest text primary key, text text not null)"
_SCHEMA = pa.schema(
    [
        *(SCHEMA.field(name) for name in ("text_key", "redacted", "tone", "topics", "danger", "told")),
        ("no_danger", pa.bool_()),
        ("not_told", pa.bool_()),
        ("corrected", pa.list_(pa.string())),
    ]
)


class CannotCorrect(StoreError):
    """A correction that means nothing or may not be; the message says what to do. Never holds a tenant's words."""


@dataclass(frozen=True)
class Correction:
    """One thing put right. ``before`` and ``after`` are codes; of a redaction how many words were left."""

    n: int  # its line in the ledger
    at: str
    who: str  # a name as given
    text_key: str
    what: str
    before: object
    after: object
    taken_back_by: str = ""


@dataclass(frozen=True)
class Choices:
    """What a person may say of a comment, code → words: the register correcting.toml, the topics and the marks."""

    tones: Mapping[str, str]
    polarities: Mapping[str, str]
    severities: Mapping[str, str]
    dangers: Mapping[str, str]
    sources: Mapping[str, str]
    forms: Mapping[str, str]
    topics: Mapping[str, str]
    marks: Mapping[str, str]  # kind of detail → the mark that stands for it


def choices(folder: Path = REFERENCE) -> Choices:
    """Everything that may be chosen, the landlord's own topics too."""
    return replace(_choices(folder), topics=topic_titles())


@cache
def _choices(folder: Path) -> Choices:
    said, topics, hazards, redaction = (_toml(folder / f"{name}.toml") for name in REGISTERS)
    return Choices(
        **{name: MappingProxyType(rows) for name, rows in said.items()},
        dangers=MappingProxyType({code: row["title"] for code, row in hazards.items() if "hhsrs" in row}),
        topics=MappingProxyType({code: row["title"] for code, row in topics.items()}),
        marks=MappingProxyType(redaction["brackets"]),
    )


def _toml(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


class Corrections:
    """What was put right in the readings of one store. Safe for many at once: one correction at a time."""

    def __init__(self, folder: Path, readings: Readings) -> None:
        self._ledger = Ledger(folder)
        self._notebook = folder / "corrections.sqlite"
        self._readings = readings

    def correct(self, text_key: str, what: str, after: object, who: str, now: datetime | None = None) -> Correction:
        """Put one part of a reading right, for every comment of the same words, and apply it at once.

        ``after``: a tone; topic → polarity; {"kinds", "severity", "vulnerable"} or None for a danger; {"sources",
        "forms"} or None for being judged; for a redaction the text with more taken out. Raises CannotCorrect, NotHeld
        where no such text has been read.
        """
        by = name_given(who)
        with self._one_at_a_time() as notebook:
            shown = self._shown(text_key)
            if what not in PARTS:
                raise CannotCorrect(f"'{what}' cannot be put right. There are: {', '.join(PARTS)}.")
            meant = _checked(what, after, shown[what])
            if meant == shown[what]:
                raise CannotCorrect("It says so already. Nothing was changed.")
            entry = self._record(notebook, text_key, what, shown[what], meant, by, now)
            self._write(notebook)
        return _correction(entry)

    def hide(self, text_key: str, words: str, kind: str, who: str, now: datetime | None = None) -> Correction:
        """Take these words out of a comment, wherever they stand in it; ``kind`` says which mark then stands there.

        Raises CannotCorrect where they do not stand there or there is no such kind, NotHeld as ``correct``.
        """
        marks = choices().marks
        if kind not in marks:
            raise CannotCorrect(f"There is no mark for '{kind}'. There are: {', '.join(marks)}.")
        try:
            after = hidden(str(self._shown(text_key)[REDACTION]), words, marks[kind], marks.values())
        except NotThere as fault:
            raise CannotCorrect(str(fault)) from fault
        return self.correct(text_key, REDACTION, after, who, now)

    def take_back(self, n: int, who: str, now: datetime | None = None) -> Correction:
        """Undo one correction; the one before it stands again, or else what the reader read.

        Raises NotHeld where there is no such correction, CannotCorrect where it was taken back before.
        """
        by = name_given(who)
        with self._one_at_a_time() as notebook:
            one = next((each for each in self.history() if each.n == n), None)
            if one is None:
                raise NotHeld(f"There is no correction {n}.")
            if one.taken_back_by:
                raise CannotCorrect(f"Correction {n} was taken back before, by {one.taken_back_by}.")
            self._ledger.record(TAKE_BACK, {"correction": n, "text_key": one.text_key, "who": by}, now)
            self._write(notebook)
        return one

    def history(self, text_key: str | None = None) -> tuple[Correction, ...]:
        """Every correction, or those of one text, newest first; those taken back say by whom."""
        lines = self._ledger.of(CORRECT, TAKE_BACK)
        back = {line.detail["correction"]: str(line.detail["who"]) for line in lines if line.action == TAKE_BACK}
        found = [_correction(line, back.get(line.n, "")) for line in lines if line.action == CORRECT]
        return tuple(reversed([one for one in found if text_key in (None, one.text_key)]))

    def standing(self) -> Mapping[str, Mapping[str, object]]:
        """What stands now: text → part → what a person said of it. Of a redaction its digest, never words."""
        return {key: dict(said) for key, said in _standing(self._ledger).items()}

    def apply(self) -> None:
        """Make ``corrected.parquet`` anew: after another reader has read the comments again."""
        if self._ledger.of(CORRECT):
            with self._one_at_a_time() as notebook:
                self._write(notebook)

    # ── the work ─────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def _one_at_a_time(self) -> Iterator[Connection]:
        """The notebook, while nobody else corrects. What is written in it stands at once, before the ledger's line."""
        lock = self._notebook.with_suffix(".lock")
        with opened(lock, "") as alone, opened(self._notebook, _NOTEBOOK) as notebook:
            try:
                alone.execute("begin exclusive")
            except OperationalError as error:
                raise CannotCorrect("Somebody else is putting something right. Try again in a moment.") from error
            try:
                yield notebook
            finally:
                alone.execute("rollback")

    def _shown(self, text_key: str) -> dict[str, Any]:
        """What a face shows of a text now, part by part. Raises NotHeld where it has not been read."""
        asked = (
            f"select redacted, case when confidence < {UNSURE} then 'unsure' else tone end, topics, danger, told "
            f"from ({self._readings.select()}) where text_key = ?"
        )
        with closing(duckdb.connect()) as connection:
            row = connection.execute(asked, [text_key]).fetchone()
        if row is None:
            raise NotHeld("No comment of that key has been read.")
        redacted, tone, topics, danger, told = row
        return {
            REDACTION: redacted,
            TONE: tone,
            TOPICS: {each["topic"]: each["polarity"] for each in topics or ()},
            DANGER: danger and {name: danger[name] for name in ("kinds", "severity", "vulnerable")},
            TOLD: told and {name: told[name] for name in ("sources", "forms")},
        }

    def _record(
        self, notebook: Connection, text_key: str, what: str, before: Any, after: Any, who: str, now: datetime | None
    ) -> Entry:
        if what == REDACTION:
            digest = _digest(after)
            notebook.execute("insert or ignore into left_over values (?, ?)", (digest, after))
            before, after = {"words": len(before.split())}, {"words": len(after.split()), "digest": digest}
        done = {"text_key": text_key, "what": what, "who": who, "before": before, "after": after}
        return self._ledger.record(CORRECT, done, now)

    def _write(self, notebook: Connection) -> None:
        """Write what stands now, whole or not at all; with nothing to put right there is no file."""
        standing = _standing(self._ledger)
        texts = dict(notebook.execute("select digest, text from left_over").fetchall())
        read = self._as_read([key for key, said in standing.items() if REDACTION in said])
        rows = [_row(key, said, texts, read.get(key)) for key, said in sorted(standing.items())]
        file = self._readings.corrected
        if not rows:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_name(f".{file.name}.unfinished")
        pq.write_table(pa.Table.from_pylist(rows, schema=_SCHEMA), unfinished)
        with unfinished.open("rb+") as written:
            os.fsync(written.fileno())
        unfinished.replace(file)

    def _as_read(self, keys: list[str]) -> dict[str, str]:
        """These texts as the reader in use redacted them."""
        if not keys:
            return {}
        asked = f"select text_key, redacted from ({self._readings.as_read()}) where {AMONG}"
        with closing(duckdb.connect()) as connection:
            return dict(connection.execute(asked, [keys]).fetchall())


def name_given(who: str) -> str:
    """A name typed by hand, tidied. Raises CannotCorrect where there is none, or it is no name."""
    name = " ".join(who.split())
    if not name or len(name) > LONGEST_NAME:
        raise CannotCorrect("A name is needed: who says so. It is shown as given.")
    return name


def _standing(ledger: Ledger) -> dict[str, dict[str, object]]:
    """The last correction of each part of each text that was not taken back."""
    lines = ledger.of(CORRECT, TAKE_BACK)
    back = {line.detail["correction"] for line in lines if line.action == TAKE_BACK}
    found: dict[str, dict[str, object]] = {}
    for line in lines:
        if line.action == CORRECT and line.n not in back:
            found.setdefault(str(line.detail["text_key"]), {})[str(line.detail["what"])] = line.detail["after"]
    return found


def _correction(line: Entry, taken_back_by: str = "") -> Correction:
    said = line.detail
    return Correction(
        line.n,
        line.at,
        str(said["who"]),
        str(said["text_key"]),
        str(said["what"]),
        said["before"],
        said["after"],
        taken_back_by,
    )


def _row(key: str, said: Mapping[str, Any], texts: Mapping[str, str], read: str | None) -> dict[str, object]:
    """One line of corrected.parquet."""
    topics, danger, told = said.get(TOPICS), said.get(DANGER), said.get(TOLD)
    none: dict[str, object] = {"spans": [], "reasons": [], "confidence": 1.0}
    return {
        "text_key": key,
        "redacted": _left(texts.get(said[REDACTION]["digest"]), read) if REDACTION in said else None,
        "tone": said.get(TONE),
        "topics": None
        if topics is None
        else [{"topic": topic, "polarity": polarity, **none} for topic, polarity in topics.items()],
        "danger": danger and {**danger, **none},
        "told": told and {**told, **none},
        "no_danger": DANGER in said and danger is None,
        "not_told": TOLD in said and told is None,
        "corrected": [part for part in PARTS if part in said],
    }


def _left(after: str | None, read: str | None) -> str | None:
    """What a person left of a text, less what the reader in use takes out besides; None where that is the reader's."""
    if after is None or read is None:
        return after
    marks = choices().marks.values()
    left = after if only_hides(read, after, marks) else both_hidden(after, read, marks)
    return None if left == read else left


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


# ── What may be said ─────────────────────────────────────────────────────────────────────────────


def _checked(what: str, after: Any, before: Any) -> Any:
    """The value meant, in the order of the register. Raises CannotCorrect naming what was found."""
    known = choices()
    if what == TONE:
        return _one_of("tone", after, known.tones)
    if what == REDACTION:
        if not isinstance(after, str) or not only_hides(before, after, known.marks.values()):
            raise CannotCorrect("More may be taken out of a comment; nothing may be put back or written in.")
        return after
    if after is None and what in (DANGER, TOLD):
        return None
    if not isinstance(after, Mapping):
        raise CannotCorrect(f"Say the {what} as names with their values, not as {type(after).__name__}.")
    if what == TOPICS:
        said = {_one_of("topic", t, known.topics): _one_of("polarity", p, known.polarities) for t, p in after.items()}
        return {topic: said[topic] for topic in known.topics if topic in said}
    if what == DANGER:
        return {
            "kinds": _some("danger", after.get("kinds"), known.dangers),
            "severity": _one_of("severity", after.get("severity"), known.severities),
            "vulnerable": bool(after.get("vulnerable")),
        }
    return {
        "sources": _some("source", after.get("sources"), known.sources),
        "forms": _some("form", after.get("forms"), known.forms),
    }


def _some(name: str, said: Any, known: Mapping[str, str]) -> list[str]:
    if not said or isinstance(said, str):
        raise CannotCorrect(f"Name at least one {name}: {', '.join(known)}.")
    for each in said:
        _one_of(name, each, known)
    return [code for code in known if code in said]


def _one_of(name: str, said: Any, known: Mapping[str, str]) -> str:
    if not isinstance(said, str) or said not in known:
        raise CannotCorrect(f"There is no {name} '{said}'. There are: {', '.join(known)}.")
    return said
