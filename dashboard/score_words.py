"""Scores beside words: what is ticked less what is written, of everyone and of each estate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.model import Audience, Estimate, Measure, Question
from analysis.model.fair import ScoreWords
from analysis.respect import TOPICS, why_of_one_officer
from analysis.score_words import score_words
from dashboard import answers
from data import registers
from data import score_words as counted
from data.generation import Generation

ESTATE = "estate"
INSIDE_ONLY = "outside the landlord it is told of everyone only"


def score_words_of(
    question: Question, generation: Generation, readings: str, smallest_base: int, by_estate: bool = False
) -> tuple[ScoreWords, ...]:
    """The gap of every measure that topics speak to, of everyone or of each estate; none where it may not be told.

    What is said of staff and of being judged stands on the stricter base. Outside the landlord a share that is
    withheld has no base either, and how many speak both well and ill is not told. Raises NotHeld as ``answer``.
    """
    if why_untold(question, generation, by_estate):
        return ()
    about = _about(question, generation)
    fewest = {code: _fewest(topics, smallest_base) for code, topics in about.items()}
    by = ESTATE if by_estate else None
    rows = counted.answers_and_words(generation, question, about, readings, by)
    survey = generation.survey(question, ())
    few = answers.few_staffed(generation, question.scope) if by_estate else ()
    found = score_words(rows, survey, by, fewest, few)
    return found if question.audience is Audience.INTERNAL else tuple(map(_outside, found))


def _outside(found: ScoreWords) -> ScoreWords:
    """A gap as it leaves the landlord: nothing in it counts a handful of comments."""
    score, told = _without_base(found.score), _without_base(found.words)
    gap = replace(found.gap, before=_without_base(found.gap.before), after=_without_base(found.gap.after))
    return replace(found, score=score, words=told, gap=gap, both=None)


def _without_base(found: Estimate) -> Estimate:
    return replace(found, base=0, effective_base=None) if found.withheld else found


def why_untold(question: Question, generation: Generation, by_estate: bool) -> str | None:
    """Why the gap is not told, None where it is: its filters are of one officer's tenants, whose words are told on no
    page, or it is for others than the landlord's own people."""
    few = answers.few_staffed(generation, question.scope)
    if why := why_of_one_officer(question.filters, generation.dimensions, few):
        return why
    if question.audience is Audience.INTERNAL or not (by_estate or question.filters):
        return None
    return INSIDE_ONLY


def measures_spoken_to(question: Question, generation: Generation) -> tuple[Measure, ...]:
    """The measures asked that any topic speaks to, in the regulator's order."""
    about = _about(question, generation)
    wave = generation.wave(question.wave)
    return tuple(measure for measure in answers.asked_measures(question, wave) if measure.code in about)


def of_people(code: str) -> bool:
    """Whether a measure's topics are of staff, of listening or of being judged."""
    return any(code in measures for topic, (measures, _) in registers.topic_belongings().items() if topic in TOPICS)


def _about(question: Question, generation: Generation) -> Mapping[str, tuple[str, ...]]:
    """The topics that speak to each measure asked of the question's tenure group in its wave."""
    wave = generation.wave(question.wave)
    asked = generation.asked_in(wave.name)
    belongs = registers.topic_belongings()
    found = {}
    for measure in answers.asked_measures(question, wave):
        topics = tuple(topic for topic, (codes, _) in belongs.items() if measure.code in codes)
        if topics and question.tenure_group in measure.tenures and measure.code in asked:
            found[measure.code] = topics
    return found


def _fewest(topics: tuple[str, ...], smallest_base: int) -> int:
    return answers.strict_base(smallest_base) if set(topics) & set(TOPICS) else smallest_base
