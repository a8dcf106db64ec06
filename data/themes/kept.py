"""The themes of a store, kept for good, and what people said of them: another name, two that are one, not to be shown.

In SQLite beside the generations. A theme keeps its key and its direction; what a person said stands over it, with who
and when, and can be taken back.
"""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import numpy as np

from analysis.themes import Space, Theme
from data.notebook import opened
from data.provenance import NotHeld

RENAME, MERGE, HIDE = "rename", "merge", "hide"
LONGEST_NAME = 80
_SCHEMA = """
create table if not exists space (
    only integer primary key check (only = 1), kind text not null, model text not null, vocabulary text not null,
    mean blob not null, tells blob, directions blob
);
create table if not exists themes (
    key text primary key, side text not null, title text not null, telling text not null, made text not null,
    centre blob not null
);
create table if not exists seen (key text primary key);
create table if not exists said (
    n integer primary key, at text not null, who text not null, what text not null, theme text not null,
    value text not null, back text not null default '', back_by text not null default ''
);
"""


@dataclass(frozen=True)
class Said:
    """One thing a person said of a theme: which, what (rename, merge, hide), when (UTC) and who, as given."""

    n: int
    at: str
    who: str
    what: str
    theme: str
    value: str  # the new name, or the theme it was merged into
    back: str = ""  # when it was taken back, "" where it stands
    back_by: str = ""


@dataclass(frozen=True)
class Standing:
    """What stands of all that was said: names given, where merged themes went, and what is hidden."""

    names: Mapping[str, Said]
    into: Mapping[str, str]
    hidden: frozenset[str]

    def home(self, theme: str) -> str:
        """The theme this one is counted in: itself, or the one it was merged into."""
        while theme in self.into:
            theme = self.into[theme]
        return theme


class Kept:
    """The themes of one store. ``folder`` is the store's own."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "themes.sqlite"

    def space(self) -> tuple[Space, str] | None:
        """The space the themes are in, and the model of its meanings ("" for words); None where there are no themes."""
        if not self._file.exists():
            return None
        with opened(self._file, _SCHEMA) as connection:
            row = connection.execute("select kind, model, vocabulary, mean, tells, directions from space").fetchone()
        if row is None:
            return None
        kind, model, vocabulary, *arrays = row
        mean, tells, directions = (None if blob is None else _array(blob) for blob in arrays)
        assert mean is not None
        return Space(kind, mean, tuple(json.loads(vocabulary)), tells, directions), model

    def themes(self) -> tuple[Theme, ...]:
        """Every theme as it was found, in the order of being found."""
        if not self._file.exists():
            return ()
        with opened(self._file, _SCHEMA) as connection:
            rows = connection.execute(
                "select key, side, title, telling, made, centre from themes order by rowid"
            ).fetchall()
        return tuple(
            Theme(key, side, title, tuple(json.loads(telling)), made, _array(centre))
            for key, side, title, telling, made, centre in rows
        )

    def seen(self) -> frozenset[str]:
        """The keys of the texts that were looked at when the newest theme was made."""
        if not self._file.exists():
            return frozenset()
        with opened(self._file, _SCHEMA) as connection:
            return frozenset(key for (key,) in connection.execute("select key from seen").fetchall())

    def begin(self, space: Space, model: str, themes: Sequence[Theme], seen: Iterable[str]) -> None:
        """Keep a first set of themes with its space, in place of any there was and of what was said of those."""
        with opened(self._file, _SCHEMA) as connection:
            connection.execute("begin immediate")
            for table in ("space", "themes", "said"):
                connection.execute(f"delete from {table}")
            arrays = (space.mean, space.tells, space.directions)
            connection.execute(
                "insert into space values (1, ?, ?, ?, ?, ?, ?)",
                (space.kind, model, json.dumps(space.vocabulary), *map(_blob, arrays)),
            )
            _insert(connection, themes, seen)
            connection.execute("commit")

    def add(self, themes: Sequence[Theme], seen: Iterable[str]) -> None:
        """Keep more themes of the same space. One whose key is there already was added by somebody else just now."""
        with opened(self._file, _SCHEMA) as connection:
            connection.execute("begin immediate")
            _insert(connection, themes, seen)
            connection.execute("commit")

    # ── what people said ─────────────────────────────────────────────────────────────────────────

    def said(self) -> tuple[Said, ...]:
        """Everything that was ever said, oldest first, with what was taken back."""
        if not self._file.exists():
            return ()
        with opened(self._file, _SCHEMA) as connection:
            rows = connection.execute(
                "select n, at, who, what, theme, value, back, back_by from said order by n"
            ).fetchall()
        return tuple(Said(*row) for row in rows)

    def standing(self) -> Standing:
        """What stands of it now."""
        names: dict[str, Said] = {}
        into: dict[str, str] = {}
        hidden: set[str] = set()
        for each in self.said():
            if each.back:
                continue
            if each.what == RENAME:
                names[each.theme] = each
            elif each.what == MERGE:
                into[each.theme] = each.value
            else:
                hidden.add(each.theme)
        return Standing(MappingProxyType(names), MappingProxyType(into), frozenset(hidden))

    def rename(self, theme: str, name: str, who: str, now: datetime | None = None) -> Said:
        """Give a theme another name. Raises NotHeld for a theme that is not there, ValueError for no name or who."""
        self._there(theme)
        name = " ".join(name.split())
        if not 1 <= len(name) <= LONGEST_NAME:
            raise ValueError(f"A name is 1 to {LONGEST_NAME} characters long; this one has {len(name)}.")
        return self._say(RENAME, theme, name, who, now)

    def merge(self, theme: str, into: str, who: str, now: datetime | None = None) -> Said:
        """Count a theme in another of its side from now on. Raises as ``rename``, ValueError too where they are one."""
        one, other = self._there(theme), self._there(into)
        if one.side != other.side:
            raise ValueError(f"{theme} is {one.side}, {into} is {other.side}: praise and criticism are kept apart.")
        standing = self.standing()
        if theme in standing.into:
            raise ValueError(f"{theme} is counted in {standing.into[theme]} already. Take that back first.")
        if standing.home(into) == theme:
            raise ValueError(f"{into} is counted in {theme} already.")
        return self._say(MERGE, theme, into, who, now)

    def hide(self, theme: str, who: str, now: datetime | None = None) -> Said:
        """Show a theme no more. Raises as ``rename``."""
        self._there(theme)
        return self._say(HIDE, theme, "", who, now)

    def take_back(self, n: int, who: str, now: datetime | None = None) -> Said:
        """Take back one thing that was said; it stays on record. Raises NotHeld where it does not stand."""
        name = _who(who)
        with opened(self._file, _SCHEMA) as connection:
            done = connection.execute(
                "update said set back = ?, back_by = ? where n = ? and back = ''", (_at(now), name, n)
            )
            if not done.rowcount:
                raise NotHeld(f"Nothing that was said of a theme has the number {n} and still stands.")
        return next(each for each in self.said() if each.n == n)

    def _there(self, theme: str) -> Theme:
        held = {each.key: each for each in self.themes()}
        if theme not in held:
            raise NotHeld(f"There is no theme '{theme}'. There are: {', '.join(held) or 'none'}.")
        return held[theme]

    def _say(self, what: str, theme: str, value: str, who: str, now: datetime | None) -> Said:
        row = (_at(now), _who(who), what, theme, value)
        with opened(self._file, _SCHEMA) as connection:
            n = connection.execute(
                "insert into said (at, who, what, theme, value) values (?, ?, ?, ?, ?)", row
            ).lastrowid
        assert n is not None
        return Said(n, *row)


def _insert(connection: sqlite3.Connection, themes: Sequence[Theme], seen: Iterable[str]) -> None:
    connection.executemany(
        "insert or ignore into themes values (?, ?, ?, ?, ?, ?)",
        [(t.key, t.side, t.title, json.dumps(t.telling), t.made, _blob(t.centre)) for t in themes],
    )
    connection.execute("delete from seen")
    connection.executemany("insert or ignore into seen values (?)", [(key,) for key in seen])


def _at(now: datetime | None) -> str:
    return (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")


def _who(who: str) -> str:
    name = " ".join(who.split())
    if not name:
        raise ValueError("Say who you are: what is said of a theme is kept with a name.")
    return name


def _blob(array: np.ndarray | None) -> bytes | None:
    if array is None:
        return None
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()


def _array(blob: bytes) -> np.ndarray:
    return np.asarray(np.load(io.BytesIO(blob), allow_pickle=False))
