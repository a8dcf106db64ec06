"""The tables of a pack looked at together: what one reader could work out from all of them is withheld from all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from analysis.model import Audience
from analysis.survey.tables_together import withheld_together
from analysis.survey.views import Cube, cubes
from dashboard.disclosed import word_counts
from dashboard.evidence.material import Material
from dashboard.given import Given, Place, to_one_reader
from data import bases
from data.generation import Generation

Made = TypeVar("Made")


def settled(material: Material, make: Callable[[], Made]) -> Made:
    """What ``make`` makes of a material, made again until no table of it undoes another's silence.

    For the landlord's own people nothing is withheld, so it is made once.
    """
    with to_one_reader(material.given) as given:
        made = make()
        while material.asked.audience is not Audience.INTERNAL and settle(given, material.generation):
            material.begin_again()
            made = make()
    return made


def settle(given: Given, generation: Generation) -> bool:
    """Withhold besides what the tables given would tell of a few people together; False where all may stand."""
    more = False
    for place in dict.fromkeys(place for place, _ in given.told):
        for name, cube in _counted(given, generation, place):
            of = place, name
            gone = withheld_together(cube, given.told[of], given.rules[of], given.withheld.get(of, ()))
            given.besides.setdefault(of, set()).update(gone)
            more = more or bool(gone)
    return more


def _counted(given: Given, generation: Generation, place: Place) -> Iterator[tuple[str, Cube]]:
    """Everyone who answered each question told of one place, and everyone who wrote, by every characteristic told."""
    wave, group, scope = place
    names = sorted(name for at, name in given.told if at == place)
    keys = tuple(sorted({key for name in names for view in given.told[place, name] for key, _ in view}))
    if not keys:
        return
    held = generation.codes_asked_in(wave)
    codes = [name for name in names if name in held]
    found = cubes(bases.answers_by(generation, keys, codes, scope, wave, group), keys)
    if place in given.words:
        asked, readings = given.words[place]
        found |= word_counts(generation, asked, keys, readings)
    yield from ((name, cube) for name, cube in found.items() if name in names)
