"""Fair outcomes put together: answers and records by what people are, and what is not held of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pandas as pd

from analysis.fairness import (
    Floor,
    answer_rows,
    complaint_units,
    hazards_safe,
    hazards_seen,
    holdings,
    one_family,
    record_rows,
)
from analysis.model import Audience, Question
from analysis.model.fair import Characteristic, Fairness, FairRow, Outcome
from dashboard import answers
from dashboard.disclosed import levels_not_told
from dashboard.words import yes_word
from data import clocks, fairness
from data.fairness import Whose
from data.generation import Generation
from data.selection import NOT_RECORDED

EVERYONE_ONLY = "outside the landlord it is told of everyone only: two views that differ by a few people give them away"
NARROWED_BY = ("estate", "tenure")  # what records can be narrowed by too


def fair_outcomes(question: Question, generation: Generation, smallest_base: int, today: date) -> Fairness:
    """Every measure and clock by every characteristic held, within a question; its breakdown and comparing aside.

    Special category data (and what is near it) only of the whole landlord, on the stricter base, and never for the
    public. Raises NotHeld as ``answer``.
    """
    begun, ended = answers.days_of(generation, question.wave)
    every = fairness.characteristics()
    held = holdings(fairness.held_of(generation, question, today), every)
    outside = question.audience is not Audience.INTERNAL
    if outside and question.filters:
        return Fairness(begun, ended, (), (), held, 0, withheld=EVERYONE_ONLY)
    floors = _floors(question, every, smallest_base, outside)
    measured = _of_answers(question, generation, every, floors, smallest_base)
    recorded, lost = _of_records(question, generation, every, floors, begun, min(ended, today), today)
    rows, family = one_family([*measured, *recorded])
    outcomes = tuple(dict.fromkeys(row.outcome for row in rows))
    notes = tuple(_notes(question, every, floors, bool(recorded)))
    return Fairness(begun, ended, outcomes, rows, held, family, MappingProxyType(lost), notes)


def _floors(
    question: Question, every: tuple[Characteristic, ...], smallest_base: int, outside: bool
) -> dict[str, Floor]:
    """The fewest each characteristic is told of; one that may not be told to this audience at all is not there."""
    found = {}
    for of in every:
        if not of.strict:
            found[of.key] = Floor(smallest_base, outside)
        elif question.audience is not Audience.PUBLIC and not question.filters:
            found[of.key] = Floor(answers.strict_base(smallest_base), True)
    return found


def _of_answers(
    question: Question,
    generation: Generation,
    every: tuple[Characteristic, ...],
    floors: dict[str, Floor],
    smallest_base: int,
) -> list[FairRow]:
    wave = generation.wave(question.wave)
    measures = [m for m in answers.asked_measures(question, wave) if question.tenure_group in m.tenures]
    measures = [m for m in measures if m.code in generation.asked_in(wave.name)]
    outcomes = {m.code: Outcome(m.code, f"{m.code} {m.title}", "tenant", "tenants", yes_word(m)) for m in measures}
    codes = [m.code for m in measures]
    found: list[FairRow] = []
    whole = generation.survey(replace(question, breakdown=None, measures=tuple(codes)))
    for of in every:
        if of.key not in floors:
            continue
        survey = fairness.survey_by(generation, question, whole, of, codes)
        if survey is not None and measures:
            leaks = _leaks(question, generation, of, codes, floors[of.key], smallest_base)
            found += answer_rows(survey, measures, outcomes, of, floors[of.key], leaks)
    return found


def _leaks(
    question: Question, generation: Generation, of: Characteristic, codes: list[str], floor: Floor, smallest_base: int
) -> set[tuple[str, str]] | None:
    """What the one rule of disclosure withholds outside, of a way of dividing that other pages have too; None for any
    other, which has its own rule."""
    own = fairness.answered_by(generation, of)
    if of.strict or not floor.hidden or own not in {dimension.key for dimension in generation.dimensions}:
        return None
    levels = generation.levels(own, question.scope)
    unsaid = tuple(level for level in levels if fairness.says_nothing(level))
    chosen = {**{level: (level,) for level in levels if level not in unsaid}, NOT_RECORDED: unsaid}
    return levels_not_told(question, generation, own, chosen, codes, smallest_base)


def _of_records(
    question: Question,
    generation: Generation,
    every: tuple[Characteristic, ...],
    floors: dict[str, Floor],
    begun: date,
    ended: date,
    today: date,
) -> tuple[list[FairRow], dict[str, int]]:
    """The rows of complaints, repairs and hazards, and how many records of each outcome join to nobody we hold."""
    if {key for key, _ in question.filters} - set(NARROWED_BY) or begun > ended or not generation.held_rows()["people"]:
        return [], {}
    scope, tenures = answers.scope_of(question)
    whose = Whose(scope, question.tenure_group, tenures)
    found: list[FairRow] = []
    lost: dict[str, int] = {}
    for key, units in _units(generation, whose, begun, ended, today):
        if units.empty:
            continue
        outcome = fairness.record_outcomes()[key]
        found += record_rows(units, outcome, every, floors)
        nobody = units.drop(columns=["n", "yes"]).isna().all(axis=1)
        lost[key] = int(units.loc[nobody, "n"].sum())
    return found, lost


def _units(
    generation: Generation, whose: Whose, begun: date, ended: date, today: date
) -> Iterator[tuple[str, pd.DataFrame]]:
    days = clocks.working_days()
    complaints = fairness.complaints_by(generation, whose, begun, ended)
    for stage in (1, 2):
        yield f"complaints_{stage}", complaint_units(complaints, stage, days, clocks.stage_clocks(), today)
    yield "repairs", fairness.repairs_by(generation, whose, begun, ended)
    hazards = fairness.hazards_by(generation, whose, begun, ended)
    yield "hazards_seen", hazards_seen(hazards, days, today)
    yield "hazards_safe", hazards_safe(hazards, days, today)


def _notes(
    question: Question, every: tuple[Characteristic, ...], floors: dict[str, Floor], recorded: bool
) -> Iterator[str]:
    gone = [of.title.lower() for of in every if of.key not in floors]
    if gone and question.audience is Audience.PUBLIC:
        yield f"Never told to the public: {', '.join(gone)}."
    elif gone:
        yield f"Told of the whole landlord only, so not with these filters: {', '.join(gone)}."
    if not recorded:
        yield "No complaints, repairs or hazards are told here: none join to a tenancy, or the filters are not of them."


def of_outcomes(found: Fairness, outcomes: tuple[str, ...]) -> Fairness:
    """The same with some outcomes only, judged as they were among all."""
    rows = tuple(row for row in found.rows if row.outcome.key in outcomes)
    return replace(found, rows=rows, outcomes=tuple(dict.fromkeys(row.outcome for row in rows)))
