"""Looking for comments and for themes among them: what pages and command line share."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from analysis.model import Question
from analysis.themes import Found
from dashboard import actions
from data import themes as held_themes
from data.embedding import VERSION, NoModel, find_model, load_embedder
from data.generation import Generation
from data.ledger import Ledger
from data.searching import Search, Searcher
from data.settings import Settings
from data.themes import Kept, Said, Themes
from data.vectors import Vectors

SURVEY = ("survey",)
# What the sentence model was trained to find before a question; how much it helps: docs/method/searching.md.
ASKED = "Represent this sentence for searching relevant passages: "


def searcher_of(settings: Settings, held: Generation) -> Searcher:
    """The searcher of the store in use. Meanings are at hand where the sentence model is that made them."""
    store = actions.store_in_use(settings)
    there = not isinstance(find_model(settings.model_folder), NoModel)
    vectors = Vectors(store.vectors_folder, VERSION) if there else None
    return Searcher(held, actions.readings_of(store), store.folder, vectors)


def meaning_of(words: str, settings: Settings) -> npt.NDArray[np.float32] | NoModel:
    """What some words mean, by the sentence model; or why there is none."""
    embedder = load_embedder(settings.model_folder)
    return embedder if isinstance(embedder, NoModel) else embedder([ASKED + words])[0]


def themes_in_use(settings: Settings) -> Kept:
    """The themes of the store the pages read."""
    return Kept(actions.store_in_use(settings).folder)


def look_for_themes(settings: Settings, held: Generation, today: date, anew: bool = False) -> Found:
    """Look for themes among everything read, and keep them; ``anew``: in place of those there are."""
    store = actions.store_in_use(settings)
    found = held_themes.look(searcher_of(settings, held), Kept(store.folder), today.isoformat(), anew)
    Ledger(store.folder).record("look for themes", {"new": list(found.new), "anew": anew})
    return found


def themes_of(question: Question, searcher: Searcher, kept: Kept, smallest_base: int, quotes: bool = True) -> Themes:
    """The themes among the survey comments of a question: renters and shared owners are never mixed."""
    search = Search(
        question.scope,
        filters=question.filters,
        channels=SURVEY,
        wave=question.wave,
        tenure_group=question.tenure_group,
    )
    return held_themes.tell(searcher, kept, search, smallest_base, quotes)


def rename_theme(settings: Settings, theme: str, name: str, who: str) -> Said:
    """Give a theme another name. Raises NotHeld, ValueError with the reason."""
    return _noted(settings, themes_in_use(settings).rename(theme, name, who))


def merge_themes(settings: Settings, theme: str, into: str, who: str) -> Said:
    """Count a theme in another from now on. Raises NotHeld, ValueError with the reason."""
    return _noted(settings, themes_in_use(settings).merge(theme, into, who))


def hide_theme(settings: Settings, theme: str, who: str) -> Said:
    """Show a theme no more. Raises NotHeld, ValueError with the reason."""
    return _noted(settings, themes_in_use(settings).hide(theme, who))


def take_back_theme(settings: Settings, n: int, who: str) -> Said:
    """Take back one thing said of a theme. Raises NotHeld, ValueError with the reason."""
    return _noted(settings, themes_in_use(settings).take_back(n, who))


def _noted(settings: Settings, said: Said) -> Said:
    """A line in the ledger: the theme and what was done; never the words of a name."""
    done = {"n": said.n, "theme": said.theme, "who": said.back_by or said.who}
    action = f"take back {said.what} of theme" if said.back else f"{said.what} theme"
    Ledger(actions.store_in_use(settings).folder).record(action, done)
    return said
