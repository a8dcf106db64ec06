"""Looking for themes among everything that was read, and keeping what is found."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from analysis.themes import BY_MEANING, SIDES, Found, Placing, Space, find, space_of_meanings, space_of_words
from data.searching import Searcher
from data.themes.kept import Kept

ENOUGH_MEANT = 0.9  # of the texts whose meaning is known: below it themes are made of words
SEED, SAMPLE = 6, 20_000  # texts a space is made of
REFERENCE = Path(__file__).parents[1] / "reference"
BEGUN_OTHERWISE = (
    "The themes were made with another sentence model, or without one, than there is now. Look for themes anew."
)


@cache
def empty_words(folder: Path = REFERENCE) -> frozenset[str]:
    """Words that name nothing, from themes.toml and scikit-learn's list of stop words."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    register = tomllib.loads((folder / "themes.toml").read_text(encoding="utf-8"))
    return frozenset(register["empty"].split()) | ENGLISH_STOP_WORDS


def look(searcher: Searcher, kept: Kept, today: str, anew: bool = False) -> Found:
    """Look for themes among everything read: a first set, or what is far from all there are. ``anew`` begins again.

    What is found is kept. Where the themes there are were made with another model, nothing is looked for and the reason
    is given: only a person may throw names away that people gave.
    """
    texts, keys, tones = searcher.texts(), searcher.index.keys.to_pylist(), searcher.index.tones.to_pylist()
    known, held = searcher.known(), None if anew else kept.space()
    model = held[1] if held else searcher.model if len(known) and known.mean() >= ENOUGH_MEANT else ""
    if model and model != searcher.model:
        return Found(kept.themes(), (), MappingProxyType(dict.fromkeys(SIDES, BEGUN_OTHERWISE)))
    rows = np.flatnonzero(known) if model else np.arange(len(texts))
    said, names, how = ([each[row] for row in rows] for each in (texts, keys, tones))
    space = held[0] if held else _space(searcher, rows, said, names, bool(model))
    if space is None:
        return Found((), (), MappingProxyType(dict.fromkeys(SIDES, "too few comments have been read")))
    place = _placing(searcher, space, rows, said)
    themes, seen = (kept.themes(), kept.seen()) if held else ((), frozenset())
    found = find(names, said, how, place, empty_words(), today, themes, seen)
    if held and found.new:
        kept.add([theme for theme in found.themes if theme.key in found.new], names)
    elif found.new:
        kept.begin(space, model, found.themes, names)
    return found


def _space(
    searcher: Searcher, rows: npt.NDArray[np.int64], texts: Sequence[str], keys: Sequence[str], meant: bool
) -> Space | None:
    """A space for these texts, made of a sample of them that is the same in any order; None where there are too few."""
    some = np.argsort(np.array(keys, dtype=np.str_))[:SAMPLE]
    if meant:
        return space_of_meanings(searcher.vectors_of(rows[np.sort(some)])) if len(some) else None
    try:
        return space_of_words([texts[at] for at in some], SEED) if len(some) > 1 else None
    except ValueError:  # no word is left of them
        return None


def _placing(searcher: Searcher, space: Space, rows: npt.NDArray[np.int64], texts: Sequence[str]) -> Placing:
    """What gives the places of some of these texts."""
    if space.kind == BY_MEANING:
        return lambda some: space.place((), searcher.vectors_of(rows[some]))
    return lambda some: space.place([texts[at] for at in some.tolist()])
