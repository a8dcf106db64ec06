"""What people do with packs: make one, look at it first, keep it, make it again, check it. Page and command line.

Progress is told to a function handed in. To stop a build, let that function raise ``Cancelled``, or end the process:
everything is made in memory, so there is nothing half-written then.
"""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from analysis.model import WHOLE_LANDLORD, Audience
from dashboard import actions, answers
from dashboard.evidence.asked import PackAsked
from dashboard.evidence.manifest import asked_as_json, asked_from
from dashboard.evidence.material import Material
from dashboard.evidence.pack import Cancelled, Pack, Progress, build
from dashboard.evidence.sections import ready_made
from data.generation import Generation, StoreError
from data.ledger import Ledger
from data.packs import pack_kind
from data.packs.kept import KeptPack, KeptPacks
from data.settings import Settings
from data.store import Store

BOTH = ("LCRA", "LCHO")
MADE, REMOVED = "make pack", "remove pack"  # in the ledger

__all__ = [
    "BOTH", "Cancelled", "KeptPack", "Made", "Pack", "PackAsked", "Progress", "archive_of", "asked_for", "history",
    "keep", "make", "material_of", "rebuild", "remove",
]  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A pack made and kept: its files by name (the manifest among them), its archive, and its line in the history."""

    pack: Pack
    archive: bytes
    kept: KeptPack


def asked_for(
    generation: Generation,
    kind: str,
    clock: datetime,
    wave: str | None = None,
    groups: tuple[str, ...] = BOTH,
    audience: Audience | None = None,
    sections: tuple[str, ...] = (),
    estate: str = "",
    who: str = "",
) -> PackAsked:
    """A pack as asked for, with what was left unsaid filled in: the latest wave, both tenure groups, its own parts.

    Raises NotHeld for a kind, wave or estate there is not.
    """
    chosen = pack_kind(kind)
    first = answers.latest_question(generation, WHOLE_LANDLORD, wave)
    return PackAsked(
        kind=chosen.key,
        wave=first.wave,
        groups=groups,
        audience=audience or chosen.audience,
        clock=clock,
        sections=sections or ready_made(chosen.key),
        filters=(("estate", (estate,)),) if estate else (),
        who=who.strip(),
    )


def material_of(asked: PackAsked, generation: Generation, store: Store, settings: Settings) -> Material:
    """What a pack is made from, in the store in use."""
    return Material(asked, generation, actions.readings_of(store), settings, store.folder)


def make(asked: PackAsked, generation: Generation, store: Store, settings: Settings, progress: Progress) -> Made:
    """Make a pack, keep it in the history, and say so in the ledger.

    ``generation``: the one in use (``store.current()``); it stays as long as the pack is kept. Raises CannotWrite,
    OSError on a full disk, or what ``progress`` raises; nothing is kept then.
    """
    pack = build(material_of(asked, generation, store, settings), progress)
    return Made(pack, pack.archive, keep(pack, asked, generation, store))


def keep(pack: Pack, asked: PackAsked, generation: Generation, store: Store) -> KeptPack:
    """Keep a pack that was made, with the generation it was made from. Raises OSError; nothing is kept then."""
    kept = KeptPacks(store.folder).keep(
        asked.kind,
        asked_as_json(asked),
        (generation.path.name, generation.fingerprint),
        pack.seal,
        {name: len(content) for name, content in pack.files.items()},
        pack.archive,
    )
    done = {"pack": kept.number, "kind": kept.kind, "seal": kept.seal, "generation": generation.number}
    Ledger(store.folder).record(MADE, done)
    return kept


def history(store: Store) -> tuple[KeptPack, ...]:
    """The packs made from a store and kept, newest first."""
    return KeptPacks(store.folder).packs()


def archive_of(number: int, store: Store) -> bytes:
    """The archive of a kept pack as it was made. Raises NoKeptPack, or StoreError where it is gone or was changed."""
    return KeptPacks(store.folder).archive_of(number)


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
    return Rebuilt(pack, same, ())


def generation_of(kept: KeptPack, store: Store) -> Generation:
    """The generation a kept pack was made from. Raises StoreError where it is no longer there, or is another."""
    if not (store.generations_folder / kept.generation).is_file():
        raise StoreError(f"The generation pack {kept.number} was made from ({kept.generation}) is no longer kept.")
    generation = store.opened(kept.generation)
    if generation.fingerprint != kept.fingerprint:
        generation.close()
        raise StoreError(f"{kept.generation} is another generation than the one pack {kept.number} was made from.")
    return generation


def remove(number: int, store: Store) -> KeptPack:
    """Forget a kept pack; its generation is kept no longer for its sake. Raises NoKeptPack."""
    removed = KeptPacks(store.folder).remove(number)
    Ledger(store.folder).record(REMOVED, {"pack": number, "kind": removed.kind, "seal": removed.seal})
    return removed
