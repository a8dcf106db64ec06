"""The tables of a pack looked at together: what one reader could work out from all of them is withheld from all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import pandas as pd

from analysis.model import Audience
from analysis.survey.suppression import Rule
from analysis.survey.tables_together import View, view_of, withheld_together
from analysis.survey.views import Cube, cubes
from dashboard.disclosed import tone_and_people, word_counts, word_cubes
from dashboard.evidence.material import Material
from dashboard.given import Given, Of, Place, to_one_reader
from data import bases
from data.generation import Generation

Made = TypeVar("Made")
WHEN, BESIDE = "when", "\n"  # the waves and periods that an answer is in, as one more characteristic
AT_ONCE = 6  # questions counted at once: of many answers by every characteristic all would take much memory
RESPONDENT = ("wave", "respondent")  # what tells one who wrote from another


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
    for places in _sharing_people(generation, list(dict.fromkeys(place for place, _ in given.told))):
        for name, cube in _counted(given, generation, places):
            told, withheld = (_views(kept, places, name, cube) for kept in (given.told, given.withheld))
            rule = max((given.rules[place, name] for place in places if (place, name) in given.rules), key=_strictness)
            gone = withheld_together(cube, told, rule, withheld, everyone=len(places) == 1)
            for of, view in (each for together in gone for each in told[together]):
                given.besides.setdefault(of, set()).add(view)
            more = more or bool(gone)
    return more


def _strictness(rule: Rule) -> tuple[int, int]:
    return rule.minimum, rule.alike


# ── Periods ──────────────────────────────────────────────────────────────────────────────────────


def _sharing_people(generation: Generation, places: list[Place]) -> list[list[Place]]:
    """Places with answers in common together: a quarter with the waves it is made of and the year it is in."""
    found: list[list[Place]] = []
    for place in places:
        same = [group for group in found if any(_share(generation, place, other) for other in group)]
        found = [group for group in found if group not in same] + [[each for group in same for each in group] + [place]]
    return found


def _share(generation: Generation, one: Place, other: Place) -> bool:
    return one[1:] == other[1:] and not set(generation.waves_in(one[0])).isdisjoint(generation.waves_in(other[0]))


def _views(
    kept: Mapping[Of, set[View]], places: list[Place], name: str, cube: Cube
) -> dict[View, list[tuple[Of, View]]]:
    """The views of one question in several places as views of one cube, and what each is there."""
    found: dict[View, list[tuple[Of, View]]] = {}
    for place in places:
        when = {}
        if WHEN in cube.keys:
            when = {WHEN: [each for each in cube.levels[cube.axis(WHEN)] if place[0] in each.split(BESIDE)]}
        for view in sorted(kept.get((place, name), ())):
            found.setdefault(view_of({**dict(view), **when}), []).append(((place, name), view))
    return found


# ── Counts ───────────────────────────────────────────────────────────────────────────────────────


def _counted(given: Given, generation: Generation, places: list[Place]) -> Iterator[tuple[str, Cube]]:
    """Everyone who answered each question told of some places, and everyone who wrote, by every characteristic told.

    Of several places also by which of them an answer is in.
    """
    names = sorted({name for at, name in given.told if at in places})
    views = [view for (at, _), several in given.told.items() if at in places for view in several]
    keys = tuple(sorted({key for view in views for key, _ in view}))
    if keys or len(places) > 1:
        for some in range(0, len(names), AT_ONCE):
            yield from _answers(generation, keys, names[some : some + AT_ONCE], places).items()
        yield from ((name, cube) for name, cube in _words(given, generation, keys, places).items() if name in names)


def _answers(generation: Generation, keys: tuple[str, ...], names: list[str], places: list[Place]) -> dict[str, Cube]:
    asked = {wave: generation.codes_asked_in(wave) for wave, _, _ in places}
    if len(places) == 1:
        ((wave, group, scope),) = places
        codes = [name for name in names if name in asked[wave]]
        return cubes(bases.answers_by(generation, keys, codes, scope, wave, group), keys)
    each = {
        wave: bases.each_answer(generation, keys, codes, scope, wave, group)
        for wave, group, scope in places
        if (codes := [name for name in names if name in asked[wave]])
    }
    if not each:
        return {}
    counted = _by_place(each, ["respondent", *keys, "measure", "answer"]).assign(n=1)
    return cubes(counted, (*keys, WHEN))


def _words(given: Given, generation: Generation, keys: tuple[str, ...], places: list[Place]) -> dict[str, Cube]:
    there = [place for place in places if place in given.words]
    if not there:
        return {}
    if len(places) == 1:
        asked, readings = given.words[there[0]]
        return word_counts(generation, asked, keys, readings)
    one = (*keys, *RESPONDENT)
    each = [tone_and_people(generation, given.words[place][0], one, given.words[place][1]) for place in there]
    tones, people = (
        _by_place({place[0]: rows[n] for place, rows in zip(there, each, strict=True)}, list(each[0][n].columns))
        for n in (0, 1)
    )
    return word_cubes(tones, people, (*keys, WHEN))


def _by_place(each: Mapping[str, pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    """Rows of several waves and periods, each once, with the names of those it is in as WHEN."""
    every = pd.concat([rows.assign(**{WHEN: wave}) for wave, rows in each.items()])
    return (
        every.groupby(columns, dropna=False, sort=True)[WHEN]
        .agg(lambda names: BESIDE.join(sorted(names)))
        .reset_index()
    )
