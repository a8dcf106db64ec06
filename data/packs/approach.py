"""The summary of approach: its items from the register, and what the landlord said of each, in SQLite beside the store.

What was said is kept by wave, never written over: the last of an item is in use, and each can be taken back.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from data.notebook import opened

REGISTER = Path(__file__).parents[1] / "reference" / "approach.toml"
LONGEST = 2_000  # letters said of an item
ALWAYS, UNLESS, MAY = "always", "unless", "may"
_SCHEMA = (
    "create table if not exists said (n integer primary key, wave text not null, item text not null, "
    "text text not null, by text not null, at text not null)"
)


class CannotSay(ValueError):
    """What was said cannot be kept; the message says why and how to put it right."""


@dataclass(frozen=True)
class ApproachItem:
    """One item: what it asks, whether the program fills in what it can count, what to write, where it was seen.

    ``needs`` is when it is not complete without the landlord's words: "always", "unless" (only where the program
    cannot tell it) or "may" (never).
    """

    key: str
    title: str
    asks: str
    computed: bool
    needs: str
    say: str
    source: str


@dataclass(frozen=True)
class Said:
    """What was said of an item for a wave. ``by`` is the name as given, ``at`` an ISO moment in UTC."""

    wave: str
    item: str
    text: str
    by: str
    at: str


@cache
def approach_items() -> tuple[ApproachItem, ...]:
    """The eleven items, in order."""
    return tuple(
        ApproachItem(key, row["title"], row["asks"], bool(row["computed"]), row["needs"], row["say"], row["source"])
        for key, row in _register()["item"].items()
    )


def approach_note() -> str:
    """What must stand beside the list: that it is to be checked against the regulator's text."""
    return str(_register()["note"])


def approach_item(key: str) -> ApproachItem:
    """The item of that letter. Raises CannotSay naming those there are.

    >>> approach_item("j").title
    'Incentives'
    """
    found = next((item for item in approach_items() if item.key == key.strip().lower()), None)
    if found is None:
        raise CannotSay(f"There is no item '{key}'. There are: {', '.join(item.key for item in approach_items())}.")
    return found


@cache
def _register() -> dict[str, Any]:
    with REGISTER.open("rb") as file:
        return dict(tomllib.load(file))


class Approach:
    """What was said for one store."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "approach.sqlite"

    def of(self, wave: str) -> dict[str, Said]:
        """What is in use for a wave, by item."""
        return {said.item: said for said in self._rows("where wave = ? order by n", (wave,))}

    def history(self, wave: str) -> tuple[Said, ...]:
        """Everything said for a wave, newest first."""
        return tuple(self._rows("where wave = ? order by n desc", (wave,)))

    def proposed(self, wave: str, earlier: Sequence[str]) -> dict[str, Said]:
        """What was said of other waves and not yet of this one, by item: the last of ``earlier`` that says it.

        A proposal only: nothing of it counts until somebody says it for this wave.
        """
        mine = self.of(wave)
        found: dict[str, Said] = {}
        for before in earlier:
            found.update(self.of(before))
        return {item: said for item, said in found.items() if item not in mine}

    def say(self, wave: str, item: str, text: str, by: str, now: datetime | None = None) -> Said:
        """Keep what is said of an item of a wave. Raises CannotSay."""
        return self.say_all(wave, {item: text}, by, now)[0]

    def say_all(self, wave: str, texts: dict[str, str], by: str, now: datetime | None = None) -> tuple[Said, ...]:
        """Keep what is said of several items, or of none where one cannot be kept. Raises CannotSay."""
        at = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
        kept = tuple(_checked(wave, item, text, by, at) for item, text in texts.items())
        with opened(self._file, _SCHEMA) as connection:
            connection.execute("begin immediate")
            connection.executemany(
                "insert into said (wave, item, text, by, at) values (?, ?, ?, ?, ?)",
                [(said.wave, said.item, said.text, said.by, said.at) for said in kept],
            )
            connection.execute("commit")
        return kept

    def undo(self, wave: str) -> Said:
        """Take back what was said last for a wave; what was said before is in use again. Raises CannotSay for none."""
        rows = self.history(wave)
        if not rows:
            raise CannotSay(f"Nothing has been said of the approach of {wave}, so there is nothing to take back.")
        with opened(self._file, _SCHEMA) as connection:
            connection.execute("delete from said where n = (select max(n) from said where wave = ?)", (wave,))
        return rows[0]

    def _rows(self, where: str, values: tuple[object, ...]) -> list[Said]:
        if not self._file.exists():
            return []
        with opened(self._file, _SCHEMA) as connection:
            found = connection.execute(f"select wave, item, text, by, at from said {where}", values).fetchall()
        return [Said(*row) for row in found]


def _checked(wave: str, item: str, text: str, by: str, at: str) -> Said:
    known = approach_item(item)
    if not by.strip():
        raise CannotSay("A name is needed: who says this.")
    if not text.strip():
        raise CannotSay(f"{known.key}, {known.title}: nothing is written. {known.say}")
    if len(text) > LONGEST:
        raise CannotSay(f"{known.key}, {known.title}: {len(text):,} letters. Say it in at most {LONGEST:,}.")
    return Said(wave, known.key, " ".join(text.split()), by.strip(), at)
