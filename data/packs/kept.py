"""The packs made here: a line for each in a notebook beside the store, its archive, and the generation behind it.

The store keeps every generation that a kept pack names (``Store.pinned``), so that any pack can be made again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection, OperationalError
from typing import Any

from data.notebook import opened
from data.provenance import NotHeld, StoreError
from data.store import KEPT_PACKS, PACKS

DISK_FAULTS = (OSError, OperationalError)  # files, and the notebook
_SCHEMA = """
create table if not exists kept (
    number integer primary key autoincrement, kind text not null, asked text not null, generation text not null,
    fingerprint text not null, seal text not null, checksum text not null, sizes text not null, at text not null
);
"""
_COLUMNS = "number, kind, asked, generation, fingerprint, seal, checksum, sizes, at"


class NoKeptPack(NotHeld):
    """A pack was named by a number there is not; the message names those there are."""


@dataclass(frozen=True)
class KeptPack:
    """One pack as it was made. ``asked`` is what was asked of it, as its manifest has it; ``generation`` the file name
    of the generation it was made from; ``checksum`` the SHA-256 of its archive; ``sizes`` its files with their bytes.
    """

    number: int
    kind: str
    asked: Mapping[str, Any]
    generation: str
    fingerprint: str
    seal: str
    checksum: str
    sizes: Mapping[str, int]
    at: str  # when it was kept, ISO date and time in UTC
    archive: Path

    @property
    def who(self) -> str:
        """The name as given of who made it."""
        return str(self.asked.get("who", ""))


class KeptPacks:
    """The packs made from one store. Safe for many at once."""

    def __init__(self, folder: Path) -> None:
        self._notebook = folder / KEPT_PACKS
        self._archives = folder / PACKS

    def keep(
        self,
        kind: str,
        asked: Mapping[str, Any],
        generation: tuple[str, str],
        seal: str,
        sizes: Mapping[str, int],
        archive: bytes,
        now: datetime | None = None,
    ) -> KeptPack:
        """Keep an archive, whole or not at all, and pin its generation (file name and fingerprint). Returns its line.

        The same archive to the byte is kept once: its first line is returned. Raises StoreError where the disk takes no
        more; nothing is kept then.
        """
        checksum = hashlib.sha256(archive).hexdigest()
        at = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
        try:
            with self._one_at_a_time() as notebook:
                same = notebook.execute("select number from kept where checksum = ?", (checksum,)).fetchone()
                number = same[0] if same else _added(notebook, kind, asked, generation, seal, checksum, sizes, at)
                self._write(number, kind, archive)
                self._sweep(notebook)
        except DISK_FAULTS as error:
            why = getattr(error, "strerror", None) or error
            raise StoreError(
                f"The pack could not be kept beside the data ({why}). Nothing was kept. Make room on the disk that "
                f"holds {self._archives.parent}, or ask for leave to write there; then make it again."
            ) from error
        return self.pack(number)

    def packs(self) -> tuple[KeptPack, ...]:
        """Every pack kept, newest first."""
        if not self._notebook.exists():
            return ()
        with opened(self._notebook, _SCHEMA) as notebook:
            rows = notebook.execute(f"select {_COLUMNS} from kept order by number desc").fetchall()
        return tuple(self._kept(row) for row in rows)

    def pack(self, number: int) -> KeptPack:
        """The pack of that number. Raises NoKeptPack naming those there are."""
        found = self.packs()
        for each in found:
            if each.number == number:
                return each
        there = ", ".join(str(each.number) for each in reversed(found)) or "none"
        raise NoKeptPack(f"There is no pack {number}. The packs kept are: {there}.")

    def archive_of(self, number: int) -> bytes:
        """The archive as it was made. Raises NoKeptPack, or StoreError where it is gone or was changed since."""
        one = self.pack(number)
        try:
            archive = one.archive.read_bytes()
        except FileNotFoundError as gone:
            raise StoreError(f"The archive of pack {number} is gone. Make the pack again.") from gone
        if hashlib.sha256(archive).hexdigest() != one.checksum:
            raise StoreError(f"The archive of pack {number} was changed since it was made. Make it again.")
        return archive

    def remove(self, number: int) -> KeptPack:
        """Forget a pack: its line and its archive go, and its generation is kept no longer for its sake.

        Raises NoKeptPack.
        """
        one = self.pack(number)
        with self._one_at_a_time() as notebook:
            notebook.execute("delete from kept where number = ?", (number,))
            self._sweep(notebook)
        return one

    # ── the work ─────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def _one_at_a_time(self) -> Iterator[Connection]:
        """The notebook while nobody else writes in it: what is done stands together or not at all."""
        with opened(self._notebook, _SCHEMA) as notebook:
            notebook.execute("begin immediate")
            try:
                yield notebook
            except BaseException:
                if notebook.in_transaction:  # a full disk may have rolled back already
                    notebook.execute("rollback")
                raise
            notebook.execute("commit")

    def _write(self, number: int, kind: str, archive: bytes) -> None:
        self._archives.mkdir(parents=True, exist_ok=True)
        unfinished = self._archives / f".{number}.unfinished"
        try:
            with unfinished.open("wb") as file:
                file.write(archive)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(self._archives / _named(number, kind))
        finally:
            unfinished.unlink(missing_ok=True)

    def _sweep(self, notebook: Connection) -> None:
        """Archives without a line: of packs that were removed, or whose making was stopped."""
        named = {_named(number, kind) for number, kind in notebook.execute("select number, kind from kept")}
        for path in sorted(self._archives.glob("*")):
            if path.name not in named:
                path.unlink()

    def _kept(self, row: tuple[Any, ...]) -> KeptPack:
        number, kind, asked, generation, fingerprint, seal, checksum, sizes, at = row
        archive = self._archives / _named(number, kind)
        return KeptPack(
            number, kind, json.loads(asked), generation, fingerprint, seal, checksum, json.loads(sizes), at, archive
        )


def _added(
    notebook: Connection,
    kind: str,
    asked: Mapping[str, Any],
    generation: tuple[str, str],
    seal: str,
    checksum: str,
    sizes: Mapping[str, int],
    at: str,
) -> int:
    told = (kind, json.dumps(dict(asked), sort_keys=True), *generation, seal, checksum, json.dumps(dict(sizes)), at)
    line = notebook.execute(f"insert into kept values (null, {', '.join('?' * len(told))})", told)
    return int(line.lastrowid or 0)


def _named(number: int, kind: str) -> str:
    return f"{number:06d}-{kind}.zip"
