"""Reading the landlord's own letters, and keeping what was found: one road for page and command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.letters.suggesting import Suggest
from analysis.model.letters import LettersRead
from dashboard import actions
from data.embedding import NoModel
from data.generation import StoreError
from data.language import load_redaction
from data.letters.kept import KeptLetter, Letters
from data.letters.reading import Given, Progress, read_letters
from data.letters.register import load_letter_words
from data.letters.suggesting import load_suggest
from data.letters.templates import read_templates
from data.settings import Settings

INVENTED = Path(__file__).parents[1] / "data" / "sample" / "letters"
INVENTED_REGISTER = INVENTED.with_name("letters-register.csv")
NOT_KEPT = (
    "Not kept: the invented landlord is loaded, and its store and your own are never mixed. Remove it under Data and "
    "packs, or with `tenant-voice demo --remove`, to keep findings."
)


def letters_in_use(settings: Settings) -> Letters:
    """The letters kept in the store the pages read."""
    return Letters(actions.store_in_use(settings).folder)


def read(
    files: Sequence[Given],
    kind: str = "",
    column: str = "",
    register: Given | None = None,
    progress: Progress = lambda _: None,
    suggest: Suggest | None = None,
) -> LettersRead:
    """What was read in these files; ``register`` is the landlord's list of templates.

    Raises UnreadableFile where the register is none, SettingsError where the landlord's wording cannot be followed.
    """
    templates, problems = (), ()
    if register is not None:
        templates, problems = read_templates(register.path, load_redaction(), register.name)
    found = read_letters(files, kind, column, templates, progress, suggest)
    return LettersRead(found.letters, (*problems, *found.problems), found.notes, found.counts)


def keep(settings: Settings, found: LettersRead, who: str) -> int:
    """Keep what was read in the landlord's own store. Raises StoreError while the invented landlord is loaded."""
    store = actions.store_in_use(settings)
    if store.kind == "sample":
        raise StoreError(NOT_KEPT)
    return Letters(store.folder).keep(found.letters, who)


def not_kept(found: LettersRead) -> tuple[KeptLetter, ...]:
    """What was read, in the form of what is kept, with nothing decided."""
    return tuple(KeptLetter(each, "", {}) for each in found.letters)


def suggesting(settings: Settings) -> Suggest | NoModel:
    """What finds sentences that may say the same in other words, or why there is no such thing here."""
    return load_suggest(settings.model_folder)


def kind_titles() -> Mapping[str, str]:
    """Kinds of wording: code → title, in order."""
    return load_letter_words().kinds


def keep_invented(settings: Settings) -> int:
    """Read the invented landlord's letters and keep what was found in its store; how many.

    Raises StoreError where the landlord's own store is in use: the two are never mixed.
    """
    store = actions.store_in_use(settings)
    if store.kind != "sample":
        raise StoreError("Your own landlord is loaded, so invented letters are not.")
    found = read([Given(file) for file in sorted(INVENTED.iterdir())], register=Given(INVENTED_REGISTER))
    return Letters(store.folder).keep(found.letters, "invented")
