"""Findings in the landlord's letters, kept: the wording, who answers for it, what is to be done, and what was decided.

What was found stands in a notebook beside the store, redacted; what people decided in the ledger, names as given. Of a
letter only the sentences with a finding are kept. A letter read again under the same name takes the place of the last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from analysis.letters.reading import told_order
from analysis.model.letters import LETTER_KINDS, LetterFinding, LetterRead, ReadingAge
from analysis.text.redaction import details
from analysis.text.tidy import tidy
from data.generation import NotHeld, StoreError
from data.language import load_redaction
from data.ledger import Entry, Ledger
from data.notebook import opened

OPEN, AGREED, CHANGED, AS_IT_IS = STATES = ("to do", "wording agreed", "changed", "kept as it is")
READ, DECIDE, TAKE_BACK, FORGET = "read letters", "decide letter wording", "take back letter decision", "forget letter"
LONGEST_TEXT, LONGEST_NAME = 300, 80
_OF_AGE = ("value", "grade", "words", "sentences", "withheld")
_OF_LETTER = ("key", "name", "kind", "row", "long_sentences", "passive", "volume", "skipped")
_OF_FINDING = tuple(field.name for field in fields(LetterFinding))
_QUOTED = ", ".join(f'"{name}"' for name in _OF_FINDING)
_SCHEMA = f"""
create table if not exists letters (key text primary key, at text not null, name text not null, kind text not null,
    row integer, long_sentences integer, passive integer, volume integer, skipped text not null,
    {", ".join(f"age_{name}" for name in _OF_AGE)});
create table if not exists findings (letter text not null, n integer not null,
    {", ".join(f'"{name}"' for name in _OF_FINDING)}, primary key (letter, n));
"""


class CannotDecide(StoreError):
    """A decision that means nothing or may not be kept; the message says what to do."""


@dataclass(frozen=True)
class Decided:
    """What stands of one finding: who answers, what is to be done, how far it is. ``n`` is the line in the ledger."""

    owner: str
    action: str
    state: str = OPEN
    note: str = ""
    who: str = ""  # a name as given
    at: str = ""
    n: int = 0


@dataclass(frozen=True)
class KeptLetter:
    """A letter as it was read last, and what stands of each of its findings."""

    read: LetterRead
    at: str
    decided: Mapping[str, Decided]

    def standing(self, finding: LetterFinding) -> Decided:
        """What stands of a finding: what was decided, else what the register proposes."""
        return self.decided.get(finding.key, Decided(finding.owner, finding.action))


class Letters:
    """The letters of one store. Safe for many at once."""

    def __init__(self, folder: Path) -> None:
        self._ledger = Ledger(folder)
        self._notebook = folder / "letters.sqlite"

    def keep(self, read: Iterable[LetterRead], who: str, now: datetime | None = None) -> int:
        """Keep what was read, in place of what was kept of the same letters; how many.

        Raises CannotDecide without a name, or where two letters have the same name: one would take the other's place.
        """
        by = _name(who)
        at = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
        letters = list(read)
        if twice := [name for name, n in Counter(letter.key for letter in letters).items() if n > 1]:
            names = ", ".join(sorted({letter.name for letter in letters if letter.key in twice}))
            raise CannotDecide(
                f"Read twice under one name: {names}. Give each letter a name of its own; nothing was kept."
            )
        with opened(self._notebook, _SCHEMA) as notebook:
            notebook.execute("pragma secure_delete=on")  # what goes is overwritten
            notebook.execute("begin immediate")
            for letter in letters:
                _write(notebook, letter, at)
            notebook.execute("commit")
        kinds = {kind: sum(each.kind == kind for each in letters) for kind in LETTER_KINDS}
        skipped = sum(bool(each.skipped) for each in letters)
        self._ledger.record(READ, {"letters": len(letters), **kinds, "skipped": skipped, "who": by}, now)
        return len(letters)

    def mark(self) -> int:
        """Changes whenever anything is kept, decided, taken back or forgotten."""
        newest = self._ledger.entries(1)
        return newest[0].n if newest else 0

    def held(self) -> tuple[KeptLetter, ...]:
        """Every letter kept, templates before replies."""
        if not self._notebook.exists():
            return ()
        decided = self._standing()
        with opened(self._notebook, _SCHEMA) as notebook, closing(notebook.cursor()) as cursor:
            rows = cursor.execute(f"select {', '.join(_OF_LETTER)}, at, {_ages()} from letters").fetchall()
            found = cursor.execute(f"select letter, {_QUOTED} from findings order by letter, n").fetchall()
        of: dict[str, list[LetterFinding]] = {}
        for letter, *cells in found:
            of.setdefault(letter, []).append(LetterFinding(*cells))
        kept = [_letter(row, of.get(row[0], []), decided) for row in rows]
        return tuple(sorted(kept, key=lambda each: told_order(each.read)))

    def decide(
        self,
        finding: str,
        who: str,
        state: str,
        owner: str = "",
        action: str = "",
        note: str = "",
        now: datetime | None = None,
    ) -> Decided:
        """Say who answers for a finding, what is to be done, and how far it is.

        An empty owner or action leaves what stands. Raises CannotDecide with the reason, NotHeld where there is no
        such finding.
        """
        by, before = _name(who), self._of(finding)
        if state not in STATES:
            raise CannotDecide(f"Say how far it is: {', '.join(STATES)}.")
        owned, todo, why = (_text(*each) for each in (("owner", owner), ("action", action), ("reason", note)))
        if state == AS_IT_IS and not why:
            raise CannotDecide("Say why it is kept as it is.")
        after = replace(before, owner=owned or before.owner, action=todo or before.action, state=state, note=why)
        if (after.owner, after.action, after.state, after.note) == (
            before.owner, before.action, before.state, before.note,
        ):  # fmt: skip
            raise CannotDecide("It says so already. Nothing was changed.")
        said = {
            "finding": finding,
            "who": by,
            "owner": after.owner,
            "action": after.action,
            "state": state,
            "note": why,
        }
        return _decided(self._ledger.record(DECIDE, said, now))

    def take_back(self, n: int, who: str, now: datetime | None = None) -> None:
        """Undo one decision; the one before it stands again. Raises NotHeld, CannotDecide where it was before."""
        by = _name(who)
        lines = self._ledger.of(DECIDE, TAKE_BACK)
        if not any(line.n == n and line.action == DECIDE for line in lines):
            raise NotHeld(f"There is no decision {n}.")
        if any(line.action == TAKE_BACK and line.detail["decision"] == n for line in lines):
            raise CannotDecide("It was taken back before.")
        self._ledger.record(TAKE_BACK, {"decision": n, "who": by}, now)

    def forget(self, letter: str, who: str, now: datetime | None = None) -> None:
        """Forget a letter and every sentence kept of it. Raises NotHeld where it is not kept."""
        by = _name(who)
        if letter not in {each.read.key for each in self.held()}:
            raise NotHeld("No such letter is kept.")
        with opened(self._notebook, _SCHEMA) as notebook:
            notebook.execute("pragma secure_delete=on")  # what goes is overwritten
            notebook.execute("begin immediate")
            _remove(notebook, letter)
            notebook.execute("commit")
        self._ledger.record(FORGET, {"letter": letter, "who": by}, now)

    # ── the work ─────────────────────────────────────────────────────────────────────────────────

    def _of(self, finding: str) -> Decided:
        for letter in self.held():
            for each in (*letter.read.findings, *letter.read.asides):
                if each.key == finding:
                    return letter.standing(each)
        raise NotHeld("No such finding is kept: the letter may have been read again since.")

    def _standing(self) -> dict[str, Decided]:
        lines = self._ledger.of(DECIDE, TAKE_BACK)
        back = {line.detail["decision"] for line in lines if line.action == TAKE_BACK}
        return {
            str(line.detail["finding"]): _decided(line)
            for line in lines
            if line.action == DECIDE and line.n not in back
        }


def _ages() -> str:
    return ", ".join(f"age_{name}" for name in _OF_AGE)


def _write(notebook: Connection, letter: LetterRead, at: str) -> None:
    _remove(notebook, letter.key)
    said = [*(getattr(letter, name) for name in _OF_LETTER), at, *(getattr(letter.age, name) for name in _OF_AGE)]
    names = f"{', '.join(_OF_LETTER)}, at, {_ages()}"
    notebook.execute(f"insert into letters ({names}) values ({', '.join('?' * len(said))})", said)
    rows = [
        [letter.key, n, *(getattr(each, name) for name in _OF_FINDING)]
        for n, each in enumerate((*letter.findings, *letter.asides))
    ]
    marks = ", ".join("?" * (2 + len(_OF_FINDING)))
    notebook.executemany(f"insert into findings (letter, n, {_QUOTED}) values ({marks})", rows)


def _remove(notebook: Connection, letter: str) -> None:
    notebook.execute("delete from findings where letter = ?", (letter,))
    notebook.execute("delete from letters where key = ?", (letter,))


def _letter(row: tuple[Any, ...], found: list[LetterFinding], decided: Mapping[str, Decided]) -> KeptLetter:
    said = dict(zip(_OF_LETTER, row, strict=False))
    at, *age = row[len(_OF_LETTER) :]
    read = LetterRead(
        **said,
        age=ReadingAge(**dict(zip(_OF_AGE, age, strict=True))),
        findings=tuple(each for each in found if not each.aside),
        asides=tuple(each for each in found if each.aside),
    )
    return KeptLetter(read, at, {each.key: decided[each.key] for each in found if each.key in decided})


def _decided(line: Entry) -> Decided:
    said = {name: str(line.detail[name]) for name in ("owner", "action", "state", "note", "who")}
    return Decided(**said, at=line.at, n=line.n)


def _name(who: str) -> str:
    name = " ".join(who.split())
    if not name or len(name) > LONGEST_NAME:
        raise CannotDecide("A name is needed: who says so. It is shown as given.")
    return name


def _text(what: str, said: str) -> str:
    """A text a person typed, tidied. Raises CannotDecide where it is too long or holds a personal detail."""
    text = " ".join(tidy(said).split())
    if len(text) > LONGEST_TEXT:
        raise CannotDecide(f"The {what} has more than {LONGEST_TEXT} letters. Say it in fewer.")
    if details(f"{what}: {text}", load_redaction()):
        raise CannotDecide(f"The {what} seems to name a person or give a personal detail. Name a role, never a person.")
    return text
