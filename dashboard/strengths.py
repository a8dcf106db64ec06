"""What tenants are proud of and good at: told, place by place, over time; the asset register; offers to follow up."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from analysis.model import Audience, Problem, Question, Theme, Through, Voices, Wave
from analysis.respect import why_of_one_officer
from analysis.spoken import STAFF, each_strength, strength_by_place, strength_through, strengths
from dashboard import actions, answers
from data import registers, voices
from data.asset_file import read_assets
from data.assets import Asset, Assets, Words
from data.generation import Generation
from data.offers import OfferBook
from data.selection import NOT_RECORDED
from data.settings import Settings

# Never a characteristic out of a file: it may be a patch, and a patch is often one named officer.
WAYS = ("estate", "tenure", "age_band")


def strengths_told(
    question: Question, heard: Voices, generation: Generation, readings: str, smallest_base: int
) -> tuple[Theme, ...]:
    """What tenants are proud of, good at or thankful for, as shares of the comments read; most told of first.

    Praise of staff is withheld where the filters name a patch, a team, an officer, or an estate that few people serve.
    """
    counted = voices.strength_cells(generation, question, readings)
    return strengths(counted, heard, registers.strength_titles(), smallest_base, _no_praise(question, generation))


def every_strength(
    question: Question, heard: Voices, generation: Generation, readings: str, smallest_base: int
) -> tuple[Theme, ...]:
    """The same for every kind there is, in the register's order: nobody telling of one is told too."""
    told = strengths_told(question, heard, generation, readings, smallest_base)
    return each_strength(told, heard, registers.strength_titles(), smallest_base)


def by_place(
    question: Question,
    kind: str,
    generation: Generation,
    readings: str,
    smallest_base: int,
    listen: answers.Listen | None = None,
) -> tuple[Theme, ...]:
    """One kind of strength by the question's breakdown; of staff on the stricter base.

    An estate that fewer than three people serve is never told, nor praise by patch, team or officer. ``listen`` gives
    the voices of a question on a base, where somebody keeps them; else they are asked for here.
    """
    assert question.breakdown is not None
    fewest = answers.strict_base(smallest_base) if kind == STAFF else smallest_base
    divided = listen(question, fewest) if listen else answers.listen(question, generation, readings, fewest)
    counted = voices.strength_cells(generation, question, readings, (question.breakdown,))
    return strength_by_place(kind, counted, divided, fewest)


def through_time(
    question: Question,
    kind: str,
    generation: Generation,
    readings: str,
    smallest_base: int,
    listen: answers.Listen | None = None,
) -> tuple[Through, ...]:
    """One kind of strength in every wave of the question's tenure group, oldest first, each against the one before.

    ``listen`` as for ``by_place``.
    """
    every = replace(question, compared_with=None, breakdown=None)
    if kind == STAFF and _no_praise(every, generation):
        return ()
    found: list[tuple[Wave, Voices, int]] = []
    for wave in generation.waves:
        if question.tenure_group not in generation.tenure_groups(wave.name):
            continue
        then = replace(every, wave=wave.name)
        heard = listen(then, smallest_base) if listen else answers.listen(then, generation, readings, smallest_base)
        counted = voices.strength_cells(generation, then, readings).set_index("kind")["n"]
        if heard.comments:
            found.append((wave, heard, int(counted.get(kind, 0))))
    return strength_through(kind, found, smallest_base)


def _no_praise(question: Question, generation: Generation) -> str | None:
    few = answers.few_staffed(generation, question.scope)
    return why_of_one_officer(question.filters, generation.dimensions, few)


# ── The asset register and the offers ────────────────────────────────────────────────────────────


def assets_in_use(settings: Settings) -> Assets:
    """The asset register of the store the pages read."""
    return Assets(actions.store_in_use(settings).folder)


def offers_in_use(settings: Settings) -> OfferBook:
    """What was recorded of offers in the store the pages read."""
    return OfferBook(actions.store_in_use(settings).folder)


def estates(settings: Settings) -> tuple[str, ...]:
    """Every name of an estate there is, sorted."""
    held = actions.store_in_use(settings).current()
    if held is None:
        return ()
    with closing(held):
        return tuple(name for name in answers.levels_of(held, "estate") if name != NOT_RECORDED)


def keep_asset(settings: Settings, words: Words, who: str) -> Asset:
    """Put an asset in the register. Raises CannotKeep with the reason."""
    return assets_in_use(settings).add(words, who, estates(settings))


def change_asset(settings: Settings, held: Asset, words: Words, who: str) -> Asset:
    """Say something else of an asset that was read as ``held``. Raises CannotKeep with the reason."""
    return assets_in_use(settings).change(held.asset_id, words, who, held.digest, estates(settings))


def take_in_assets(settings: Settings, path: Path, who: str, name: str = "") -> tuple[int, tuple[Problem, ...]]:
    """Put every asset of a CSV in the register, or none and every problem of the file."""
    register, known = assets_in_use(settings), estates(settings)
    words, problems = read_assets(path, known, (asset.words for asset in register.standing()), name)
    return (0 if problems else register.add_all(words, who, known)), problems


def take_in_given(settings: Settings, content: bytes, name: str, who: str) -> tuple[int, tuple[Problem, ...]]:
    """The same of a file a person gave the page."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(name).name or "assets.csv")
        path.write_bytes(content)
        return take_in_assets(settings, path, who, Path(name).name)


def by_estate(assets: Sequence[Asset]) -> dict[str, list[Asset]]:
    """Assets by the estate they are in; "" for those of the whole landlord, which come last."""
    found: dict[str, list[Asset]] = {}
    for asset in sorted(assets, key=lambda a: (a.words.estate == "", a.words.estate)):
        found.setdefault(asset.words.estate, []).append(asset)
    return found


def may_list(question: Question) -> bool:
    """Whether offers may be listed at all: only for the landlord's own people."""
    return question.audience is Audience.INTERNAL
