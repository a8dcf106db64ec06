"""Ask and be told: the one road from a Question to Findings, for every face."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analysis.findings import find
from analysis.model import OUTSIDE, Findings, Measure, Question, Scope, Voices, Wave
from analysis.voices import hear
from data import registers, voices
from data.generation import Generation, NotHeld


def answer(question: Question, generation: Generation, smallest_base: int) -> Findings:
    """Everything there is to say about a question's measures.

    Raises NotHeld where the question names a wave, breakdown or filter that is not there.
    """
    dims = () if question.breakdown is None else (question.breakdown,)
    survey = generation.survey(question, dims)
    earlier = None
    if question.compared_with is not None:
        earlier = generation.survey(replace(question, wave=question.compared_with))
    measures = asked_measures(question, survey.wave)
    notes = (*_register_notes(survey.wave), *_rows_set_aside(generation, survey.wave))
    return find(question, survey, earlier, measures, generation.dimensions, smallest_base, notes)


def listen(question: Question, generation: Generation, readings: str, smallest_base: int) -> Voices:
    """What tenants wrote within a question, counted; by its breakdown where it has one."""
    dims = () if question.breakdown is None else (question.breakdown,)
    return hear(
        voices.tone_cells(generation, question, dims, readings),
        voices.topic_cells(generation, question, dims, readings),
        voices.commenters(generation, question, dims, readings),
        registers.topic_titles(),
        smallest_base,
        by=question.breakdown,
    )


def asked_measures(question: Question, wave: Wave) -> tuple[Measure, ...]:
    """The measures a question is about, as the register of the wave's year has them, in the regulator's order.

    Raises NotHeld for a code the register does not have.
    """
    register = registers.measures(registers.register_year(wave.fieldwork_to))
    unknown = set(question.measures) - {measure.code for measure in register}
    if unknown:
        raise NotHeld(f"Unknown measure {', '.join(sorted(unknown))}. The measures are TP01 to TP12.")
    return tuple(measure for measure in register if not question.measures or measure.code in question.measures)


def latest_question(
    generation: Generation, scope: Scope, wave: str | None = None, group: str | None = None
) -> Question:
    """The question a reader starts from: the latest wave (or the one named), against the wave before it.

    Raises NotHeld where nothing is held or the wave or tenure group is not there.
    """
    names = [held.name for held in generation.waves]
    chosen = generation.wave(wave).name if wave is not None else names[-1]
    groups = generation.tenure_groups(chosen)
    if group is not None and group not in groups:
        raise NotHeld(f"{chosen} has no {group} answers. It has: {', '.join(groups) or 'none that a measure counts'}.")
    place = names.index(chosen)
    return Question(
        wave=chosen,
        tenure_group=group or (groups[0] if groups else "LCRA"),
        scope=scope,
        compared_with=names[place - 1] if place else None,
    )


def _register_notes(wave: Wave) -> Iterator[str]:
    year = registers.register_year(wave.fieldwork_to)
    if note := registers.register_note(wave.fieldwork_to):
        yield note
    if registers.is_provisional(year):
        yield registers.provisional_note(year)


def _rows_set_aside(generation: Generation, wave: Wave) -> Iterator[str]:
    if repeats := generation.household_repeats(wave.name):
        yield f"Second answers of a household, flagged and not counted in any measure: {repeats:,}."
    if outside := generation.responses(wave.name).get(OUTSIDE):
        yield f"Respondents whose tenure is outside the measures, not counted in any of them: {outside:,}."
