"""When a reader last looked, and what was there then: kept beside the store, so that what is new can be told.

Until there is a sign-in everybody at this computer is one reader.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from data.notebook import opened

THIS_COMPUTER = "this computer"
SITTING = timedelta(hours=1)  # looks no further apart are one sitting, so that a reload does not make all of it old
_SCHEMA = (
    "create table if not exists looks (reader text primary key, looked text not null, marks text not null, "
    "before_looked text, before_marks text)"
)


@dataclass(frozen=True)
class Look:
    """What a reader had seen at the end of an earlier sitting: when, the newest day of each kind, and the last file."""

    looked: datetime
    newest: Mapping[str, date]
    last_file: str  # the moment at which the newest file was taken in (ISO), "" where there was none


class Reader:
    """What one reader has seen of one store. Safe for many tabs at once (SQLite in WAL mode)."""

    def __init__(self, folder: Path, name: str = THIS_COMPUTER) -> None:
        self._file = folder / "reader.sqlite"
        self._name = name

    def look(self, now: datetime, newest: Mapping[str, date], last_file: str) -> Look | None:
        """Note that the reader looks now, at this; give what they had seen before this sitting, or None: nothing.

        Looks within an hour of one another are one sitting: what was new stays new until the next.
        """
        marks = json.dumps({"newest": {kind: day.isoformat() for kind, day in newest.items()}, "file": last_file})
        with opened(self._file, _SCHEMA) as connection:
            connection.execute("begin immediate")
            held = connection.execute(
                "select looked, marks, before_looked, before_marks from looks where reader = ?", (self._name,)
            ).fetchone()
            before = _before(held, now)
            connection.execute(
                "insert or replace into looks values (?, ?, ?, ?, ?)", (self._name, now.isoformat(), marks, *before)
            )
            connection.execute("commit")
        return _look(*before)


def _before(held: tuple[str, ...] | None, now: datetime) -> tuple[str | None, str | None]:
    """What was seen before this sitting: in the same sitting as before, else the look that was last."""
    if held is None:
        return None, None
    looked, marks, before_looked, before_marks = held
    same = now - datetime.fromisoformat(looked) <= SITTING
    return (before_looked, before_marks) if same else (looked, marks)


def _look(looked: str | None, marks: str | None) -> Look | None:
    if looked is None or marks is None:
        return None
    kept = json.loads(marks)
    newest = {kind: date.fromisoformat(day) for kind, day in kept["newest"].items()}
    return Look(datetime.fromisoformat(looked), newest, kept["file"])
