"""The one rule of disclosure before any face: counts round a question are asked of the store, the rule looks at them.

Neighbours of a view cost one count by the characteristics a question names, and nothing where it names none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from analysis.model import Audience, Findings, Question, Voices
from analysis.survey.disclosure import Protector, protect, protect_voices
from analysis.survey.suppression import FEWEST_ALIKE, Rule
from analysis.survey.views import Cube, Views, cubes
from analysis.voices import SET_ASIDE, TONES
from dashboard.given import COMMENTS, PEOPLE, reader
from data import bases, voices
from data.generation import Generation

UNREAD = "unread"


def protected(found: Findings, generation: Generation, smallest_base: int) -> Findings:
    """Findings as their question's audience may have them, beside whatever else one reader is given."""
    return beside(protected_alone(found, generation, smallest_base), smallest_base)


def beside(told: Findings, smallest_base: int) -> Findings:
    """Findings that may stand alone as they may beside whatever else one reader is given."""
    together = reader()
    return told if together is None else together.of_findings(told, rule_of(smallest_base))


def protected_alone(found: Findings, generation: Generation, smallest_base: int) -> Findings:
    """Findings as their question's audience may have them where it has nothing else."""
    rule = rule_of(smallest_base)
    asked, keys = found.question, _keys(found.question, found)
    if not keys and asked.audience is Audience.INTERNAL:
        return protect(found, {}, {}, rule)
    codes = tuple(measure.code for measure in found.measures)
    now = answer_views(generation, asked, keys, codes, rule)
    if found.earlier is None:
        return protect(found, now, {}, rule)
    earlier = replace(asked, wave=found.earlier.name)
    return protect(found, now, answer_views(generation, earlier, keys, codes, rule), rule)


def answer_views(
    generation: Generation, asked: Question, keys: Sequence[str], measures: Sequence[str], rule: Rule
) -> dict[str, Views]:
    """The views of each measure of a question's wave, tenure group and scope, by some characteristics."""
    place = (asked.scope, asked.wave, asked.tenure_group)
    parents = bases.coarser(generation, keys, *place)
    held = tuple(code for code in measures if code in generation.codes_asked_in(asked.wave))
    every = _with_parents(keys, parents)
    return _views(cubes(bases.answers_by(generation, every, held, *place), every, parents=parents), rule)


def voices_beside(told: Voices, asked: Question, readings: str, smallest_base: int) -> Voices:
    """Shares of comments that may stand alone as they may beside whatever else one reader is given."""
    together = reader()
    return told if together is None else together.of_voices(told, asked, readings, _of_words(smallest_base))


def voices_alone(heard: Voices, asked: Question, generation: Generation, readings: str, smallest_base: int) -> Voices:
    """Shares of comments as a question's audience may have them where it has nothing else."""
    rule, keys = _of_words(smallest_base), _keys(asked)
    if not keys and asked.audience is Audience.INTERNAL:
        return heard
    place = (asked.scope, asked.wave, asked.tenure_group)
    parents = bases.coarser(generation, keys, *place)
    found = word_counts(generation, replace(asked, filters=()), _with_parents(keys, parents), readings, parents)
    return protect_voices(heard, Protector(asked.audience, asked.filters, _views(found, rule), rule))


def _of_words(smallest_base: int) -> Rule:
    return Rule(smallest_base, yes=0)


def word_counts(
    generation: Generation,
    anyone: Question,
    keys: Sequence[str],
    readings: str,
    parents: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> dict[str, Cube]:
    """Comments by tone, and people who wrote, counted by some characteristics within a question without filters."""
    return word_cubes(*tone_and_people(generation, anyone, keys, readings), keys, parents)


def tone_and_people(
    generation: Generation, anyone: Question, keys: Sequence[str], readings: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Comments by some characteristics and tone, and people who wrote by the same: both with the number n."""
    return (
        voices.tone_cells(generation, anyone, tuple(keys), readings),
        voices.commenters(generation, anyone, tuple(keys), readings),
    )


def word_cubes(
    tones: pd.DataFrame,
    people: pd.DataFrame,
    keys: Sequence[str],
    parents: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> dict[str, Cube]:
    """Counted comments and people who wrote, as the rule looks at them."""
    toned = tones.astype({"tone": object}).assign(measure=COMMENTS).fillna({"tone": UNREAD})
    return {
        **cubes(toned.rename(columns={"tone": "answer"}), keys, (*TONES, SET_ASIDE, UNREAD), parents),
        **cubes(people.assign(measure=PEOPLE, answer=1), keys, (1,), parents),
    }


def levels_not_told(
    asked: Question,
    generation: Generation,
    key: str,
    levels: Mapping[str, tuple[str, ...]],
    codes: Sequence[str],
    smallest_base: int,
) -> set[tuple[str, str]]:
    """Which levels of a characteristic (each made of some of its own) would give a few people away, by measure."""
    rule, together = rule_of(smallest_base), reader()
    found = {
        (code, level)
        for code, views in answer_views(generation, asked, (key,), tuple(codes), rule).items()
        for level, several in levels.items()
        if several and views.leak({key: several}) is not None
    }
    return found if together is None else together.of_levels(asked, key, levels, codes, found, rule)


def rule_of(smallest_base: int) -> Rule:
    """What may not be worked out, for a landlord's own smallest base."""
    return Rule(minimum=smallest_base, alike=max(FEWEST_ALIKE, smallest_base))


def _keys(asked: Question, found: Findings | None = None) -> tuple[str, ...]:
    """Every characteristic the question's figures are divided or narrowed by."""
    keys = [key for key, _ in asked.filters]
    keys += [asked.breakdown] if asked.breakdown else []
    if found is not None:
        compared = (each for several in found.within_method.values() for each in several)
        keys += [key for each in compared for key, _ in each.after.group]
    return tuple(dict.fromkeys(keys))


def _with_parents(keys: Sequence[str], parents: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*keys, *(coarse for several in parents.values() for coarse in several)]))


def _views(found: dict[str, Cube], rule: Rule) -> dict[str, Views]:
    return {name: Views(cube, rule) for name, cube in found.items()}
