"""One function for each thing a person does; the pages and the command line share them. Each leaves a line in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis.model import Problem
from data import intake, labelling
from data.columns.mapping import Mapping
from data.columns.profiles import remember
from data.demo import demo_incoming
from data.generation import Generation, StoreError
from data.language import load_language
from data.ledger import Ledger
from data.readings import Readings
from data.settings import Settings
from data.store import Store

Progress = Callable[[float, str], None]  # how far (0 to 1), and what is being done


@dataclass(frozen=True)
class Taken:
    """A file that has been published: the new generation and what came in."""

    generation: Generation
    file: intake.FileFacts
    problems: tuple[Problem, ...]
    comments: int


def landlord_store(settings: Settings) -> Store:
    """The store of the landlord's own data."""
    return Store(settings.landlord_folder, "real")


def sample_store(settings: Settings) -> Store:
    """The store of the invented landlord."""
    return Store(settings.sample_folder, "sample")


def store_in_use(settings: Settings) -> Store:
    """The landlord's own store once it holds something; until then the sample's. The two are never mixed."""
    own, sample = landlord_store(settings), sample_store(settings)
    return sample if own.current_name() is None and sample.current_name() is not None else own


def readings_of(store: Store) -> Readings:
    """What has been read in a store's comments, by the reader in use now."""
    return Readings(store.readings_folder, load_language().version)


# ── Files ────────────────────────────────────────────────────────────────────────────────────────


def take_in(
    path: Path,
    mapping: Mapping,
    settings: Settings,
    profile: str = "",
    name: str = "",
    progress: Progress | None = None,
) -> Taken:
    """Read, check and publish a survey file as a new generation, and remember its mapping as a profile.

    Raises IntakeError or Unanswered with nothing kept; StoreError where another publish is under way.
    """
    incoming = intake.take_in(path, mapping, settings.home, profile=profile, name=name, progress=progress)
    try:
        if progress:
            progress(0.85, "Publishing")
        store = landlord_store(settings)
        generation = store.publish(incoming)
        problems, comments = _problems(incoming), _comments(incoming)
    finally:
        incoming.connection.close()
    kept = remember(settings.profiles_folder, profile, incoming.file)
    Ledger(store.folder).record(
        "publish",
        {
            "generation": generation.number,
            "file": incoming.name,
            "sha256": incoming.sha256,
            "rows in": incoming.file.rows_in,
            "rows kept": incoming.file.rows_kept,
            "profile": kept,
        },
    )
    return Taken(generation, incoming.file, problems, comments)


def problems_of(
    path: Path, mapping: Mapping, settings: Settings, profile: str = ""
) -> tuple[tuple[Problem, ...], intake.FileFacts]:
    """Every problem of a file, without keeping anything of it.

    Raises IntakeError or Unanswered where the file cannot be read as far as its rows.
    """
    incoming = intake.take_in(path, mapping, settings.home, profile=profile)
    try:
        return _problems(incoming), incoming.file
    finally:
        incoming.connection.close()


def undo(settings: Settings) -> Generation | None:
    """Take the last publish back; what was there before is in use again. Raises StoreError where there is none."""
    store = landlord_store(settings)
    undone = store.current()
    earlier = store.undo()
    Ledger(store.folder).record(
        "undo",
        {"undone": undone.number if undone else None, "in use": earlier.number if earlier else None},
    )
    return earlier


def _problems(incoming: intake.Incoming) -> tuple[Problem, ...]:
    rows = incoming.connection.execute(
        'select "row", "column", value, rule, what, remedy, owner, stops from problems order by stops = \'\', "row", "column"'
    ).fetchall()
    return tuple(Problem(incoming.name, *row) for row in rows)


def _comments(incoming: intake.Incoming) -> int:
    found = incoming.connection.execute("select count(*) from comments").fetchone()
    return int(found[0]) if found else 0


# ── The invented landlord ────────────────────────────────────────────────────────────────────────


def load_sample(settings: Settings, progress: Progress | None = None) -> bool:
    """Load the invented landlord and read its comments; False where it is already there and nothing changes.

    Raises StoreError where the home holds real data, so that invented figures never stand where real ones are looked for.
    """
    if landlord_store(settings).current_name() is not None:
        raise StoreError(
            "This home holds a landlord's own data, so the invented landlord is not loaded beside them. "
            "Point TENANT_VOICE_HOME at an empty folder to look at the sample."
        )
    store = sample_store(settings)
    if store.current_name() is not None:
        return False
    incoming = demo_incoming()
    try:
        generation = store.publish(incoming)
    finally:
        incoming.connection.close()
    Ledger(store.folder).record("load sample", {"generation": generation.number})
    read_comments(settings, progress)
    return True


def remove_sample(settings: Settings) -> None:
    """Take the invented landlord away, with everything read in its comments."""
    sample_store(settings).remove()


# ── Tenants' words ───────────────────────────────────────────────────────────────────────────────


def read_comments(settings: Settings, progress: Progress | None = None) -> labelling.Labelled:
    """Redact and read every comment that has not been read yet; stopped half way, it goes on where it was."""
    store = store_in_use(settings)
    labelled = labelling.label(store, load_language(), progress)
    if labelled.read:
        Ledger(store.folder).record("read comments", {"read": labelled.read})
    return labelled
