"""Making a pack, keeping it in the history with its generation, making a past one again, and forgetting one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from sqlite3 import OperationalError

from dashboard.evidence.asked import PackAsked
from dashboard.evidence.manifest import asked_as_json, asked_from
from dashboard.evidence.pack import Pack, Progress, build
from dashboard.evidence.since import changed_since
from dashboard.evidence.verify import NotAPack, opened
from dashboard.packs.asked import material_of
from data.generation import Generation, StoreError
from data.ledger import Ledger
from data.packs.kept import KeptPack, KeptPacks
from data.settings import Settings
from data.store import Store

MADE, REMOVED = "make pack", "remove pack"  # in the ledger
GONE_MEANWHILE = (
    "While the pack was made so much was taken in that generation {number}, which it is made from, is no longer kept. "
    "Nothing was kept. Make the pack again."
)


@dataclass(frozen=True)
class Made:
    """A pack made and kept: its files by name (the manifest among them), its archive, and its line in the history."""

    pack: Pack
    archive: bytes
    kept: KeptPack


def make(asked: PackAsked, generation: Generation, store: Store, settings: Settings, progress: Progress) -> Made:
    """Make a pack, keep it in the history, and say so in the ledger.

    ``generation``: the one in use (``store.current()``); it stays as long as the pack is kept. Raises CannotWrite,
    StoreError on a full disk, or what ``progress`` raises; nothing is kept then.
    """
    pack = build(material_of(asked, generation, store, settings), progress)
    return Made(pack, pack.archive, keep(pack, asked, generation, store))


def keep(pack: Pack, asked: PackAsked, generation: Generation, store: Store) -> KeptPack:
    """Keep a pack that was made, with the generation it was made from, and say so in the ledger.

    Raises StoreError where the disk takes no more, or the generation went while the pack was made: five others came
    after it. Nothing is kept then.
    """
    before = {each.number for each in history(store)}
    kept = KeptPacks(store.folder).keep(
        asked.kind,
        {**asked_as_json(asked), "log_until": pack.manifest["asked"]["log_until"]},
        (generation.path.name, generation.fingerprint),
        pack.seal,
        {name: len(content) for name, content in pack.files.items()},
        pack.archive,
    )
    done = {"pack": kept.number, "kind": kept.kind, "seal": kept.seal, "generation": generation.number}
    try:
        if not (store.generations_folder / generation.path.name).is_file():
            raise StoreError(GONE_MEANWHILE.format(number=generation.number))
        Ledger(store.folder).record(MADE, done)
    except (OperationalError, StoreError) as error:
        if kept.number not in before:
            KeptPacks(store.folder).remove(kept.number)
        if isinstance(error, StoreError):
            raise
        raise StoreError(
            f"The ledger cannot be written ({error}), so nothing was kept. Make room, then again."
        ) from error
    return kept


def history(store: Store) -> tuple[KeptPack, ...]:
    """The packs made from a store and kept, newest first."""
    return KeptPacks(store.folder).packs()


def archive_of(number: int, store: Store) -> bytes:
    """The archive of a kept pack as it was made. Raises NoKeptPack, or StoreError where it is gone or was changed."""
    return KeptPacks(store.folder).archive_of(number)


def remove(number: int, store: Store) -> KeptPack:
    """Forget a kept pack; its generation is kept no longer for its sake. Raises NoKeptPack."""
    removed = KeptPacks(store.folder).remove(number)
    Ledger(store.folder).record(REMOVED, {"pack": number, "kind": removed.kind, "seal": removed.seal})
    return removed


@dataclass(frozen=True)
class Rebuilt:
    """A kept pack made again from its generation. ``same``: to the byte; ``differs``: what is otherwise now, if not."""

    pack: Pack
    same: bool
    differs: tuple[str, ...]


def rebuild(number: int, store: Store, settings: Settings, progress: Progress) -> Rebuilt:
    """Make a kept pack again from the generation it was made from. Keeps nothing.

    Raises NoKeptPack, StoreError where the generation is no longer there, and what ``make`` raises.
    """
    kept = KeptPacks(store.folder).pack(number)
    with closing(generation_of(kept, store)) as generation:
        pack = build(material_of(asked_from(kept.asked), generation, store, settings), progress)
    same = hashlib.sha256(pack.archive).hexdigest() == kept.checksum
    return Rebuilt(pack, same, () if same else tuple(_differs(kept, pack, store)))


def _differs(kept: KeptPack, pack: Pack, store: Store) -> Iterator[str]:
    """What of a pack made again is not as it was, and what has changed since."""
    try:
        before = opened(KeptPacks(store.folder).archive_of(kept.number))
    except (StoreError, NotAPack) as gone:
        yield f"What is otherwise cannot be told: {gone}"
        return
    yield from changed_since(before.manifest, pack.manifest)
    then, now = before.manifest["files"], pack.manifest["files"]
    yield from (f"{name} is not the same." for name in sorted({*then, *now}) if then.get(name) != now.get(name))


def generation_of(kept: KeptPack, store: Store) -> Generation:
    """The generation a kept pack was made from. Raises StoreError where it is no longer there, or is another."""
    found = pinned(store, kept.generation, kept.fingerprint)
    if found is None:
        raise StoreError(f"The generation pack {kept.number} was made from ({kept.generation}) is no longer kept.")
    return found


def pinned(store: Store, name: str, fingerprint: str) -> Generation | None:
    """The generation of that name, where it is kept and is the one meant."""
    if not (store.generations_folder / name).is_file():
        return None
    generation = store.opened(name)
    if generation.fingerprint == fingerprint:
        return generation
    generation.close()
    return None
