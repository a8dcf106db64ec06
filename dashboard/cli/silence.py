"""The command about who has not been heard from."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from analysis.model import BreakEven, CallCell, HeardHomes, Question, Reach, ReachOfPeople, Representativity, Silence
from dashboard import actions
from dashboard.answers import OUTCOME
from dashboard.cli.command import DONE, USAGE, Failure, add_audience, add_json, say, tell, tell_json
from dashboard.cli.figures import held_in, questions
from dashboard.unheard import CALLS, MONTHS, silence
from dashboard.words.calls import cell_words, left_out_words, plan_headline, what_for
from dashboard.words.how_wrong import alike, break_even_words, held_against, put_to_some, rests, weights_can
from dashboard.words.silence import (
    channels_loaded,
    headline,
    heard_words,
    list_of,
    only_wrong_words,
    quiet_group,
    silent_headline,
    spoken_to_words,
    too_small,
)
from data.roll import DIMS
from data.settings import Settings

NAMED = 12  # groups and cells said in words; JSON has every one


def silence_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--wave", metavar="NAME", help="the wave or period (default: the latest wave)")
    own.add_argument("--tenure-group", choices=("LCRA", "LCHO"), help="default: each that was asked, one after another")
    own.add_argument("--where", action="append", default=[], metavar="estate=NAME", help="only these estates")
    own.add_argument("--by", default="estate", metavar="DIM[,DIM]", help=f"one or two of {', '.join(DIMS)}")
    own.add_argument("--months", type=int, default=MONTHS, metavar="N", help=f"looking back (default: {MONTHS})")
    own.add_argument(
        "--target", type=float, metavar="X", help="per cent to hold the figure against (default: as it was before)"
    )
    own.add_argument("--measure", default=OUTCOME, metavar="CODE", help=f"the figure (default: {OUTCOME})")
    own.add_argument("--calls", type=int, default=CALLS, metavar="N", help=f"calls to place (default: {CALLS})")
    own.set_defaults(compared_with=None)
    add_audience(own)
    add_json(own)


def of_silence(said: argparse.Namespace, settings: Settings) -> int:
    """Who has not been heard from, for each tenure group apart: groups, channels, how wrong, and where to call."""
    by = _by(said.by)
    if not 1 <= said.months <= 120 or said.calls < 1 or (said.target is not None and not 0 <= said.target <= 100):
        raise Failure("--months is 1 to 120, --calls at least 1 and --target 0 to 100 per cent.", USAGE)
    store, generation = held_in(settings)
    if not generation.held_rows()["homes"]:
        raise Failure(
            "No list of homes is held, so who is silent cannot be told. Take one in with `take-in FILE --as homes`.",
            USAGE,
        )
    readings, today = actions.readings_of(store).select(), actions.today(settings)
    target = None if said.target is None else said.target / 100
    if any(not each.startswith("estate=") for each in said.where):
        raise Failure("--where estate=NAME is the only filter here: homes are looked at by estate.", USAGE)
    said.by = None  # the way homes are divided is none of dividing answers
    found = [
        (asked, silence(asked, by, generation, readings, settings.smallest_base, today, said.months, target,
                        said.measure, said.calls))
        for asked in questions(said, generation)
    ]  # fmt: skip
    if said.json:
        tell_json(
            {
                "generation": generation.number,
                "invented": store.kind == "sample",
                "surveys": [_survey(question, silent) for question, silent in found],
            }
        )
    else:
        for question, silent in found:
            _print(question, silent)
    return DONE


def _by(text: str) -> tuple[str, ...]:
    """One way of dividing homes or two. Raises Failure for others."""
    by = tuple(part.strip() for part in text.split(","))
    if not 1 <= len(by) <= 2 or len(set(by)) != len(by) or set(by) - set(DIMS):
        raise Failure(f"--by {text}: name one or two of {', '.join(DIMS)}.", USAGE)
    return by


def _survey(question: Question, found: Silence) -> dict[str, Any]:
    unheard, wrong, plan = found.unheard, found.how_wrong, found.plan
    return {
        "wave": question.wave,
        "tenure_group": question.tenure_group,
        "scope": question.scope.name,
        "filters": {key: list(values) for key, values in question.filters},
        "audience": str(question.audience),
        "by": list(unheard.by),
        "homes": {**vars(unheard.listed), "not_known": dict(unheard.listed.not_known)},
        "answers_counted_by": unheard.counted_by,
        "groups": [_reach(each) for each in unheard.reach],
        "people": [_of_people(each) for each in found.people],
        "outcomes": dict(unheard.outcomes),
        "channels": dict(unheard.channels),
        "from": unheard.begun,
        "to": unheard.ended,
        "months": unheard.months,
        "heard": [_heard(each) for each in unheard.heard],
        "how_wrong": {
            "measure": wrong.measure.code,
            "value": wrong.figure.value,
            "low": wrong.figure.low,
            "high": wrong.figure.high,
            "base": wrong.figure.told_base,
            "target": wrong.target,
            "target_is": wrong.target_is,
            "withheld": wrong.withheld,
            "break_even": [_line(each) for each in wrong.lines],
            "representativity": _alike(wrong.representativity),
            "weighted_by": list(wrong.weighted_by),
            "groups_without_answers": wrong.silent_groups,
            "homes_without_answers": wrong.silent_homes,
        },
        "calls": {
            "asked_for": plan.asked_for,
            "calls": plan.calls,
            "expected_answers": plan.expected,
            "narrower": plan.narrower,
            "by": list(plan.dims),
            "quiet": [dict(group) for group in plan.quiet],
            "left_out": dict(plan.left_out),
            "notes": list(plan.notes),
            "withheld": plan.withheld,
            "cells": [_cell(each) for each in plan.cells],
        },
    }


def _of_people(found: ReachOfPeople) -> dict[str, Any]:
    told = {name: getattr(found, name) for name in ("tenancies", "known", "answers", "withheld")}
    return {"characteristic": found.key, **told, "groups": [_reach(each) for each in found.groups]}


def _reach(found: Reach) -> dict[str, Any]:
    """A group; of a handful of homes not even how many answered is told."""
    told = {name: value for name, value in asdict(found).items() if name != "group"}
    if found.withheld and found.homes:
        told |= dict.fromkeys(("issued", "answered", "expected", "tail", "adjusted", "state", "verdict"))
    return {"group": dict(found.group), **told}


def _heard(found: HeardHomes) -> dict[str, Any]:
    return {
        "group": dict(found.group),
        "homes": found.homes,
        "heard": found.heard,
        "silent": found.silent,
        "share": found.share,
        "channels": dict(found.channels),
        "only_wrong": found.only_wrong,
        "spoken_to": found.spoken_to,
        "withheld": found.withheld,
    }


def _line(found: BreakEven) -> dict[str, Any]:
    return {**asdict(found), "group": dict(found.group)}


def _cell(found: CallCell) -> dict[str, Any]:
    return {**asdict(found), "group": dict(found.group)}


def _alike(found: Representativity) -> dict[str, Any]:
    parts = [asdict(each) for each in found.parts]
    return {**vars(found), "left_out": dict(found.left_out), "parts": parts}


def _print(question: Question, found: Silence) -> None:
    unheard, plan = found.unheard, found.plan
    tell(f"{question.wave}, {question.tenure_group}: {_first(found)}")
    for sentence in list_of(unheard.listed, question.wave):
        say(sentence)
    named = [each for each in unheard.reach if each.homes and each.state != "heard"]
    for each in [each for each in named if not each.withheld][:NAMED]:
        tell(f"  {quiet_group(each)}")
    if small := [each for each in named if each.withheld and not each.answered]:
        tell(f"  {too_small(small)}")
    everyone = unheard.heard[0]
    tell(silent_headline(everyone, unheard.months))
    tell(f"  {heard_words(everyone)}")
    say(channels_loaded(unheard.channels, unheard.begun, unheard.ended))
    for sentence in (only_wrong_words(everyone), spoken_to_words(everyone, unheard.channels)):
        if sentence:
            tell(f"  {sentence}")
    _print_wrong(found)
    tell(plan_headline(plan))
    for cell in [cell for cell in plan.cells if cell.calls][:NAMED]:
        tell(f"  {cell_words(cell)}")
    for sentence in (*what_for(plan), left_out_words(plan)):
        if sentence and not plan.withheld:
            say(sentence)


def _first(found: Silence) -> str:
    unheard = found.unheard
    return headline(unheard.reach, unheard.by) if unheard.counted_by else "answers do not say how homes are divided"


def _print_wrong(found: Silence) -> None:
    wrong = found.how_wrong
    if wrong.withheld or wrong.figure.value is None:
        tell(f"{wrong.measure.code}: not shown, {wrong.withheld}")
        return
    tell(f"{wrong.measure.code} {wrong.measure.title}: {rests(wrong.figure, wrong.homes, wrong.answered)}")
    tell(f"  {held_against(wrong)}")
    if some := put_to_some(wrong):
        say(some)
    for line in wrong.lines:
        tell(f"  {break_even_words(line, wrong.figure.value, wrong.target)}")
    for sentence in (*alike(wrong.representativity), *weights_can(wrong)):
        say(sentence)
