"""The one rule of disclosure before any face: counts round a question are asked of the store, the rule looks at them.

Neighbours of a view cost one count by the characteristics a question names, and nothing where it names none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.model import Audience, Findings, Question, Voices
from analysis.survey.disclosure import Protector, protect, protect_voices
from analysis.survey.suppression import FEWEST_ALIKE, Rule
from analysis.survey.views import Cube, Views, cubes
from analysis.voices import SET_ASIDE, TONES
from data import bases, voices
from data.generation import Generation

COMMENTS, PEOPLE = "comments", "people"  # what views of tenants' words are of
UNREAD = "unread"


def protected(found: Findings, generation: Generation, smallest_base: int) -> Findings:
    """Findings as their question's audience may have them."""
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


def protected_voices(
    heard: Voices, asked: Question, generation: Generation, readings: str, smallest_base: int
) -> Voices:
    """Shares of comments as a question's audience may have them: neither comments nor the people who wrote are few."""
    keys = _keys(asked)
    if not keys and asked.audience is Audience.INTERNAL:
        return heard
    rule = Rule(smallest_base, yes=0)
    place = (asked.scope, asked.wave, asked.tenure_group)
    parents = bases.coarser(generation, keys, *place)
    every, anyone = _with_parents(keys, parents), replace(asked, filters=())
    tones = voices.tone_cells(generation, anyone, every, readings).assign(measure=COMMENTS).fillna({"tone": UNREAD})
    wrote = voices.commenters(generation, anyone, every, readings).assign(measure=PEOPLE, answer=1)
    found = {
        **cubes(tones.rename(columns={"tone": "answer"}), every, (*TONES, SET_ASIDE, UNREAD), parents),
        **cubes(wrote, every, (1,), parents),
    }
    return protect_voices(heard, Protector(asked.audience, asked.filters, _views(found, rule), rule))


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
