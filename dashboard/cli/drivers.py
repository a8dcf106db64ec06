"""The command about what goes with overall satisfaction."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from analysis.model import Audience, Drivers, Question
from dashboard import words
from dashboard.answers import asked_measures, what_goes_with
from dashboard.cli.command import DONE, add_json, say, tell, tell_json
from dashboard.cli.figures import held_in, questions
from dashboard.words.audiences import beside
from dashboard.words.drivers import left_out, may_come_first, unproven
from data.generation import Generation
from data.settings import Settings


def drivers_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--wave", metavar="NAME", help="the wave or period (default: the latest wave)")
    own.add_argument("--tenure-group", choices=("LCRA", "LCHO"), help="default: each that was asked, one after another")
    own.add_argument("--where", action="append", default=[], metavar="WHAT=VALUE", help="only these; may be repeated")
    own.add_argument(
        "--audience",
        type=Audience,
        choices=list(Audience),
        default=Audience.INTERNAL,
        help="who will see it: outside the landlord it is told of everyone only",
    )
    own.set_defaults(compared_with=None, by=None)
    add_json(own)


def of_drivers(said: argparse.Namespace, settings: Settings) -> int:
    """Which measures go with overall satisfaction, for each tenure group apart, with ranges and what is not proven."""
    store, generation = held_in(settings)
    found = [
        (question, what_goes_with(question, generation, settings.smallest_base))
        for question in questions(said, generation)
    ]
    if said.json:
        tell_json(
            {
                "generation": generation.number,
                "invented": store.kind == "sample",
                "surveys": [_survey(question, drivers) for question, drivers in found],
            }
        )
    else:
        for question, drivers in found:
            _print(question, drivers, _titles(question, generation))
    return DONE


def _survey(question: Question, found: Drivers) -> dict[str, Any]:
    return {
        "wave": question.wave,
        "tenure_group": question.tenure_group,
        "filters": {key: list(values) for key, values in question.filters},
        "scope": question.scope.name,
        "audience": str(question.audience),
        "outcome": found.outcome,
        "base": found.base,
        "answered": found.answered,
        "explained": found.explained,
        "withheld": found.withheld,
        "drivers": [asdict(driver) for driver in found.drivers],
        "left_out": dict(found.left_out),
        "notes": list(found.notes),
    }


def _titles(question: Question, generation: Generation) -> Mapping[str, str]:
    return {measure.code: measure.title for measure in asked_measures(question, generation.wave(question.wave))}


def _print(question: Question, found: Drivers, titles: Mapping[str, str]) -> None:
    outcome = titles.get(found.outcome, found.outcome).lower()
    asked = f"{question.wave}, {question.tenure_group}{beside(question.audience)}"
    tell(f"{asked}: {words.goes_with(found, titles, outcome)}")
    for driver in found.drivers:
        tell(f"  {driver.measure} {titles.get(driver.measure, '')}: {words.driver_words(driver)}")
    if not found.withheld:
        say(words.drivers_rest_on(found, question.tenure_group))
    for sentence in (may_come_first(found, titles), *left_out(found, titles), *unproven(found, titles), *found.notes):
        if sentence:
            say(sentence)
