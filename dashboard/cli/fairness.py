"""Commands about who is served how well: fair outcomes, and what is written beside what is ticked."""

from __future__ import annotations

import argparse
from typing import Any

from analysis.model import Question, Verdict
from analysis.model.fair import Fairness, FairRow, Holding, ScoreWords
from dashboard import actions, calculator
from dashboard.cli.command import DONE, USAGE, Failure, add_audience, add_json, say, tell, tell_json
from dashboard.cli.figures import asked_of, change_of, held_in, questions
from dashboard.fairness import fair_outcomes, of_outcomes
from dashboard.score_words import measures_spoken_to, score_words_of, why_untold
from dashboard.words import fairness as said
from dashboard.words import score_words as beside
from dashboard.words.audiences import beside as made_for
from data.settings import Settings


def fair_options(own: argparse.ArgumentParser) -> None:
    _question_options(own)
    own.add_argument(
        "--outcome", action="append", default=[], metavar="CODE", help="such as TP01 or repairs; may be repeated"
    )
    add_audience(own)
    add_json(own)
    own.set_defaults(by=None, compared_with=None)


def of_fairness(options: argparse.Namespace, settings: Settings) -> int:
    """Satisfaction and timeliness by what people are, the gaps judged as one family, and what is not held."""
    store, generation = held_in(settings)
    found = []
    for question in questions(options, generation):
        whole = fair_outcomes(question, generation, settings.smallest_base, actions.today(settings))
        unknown = set(options.outcome) - {outcome.key for outcome in whole.outcomes}
        if unknown and not whole.withheld:
            there = ", ".join(outcome.key for outcome in whole.outcomes)
            raise Failure(
                f"There is no outcome {', '.join(sorted(unknown))} here. There are: {there or 'none'}.", USAGE
            )
        found.append((question, of_outcomes(whole, tuple(options.outcome)) if options.outcome else whole))
    if options.json:
        surveys = [{**asked_of(question), **_fair(each)} for question, each in found]
        tell_json({"generation": generation.number, "invented": store.kind == "sample", "fair_outcomes": surveys})
        return DONE
    for question, each in found:
        _print_fair(question, each)
    return DONE


def gaps_options(own: argparse.ArgumentParser) -> None:
    _question_options(own)
    own.add_argument("--estates", action="store_true", help="each estate too, by name, against all the others")
    add_audience(own)
    add_json(own)
    own.set_defaults(by=None, compared_with=None)


def of_gaps(options: argparse.Namespace, settings: Settings) -> int:
    """What is ticked less what is written, of every measure that comments speak to."""
    store, generation = held_in(settings)
    readings, base = actions.readings_of(store).select(), settings.smallest_base
    found = []
    for question in questions(options, generation):
        why = why_untold(question, generation, options.estates)
        titles = {m.code: f"{m.code} {m.title}" for m in measures_spoken_to(question, generation)}
        every = score_words_of(question, generation, readings, base)
        places = score_words_of(question, generation, readings, base, True) if options.estates else ()
        found.append((question, why, titles, (*every, *places)))
    if options.json:
        surveys = [
            {**asked_of(question), "withheld": why, "gaps": [_gap(each, titles) for each in gaps]}
            for question, why, titles, gaps in found
        ]
        tell_json({"generation": generation.number, "invented": store.kind == "sample", "score_words": surveys})
        return DONE
    say(beside.WHAT)
    say(beside.NOT_A_FAULT)
    for question, why, titles, gaps in found:
        tell(f"{question.wave}, {question.tenure_group}{made_for(question.audience)}{f': {why}' if why else ''}")
        for each in gaps:
            tell(f"  {beside.place(each)}, {beside.gap_line(each, titles[each.measure])}")
    return DONE


def _question_options(own: argparse.ArgumentParser) -> None:
    own.add_argument("--wave", metavar="NAME", help="the wave or period (default: the latest wave)")
    own.add_argument("--tenure-group", choices=("LCRA", "LCHO"), help="default: each that was asked, one after another")
    own.add_argument("--where", action="append", default=[], metavar="WHAT=VALUE", help="only these; may be repeated")


# ── As JSON ──────────────────────────────────────────────────────────────────────────────────────


def _fair(found: Fairness) -> dict[str, Any]:
    return {
        "begun": found.begun.isoformat(),
        "ended": found.ended.isoformat(),
        "withheld": found.withheld,
        "family": found.family,
        "rows": [_row(row) for row in found.rows],
        "held": [_holding(each) for each in found.holdings],
        "records_of_nobody": dict(found.not_joined),
        "notes": list(found.notes),
    }


def _row(row: FairRow) -> dict[str, Any]:
    unknown = None if row.unknown is None else calculator.figures_of(row.unknown)
    return {
        "outcome": row.outcome.key,
        "title": row.outcome.title,
        "counts": row.outcome.many,
        "characteristic": row.characteristic.key,
        "special": row.characteristic.strict,
        "withheld": row.withheld,
        "everyone": calculator.figures_of(row.everyone),
        "known": row.known,
        "base": row.base,
        "groups": [{"group": said.level(each), **calculator.figures_of(each)} for each in row.groups],
        "not_known": unknown,
        "gaps": [{"group": said.level(gap.after), **(change_of(gap) or {})} for gap in row.gaps],
    }


def _holding(found: Holding) -> dict[str, Any]:
    of = found.characteristic
    return {
        "characteristic": of.key,
        "title": of.title,
        "protected": of.protected,
        "state": found.state,
        "tenancies": found.tenancies,
        "tenancies_known": found.tenancies_known,
        "answers": found.answers,
        "answers_known": found.answers_known,
        "without_it": of.unheld,
    }


def _gap(found: ScoreWords, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "measure": found.measure,
        "title": titles[found.measure],
        "group": dict(found.group),
        "score": calculator.figures_of(found.score),
        "words": calculator.figures_of(found.words),
        "both_well_and_ill": None if found.words.withheld else found.both,
        "gap": change_of(found.gap),
        "beside_all_others": change_of(found.usual),
    }


# ── In words ─────────────────────────────────────────────────────────────────────────────────────


def _print_fair(question: Question, found: Fairness) -> None:
    tell(f"{question.wave}, {question.tenure_group}{made_for(question.audience)}")
    if found.withheld:
        tell(f"  Not shown: {found.withheld}")
    else:
        tell(f"  {said.summary(found)}")
        for row in found.rows:
            for gap in row.gaps:
                if gap.verdict is Verdict.REAL:
                    tell(f"  {said.gap_line(row, gap)}")
    tell("  What we do not hold")
    for line in (*said.not_held(found.holdings), said.held_line(found.holdings)):
        tell(f"    {line}")
    for note in (*found.notes, *said.lost(found)):
        tell(f"  {note}")
