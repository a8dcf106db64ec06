"""What people did in the app, kept for good: a SQLite log that only grows, each line sealed to the one before.

Never tenants' words, never names from a file: an action, a thing it was done to, and when.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.notebook import opened

_SCHEMA = """
create table if not exists entries (
    n integer primary key, at text not null, action text not null, detail text not null, seal text not null
);
create trigger if not exists no_change before update on entries
    begin select raise(abort, 'the ledger only grows'); end;
create trigger if not exists no_removal before delete on entries
    begin select raise(abort, 'the ledger only grows'); end;
"""


@dataclass(frozen=True)
class Entry:
    """One thing done: when (UTC), what, and its particulars."""

    n: int
    at: str
    action: str
    detail: Mapping[str, object]


class Ledger:
    """The log of one store, safe for many writers at once (SQLite in WAL mode)."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "ledger.sqlite"

    def record(self, action: str, detail: Mapping[str, object], now: datetime | None = None) -> Entry:
        """Write one line and return it."""
        at = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
        text = json.dumps(dict(detail), sort_keys=True, default=str)
        with opened(self._file, _SCHEMA) as connection:
            connection.execute("begin immediate")
            last = connection.execute("select n, seal from entries order by n desc limit 1").fetchone() or (
                0,
                "",
            )
            n = last[0] + 1
            connection.execute(
                "insert into entries values (?, ?, ?, ?, ?)",
                (n, at, action, text, _seal(last[1], n, at, action, text)),
            )
            connection.execute("commit")
        return Entry(n, at, action, json.loads(text))

    def entries(self, limit: int = 100) -> list[Entry]:
        """The last lines, newest first."""
        if not self._file.exists():
            return []
        with opened(self._file, _SCHEMA) as connection:
            rows = connection.execute(
                "select n, at, action, detail from entries order by n desc limit ?", (limit,)
            ).fetchall()
        return [Entry(n, at, action, json.loads(detail)) for n, at, action, detail in rows]

    def of(self, *actions: str) -> list[Entry]:
        """Every line of these actions, oldest first."""
        if not self._file.exists():
            return []
        asked = ", ".join("?" * len(actions))
        with opened(self._file, _SCHEMA) as connection:
            rows = connection.execute(
                f"select n, at, action, detail from entries where action in ({asked}) order by n", actions
            ).fetchall()
        return [Entry(n, at, action, json.loads(detail)) for n, at, action, detail in rows]

    def broken_at(self) -> int | None:
        """The first line whose seal does not fit the one before, or None where the log is whole."""
        if not self._file.exists():
            return None
        before = ""
        with opened(self._file, _SCHEMA) as connection:
            for expected, (n, at, action, detail, seal) in enumerate(
                connection.execute("select n, at, action, detail, seal from entries order by n"), start=1
            ):
                if n != expected or seal != _seal(before, n, at, action, detail):
                    return expected
                before = seal
        return None


def _seal(before: str, n: int, at: str, action: str, detail: str) -> str:
    return hashlib.sha256("\x1f".join((before, str(n), at, action, detail)).encode()).hexdigest()
