"""Requests of an inspector or of somebody who asks for information: what was asked, by when, and what was sent.

Kept in a notebook beside the store, for the words of a question may hold personal details: they are never in the ledger
and are redacted before they leave. Nothing is written over: a request is what its lines add up to, and the last line of
each can be taken back.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from analysis.text.redaction import redact
from analysis.text.tidy import tidy
from data.corrections import name_given
from data.generation import NotHeld, StoreError
from data.language import load_redaction
from data.ledger import Ledger
from data.notebook import opened

REGISTER = Path(__file__).parents[1] / "reference" / "requests.toml"
ADD, CHANGE, SEND, CLOSE, OPEN_AGAIN = "add", "change", "send", "close", "open again"
WHAT_IT_SAID = {
    ADD: "added",
    CHANGE: "changed",
    SEND: "something was sent",
    CLOSE: "closed without an answer",
    OPEN_AGAIN: "opened again",
}
OPEN, SENT, CLOSED = STATES = ("to be answered", "sent", "closed without an answer")
LONGEST_QUESTION, LONGEST = 4_000, 200
LEDGER = "request"
_NOTEBOOK = """
create table if not exists lines (
    n integer primary key autoincrement, request integer not null, at text not null, who text not null,
    action text not null, detail text not null, taken_back_by text not null default '',
    taken_back_at text not null default ''
)
"""


class CannotRequest(StoreError):
    """What was said of a request means nothing; the message says what to do. Never holds a word of the question."""


@dataclass(frozen=True)
class RequestKind:
    """A kind of request. ``days`` 0: no rule sets its day; ``since``: from when the rule holds."""

    key: str
    title: str
    due: str
    before: str = ""
    days: int = 0
    since: date | None = None
    whom: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sent:
    """Something sent in answer: when, by whom (a name as given), which figures and files, of which pack and its seal.

    ``pack`` 0: no kept pack.
    """

    on: date
    who: str
    figures: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    pack: int = 0
    seal: str = ""


@dataclass(frozen=True)
class Request:
    """One request as it stands now. ``by_rule``: its day is set by the register and not by a person."""

    number: int
    question: str
    kind: str
    asked: date
    due: date
    by_rule: bool
    owner: str
    state: str = OPEN
    sent: tuple[Sent, ...] = ()
    why: str = ""

    def overdue(self, today: date) -> bool:
        """Whether it should have been answered before today."""
        return self.state == OPEN and self.due < today


@dataclass(frozen=True)
class Line:
    """One thing done to a request. ``changed``: what it said, by the name of each part."""

    n: int
    request: int
    at: str
    who: str
    action: str
    changed: Mapping[str, Any]
    taken_back_by: str = ""


@cache
def request_kinds() -> tuple[RequestKind, ...]:
    """The kinds of request there are, in the register's order."""
    with REGISTER.open("rb") as file:
        said = tomllib.load(file)["kind"]
    return tuple(RequestKind(key, **{**row, "sources": tuple(row.get("sources", ()))}) for key, row in said.items())


def request_kind(key: str) -> RequestKind:
    """The kind of that key. Raises CannotRequest naming those there are."""
    found = next((kind for kind in request_kinds() if kind.key == key), None)
    if found is None:
        raise CannotRequest(f"There is no request '{key}'. There are: {', '.join(k.key for k in request_kinds())}.")
    return found


def due_by_rule(key: str, asked: date) -> date | None:
    """The day a request is due by rule, None where a person has to give one.

    >>> due_by_rule("stairs", date(2027, 4, 1)), due_by_rule("stairs", date(2027, 3, 31))
    (datetime.date(2027, 5, 1), None)
    """
    kind = request_kind(key)
    holds = kind.days and (kind.since is None or asked >= kind.since)
    return asked + timedelta(days=kind.days) if holds else None


def question_to_show(question: str) -> str:
    """The words of a question as they may leave the landlord: personal details taken out."""
    return redact(tidy(question), load_redaction()).text


class Requests:
    """The requests of one store. Safe for many at once."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "requests.sqlite"
        self._ledger = Ledger(folder)

    def add(
        self,
        question: str,
        kind: str,
        asked: date,
        owner: str,
        who: str,
        due: date | None = None,
        now: datetime | None = None,
    ) -> Request:
        """Keep a request. ``due`` may be left out where a rule sets it. Raises CannotRequest with what is missing."""
        detail = _checked(question, kind, asked, due, owner)
        by = name_given(who)
        with opened(self._file, _NOTEBOOK) as notebook:
            notebook.execute("begin immediate")
            ((number,),) = notebook.execute("select coalesce(max(request), 0) + 1 from lines").fetchall()
            _write(notebook, number, by, ADD, detail, now)
            notebook.execute("commit")
        return self._done(number, ADD, by, now)

    def change(
        self,
        number: int,
        who: str,
        question: str,
        kind: str,
        asked: date,
        owner: str,
        due: date | None = None,
        now: datetime | None = None,
    ) -> Request:
        """Say anew what a request is. Raises CannotRequest as ``add``, NotHeld for a number there is not."""
        held = self.request(number)
        detail = _checked(question, kind, asked, due, owner)
        if detail == _checked(held.question, held.kind, held.asked, held.due, held.owner):
            raise CannotRequest("It says so already. Nothing was changed.")
        return self._add_line(number, CHANGE, detail, who, now)

    def send(
        self,
        number: int,
        who: str,
        on: date,
        figures: Sequence[str] = (),
        files: Sequence[str] = (),
        pack: int = 0,
        seal: str = "",
        now: datetime | None = None,
    ) -> Request:
        """Keep what was sent in answer: a kept pack, figures or files. Raises CannotRequest where nothing was."""
        held = self.request(number)
        chosen = tuple(dict.fromkeys(name.strip() for name in figures if name.strip()))
        named = tuple(dict.fromkeys(name.strip() for name in files if name.strip()))
        if not (chosen or named or pack):
            raise CannotRequest("Say what was sent: a kept pack, figures of it, or the names of files.")
        if any(len(name) > LONGEST for name in (*chosen, *named)):
            raise CannotRequest(f"A figure or file is named in up to {LONGEST} letters.")
        if on < held.asked:
            raise CannotRequest("It cannot have been sent before it was asked. Check both days.")
        detail = {"on": on.isoformat(), "figures": chosen, "files": named, "pack": pack, "seal": seal}
        return self._add_line(number, SEND, detail, who, now)

    def close(self, number: int, who: str, why: str, now: datetime | None = None) -> Request:
        """Close a request without an answer, with the reason. Raises CannotRequest without one."""
        if not why.strip() or len(why) > LONGEST:
            raise CannotRequest(f"Say why it is closed without an answer, in up to {LONGEST} letters.")
        if self.request(number).state == CLOSED:
            raise CannotRequest("It is closed already.")
        return self._add_line(number, CLOSE, {"why": why.strip()}, who, now)

    def open_again(self, number: int, who: str, now: datetime | None = None) -> Request:
        """Put a request back among those to be answered. Raises CannotRequest where it is one."""
        if self.request(number).state == OPEN:
            raise CannotRequest("It is among those to be answered already.")
        return self._add_line(number, OPEN_AGAIN, {}, who, now)

    def undo(self, number: int, who: str, now: datetime | None = None) -> Line:
        """Take the last thing done to a request back; the line stays in its history. Returns it.

        Raises NotHeld where there is nothing to take back.
        """
        by = name_given(who)
        with opened(self._file, _NOTEBOOK) as notebook:
            notebook.execute("begin immediate")
            last = notebook.execute(
                "select max(n) from lines where request = ? and taken_back_at = ''", (number,)
            ).fetchone()[0]
            if last is not None:
                said = (by, _moment(now), last)
                notebook.execute("update lines set taken_back_by = ?, taken_back_at = ? where n = ?", said)
            notebook.execute("commit")
        if last is None:
            raise NotHeld(f"Nothing of request {number} can be taken back.")
        self._ledger.record(LEDGER, {"request": number, "action": "undo", "line": last, "by": by}, now)
        return next(line for line in self.history(number) if line.n == last)

    def request(self, number: int) -> Request:
        """One request as it stands. Raises NotHeld where there is none of that number."""
        found = next((one for one in self.all() if one.number == number), None)
        if found is None:
            raise NotHeld(f"There is no request {number}.")
        return found

    def all(self, until: datetime | None = None) -> tuple[Request, ...]:
        """Every request as it stands: those to be answered first, by their day; then the rest, newest first.

        ``until``: as it stood at that moment, so that a pack made again says what it said.
        """
        found: dict[int, Request] = {}
        for line in self._lines(_moment(until) if until else ""):
            if line.taken_back_by:
                continue
            if line.action == ADD:
                found[line.request] = _added(line)
            elif line.request in found:
                found[line.request] = _after(found[line.request], line)
        waiting = sorted((one for one in found.values() if one.state == OPEN), key=lambda one: (one.due, one.number))
        others = sorted((one for one in found.values() if one.state != OPEN), key=lambda one: -one.number)
        return (*waiting, *others)

    def last_written(self) -> datetime | None:
        """When something was last written in the log or taken back; None where nothing ever was."""
        if not self._file.exists():
            return None
        with opened(self._file, _NOTEBOOK) as notebook:
            (last,) = notebook.execute("select max(max(at, taken_back_at)) from lines").fetchone()
        return datetime.fromisoformat(last) if last else None

    def history(self, number: int) -> tuple[Line, ...]:
        """Everything done to a request, newest first, what was taken back too."""
        return tuple(reversed([line for line in self._lines() if line.request == number]))

    # ── the work ─────────────────────────────────────────────────────────────────────────────────

    def _add_line(self, number: int, action: str, detail: Mapping[str, Any], who: str, now: datetime | None) -> Request:
        by = name_given(who)
        with opened(self._file, _NOTEBOOK) as notebook:
            _write(notebook, number, by, action, detail, now)
        return self._done(number, action, by, now)

    def _done(self, number: int, action: str, by: str, now: datetime | None) -> Request:
        self._ledger.record(LEDGER, {"request": number, "action": action, "by": by}, now)
        return self.request(number)

    def _lines(self, until: str = "") -> list[Line]:
        """Every line, oldest first; ``until`` a moment, only those written by then and taken back by then."""
        if not self._file.exists():
            return []
        with opened(self._file, _NOTEBOOK) as notebook:
            rows = notebook.execute(
                "select n, request, at, who, action, detail, taken_back_by, taken_back_at from lines order by n"
            ).fetchall()
        return [
            Line(n, request, at, who, done, json.loads(said), back if not until or back_at <= until else "")
            for n, request, at, who, done, said, back, back_at in rows
            if not until or at <= until
        ]


def _checked(question: str, kind: str, asked: date, due: date | None, owner: str) -> dict[str, Any]:
    """What a line of the notebook holds of a request. Raises CannotRequest with the remedy."""
    words, whose, known = " ".join(question.split()), " ".join(owner.split()), request_kind(kind)
    if not words or len(words) > LONGEST_QUESTION:
        raise CannotRequest(f"Write what is asked, in up to {LONGEST_QUESTION:,} letters.")
    if not whose or len(whose) > LONGEST:
        raise CannotRequest("An owner is needed: a person or a team.")
    by_rule = due_by_rule(kind, asked)
    day = due or by_rule
    if day is None:
        raise CannotRequest(f"Give the day it is due. {known.before or known.due}")
    if day < asked:
        raise CannotRequest("It cannot be due before it was asked. Check both days.")
    return {
        "question": words,
        "kind": known.key,
        "asked": asked.isoformat(),
        "due": day.isoformat(),
        "by_rule": day == by_rule,
        "owner": whose,
    }


def _write(notebook: Any, number: int, who: str, action: str, detail: Mapping[str, Any], now: datetime | None) -> None:
    said = (number, _moment(now), who, action, json.dumps(detail, ensure_ascii=False, sort_keys=True))
    notebook.execute("insert into lines (request, at, who, action, detail) values (?, ?, ?, ?, ?)", said)


def _moment(now: datetime | None) -> str:
    return (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")


def _added(line: Line) -> Request:
    said = line.changed
    return Request(
        line.request,
        str(said["question"]),
        str(said["kind"]),
        date.fromisoformat(said["asked"]),
        date.fromisoformat(said["due"]),
        bool(said["by_rule"]),
        str(said["owner"]),
    )


def _after(held: Request, line: Line) -> Request:
    """The request after one more line."""
    if line.action == CHANGE:
        return replace(_added(line), state=held.state, sent=held.sent, why=held.why)
    if line.action == SEND:
        said = line.changed
        sent = Sent(
            date.fromisoformat(said["on"]),
            line.who,
            tuple(said["figures"]),
            tuple(said["files"]),
            int(said["pack"]),
            str(said["seal"]),
        )
        return replace(held, state=SENT, sent=(*held.sent, sent), why="")
    if line.action == CLOSE:
        return replace(held, state=CLOSED, why=str(line.changed["why"]))
    return replace(held, state=OPEN, why="")
