"""Where the answers are kept: immutable generations beside a CURRENT pointer.

A publish builds the next generation under another name, moves it into place and only then moves the pointer, so a
reader sees the old generation or the new one and never half of either, whatever is killed when.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path

import duckdb

from data.confirmed import Confirmations
from data.generation import SCHEMA_VERSION, Damaged, Generation, StoreError
from data.merging import Confirmed, Incoming, merge
from data.provenance import SURVEY

KEPT_GENERATIONS = 5
KINDS = ("sample", "real")
FILES = "??????.duckdb"
PACKS, KEPT_PACKS = "packs", "packs.sqlite"  # evidence packs made here, and a line for each: data/packs/kept.py
DISK_FAULTS = (
    OSError,
    duckdb.IOException,
    duckdb.OutOfMemoryException,
    duckdb.FatalException,
    duckdb.TransactionException,  # "failed to commit": the log of a generation could not grow
)


@dataclass(frozen=True)
class Published:
    """One line of the history: a generation, when it was made, from which file, and whether it is in use."""

    number: int
    created: str
    file: str
    parent: int | None
    current: bool
    holds: str  # the kind of file taken in; "" where none was
    scores: Mapping[str, Mapping[str, float]]  # by kind of file, the newest of each


@dataclass(frozen=True)
class _Nothing:
    """No file: what is held is made anew."""

    connection: duckdb.DuckDBPyConnection
    name: str
    sha256: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)


class Store:
    """One landlord's generations, in one folder. ``kind`` is "sample" or "real"; the two are never mixed."""

    def __init__(self, folder: Path, kind: str) -> None:
        if kind not in KINDS:
            raise ValueError(f"A store is of kind {' or '.join(KINDS)}, not {kind!r}.")
        self.folder = folder
        self.kind = kind

    @property
    def generations_folder(self) -> Path:
        return self.folder / "generations"

    @property
    def readings_folder(self) -> Path:
        """Where what was read in the comments is kept, beside the generations."""
        return self.folder / "readings"

    @property
    def vectors_folder(self) -> Path:
        """Where what comments mean, as numbers, is kept beside the readings."""
        return self.folder / "vectors"

    @property
    def packs_folder(self) -> Path:
        """Where the evidence packs made from this store are kept."""
        return self.folder / PACKS

    def pinned(self) -> frozenset[str]:
        """File names of the generations that kept packs were made from: they stay as long as their packs do."""
        notebook = self.folder / KEPT_PACKS
        if not notebook.exists():
            return frozenset()
        try:
            with closing(sqlite3.connect(notebook, timeout=30)) as kept:
                return frozenset(name for (name,) in kept.execute("select distinct generation from kept"))
        except sqlite3.DatabaseError:  # damaged, or being made this moment: what it names cannot be told, so all stay
            return frozenset(path.name for path in self._kept())

    @property
    def confirmations(self) -> Confirmations:
        """What a person has confirmed about names of estates and references to homes; applied on every publish."""
        return Confirmations(self.folder)

    @property
    def _pointer(self) -> Path:
        return self.folder / "CURRENT"

    def current_name(self) -> str | None:
        """File name of the generation in use, or None where nothing has been published."""
        try:
            return self._pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None

    def current(self) -> Generation | None:
        """The generation in use, opened. Raises StoreError where it is missing, newer or of the other kind."""
        name = self.current_name()
        return None if name is None else self.opened(name)

    def opened(self, name: str) -> Generation:
        """The generation of that file name. Raises Damaged where it is missing or unreadable, StoreError where it is
        newer or of the other kind.
        """
        path = self.generations_folder / name
        if not path.is_file():
            raise Damaged(f"CURRENT names '{name}', which is not in {self.generations_folder}. Restore it, or undo.")
        generation = Generation(path)
        if generation.kind != self.kind:
            generation.close()
            raise StoreError(f"{name} holds {generation.kind} data in a {self.kind} store. It is not opened.")
        return generation

    # ── publishing ───────────────────────────────────────────────────────────────────────────────

    def publish(self, incoming: Incoming, now: datetime | None = None) -> Generation:
        """Add a file's tables to what is held, as a whole new generation; waves of the same name are replaced, and
        records by the rule of their kind.

        Raises StoreError where another publish is under way or the disk takes no more; whatever is raised, the
        generation in use stays as it was.
        """
        with self._only_writer():
            try:
                finished = self._written(incoming, now or datetime.now(UTC))
                self._point_at(finished)
            except DISK_FAULTS as error:
                raise StoreError(
                    f"The new generation could not be written ({type(error).__name__}). What was in use still is. Make "
                    f"room on the disk that holds {self.folder}, or ask for leave to write there; then publish again."
                ) from error
            finally:
                self._clear_unfinished()
            self._prune()
            return self.opened(finished)

    def remake(self, why: str, now: datetime | None = None) -> Generation:
        """Join and name everything held anew, as a new generation: after something was confirmed or taken back.

        ``why`` stands in the history where a file's name would. Raises StoreError as ``publish`` does.
        """
        with closing(duckdb.connect(":memory:")) as connection:
            return self.publish(_Nothing(connection, why), now)

    def undo(self) -> Generation | None:
        """Go back to the generation before the last publish. Returns it, or None where that was nothing at all.

        Raises StoreError where there is nothing to undo or the earlier generation is no longer kept.
        """
        with self._only_writer():
            name = self.current_name()
            if name is None:
                raise StoreError("Nothing has been published yet, so there is nothing to undo.")
            parent = self._before(name)
            if parent and not (self.generations_folder / parent).is_file():
                raise StoreError(f"The generation before this one ({parent}) is no longer kept, so undo stops here.")
            if parent:
                self._point_at(parent)
            else:
                self._pointer.unlink()
        return self.current()

    def history(self) -> list[Published]:
        """The generations kept that can be read, newest first."""
        current = self.current_name()
        lines = []
        for generation in self._whole():
            meta = generation.meta
            lines.append(
                Published(
                    number=int(meta["number"]),
                    created=meta["created"],
                    file=meta["file"],
                    parent=int(meta["parent"].split(".")[0]) if meta["parent"] else None,
                    current=generation.path.name == current,
                    holds=meta.get("holds", SURVEY),
                    scores=generation.scores_by_kind(),
                )
            )
        return lines

    def remove(self) -> None:
        """Take everything of this store away. For the sample landlord only. Raises StoreError for real data."""
        if self.kind != "sample":
            raise StoreError("Only the sample landlord can be removed in one go; real data are undone, never wiped.")
        with self._only_writer():
            self._pointer.unlink(missing_ok=True)
            for path in self.folder.glob(f"{KEPT_PACKS}*"):
                path.unlink()
            for folder in (self.generations_folder, self.readings_folder, self.vectors_folder, self.packs_folder):
                for path in sorted(folder.rglob("*"), reverse=True):
                    path.rmdir() if path.is_dir() else path.unlink()

    # ── the work ─────────────────────────────────────────────────────────────────────────────────

    def _written(self, incoming: Incoming, now: datetime) -> str:
        """The file name of the next generation, whole and safe on disk; nothing points at it yet."""
        self._clear_unfinished()
        number, parent = self._next_number(), self.current_name()
        building = self.generations_folder / f"{number:06d}.duckdb.building"
        before = None if parent is None else self.generations_folder / parent
        confirmed = self.confirmations.said()
        merge(building, before, incoming, self._meta(number, parent, incoming, confirmed, now), confirmed)
        finished = self.generations_folder / f"{number:06d}.duckdb"
        _settle(building)
        building.replace(finished)
        return finished.name

    def _before(self, name: str) -> str:
        """What an undo goes back to: the generation this one was built on; of a damaged one, the last whole one."""
        try:
            with closing(self.opened(name)) as generation:
                return generation.meta["parent"]
        except Damaged:
            last = name if fnmatch(name, FILES) else "~"  # a pointer that names nothing: any generation will do
            return next((whole.path.name for whole in self._whole() if whole.path.name < last), "")

    def _whole(self) -> Iterator[Generation]:
        """The generations that can be read, newest first; each is closed once the next is asked for."""
        for path in reversed(self._kept()):
            try:
                generation = Generation(path)
            except Damaged:
                continue
            with closing(generation):
                yield generation

    def _kept(self) -> list[Path]:
        return sorted(self.generations_folder.glob(FILES))

    def _next_number(self) -> int:
        numbers = [int(path.name[:6]) for path in self._kept()]
        return max(numbers, default=0) + 1

    def _clear_unfinished(self) -> None:
        """What a killed publish left behind was never in use; only the one writer may sweep it."""
        for path in self.generations_folder.glob("*.building*"):
            path.unlink()

    def _meta(
        self, number: int, parent: str | None, incoming: Incoming, confirmed: Confirmed, now: datetime
    ) -> dict[str, str]:
        before = ""
        if parent is not None:
            with closing(self.opened(parent)) as generation:
                before = generation.fingerprint
        facts = json.dumps(dict(incoming.facts), sort_keys=True, default=str)
        made_of = "\n".join((str(SCHEMA_VERSION), self.kind, before, incoming.sha256, facts, confirmed.seal))
        return {
            "schema_version": str(SCHEMA_VERSION),
            "kind": self.kind,
            "number": str(number),
            "parent": parent or "",
            "created": now.astimezone(UTC).isoformat(timespec="seconds"),
            "file": incoming.name,
            "confirmed": confirmed.seal,
            "duckdb": duckdb.__version__,
            "fingerprint": f"{number:06d}-{hashlib.sha256(made_of.encode()).hexdigest()[:16]}",
        }

    def _point_at(self, name: str) -> None:
        new = self._pointer.with_suffix(".new")
        new.write_text(name + "\n", encoding="utf-8")
        _settle(new)
        new.replace(self._pointer)

    def _prune(self) -> None:
        """Keep the last few generations, the one in use, the one an undo would need, and those packs were made from."""
        current = self.current_name() or ""
        needed = {current, self._before(current), *self.pinned()}
        for path in self._kept()[:-KEPT_GENERATIONS]:
            if path.name not in needed:
                with suppress(PermissionError):  # Windows, where a reader still holds it: the next publish tries again
                    path.unlink()

    @contextmanager
    def _only_writer(self) -> Iterator[None]:
        """One writer at a time. SQLite's own lock: it works on every system and ends with the process that held it."""
        self.generations_folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(self.folder / "writer.lock", timeout=30, isolation_level=None)
        try:
            lock.execute("begin exclusive")
        except sqlite3.OperationalError as error:
            lock.close()
            raise StoreError("Another publish is under way in this store. Wait for it, then try again.") from error
        try:
            yield
        finally:
            lock.execute("rollback")
            lock.close()


def _settle(path: Path) -> None:
    """Make the bytes of a file safe on disk before anything points at it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
