"""Checking a pack: its archive against its manifest, and every figure counted again from the store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace

from dashboard.evidence import manifest
from dashboard.evidence.asked import PackAsked
from dashboard.evidence.blocks import CannotWrite
from dashboard.evidence.manifest import counted
from dashboard.evidence.pack import Progress, build, document_of
from dashboard.evidence.since import behind, changed_since
from dashboard.evidence.verify import (
    Difference,
    NotAPack,
    Opened,
    faults_of,
    figures_that_differ,
    opened,
    places_that_differ,
    words_that_differ,
)
from dashboard.packs.asked import check_sections, material_of
from dashboard.packs.making import MADE, archive_of, history, pinned
from data.generation import Generation, StoreError
from data.ledger import Ledger
from data.settings import Settings
from data.store import Store

NOTHING_HELD = "Nothing is held here, so nothing can be counted again."
NO_LONGER_KEPT = "The generation the pack names is not kept here."


@dataclass(frozen=True)
class Recounted:
    """The figures of a pack counted again from one generation: which differ, and whose sentences read otherwise.

    ``since`` is what the pack rests on that is otherwise; ``cannot`` says why nothing could be counted.
    """

    generation: int
    differing: tuple[Difference, ...] = ()
    words: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    cannot: str = ""

    @property
    def identical(self) -> bool:
        """Whether everything came out again."""
        return not (self.differing or self.words or self.cannot)


@dataclass(frozen=True)
class Verified:
    """Whether a pack is what it says. ``faults``: what in it does not fit its manifest; ``built_here``: whether a pack
    of its seal was made from this store; ``from_its_own``: counted from the generation it names, where that was asked
    for or the store has moved on and still keeps it. ``otherwise``: of one not made here whose figures come out, what
    else in it does not when it is made again: a file swapped and sealed anew shows in nothing else.
    """

    asked: PackAsked
    seal: str
    figures: int
    faults: tuple[str, ...]
    built_here: bool
    named: int  # the generation the pack names
    now: Recounted | None
    from_its_own: Recounted | None = None
    otherwise: tuple[str, ...] = ()

    @property
    def identical(self) -> bool:
        """Whether the archive fits, every figure came out again, and the files are those that were made of them."""
        counted = self.now or self.from_its_own
        return not (self.faults or self.otherwise) and counted is not None and counted.identical


def verify(archive: bytes, store: Store, settings: Settings, progress: Progress, as_built: bool = False) -> Verified:
    """Check a pack's archive against its manifest, and count every figure again from the store in use.

    Where something differs, it is counted from the generation the pack names too, if that is kept; ``as_built``: from
    that alone. Raises NotAPack for a file that is none.
    """
    pack = opened(archive)
    with ExitStack() as until_done:
        own = pinned(store, f"{int(pack.manifest['generation']['number']):06d}.duckdb", pack.fingerprint)
        in_use = None if as_built else store.current()
        for generation in (own, in_use):
            if generation is not None:
                until_done.enter_context(closing(generation))
        now = None if as_built else _recounted(pack, in_use, NOTHING_HELD, store, settings, progress)
        from_its_own = None
        if as_built or (now is not None and not now.identical and own is not None and _another(own, in_use)):
            from_its_own = _recounted(pack, own, NO_LONGER_KEPT, store, settings, progress)
        found = Verified(
            pack.asked,
            pack.seal,
            len(pack.manifest["figures"]),
            (*faults_of(pack), *_edited(pack, store)),
            pack.seal in _seals(store),
            int(pack.manifest["generation"]["number"]),
            now,
            from_its_own,
        )
        again = own or in_use
        if found.built_here or not found.identical or again is None:
            return found
        return replace(found, otherwise=tuple(_otherwise(pack, again, store, settings, progress)))


def _another(one: Generation, other: Generation | None) -> bool:
    return other is None or one.fingerprint != other.fingerprint


def _recounted(
    pack: Opened, generation: Generation | None, otherwise: str, store: Store, settings: Settings, progress: Progress
) -> Recounted:
    """A pack's figures counted again from a generation; ``otherwise``: what to say where there is none."""
    then = pack.manifest
    if generation is None:
        return Recounted(int(then["generation"]["number"]), cannot=otherwise)
    try:
        material = material_of(pack.asked, generation, store, settings)
        check_sections(pack.asked.sections)
        document = document_of(material, progress)
    except (StoreError, CannotWrite) as fault:
        return Recounted(generation.number, cannot=str(fault))
    now = counted(material, document)
    found = figures_that_differ(then["figures"], now["figures"])
    return Recounted(
        generation.number,
        tuple(behind(each, then, now) for each in found),
        tuple(words_that_differ(then["words"], now["words"])),
        tuple(changed_since(then, now)),
    )


def _otherwise(
    pack: Opened, generation: Generation, store: Store, settings: Settings, progress: Progress
) -> Iterator[str]:
    """What of a pack is not what comes out when all of it is made again: files, and what else its manifest says."""
    try:
        again = build(material_of(pack.asked, generation, store, settings), progress)
    except CannotWrite as fault:
        yield f"It cannot be made again: {fault}"
        return
    made = {name: content for name, content in again.files.items() if name != manifest.NAME}
    for name in sorted({*pack.files, *made}):
        if name not in made:
            yield f"{name} is not made."
        elif name not in pack.files:
            yield f"{name} is made, and not in the archive."
        elif pack.files[name] != made[name]:
            yield f"{name} is made otherwise."
    here, given = ({**said, "files": {}, manifest.SEAL: ""} for said in (again.manifest, pack.manifest))
    for place in places_that_differ(here, given):
        yield f"{manifest.NAME}, {place}."


def _seals(store: Store) -> frozenset[str]:
    """The seals of every pack ever made from a store: those removed since, too."""
    done = (str(entry.detail["seal"]) for entry in Ledger(store.folder).of(MADE))
    return frozenset((*done, *(kept.seal for kept in history(store))))


def _edited(pack: Opened, store: Store) -> Iterator[str]:
    """Where a manifest was changed by hand, entry by entry, if the pack as it was made is kept here."""
    for kept in history(store):
        if kept.seal == pack.seal and kept.checksum != pack.checksum:
            with suppress(StoreError, NotAPack):
                made = opened(archive_of(kept.number, store))
                for place in places_that_differ(made.manifest, pack.manifest):
                    yield f"manifest.json, {place}."
                return
